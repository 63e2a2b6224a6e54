"""Counting posts without keeping addresses."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles.models import RateBucket
from articles.rates import WHOLE_SITE, Attempts, NoRoomError, bucket_key, count_attempt, network_of, take_room


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.254", True),
        ("192.0.2.1", "192.0.3.1", False),
        ("2001:db8:1:2::1", "2001:db8:1:ffff::9", True),
        ("2001:db8:1::1", "2001:db8:2::1", False),
        ("::ffff:192.0.2.1", "192.0.2.7", True),
        ("fe80::1%eth0", "fe80::2", True),
        ("", "nonsense", True),
        ("192.0.2.1", "::c000:201", False),
    ],
)
def test_addresses_of_one_network_count_together(one, other, same) -> None:
    assert (network_of(one) == network_of(other)) is same


def test_a_key_says_nothing_of_the_address_and_changes_daily(settings) -> None:
    monday, tuesday = datetime(2026, 11, 23, 23, tzinfo=UTC), datetime(2026, 11, 24, 1, tzinfo=UTC)
    key = bucket_key("192.0.2.1", day=monday)
    assert len(key) == 64
    assert "192" not in network_of("192.0.2.1")
    assert key != bucket_key("192.0.2.1", day=tuesday)
    settings.SECRET_KEY = "another"
    assert key != bucket_key("192.0.2.1", day=monday)


@pytest.mark.parametrize(("posts", "too_many"), [(30, False), (31, True)])
def test_a_network_may_post_thirty_times_an_hour(posts, too_many) -> None:
    assert Attempts(network="one", posts=posts, seconds_left=60).too_many is too_many


@pytest.mark.django_db
def test_posts_are_counted_by_network_and_for_nobody_else() -> None:
    assert count_attempt("192.0.2.1").posts == 1
    assert count_attempt("192.0.2.9").posts == 2
    last = count_attempt("198.51.100.1")
    assert last.posts == 1
    assert 1 <= last.seconds_left <= 3600
    assert not RateBucket.objects.filter(key=WHOLE_SITE).exists()


def kept(*, site: int, network: int = 0) -> None:
    """So many replies were kept in this hour, before the next."""
    window = timezone.now().replace(minute=0, second=0, microsecond=0)
    RateBucket.objects.create(key=WHOLE_SITE, window=window, count=site)
    RateBucket.objects.create(key="kept-one", window=window, count=network)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("site", "network", "crowded"),
    [(0, 0, False), (599, 29, False), (600, 0, True), (600, 4, True), (2_499, 4, True), (2_500, 0, True)],
)
def test_room_grows_scarce_and_stays_for_readers_who_had_none(site, network, crowded) -> None:
    kept(site=site, network=network)
    assert take_room(network="one") is crowded
    assert RateBucket.objects.get(key=WHOLE_SITE).count == site + 1


@pytest.mark.django_db
@pytest.mark.parametrize(("site", "network"), [(600, 5), (2_500, 1), (5_000, 0)])
def test_a_network_that_had_its_share_is_refused(site, network) -> None:
    kept(site=site, network=network)
    with pytest.raises(NoRoomError):
        take_room(network="one")


@pytest.mark.django_db
def test_counting_is_one_statement(django_assert_num_queries) -> None:
    count_attempt("192.0.2.1")
    with django_assert_num_queries(1):
        count_attempt("192.0.2.1")
    with django_assert_num_queries(1):
        take_room(network="one")


@pytest.mark.django_db
def test_old_counters_are_tidied_away() -> None:
    count_attempt("192.0.2.1")
    take_room(network="one")
    RateBucket.objects.update(window=timezone.now() - timedelta(hours=3))
    count_attempt("198.51.100.1")
    assert RateBucket.objects.count() == 1
