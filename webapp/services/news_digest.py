"""What organisers are written of the news: once for each thing that is new or has changed."""

from collections.abc import Sequence
from datetime import datetime

from webapp.db import db
from webapp.formats import news_kept
from webapp.formats.plain_text import one_line
from webapp.formats.words import counted, day
from webapp.models import Announcement, Organiser
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
            new=[_line(found) for found in new],
            changed=[_line(found) for found in untold if found not in new],
        )
    for found in untold:
        found.told_at = now
    db.session.flush()
    return readers


def _line(found: Announcement) -> str:
    """ "Neglect: 2 dates, the first on Thursday 29 May 2025; 1 date whose day is in doubt"."""
    sessions = news_kept.item_of_json(found.item).sessions
    days = sorted(s.day for s in sessions if s.day and not s.is_in_conflict)
    first = "the first on" if len(days) > 1 else "on"
    said = [f"{counted(len(days), 'date')}, {first} {day(days[0])}"] if days else []
    open_ones = len(sessions) - len(days)
    if open_ones:
        said.append(f"{counted(open_ones, 'date')} whose day is in doubt")
    return ": ".join(filter(None, [one_line(found.heading), "; ".join(said)]))


def _readers() -> list[Organiser]:
    """Who may settle the news and can sign in."""
    return [
        one
        for one in organisers.everybody()
        if one.active and one.password and not ORGANISING.isdisjoint(one.role_names)
    ]
