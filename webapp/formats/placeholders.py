"""Words with gaps in braces, such as "Dear {name}": which gaps there are, and what fills them."""

import re
from collections.abc import Collection, Mapping

from webapp.formats import calendar_entries, words
from webapp.formats.plain_text import one_line
from webapp.models import CourseDate

NAME, COURSE, DAY, TIME, PLACE = "name", "course", "day", "time", "place"
LINK = "link to booking"
KNOWN = (NAME, COURSE, DAY, TIME, PLACE, LINK)
GAP = re.compile(r"\{([^{}\n]*)\}")
NO_TIME = "time to be confirmed"


def named(text: str) -> list[str]:
    """What its gaps are called, each once."""
    return list(dict.fromkeys(_called(found) for found in GAP.finditer(text)))


def unknown(text: str, known: Collection[str] = KNOWN) -> list[str]:
    """The gaps that nothing fills, with their braces, each once."""
    gaps = {found[0]: None for found in GAP.finditer(text) if _called(found) not in known}
    return list(gaps)


def braced(names: Collection[str]) -> str:
    """ "{name}, {course} and {day}"."""
    return words.listed([f"{{{name}}}" for name in names])


def has(text: str, name: str) -> bool:
    return name in named(text)


def filled(text: str, values: Mapping[str, str]) -> str:
    """The same text with its gaps filled; what is in a value is never taken for another gap."""
    return GAP.sub(lambda found: values.get(_called(found), found[0]), text)


def of_date(date: CourseDate) -> dict[str, str]:
    """What a date says of itself in them."""
    return {
        COURSE: one_line(date.course.title),
        DAY: _day(date),
        TIME: _time(date),
        PLACE: words.place(date) if date.is_online else calendar_entries.location(date),
    }


def _day(date: CourseDate) -> str:
    if date.starts_at:
        return words.listed([words.day(day.starts_at) for day in date.days])
    return words.when(date)


def _time(date: CourseDate) -> str:
    """ "10am to 2pm", "10am to 2pm each day", or each day's own."""
    if not date.starts_at:
        return NO_TIME
    days = date.days
    if len({words.times(day) for day in days}) > 1:
        return words.listed([f"{words.times(day)} on {words.day(day.starts_at)}" for day in days])
    return words.times(days[0]) + (" each day" if len(days) > 1 else "")


def _called(found: re.Match[str]) -> str:
    return one_line(found[1]).lower()
