"""Whatever moderators, writers and the clock do, in whatever order: what readers see is approved, and no state is
reached that the table forbids."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from articles.actions import corrections, replies, rewording, threads, undoing, writing
from articles.actions.articles import archive_article
from articles.actions.erasure import erase_reply
from articles.models import Actor, Article, ModerationAction, ModerationEvent, Reply, ReplyStatus
from articles.policies import DECISIONS, TRANSITIONS, ModerationRefused, ReplyRefused, WriterRefused
from articles.spam import Circumstances
from mgsite.markup import render_reply
from tests.factories import make_moderator, make_published_article, make_study

pytestmark = pytest.mark.django_db
WRITERS = ["a" * 64, "b" * 64, ""]
SECRET = "number 0170"
WHICH = st.integers(0, 9)


@dataclass
class Known:
    """What the model knows of one reply, apart from the database."""

    pk: int
    words: str
    held: str = ""
    read: set[str] = field(default_factory=set)
    """Texts that a moderator let readers see."""
    loaded: list[Reply] = field(default_factory=list)
    """As some desk once had it on the screen."""


class Replies(RuleBasedStateMachine):
    """Two threads and their replies."""

    def __init__(self) -> None:
        super().__init__()
        self.undone_with_the_example = transaction.atomic()
        self.undone_with_the_example.__enter__()
        self.known: list[Known] = []
        self.before: dict[int, tuple[str, str]] = {}
        """Words and waiting words of a reply before each event."""

    @initialize()
    def begin(self) -> None:
        self.article = make_published_article()
        self.study = make_study()
        self.moderator = make_moderator()
        self.send(on_study=False, writer=0, kind="correction", urgent=False, answer=None)

    def teardown(self) -> None:
        try:
            if self.known:
                self.pages_show_nothing_else()
        finally:
            transaction.set_rollback(True)
            self.undone_with_the_example.__exit__(None, None, None)

    # Readers

    @rule(
        on_study=st.booleans(),
        writer=st.integers(0, 2),
        kind=st.sampled_from(["", "question", "correction"]),
        urgent=st.booleans(),
        answer=st.none() | WHICH,
    )
    def send(self, *, on_study: bool, writer: int, kind: str, urgent: bool, answer: int | None) -> None:
        body = f"words {len(self.known)} {SECRET}"
        quoted = {"kind": kind, "sentence": "A.", "source": "10.1/x"} if kind else {}
        try:
            reply = replies.submit_reply(
                about=self.study if on_study else self.article,
                token=f"form {len(self.known)}",
                name="Reader",
                body=body,
                writer=WRITERS[writer],
                triage="now" if urgent else "",
                circumstances=Circumstances(seconds=60, network=f"network {len(self.known)}"),
                **quoted,
            )
        except ReplyRefused:
            return
        if answer is not None and self.known:
            Reply.objects.filter(pk=reply.pk).update(parent=self.pick(answer).pk)
        self.known.append(Known(pk=reply.pk, words=body))

    @rule(which=WHICH)
    def edit(self, which: int) -> None:
        known = self.pick(which)
        body = f"{known.words} again"
        approved = self.stored(known).status == "approved"
        if self.done(known, lambda reply: writing.edit_reply(reply=reply, body=body)):
            known.words, known.held = (known.words, body) if approved else (body, known.held)

    @rule(which=WHICH)
    def withdraw(self, which: int) -> None:
        if self.done(self.pick(which), lambda reply: writing.withdraw_reply(reply=reply)):
            self.pick(which).held = ""

    @rule(which=WHICH)
    def appeal(self, which: int) -> None:
        self.done(self.pick(which), lambda reply: writing.appeal(reply=reply, words="Look again."))

    @rule(which=WHICH)
    def erase(self, which: int) -> None:
        if self.done(self.pick(which), lambda reply: erase_reply(reply=reply, actor=Actor.WRITER)):
            self.pick(which).words = self.pick(which).held = ""

    # Moderators

    @rule(which=WHICH)
    def look(self, which: int) -> None:
        self.pick(which).loaded.append(self.stored(self.pick(which)))

    @rule(which=WHICH, action=st.sampled_from([*DECISIONS, ModerationAction.EDIT]), stale=st.booleans())
    def decide(self, which: int, action: ModerationAction, stale: bool) -> None:
        known = self.pick(which)
        shown = known.loaded[-1] if stale and known.loaded else None
        wish = lambda reply: replies.decide(reply=shown or reply, action=action, by=self.moderator)  # noqa: E731
        if self.done(known, wish):
            assert shown is None or shown.body == known.words
            self.note_read(known)

    @rule(action=st.sampled_from(DECISIONS), seen=st.sampled_from(ReplyStatus), told=st.booleans())
    def decide_all(self, action: ModerationAction, seen: ReplyStatus, told: bool) -> None:
        texts = dict(Reply.objects.values_list("pk", "text_version")) if told else None
        urgent = self.urgent()
        try:
            outcome = replies.moderate(
                ids=[known.pk for known in self.known], action=action, by=self.moderator, seen=seen, texts=texts
            )
        except ModerationRefused:
            return
        self.after_batch(outcome, urgent=urgent, told=told)

    @rule(writer=st.integers(0, 2), action=st.sampled_from(DECISIONS), seen=st.sampled_from(ReplyStatus))
    def decide_writer(self, writer: int, action: ModerationAction, seen: ReplyStatus) -> None:
        urgent = self.urgent()
        try:
            outcome = replies.moderate_writer(writer=WRITERS[writer], action=action, by=self.moderator, seen=seen)
        except ModerationRefused:
            return
        assert action != ModerationAction.APPROVE
        self.after_batch(outcome, urgent=urgent, told=True)

    def after_batch(self, outcome: replies.Decided, *, urgent: dict[int, str], told: bool) -> None:
        assert self.urgent() == urgent
        decided = list(ModerationEvent.objects.filter(batch=outcome.batch)) if outcome.batch else []
        assert len(decided) == outcome.decided
        for event in decided:
            known = next(each for each in self.known if each.pk == event.reply_id)
            self.before[event.pk] = (known.words, known.held)
            assert told or event.action != "approve" or self.stored(known).text_version == 1
            self.note_read(known)

    @rule(which=WHICH)
    def redact(self, which: int) -> None:
        known = self.pick(which)
        if self.done(known, lambda reply: rewording.redact(reply=reply, passage=SECRET, by=self.moderator)):
            known.words = known.words.replace(SECRET, rewording.MARK)
            self.note_read(known)

    @rule(which=WHICH)
    def accept_edit(self, which: int) -> None:
        known = self.pick(which)
        if self.done(known, lambda reply: rewording.accept_edit(reply=reply, by=self.moderator)):
            known.words, known.held = known.held, ""
            self.note_read(known)

    @rule(which=WHICH)
    def decline_edit(self, which: int) -> None:
        known = self.pick(which)
        if self.done(known, lambda reply: rewording.decline_edit(reply=reply, by=self.moderator)):
            known.held = ""

    @rule(which=WHICH, level=st.sampled_from(["", "now", "today"]))
    def set_triage(self, which: int, level: str) -> None:
        self.done(self.pick(which), lambda reply: rewording.set_triage(reply=reply, level=level, by=self.moderator))

    @rule(which=WHICH, accept=st.booleans())
    def correction(self, which: int, accept: bool) -> None:
        act = corrections.accept_correction if accept else corrections.decline_correction
        self.done(self.pick(which), lambda reply: act(reply=reply, by=self.moderator))

    @rule(back=st.sampled_from([0, 0, 0, 1, 2]))
    def undo(self, back: int) -> None:
        events = list(ModerationEvent.objects.order_by("-pk")[back : back + 1])
        for event in events:
            known = next(each for each in self.known if each.pk == event.reply_id)
            if self.done(known, lambda reply, event=event: undoing.undo(event=event, by=self.moderator)):
                known.words, known.held = self.before[event.pk]

    @rule(which=WHICH, action=st.sampled_from(DECISIONS))
    def slip(self, which: int, action: ModerationAction) -> None:
        """A decision and its undo, as from the toast."""
        self.decide(which=which, action=action, stale=False)
        self.undo(back=0)

    @rule(which=WHICH, first=st.sampled_from(DECISIONS), then=st.sampled_from(DECISIONS))
    def late_undo(self, which: int, first: ModerationAction, then: ModerationAction) -> None:
        """Two decisions, and an undo of the first, as from a log that is no longer fresh."""
        self.decide(which=which, action=first, stale=False)
        self.decide(which=which, action=then, stale=False)
        self.undo(back=1)

    @rule(which=WHICH, action=st.sampled_from(DECISIONS))
    def race(self, which: int, action: ModerationAction) -> None:
        """The writer edits while a moderator reads, who then decides about what is on the screen."""
        self.look(which=which)
        self.edit(which=which)
        self.decide(which=which, action=action, stale=True)

    @rule(back=st.integers(0, 2))
    def undo_batch(self, back: int) -> None:
        batches = ModerationEvent.objects.filter(batch__isnull=False).order_by("-pk")
        found = list(batches.values_list("batch", flat=True)[back : back + 1])
        for batch in found:
            try:
                undoing.undo_batch(batch=batch, by=self.moderator)
            except ModerationRefused:
                assert not ModerationEvent.objects.filter(batch=batch).exclude(action="undo").exists()

    # The site

    @rule(public=st.booleans())
    def archive(self, public: bool) -> None:
        if public:
            Article.objects.update(status="published")
        else:
            archive_article(article=self.article, by=self.moderator)

    @rule(opened=st.booleans())
    def close(self, opened: bool) -> None:
        (threads.open_thread if opened else threads.close_thread)(about=self.article)

    @rule(days=st.integers(0, 2))
    def forget(self, days: int) -> None:
        rewording.forget_former_words(now=timezone.now() + timedelta(days=days))

    # What always holds

    @invariant()
    def readers_see_what_was_approved_and_nothing_else(self) -> None:
        public = self.article.pk in Article.objects.published().values_list("pk", flat=True) if self.known else False
        shown = {reply.pk: reply for reply in Reply.objects.visible()}
        for known in self.known:
            stored = self.stored(known)
            expected = stored.status == "approved" and (public or stored.thread.study_id is not None)
            assert (known.pk in shown) == expected
            if expected:
                assert known.words in known.read
                assert shown[known.pk].html == render_reply(known.words).html
            assert stored.body == known.words
            if stored.held_at:
                assert stored.held_body == known.held

    @invariant()
    def places_show_no_words_of_what_is_gone(self) -> None:
        visible = {reply.pk: (reply.html, reply.name) for reply in Reply.objects.visible()}
        for place in Reply.objects.placed():
            assert (place.shown_html, place.shown_name) == visible.get(place.pk, ("", ""))

    @invariant()
    def events_lead_from_waiting_to_the_present_state_along_the_table(self) -> None:
        for known in self.known:
            state = ReplyStatus.PENDING
            for event in ModerationEvent.objects.filter(reply=known.pk).select_related("undo_of").order_by("pk"):
                assert event.from_status == state
                if event.undo_of is None:
                    assert TRANSITIONS[state, ModerationAction(event.action)] == event.to_status
                else:
                    assert event.undo_of.actor == Actor.MODERATOR
                    assert (event.undo_of.from_status, event.undo_of.to_status) == (event.to_status, event.from_status)
                assert SECRET not in f"{event.note}{event.message}{event}"
                state = ReplyStatus(event.to_status)
            assert self.stored(known).status == state

    def pages_show_nothing_else(self) -> None:
        approved = {known.words for known in self.known if self.stored(known).status == "approved"}
        written = {text for known in self.known for text in (known.words, known.held, *known.read) if text}
        page = Client().get(self.article.get_absolute_url()).content.decode()
        assert [text for text in written - approved if f">{text}<" in page] == []
        for known in self.known:
            answer = Client().get(self.stored(known).get_absolute_url())
            assert answer.status_code == (302 if Reply.objects.visible().filter(pk=known.pk).exists() else 404)

    # Hands

    def pick(self, which: int) -> Known:
        return self.known[which % len(self.known)]

    def stored(self, known: Known) -> Reply:
        return Reply.objects.select_related("thread").get(pk=known.pk)

    def urgent(self) -> dict[int, str]:
        return dict(Reply.objects.exclude(triage="").values_list("pk", "status"))

    def note_read(self, known: Known) -> None:
        if self.stored(known).status == "approved":
            known.read.add(known.words)

    def done(self, known: Known, wish: Callable[[Reply], Any]) -> bool:
        """Whether it was done; if it was refused, nothing is changed, and a sentence says why."""
        before = Reply.objects.values().get(pk=known.pk)
        had = (known.words, known.held)
        try:
            wish(self.stored(known))
        except (ModerationRefused, WriterRefused):
            assert Reply.objects.values().get(pk=known.pk) == before
            return False
        self.before[ModerationEvent.objects.filter(reply=known.pk).order_by("pk").last().pk] = had
        return True


def test_no_sequence_shows_what_is_not_approved_or_leaves_the_table() -> None:
    run_state_machine_as_test(
        Replies,
        settings=settings(
            max_examples=12, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
