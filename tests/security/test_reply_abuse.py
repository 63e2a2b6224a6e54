"""Hostile replies: markup, floods, forged forms."""

import re
import time
from html.parser import HTMLParser

import pytest
from django.test import Client

from articles.models import Article, Reply
from articles.tokens import form_token
from tests.factories import make_article, make_moderator, make_published_article, make_sent_reply

pytestmark = pytest.mark.django_db
FORM = "/articles/sleep/replies/"
SCHEMES = re.compile(r"(?:https?://|mailto:|tel:|sms:|/|#|\?|\.)")
CORPUS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](vbscript:msgbox(1))",
    "[x](//evil.example/)",
    '[x](https://a.example/"onmouseover="alert(1))',
    "![x](https://a.example/x.png)",
    '![x" onerror="alert(1)](x)',
    '<https://a.example/"onclick=alert(1)>',
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    "```html\n</code></pre><script>alert(1)</script>\n```",
    "`</code><script>alert(1)</script>`",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    '" autofocus onfocus="alert(1)',
    "' onclick='alert(1)",
    "{{ settings.SECRET_KEY }}{% load x %}",
    "<form action='https://evil.example'><input name=password></form>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href='https://evil.example/'>",
    "<style>@import 'https://evil.example'</style>",
    "<b style='position:fixed;inset:0' id='main' class='message'>x</b>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "\u202ejavascript\u202c:alert(1)",
    "<scr\u200bipt>alert(1)</scr\u200bipt>",
    "＜script＞alert(1)＜/script＞",
]


DATA = {"application/json", "application/ld+json"}
"""Blocks that no browser runs."""


class Danger(HTMLParser):
    """Notes whatever in a page could run, load or send something that is not ours."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in {"iframe", "object", "embed", "base", "math", "style", "mglyph"}:
            self.found.append(tag)
        if tag in {"script", "img", "link"} and not re.match(
            r"/|data:|http://127\.0\.0\.1:8000/", values.get("src", "/")
        ):
            self.found.append(f"{tag} {values}")
        if tag == "script" and "src" not in values and values.get("type") not in DATA:
            self.found.append("inline script")
        if tag == "form" and not re.match(r"/|\?|$", values.get("action", "")):
            self.found.append(f"form to {values['action']}")
        if tag == "meta" and "http-equiv" in values:
            self.found.append("meta http-equiv")
        for name, value in values.items():
            if name.startswith("on") or name in {"style", "srcdoc", "formaction", "autofocus"}:
                self.found.append(f"{tag} {name}={value}")
            if (
                name in {"href", "src", "action"}
                and value
                and not SCHEMES.match(value)
                and not value.startswith("data:image")
            ):
                self.found.append(f"{tag} {name}={value}")


def dangers_in(response) -> list[str]:
    danger = Danger()
    danger.feed(response.content.decode())
    danger.close()
    return danger.found


@pytest.fixture
def article() -> Article:
    return make_published_article(slug="sleep", title="On sleep")


def typed(article: Article, **fields: str) -> dict[str, str]:
    token = form_token(article, at=time.time() - 60)
    return {"name": "Anna", "email": "", "body": "What about sleep?", "token": token, "send": "1"} | fields


@pytest.mark.parametrize("hostile", CORPUS)
def test_hostile_markup_is_harmless_wherever_it_is_shown(client, article, hostile) -> None:
    name = hostile.replace("\n", " ")[:80]
    preview = client.post(FORM, typed(article, name=name, body=hostile, preview="1"))
    mistake = client.post(FORM, typed(article, name=name, body=hostile, email=hostile))
    assert (preview.status_code, mistake.status_code) == (200, 400)
    sent = client.post(FORM, typed(article, name=name, body=hostile))
    assert sent.status_code == 303
    waiting = client.get(sent.headers["Location"])
    moderator = Client()
    moderator.force_login(make_moderator())
    reply = Reply.objects.get()
    queue = moderator.get("/admin/articles/reply/")
    one = moderator.get(f"/admin/articles/reply/{reply.pk}/change/")
    found = moderator.get("/admin/articles/reply/", {"q": hostile, "status": "all"})
    decided = moderator.post(
        f"/admin/articles/reply/{reply.pk}/decide/", {"action": "approve", "seen": "pending"}, follow=True
    )
    public = client.get("/articles/sleep/")
    for response in (preview, mistake, waiting, queue, one, found, decided, public):
        assert dangers_in(response) == []
    assert f'id="reply-{reply.public_id}"' in public.content.decode()


def test_the_page_check_itself_finds_danger() -> None:
    for markup in ("<p onclick=x>", "<a href='javascript:x'>", "<script>x</script>", "<img src=//evil.example/x>"):
        danger = Danger()
        danger.feed(markup)
        assert danger.found or markup.startswith("<img"), markup


def test_links_lend_no_credit(client, article) -> None:
    make_sent_reply(article=article, status="approved", body="[a study](https://example.org/)")
    page = client.get("/articles/sleep/").content.decode()
    assert re.search(r'<a href="https://example.org/" rel="ugc nofollow noopener">', page)


@pytest.mark.parametrize(
    "pattern", ["[", "![", "[a](", "* ", "> ", "`", "*_", "<", "&", "\\", "](", "[[", "a@", "é\u0301", "\u0301"]
)
def test_pathological_text_is_rendered_and_kept(client, article, pattern) -> None:
    body = "x" + (pattern * 10_000)[:9_999]
    assert client.post(FORM, typed(article, body=body, preview="1")).status_code == 200
    assert client.post(FORM, typed(article, body=body)).status_code == 303


def test_bidi_tricks_do_not_reach_the_page(client, article) -> None:
    make_sent_reply(article=article, status="approved")
    client.post(FORM, typed(article, name="\u202eannA", body="good \u202egnp.exe\u2066 \u200bhidden"))
    reply = Reply.objects.latest("pk")
    assert not re.search("[\u200b\u202a-\u202e\u2066-\u2069]", reply.name + reply.body + reply.html)


# Forged forms


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
@pytest.mark.parametrize("button", ["send", "preview"])
def test_a_post_from_another_site_is_refused_with_its_text(article, headers, button) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post(FORM, typed(article, **{button: "1"}), headers=headers)
    assert response.status_code == 403
    assert "sent from another site" in response.content.decode()
    assert "What about sleep?" in response.content.decode()
    assert not Reply.objects.exists()
    assert not response.cookies


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}])
def test_a_post_from_our_own_page_needs_no_cookie(article, headers) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(FORM, typed(article), headers=headers).status_code == 303


def test_a_flood_from_another_site_does_not_use_up_a_readers_share(client, article) -> None:
    for _ in range(40):
        client.post(FORM, typed(article), headers={"Sec-Fetch-Site": "cross-site"})
    assert client.post(FORM, typed(article)).status_code == 303


def test_a_flood_is_stopped_after_thirty_posts(client, article) -> None:
    codes = [client.post(FORM, typed(article, body=f"Buy {number}")).status_code for number in range(32)]
    assert codes == [303] * 30 + [429] * 2
    assert Reply.objects.count() == 30


def test_a_forwarded_address_is_not_believed(client, article) -> None:
    codes = [
        client.post(FORM, typed(article, body=f"Buy {n}"), headers={"X-Forwarded-For": f"198.51.{n}.1"}).status_code
        for n in range(31)
    ]
    assert codes[-1] == 429


@pytest.mark.parametrize("state", ["draft", "in_review", "scheduled", "archived"])
def test_an_article_that_is_not_public_takes_no_reply(client, state) -> None:
    article = make_article(slug="sleep", status=state)
    assert client.get(FORM).status_code == 404
    assert client.post(FORM, typed(article)).status_code == 404
    assert not Reply.objects.exists()
