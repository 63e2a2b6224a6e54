"""What the pages about the site promise, held to the code: privacy, moderation, editorial policy, evidence."""

from __future__ import annotations

import ast
import hashlib
import io
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import models
from django.test import Client
from django.utils import timezone

from articles import gate, policies, spam
from articles.actions import contacts, pruning
from articles.actions.pruning import prune
from articles.models import Contact, RateBucket, Reply
from articles.tokens import WRITER_SECONDS
from forms_catalog.grading import rule
from forms_catalog.models.vocabulary import Certainty, Fit, ReadAs, Stance, Verdict
from mgsite.management.commands import serve
from mgsite.pages.about import editorial, evidence, index, moderation, privacy
from mgsite.preferences import CHOICES, MARKS, THEME, YEAR
from tests import factories as make
from tests.dom import text
from tests.pages import KINDS, one_of

BASE = Path(settings.BASE_DIR)
SOURCES = [path for app in ("mgsite", "articles", "forms_catalog") for path in sorted((BASE / app).rglob("*.py"))]
LISTED = {cookie.name for cookie in [*privacy.cookies(), *privacy.staff_cookies()]}


def words_of_page(client: Client, name: str) -> str:
    return text(client.get(f"/about/{name}/").content.decode())


# Cookies


def listed(name: str) -> bool:
    return any(re.fullmatch(re.escape(known).replace("…", "[A-Za-z0-9_-]+"), name) for known in LISTED)


def calls(tree: ast.AST, names: set[str]) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names:
            yield node


def test_no_line_of_code_sets_a_cookie_that_the_page_does_not_list() -> None:
    """Seen something new here? Describe it in mgsite/cookies.py or mgsite/pages/about/privacy.py first."""
    found = {
        (path.relative_to(BASE).as_posix(), ast.unparse(call.args[0]))
        for path in SOURCES
        for call in calls(ast.parse(path.read_text(encoding="utf-8")), {"set_cookie", "set_signed_cookie"})
    }
    assert found == {("mgsite/preferences.py", "name"), ("articles/tokens.py", "_cookie_name(reply)")}
    assert all(map(listed, CHOICES))


@pytest.mark.django_db
def test_whatever_a_reader_does_sets_listed_cookies_only(client: Client) -> None:
    article = make.make_published_article()
    client.get(article.get_absolute_url())
    assert not client.cookies
    client.post("/preferences/marks/", {"marks": "off", "next": "/"})
    client.post("/preferences/theme/", {"theme": "dark", "next": "/"})
    form = client.get(f"{article.get_absolute_url()}replies/").context["form"]
    sent = {"token": form.token, "name": "Ana", "email": "", "body": "What about sleep?", "send": "1"}
    assert client.post(f"{article.get_absolute_url()}replies/", sent).status_code == 303
    reply = Reply.objects.get()
    assert set(client.cookies) == {MARKS, THEME, f"reply-{reply.public_id}"}
    assert all(map(listed, client.cookies))
    assert (client.cookies[MARKS]["max-age"], YEAR) == (365 * 86400, 365 * 86400)
    assert client.cookies[f"reply-{reply.public_id}"]["max-age"] == WRITER_SECONDS


@pytest.mark.django_db
def test_staff_get_listed_cookies_only() -> None:
    client = Client()
    user = make.make_user(is_superuser=True)
    user.set_password("a long password of ours")
    user.save()
    client.get("/admin/login/")
    client.post("/admin/login/", {"username": user.get_username(), "password": "a long password of ours"})
    client.post("/admin/articles/siteowner/add/", {"operator": "Ada"})
    assert set(client.cookies) == {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages"}
    assert all(map(listed, client.cookies))
    assert client.cookies["sessionid"]["max-age"] == settings.SESSION_COOKIE_AGE
    assert client.cookies["csrftoken"]["max-age"] == settings.CSRF_COOKIE_AGE
    assert not client.cookies["messages"]["max-age"]


def test_lifetimes_on_the_page_are_those_of_the_code(client: Client, db: None) -> None:
    lifetimes = {cookie.name: cookie.lifetime for cookie in [*privacy.cookies(), *privacy.staff_cookies()]}
    assert lifetimes[MARKS] == "1 year"
    assert lifetimes["reply-…"] == f"{WRITER_SECONDS // 86400} days"
    assert lifetimes["sessionid"] == f"{settings.SESSION_COOKIE_AGE // 3600} hours"
    shown = words_of_page(client, "privacy")
    assert [name for name in LISTED if name not in shown] == []


def test_readers_pages_keep_nothing_in_the_browser_by_script() -> None:
    scripts = sorted((BASE / "static" / "js").rglob("*.js"))
    assert scripts
    stores = re.compile(r"\b(localStorage|sessionStorage|indexedDB|document\.cookie|caches\.open)\b")
    using = {path.relative_to(BASE / "static" / "js").parts[0] for path in scripts if stores.search(path.read_text())}
    assert using == {"editor", "moderation"}  # staff's; the queue remembers whether its keys are switched off
    drafts = (BASE / "static/js/editor/drafts.js").read_text(encoding="utf-8")
    assert re.search(r"KEEP_DAYS = 30;", drafts)  # the page says 30 days


IMPORTS = re.compile(r'from "(\.{1,2}/[^"]+)"')


def with_imports(script: Path) -> set[Path]:
    """A script and every script it leads to."""
    found = {script}
    for name in IMPORTS.findall(script.read_text(encoding="utf-8")):
        found |= with_imports((script.parent / name).resolve())
    return found


def test_the_safety_check_fetches_its_lists_when_it_is_opened_and_has_no_other_way_out() -> None:
    """What it does in a browser is seen in tests/browser/test_safety_check.py."""
    element = BASE / "static/js/elements/safety-check.js"
    scripts = with_imports(element)
    assert {path.name for path in scripts} > {"safety-check.js", "safety-sheet.js", "safety-product.js"}
    ways = re.compile(
        r"\b(fetch|import)\(|\b(XMLHttpRequest|WebSocket|EventSource|sendBeacon|pushState|replaceState|submit|postMessage"
        r"|BroadcastChannel|serviceWorker|localStorage|sessionStorage|indexedDB|cookie|caches)\b|\blocation\.\w+\("
    )
    remarks = re.compile(r"/\*.*?\*/|^\s*//[^\n]*", re.DOTALL | re.MULTILINE)
    found = {path.name: ways.findall(remarks.sub("", path.read_text(encoding="utf-8"))) for path in scripts}
    assert {name: way for name, way in found.items() if way} == {"safety-check.js": [("fetch", "")]}
    code = element.read_text(encoding="utf-8")
    assert re.findall(r"load\((.+?)\)", code) == ["this.dataset.list", "this.dataset.dose"]


# The database


def model_label(model: type[models.Model]) -> str:
    return f"{model._meta.app_label}.{model.__name__}"


def knows_people(model: type[models.Model]) -> bool:
    """Whether a table names a person: by account, address, or what a browser tells."""
    told = {"username", "user_agent", "session_data", "ip_address", "writer"}
    return any(
        isinstance(field, models.EmailField | models.GenericIPAddressField)
        or field.name in told
        or (field.is_relation and field.related_model in {get_user_model(), Contact})
        for field in model._meta.concrete_fields
    )


def every_model() -> list[type[models.Model]]:
    return list(apps.get_models(include_auto_created=True))


UNUSED = {"axes.AccessLog", "axes.AccessFailureLog"}
"""Tables that come with a library and stay empty; tests below see to it."""
JOINS = {"auth.User_groups", "auth.User_user_permissions"}


def test_every_table_that_knows_people_is_on_the_page() -> None:
    on_page = {label for row in privacy.stored() for label in row.models}
    found = {model_label(model) for model in every_model() if knows_people(model)}
    assert len(found) > 10
    assert found - UNUSED - JOINS == on_page - {"articles.RateBucket"}
    assert RateBucket._meta.get_field("key").max_length == 64  # an HMAC, not an address


def test_every_field_of_a_reply_is_named_on_the_page(client: Client, db: None) -> None:
    assert set(privacy.REPLY_FIELDS) == {field.name for field in Reply._meta.concrete_fields} - {"id"}
    shown = words_of_page(client, "privacy")
    assert [said for said in privacy.REPLY_FIELDS.values() if said[1:] not in shown] == []


def test_only_failed_sign_ins_have_a_column_for_a_network_address() -> None:
    spelled = re.compile(r"(^|_)ip(_|$)|remote_addr|ip_?address")
    found = {
        model_label(model)
        for model in every_model()
        for field in model._meta.concrete_fields
        if isinstance(field, models.GenericIPAddressField) or spelled.search(field.name)
    }
    assert found - UNUSED == {"axes.AccessAttempt"}


@pytest.mark.django_db
def test_a_reply_leaves_no_trace_of_the_network_anywhere(client: Client) -> None:
    article = make.make_published_article()
    address = "203.0.113.77"
    form = client.get(f"{article.get_absolute_url()}replies/").context["form"]
    sent = {"token": form.token, "name": "Ana", "email": "", "body": "What about sleep?", "send": "1"}
    client.post(f"{article.get_absolute_url()}replies/", sent, REMOTE_ADDR=address, headers={"user-agent": "Lynx/9"})
    assert Reply.objects.count() == 1
    for model in every_model():
        for row in model._base_manager.values():
            assert address not in str(row)
            assert "203.0.113" not in str(row)
            assert "Lynx/9" not in str(row)


@pytest.mark.django_db
def test_a_sign_in_that_succeeds_leaves_no_address(client: Client) -> None:
    user = make.make_user()
    user.set_password("a long password of ours")
    user.save()
    client.post("/admin/login/", {"username": user.get_username(), "password": "wrong"})
    assert AccessAttempt.objects.count() == 1
    client.post("/admin/login/", {"username": user.get_username(), "password": "a long password of ours"})
    assert client.get("/admin/").status_code == 200
    assert [model.__name__ for model in (AccessAttempt, AccessLog, AccessFailureLog) if model.objects.exists()] == []


@pytest.mark.django_db
def test_a_failed_sign_in_writes_neither_name_nor_address_to_the_log(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    client.post("/admin/login/", {"username": "ada", "password": "wrong"}, REMOTE_ADDR="203.0.113.77")
    assert "AXES" in caplog.text
    assert "203.0.113.77" not in caplog.text
    assert "ada" not in caplog.text.replace("database", "")


def test_the_server_is_started_without_an_access_log() -> None:
    assert "--no-access-log" in serve.server_command("127.0.0.1", 8000, workers=1)


def importing(module: str) -> set[str]:
    """Sources that name a module."""
    return {str(path.relative_to(BASE)) for path in SOURCES if module in path.read_text(encoding="utf-8")}


def test_the_site_asks_no_other_host_and_sends_mail_from_one_place_only() -> None:
    """Links to other sites are asked for by one command, which somebody types; no page and no timer leads to it."""
    asks = re.compile(r"\b(urlopen|requests|httpx|http\.client|create_connection)\b")
    asking = {str(path.relative_to(BASE)) for path in SOURCES if asks.search(path.read_text(encoding="utf-8"))}
    assert asking == {"mgsite/links/connecting.py", "mgsite/links/outside.py"}
    assert importing("links.connecting") == {"mgsite/links/outside.py"}
    assert importing("links.outside") == {"mgsite/management/commands/check_links.py"}
    assert importing("check_links") == {"mgsite/management/commands/check_links.py"}
    sends = re.compile(r"\b(send_mail|EmailMessage|EmailMultiAlternatives|smtplib|get_connection)\b")
    sending = {str(path.relative_to(BASE)) for path in SOURCES if sends.search(path.read_text(encoding="utf-8"))}
    assert sending == {"articles/mail.py", "articles/actions/sending.py"}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.startswith("about")])
def test_no_page_about_the_site_tells_other_sites_where_a_reader_came_from(
    kind: str, first_edition: None, client: Client
) -> None:
    response = client.get(one_of(kind))
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert not response.cookies


# Moderation and the editorial policy


def test_every_sign_that_software_can_note_is_on_the_page(client: Client, db: None) -> None:
    tree = ast.parse((BASE / "articles/spam.py").read_text(encoding="utf-8"))
    names = {
        call.args[0].value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Signal"
    }
    assert len(names) > 5
    assert set(moderation.SIGNALS) == names
    shown = words_of_page(client, "moderation")
    assert [sign for sign in moderation.SIGNALS.values() if sign not in shown] == []
    assert f"less than {spam.HASTE_SECONDS} seconds" in shown


def test_every_check_of_the_gate_is_on_the_page(client: Client, db: None) -> None:
    assert list(editorial.GATE) == list(gate.CHECKS)
    shown = words_of_page(client, "editorial")
    assert [wants for wants in editorial.GATE.values() if wants not in shown] == []


# Evidence


def table_in(document: str, head: str) -> list[list[str]]:
    """Rows of the Markdown table under a head, such as '| Reason |'."""
    body = (BASE / document).read_text(encoding="utf-8").partition(head)[2]
    rows = re.split(r"\n\s*\n", body, maxsplit=1)[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip().strip("|").split("|")] for row in rows]


def test_verdicts_mean_what_editors_are_told() -> None:
    told = dict(table_in("docs/editing.md", "| Verdict | When |"))
    assert told == {str(verdict.label): meaning for verdict, meaning in evidence.VERDICTS.items()}
    assert list(evidence.VERDICTS) == list(Verdict)


def test_words_of_the_vocabulary_are_all_explained() -> None:
    assert list(evidence.STANCES) == list(Stance)
    assert list(evidence.FITS) == list(Fit)
    assert list(evidence.READ_AS) == list(ReadAs)
    assert [level for level, _ in evidence.certainties()] == list(Certainty)


def test_the_rule_on_the_page_is_the_rule_in_the_documents_and_in_the_code() -> None:
    told = table_in("docs/grading.md", "| Reason | One level | Two levels |")
    assert told == [[domain.name, domain.one_level, domain.two_levels] for domain in evidence.DOMAINS]
    source = rule.Source(key="a", label="A", group=rule.Group.RANDOMISED, stance=Stance.SUPPORTS)
    graded = rule.grade([source], question=rule.Question.EFFECT)
    assert graded is not None
    assert [step.domain for step in graded.steps] == [domain.name for domain in evidence.DOMAINS]


def test_starting_levels_on_the_page_are_the_rules(client: Client, db: None) -> None:
    shown = words_of_page(client, "evidence")
    assert len(evidence.starts()) == sum(len(bases) for bases in rule.BASES.values())
    for _, basis, level, because in evidence.starts():
        assert f"{basis[0].upper()}{basis[1:]}" in shown
        assert because[1:] in shown
        assert level in shown
    told = [row[2] for row in table_in("docs/grading.md", "| Question | Strongest evidence on file |")]
    assert [re.sub(r" \(\d\)", "", level) for level in told] == [level.lower() for *_, level, _ in evidence.starts()]


# The pages' own list


def test_footer_and_index_lead_to_every_page(client: Client, db: None) -> None:
    for address in ("/", "/about/", "/nowhere/"):
        html = client.get(address).content.decode()
        assert [page.url for page in index.PAGES if f'href="{page.url}"' not in html] == []


WORDED_ON: dict[str, tuple[str, str]] = {
    "accessibility": ("2026-11-26", "e57c22e04132"),
    "editorial": ("2026-11-26", "b81bf184e367"),
    "evidence": ("2026-11-26", "606128b5c4ff"),
    "moderation": ("2026-11-26", "f6cc75816937"),
    "privacy": ("2026-11-26", "ed0fd927c989"),
}


def wording(client: Client, name: str) -> str:
    """Digest of a page's words while the database is empty."""
    main = client.get(f"/about/{name}/").content.decode().partition('<main id="main">')[2].partition("</main>")[0]
    words = text(main).partition("Last changed")[0]
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def test_the_date_of_the_last_change_moves_with_the_words(client: Client, db: None) -> None:
    """Changed the words? Set `worded_on` in mgsite/pages/about/index.py to today, then both values here."""
    dated = {page.name: page.worded_on for page in index.PAGES if page.worded_on}
    assert {name: (str(day), wording(client, name)) for name, day in dated.items()} == WORDED_ON


@pytest.mark.django_db
def test_forget_removes_what_is_over_and_nothing_else() -> None:
    now = timezone.now()
    RateBucket.objects.create(key="old", window=now - timedelta(hours=3), count=1)
    RateBucket.objects.create(key="new", window=now, count=1)
    AccessAttempt.objects.create(username="old", ip_address="203.0.113.7", failures_since_start=1)
    AccessAttempt.objects.update(attempt_time=now - privacy.sign_in_memory() - timedelta(minutes=1))
    AccessAttempt.objects.create(username="new", ip_address="203.0.113.7", failures_since_start=1)
    AccessLog.objects.create(username="old", ip_address="203.0.113.7")
    call_command("forget", verbosity=0)
    assert list(RateBucket.objects.values_list("key", flat=True)) == ["new"]
    assert list(AccessAttempt.objects.values_list("username", flat=True)) == ["new"]
    assert not AccessLog.objects.exists()


@pytest.mark.django_db
def test_addresses_and_mails_go_when_the_page_says(client: Client) -> None:
    shown = words_of_page(client, "privacy")
    unconfirmed, closed, mails = contacts.KEPT_UNCONFIRMED, contacts.KEPT_AFTER_CLOSING, pruning.MAILS_KEPT_FOR
    assert f"{unconfirmed.days} days if you do not confirm it" in shown
    assert f"{closed.days} days after replies to the page are closed" in shown
    assert f"mails that were sent, {mails.days} days" in shown
    assert f"change it for {policies.EDIT_FOR.seconds // 60} minutes" in shown
    reply = make.make_sent_reply(email="anna@example.org")
    assert prune(now=reply.contact.created_at + unconfirmed).addresses == 0
    assert prune(now=reply.contact.created_at + unconfirmed + timedelta(seconds=1)).addresses == 1


@pytest.mark.django_db
def test_an_address_is_never_shown_to_readers(client: Client) -> None:
    reply = make.make_sent_reply(email="anna@example.org", status="approved")
    page = f"{reply.article.get_absolute_url()}"
    for address in (page, reply.get_absolute_url(), "/feeds/replies.atom", f"{page}replies.atom", f"{page}replies/"):
        response = client.get(address, follow=True)
        assert response.status_code == 200
        assert "anna@" not in response.content.decode()


@pytest.mark.django_db
def test_each_start_forgets_what_is_over() -> None:
    make.make_form()
    AccessLog.objects.create(username="old", ip_address="203.0.113.7")
    serve.Command(stdout=io.StringIO()).prepare_database()
    assert not AccessLog.objects.exists()
