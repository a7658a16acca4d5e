"""Which of the places that are told is that of one announcement."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from webapp.formats.announcements import Session, Words
from webapp.formats.news_places import Place, places
from webapp.formats.news_rows import Row
from webapp.formats.news_source import Line, Source

Span = tuple[int, int]
# A list has no more days below the line that leads in.
MOST_LISTED = 40


def within(rows: Sequence[Row], told: Sequence[Place]) -> Sequence[Place]:
    """From the first of these rows to the last."""
    if not rows:
        return ()
    start = bisect_left(told, rows[0].line.start, key=_start)
    return told[start : bisect_left(told, rows[-1].line.end, key=_start)]


def of_sessions(sessions: Sequence[Session], told: Sequence[Place]) -> Sequence[Place]:
    """One for each of their places."""
    named = {session.venue.text: session.venue for session in sessions if session.venue}
    return [told[bisect_left(told, venue.start, key=_start)] for venue in named.values()]


def among(rows: Sequence[Row], block: Sequence[Row], told: Sequence[Place]) -> Place | None:
    """The first on these very rows, and not between them: there it is that of another part."""
    these = {row.index for row in rows}
    return next((each for each in told if block[each.line].index in these), None)


def on_lead(rows: Sequence[Row], block: Sequence[Row], told: Sequence[Place]) -> Place | None:
    """Of the line that ends with a colon, and below it nothing but days: "Two on Teams:"."""
    at = first = bisect_left(block, rows[0].index, key=_index) if rows else 0
    while at and block[at - 1].days and first - at < MOST_LISTED:
        at -= 1
    lead = block[max(0, at - 1) : at]
    is_lead = any(row.line.text.rstrip().endswith(":") for row in lead)
    return next(iter(within(lead, told)), None) if is_lead else None


def in_titles(titles: Iterable[Words | Line | None], source: Source) -> Place | None:
    """A platform that the first of these titles says: "Dates (on Teams)", "Neglect webinar"."""
    lines = (Line(title.start, title.end, title.text) for title in titles if title)
    told = (place for line in lines for place in places([line], source) if place.is_online)
    return next(told, None)


def _start(one: Place) -> int:
    return one.start


def _index(row: Row) -> int:
    return row.index


def has_place(line: Line, spans: Sequence[Span]) -> bool:
    """Whether one of these venues begins on the line."""
    return bool(spans_on(line, spans))


def spans_on(line: Line, spans: Sequence[Span]) -> Sequence[Span]:
    """The venues that begin on the line."""
    first = bisect_left(spans, line.start, key=_first)
    return spans[first : bisect_left(spans, line.end, key=_first)]


def _first(span: Span) -> int:
    return span[0]
