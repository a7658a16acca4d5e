"""The year of a day that is written without one, and what to ask where day and weekday disagree.

Nothing is put right in silence: a year comes from what the page says of years or from when it was
published, never from the weekday alone, and the sentence beside it says from which.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from webapp.formats.announcements import Reading, Sure
from webapp.formats.news_dates import Mention

# News tells of what has just been, and of what comes before it comes round again.
BEFORE, AFTER = timedelta(days=60), timedelta(days=305)
# As far ahead as anything is announced.
FARTHEST = timedelta(days=548)
# Sent out a little late; nobody announces what is longer past.
JUST_PAST = timedelta(days=7)
MOST_READINGS = 6
# A page from any other year has a wrong date.
IN_LIVING_MEMORY = range(1950, 2150)
COUNTED = "The year is counted over New Year from the day beside it."
NOTHING_SAYS = "No year is written, and nothing on the page says which."


@dataclass(frozen=True)
class Stated:
    """A year that the page states; `why` says where, in a sentence: "The heading says 2026." """

    year: int
    month: int | None
    why: str


@dataclass(frozen=True)
class Settled:
    """The day that is meant. `readings` are there where day and weekday disagree, or no such day
    exists: the days that could be meant, the likeliest first."""

    day: date | None
    readings: tuple[Reading, ...]
    sure: Sure
    why: str


@dataclass(frozen=True)
class _Candidate:
    year: int
    why: str


def settle(mention: Mention, published: date | None, stated: Sequence[Stated] = ()) -> Settled:
    """The day of a mention; `stated` in order of trust."""
    if published is not None and published.year not in IN_LIVING_MEMORY:
        published = None
    if mention.year is not None:
        why = COUNTED if mention.is_counted else ""
        return _in_year(mention, _Candidate(mention.year, why), published)
    candidates = list(_candidates(mention, published, stated))
    if not candidates:
        return Settled(None, (), Sure.GUESSED, NOTHING_SAYS)
    fitting = (c for c in candidates if _fits(mention, _day(c.year, mention)))
    return _in_year(mention, next(fitting, candidates[0]), published)


def _candidates(
    mention: Mention, published: date | None, stated: Sequence[Stated]
) -> Iterator[_Candidate]:
    """The years it could be in, in order of trust."""
    told = [_Candidate(_told_year(mention, one), one.why) for one in stated]
    if published is None:
        yield from told
        return
    near = [one for one in told if _is_near(mention, one.year, published)]
    yield from near
    why = f"No year is written; the page was published on {_text(published)}."
    year = _nearest_year(mention, published)
    yield _Candidate(year, why)
    day = _day(year, mention)
    if day is not None and day <= published - JUST_PAST:
        # What is past by now may come round again next year, if that is what the weekday says.
        yield _Candidate(year + 1, why)
    if mention.weekday is not None:
        yield from (one for one in told if one not in near)


def _told_year(mention: Mention, stated: Stated) -> int:
    """The year stated, or the one after for January in a newsletter of "November 2025"."""
    if stated.month is None:
        return stated.year
    return _nearest_year(mention, date(stated.year, stated.month, 1))


def _nearest_year(mention: Mention, published: date) -> int:
    """The year in which the day comes soonest after publication, or came just before it."""
    earliest = published - BEFORE
    last = monthrange(earliest.year, mention.month)[1]
    this_year = date(earliest.year, mention.month, min(mention.day, last))
    return earliest.year + (this_year < earliest)


def _is_near(mention: Mention, year: int, published: date) -> bool:
    day = _day(year, mention)
    return day is not None and published - BEFORE <= day <= published + FARTHEST


def _in_year(mention: Mention, candidate: _Candidate, published: date | None) -> Settled:
    day = _day(candidate.year, mention)
    if day is None:
        return _impossible(mention, candidate, published)
    if not _fits(mention, day):
        why = f"The page says {_weekday_said(mention)}, but {_is_a(day)}. {candidate.why}".strip()
        return Settled(day, _readings(mention, day, published), Sure.GUESSED, why)
    if mention.year is not None and not mention.is_counted:
        return Settled(day, (), Sure.WRITTEN, f"The page says {_text(day)}.")
    why = f"{candidate.why} {_is_a(day)}." if mention.weekday is not None else candidate.why
    return Settled(day, (), Sure.INFERRED, why)


def _impossible(mention: Mention, candidate: _Candidate, published: date | None) -> Settled:
    """There is no 31 June: the last of the month or the first of the next."""
    length = monthrange(candidate.year, mention.month)[1]
    last = date(candidate.year, mention.month, length)
    days = [last, last + timedelta(days=1)]
    if mention.weekday is not None:
        days.sort(key=lambda day: day.weekday() != mention.weekday)
    month = f"{last:%B %Y}"
    why = f"{month} has only {length} days. {candidate.why}".strip()
    readings = tuple(Reading(day, f"{_is_a(day)}.") for day in days)
    return Settled(None, readings, Sure.GUESSED, why)


def _readings(mention: Mention, day: date, published: date | None) -> tuple[Reading, ...]:
    """The day as written under its true weekday, and those near it that have the one written."""
    earliest = published - JUST_PAST if published else date.min
    others = [
        other
        for other in dict.fromkeys(_others(mention, day, published))
        if other != day and other >= earliest and other.weekday() == mention.weekday
    ]
    found = [day, *others][:MOST_READINGS]
    return tuple(Reading(one, f"{_is_a(one)}.") for one in found)


def _others(mention: Mention, day: date, published: date | None) -> Iterable[date]:
    """What could have been meant, the likeliest slip first."""
    in_next_year = _day(day.year + 1, mention)
    if published and day < published and in_next_year:
        yield in_next_year
    away = ((mention.weekday or 0) - day.weekday() + 3) % 7 - 3
    same_week = day + timedelta(days=away)
    if published is None or same_week >= published:
        yield same_week
    yield from _other_months(day, published)
    swapped = int(f"{day.day:02}"[::-1])
    if 1 <= swapped <= monthrange(day.year, day.month)[1]:
        yield day.replace(day=swapped)
    for year in (day.year + 1, day.year - 1):
        other = _day(year, mention)
        if other and (published is None or other >= published):
            yield other


def _other_months(day: date, published: date | None) -> list[date]:
    """The same number in the months around, the nearest first and later before earlier."""
    months = [day.year * 12 + day.month - 1 + away for away in (1, 2, 3, -1, -2, -3)]
    if published:
        first = published.year * 12 + published.month - 1
        months += range(first, first + 6)
    return [
        date(year, month + 1, day.day)
        for year, month in (divmod(month, 12) for month in months)
        if day.day <= monthrange(year, month + 1)[1]
    ]


def is_borne_out(mention: Mention, year: int) -> bool:
    """Whether the day would be on its weekday in that year."""
    return _fits(mention, _day(year, mention))


def _day(year: int, mention: Mention) -> date | None:
    if not 1 <= mention.day <= monthrange(year, mention.month)[1]:
        return None
    return date(year, mention.month, mention.day)


def _fits(mention: Mention, day: date | None) -> bool:
    return day is not None and mention.weekday in {None, day.weekday()}


def _weekday_said(mention: Mention) -> str:
    return mention.weekday_as_written or "another weekday"


def _text(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _is_a(day: date) -> str:
    return f"{_text(day)} is a {day:%A}"
