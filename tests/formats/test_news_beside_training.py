"""What stands beside training on a page: it is told apart, and takes nothing from the training."""

from datetime import date

import pytest

from webapp.formats import news_page
from webapp.formats.announcements import Item

PUBLISHED = date(2025, 9, 1)


def read(page: str) -> dict[str, Item]:
    found = news_page.read(page, PUBLISHED).items
    return {item.title.text: item for item in found if item.is_training}


def days(item: Item) -> list[date | None]:
    return [session.day for session in item.sessions]


@pytest.mark.parametrize(
    "item",
    [
        "Our training pages are live!\nFinding and booking a course is now simpler.",
        "Theatre tour\nA play about friendship comes to our schools. Write to us to book it.",
        "Expressions of interest: training pool\nWould you like to deliver our training? Write by "
        "19 September.",
        "Book club\nThis month we read a novel. We talk about it on 6 October at 1pm.",
        "Sports day for our children\nBook with your social worker.",
        "Yearly meeting of the association\n6 October at 4pm\n\nYou can register here\n"
        "REGISTER FOR THE MEETING",
        "Carers\u2019 coffee morning\nEvery first Tuesday, 10am to noon, Methodist hall. Next one: "
        "7 October.",
    ],
)
def test_news_of_other_kinds_is_no_training(item: str) -> None:
    page = f"Bulletin\n\n{item}\n\nSeeing neglect workshop\n8 October 2025, 10am to noon\n"
    assert list(read(page)) == ["Seeing neglect workshop"]


def test_training_dates_below_a_meeting_are_of_something_else() -> None:
    page = (
        "Teachers\u2019 network meetings\n\nOn Teams.\n\nPrimary \u2013 8 October @ 3:45\n\n"
        "Training dates\n\nPrevent \u2013 9 October @ 1:30 \u2013 3:00\n\n"
        "Safer recruitment \u2013 10 October @ 9:15 \u2013 3:15\n"
    )
    assert {"Prevent", "Safer recruitment"} <= set(read(page))


def test_meetings_on_a_conference_page_are_not_the_conference() -> None:
    page = (
        "Yearly conference 2025\nThursday 13 November 2025, 9am to 4pm, Guildhall\n\n"
        "Board meeting dates\n14 October 2025, 10am to noon\n9 December 2025, 10am to noon\n"
    )
    [conference] = read(page).values()
    assert days(conference) == [date(2025, 11, 13)]


def test_a_loud_heading_ends_what_stood_under_the_loud_one_before() -> None:
    page = (
        "TRAINING\n\nSeeing neglect\n8 October, 10am to noon\n\nNEWS\n\n"
        "Our chair\u2019s open house\n9 October, 10am. Just turn up.\n"
    )
    assert "\u201cTRAINING\u201d" not in " ".join(
        item.why for item in news_page.read(page, PUBLISHED).items if item.start > page.find("NEWS")
    )


def test_a_shelf_with_its_own_list_is_none_for_what_follows() -> None:
    page = (
        "Training this term\nAttachment - Wed 8th Oct 10-2\nSkills to foster - Thurs 9th Oct 10-2\n"
        "\nSupport groups\nNorthern group: first Monday of the month 10am\n"
        "Kinship carers: Friday 10th Oct 10.30\n"
    )
    assert list(read(page)) == ["Attachment", "Skills to foster"]


def test_a_list_of_a_week_may_have_one_line_without_a_name() -> None:
    page = (
        "Adults Week 17-21 November\nBook your places now:\n"
        "Monday 17 November 10am-11am: Predatory marriage - Ada Moor\n"
        "Tuesday 18 November 1pm-2pm: Cuckooing - the police\n"
        "Wednesday 19 November 12pm-1pm: Professional curiosity - the board\n"
        "Thursday 20 November 9am-11am: Hoarding - the fire service\n"
        "Friday 21 November: Moor Library, 10am-12pm\n"
    )
    assert "Predatory marriage - Ada Moor" in read(page)


def test_a_sentence_before_the_day_is_not_the_name_of_the_training_above_it() -> None:
    page = (
        "Listening practitioner training\nThree-day training for people who lead groups. 8, 9 and "
        "10 October 2025, 9am to 5pm.\n"
    )
    assert list(read(page)) == ["Listening practitioner training"]


def test_the_heading_says_what_is_on_the_day_of_a_sentence() -> None:
    page = "Parish conference\nOur yearly day will be on Saturday 11 October at St Peter\u2019s.\n"
    assert days(read(page)["Parish conference"]) == [date(2025, 10, 11)]


def test_free_spaces_on_a_day_are_no_beginning_of_a_service() -> None:
    page = "Paediatric first aid\nSpaces available 11 and 18 October.\n"
    assert days(read(page)["Paediatric first aid"]) == [date(2025, 10, 11), date(2025, 10, 18)]


def test_the_day_a_paper_went_live_is_no_session_about_it() -> None:
    page = "Thresholds briefing\nThe new paper went live on 1 October. Join us on 8 October 2pm.\n"
    assert days(read(page)["Thresholds briefing"]) == [date(2025, 10, 8)]


@pytest.mark.parametrize(
    "item",
    [
        "Prevent e-learning\nIt is new. Whoever did it long ago should take it again.",
        "Mandatory e-learning\nEverybody has to do level 2. You will find it on the portal.",
        "Train the trainer\nExpressions of interest are invited by 19 September. The training is "
        "over four days in May.",
    ],
)
def test_what_has_no_day_is_training_where_it_says_how_to_take_it(item: str) -> None:
    assert read(item)


def test_a_title_may_begin_with_was_not() -> None:
    page = (
        "Bite-size sessions\nPerplexing presentations 8 October 12.30-13.15\n"
        "Was not brought 9 October 12.30-13.15\n"
    )
    assert "Was not brought" in read(page)


def test_a_surgery_to_go_to_with_questions_is_no_house() -> None:
    page = (
        "Women\u2019s webinar\n8 October, 10am to 11am\n\n"
        "Designated officer surgery\nWednesday 15 October, 2pm to 3pm, Teams. Book with the team.\n"
    )
    assert [days(item) for item in read(page).values()] == [
        [date(2025, 10, 8)],
        [date(2025, 10, 15)],
    ]


def test_save_the_date_begins_a_title_whatever_stands_above() -> None:
    page = (
        "Leads\u2019 handbook\nThe autumn edition is out now.\n\n"
        "Save the date! Leads\u2019 conference - 27 November\n"
    )
    [conference] = read(page).values()
    assert days(conference) == [date(2025, 11, 27)]


def test_a_note_and_a_clinic_for_checks_are_no_training() -> None:
    page = (
        "Safeguarding basics\nThursday 9 October 2025, 10am to 1pm\n\n***Please note***\n\n"
        "Our training is free. Please book only if you can come.\n\n"
        "DBS drop-in\nBring your papers on Tuesday 14 October, 2pm to 4pm, Old Library.\n"
    )
    assert list(read(page)) == ["Safeguarding basics"]
