"""A month that heads its days: "DECEMBER", and below it "7th: Neglect, 9.30am"."""

import re

from webapp.formats.news_calendar import MONTH_OF, WEEKDAY_OF
from webapp.formats.news_dates import Mention
from webapp.formats.news_source import Line

HEAD = re.compile(r"(?P<month>[A-Z][A-Za-z]{2,8})(?: (?P<year>20\d\d))?:?")
# A bare number is a day before a dash, unless it is an hour: "2 - 4pm".
ENTRY = re.compile(
    r"(?:(?P<weekday>[A-Z][a-z]{2,8})\.?,? )?(?:the )?(?P<day>\d{1,2})(?P<th>st|nd|rd|th)?"
    r"(?P<dash>(?: ?[\u2013\u2014:|]| -(?= ))(?! ?\d))?(?!\w|[.:/]\d)"
)


ONLY_A_DAY = re.compile(r"([A-Z][a-z]{2,8})\.?,? ?(?:the )?(\d{1,2})(?:st|nd|rd|th)?:?")
# The same in a line that says more: "and on Wednesday 21st at the same time".
A_DAY = re.compile(r"\b([A-Z][a-z]{2,8})\.?,? (?:the )?(\d{1,2})(?:st|nd|rd|th)\b")
# A month that begins a line, whose day stands later on it: "May: Seeing Neglect (Tuesday 6th)".
LEAD = re.compile(r"(?P<month>[A-Z][a-z]{2,8}(?: 20\d\d)?) ?[:\u2013\u2014-] ")
A_DAY_OF_IT = re.compile(r"\b([A-Z][a-z]{2,8})\.?,? (?:the )?(\d{1,2})(?:st|nd|rd|th)?\b(?![.:]\d)")
WEEK = 7
# What joins several of them: "Wed 22nd and Wed 29th".
AND = re.compile(r",? ?(?:and|&|,) ")


def headed(line: Line, before: Mention | None) -> Mention | None:
    """The month that is in force from this line on, as its first day; `before`: the one so far."""
    head = month_of(line, line.start, line.end)
    return head or (None if line.level else before)


def month_of(line: Line, start: int, end: int) -> Mention | None:
    """The month, as its first day, if nothing else stands between these offsets of the page."""
    found = HEAD.fullmatch(line.text, start - line.start, end - line.start)
    month = MONTH_OF.get(found["month"].lower()) if found else None
    if found is None or month is None:
        return None
    year = int(found["year"]) if found["year"] else None
    return Mention(start, end, 1, month, year, None, None, 0)


def days_under(line: Line, head: Mention | None) -> list[Mention]:
    """The days that a line begins with, if it stands under a month."""
    found, at = list[Mention](), 0
    while head and (day := _day_at(line, at, head)):
        found.append(day)
        joint = AND.match(line.text, day.end - line.start)
        if joint is None:
            break
        at = joint.end()
    return found


def _day_at(line: Line, at: int, head: Mention) -> Mention | None:
    found = ENTRY.match(line.text, at)
    if found is None:
        return None
    named = WEEKDAY_OF.get((found["weekday"] or "").lower())
    is_day = named is not None if found["weekday"] else found["th"] or found["dash"]
    number = int(found["day"])
    if not is_day or not 1 <= number <= 31:
        return None
    start, end = line.start + found.start(), line.start + found.end("th" if found["th"] else "day")
    return Mention(start, end, number, head.month, head.year, named, found["weekday"], 0)


def days_beside(line: Line) -> list[Mention]:
    """The days on a line that begins with their month."""
    lead = LEAD.match(line.text)
    head = month_of(line, line.start, line.start + lead.end("month")) if lead else None
    said = A_DAY_OF_IT.finditer(line.text, lead.end()) if lead and head else ()
    return [day for one in said if head and (day := _day_of(line, one, head))]


def _day_of(line: Line, said: re.Match[str], month: Mention) -> Mention | None:
    """A weekday and a number, as a day of this month."""
    named, day = WEEKDAY_OF.get(said[1].lower()), int(said[2])
    if named is None or not 1 <= day <= 31:
        return None
    start, end = line.start + said.start(), line.start + said.end()
    return Mention(start, end, day, month.month, month.year, named, said[1], 0)


def day_alone(line: Line, last: Mention | None) -> list[Mention]:
    """A heading such as "Monday 13th": its month is that of the day before it on the page."""
    found = ONLY_A_DAY.fullmatch(line.text)
    named = WEEKDAY_OF.get(found[1].lower()) if found else None
    if found is None or last is None or named is None:
        return []
    day = int(found[2])
    return [Mention(line.start, line.end, day, last.month, last.year, named, found[1], 0)]


def days_later(line: Line, last: Mention | None) -> list[Mention]:
    """Days without a month whose weekday is right, if they are of the month of the day before."""
    if last is None or last.weekday is None:
        return []
    found = (_day_of(line, said, last) for said in A_DAY.finditer(line.text))
    return [
        day
        for day in found
        if day and day.weekday is not None
        if last.day < day.day and (day.day - last.day - day.weekday + last.weekday) % WEEK == 0
    ]
