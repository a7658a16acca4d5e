"""What organisers are written of the news: once for each thing that is new or has changed."""

from collections.abc import Sequence
from datetime import datetime

from webapp.db import db
from webapp.models import Organiser
from webapp.services import news, news_pairs, organisers, outbox
from webapp.services.links import ORGANISING


def tell(*, now: datetime) -> Sequence[Organiser]:
    """Write to every organiser of what waits and nobody was written to of; gives who was."""
    news_pairs.one_at_a_time()
    untold, readers = news.untold(), _readers()
    if not untold or not readers:
        return []
    new = [found for found in untold if found.told_at is None and not found.has_changed]
    for reader in readers:
        outbox.queue(
            "news_digest",
            to=reader.email,
            now=now,
            new=new,
            changed=[found for found in untold if found not in new],
        )
    for found in untold:
        found.told_at = now
    db.session.flush()
    return readers


def _readers() -> list[Organiser]:
    """Who may settle the news and can sign in."""
    return [
        one
        for one in organisers.everybody()
        if one.active and one.password and not ORGANISING.isdisjoint(one.role_names)
    ]
