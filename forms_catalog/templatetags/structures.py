"""What templates need to show a structure."""

from django import template
from django.utils.safestring import SafeString

from forms_catalog.models import Hydrate
from forms_catalog.structures import drawing_for_page, parts_of

register = template.Library()


@register.simple_tag
def structure_drawing(hydrate: Hydrate) -> SafeString:
    """The structure as an image with its description; empty where there is no drawing of it as it now is."""
    return drawing_for_page(
        hydrate.current_drawing,
        key=f"structure-{hydrate.position}-{hydrate.pk}",
        title=f"Structure of {hydrate.form.name}, {hydrate.state}",
        description=hydrate.description,
    )


@register.filter
def is_drawn_apart(hydrate: Hydrate) -> bool:
    """Whether the drawing shows magnesium apart from what it is bound to."""
    return parts_of(hydrate.smiles).are_separate
