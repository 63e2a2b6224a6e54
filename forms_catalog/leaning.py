"""What leans on a study or a claim: everything that has to be looked at again when it changes."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from forms_catalog.models import Arm, Claim, CommonClaim, Form, FormEvidence, LadderEntry, Mechanism, Study


@dataclass(frozen=True, slots=True)
class Leaning:
    """Catalog records that lean on a study or a claim."""

    claims: tuple[Claim, ...]
    forms: tuple[Form, ...]
    mechanisms: tuple[Mechanism, ...]

    def records(self) -> list[Claim | Form | Mechanism]:
        """All of them."""
        return [*self.claims, *self.forms, *self.mechanisms]


def leaning_on(record: Study | Claim) -> Leaning:
    """The records that lean on a study or a claim; three queries or two."""
    if isinstance(record, Claim):
        return Leaning(claims=(), forms=tuple(record.forms.all()), mechanisms=tuple(record.mechanisms.all()))
    return Leaning(
        claims=tuple(Claim.objects.filter(supports__study=record)),
        forms=tuple(Form.objects.filter(_forms_of(record))),
        mechanisms=tuple(Mechanism.objects.filter(_mechanisms_of(record))),
    )


def _forms_of(study: Study) -> Q:
    """Each table is asked by itself: joined, all studies of a form would meet all its evidence and all arms."""
    filed = FormEvidence.objects.filter(study=study).values("form")
    given = Arm.objects.filter(trial__study=study).values("form")
    told = CommonClaim.objects.filter(studies=study).values("form")
    return Q(pk=study.form_id) | Q(pk__in=filed) | Q(pk__in=given) | Q(pk__in=told)


def _mechanisms_of(study: Study) -> Q:
    rungs = LadderEntry.objects.filter(study=study).values("mechanism")
    return Q(pk__in=rungs) | Q(pk__in=study.mechanisms.order_by().values("pk"))
