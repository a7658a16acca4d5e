"""Which times belong to which days."""

import pytest

from webapp.formats import news_source
from webapp.formats.news_pairs import MOST_TIMES, only_times, pair, usable_times
from webapp.formats.news_rows import rows


def paired(page, away=()):
    """Each day as (day, month) with the times it got, as written."""
    found = rows(news_source.read(page))
    wanted = [mention for row in found for mention in row.days]
    dated = pair(found, wanted, away)
    return [(one.mention.day, [f"{slot.starts:%H:%M}" for slot in one.slots]) for one in dated]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("6 May, time TBC\n8 May, 2pm to 4pm", [(6, []), (8, ["14:00"])]),
        (
            "Neglect\t6 May, 8 May\t10am-1pm 2pm-4pm\nPrevent\t9 May\t10am",
            [(6, ["10:00"]), (8, ["14:00"]), (9, ["10:00"])],
        ),
        ("6 May\nStart 9.30am\nLunch 12.30pm\nClose 4pm", [(6, ["09:30"])]),
        ("6 May @ 10", [(6, ["10:00"])]),
        ("6, 8 May (8 May 2-4pm)\nTime: 10am to 1pm", [(6, ["10:00"]), (8, ["14:00"])]),
        ("6 May, 10am to 1pm; 8 May, 2pm to 4pm", [(6, ["10:00"]), (8, ["14:00"])]),
        ("10am to 1pm on 6 May, 2pm to 4pm on 8 May", [(6, ["10:00"]), (8, ["14:00"])]),
        ("6 May and 8 May, 10am to 1pm", [(6, ["10:00"]), (8, ["10:00"])]),
        ("6 May, 10am to 1pm, and 8 May", [(6, ["10:00"]), (8, ["10:00"])]),
        ("6 May, 10am to 1pm or 2pm to 4pm", [(6, ["10:00", "14:00"])]),
        ("6 May, 10am to 1pm or 10am to 1pm", [(6, ["10:00"])]),
        ("6 May, 9.30am registration, 10am start", [(6, ["10:00"])]),
        ("6 May, 10am welcome, 11am close", [(6, ["10:00"])]),
        ("Dates:\n6 May\n8 May\nTime: 10am to 1pm", [(6, ["10:00"]), (8, ["10:00"])]),
        ("6 May\n8 May\n10am to 1pm, 2pm to 4pm", [(6, ["10:00"]), (8, ["14:00"])]),
        (
            "6 May\n8 May\n10am to 1pm or 2pm to 4pm",
            [(6, ["10:00", "14:00"]), (8, ["10:00", "14:00"])],
        ),
        (
            "6 May\n8 May\n10am to 1pm, repeated 2pm to 4pm",
            [(6, ["10:00", "14:00"]), (8, ["10:00", "14:00"])],
        ),
        (
            "Mornings, 10am to 1pm\n6 May\n8 May\nRefresher, 2pm to 4pm",
            [(6, ["10:00"]), (8, ["10:00"])],
        ),
        ("6 May\n10 - 1\n8 May\n2 - 4", [(6, ["10:00"]), (8, ["14:00"])]),
        ("6 May\nArrivals 9.30am\nStart 10am", [(6, ["10:00"])]),
        ("6 May\n8 May\n10am to 1pm\n2pm to 4pm", [(6, ["10:00"]), (8, ["14:00"])]),
        ("6 May\n10am to 1pm\n8 May\n2pm to 4pm", [(6, ["10:00"]), (8, ["14:00"])]),
        ("10am to 1pm\n6 May\n2pm to 4pm\n8 May", [(6, ["10:00"]), (8, ["14:00"])]),
        ("6 May, 10am to 1pm\n8 May, same time", [(6, ["10:00"]), (8, ["10:00"])]),
        ("6 May\nRing us, lines are open 9am to 5pm", [(6, [])]),
        (
            "6 May\nA story in which somebody says that she was at home until ten in the morning, "
            "10am to 1pm",
            [(6, [])],
        ),
    ],
)
def test_a_day_gets_the_times_that_are_its_own(page, expected):
    assert paired(page) == expected


def test_the_hours_of_an_agenda_are_no_session():
    page = "6 May\n10am: Welcome"
    assert paired(page) == [(6, ["10:00"])]
    assert paired(page, away=[(6, len(page))]) == [(6, [])]


def test_a_day_that_is_not_wanted_gets_nothing():
    found = rows(news_source.read("6 May, 10am to 1pm"))
    assert pair(found, []) == []


def test_bare_numbers_are_a_time_only_where_the_line_is_about_time():
    day, label, story = rows(news_source.read("6 May, 9 - 4\nTime: 9 - 4\nRooms 9 - 4"))
    assert len(usable_times(day)) == len(usable_times(label)) == 1
    assert usable_times(story) == ()


def test_one_time_said_twice_is_the_only_one_and_two_are_none():
    same = rows(news_source.read("Time: 10am to 1pm\nAlways 10am - 1pm"))
    other = rows(news_source.read("Time: 10am to 1pm\nOr 2pm to 4pm"))
    assert len(only_times(same, ())) == 1
    assert only_times(other, ()) == ()


def test_nobody_offers_a_hundred_times_on_one_day():
    times = " or ".join(
        f"{hour}.{minute}0am to 12.30pm" for hour in (9, 10, 11) for minute in "012345"
    )
    ((_, found),) = paired(f"6 May, {times}")
    assert len(found) == MOST_TIMES


def test_the_same_time_is_said_of_the_day_before_or_after_it():
    lines = "Neglect - 20 May\nFor new staff. 9.30am to 4pm. Next on 15 June, same time and place."
    assert [len(slots) for _, slots in paired(lines)] == [1, 1]
