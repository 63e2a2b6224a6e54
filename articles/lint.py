"""Words of a reply that a moderator should not read past: doses, medicines, kidneys, lithium, and what spam sells.

Regular expressions over plain words, each in time that grows with the text. They find too much rather than too little:
whoever reads them decides (`articles.spam`).
"""

import re
import unicodedata

MOST_LETTERS = 20_000
"""Of a reply that are searched; more than a reply may have."""

BLOCKED = (
    "backlinks",
    "bitcoin",
    "casino",
    "coupon code",
    "crypto",
    "cryptocurrency",
    "discount code",
    "dropshipping",
    "erectile",
    "escort",
    "forex",
    "free trial",
    "guaranteed results",
    "loan",
    "loans",
    "make money",
    "miracle cure",
    "money back guarantee",
    "online pharmacy",
    "onlyfans",
    "payday",
    "porn",
    "promo code",
    "seo services",
    "spell caster",
    "telegram",
    "viagra",
    "cialis",
    "weight loss pills",
    "whatsapp",
    "without a prescription",
    "no prescription needed",
)
"""Words and phrases that spam uses, found as whole words only: “loan” is not in “Sloan”."""

_MEDICINE = (
    r"(?:anti-?depressants?|anti-?psychotics?|anti-?convulsants?|medications?|medicines?|meds|pills?|tablets?|drugs?|"
    r"ssris?|snris?|benzo(?:diazepine)?s?|statins?|insulin|lithium|warfarin|"
    r"(?:sertra|fluoxe|paroxe|citalopram|escitalopram|venlafax|duloxe|mirtaz|amitripty|quetiap|olanzap|lamotrig|"
    r"diazep|loraz|clonaz|alpraz|zopicl|pregabal|gabapent)[a-z]*)"
)
_WHOSE = r"(?:(?:my|your|the|her|his|their|our|all|any|those|these|of)\s+){0,3}"
_LEAVING = (
    r"(?:stop(?:s|ped|ping)?|quit(?:s|ting)?|ditch(?:ed|ing)?|drop(?:ped|ping)?|skip(?:ped|ping)?|"
    r"replac(?:e|es|ed|ing)|swap(?:ped|ping)?|instead\s+of|(?:give|gave|giving)\s+up|"
    r"(?:com|cam|go|went|get|got|gett|wean|taper)(?:e|ing|ed)?\s+(?:myself\s+|yourself\s+)?off|"
    r"throw(?:ing)?\s+(?:away|out)|don['’]?t\s+need|no\s+longer\s+need)"
)
STOPPING = re.compile(
    rf"\b(?:stop(?:ped|ping)?\s+taking\s+(?:my|your|her|his|their)\b|"
    rf"{_LEAVING}\s+(?:(?:taking|using|with)\s+)?{_WHOSE}{_MEDICINE}\b)"
)
KIDNEY = re.compile(r"\b(?:kidneys?|renal|dialysis|nephr[a-z]{1,12}|egfr|ckd)\b")
LITHIUM = re.compile(r"\b(?:lithium|priadel|camcolit|lithobid|eskalith)\b")
_BLOCKED = re.compile(rf"(?<!\w)(?:{'|'.join(word.replace(' ', chr(92) + 's+') for word in BLOCKED)})(?!\w)")
_AMOUNT = r"(?<![\w.,])(\d{1,3}(?:,\d{3}){1,2}|\d{1,6})(\.\d{1,3})?"
_MG = re.compile(rf"{_AMOUNT}\s?(?:mg|mgs|milligram(?:me)?s?)\b")
_GRAMS = re.compile(rf"{_AMOUNT}\s?(?:g|grams?|grammes?)\b")
_OF_MAGNESIUM = re.compile(r"\bmagnes|\bmg\b|\bmag\b|\bcitrate|\bglycinate|\boxide|\bepsom")


def plain(text: str) -> str:
    """Small letters without accents of width, and without characters that are not seen."""
    folded = unicodedata.normalize("NFKC", text[:MOST_LETTERS]).casefold()
    return "".join(letter for letter in folded if unicodedata.category(letter) != "Cf")


def blocked_word(words: str) -> str:
    """The first word of plain words that is on the list; empty when none is."""
    found = _BLOCKED.search(words)
    return " ".join(found[0].split()) if found else ""


def highest_dose(words: str) -> float:
    """The largest amount in plain words, in mg; 0 when they name none. Grams count where magnesium is spoken of."""
    amounts = [_number(found) for found in _MG.finditer(words)]
    if _OF_MAGNESIUM.search(words):
        amounts += [1_000 * _number(found) for found in _GRAMS.finditer(words)]
    return max(amounts, default=0)


def _number(found: re.Match[str]) -> float:
    return float(found[1].replace(",", "") + (found[2] or ""))
