"""Which times stand with which days on one line: sentence by sentence, and nearest first."""

from datetime import date

import pytest

from webapp.formats import news_page


@pytest.mark.parametrize(
    ("words", "sessions"),
    [
        ("is on 22 May (10:00-11:30), or at 6pm on 5 June.", ["22 10:00", "5 18:00"]),
        ("is on at 6pm on 5 June, or on 22 May (10:00-11:30).", ["5 18:00", "22 10:00"]),
        ("is at 10am on 28 May or at 2pm on 25 June.", ["28 10:00", "25 14:00"]),
        ("is at 7pm on 3 and 10 June.", ["3 19:00", "10 19:00"]),
        ("is on 18 June. It starts at 9.45am and ends at 4pm.", ["18 09:45"]),
        ("starts at 9.45am and ends at 4pm. It is on 18 June.", ["18 09:45"]),
        ("is on 6 May at 10am. The board meets at 2pm on 12 June.", ["6 10:00"]),
        ("is on 6 May. The book club will be at noon by 12 June.", ["6 None"]),
        ("is on 4, 11 and 18 June 10am-1pm (18 June 2-4pm)", ["4 10:00", "11 10:00", "18 14:00"]),
        ("is 10am-1pm on 4, 11 and 18 June (4 June 2-4pm)", ["11 10:00", "18 10:00", "4 14:00"]),
        ("is on 6 May. It is held again on 8 May. Each begins at 2pm.", ["6 14:00", "8 14:00"]),
    ],
)
def test_a_time_is_of_the_day_in_its_own_sentence(words, sessions):
    page = f"Seeing Neglect\n\nOur workshop for all practitioners {words}\n"
    [item] = [one for one in news_page.read(page, date(2025, 4, 1)).items if one.is_training]
    both = [(one.day.day, one.starts) for one in item.sessions]
    assert [f"{day} {at and at.isoformat('minutes')}" for day, at in both] == sessions
