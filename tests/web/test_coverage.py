"""What was read, by what, and when."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.web.conftest import Client

    from detente.observatory import Observatory

pytestmark = pytest.mark.model


def test_shares_and_days_count_every_article(client: Client, demo: Observatory) -> None:
    shares = client.get("/coverage").json()["items"]
    assert sum(one["articles"] for one in shares) == demo.counts().articles
    assert {one["coder"] for one in shares} == {stored.coder for stored in demo.articles()}
    days = {one["day"]: one["articles"] for one in client.get("/coverage/days").json()["items"]}
    told = Counter(stored.article.published[:10] for stored in demo.articles() if stored.article.published)
    assert days == told
    assert sum(one["undated"] for one in shares) == demo.counts().articles - told.total()
