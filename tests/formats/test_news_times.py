"""Times of day are found in whatever way people write them, and nowhere else."""

from datetime import time
from time import process_time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from webapp.formats.news_times import times

QUARTERS = st.integers(8 * 4, 20 * 4).map(lambda quarter: time(*divmod(quarter * 15, 60)))
DASHES = st.sampled_from([" - ", "-", " – ", "–", " -", "- ", " to ", " until ", " til ", "  –  "])


def on_a_clock(moment, mark="."):
    hour = moment.hour % 12 or 12
    return f"{hour}{mark}{moment.minute:02}" if moment.minute else str(hour)


def half(moment):
    return "am" if moment.hour < 12 else "pm"


WRITTEN = [
    lambda t: f"{on_a_clock(t)}{half(t)}",
    lambda t: f"{on_a_clock(t)} {half(t)}",
    lambda t: f"{on_a_clock(t, ':')}{half(t)}".upper(),
    lambda t: f"{t.hour % 12 or 12}.{t.minute:02}{half(t)}",
    lambda t: f"{on_a_clock(t)} {half(t)[0]}.m.",
    lambda t: f"{t:%H:%M}",
    lambda t: f"{t:%H.%M}",
    lambda t: f"{t:%H%M}hrs",
]
AROUND = ["{}", "Time: {}", "Wednesday at {} in Room 2", "  • {} | Zoom | £25", "({})"]


@given(QUARTERS, QUARTERS, st.sampled_from(WRITTEN), DASHES, st.sampled_from(AROUND))
def test_start_and_end_read_back_however_they_are_written(one, other, write, dash, around):
    # "12:00 - 10:00" could end in the evening, if it is on no clock of 24 hours.
    assume(other > one or "m" in write(one).lower())
    text = around.format(f"{write(one)}{dash}{write(other)}")
    (slot,) = times(text)
    assert (slot.starts, slot.ends) == (one, other if other > one else None)
    assert text[slot.start : slot.end] == slot.as_written
    assert not slot.is_bare


@given(QUARTERS, st.sampled_from(WRITTEN), st.sampled_from(AROUND))
def test_a_start_alone_reads_back(moment, write, around):
    (slot,) = times(around.format(write(moment)))
    assert (slot.starts, slot.ends) == (moment, None)


@given(QUARTERS, st.integers(2, 30), DASHES)
def test_what_is_written_at_the_end_alone_holds_for_the_start(start, quarters, dash):
    minutes = start.hour * 60 + start.minute + quarters * 15
    end = time(*divmod(min(minutes, 22 * 60), 60))
    (slot,) = times(f"{on_a_clock(start)}{dash}{on_a_clock(end)}{half(end)}")
    assert (slot.starts, slot.ends) == (start, end)


@given(st.integers(8 * 4, 18 * 4 + 3), st.integers(2, 40), DASHES)
def test_a_day_of_work_needs_no_am_and_pm(quarter, quarters, dash):
    start = time(*divmod(quarter * 15, 60))
    end = time(*divmod(min(quarter + quarters, 20 * 4) * 15, 60))
    text = f"{start.hour % 12 or 12}.{start.minute:02}{dash}{end.hour % 12 or 12}.{end.minute:02}"
    (slot,) = times(text)
    assert (slot.starts, slot.ends) == (start, end)


def read(text, **more):
    return [
        f"{slot.starts:%H:%M}" + (f"-{slot.ends:%H:%M}" if slot.ends else "")
        for slot in times(text, **more)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10am – 12.30pm  OR  2.30 – 5pm", ["10:00-12:30", "14:30-17:00"]),
        ("11am – 1", ["11:00-13:00"]),
        ("10-12.30pm", ["10:00-12:30"]),
        ("6:30-7:30pm", ["18:30-19:30"]),
        ("9.30-3.30", ["09:30-15:30"]),
        ("9 - 4.30", ["09:00-16:30"]),
        ("12 - 1.30", ["12:00-13:30"]),
        ("7 - 8.30", ["19:00-20:30"]),
        ("7 - 3.30", ["07:00-15:30"]),
        ("12-12.40pm", ["12:00-12:40"]),
        ("0900-1300", ["09:00-13:00"]),
        ("09.30 to 13.00", ["09:30-13:00"]),
        ("12:00 -13:30", ["12:00-13:30"]),
        ("01:30 - 03:30", ["13:30-15:30"]),
        ("10am to 13.30pm", ["10:00-13:30"]),
        ("11.00am to midday", ["11:00-12:00"]),
        ("12 noon - 2pm", ["12:00-14:00"]),
        ("12.00pm midday to 2pm", ["12:00-14:00"]),
        ("noon until 1.30", ["12:00-13:30"]),
        ("10am - 12am", ["10:00-12:00"]),
        ("9.30am – 12.00am", ["09:30-12:00"]),
        ("12am - 2pm", ["12:00-14:00"]),
        ("closes at midnight", ["00:00"]),
        ("between 9am and 2pm", ["09:00-14:00"]),
        ("between 9 and 2", ["09:00-14:00"]),
        ("9.15am and 2pm", ["09:15", "14:00"]),
        ("at 12pm until 1pm", ["12:00-13:00"]),
        ("9.15 for 9.30am – 4pm", ["09:30-16:00"]),
        ("9.30am start, 4pm finish", ["09:30-16:00"]),
        ("Start: 9.30am Finish: 4.00pm", ["09:30-16:00"]),
        ("9.30am registration for a 10am start, finishing at 4pm", ["09:30", "10:00-16:00"]),
        ("2.30pm for 1 hour", ["14:30"]),
        ("Wed 14 May at 2", ["14:00"]),
        ("9.30-12.30/1.30-4.30", ["09:30-12:30", "13:30-16:30"]),
        ("Session 1: 10-12, Session 2: 1-3", ["10:00-12:00", "13:00-15:00"]),
        ("from half past nine until noon", ["09:30-12:00"]),
        ("ten o'clock to quarter to one", ["10:00-12:45"]),
        ("half past 7 in the evening", ["19:30"]),
        ("two o\u2019clock in the afternoon", ["14:00"]),
        ("Level 1 – 9.30-12.30", ["09:30-12:30"]),
        ("9:30am – 9:30am", ["09:30"]),
        ("9.30am - 9.00am", ["09:30"]),
        ("03/02\t0930\t1630\tAnvil Suite", ["09:30-16:30"]),
        ("0930 | 1230 | Teams", ["09:30-12:30"]),
        ("on Friday at 1200, for an hour", ["12:00"]),
        ("14:00 - 10:00", ["14:00"]),
        ("13.30 - 3.30", ["13:30-15:30"]),
        ("Sep0pm, 0.30pm and 00:30am", []),
    ],
)
def test_times_as_they_are_met(text, expected):
    assert read(text) == expected


def test_an_evening_is_an_evening_where_it_is_said_so():
    assert read("8 - 9.30") == ["08:00-09:30"]
    assert read("8 - 9.30", evening=True) == ["20:00-21:30"]
    assert read("9.30am - 4pm", evening=True) == ["09:30-16:00"]


def test_two_plain_numbers_are_marked_as_bare():
    assert [slot.is_bare for slot in times("9 - 4, 10 to 12 and 1pm - 3")] == [True, True, False]


def test_what_belongs_to_a_day_is_no_time():
    text = "9 - 12 May, 9 - 12"
    assert [slot.start for slot in times(text, [(0, 1), (4, 10)])] == [12]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "£10.30 or £9-12",
            "2.5 hours",
            "1.30 hours",
            "2-3 hours",
            "3 day course",
            "ages 5-11",
            "children of 3 to 4",
        ),
        *("5 to 11 year olds", "Level 2-3", "01632 960 12", "10:15:47", "12.05.24", "version 2.10"),
        *("20%", "10p", "24:10", "2017-2018", "in 2024", "0-19 service", "10 – 15 minutes", "1-1"),
        *("5-11", "Unit 3-5 High Street", "Room 2.15", "at 10 Downing Street", "102,000", "Part 2"),
        *("Years 7-11", "10.75", "Group 2 - 4", "1:1 support", "CR0 1RG", "call 999", "KS2-3"),
        *("0118 496 0123", "0800 1111", "from 1500 people", "in 1925 2025"),
    ],
)
def test_what_only_looks_like_a_time_is_none(text):
    assert times(text) == ()


@given(st.text(), st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50))))
def test_any_text_is_read_to_its_end(text, taken):
    for slot in times(text, taken):
        assert 0 <= slot.start < slot.end <= len(text)
        assert slot.ends is None or slot.ends > slot.starts


@given(
    st.lists(
        st.sampled_from(
            [*"-–,&/.:()x", "9", "10", "12", "9.30", "0900", "am", "pm", "noon", "to", "for", "at"]
        )
    )
)
def test_any_heap_of_clock_words_is_read_to_its_end(words):
    for text in (" ".join(words), "".join(words)):
        for slot in times(text):
            assert slot.ends is None or slot.ends > slot.starts


@pytest.mark.parametrize("piece", ["9.30-", "9am - ", "between 9 and ", "9 for ", "at ", " ", "1"])
def test_ten_times_the_text_takes_about_ten_times_the_time(piece):
    def seconds(length):
        text = (piece * length)[:length]
        start = process_time()
        times(text)
        return process_time() - start

    short = max(seconds(2_000), seconds(2_000))
    assert seconds(20_000) < 1 + 40 * short
