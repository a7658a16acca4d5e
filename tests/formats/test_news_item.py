from datetime import UTC, datetime, time

import pytest

from tests.formats.test_words import at
from webapp.formats import news_item
from webapp.models import AgendaItem, Course, CourseDate, CourseDay, Format, Kind, Venue

NOW = datetime(2025, 4, 17, 8, tzinfo=UTC)
ADDRESS = "https://training.partnership.example/courses/basics"


def course(**facts):
    return Course(
        **{
            "kind": Kind.COURSE,
            "title": "Safeguarding basics",
            "summary": "What everybody needs to know.",
            "outline": "Signs and duties.\nTold simply.\n\nWhom to tell.",
            "audience": "Everybody who works with children.",
            "outcomes": ["Know the signs", "Know whom to tell"],
            **facts,
        }
    )


def date(*days, agenda=(), **facts):
    days = days or ((at(2025, 5, 29, 9), at(2025, 5, 29, 13)),)
    return CourseDate(
        **{
            "format": Format.FACE_TO_FACE,
            "venue": Venue(name="West Offices"),
            "all_days": [CourseDay(starts_at=start, ends_at=end) for start, end in days],
            "agenda": [
                AgendaItem(position=n, day=day, starts=starts, title=title, speaker=speaker)
                for n, (day, starts, title, speaker) in enumerate(agenda)
            ],
            **facts,
        }
    )


def online(*days, **facts):
    return date(*days, format=Format.ONLINE, venue=None, platform="Microsoft Teams", **facts)


def item(*dates, now=NOW, address=ADDRESS, **facts):
    return news_item.of(course(**facts), dates, address=address, now=now)


def text(*dates, **facts):
    return news_item.text(item(*dates, **facts))


def html(*dates, **facts):
    return news_item.html(item(*dates, **facts))


AUGUST = (at(2025, 8, 21, 9), at(2025, 8, 21, 13))
NOVEMBER = (at(2025, 11, 27, 10), at(2025, 11, 27, 14))
JANUARY = (at(2026, 1, 8, 9, 15), at(2026, 1, 8, 12))


def test_the_text_says_what_for_whom_when_where_and_how_to_book():
    assert text(date(), date(AUGUST), date(NOVEMBER)) == (
        "Safeguarding basics\n"
        "\n"
        "What everybody needs to know.\n"
        "\n"
        "Target audience\n"
        "\n"
        "Everybody who works with children.\n"
        "\n"
        "Course outline\n"
        "\n"
        "Signs and duties. Told simply.\n"
        "\n"
        "Whom to tell.\n"
        "\n"
        "What you will learn\n"
        "\n"
        "  • Know the signs\n"
        "  • Know whom to tell\n"
        "\n"
        "The training dates are as follows:\n"
        "\n"
        "  • Thursday 29 May, 10.00am to 2.00pm\n"
        "  • Thursday 21 August, 10.00am to 2.00pm\n"
        "  • Thursday 27 November, 10.00am to 2.00pm\n"
        "\n"
        "All will be held face-to-face at West Offices.\n"
        "\n"
        f"Book a place online: {ADDRESS}\n"
    )


def test_the_html_says_the_same():
    assert html(date(), date(AUGUST), outcomes=["Know the signs"], outline="Signs.") == (
        "<h2>Safeguarding basics</h2>\n"
        "<p>What everybody needs to know.</p>\n"
        "<h3>Target audience</h3>\n"
        "<p>Everybody who works with children.</p>\n"
        "<h3>Course outline</h3>\n"
        "<p>Signs.</p>\n"
        "<h3>What you will learn</h3>\n"
        "<ul>\n"
        "  <li>Know the signs</li>\n"
        "</ul>\n"
        "<p>The training dates are as follows:</p>\n"
        "<ul>\n"
        "  <li>Thursday 29 May, 10.00am to 2.00pm</li>\n"
        "  <li>Thursday 21 August, 10.00am to 2.00pm</li>\n"
        "</ul>\n"
        "<p>All will be held face-to-face at West Offices.</p>\n"
        f'<p><a href="{ADDRESS}">Book a place online</a></p>\n'
    )


def test_a_single_day_stands_beside_its_labels():
    said = text(online((at(2025, 5, 21, 8, 15), at(2025, 5, 21, 14))), kind=Kind.WEBINAR)
    assert "  • Date: Wednesday 21 May\n  • Time: 9.15am to 3.00pm\n" in said
    assert "\n  • Venue: online via Microsoft Teams\n" in said
    assert "The training dates" not in said


def test_the_year_is_said_where_it_is_another_one():
    said = text(date(NOVEMBER), date(JANUARY))
    assert "Thursday 27 November, 10.00am" in said
    assert "Thursday 8 January 2026, 9.15am to midday" in said


def test_the_year_turns_when_london_says_so():
    new_year = datetime(2025, 12, 31, 23, 59, tzinfo=UTC)
    assert "8 January 2026," in text(date(JANUARY), date(JANUARY), now=new_year)
    assert "8 January," in text(date(JANUARY), date(JANUARY), now=datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ((at(2025, 6, 3, 15), at(2025, 6, 4, 15)), "Tuesday 3 June and Wednesday 4 June,"
         " each day 9.30am to 4.00pm"),
        ((at(2025, 6, 3, 15), at(2025, 6, 4, 12)), "Tuesday 3 June, 9.30am to 4.00pm and"
         " Wednesday 4 June, 9.30am to 1.00pm"),
    ],
)  # fmt: skip
def test_several_days_stand_in_one_line(ends, said):
    days = zip((at(2025, 6, 3, 8, 30), at(2025, 6, 4, 8, 30)), ends, strict=True)
    assert f"  • {said}\n\nAll will be held face-to-face" in text(date(*days))


def test_different_places_stand_beside_their_dates():
    said = text(date(), online(AUGUST), date(NOVEMBER, venue=None), online(JANUARY, room="2"))
    assert "10.00am to 2.00pm, at West Offices\n" in said
    assert "21 August, 10.00am to 2.00pm, online via Microsoft Teams\n" in said
    assert "27 November, 10.00am to 2.00pm\n" in said
    assert "All will be held" not in said


def test_what_is_not_known_yet_is_said_so():
    nowhere = date(format=Format.ONLINE, venue=None, platform=None)
    assert "Venue: online\n" in text(nowhere)
    assert "All will be held online.\n" in text(nowhere, nowhere)
    assert "Venue: to be confirmed\n" in text(date(venue=None))


def test_a_link_to_join_is_for_those_who_book():
    secret = "https://teams.example/join/secret"
    assert secret not in text(online(join_link=secret)) + html(online(join_link=secret))


def test_the_agenda_of_a_single_date_is_told():
    talks = [
        (1, time(9, 30), "The Relevance of Culture", "Hari Example"),
        (1, time(12, 0), "Panel discussion", None),
        (2, time(10, 0), "Practice", None),
    ]
    said = text(online(agenda=talks))
    assert (
        "Agenda\n\n"
        "  • 9.30am: Hari Example: The Relevance of Culture\n"
        "  • midday: Panel discussion\n\n"
        "Agenda of day 2\n\n"
        "  • 10.00am: Practice\n"
    ) in said
    assert "Agenda\n" in text(online(agenda=talks), online(AUGUST, agenda=talks))
    assert "Agenda" not in text(online(agenda=talks), online(AUGUST))


def test_without_dates_people_are_asked_to_register_their_interest():
    said = text()
    assert said.endswith(f"\n\nRegister your interest to be told of new dates: {ADDRESS}\n")
    assert "Book" not in said


def test_e_learning_is_taken_where_it_is():
    link = "https://learning.example/course"
    said = text(kind=Kind.E_LEARNING, link=link)
    assert said.endswith(f"\n\nTake this e-learning online, at any time: {link}\n")


def test_what_nobody_wrote_has_no_heading():
    assert text(date(), summary="", outline=" \n", audience="", outcomes=[]).startswith(
        "Safeguarding basics\n\nWhen and where\n\n  • Date: "
    )


def test_nothing_that_was_typed_becomes_html():
    nasty = '<script>alert("1")</script> & </h2>'
    said = html(
        date(venue=Venue(name=nasty), agenda=[(1, time(9), nasty, nasty)]),
        title=nasty,
        summary=nasty,
        outline=nasty,
        audience=nasty,
        outcomes=[nasty],
        address='https://x.example/"><b>',
    )
    assert "<script" not in said
    assert "<b>" not in said
    assert said.count("</h2>") == 1
    assert said.count("&lt;script&gt;") == 8


def test_an_apostrophe_stays_one():
    assert "<p>People's rights.</p>" in html(summary="People's rights.")


def test_nothing_that_was_typed_breaks_a_line():
    said = text(date(venue=Venue(name="Town\r\nHall")), title="One\nand two\x0b", outcomes=["a\nb"])
    assert said.startswith("One and two\n\n")
    assert "  • a b\n" in said
    assert "Venue: Town Hall\n" in said
