"""Made-up replies for tests of scale."""

import pytest
from django.core.management import CommandError, call_command

from articles import synthetic
from articles.models import Reply, Thread
from articles.synthetic import make_synthetic_replies
from tests.factories import make_claim, make_published_article, make_sent_reply, make_study

pytestmark = pytest.mark.django_db


def made() -> list[tuple]:
    return list(Reply.objects.order_by("public_id").values_list("public_id", "kind", "status", "thread", "number"))


def test_made_up_replies_are_valid_of_all_kinds_and_fill_one_thread_first(monkeypatch) -> None:
    monkeypatch.setattr(synthetic, "LONGEST", 20)
    article = make_published_article()
    make_claim(), make_study()
    make_synthetic_replies(number=80)
    for reply in Reply.objects.select_related("thread"):
        reply.full_clean(exclude=["signals"])
    assert Thread.objects.get(article=article).last_number == 20
    assert Thread.objects.count() == 3
    assert set(Reply.objects.values_list("kind", flat=True)) > {"question", "experience", "correction"}


def test_the_number_is_a_total_and_real_replies_stay(capsys) -> None:
    article = make_published_article()
    real = make_sent_reply(article=article)
    call_command("make_synthetic_replies", number=30)
    call_command("make_synthetic_replies", number=40)
    assert Reply.objects.count() == 41
    assert Thread.objects.get(article=article).last_number == 41
    call_command("make_synthetic_replies", number=0)
    assert list(Reply.objects.all()) == [real]
    assert "40 made-up replies taken away" in capsys.readouterr().out


def test_the_same_seed_makes_the_same_replies() -> None:
    article = make_published_article()
    make_synthetic_replies(number=30)
    first = [row[:3] for row in made()]
    call_command("make_synthetic_replies", number=0)
    make_synthetic_replies(number=30)
    assert [row[:3] for row in made()] == first
    assert make_sent_reply(article=article).number == 61


def test_without_an_article_there_are_none() -> None:
    assert make_synthetic_replies(number=5) == 0


@pytest.mark.parametrize(("number", "said"), [(-1, "between"), (10**7, "between"), (5, "public")])
def test_a_public_site_and_odd_numbers_are_refused(number, said, settings) -> None:
    if said == "public":
        settings.SITE_URL = "https://example.org"
    make_published_article()
    with pytest.raises(CommandError, match=said):
        call_command("make_synthetic_replies", number=number)
    assert not Reply.objects.exists()
