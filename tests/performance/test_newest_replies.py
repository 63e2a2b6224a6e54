"""The newest replies are read off an index, also by a database that keeps no statistics: nobody has to ask for them."""

from __future__ import annotations

import pytest
from django.db import connection

from articles.exports.replies import whole_replies
from articles.feeds import newest_replies

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL gathers statistics by itself")
@pytest.mark.parametrize("asked", [newest_replies, lambda: whole_replies().order_by("-published_at", "-pk")])
def test_feed_and_data_page_sort_no_replies(asked) -> None:
    plan = asked()[:50].explain()
    assert "reply_newest" in plan
    assert "TEMP B-TREE" not in plan
