"""The editorial policy: the gate's checks, in words for readers."""

from typing import Any

from articles.gate import CHECKS
from articles.models import CheckOverride, Status

GATE = {
    "unresolved reference": "Each citation and link leads to a record that readers can see.",
    "markup that could not be read": "No half-typed citation, no note without text.",
    "image without description": "Each picture is described for people who cannot see it, or marked as decorative.",
    "claim without evidence": "Each marked claim has a source, or a search that says what we looked for.",
    "safety flag without note": "A claim that could harm someone says what to do, beside the sentence.",
    "doubted study without a word about it": "A withdrawn or doubted study is named as such where it is cited.",
    "dose without unit": "Each dose says of what: mg, not just a number.",
    "words of a failed upload": "Nothing of a failed upload is left in the text.",
    "strong words": "A warning only: words such as “cures” or “proves” beside weaker evidence.",
}
"""What each check of the gate wants. A check that has no words here fails a test."""


def editorial_page() -> dict[str, Any]:
    """The gate in words, and how often an editor has set one of its points aside in what readers see now."""
    shown = CheckOverride.objects.filter(revision__article__status=Status.PUBLISHED)
    return {"gate": [(name, GATE[name]) for name in CHECKS], "set_aside": shown.count()}
