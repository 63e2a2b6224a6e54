"""The two groups of staff, each with just the permissions its work needs."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

EDITOR, MODERATOR = "Editor", "Moderator"
WORK_ON = ("add", "change", "delete", "view")

# Parts are edited inside their record's page; the admin asks for permission on each of them all the same.
EDITOR_MODELS = {
    "articles": {
        "article": ("add", "change", "view", "publish"),
        "image": ("add", "change", "view"),
        "revision": ("view",),
        "slugredirect": ("view",),
        "checkoverride": ("view",),
        "articletask": ("change", "view"),
        "correction": ("change", "view"),
    },
    "forms_catalog": {
        "*": WORK_ON,
        "publicstate": (),
        "editionrecord": (),
        "evidencealert": ("view",),
        "reviewtask": ("change", "view"),
        "verdictchange": ("view",),
        "studyarrival": (),
        "safetyreview": (),  # the owner's word, as that on who runs the site
    },
}
MODERATOR_MODELS = {
    # Not the articles: that would open every draft, and a reply's page names its article and leads to the public one.
    "articles": {"reply": ("view", "moderate"), "moderationevent": ("view",)},
}


def _permissions(wanted: dict[str, dict[str, tuple[str, ...]]]) -> list[Permission]:
    """The permission rows that a table of app → model → verbs names."""
    names = []
    for label, models in wanted.items():
        for model in apps.get_app_config(label).get_models():
            name = str(model._meta.model_name)
            verbs = models.get(name, models.get("*", ()))
            names += [(label, name, f"{verb}_{name}") for verb in verbs]
    rows = Permission.objects.filter(content_type__app_label__in=wanted).select_related("content_type")
    by_name = {(row.content_type.app_label, row.content_type.model, row.codename): row for row in rows}
    return [by_name[name] for name in names]


def ensure_groups() -> None:
    """Make the groups, or bring them back to what this table says. Runs after every migration."""
    for label in ("articles", "forms_catalog"):
        create_permissions(apps.get_app_config(label), verbosity=0)
    for name, wanted in ((EDITOR, EDITOR_MODELS), (MODERATOR, MODERATOR_MODELS)):
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set(_permissions(wanted))
