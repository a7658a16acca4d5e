"""What organisers are written of the news: once for each thing that is new or has changed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update

from webapp.db import db
from webapp.models import Organiser, Partnership
from webapp.services import news, organisers, outbox
from webapp.services.links import ORGANISING


def tell(*, now: datetime) -> Sequence[Organiser]:
    """Write to every organiser of what waits and nobody was written to of; gives who was."""
    _hold()
    untold, readers = news.untold(), _readers()
    if not untold or not readers:
        return []
    changed = [found for found in untold if found.has_changed]
    for reader in readers:
        outbox.queue(
            "news_digest",
            to=reader.email,
            now=now,
            new=[found for found in untold if found not in changed],
            changed=changed,
        )
    for found in untold:
        found.told_at = now
    db.session.flush()
    return readers


def _hold() -> None:
    """Of two who look at once, the second waits until the first has said whom it told."""
    db.session.execute(update(Partnership).values(news_url=Partnership.news_url))


def _readers() -> list[Organiser]:
    """Who may settle the news and can sign in."""
    return [
        one
        for one in organisers.everybody()
        if one.active and one.password and not ORGANISING.isdisjoint(one.role_names)
    ]
