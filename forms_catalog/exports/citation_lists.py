"""Many citations in one file, in the formats of the bibliography."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from forms_catalog.bibliography import DOWNLOADS
from forms_catalog.bibliography.studies import work_of
from forms_catalog.models import Study

CSL = "csl.json"


def citation_lines(suffix: str, portions: Iterable[list[Study]]) -> Iterator[str]:
    """The file, a portion at a time."""
    return _one_list(portions) if suffix == CSL else _one_after_another(suffix, portions)


def _one_after_another(suffix: str, portions: Iterable[list[Study]]) -> Iterator[str]:
    write = DOWNLOADS[suffix].write
    for studies in portions:
        yield "".join(write(work_of(study)) for study in studies)


def _one_list(portions: Iterable[list[Study]]) -> Iterator[str]:
    """CSL-JSON is one list; each study is written as a list of one, so the brackets between them go."""
    write, before = DOWNLOADS[CSL].write, "["
    for studies in portions:
        for study in studies:
            yield before + write(work_of(study)).strip().removeprefix("[").removesuffix("]").rstrip()
            before = ",\n"
    yield "[]\n" if before == "[" else "\n]\n"
