"""What proves that two posts are one, and who wrote it."""

import pytest

from articles.models import Article
from articles.models.replies import new_public_id
from articles.tokens import form_token, reply_id, writers_secret
from articles.writers import digest_of
from forms_catalog.models import Claim

SENT = {"token": "t", "network": "n", "name": "Anna", "body": "What about sleep?", "place": "1-2"}


def test_no_two_forms_share_a_token() -> None:
    assert len({form_token(about, at=0) for about in (Article(pk=7), Article(pk=7), Claim(pk=7))}) == 3


@pytest.mark.parametrize("mark", [reply_id, writers_secret])
@pytest.mark.parametrize("field", SENT)
def test_the_same_post_is_known_and_any_other_is_another(mark, field) -> None:
    assert mark(**SENT) == mark(**SENT)
    assert mark(**SENT) != mark(**SENT | {field: "other"})


def test_the_secret_is_a_capability_that_the_address_does_not_give_away() -> None:
    secret = writers_secret(**SENT)
    assert digest_of(secret)
    assert reply_id(**SENT) not in secret


def test_no_id_of_a_reply_looks_like_an_option_to_a_command() -> None:
    ids = [reply_id(**SENT | {"body": str(number)}) for number in range(500)] + [new_public_id() for _ in range(500)]
    assert {len(each) for each in ids} == {12}
    assert [each for each in ids if each.startswith("-")] == []
