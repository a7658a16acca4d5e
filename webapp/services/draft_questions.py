"""What an organiser is asked of a day that a page leaves open."""

from datetime import date, datetime

from webapp.clock import london
from webapp.formats.announcements import Reading, Session
from webapp.services import occurrences


def question_of(session: Session, now: datetime) -> tuple[str | None, tuple[Reading, ...]]:
    """What to ask of the day, and every day it could be; None when it is known."""
    if session.is_in_conflict:
        if session.day is None:
            return f"There is no {occurrences.announced_as(session)}. Which day is meant?", (
                session.readings
            )
        as_written = f"{session.weekday_as_written} {session.day.day} {session.day:%B}"
        return (
            f"It says {as_written}, and in {session.day.year} that is a {session.day:%A}. "
            "Which day is meant?",
            session.readings,
        )
    if session.day is not None:
        return None, ()
    said = occurrences.announced_as(session)
    if not said:
        return "The page gives no date. Which day is it?", ()
    return f"No year is known for {said}. Which day is meant?", _next_two(session, now)


def _next_two(session: Session, now: datetime) -> tuple[Reading, ...]:
    """The day in the next two years that have it, those first whose weekday fits."""
    month, day = occurrences.month_day(session) or (1, 1)
    today = london(now).date()
    found = []
    for year in range(today.year, today.year + 9):
        try:
            one = date(year, month, day)
        except ValueError:  # 29 February
            continue
        if one >= today:
            found.append(one)
    said = (session.weekday_as_written or "")[:3].casefold()
    found = sorted(found[:2], key=lambda one: bool(said) and f"{one:%a}".casefold() != said)
    return tuple(Reading(one, f"In {one.year} it is a {one:%A}.") for one in found)
