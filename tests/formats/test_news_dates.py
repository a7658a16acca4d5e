"""Days are found in whatever way people write them, and nowhere else."""

from datetime import date, timedelta
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.formats.news_dates import days, weekdays, years
from webapp.formats.words import ordinal

DAYS = st.dates(date(2015, 1, 1), date(2039, 12, 31))
MISSPELT = {
    1: ("Janaury", "Jaunary"),
    2: ("Febuary", "Feburary"),
    3: ("Marhc",),
    4: ("Arpil",),
    8: ("Agust", "Augest"),
    9: ("Setpember", "Spetember"),
    10: ("Ocotber",),
    11: ("Novemeber",),
    12: ("Decemeber", "Decmber"),
}


def spaced(day):
    number, ending = ordinal(day.day)[:-2], ordinal(day.day)[-2:]
    return f"{number} {ending}"


WITH_YEAR = [
    lambda d: f"{d.day} {d:%B %Y}",
    lambda d: f"{ordinal(d.day)} {d:%B %Y}",
    lambda d: f"{spaced(d)} {d:%B %Y}",
    lambda d: f"{ordinal(d.day)[:-1]} {d:%B %Y}" if ordinal(d.day).endswith("th") else f"{d}",
    lambda d: f"the {ordinal(d.day)} of {d:%B}, {d:%Y}",
    lambda d: f"{d:%A} {d.day} {d:%B %Y}",
    lambda d: f"{d:%A}, {ordinal(d.day)} {d:%b}. {d:%Y}",
    lambda d: f"{d:%a}{ordinal(d.day)} {d:%B %Y}",
    lambda d: f"{d:%A} {d.day} {d:%B %Y}".upper(),
    lambda d: f"{d:%a} {d.day} {d:%b} '{d:%y}",
    lambda d: f"{d.day} {d:%B %Y} ({d:%A})",
    lambda d: f"{d:%B} {ordinal(d.day)}, {d:%Y}",
    lambda d: f"{d:%A}, {d:%B} {d.day}, {d:%Y}",
    lambda d: f"{d:%d/%m/%Y}",
    lambda d: f"{d:%d/%m/%y}",
    lambda d: f"{d.day}/{d.month}/{d:%Y}",
    lambda d: f"{d:%d-%m-%Y}",
    lambda d: f"{d:%d.%m.%y}",
    lambda d: f"{d:%A} {d:%d.%m.%Y}",
    lambda d: f"{d:%d-%b-%Y}",
    lambda d: f"{d}",
    lambda d: f"{d.day}{d:%b%Y}",
    lambda d: f"{d.day} {MISSPELT.get(d.month, (f'{d:%B}',))[-1]} {d:%Y}",
]
WITHOUT_YEAR = [
    lambda d: f"{d.day} {d:%B}",
    lambda d: f"{ordinal(d.day)} {d:%b}",
    lambda d: f"{d:%A} {d.day} {d:%B}",
    lambda d: f"{d:%a} {ordinal(d.day)} {d:%b}",
    lambda d: f"{d:%B} {ordinal(d.day)}",
    lambda d: f"{d:%a} {d:%d/%m}",
]
AROUND = [
    "{}",
    "Date: {}",
    "  • {}, 10.00am to 2.00pm",
    "{} 12:00 -13:30 The Woolwich Centre",
    "Level 3 course | {} | 9.30 – 12.30 | £25",
    "On {} we meet in Room 12.",
    "({})",
    "The course runs on {} at 1pm for 20 people aged 16-25.",
]


@given(DAYS, st.sampled_from(WITH_YEAR), st.sampled_from(AROUND))
def test_a_day_with_its_year_reads_back_however_it_is_written(day, write, around):
    text = around.format(write(day))
    (found,) = days(text)
    assert (found.day, found.month, found.year) == (day.day, day.month, day.year)
    assert found.weekday in {None, day.weekday()}
    assert text[found.start : found.end] in write(day)
    assert (found.weekday is not None) == (f"{day:%a}".lower() in write(day).lower())


@given(DAYS, st.sampled_from(WITHOUT_YEAR), st.sampled_from(AROUND))
def test_a_day_without_a_year_gets_none(day, write, around):
    (found,) = days(around.format(write(day)))
    assert (found.day, found.month, found.year) == (day.day, day.month, None)


@given(DAYS, st.integers(1, 400), st.sampled_from(WITH_YEAR), st.sampled_from([" ", "; ", ", "]))
def test_two_days_are_two(day, later, write, between):
    other = day + timedelta(days=later)
    found = days(f"{write(day)}{between}{write(other)}")
    assert [(one.day, one.month) for one in found] == [
        (day.day, day.month),
        (other.day, other.month),
    ]


@given(
    st.sets(st.integers(1, 31), min_size=2, max_size=6),
    st.sampled_from(["{} ", "{}, "]),
    st.booleans(),
)
def test_days_of_one_month_share_it(numbers, comma, is_ordinal):
    numbers = sorted(numbers)
    said = [ordinal(number) if is_ordinal else str(number) for number in numbers]
    found = days(f"{', '.join(said[:-1])} and {said[-1]} October 2025")
    assert [one.day for one in found] == numbers
    assert {(one.month, one.year, one.group, one.until) for one in found} == {(10, 2025, 0, False)}


@given(DAYS, st.integers(1, 20), st.sampled_from([" - ", "-", " – ", "–", " to ", " until "]))
def test_a_range_says_where_it_ends(day, later, dash):
    other = day + timedelta(days=later)
    first = f"{day.day}" if day.month == other.month else f"{day.day} {day:%B}"
    found = days(f"{first}{dash}{other.day} {other:%B %Y}")
    assert [one.until for one in found] == [False, True]
    assert date(found[0].year, found[0].month, found[0].day) == day
    assert date(found[1].year, found[1].month, found[1].day) == other


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("19 & 20 May", [(19, 5, None), (20, 5, None)]),
        (
            "24th, 25th February & 3rd March 2026",
            [(24, 2, 2026), (25, 2, 2026), (3, 3, 2026)],
        ),
        ("16 December and 13 January 2026", [(16, 12, 2025), (13, 1, 2026)]),
        ("2 Dec 2025, 6 Jan", [(2, 12, 2025), (6, 1, 2026)]),
        ("Mon 3rd/10th/17th June", [(3, 6, None), (10, 6, None), (17, 6, None)]),
        ("Mon 3/10/17 June", [(3, 6, None), (10, 6, None), (17, 6, None)]),
        ("12 & 13/03/2025", [(12, 3, 2025), (13, 3, 2025)]),
        ("Forum - 14/11 - 10am to 12pm", [(14, 11, None)]),
        ("Foundation - 21/11 & 28/11 - 9.15am to 4.15pm", [(21, 11, None), (28, 11, None)]),
        ("Dates: 1/7, 8/7 and 15/7", [(1, 7, None), (8, 7, None), (15, 7, None)]),
        ("on Teams: 19/3, 23/4", [(19, 3, None), (23, 4, None)]),
        ("5 October  12 October", [(5, 10, None), (12, 10, None)]),
        ("11 Janaury 2024, 15 January 2024,", [(11, 1, 2024), (15, 1, 2024)]),
        ("5 May 25", [(5, 5, 2025)]),
        ("5 May 25 places", [(5, 5, None)]),
        ("5 May 12 places", [(5, 5, None)]),
        ("31 June 2025", [(31, 6, 2025)]),
        ("Strategy agreed13 Feb 2023", [(13, 2, 2023)]),
        ("District DayPublished 27/06/2016", [(27, 6, 2016)]),
        ("14/05/19 - 10:15:47 | Published", [(14, 5, 2019)]),
        ("2024-03-05T10:00", [(5, 3, 2024)]),
        ("9 - 4, 14 May", [(14, 5, None)]),
        ("Graded Care Profile 2 – 10 May", [(10, 5, None)]),
        ("Day 1 - 3 June, Day 2 - 10 June", [(3, 6, None), (10, 6, None)]),
        ("Toolkit 2 – Tuesday 12 May", [(12, 5, None)]),
        ("1 may 2025", [(1, 5, 2025)]),
        ("Wednesday, April 19th, 4-5pm either day", [(19, 4, None)]),
        ("May 6th, 10-12", [(6, 5, None)]),
        ("March 11 & 12, 2020", [(11, 3, 2020), (12, 3, 2020)]),
        ("February 28thpm", [(28, 2, None)]),
    ],
)
def test_what_belongs_together_is_read_together(text, expected):
    assert [(one.day, one.month, one.year) for one in days(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wed14th May 2025", ["Wed"]),
        ("the 6th of May (Tues)", ["Tues"]),
        ("Weds 4 June", ["Weds"]),
        ("Monday 12th October – Friday 16th October", ["Monday", "Friday"]),
        ("Tuesday and Thursday 3 and 5 June", ["Tuesday", "Thursday"]),
        ("Tuesday 3, 10 and 17 June", ["Tuesday"] * 3),
        ("Tuesday 3 and 4 June", ["Tuesday", None]),
        ("Mondays 2 and 10 June", ["Mondays", "Mondays"]),
        ("12 May Tuesday 20 May", [None, "Tuesday"]),
        ("Tue\t03/02/2026\t0930\t1630", ["Tue"]),
        ("Tue | 3 February 2026 | 0930", ["Tue"]),
        ("Wedneday 14 May", ["Wedneday"]),
        ("Monday 10am - 11.30am 4 October", [None]),
    ],
)
def test_a_weekday_goes_with_its_own_day(text, expected):
    assert [one.weekday_as_written for one in days(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        *("over 102,000 children", "LSCB Training 2017-18", "the 2022/23 seminar", "open 24/7"),
        *("open 24/7, 9am to 5pm", "mark of 3/4 - 10 people", "Sections 2/3 and 4/5"),
        *("Level 3", "ring 01632 960 871", "at 10.30, 9.30-12.30 and 1.15 – 2pm", "CR0 1RG"),
        *("£1.20 or £12", "ages 5-11", "Event/93101", "v1.2.24", "you may 3 times"),
        *("All 20 may come", "1 in 4 May be affected", "we march 10 miles", "20 Match Street"),
        *("3 Jane and 4 Mark", "COVID19 March", "He sat 10 exams", "50/50, 9/11 and 7/7"),
        *(
            "Sept 24",
            "45 May",
            "0 May",
            "12 members",
            "a 7 minute briefing",
            "Working Together 2023",
        ),
        *("10 Marshall Street", "KCSIE 2024 Part 1", "May 2025", "on a Friday", "5 GP surgeries"),
    ],
)
def test_what_only_looks_like_a_day_is_none(text):
    assert days(text) == ()


def test_weekdays_that_have_a_day_are_not_told_again():
    found = weekdays("Tuesdays 9am, but Monday 5 May 2025 and then Sat in on Fridays")
    assert [(one.weekday, one.as_written) for one in found] == [(1, "Tuesdays"), (4, "Fridays")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GSCP July 2022 newsletter", [(2022, 7, False)]),
        ("September to December 2025", [(2025, None, False)]),
        (
            "Training 2017-18, 2024/25 or 2019 – 20",
            [(2017, None, True), (2024, None, True), (2019, None, True)],
        ),
        ("Sept '25 and Oct 24", [(2025, 9, False), (2024, 10, False)]),
        ("from 2024 to 2026.", [(2024, None, True)]),
        ("The Mental Capacity Act 2005", [(2005, None, False)]),
        ("20 May 2025", []),
        ("0191 2025 123, £2025, 2025.5 and 12025", []),
        ("Wed 14 May, 25 places", []),
    ],
)
def test_years_that_stand_alone(text, expected):
    assert [(one.year, one.month, one.is_span) for one in years(text)] == expected


@given(st.text())
def test_any_text_is_read_to_its_end(text):
    spans = [(one.start, one.end) for one in days(text)]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    weekdays(text)
    years(text)


@given(
    st.lists(
        st.sampled_from(
            [*"-–,&/.()x\n", "1", "2", "30", "3rd", "2025", "Mon", "May", "and", "to", "of the"]
        )
    )
)
def test_any_heap_of_calendar_words_is_read_to_its_end(words):
    text = " ".join(words)
    for one in days(text):
        assert str(one.day) in text[one.start : one.end]
        assert 1 <= one.day <= 31


@pytest.mark.parametrize(
    "piece",
    [
        "1, ",
        "1 - ",
        "Mon ",
        "Mon, ",
        "Mon 1 ",
        "12 May, ",
        "May ",
        "1/",
        "2025 ",
        "a",
        " ",
        "1",
        "/0",
        "st",
    ],
)
def test_ten_times_the_text_takes_about_ten_times_the_time(piece):
    def seconds(length):
        text = (piece * length)[:length]
        start = process_time()
        days(text), years(text), weekdays(text)
        return process_time() - start

    short = max(seconds(2_000), seconds(2_000))
    assert seconds(20_000) < 1 + 40 * short


def test_the_hour_before_a_day_with_its_weekday_is_no_day():
    assert [mention.day for mention in days("Wed 3 Dec 9.30-4 and Wed 10 Dec 9.30-1")] == [3, 10]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the first Wednesdays in April 2025 (2nd, 9th and 16th)", [(2, 4), (9, 4), (16, 4)]),
        ("Tuesdays in June (3, 10 and 17), 10am", [(3, 6), (10, 6), (17, 6)]),
        ("June 2025: 3, 10 and 17", [(3, 6), (10, 6), (17, 6)]),
        ("October 21, 6.15pm, Mill House", [(21, 10)]),
        ("October 21 | 6.15 pm | Mill House", [(21, 10)]),
        ("Days 1 and 2 - Tues 10 and Wed 11 June", [(10, 6), (11, 6)]),
        ("April 2025 (3rd floor)", []),
        ("June 2025 (15 places)", []),
        ("May 2025: 10-12", []),
        ("In June: 3, 4 or 5 people", []),
    ],
)
def test_days_that_follow_their_month_are_found(text, found):
    assert [(mention.day, mention.month) for mention in days(text)] == found
