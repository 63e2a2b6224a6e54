"""Replies sent before there were threads get one, a number by age, and their e-mail addresses move to contacts."""

from django.db import migrations
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

BATCH = 500


def into_threads(apps, schema_editor):
    """Number each article's replies from the oldest on."""
    Article, Reply, Thread = (apps.get_model("articles", name) for name in ("Article", "Reply", "Thread"))
    now = timezone.now()
    for article in Article.objects.filter(replies__isnull=False).distinct().only("pk", "replies_open"):
        closed_at = None if article.replies_open else now
        thread = Thread.objects.create(article=article, closed_at=closed_at)
        replies = Reply.objects.filter(article=article).order_by("created_at", "pk").only("pk")
        numbered = []
        for number, reply in enumerate(replies.iterator(BATCH), start=1):
            reply.thread, reply.number = thread, number
            numbered.append(reply)
        Reply.objects.bulk_update(numbered, ["thread", "number"], batch_size=BATCH)
        Thread.objects.filter(pk=thread.pk).update(last_number=len(numbered))
    approved = Reply.objects.filter(status="approved")
    approved.update(published_at=Coalesce(F("decided_at"), F("created_at")))


def addresses_apart(apps, schema_editor):
    """Keep each address, and write to nobody: they were asked for before there was any mail."""
    Reply, Contact = apps.get_model("articles", "Reply"), apps.get_model("articles", "Contact")
    given = Reply.objects.exclude(email="").only("pk", "email", "created_at")
    contacts = (
        Contact(reply=reply, address=reply.email, notify=False, created_at=reply.created_at)
        for reply in given.iterator(BATCH)
    )
    Contact.objects.bulk_create(contacts, batch_size=BATCH)


class Migration(migrations.Migration):

    dependencies = [
        ("articles", "0006_replies_in_threads"),
    ]

    # Back only while there are no replies: the database refuses to bring back what is gone from a row.
    operations = [
        migrations.RunPython(into_threads, migrations.RunPython.noop),
        migrations.RunPython(addresses_apart, migrations.RunPython.noop),
    ]
