"""Signing in to the admin: what is refused, how often it may be tried, and where it leads."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.factories import make_user

pytestmark = pytest.mark.django_db
SIGN_IN = "/admin/login/"
PASSWORD = "correct horse battery"


def sign_in(username: str, password: str, address: str = SIGN_IN) -> Any:
    return Client().post(address, {"username": username, "password": password})


def editor() -> str:
    user = make_user(groups=("Editor",))
    user.set_password(PASSWORD)
    user.save()
    return user.get_username()


def test_after_too_many_attempts_even_the_right_password_waits_and_the_page_says_so() -> None:
    name = editor()
    for _ in range(settings.AXES_FAILURE_LIMIT):
        answer = sign_in(name, "wrong")
    assert answer.status_code == 429
    assert "<h1" in answer.content.decode()
    assert "Too many attempts to sign in" in sign_in(name, PASSWORD).content.decode()


def test_attempts_on_one_account_leave_others_alone() -> None:
    name = editor()
    for _ in range(settings.AXES_FAILURE_LIMIT):
        sign_in("someone-else", "wrong")
    assert sign_in(name, PASSWORD).status_code == 302


@pytest.mark.parametrize("name", ["a" * 5000, "a\0b", "\u202e", ""])
def test_name_no_account_can_have_is_refused_in_the_form(name: str) -> None:
    answer = sign_in(name, "wrong")
    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_endless_name_is_refused_for_its_length() -> None:
    assert "at most 150 characters" in sign_in("a" * 151, "wrong").content.decode()


@pytest.mark.parametrize("address", ["//evil.example/", "https://evil.example/", "javascript:alert(1)"])
def test_signing_in_leads_to_no_other_site(address: str) -> None:
    answer = sign_in(editor(), PASSWORD, address=f"{SIGN_IN}?next={address}")
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")
