/* Making elements. Text is always text: nothing a reader types, and nothing from the list, is read as markup. */
const fill = (element, attributes, children) => {
  for (const [name, value] of Object.entries(attributes))
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
};

export const make = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);

export const draw = (tag, attributes = {}, ...children) =>
  fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);

export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/* A sentence begins with a capital and ends with a stop. */
export const whole = (text) => `${capital(text)}${/[.!?]$/.test(text) ? "" : "."}`;

export const hours = (number) => `${number} hour${number === 1 ? "" : "s"}`;

/* "1 and 2", "1, 2 and 3". */
export const series = (words) =>
  words.length > 1 ? `${words.slice(0, -1).join(", ")} and ${words.at(-1)}` : words.join("");

export const day = (iso) =>
  new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(new Date(`${iso}T00:00:00Z`));

/* A source opens beside this page: leaving it would take what was picked. */
export const source = ({ address, label }) =>
  make(
    "a",
    { href: address, rel: "noopener noreferrer", target: "_blank" },
    label,
    make("span", { class: "visually-hidden" }, " (opens a new tab)"),
  );
