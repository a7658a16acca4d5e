"""The news item that announces a course, as text and as HTML, from what can be booked.

In the manner of partnerships' news pages: "Thursday 29 May, 10.00am to 2.00pm", with the year
where it is not this one. Both forms are made from the same blocks, so they say the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from markupsafe import Markup

from webapp.clock import london
from webapp.formats.plain_text import one_line
from webapp.formats.words import Span, listed, paragraphs
from webapp.models import AgendaItem, Course, CourseDate, Kind

DATES = "The training dates are as follows:"
BULLET = "  • "


@dataclass(frozen=True)
class Block:
    """A piece of the item: its words, and what they are. `address` is where its words lead."""

    tag: str
    words: tuple[str, ...]
    address: str = ""


Item = tuple[Block, ...]


def text(item: Item) -> str:
    """As it is pasted into a mail or a newsletter."""
    return "\n\n".join(_as_text(block) for block in item) + "\n"


def html(item: Item) -> str:
    """As a site's editor takes it: a part of a page, which begins with a heading of level 2."""
    said = "\n".join(_as_html(block) for block in item) + "\n"
    # What people are to read and change; no attribute of ours is quoted by it.
    return said.replace("&#39;", "'")


def of(course: Course, dates: Sequence[CourseDate], *, address: str, now: datetime) -> Item:
    """The item for a course with these dates, which are booked at `address`."""
    return tuple(_blocks(course, dates, address, now))


def _blocks(
    course: Course, dates: Sequence[CourseDate], address: str, now: datetime
) -> Iterator[Block]:
    yield Block("h2", (one_line(course.title),))
    yield from _prose(course.summary)
    yield from _under("Target audience", course.audience)
    yield from _under("Course outline", course.outline)
    if course.outcomes:
        yield Block("h3", ("What you will learn",))
        yield Block("ul", tuple(one_line(outcome) for outcome in course.outcomes))
    yield from _agenda(dates)
    yield from _dates(dates, now)
    if course.kind is Kind.E_LEARNING and course.link:
        yield Block("p", ("Take this e-learning online, at any time",), course.link)
    elif dates:
        yield Block("p", ("Book a place online",), address)
    else:
        yield Block("p", ("Register your interest to be told of new dates",), address)


def _under(heading: str, words: str) -> Iterator[Block]:
    if words.strip():
        yield Block("h3", (heading,))
        yield from _prose(words)


def _prose(words: str) -> Iterator[Block]:
    return (Block("p", (one_line(paragraph),)) for paragraph in paragraphs(words))


def _agenda(dates: Sequence[CourseDate]) -> Iterator[Block]:
    """Where all dates have the same: one list for each day."""
    agendas = {
        tuple((item.day, item.starts, item.title, item.speaker) for item in date.agenda)
        for date in dates
    }
    if len(agendas) != 1:
        return
    agenda = dates[0].agenda
    for number in sorted({item.day for item in agenda}):
        yield Block("h3", ("Agenda" if number == 1 else f"Agenda of day {number}",))
        yield Block("ul", tuple(_agenda_line(item) for item in agenda if item.day == number))


def _agenda_line(item: AgendaItem) -> str:
    parts = (_time(item.starts), item.speaker, item.title)
    return one_line(": ".join(part for part in parts if part))


def _dates(dates: Sequence[CourseDate], now: datetime) -> Iterator[Block]:
    if len(dates) == 1 and len(dates[0].days) == 1:
        yield from _one_day(dates[0], now)
    elif dates:
        yield Block("p", (DATES,))
        held = list(dict.fromkeys(_held(date) for date in dates))
        if len(held) > 1:
            yield Block("ul", tuple(_when(date.days, now) + _where(date) for date in dates))
        else:
            in_person = "" if dates[0].is_online else "face-to-face "
            yield Block("ul", tuple(_when(date.days, now) for date in dates))
            yield Block("p", (f"All will be held {in_person}{held[0]}.",))


def _one_day(date: CourseDate, now: datetime) -> Iterator[Block]:
    [day] = date.days
    where = _online(date) if date.is_online else _venue(date) or "to be confirmed"
    yield Block("h3", ("When and where",))
    yield Block("ul", (f"Date: {_day(day, now)}", f"Time: {_times(day)}", f"Venue: {where}"))


def _when(days: Sequence[Span], now: datetime) -> str:
    """ "Tuesday 3 June and Wednesday 4 June, each day 9.30am to 4.00pm"."""
    if len(days) > 1 and len({_times(day) for day in days}) == 1:
        return f"{listed(_day(day, now) for day in days)}, each day {_times(days[0])}"
    return listed(f"{_day(day, now)}, {_times(day)}" for day in days)


def _where(date: CourseDate) -> str:
    """After a day; nothing where nobody knows the venue yet."""
    return f", {_held(date)}" if date.is_online or date.venue else ""


def _held(date: CourseDate) -> str:
    if date.is_online:
        return _online(date)
    return f"at {_venue(date)}" if date.venue else "at a venue to be confirmed"


def _online(date: CourseDate) -> str:
    return f"online via {one_line(date.platform)}" if date.platform else "online"


def _venue(date: CourseDate) -> str:
    return one_line(date.venue.name) if date.venue else ""


def _day(day: Span, now: datetime) -> str:
    local = london(day.starts_at)
    year = "" if local.year == london(now).year else f" {local.year}"
    return f"{local:%A} {local.day} {local:%B}{year}"


def _times(day: Span) -> str:
    return f"{_time(london(day.starts_at).time())} to {_time(london(day.ends_at).time())}"


def _time(at: time) -> str:
    """ "9.00am", "midday"."""
    if at.minute == 0 and at.hour in {0, 12}:
        return "midday" if at.hour else "midnight"
    return f"{at.hour % 12 or 12}.{at.minute:02}{'am' if at.hour < 12 else 'pm'}"


def _as_text(block: Block) -> str:
    if block.tag == "ul":
        return "\n".join(BULLET + words for words in block.words)
    return ": ".join([*block.words, *filter(None, [block.address])])


def _as_html(block: Block) -> str:
    tag, words = Markup(block.tag), block.words  # noqa: S704  # the tags are our own
    if block.tag == "ul":
        items = Markup("\n").join(Markup("  <li>{}</li>").format(item) for item in words)
        return Markup("<ul>\n{}\n</ul>").format(items)
    [inside] = words
    if block.address:
        inside = Markup('<a href="{}">{}</a>').format(block.address, inside)
    return Markup("<{0}>{1}</{0}>").format(tag, inside)
