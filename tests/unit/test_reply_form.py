"""What is typed into a reply form, and the token it carries."""

import time

import pytest
from django.core import signing
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from articles.forms import ReplyForm, clean_text, has_ink
from articles.models import Article
from articles.tokens import FORM_SECONDS, FormTokenError, form_token, seconds_since_handed_out

ARTICLE = Article(pk=7)
ANYTHING = st.text(st.characters(exclude_categories=[]))


def filled(**typed: str) -> ReplyForm:
    values = QueryDict(mutable=True)
    values.update({"name": "Anna", "body": "What about sleep?", "token": form_token(ARTICLE)} | typed)
    return ReplyForm(values, about=ARTICLE)


def test_a_reply_with_name_and_text_is_valid() -> None:
    form = filled()
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "kind": "",
        "sentence": "",
        "source": "",
        "name": "Anna",
        "email": "",
        "body": "What about sleep?",
    }


@pytest.mark.parametrize("blank", ["", "  \n\t ", "\u200b\u200d", "\u202e", "\u3164", "\x00", "\u0301"])
@pytest.mark.parametrize("field", ["name", "body"])
def test_what_cannot_be_seen_is_not_a_reply(field, blank) -> None:
    form = filled(**{field: blank})
    assert not form.is_valid()
    assert list(form.errors) == [field]


@pytest.mark.parametrize(
    "body",
    ["[x]: https://a.b", "***", "# ", "> ", "- \n- ", "```\n```", "![](https://a.b)", "&nbsp;", "&#8203;", "&#12644;"],
)
def test_what_is_rendered_to_nothing_is_not_a_reply(body) -> None:
    form = filled(body=body)
    assert not form.is_valid()
    assert form.errors["body"] == ["Please write something."]
    assert form["body"].value() == body


@pytest.mark.parametrize("body", ["<", "&", "<b>", "`.`", "[x]: https://a.b\n\n[x]", "<https://a.b>", "?"])
def test_what_is_rendered_to_a_single_mark_is_a_reply(body) -> None:
    assert filled(body=body).is_valid()


@pytest.mark.parametrize(
    "name",
    ["Zoë", "Nguyễn Thị Ánh", "李小龍", "علیرضا", "नेहा शर्मा", "O’Brien", "👩‍⚕️ Maya", "🏳️‍🌈", "X Æ A-12", "\U0001fae9"],
)
def test_names_of_the_world_are_kept(name) -> None:
    form = filled(name=name)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["name"] == clean_text(name) == name


def test_a_name_is_one_line() -> None:
    form = filled(name="  Anna \r\n\t Bcc: x@example.org ")
    assert form.is_valid()
    assert form.cleaned_data["name"] == "Anna Bcc: x@example.org"


def test_direction_overrides_and_controls_are_taken_out() -> None:
    form = filled(name="\u202eannA\u2066", body="a\x00b\x1b\u200b\u202ec\ufeff\U000e0041d\ufffe\u3164")
    assert form.is_valid()
    assert form.cleaned_data["name"] == "annA"
    assert form.cleaned_data["body"] == "abcd"


def test_layout_of_the_text_is_kept() -> None:
    form = filled(body="    code\r\n\r\n\tmore\rend  ")
    assert form.is_valid()
    assert form.cleaned_data["body"] == "    code\n\n\tmore\nend  "


def test_ten_thousand_characters_fit_and_one_more_is_said_clearly() -> None:
    assert filled(body="é" * 10_000).is_valid()
    form = filled(body="é" * 10_001)
    assert not form.is_valid()
    assert "10,000 characters; this one has 10,001" in form.errors["body"][0]
    assert form["body"].value() == "é" * 10_001


def test_line_ends_count_once() -> None:
    assert filled(body="a\r\n" * 5_000).is_valid()


def test_a_long_name_is_refused() -> None:
    assert filled(name="n" * 80).is_valid()
    assert "81" in filled(name="n" * 81).errors["name"][0]


@pytest.mark.parametrize(
    "address",
    ["a@example.org\nBcc: b@example.org", "a@example.org\r\nX: y", "a@b\x00.org", "nonsense", "a" * 250 + "@b.org"],
)
def test_an_address_that_is_none_is_refused(address) -> None:
    assert list(filled(email=address).errors) == ["email"]


def test_without_a_mail_server_no_address_is_asked_for_or_taken(settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    form = filled(email="anna@example.org")
    assert form.is_valid(), form.errors
    assert "email" not in form.fields
    assert "email" not in form.cleaned_data


def test_browser_is_not_asked_to_cut_what_is_pasted() -> None:
    form = filled()
    assert "maxlength" not in str(form["name"]) + str(form["body"])


@given(ANYTHING)
def test_cleaning_twice_changes_nothing_more(text) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)


@given(ANYTHING)
def test_cleaned_text_can_be_stored_and_sent_anywhere(text) -> None:
    cleaned = clean_text(text)
    cleaned.encode("utf-8")
    assert not set(cleaned) & {"\x00", "\r", "\u202e", "\u2066", "\u200b"}


def test_ink_is_what_can_be_seen() -> None:
    assert has_ink("a")
    assert has_ink("?")
    assert has_ink("\U0001fae9")
    assert not has_ink(" \n\u200d\u0301")


def test_a_fresh_form_carries_a_token_that_is_good() -> None:
    assert seconds_since_handed_out(ReplyForm(about=ARTICLE).token, about=ARTICLE) < 60


def test_a_good_token_is_kept_when_the_form_is_shown_again() -> None:
    token = form_token(ARTICLE, at=time.time() - 600)
    form = filled(token=token, body="")
    assert form.token == token
    assert 600 <= form.seconds < 660


def altered(token: str) -> str:
    return token[:-1] + ("A" if token[-1] != "A" else "B")


@pytest.mark.parametrize(
    "token",
    [
        "",
        "nonsense",
        "7-1:é",
        altered(form_token(ARTICLE)),
        form_token(Article(pk=8)),
        form_token(ARTICLE, at=time.time() - FORM_SECONDS - 60),
        signing.Signer(salt="another purpose").sign("7-9999999999"),
    ],
    ids=["none", "nonsense", "not ASCII", "altered", "another article's", "too old", "another purpose"],
)
def test_a_bad_token_is_replaced_and_said_kindly(token) -> None:
    form = filled(token=token)
    assert not form.is_valid()
    assert "Your text is still here" in form.non_field_errors()[0]
    assert form["body"].value() == "What about sleep?"
    assert seconds_since_handed_out(form.token, about=ARTICLE) < 60
    with pytest.raises(FormTokenError):
        seconds_since_handed_out(token, about=ARTICLE)
