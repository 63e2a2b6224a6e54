"""What leans on a study or a claim: everything that has to be looked at again when it changes."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from forms_catalog.models import Claim, Form, Mechanism, Study


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
    of_forms = Q(evidence__study=record) | Q(studies=record) | Q(arms__trial__study=record)
    of_forms |= Q(common_claims__studies=record)
    on_mechanisms = Q(ladder__study=record) | Q(studies=record)
    return Leaning(
        claims=tuple(Claim.objects.filter(supports__study=record)),
        forms=tuple(Form.objects.filter(of_forms).distinct()),
        mechanisms=tuple(Mechanism.objects.filter(on_mechanisms).distinct()),
    )
