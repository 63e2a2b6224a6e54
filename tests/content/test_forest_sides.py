"""Which effects of the first edition have a side that nobody saw."""

import pytest

from forms_catalog.charts.rows import from_effect
from forms_catalog.charts.series import effects_shown, outcomes_with_series

pytestmark = pytest.mark.django_db


def test_rows_whose_direction_the_editors_inferred_are_drawn_as_such(first_edition: None) -> None:
    effects = [effect for effect in effects_shown(outcomes_with_series()) if effect.smd is not None]
    inferred = {effect.key for effect in effects if "inferred" in effect.quality_note.lower()}

    drawn = {effect.key for effect in effects if from_effect(effect).estimate.is_inferred}
    assert drawn == inferred == {"abbasi2012-depression-ghq28", "abbasi2012-anxiety-ghq28"}
