/*
 * The answer as elements: what templates/tools/_dose_answer.html prints, built in the browser. A test compares the two,
 * element by element. Everything is set as text; nothing here reads markup.
 */
const SVG = "http://www.w3.org/2000/svg";
const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
const pct = (place) => `${place}%`;

/* An element with attributes and children; a child that is empty or missing is left out. */
function builder(document) {
  const made = (element, attributes, children) => {
    for (const [name, value] of Object.entries(attributes)) if (value !== "") element.setAttribute(name, value);
    element.append(...children.flat(Infinity).filter((child) => child !== "" && child !== null && child !== undefined));
    return element;
  };
  return {
    h: (tag, attributes, ...children) => made(document.createElement(tag), attributes, children),
    s: (tag, attributes, ...children) => made(document.createElementNS(SVG, tag), attributes, children),
  };
}

export function regionOf(document, { answer, rules, texts, edition }) {
  const build = { ...builder(document), rules, edition };
  const { h } = build;
  const title = (words, hidden = "") => h("h2", { id: "answer-title", class: hidden }, words);
  const warned = () => answer.warnings.map((each) => warning(build, each));
  const parts = {
    ask: () => [title("Nothing is worked out yet"), h("p", {}, rules.words.page.ask)],
    mistakes: () => [
      title("It cannot be worked out yet"),
      h("ul", { class: "plain-list" }, Object.values(answer.errors).map((error) => h("li", {}, error))),
    ],
    kidney: () => [title("No dose"), warned()],
    answered: () => [
      title("The magnesium in it", "visually-hidden"),
      warned(),
      hero(build, answer, texts),
      picture(build, answer.scale),
      tables(build, answer),
    ],
  }[answer.state]();
  return h("section", {}, parts);
}

function warning({ h }, { title, lines, do: act, effects, sources }) {
  return h("div", { class: "safety-note dose-warning" },
    h("h3", {}, title),
    lines.map((line) => h("p", {}, line)),
    act.length ? [h("h4", {}, "What to do"), listed({ h }, act)] : [],
    effects.length ? h("details", {}, h("summary", {}, "What too much can do"), listed({ h }, effects)) : [],
    sourcesOf({ h }, sources));
}

const listed = ({ h }, lines) => h("ul", {}, lines.map((line) => h("li", {}, line)));

function sourcesOf({ h }, sources) {
  if (!sources.length) return [];
  const links = sources.map(({ url, label }) => h("a", { href: url, rel: "noopener" }, label));
  return h("p", { class: "sources" }, `Source${sources.length === 1 ? "" : "s"}: `,
    links.flatMap((link, at) => (at ? [", ", link] : [link])));
}

function hero({ h, rules }, { hero: { number, unit, each, why }, notices, working }, texts) {
  const form = rules.forms.find(({ slug }) => slug === texts.form);
  return h("div", { class: "dose-hero" },
    cautionOf({ h, rules }, form),
    h("p", { class: "dose-number" }, h("strong", {}, number), " ", h("span", {}, unit)),
    h("p", { class: "dose-each" }, each),
    why ? h("p", { class: "dose-why" }, why) : [],
    notices.map((notice) => noticeOf({ h }, notice, texts)),
    h("h3", {}, "The sum"),
    h("ol", { class: "dose-working" }, working.map((line) => h("li", {}, line))));
}

function cautionOf({ h, rules }, form) {
  const check = h("a", { href: rules.safety_url }, rules.words.warnings.safety_check);
  return h("p", { class: "safety-note safety-note-line" },
    h("strong", {}, "Before you take it:"), " check ", check, form?.cautions ? formCautions({ h }, form) : ".");
}

function formCautions({ h }, { cautions, url, in_words: name }) {
  const words = `${cautions === 1 ? "caution" : `${cautions} cautions`} for ${name}`;
  return [", and read the ", h("a", { href: `${url}#cautions` }, words), "."];
}

function noticeOf({ h }, { text, other, value }, texts) {
  const query = new URLSearchParams(Object.entries({ ...texts, amount: value }).filter(([, each]) => each));
  query.get("unit") === "mg" && query.delete("unit");
  return h("p", { class: "dose-notice" }, text, other ? [" ", h("a", { href: `?${query}` }, other)] : []);
}

function picture({ h, s, edition }, scale) {
  const down = scale.axis;
  const { you } = scale;
  const text = (classes, attributes, words) => s("text", { class: classes, ...attributes }, words);
  const named = (mark) => [
    `dose-name${mark.left ? " dose-end" : ""}`,
    { x: pct(mark.label_x), dx: mark.left ? -7 : 7, y: mark.y + 8 },
    mark.label,
  ];
  const upright = (x) => s("line", { class: "dose-line", x1: pct(x), x2: pct(x), y1: 28, y2: down });
  const ticks = scale.ticks.map(({ x, label }, at) => {
    const last = at === scale.ticks.length - 1;
    const place = at ? (last ? " dose-end" : "") : " dose-start";
    return [
      s("line", { class: "dose-tick", x1: pct(x), x2: pct(x), y1: 52, y2: down }),
      text(`dose-figure${place}`, { x: pct(x), y: down + 17 }, last ? `${label} mg` : label),
    ];
  });
  return h("figure", { class: "chart dose-scale" },
    h("figcaption", { class: "chart-caption" },
      h("strong", { class: "chart-title" }, scale.title), " ", h("span", { class: "chart-finding" }, scale.finding)),
    s("svg", { class: "dose-svg", width: "100%", height: scale.height, role: "img" },
      s("title", {}, `${scale.title}. ${scale.finding}`),
      ticks.flat(),
      s("rect", { class: "dose-band", x: pct(you.x), width: pct(you.width), y: 40, height: down - 40 }),
      scale.levels.map((mark) =>
        s("line", { class: `dose-rule dose-is-${mark.state}`, x1: pct(mark.x), x2: pct(mark.x), y1: 52, y2: mark.y - 3 })),
      upright(you.x),
      upright(you.end),
      text(`dose-you dose-${you.anchor}`, { x: pct(you.label_x), y: 18 }, you.label),
      scale.heads.map(({ y, label }) => text("dose-head", { x: 0, y }, label)),
      scale.intakes.flatMap((bar) => [
        s("rect", { class: "dose-bar", x: pct(bar.x), width: pct(bar.width), y: bar.y, height: 8, rx: 2 }),
        text(...named(bar)),
      ]),
      scale.trials.map(({ x, y }) => s("circle", { class: "dose-dot", cx: pct(x), cy: y + 3, r: 4 })),
      scale.levels.flatMap((mark) => [
        s("line", { class: "dose-ceiling", x1: pct(mark.x), x2: pct(mark.x), y1: mark.y - 3, y2: mark.y + 11 }),
        text(...named(mark)),
      ])),
    h("p", { class: "chart-source" }, edition));
}

function tables(build, answer) {
  const { h, rules } = build;
  const notes = (all) => all.map(({ text }) => h("p", { class: "dose-note" }, text));
  const { page } = rules.words;
  return [
    h("section", { "aria-labelledby": "levels" }, h("h3", { id: "levels" }, page.levels),
      table(build, "levels", page.levels_caption, page.levels_heads, answer.levels.map((row) => levelRow(build, row))),
      notes(rules.food_note)),
    h("section", { "aria-labelledby": "intakes" }, h("h3", { id: "intakes" }, page.intakes),
      table(build, "intakes", page.intakes_caption, page.intakes_heads, answer.intakes.map((row) => intakeRow(build, row))),
      notes(rules.intakes_note)),
    h("section", { "aria-labelledby": "trials" }, h("h3", { id: "trials" }, page.trials),
      answer.closest ? h("p", { class: "dose-closest" }, answer.closest) : [],
      answer.trials.length ? trialsTable(build, answer.trials) : []),
    h("section", { "aria-labelledby": "foods" }, h("h3", { id: "foods" }, page.foods),
      h("ul", { class: "dose-foods" },
        answer.foods.map(({ food, text }) => h("li", {}, h("b", {}, food), " ", h("span", {}, text))))),
  ];
}

function trialsTable(build, trials) {
  const { rules } = build;
  const { trials_note: note, trials_heads: heads } = rules.words.page;
  return [
    build.h("p", { class: "dose-note" }, note),
    table(build, "trials", rules.trials_caption, heads, trials.map((row) => trialRow(build, row))),
  ];
}

/* rows: a class, the row's head, and the other cells in the order of the heads. */
function table({ h }, id, caption, heads, rows) {
  const cells = (row) => row.cells.map((cell, at) => h("td", { "data-label": heads[at + 1] }, cell));
  const body = rows.map((row) => h("tr", { class: row.kind ?? "" }, h("th", { scope: "row" }, row.head), cells(row)));
  return h("div", { class: "table-frame", role: "region", "aria-labelledby": `${id}-caption`, tabindex: 0 },
    h("table", { class: "data-table data-table-stack dose-table" },
      h("caption", { id: `${id}-caption` }, caption),
      h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", {}, body)));
}

const beside = ({ h }, words, small) => (small ? [words, " ", h("small", {}, small)] : [words]);

function levelRow(build, row) {
  return {
    kind: `dose-is-${row.state}`,
    head: beside(build, row.name, row.authority),
    cells: [beside(build, row.figure, row.age), row.text, [row.about, sourcesOf(build, row.sources)]],
  };
}

function intakeRow(build, row) {
  const whom = `${row.kind}, ${row.ages}.${row.note && ` ${row.note}`}`;
  return {
    head: beside(build, row.short, row.authority),
    cells: [row.figure, row.share, [whom, sourcesOf(build, row.sources)]],
  };
}

function trialRow(build, row) {
  const { h, rules } = build;
  const about = capital(row.outcomes) + (row.form && `; ${row.form}`);
  return {
    head: [h("a", { href: row.url }, row.study), " ", h("small", {}, about)],
    cells: [beside(build, `${row.dose} mg`, row.doubt), row.duration || rules.words.trials.no_duration, capital(row.text)],
  };
}
