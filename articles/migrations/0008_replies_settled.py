import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """What no longer stands in a reply goes, and what every reply now has is asked for."""

    dependencies = [
        ('articles', '0007_replies_move_into_threads'),
    ]

    operations = [
        migrations.AlterField(
            model_name='reply',
            name='number',
            field=models.PositiveIntegerField(help_text='In its thread: the 7 of “#7”.'),
        ),
        migrations.AlterField(
            model_name='reply',
            name='thread',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='articles.thread'),
        ),
        migrations.RemoveField(
            model_name='reply',
            name='article',
        ),
        migrations.RemoveField(
            model_name='reply',
            name='email',
        ),
        migrations.AddIndex(
            model_name='reply',
            index=models.Index(condition=models.Q(('published_at__isnull', False)), fields=['thread', 'number'], name='reply_thread'),
        ),
        migrations.AddIndex(
            model_name='reply',
            index=models.Index(fields=['status', 'rank', 'created_at', 'id'], name='reply_queue'),
        ),
        migrations.AddIndex(
            model_name='reply',
            index=models.Index(fields=['writer', 'created_at'], name='reply_writer'),
        ),
        migrations.AddIndex(
            model_name='reply',
            index=models.Index(condition=models.Q(('held_at__isnull', False)), fields=['held_at'], name='reply_held'),
        ),
        migrations.AddIndex(
            model_name='reply',
            index=models.Index(condition=models.Q(('published_at__isnull', False)), fields=['-published_at'], name='reply_newest'),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=models.UniqueConstraint(fields=('thread', 'number'), name='articles_reply_numbered_once'),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['pending', 'approved', 'rejected', 'spam', 'hidden', 'withdrawn', 'erased'])), name='articles_reply_status_known'),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['question', 'experience', 'evidence', 'correction', 'typo', ''])), name='articles_reply_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=models.CheckConstraint(condition=models.Q(('triage__in', ['now', 'soon', 'today', ''])), name='articles_reply_triage_known'),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('triage', ''), ('triage_since__isnull', True)), models.Q(models.Q(('triage', ''), _negated=True), ('triage_since__isnull', False)), _connector='OR'), name='articles_reply_triage_has_a_clock'),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'approved'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='articles_reply_approved_is_dated'),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'erased'), _negated=True), models.Q(('appeal', ''), ('body', ''), ('held_body', ''), ('held_html', ''), ('html', ''), ('name', ''), ('sentence', ''), ('source', ''), ('writer', '')), _connector='OR'), name='articles_reply_erased_is_empty'),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('correction', 'typo')), _negated=True), models.Q(('sentence', ''), _negated=True), ('status', 'erased'), _connector='OR'), name='articles_reply_quotes_what_it_mends'),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('evidence', 'correction')), _negated=True), models.Q(('source', ''), _negated=True), ('status', 'erased'), _connector='OR'), name='articles_reply_names_its_source'),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=models.CheckConstraint(condition=models.Q(('held_at__isnull', True), models.Q(models.Q(('held_body', ''), _negated=True), models.Q(('held_html', ''), _negated=True)), _connector='OR'), name='articles_reply_held_words_are_there'),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=models.CheckConstraint(condition=models.Q(('level__lte', 2)), name='articles_reply_level_is_small'),
        ),
    ]
