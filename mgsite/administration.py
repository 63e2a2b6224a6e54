"""The admin, as editors and moderators meet it: Django's own, with our name and a sensible order."""

import re
from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.forms import UsernameField
from django.core.exceptions import BadRequest
from django.forms import TextInput
from django.http import HttpRequest, HttpResponseBase

# How the catalog's records stand on the front page: heading, and models in the order of use.
CATALOG_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Catalog: evidence", ("Study", "Trial", "Claim", "VerdictChange", "ReviewTask")),
    ("Catalog: magnesium", ("Form", "Mechanism", "Outcome", "GlossaryTerm")),
    (
        "Catalog: safety",
        (
            "Interaction",
            "NamedMedicine",
            "UnverifiedMedicine",
            "Caution",
            "AdverseEffect",
            "ToxicityThreshold",
            "PoisoningCase",
            "CrisisLine",
            "SafetyReview",
        ),
    ),
    ("Catalog: diet", ("FoodSource", "IntakeReference", "UpperLevel", "ReferenceNote")),
)
ORDER = ("articles", "forms_catalog", "auth")
# All our rows are numbered; a longer number is none that a database could hold.
ROW_NUMBER = re.compile(r"[0-9]{1,18}")


class SignInForm(AdminAuthenticationForm):
    """Refuses a name that no account can have before it is noted as an attempt, for which it may be too long."""

    username = UsernameField(max_length=150, widget=TextInput(attrs={"autofocus": True}))


class EditingSite(AdminSite):
    """Stock admin under our name."""

    login_form = SignInForm
    site_header = site_title = "Magnesium & Mind editing"
    index_title = "What would you like to work on?"
    site_url = "/"

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Refuse rows of a list that nobody could have ticked: Django would answer them with a server error."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            ticked = request.POST.getlist(ACTION_CHECKBOX_NAME)
            if not all(map(ROW_NUMBER.fullmatch, ticked)):
                raise BadRequest("A row was chosen that is none.")
            answer: HttpResponseBase = inner(request, *args, **kwargs)
            return answer

        return checked

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Articles first; the catalog under four headings instead of one long list."""
        apps = sorted(super().get_app_list(request, app_label), key=_place)
        if app_label is not None:
            return apps
        return [part for app in apps for part in (_parts(app) if app["app_label"] == "forms_catalog" else [app])]


def _place(app: dict[str, Any]) -> tuple[int, str]:
    label = app["app_label"]
    return (ORDER.index(label) if label in ORDER else len(ORDER), app["name"])


def _parts(app: dict[str, Any]) -> list[dict[str, Any]]:
    """The catalog's models by group; one that no group names stands in a last group of its own."""
    models = {model["object_name"]: model for model in app["models"]}
    parts = [(name, [models.pop(wanted) for wanted in group if wanted in models]) for name, group in CATALOG_GROUPS]
    parts.append(("Catalog: other", list(models.values())))
    return [{**app, "name": name, "models": found} for name, found in parts if found]
