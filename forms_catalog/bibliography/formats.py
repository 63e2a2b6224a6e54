"""The formats on offer: those to read and copy, and those to download."""

from collections.abc import Callable
from dataclasses import dataclass

from forms_catalog.bibliography.bibtex import bibtex
from forms_catalog.bibliography.csl import csl_json
from forms_catalog.bibliography.ris import ris
from forms_catalog.bibliography.styles import apa, vancouver
from forms_catalog.bibliography.work import Work

Writer = Callable[[Work], str]


@dataclass(frozen=True, slots=True)
class Download:
    """A format with an address of its own: the page's, with this suffix."""

    suffix: str
    label: str
    content_type: str
    write: Writer

    @property
    def name(self) -> str:
        """For the names of addresses: 'csl' for .csl.json."""
        return self.suffix.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Shown:
    """One citation as the page shows it. `suffix`: of its download, where there is one."""

    name: str
    label: str
    text: str
    suffix: str = ""


BIBTEX = Download("bib", "BibTeX", "application/x-bibtex; charset=utf-8", bibtex)
RIS = Download("ris", "RIS", "application/x-research-info-systems; charset=utf-8", ris)
CSL = Download("csl.json", "CSL-JSON", "application/vnd.citationstyles.csl+json", csl_json)
DOWNLOADS = {each.suffix: each for each in (BIBTEX, RIS, CSL)}
SHOWN: tuple[tuple[str, Writer, str], ...] = (
    ("APA", apa, ""),
    ("Vancouver", vancouver, ""),
    *((each.label, each.write, each.suffix) for each in DOWNLOADS.values()),
)


def citations_of(work: Work) -> list[Shown]:
    """The work in every format, those for people first."""
    return [
        Shown(label.lower(), label, write(work).replace("\r\n", "\n").strip(), suffix) for label, write, suffix in SHOWN
    ]
