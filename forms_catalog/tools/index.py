"""The tools there are. A tool is on the index, and in the tests of pages, by its one line here."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool, by the question it answers."""

    name: str
    """Of its address, inside `tools`."""
    question: str
    note: str
    private: str
    """What becomes of what a reader enters."""

    @property
    def url(self) -> str:
        """Its page."""
        return reverse(f"tools:{self.name}")


TOOLS = (
    Tool(
        "safety",
        "Is it safe with what I take?",
        "Medicines and illnesses with magnesium: what to do, hours to keep apart, and a sheet for the pharmacist.",
        "What you pick never leaves your browser, and is gone when you leave the page.",
    ),
    Tool(
        "dose",
        "How much magnesium is in my tablet?",
        "From what the label says to the magnesium in it, beside recommended intakes, upper levels, trials and foods.",
        "What you enter stands in the address of the page, so that you can keep it. This site does not store it.",
    ),
)
