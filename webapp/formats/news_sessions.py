"""A day with its time and place, as a session: the year settled, doubts written down."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from webapp.formats.announcements import Session, Status, Sure, Words
from webapp.formats.news_dates import Mention
from webapp.formats.news_evidence import Evidence
from webapp.formats.news_groups import grouped
from webapp.formats.news_pairs import Dated
from webapp.formats.news_places import Place
from webapp.formats.news_rows import Row
from webapp.formats.news_standing import is_full
from webapp.formats.news_times import Slot

# A longer range is a period, not the days of a training.
LONGEST_RANGE = timedelta(days=5)
NEXT_DAY = timedelta(days=1)
# A row of fewer characters beside its days says "full" of them; of each row as many are looked at
# for words about the whole course.
SHORT, ENOUGH = 80, 400
# Right before the first of several places.
VENUES = re.compile(r"\b(?:venues|locations)\b\s?[:=\u2013\u2014-]\s*$", re.IGNORECASE)


def sessions_of(
    dated: Sequence[Dated],
    evidence: Evidence,
    places: Sequence[Place],
    rows: Sequence[Row],
    status: Status | None,
) -> tuple[Session, ...]:
    """The sessions of one training in the page's order, each once."""
    expanded = list(_each_slot(dated, evidence, _whereabouts(dated, places, rows), status))
    timed = {_day(session) for _, session in expanded if session.starts}
    whole = {
        (*_day(session), session.starts, where)
        for _, session in expanded
        if session.ends
        for where in (None, _where(session))
    }
    ended = {(*_day(session), session.ends) for _, session in expanded if session.ends}
    kept: dict[tuple[object, ...], tuple[Dated, Session]] = {}
    for one, session in expanded:
        if session.starts is None and _day(session) in timed:
            continue  # told again, without its time
        if session.ends is None and (*_day(session), session.starts) in ended:
            continue  # its end, or the lunch after it: "9.30am to 1pm", "lunch is at 1pm"
        where = _where(session)
        is_told = (*_day(session), session.starts, where) in whole
        if session.ends is None and is_told and not session.readings:
            continue  # or without its end
        kept.setdefault((*_day(session), session.starts, session.ends, where), (one, session))
    said = " ".join(row.line.text[:ENOUGH] for row in rows)
    found = [session for _, session in kept.values()]
    groups = grouped([one for one, _ in kept.values()], found, said)
    return tuple(
        replace(session, group=group) for session, group in zip(found, groups, strict=True)
    )


def off(row: Row, mention: Mention, evidence: Evidence, status: Status) -> Session:
    """A day that the page says is off."""
    slot = row.times[0] if row.times else None
    return _session(Dated(row, mention, ()), slot, evidence, None, status)


def are_online(sessions: Sequence[Session], venue: Place | None) -> bool | None:
    """Whether they are held online, as far as all that say so agree."""
    told = {session.is_online for session in sessions if session.is_online is not None}
    if len(told) == 1:
        return told.pop()
    return venue.is_online if venue and not told else None


def lasts(sessions: Sequence[Session]) -> timedelta | None:
    """How long the shortest of them is, where any says when it ends."""
    times = [(session.starts, session.ends) for session in sessions]
    both = [(starts, ends) for starts, ends in times if starts and ends]
    lengths = [
        timedelta(hours=ends.hour - starts.hour, minutes=ends.minute - starts.minute)
        for starts, ends in both
    ]
    return min(lengths, default=None)


def _where(session: Session) -> str | None:
    return session.venue.text.casefold() if session.venue else None


def _day(session: Session) -> tuple[date | None, tuple[int, int] | None]:
    return session.day, session.month_day


def _each_slot(
    dated: Sequence[Dated],
    evidence: Evidence,
    whereabouts: Sequence[Place | None],
    status: Status | None,
) -> Iterable[tuple[Dated, Session]]:
    before: tuple[Dated, Session] | None = None
    for one, place in zip(dated, whereabouts, strict=True):
        own = status or _status(one.row)
        for slot in one.slots or (None,):
            session = _session(one, slot, evidence, place, own)
            if one.mention.until and before and before[0].mention.group == one.mention.group:
                yield from ((one, between) for between in _between(before[1], session))
            yield one, session
            before = one, session


def _status(row: Row) -> Status | None:
    return Status.FULL if len(row.rest) < SHORT and is_full(row.rest) else None


def _session(
    one: Dated, slot: Slot | None, evidence: Evidence, place: Place | None, status: Status | None
) -> Session:
    settled = evidence.settle(one.mention)
    ends = slot.ends if slot and slot.ends and slot.ends > slot.starts else None
    doubt = " The times cannot be right." if slot and slot.ends and ends is None else ""
    reckoned = " The end is reckoned from how long it lasts." if slot and slot.lasts else ""
    spans = _spans(one.mention, slot)
    return Session(
        start=min(start for start, _ in spans),
        end=max(end for _, end in spans),
        day=settled.day,
        month_day=None if settled.day else (one.mention.month, one.mention.day),
        weekday_as_written=one.mention.weekday_as_written,
        readings=settled.readings,
        starts=slot.starts if slot else None,
        ends=ends,
        venue=Words(place.text, place.start, place.end) if place else None,
        is_online=place.is_online if place else None,
        group=None,
        status=status,
        sure=_sure(slot, settled.sure, is_doubtful=bool(doubt)),
        why=settled.why + doubt + reckoned,
    )


def _spans(mention: Mention, slot: Slot | None) -> Iterable[tuple[int, int]]:
    """Where the day stands, its time, and how long it lasts."""
    of_slot = [(slot.start, slot.end), slot.lasts] if slot else []
    return [(mention.start, mention.end), *filter(None, of_slot)]


def _sure(slot: Slot | None, of_day: Sure, *, is_doubtful: bool) -> Sure:
    if is_doubtful or (slot and slot.is_bare):
        return Sure.GUESSED
    is_reckoned = slot is not None and slot.lasts is not None
    return Sure.INFERRED if is_reckoned and of_day is Sure.WRITTEN else of_day


def _between(first: Session, last: Session) -> Iterable[Session]:
    """The days of a range that are not named, such as the 15th in "14 to 16 May"."""
    if first.day is None or last.day is None or last.day - first.day > LONGEST_RANGE:
        return
    day = first.day + NEXT_DAY
    while day < last.day:
        yield replace(
            last,
            day=day,
            weekday_as_written=None,
            readings=(),
            sure=Sure.INFERRED,
            why="It lies between the two days that are named.",
        )
        day += NEXT_DAY


def _whereabouts(
    dated: Sequence[Dated], places: Sequence[Place], rows: Sequence[Row]
) -> list[Place | None]:
    """The place of each day: in a list of as many, on its line, or on the lines under it before
    the next day."""
    if _are_in_turn(dated, places, rows):
        return list(places)
    starts = [place.start for place in places]
    own = [
        _within(places, starts, one.row.line.start, one.row.line.end, one.mention.end)
        for one in dated
    ]
    if any(own) or len({one.row.index for one in dated}) < 2:
        return own
    bounds = [one.row.line.end for one in dated]
    stops = [other.row.line.start for other in dated[1:]] + [rows[-1].line.end if rows else 0]
    below = [_within(places, starts, a, b, a) for a, b in zip(bounds, stops, strict=True)]
    # Told under each of them, it is each one's own; told once, it is everybody's.
    said = [place for place in below if place]
    return below if len(said) > 1 else own


def _are_in_turn(dated: Sequence[Dated], places: Sequence[Place], rows: Sequence[Row]) -> bool:
    """Whether one line lists a place for each day: "3 May, 10 May. Venues: Mill House; Library"."""
    if not 1 < len(dated) == len(places):
        return False
    first, last = places[0].start, places[-1].start
    line = rows[bisect_right(rows, first, key=lambda row: row.line.start) - 1].line
    is_list = VENUES.search(line.text, 0, first - line.start) is not None
    return is_list and last < line.end and len({_when(one.mention) for one in dated}) == len(dated)


def _when(mention: Mention) -> tuple[int | None, int, int]:
    return mention.year, mention.month, mention.day


def _within(
    places: Sequence[Place], starts: Sequence[int], start: int, end: int, after: int
) -> Place | None:
    """Of the places between two offsets the first one after the day, else the first."""
    first, later, stop = (bisect_left(starts, each) for each in (start, max(start, after), end))
    if later < stop:
        return places[later]
    return places[first] if first < stop else None
