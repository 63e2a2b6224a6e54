"""Every sentence of the dose bridge, once: the server fills them in, and the browser gets them with the rules.

`{name}` is replaced by a value, and nothing else is understood.
"""

from __future__ import annotations

import re
from typing import Any

PROBLEMS = {
    "empty": "Type the amount from the label, such as 500.",
    "long": "That is too long for an amount. Type only the number and its unit, such as 500 mg.",
    "words": "That is no amount we can read. Type it in digits, such as 500 or 1.5 g.",
    "number": "The points, commas or spaces in that number do not add up to one amount. Type it as 1200 or 1200.5.",
    "several": "There is more than one number in that. Type one amount, such as 500 mg.",
    "exponent": "Write the number out: 1000 instead of 1e3.",
    "fraction": "Write a half as 0.5 and a quarter as 0.25.",
    "negative": "An amount cannot be below zero.",
    "zero": "The amount must be more than zero.",
    "absurd": "That is more than 100 g in one. Check the unit: most labels print milligrams (mg).",
    "tiny": "That is less than 0.001 mg, too little to convert. Check the unit.",
    "unit": "That unit cannot be converted. Use mg, g, µg, mmol or mEq.",
    "whole_unit": "The weight of a compound needs a unit of weight: mg, g or µg.",
    "many": "That is more than 100 a day. Check the number.",
    "count_unit": "Type only how many you take in a day, such as 2.",
    "no_form": "Choose the form: without it nobody can tell how much of the compound is magnesium.",
}
NOTICES = {
    "strayed": "You typed the unit, so the amount was read as {amount} {unit}.",
    "either_way": "“{typed}” can mean {amount} or {other}. It was read as {amount} {unit}.",
    "read_other": "Read it as {other} instead",
    "magnesium_unit": "{unit} counts the magnesium itself, so the amount was read as elemental magnesium.",
}
HERO = {
    "unit": "mg of magnesium a day",
    "each": "{each} mg in each, {count} a day.",
    "one": "{each} mg in one, one a day.",
    "why_hydrates": "A range, because {form} is sold as {count} compounds and the label does not say which.",
    "why_basis": "A range, because the number may be the compound or the magnesium in it.",
    "why_both": "A range, because the number may be the compound or the magnesium in it, and {form} is sold as {count} "
    "compounds.",
    "said": "{dose} mg of magnesium a day.",
}
WORKING = {
    "convert": "{amount} {unit} = {mg} mg.",
    "bound": "If it is {state}: {mg} mg × {share} % = {result} mg of magnesium.",
    "bound_known": "{mg} mg of {form}, {state}: {mg} mg × {share} % = {result} mg of magnesium.",
    "itself": "The {result} mg are the magnesium itself. There is nothing to convert.",
    "itself_maybe": "If the number is the magnesium itself: {result} mg.",
    "day": "{each} mg × {count} a day = {day} mg a day.",
    "mmol": "{day} mg a day = {mmol} mmol = {meq} mEq. 1 mmol is {mg_per_mmol} mg, and 2 mEq.",
    "compound": "That much magnesium comes in {compound} mg of pure {form}, a day.",
}
LEVELS = {
    "above": "{dose} mg is above it, by {by} mg.",
    "may": "{dose} mg may be above it, by up to {by} mg.",
    "at": "{dose} mg is at it.",
    "within": "{dose} mg is {share} % of it.",
    "not_set": "None set for this age.",
    "not_compared": "Not compared",
    "about": "{covers}. Reason: {reason}.",
    "not_seen": "We have seen no figure of this authority, so we show none. That is not to say that there is none.",
    "figure": "{mg} mg a day",
    "no_figure": "not seen",
    "above_title": "Above the upper level: {names}",
    "may_title": "This may be above the upper level: {names}",
    "also_may": "{title}. It may also be above: {names}",
    "name": "{name} {mg} mg",
    "ask": "Ask a pharmacist or doctor before you take this much.",
    "above_line": "{dose} mg a day. {adding_up}",
    "adding_up": "Add up all supplements, antacids and laxatives; what food holds by itself does not count. What each "
    "level covers stands in the table below.",
}
WARNINGS = {
    "impossible_title": "This label cannot be right as it was read",
    "impossible": "Pure {form} is at most {share} % magnesium: {whole} mg of it holds {most} mg, and not {claimed} mg. "
    "Either something denser, such as oxide, is mixed in, or {claimed} mg is the weight of the compound.",
    "child_title": "For a child",
    "pregnancy_title": "In pregnancy and when breastfeeding",
    "form_title": "{form}",
    "kidney_title": "With kidney disease, this page shows no dose",
    "safety_check": "whether it goes with your medicines and illnesses",
    "kidney_why": "You said that you have kidney disease. Ask your doctor before you take any magnesium.",
    "condition": "{condition}: {rule}.",
}
INTAKES = {
    "figure": "{mg} mg a day",
    "share": "{share} %",
    "none": "no figure for you was seen",
    "kind": "{kind}, {ages}",
}
TRIALS = {
    "same": "about the same",
    "more": "{by} mg more",
    "fewer": "{by} mg less",
    "between": "from {low} mg less to {high} mg more",
    "closest": "The {outcomes} trial {study} gave {dose} mg of elemental magnesium a day{duration}; you would take "
    "{you} mg.",
    "doubtful": "as printed; it does not follow from what else is printed",
    "closest_doubtful": "{closest} That trial’s dose is {doubtful}.",
    "child": "Trials are not set beside a child’s dose: what they gave is no guide for a child.",
    "duration": " for {duration}",
    "no_duration": "not seen",
}
FOODS = {"servings": "{servings} × {serving}", "less_than": "under 0.1 × {serving}"}
SCALE = {
    "you": "You: {dose} mg",
    "beyond": "You: {dose} mg, beyond this scale",
    "intake": "{name} {mg}",
    "trials": "Trials, one dot each",
    "intakes": "Recommended intake, food included",
    "levels": "Upper level, supplements only",
    "title": "{dose} mg of magnesium a day, beside intakes, trials and ceilings",
    "none_set": "No upper level is set for this age. That does not make a dose safe.",
    "within": "Upper levels passed: none of {levels}.",
    "above": "Upper levels passed: {above} of {levels}.",
    "may": "Upper levels passed: {above} of {levels}, and perhaps {may} more.",
    "perhaps": "Upper levels passed: perhaps {may} of {levels}.",
    "trials_found": "{trials} of {all_trials} trials gave at least as much.",
}
PAGE: dict[str, Any] = {
    "ask": "Enter the amount on the label. You will see the magnesium in it, the sum, and what that is beside intakes, "
    "upper levels, trials and foods. This page converts. It never recommends a dose.",
    "levels": "Beside upper levels",
    "levels_caption": "The most from supplements that each authority advises for this age",
    "levels_heads": ["Authority", "Level", "Your dose", "What it covers"],
    "intakes": "Beside recommended intakes",
    "intakes_caption": "What one person should take in a day, food included",
    "intakes_heads": ["Authority", "Intake", "Your dose is", "For"],
    "trials": "Beside the trials",
    "trials_caption": "Elemental magnesium a day in trials of depression, anxiety, sleep, memory and thinking, "
    "least first",
    "trials_caption_more": "{caption}; {count} more gave no elemental dose that we have seen",
    "trials_heads": ["Trial", "Gave", "For", "You would take"],
    "trials_note": "A dose that was tried is no dose to take. What came of it stands on each trial’s page.",
    "foods": "As much as in food",
    "source": "Magnesium & Mind, dose bridge{edition}. Intakes and levels as their authorities give them; figures and "
    "sources are in the tables below.",
    "edition": ", edition of {day}",
}
WORDS: dict[str, dict[str, Any]] = {
    "page": PAGE,
    "problems": PROBLEMS,
    "notices": NOTICES,
    "hero": HERO,
    "working": WORKING,
    "levels": LEVELS,
    "warnings": WARNINGS,
    "intakes": INTAKES,
    "trials": TRIALS,
    "foods": FOODS,
    "scale": SCALE,
}


def fill(sentence: str, **values: object) -> str:
    """A sentence with its values. A value is never read as a sentence: braces in it stay."""
    return re.sub(r"{(\w+)}", lambda found: str(values[found[1]]), sentence)


def capital(text: str) -> str:
    """Words with a capital first letter, and the rest as it is."""
    return text[:1].upper() + text[1:]
