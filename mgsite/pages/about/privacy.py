"""What this site stores about people, and for how long: from the code's own constants, held to the models by tests."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings

from articles import policies, rates, tokens
from articles.actions import contacts, pruning
from mgsite.cookies import PREFERENCES, Cookie, span

REPLY_FIELDS = {
    "public_id": "the last part of its address, which nobody can guess",
    "thread": "the article or record it belongs to",
    "number": "its number there",
    "kind": "what you said it is: a question, an experience, evidence, a correction, a typo",
    "parent": "the reply it answers",
    "level": "how far it is set in under that",
    "claim": "the marked sentence it speaks of",
    "revision": "the version of the article you had read",
    "sentence": "the words you want to see corrected",
    "source": "the source you named; we do not ask it for anything",
    "name": "the name you gave, shown if the reply is published",
    "body": "your text as you typed it",
    "html": "your text as it looks on the page",
    "text_version": "how often the text was changed",
    "held_body": "new words that wait for a moderator, or words that were replaced within the last day",
    "held_html": "the same as they would look on the page",
    "held_at": "since when new words wait",
    "writer": "a scrambled form of the key in your private link, so that the link works; we cannot turn it back",
    "status": "how it stands: waiting, approved, rejected, spam, hidden, withdrawn or erased",
    "triage": "how soon a moderator should look, if it may be urgent",
    "triage_since": "since when it is urgent",
    "rank": "its place in the moderators’ queue",
    "signals": "signs for the moderator, such as “2 links” or “6 posts from the same network within the hour”",
    "appeal": "what you said against a decision",
    "appealed_at": "when you said it",
    "created_at": "when you sent it",
    "decided_at": "when a moderator decided about it",
    "published_at": "when readers first saw it",
}
"""Every field of a reply but its row number. A field that has no words here fails a test."""


@dataclass(frozen=True, slots=True)
class Stored:
    """Something the database holds about people."""

    what: str
    about: str
    """Whom it is about."""
    holds: str
    kept: str
    models: tuple[str, ...]
    """Tables that hold it; every table that knows people is in one of these rows, and a test looks for others."""


def cookies() -> list[Cookie]:
    """Every cookie this site can set, readers' first."""
    return [
        *PREFERENCES,
        Cookie(
            "reply-…",
            "You send a reply",
            "Lets this browser, and nobody else, see how your reply stands. It travels to that reply’s address only",
            tokens.WRITER_SECONDS,
        ),
    ]


def staff_cookies() -> list[Cookie]:
    """Cookies of the editing pages, for those who sign in there."""
    return [
        Cookie(settings.SESSION_COOKIE_NAME, "Staff sign in", "Keeps them signed in", settings.SESSION_COOKIE_AGE),
        Cookie(
            settings.CSRF_COOKIE_NAME,
            "Somebody opens the sign-in page",
            "Makes sure that a form comes from this site",
            settings.CSRF_COOKIE_AGE,
        ),
        Cookie("messages", "Staff save something", "Carries “saved” and the like to the next page", None),
    ]


def stored() -> list[Stored]:
    """What the database holds about people, readers first."""
    hour, cooloff = span(rates.WINDOW.total_seconds()), span(sign_in_memory().total_seconds())
    session = span(settings.SESSION_COOKIE_AGE)
    return [
        Stored(
            "Replies",
            "who sends one",
            "what the list above names",
            "as long as the site; emptied when you ask",
            ("articles.Reply",),
        ),
        Stored(
            "E-mail addresses for replies",
            "who gives one with a reply",
            "the address, whether you confirmed it and want mail, which reply it is for, and mails due or sent",
            f"until you take it back; {contacts.KEPT_UNCONFIRMED.days} days if you do not confirm it, else until "
            f"{contacts.KEPT_AFTER_CLOSING.days} days after replies to the page are closed. Notes of mails that were "
            f"sent, {pruning.MAILS_KEPT_FOR.days} days",
            ("articles.Contact", "articles.OutboxMail"),
        ),
        Stored(
            "Decisions about replies",
            "moderators",
            "what was decided, when, by whom, why, and a note; none of the reply’s text",
            "as long as the site",
            ("articles.ModerationEvent",),
        ),
        Stored(
            "Counters against floods",
            "the network a reply or preview comes from",
            "a scrambled key that changes daily, and a count; no address. Only somebody with this site’s secret key "
            "could match it to a network",
            f"for {hour} and the one after; removed with the next reply or preview after that, or at the next start",
            ("articles.RateBucket",),
        ),
        Stored(
            "Failed sign-ins",
            "whoever tries the editing pages with a wrong password",
            "the name typed, the network address (IP), what the browser says of itself, when, and how often",
            f"{cooloff}; removed at the next sign-in or attempt after that, or at the next start",
            ("axes.AccessAttempt",),
        ),
        Stored(
            "Staff accounts",
            "editors, moderators and the owner",
            "sign-in name, name and e-mail if given, a scrambled password, permissions, last sign-in",
            "until the owner deletes them",
            ("auth.User",),
        ),
        Stored(
            "Staff sessions",
            "staff who have signed in",
            "who is signed in",
            f"{session}, or until they sign out; rows past that are removed at the next start",
            ("sessions.Session",),
        ),
        Stored(
            "Who worked on what",
            "staff",
            "which account saved, published, uploaded, checked or set aside something, and when",
            "until the account is deleted, at the latest",
            (
                "admin.LogEntry",
                "articles.Article",
                "articles.ArticleTask",
                "articles.CheckOverride",
                "articles.Correction",
                "articles.Image",
                "articles.Revision",
                "forms_catalog.EvidenceAlert",
                "forms_catalog.ReviewTask",
            ),
        ),
        Stored(
            "About the owner",
            "who runs this site",
            "what they have written about themselves for you to read",
            "until they change it",
            ("articles.SiteOwner",),
        ),
    ]


def sign_in_memory() -> timedelta:
    """How long a failed sign-in counts."""
    return timedelta(hours=settings.AXES_COOLOFF_TIME)


def privacy_page() -> dict[str, Any]:
    """Everything the page shows. It asks the database for nothing."""
    return {
        "cookies": cookies(),
        "staff_cookies": staff_cookies(),
        "reply_fields": list(REPLY_FIELDS.values()),
        "stored": stored(),
        "form_open": span(tokens.FORM_SECONDS),
        "most_posts": rates.MOST_PER_NETWORK,
        "edit_for": span(policies.EDIT_FOR.total_seconds()),
    }
