"""The explorer, the pages beside it, and the tools."""

from __future__ import annotations

from forms_catalog.bibliography import DOWNLOADS
from forms_catalog.explorer.exports import LADDER_COLUMNS, MATRIX_COLUMNS, STUDY_COLUMNS
from forms_catalog.explorer.exports_beside import PATHWAYS, PEOPLE
from forms_catalog.explorer.exports_compare import COMPARISON
from forms_catalog.exports.columns import Table, date, number, parts, text, texts, yes_no
from forms_catalog.exports.reference_tables import FOODS, INTAKES, NOTES, UPPER
from forms_catalog.twins.twin import LIST, Group, Twin

CITED = ("csv", *DOWNLOADS)
CELLS = Table("explorer_matrix", "The explorer: forms by outcomes", MATRIX_COLUMNS)
RUNGS = Table("explorer_ladder", "The explorer: mechanisms rung by rung", LADDER_COLUMNS)
EXPLORED = Table("explorer_studies", "The explorer: studies", STUDY_COLUMNS)
DOSE = Table(
    "dose_bridge",
    "The dose bridge: what was asked, and the answer in the words of the page",
    (
        parts("question", "What was asked, as the address has it"),
        text("answer.state", "ask, mistakes, kidney (no dose is given) or answered"),
        parts("answer.errors", "What cannot be read, by field of the question"),
        parts("answer.notices", "How an amount was read that could be meant otherwise"),
        text("answer.said", "The answer in one breath"),
        parts("answer.warnings", "Cautions: kind, title, lines, what to do, effects and sources"),
        parts(
            "answer.hero",
            "The dose: number in mg of elemental magnesium a day, what one unit holds, and why it is a range",
        ),
        texts("answer.working", "The sum, line by line"),
        parts("answer.intakes", "Recommended intakes for that person, with the share the dose comes to"),
        parts("answer.levels", "Upper levels for that person, and whether the dose is above"),
        parts("answer.trials", "Doses in trials"),
        text("answer.closest", "The trial dose nearest to it"),
        parts("answer.foods", "The same amount in food"),
        parts("answer.scale", "Where everything stands in the picture; it may change with the picture"),
    ),
)
SAFETY = Table(
    "safety_check",
    "The safety check: every rule and every name that can be picked",
    (
        text("general_rule", "What goes before every rule"),
        text("review.by", "The pharmacist who has reviewed the list; review is null: nobody has"),
        date("review.on", "When"),
        text("severities[].word", "A word of severity, gravest first"),
        text("severities[].label", "How it is written"),
        text("severities[].meaning", "What it means; the grading is editorial"),
        text("rules[].key", "Key of the rule"),
        text("rules[].about", "medicine or condition"),
        text("rules[].title", "What the rule is about"),
        text("rules[].severity", "How much it matters"),
        text("rules[].what_to_do", "What to do, in the record’s own sentence"),
        text("rules[].direction", "Which acts on which"),
        text("rules[].why", "How"),
        text("rules[].note", "What else to know"),
        date("rules[].checked_on", "When an editor last went back to the sources"),
        parts("rules[].sources", "Where this was read: address and label"),
        text("picks[].name", "A name that a reader can pick"),
        texts("picks[].also_called", "Other spellings"),
        yes_no("picks[].whole_class", "Whether it is a class of medicines, which has no hours"),
        text("picks[].rules[].key", "A rule that holds for it"),
        text("picks[].rules[].what_to_do", "What to do, where the rule’s own sentence speaks of others"),
        text("picks[].figures[].rule", "The rule that some hours belong to"),
        text("picks[].figures[].stated", "The words that they are taken from"),
        text("picks[].figures[].said_by", "Who says so"),
        parts("picks[].figures[].before", "Medicine this long before magnesium: low and high in hours, and words"),
        parts("picks[].figures[].after", "Medicine this long after magnesium: the same"),
        number("picks[].widest.before", "The largest figure on that side", "hours"),
        number("picks[].widest.after", "The largest figure on that side", "hours"),
        text("unverified[].name", "A medicine about which nothing was verified; one that is nowhere here is no safer"),
        texts("unverified[].also_called", "Other spellings"),
        text("unverified[].says", "What is known of that"),
        parts("unverified[].sources", "Where this was read: address and label"),
        text("effects[].effect", "An unwanted effect"),
        text("effects[].detail", "When it was seen"),
        parts("effects[].sources", "Where this was read: address and label"),
        text("notes[].title", "What else is on the page"),
        text("notes[].text", "Its text"),
        parts("notes[].sources", "Where this was read: address and label"),
    ),
)
DIET = Table(
    "diet_tables",
    "Beside the foods: recommended intakes, upper levels and notes",
    tuple(
        column
        for name in ("recommended_intakes", "upper_levels", "notes")
        for column in (text(f"{name}.title", "What the table is"), parts(f"{name}.columns", "What its columns mean"))
    ),
)
THE_SAME = "The rows of the page, with what its address asks for; up to 10,000 in one answer"

TWINS = (
    Twin(
        "explore",
        Group.EXPLORER,
        "Explorer: forms by outcomes",
        "/explore/",
        THE_SAME,
        {LIST: CELLS},
        CITED,
        example="/explore.json",
    ),
    Twin(
        "ladder",
        Group.EXPLORER,
        "Explorer: mechanisms",
        "/explore/",
        THE_SAME,
        {LIST: RUNGS},
        CITED,
        "view=ladder",
        "/explore.json?view=ladder",
    ),
    Twin(
        "explored",
        Group.EXPLORER,
        "Explorer: studies",
        "/explore/",
        THE_SAME,
        {LIST: EXPLORED},
        CITED,
        "view=studies",
        "/explore.json?view=studies&outcome=sleep",
    ),
    Twin(
        "compare",
        Group.EXPLORER,
        "Forms side by side",
        "/forms/compare/",
        THE_SAME,
        {LIST: COMPARISON},
        ("csv",),
        example="/forms/compare.json?form=citrate&form=oxide",
    ),
    Twin(
        "people",
        Group.EXPLORER,
        "People like you",
        "/explore/people/",
        THE_SAME,
        {LIST: PEOPLE},
        ("csv",),
        example="/explore/people.json?age=60",
    ),
    Twin(
        "pathways",
        Group.EXPLORER,
        "Pathways",
        "/explore/pathways/",
        THE_SAME,
        {LIST: PATHWAYS},
        ("csv",),
        example="/explore/pathways.json?form=oxide",
    ),
    Twin(
        "diet",
        Group.TOOLS,
        "Diet",
        "/diet/",
        "Foods as rows; beside them recommended intakes, upper levels and notes. As CSV the first two are files of "
        "their own: /diet/intakes.csv and /diet/upper-levels.csv",
        {
            LIST: FOODS,
            "recommended_intakes.rows[]": INTAKES,
            "upper_levels.rows[]": UPPER,
            "notes.rows[]": NOTES,
            "": DIET,
        },
        ("csv",),
        example="/diet.json",
    ),
    Twin(
        "safety",
        Group.TOOLS,
        "Safety check",
        "/tools/safety/",
        "Every rule about medicines and conditions, the names that can be picked, and each source’s hours",
        {"": SAFETY},
        example="/tools/safety.json",
    ),
    Twin(
        "dose",
        Group.TOOLS,
        "Dose bridge",
        "/tools/dose/",
        "The answer to a label, in the words of the page",
        {"": DOSE},
        example="/tools/dose.json?form=citrate&amount=500&basis=elemental&per_day=1",
    ),
)
