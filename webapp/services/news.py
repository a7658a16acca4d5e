"""The news as it is read: pages taken in, announcements known again, and lists of what waits."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import defer, joinedload, selectinload

from webapp.db import db, fetch
from webapp.errors import NotFound
from webapp.formats import news_kept
from webapp.formats.announcements import Announcements
from webapp.models import Announcement, NewsPassage, NewsReading, NewsState, Organiser, Origin
from webapp.services import news_pairs, news_settling
from webapp.services.news_pairs import Pair
from webapp.services.paging import Page, page


@dataclass(frozen=True)
class Taken:
    """What came of reading a page: `is_new` False, it says what it said when it was last read."""

    reading: NewsReading
    is_new: bool
    # How many announcements wait that did not before: never seen, and saying something else.
    new: int
    changed: int


def take(
    source: bytes | str,
    *,
    origin: Origin,
    name: str | None,
    published: date | None,
    organiser: Organiser | None,
    now: datetime,
) -> Taken:
    """Read a page and compare it with all that was read before. Raises Refused for what is no page.

    The same page read again changes nothing.
    """
    # The reader, its grammars and libraries: for the few who read a page.
    from webapp.formats import news_page

    found = news_page.read(source, published)
    return take_in(
        found, origin=origin, name=name, published=published, organiser=organiser, now=now
    )


def take_in(
    found: Announcements,
    *,
    origin: Origin,
    name: str | None,
    published: date | None,
    organiser: Organiser | None,
    now: datetime,
) -> Taken:
    """Compare what a page announces with all that was read before."""
    # NUL is no text to a database; what points into the text must find it as it was.
    text = found.text.replace("\x00", " ")
    mark = hashlib.sha256(f"{published}\n{text}".encode()).hexdigest()
    news_pairs.one_at_a_time()
    pairs = news_pairs.paired(found.items, now)
    if all(pair.is_as_before for pair in pairs):
        known = _known(mark, origin, name)
        if known is not None and _has_them_still(known, mark, pairs):
            _renew(known, text, mark, pairs, published)
            return Taken(known, False, 0, 0)
    reading = NewsReading(
        origin=origin,
        name=name,
        published=published,
        text=text,
        fingerprint=mark,
        read_at=now,
        organiser=organiser,
    )
    db.session.add(reading)
    return _write(reading, pairs, now)


def _known(mark: str, origin: Origin, name: str | None) -> NewsReading | None:
    """The reading of this very page; of the address we look at, the last one will do."""
    same = NewsReading.fingerprint == mark
    if origin is Origin.FETCHED:
        same = or_(same, (NewsReading.origin == origin) & (NewsReading.name == name))
    return db.session.scalar(
        select(NewsReading)
        .where(same)
        .order_by((NewsReading.fingerprint == mark).desc(), NewsReading.id.desc())
        .limit(1)
        .options(selectinload(NewsReading.passages))
    )


def _has_them_still(reading: NewsReading, mark: str, pairs: Sequence[Pair]) -> bool:
    """Whether the page of today has all that this reading found: what has fallen off the page
    must go on standing beside the words it came from."""
    now = {pair.announcement.id for pair in pairs if pair.announcement}
    return reading.fingerprint == mark or all(
        passage.announcement_id in now for passage in reading.passages
    )


def _renew(
    reading: NewsReading, text: str, mark: str, pairs: Sequence[Pair], published: date | None
) -> None:
    """The same announcements, with other words around them: the reading has the page of today."""
    if reading.fingerprint == mark:
        return
    reading.text, reading.fingerprint, reading.published = text, mark, published
    reading.passages.clear()
    db.session.flush()
    _add_passages(reading, pairs)
    db.session.flush()


def _add_passages(reading: NewsReading, pairs: Sequence[Pair]) -> None:
    for position, pair in enumerate(pairs, 1):
        announcement = pair.announcement
        assert announcement is not None
        is_other = news_kept.words(announcement.item) != news_kept.words(pair.kept)
        announcement.version += is_other
        announcement.item = pair.kept
        announcement.title = pair.item.title.text
        announcement.published = pair.item.published
        reading.passages.append(
            NewsPassage(announcement=announcement, position=position, item=pair.kept)
        )


def _write(reading: NewsReading, pairs: Sequence[Pair], now: datetime) -> Taken:
    new, changed = [], []
    for pair in pairs:
        if pair.announcement is None:
            pair.announcement = _new(pair, now)
            new.append(pair.announcement)
        elif not pair.is_as_before and pair.before is not None:
            pair.announcement.changed_at = now
            news_settling.forget_answers(pair.announcement, pair.before, pair.item)
            changed.append((pair.announcement, pair.before))
    _add_passages(reading, pairs)
    db.session.flush()
    news_settling.settle_by_themselves(new, changed, now=now)
    db.session.flush()
    return Taken(
        reading,
        True,
        sum(announcement.is_waiting for announcement in new),
        sum(announcement.is_waiting for announcement, _ in changed),
    )


def _new(pair: Pair, now: datetime) -> Announcement:
    made = Announcement(
        title=pair.item.title.text,
        published=pair.item.published,
        state=NewsState.WAITING,
        item=pair.kept,
        edits={},
        version=1,
        changed_at=now,
    )
    db.session.add(made)
    return made


def get(reading_id: int) -> NewsReading:
    """The reading with its passages and their announcements. Raises NotFound."""
    found = db.session.scalar(
        select(NewsReading)
        .where(NewsReading.id == reading_id)
        .options(
            joinedload(NewsReading.organiser),
            selectinload(NewsReading.passages)
            .joinedload(NewsPassage.announcement)
            .options(joinedload(Announcement.course), joinedload(Announcement.settled_by)),
        )
    )
    if found is None:
        raise NotFound("This page was not read.")
    return found


def announcement(announcement_id: int) -> Announcement:
    """Raises NotFound."""
    return fetch(Announcement, announcement_id)


def waiting() -> Sequence[Announcement]:
    """Announcements an organiser has to look at, the latest change first."""
    return db.session.scalars(
        select(Announcement)
        .where(Announcement.state == NewsState.WAITING)
        .order_by(Announcement.changed_at.desc(), Announcement.id)
        .options(joinedload(Announcement.course))
    ).all()


def how_many_wait() -> int:
    return db.session.scalars(
        select(func.count()).where(Announcement.state == NewsState.WAITING)
    ).one()


def settled(number: int) -> Page[Announcement]:
    """A page of the others, the latest first, with who settled them and what they became."""
    return page(
        select(Announcement)
        .where(Announcement.state != NewsState.WAITING)
        .order_by(Announcement.settled_at.desc(), Announcement.id.desc())
        .options(joinedload(Announcement.course), joinedload(Announcement.settled_by)),
        number,
    )


def readings(number: int) -> Page[NewsReading]:
    """A page of earlier readings without their text, the latest first, with who read them."""
    return page(
        select(NewsReading)
        .order_by(NewsReading.read_at.desc(), NewsReading.id.desc())
        .options(
            defer(NewsReading.text),
            joinedload(NewsReading.organiser),
            selectinload(NewsReading.passages).options(
                defer(NewsPassage.item), joinedload(NewsPassage.announcement)
            ),
        ),
        number,
    )


def untold() -> Sequence[Announcement]:
    """Waiting announcements that are new or changed since organisers were last written to."""
    return db.session.scalars(
        select(Announcement)
        .where(
            Announcement.state == NewsState.WAITING,
            or_(Announcement.told_at.is_(None), Announcement.told_at < Announcement.changed_at),
        )
        .order_by(Announcement.id)
    ).all()
