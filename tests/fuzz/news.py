"""The news reader under fire: pages of every kind, and what must hold of whatever is read there.

python -m tests.fuzz.news --minutes 60
"""

import calendar
import json
import re
import time
from datetime import date
from pathlib import Path

import click
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from webapp.errors import Refused
from webapp.formats import news_json, news_kept, news_page
from webapp.formats.announcements import Announcements, Item, Session, Sure

CASES = sorted((Path(__file__).parents[1] / "news" / "open").glob("*.txt"))
# Reading takes so long at most, whatever stands on the page and however busy the machine is.
SECONDS, SECONDS_PER_CHARACTER = 3.0, 0.0005

MONTHS = list(calendar.month_name)
WEEKDAYS = {name[:3].lower() for name in calendar.day_name}
# Where hours are said in words, no number need stand on the page.
SPOKEN = re.compile(r"o['\u2019]?clock|half past|quarter (?:past|to)", re.IGNORECASE)
NOON = re.compile("noon|midday|midnight", re.IGNORECASE)
LENGTH = re.compile(r"hours?|hrs?|minutes?|mins?", re.IGNORECASE)
NUMBER = re.compile("[0-9]+")
WORD = re.compile(r"[^\W\d_]+")

FRAGMENTS = [
    *(
        "Tuesday",
        "Weds",
        "Fri",
        "6 May",
        "21st March",
        "31 June",
        "May 6th",
        "19 & 20 May",
        "29 Feb",
    ),
    *("14-15 October", "3, 10 and 17 June", "06/05/2025", "5.5.25", "2025-05-06", "30 Dec – 2 Jan"),
    *("Janaury 8", "2025", "2024/25", "Wed 21 March", "0", "99", "32", "24/7", "102,000", "£1.20"),
    *("10.00am", "9.30-3.30", "2 – 4pm", "midday", "0900-1300", "24:10", "12am", "noon to", "from"),
    *("Date:", "Time:", "Venue:", "Target audience:", "Speakers:", "Book a place", "Town Hall"),
    *("Neglect training", "# Briefing", "Published 1 April 2025.", "Back to list", "CANCELLED"),
    *("Full", "moved to", "•", "- ", "|", "\t", "\n", "\n\n", "\n\n", "---", " ", ", ", " to "),
    *("Microsoft Teams", "Dr Ann O’Neill – Lead", "support group", "last week", "closes on", "("),
]
TAGS = "h1 h2 h3 p div article section ul li table tr td th br b s a span footer nav dl dt dd pre"
ATTRIBUTES = ["", "", " hidden", " rowspan=3", " colspan='2'", " style='display:none'", ' x="']

text = st.text(max_size=300)
words = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=8), max_size=60).map(" ".join)
tags = st.builds(
    "<{}{}{}>".format,
    st.sampled_from(["", "", "/"]),
    st.sampled_from(TAGS.split()),
    st.sampled_from(ATTRIBUTES),
)
markup = st.lists(st.sampled_from(FRAGMENTS) | tags | st.text(max_size=5), max_size=80).map("".join)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A page people wrote, with lines and characters lost, doubled, swapped and put in."""
    page = draw(st.sampled_from(CASES)).read_text("utf-8")
    for _ in range(draw(st.integers(1, 6))):
        lines = page.split("\n")
        first = draw(st.integers(0, len(lines) - 1))
        second = draw(st.integers(0, len(lines) - 1))
        at = draw(st.integers(0, len(page)))
        match draw(st.integers(0, 6)):
            case 0:
                del lines[first : first + 3]
            case 1:
                lines.insert(second, lines[first])
            case 2:
                lines[first], lines[second] = lines[second], lines[first]
            case 3:
                lines[first] = draw(words)
            case 4:
                lines = [page[:at] + draw(st.sampled_from(FRAGMENTS)) + page[at + 1 :]]
            case 5:
                lines = [page[:at] + page[at + draw(st.integers(1, 20)) :]]
            case _:
                lines = [
                    line + " " + other for line, other in zip(lines[::2], lines[1::2], strict=False)
                ]
        page = "\n".join(lines)
    return page


texts = text | words | markup | mutated()


def endless(most: int) -> st.SearchStrategy[str]:
    """One thing again and again, up to so many characters."""
    return st.builds(
        lambda unit, number: unit * min(number, most // (len(unit) or 1)),
        texts,
        st.integers(2, 9_999),
    )


pages = texts | endless(40_000) | texts.map(str.encode) | st.binary(max_size=300)
days = st.none() | st.dates(date(2015, 1, 1), date(2030, 12, 31))


def check(page: bytes | str, published: date | None) -> Announcements | None:
    """Read the page, and say in what it breaks a promise of the reader."""
    began = time.process_time()
    try:
        read = news_page.read(page, published)
    except Refused:
        return None
    took = time.process_time() - began
    assert took < SECONDS + SECONDS_PER_CHARACTER * len(page), f"took {took:.1f} s"
    assert news_page.read(page, published) == read, "read otherwise the second time"
    json.dumps(news_json.as_json(read))
    for item in read.items:
        check_item(item, read.text)
    return read


def check_item(item: Item, page: str) -> None:
    assert news_kept.item_of_json(json.loads(json.dumps(news_kept.item_as_json(item)))) == item
    assert item.title.text.strip() or not item.is_training
    found = [item.title, item.published_words, item.venue, item.audience, item.outline]
    found += [item.booking, *item.speakers]
    for words_ in [item, *filter(None, found), *item.agenda, *item.sessions, *item.called_off]:
        assert 0 <= words_.start <= words_.end <= len(page), f"{words_} is not on the page"
    if item.published_words and item.published:
        assert numbers(page) & {item.published.day}, f"published {item.published} is invented"
    for session in [*item.sessions, *item.called_off]:
        check_session(session, page)


def check_session(session: Session, page: str) -> None:
    check_weekday(session)
    if session.day or session.month_day:
        month, day = (session.day.month, session.day.day) if session.day else session.month_day
        passage = page[session.start : session.end]
        is_written = is_told(day, passage) or is_told(day, page_line(session, page))
        assert is_written or is_of_a_week(session, page), f"day {day} invented of {passage!r}"
        assert is_month_told(month, page), f"month {month} is invented"
    if session.day and session.sure is Sure.WRITTEN:
        written = {number % 100 for number in numbers(page)}
        assert session.day.year % 100 in written, "the year is invented"
    is_reckoned = session.why.endswith("how long it lasts.")
    if is_reckoned:
        assert session.sure is not Sure.WRITTEN
        assert LENGTH.search(page[session.start : session.end]), "no length is told"
    for at in filter(None, (session.starts, None if is_reckoned else session.ends)):
        hours = {at.hour, at.hour % 12 or 12}
        hundreds = {at.hour * 100 + at.minute, (at.hour % 12 or 12) * 100 + at.minute}
        if not SPOKEN.search(page):
            assert numbers(page) & (hours | hundreds) or NOON.search(page), f"{at} is invented"
            assert not at.minute or f"{at.minute:02}" in page, f"minutes of {at} are invented"
    if session.starts and session.ends:
        assert session.ends > session.starts


def check_weekday(session: Session) -> None:
    """A weekday that does not fit is always spoken of; one that fits is no conflict."""
    said = (session.weekday_as_written or "")[:3].lower()
    # "Wdnesday" is read, too, but this does not know as what.
    if session.day and said in WEEKDAYS:
        fits = f"{session.day:%a}".lower() == said
        assert fits is not session.is_in_conflict, f"{session} has a conflict it does not tell"


def is_of_a_week(session: Session, page: str) -> bool:
    """Whether its weekday alone heads it, and the page says from when to when the week goes."""
    weekday = session.weekday_as_written
    heads = weekday is not None and page_line(session, page).lstrip().startswith(weekday)
    return heads and session.day is not None and is_told(session.day.day, page)


def page_line(session: Session, page: str) -> str:
    """The line the session begins on, and what of it goes on."""
    ends = page.find("\n", session.end)
    return page[page.rfind("\n", 0, session.start) + 1 : ends if ends >= 0 else len(page)]


def is_told(day: int, passage: str) -> bool:
    """Whether the day stands there, or between two that do; a range may go on into next month."""
    told = numbers(passage)
    return day in told or any(
        one < day < other or (one > 20 > other and (one < day or day < other))
        for one in told
        for other in told
    )


def is_month_told(month: int, page: str) -> bool:
    """As a number, or as a word that begins as the month does: people misspell the rest."""
    name = MONTHS[month][0].lower()
    return month in numbers(page) or any(
        word.lower().startswith(name) for word in WORD.findall(page)
    )


def numbers(passage: str) -> set[int]:
    return {int(found) for found in NUMBER.findall(passage) if len(found) < 9}


def rounds(examples: int) -> settings:
    return settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )


@click.command()
@click.option("--minutes", default=60.0, help="How long to go on.")
@click.option("--start", default=1, help="The first seed; each round takes the next.")
def main(minutes: float, start: int) -> None:
    """Read strange pages until the time is over, or one breaks a promise."""
    until = time.monotonic() + 60 * minutes
    number, read, items, sessions = start, 0, 0, 0

    def once(page: bytes | str, published: date | None) -> None:
        nonlocal read, items, sessions
        announcements = check(page, published)
        read += 1
        items += len(announcements.items) if announcements else 0
        sessions += sum(len(item.sessions) for item in announcements.items) if announcements else 0

    while time.monotonic() < until:
        seed(number)(rounds(500)(given(pages, days)(once)))()
        click.echo(f"Seed {number}: {read} pages, {items} announcements, {sessions} sessions.")
        number += 1


if __name__ == "__main__":
    main()
