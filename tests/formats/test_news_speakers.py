"""Who speaks, and the parts of a day."""

import pytest

from webapp.formats import news_source
from webapp.formats.news_speakers import agenda, speakers

DAY = """A day about race
Speakers:
• 9.30am: Hanna Sewell: What Race Has to Do with Safeguarding
• 11.15am: Jo Davis – A review of reviews
• 1.15pm: Belief and harm (José O’Neill, Somewhere Trust)
• 2.45pm: Panel Discussion – What next
Date: Wednesday 21 May 2025
Time: 9.15am to 3.00pm
"""
TIMETABLE = """Monday 10 November 2025
10.00 - 11.00 Hoarding
2pm - 3.30pm Self-neglect
Tuesday 11 November 2025
9.30 - 11 Fire safety
"""
NAMED = [
    ("Our safeguarding lead, Orla Penn, repeats her talk on 6 May 2025.", ["Orla Penn"]),
    ("It is led by the board's officer, Orla Penn, at noon.", ["Orla Penn"]),
    ("By the pond, Orla Penn, of no fixed trade, sat down.", []),
    ("Drugs and gangs - Orla Penn, Director of Education", ["Orla Penn"]),
    ("Trainer:\nOrla Penn\nLunch is there.", ["Orla Penn"]),
    ("Orla Penn, Specialist Midwife. She worked for years " + "in many wards " * 8, ["Orla Penn"]),
    ("Guest: Orla Penn of a trust on self-neglect.", ["Orla Penn"]),
    (
        "Speakers will include Bela Parmar of a charity; Toni Burdett of another and Ray Berne.",
        ["Bela Parmar", "Toni Burdett", "Ray Berne"],
    ),
    (
        "The presenters are Rowan Field, Head of Innovation, and Dr. Jo Ashby, Psychologist.",
        ["Rowan Field", "Dr. Jo Ashby"],
    ),
    ("Led by Independent Reviewing Manager Colm Eddery on Thursday.", ["Colm Eddery"]),
    ("Session lead: Kit van der Berg", ["Kit van der Berg"]),
    ("Alex Marlow gives a talk about adolescents.", ["Alex Marlow"]),
    ("Pat Rowe – Lead Teacher of the Deaf", ["Pat Rowe"]),
    ("With Prof. Judith Amery-Smith", ["Prof. Judith Amery-Smith"]),
    ("Run together with Safety Net.", []),
    ("A day with the Youth Violence Team", []),
    ("Learning Disability – what nurses need to know", []),
    ("Cultural Competency: better outcomes", []),
]


def lines(page):
    return news_source.read(page).lines


def test_lines_that_begin_with_a_time_are_the_agenda_of_a_day_with_its_speakers():
    parts = agenda(lines(DAY))

    assert [f"{part.starts:%H:%M}" for part in parts] == ["09:30", "11:15", "13:15", "14:45"]
    assert [part.speaker for part in parts] == ["Hanna Sewell", "Jo Davis", "José O’Neill", None]
    assert parts[0].title == "What Race Has to Do with Safeguarding"
    assert parts[3].title == "Panel Discussion – What next"
    assert [each.text for each in speakers(lines(DAY), parts)] == [
        "Hanna Sewell",
        "Jo Davis",
        "José O’Neill",
    ]


def test_sessions_to_choose_from_are_no_agenda():
    assert agenda(lines(TIMETABLE)) == ()


@pytest.mark.parametrize(("page", "expected"), NAMED)
def test_names_are_told_from_other_words_with_capitals(page, expected):
    found = speakers(lines(page), ())

    assert [each.text for each in found] == expected


def test_a_name_said_twice_is_one_speaker():
    page = "Led by Jo Penn.\nJo Penn will talk about sleep.\nWith Dr Jo Penn"

    assert len(speakers(lines(page), ())) == 1
