"""Trainings that running prose names, each with its day in the same clause."""

from datetime import date

import pytest

from tests.formats.test_news_named_beside import trainings
from webapp.formats import news_page, news_told


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("There are spaces on Suicide Prevention, 2 July, 1.15pm-4.30pm.", "Suicide Prevention"),
        ("If you would like to attend the ICON training on 22 May, write.", "ICON training"),
        (
            "It hosts a webinar, Harm: Drinking and Loss, at 2pm on 10 June.",
            "Harm: Drinking and Loss",
        ),
        (
            "Attachment and Loss, with Helen Crewe, is at Mill House on 10 May.",
            "Attachment and Loss",
        ),
        ("On 8 May at 12.30pm Jo Marsden talks about Young Carers, on Zoom.", "Young Carers"),
        ("At 6pm on 8 July there is a session, Safer Clubs, here on Zoom.", "Safer Clubs"),
        (
            "Priya Lomas will be delivering “Seeing the Person” on 4 June at 1pm.",
            "Seeing the Person",
        ),
        (
            "Before that I am holding an open briefing on audits, on 19 May.",
            "open briefing on audits",
        ),
        ("Spaces are left on our Makaton for beginners, 21 May, 1pm.", "Makaton for beginners"),
        ("The team will run Seeing Neglect at Mill House on 20 May (2-4pm).", "Seeing Neglect"),
        ("We offer Children Who Are at Risk on 6 May at 2pm, too.", "Children Who Are at Risk"),
        ("If you missed SAFER CLUBS in March you can now come on 3 July.", "SAFER CLUBS"),
        ("Places remain on SUPERVISING WELL on 21 May (1-4pm, Pinder Room).", "SUPERVISING WELL"),
    ],
)
def test_the_name_beside_its_day_is_found(text, name):
    found = news_told.named(text)
    assert found.text == name
    assert text[found.start : found.end] == name


@pytest.mark.parametrize(
    "text",
    [
        "The Safeguarding Adults Board will meet again on Thursday 26 June at 10am.",
        "The Child Protection Policy is reviewed on 3 June each year by the team.",
        "The Annual Day of Prayer for Survivors of Abuse will take place on 29 April.",
        "There are still spaces at Riverside Centre on 2 July for anyone who asks.",
        "Carers Week runs from 9 June and posters can be ordered from the office.",
        "Helen Crewe is on leave from 10 May and will answer your letters later.",
        "Drop in to Central Library on Saturday 26 April to talk to the team.",
        "A recording of her Child Protection talk is available until 31 May.",
        "Suicide Prevention, with Helen Crewe, has no day yet, as far as we know.",
    ],
)
def test_bodies_papers_feasts_places_and_people_are_no_names_of_trainings(text):
    assert news_told.named(text) is None


def test_a_paragraph_is_cut_before_each_and_before_what_is_of_something_else():
    text = (
        "It is summer. Two are left: Seeing Neglect on 13 May from 9.30am to 12.30pm, and Working "
        "with Fathers on 22 May at 2pm. It ends at 4pm. The board meets on 12 June. Both run again."
    )
    assert [text[first:last] for first, last in news_told.apart(text)] == [
        "It is summer.",
        "Two are left: Seeing Neglect on 13 May from 9.30am to 12.30pm, and",
        "Working with Fathers on 22 May at 2pm. It ends at 4pm.",
        "The board meets on 12 June.",
        "Both run again.",
    ]


def test_a_paragraph_of_one_training_stays_whole():
    assert not news_told.apart("Seeing Neglect is on 13 May. It is held again on 20 May at 2pm.")


def test_a_paragraph_of_very_many_days_is_a_list():
    told = "Seeing Neglect is on 6 May. Working with Fathers is on 8 May. "
    assert len(news_told.apart(told)) == 2
    assert not news_told.apart(told * (news_told.MOST_DAYS // 2 + 1))


def test_what_is_held_again_is_the_same_training():
    text = "Our Basic Awareness session is on 13 May. Basic Awareness will run again on 7 June."
    assert not news_told.apart(text)
    assert len(news_told.apart(text.replace("Basic Awareness will", "Safer Sleep will"))) == 2


def test_each_is_a_training_with_its_own_days_and_hours():
    assert trainings(
        "Partnership news\n\nThe partnership is running two workshops: Professional Curiosity on "
        "Tuesday 13 May 2025 from 9.30am to 12.30pm, and Working with Fathers on 22 May 2025 from "
        "1.30pm to 4pm. Both take place at Larkfield House.\n"
    ) == [("Professional Curiosity", [13]), ("Working with Fathers", [22])]


@pytest.mark.parametrize(
    ("after", "place"),
    [
        ("Both take place at Larkfield House.", "Larkfield House"),
        ("All sessions run on Zoom.", "Zoom"),
        ("See you there, both online, soon.", "online"),
        ("They are both online on Microsoft Teams.", "Microsoft Teams"),
    ],
)
def test_where_both_are_may_be_said_below_them(after, place):
    page = (
        "Partnership news\n\nWe are running Professional Curiosity on 13 May 2025 at 9.30am, and "
        f"Working with Fathers on 22 May 2025 at 2pm. {after}\n"
    )
    items = [one for one in news_page.read(page, date(2025, 4, 1)).items if one.is_training]
    assert items[-1].venue.text == place


@pytest.mark.parametrize(
    "line",
    ["Bookings are now open for our Seeing Neglect course.", "Book here: Seeing Neglect course"],
)
def test_a_name_may_stand_only_where_it_is_booked(line):
    page = f"Dear all,\n\n{line}\n\nThe session is on 13 May 2025 at 9.30am.\n"
    assert trainings(page) == [("Seeing Neglect course", [13])]
