"""Replies whose request is broken, oversized or strangely encoded."""

import time

import pytest

from articles.models import Article, Reply
from articles.tokens import form_token
from tests.factories import make_published_article

pytestmark = pytest.mark.django_db
FORM = "/articles/sleep/replies/"


@pytest.fixture
def article() -> Article:
    return make_published_article(slug="sleep", title="On sleep")


def typed(article: Article, **fields: str) -> dict[str, str]:
    token = form_token(article, at=time.time() - 60)
    return {"name": "Anna", "email": "", "body": "What about sleep?", "token": token, "send": "1"} | fields


def test_nul_bytes_are_taken_out(client, article) -> None:
    assert client.post(FORM, typed(article, name="An\x00na", body="a\x00b", topic="\x00")).status_code == 303
    assert Reply.objects.values_list("name", "body").get() == ("Anna", "ab")


def test_nul_bytes_in_an_address_are_a_mistake_like_another(client, article) -> None:
    assert client.post(FORM, typed(article, email="a\x00@example.org")).status_code == 400


@pytest.mark.parametrize(
    "email", ["a@example.org\nBcc: b@example.org", "a@example.org%0ABcc:b@example.org", "a@b.org,c@d.org"]
)
def test_an_address_cannot_carry_more_than_one(client, article, email) -> None:
    assert client.post(FORM, typed(article, email=email)).status_code == 400
    assert not Reply.objects.exists()


@pytest.mark.parametrize(
    "charset", ["utf-7", "utf-16", "unicode_escape", "raw_unicode_escape", "cp037", "rot13", "no-such"]
)
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b"])
def test_a_strange_charset_smuggles_nothing_in(client, article, kind, charset) -> None:
    token = form_token(article, at=time.time() - 60)
    if kind.startswith("multipart"):
        parts = {"name": r"A\ud800", "body": "+ADw-script+AD4-", "token": token}
        body = "".join(
            f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in parts.items()
        )
        data = f"{body}--b--\r\n"
    else:
        data = rf"name=A\ud800&body=%2BADw-script%2BAD4-&token={token}"
    response = client.generic("POST", FORM, data.encode(), content_type=f"{kind}; charset={charset}")
    assert response.status_code in {303, 400}
    for reply in Reply.objects.all():
        assert "<script" not in reply.html
        reply.body.encode()


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("application/x-www-form-urlencoded", b"body=%FF%FE%00&name=%C0%80&token=x"),
        ("application/x-www-form-urlencoded", b"&&&===;;;%%%"),
        ("multipart/form-data; boundary=b", b"--b\r\nbroken"),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=" + "b" * 300, b""),
        ("application/json", b'{"name": "x"}'),
        ("text/plain", b"name=x"),
        ("", b""),
    ],
)
def test_a_broken_post_is_answered_like_a_mistake(client, article, kind, data) -> None:
    response = client.post(FORM, data=data, content_type=kind)
    assert response.status_code == 400
    assert "Traceback" not in response.content.decode()
    assert not Reply.objects.exists()


def test_too_many_fields_are_a_mistake(client, article) -> None:
    assert client.post(FORM, typed(article) | {f"f{n}": "" for n in range(4_001)}).status_code == 400


def test_a_long_text_comes_back_whole(client, article) -> None:
    response = client.post(FORM, typed(article, body="long " * 20_000))
    assert response.status_code == 400
    assert "long " * 20_000 in response.content.decode()
    assert "this one has 100,000" in response.content.decode()


@pytest.mark.parametrize("size", [1_100_000, 7_000_000])
@pytest.mark.parametrize("slug", ["sleep", "never-was"])
def test_an_oversized_post_is_refused_in_words(client, article, size, slug) -> None:
    response = client.post(f"/articles/{slug}/replies/", typed(article, body="x" * size))
    assert response.status_code == 413
    assert "far more than a reply can hold" in response.content.decode()
    assert len(response.content) < 50_000


@pytest.mark.parametrize("size", ["", "abc", "-5", "²"])
def test_a_size_that_is_no_number_is_no_crash(client, article, size) -> None:
    assert client.post(FORM, typed(article), CONTENT_LENGTH=size).status_code == 400


def test_files_sent_along_are_ignored(client, article, tmp_path) -> None:
    (tmp_path / "x.html").write_text("<script>alert(1)</script>")
    with (tmp_path / "x.html").open("rb") as file:
        assert client.post(FORM, typed(article) | {"file": file}).status_code == 303
