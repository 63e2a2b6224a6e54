"""Articles, their publishing, and the replies to them."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def make_groups(**kwargs: Any) -> None:
    """Permissions exist only after migrating; so do the groups that hold them."""
    from articles.roles import ensure_groups

    ensure_groups()


class ArticlesConfig(AppConfig):
    """App settings."""

    name = "articles"
    verbose_name = "Articles and replies"

    def ready(self) -> None:
        """Connect what runs after migrating, and what runs when evidence or the glossary changes (docs/adr/0007)."""
        from articles.actions.evidence import hear_of_alert
        from articles.actions.glossary import hear_of_glossary
        from forms_catalog.alerts import evidence_alert_opened
        from forms_catalog.glossary import glossary_changed

        post_migrate.connect(make_groups, sender=self, dispatch_uid="articles.groups")
        evidence_alert_opened.connect(hear_of_alert, dispatch_uid="articles.evidence")
        glossary_changed.connect(hear_of_glossary, dispatch_uid="articles.glossary")
