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
        """Hand in what is searched; connect what runs after migrating and when evidence changes (docs/adr/0007)."""
        from articles.actions.evidence import hear_of_alert
        from articles.actions.glossary import hear_of_glossary
        from articles.exports import twins
        from articles.search import hand_in
        from forms_catalog.alerts import evidence_alert_opened
        from forms_catalog.glossary import glossary_changed

        hand_in()
        twins.hand_in()
        post_migrate.connect(make_groups, sender=self, dispatch_uid="articles.groups")
        evidence_alert_opened.connect(hear_of_alert, dispatch_uid="articles.evidence")
        glossary_changed.connect(hear_of_glossary, dispatch_uid="articles.glossary")
