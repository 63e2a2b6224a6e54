"""A study as the neutral record."""

from forms_catalog.bibliography.names import read_name
from forms_catalog.bibliography.work import Medium, Work
from forms_catalog.models import Study
from forms_catalog.models.vocabulary import PublicationStatus, StudyKind


def work_of(study: Study) -> Work:
    """The study's citation. What was not seen stays empty; what the journal said since goes with it, as a note."""
    in_journal = study.kind == StudyKind.STUDY or bool(study.journal)
    return Work(
        key=study.slug,
        medium=Medium.JOURNAL if in_journal else Medium.WEB,
        title=study.title or "[title not seen]",
        authors=tuple(read_name(str(author)) for author in study.authors),
        issued=(study.year,) if study.year else (),
        container=study.journal,
        volume=study.volume,
        issue=study.issue,
        pages=study.pages,
        doi=study.doi,
        pmid=study.pmid,
        pmcid=study.pmcid,
        issn=study.issn,
        url=study.source_url,
        accessed=study.accessed,
        note=_note(study),
    )


def _note(study: Study) -> str:
    status = PublicationStatus(study.publication_status)
    if status == PublicationStatus.AS_PUBLISHED:
        return ""
    return f"{status.label}. {study.publication_note}"
