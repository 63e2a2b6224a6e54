"""Names of authors: people in two parts, groups in one."""

import re
from dataclasses import dataclass

# 'EFSA Panel on Nutrition, Novel Foods and Food Allergens (NDA)' has a comma and is nobody's family name.
_GIVEN_NAMES = re.compile(r"(?!.*\band\b)[\w.’'-]+(?: [\w.’'-]+){0,3}")
MOST_FAMILY_WORDS = 3


@dataclass(frozen=True, slots=True)
class Name:
    """A person, or, without a given name, a group or somebody known by one name: it is never turned round."""

    family: str
    given: str = ""


def read_name(listed: str) -> Name:
    """A name as the catalog lists it: 'Family, Given', or a group as it calls itself."""
    family, _, given = (part.strip() for part in listed.partition(","))
    if not given or len(family.split()) > MOST_FAMILY_WORDS or not _GIVEN_NAMES.fullmatch(given):
        return Name(listed.strip())
    return Name(family, given)


def turned(name: Name) -> str:
    """'Family, Given', for readers who take a name apart at its comma.

    A group ends with the comma: without one, its last word would become a family name.
    """
    family, given = (re.sub(r"\s*[,;]\s*", " ", part).strip() for part in (name.family, name.given))
    return f"{family}, {given}".rstrip() if given or " " in family else family


def initials(given: str) -> list[list[str]]:
    """Letters of given names, those of a double name together: 'Hans-Peter EM' is [[H, P], [E], [M]]."""
    found: list[list[str]] = []
    for name in re.split(r"[\s.]+", given):
        parts = [part for part in name.split("-") if part]
        if len(parts) == 1 and parts[0].isupper() and len(parts[0]) <= 3:
            found += [[letter] for letter in parts[0]]
        elif parts:
            found.append([part[0].upper() for part in parts])
    return found
