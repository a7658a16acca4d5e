import json
from datetime import time

from tests.announcements import in_conflict, item, page, session, words
from webapp.formats import news_json
from webapp.formats.announcements import AgendaLine, Status, Sure
from webapp.models import Kind


def only(announcements):
    [found] = news_json.as_json(announcements)["items"]
    return found


def only_session(of, **facts):
    return only(page(item(sessions=[of]), **facts))["sessions"][0]


def test_an_announcement_is_told_in_plain_values():
    agenda = AgendaLine(3, 40, time(9, 30), "Race and culture", "Hari Sewell")
    told = only(page(item(agenda=(agenda,), speakers=(words("Hari Sewell", 12),))))

    assert told["title"] == "Neglect in early childhood"
    assert (told["kind"], told["published"], told["venue"]) == (
        "course",
        "2025-03-14",
        "West Offices",
    )
    assert told["agenda"] == ["09:30"]
    assert told["agenda_lines"][0]["speaker"] == "Hari Sewell"
    assert told["speakers"] == ["Hari Sewell"]
    assert told["audience"] is None
    assert json.loads(json.dumps(told)) == told


def test_every_value_says_where_it_was_found_and_how_sure_it_is():
    told = only(page(item(sessions=[session(venue=words("Town Hall", 30))])))

    assert told["found"]["title"] == {"span": [0, 26], "sure": Sure.WRITTEN}
    assert told["sessions"][0]["found"]["venue"]["span"] == [30, 39]
    assert (told["span"], told["sessions"][0]["span"]) == ([0, 100], [0, 10])


def test_kinds_have_the_names_that_are_expected():
    assert only(page(item(kind=Kind.E_LEARNING)))["kind"] == "elearning"
    assert only(page(item(kind=None)))["kind"] == "other"


def test_a_session_has_its_day_as_written_even_in_conflict():
    told = only_session(in_conflict())

    assert (told["date"], told["weekday_as_written"], told["weekday_actual"]) == (
        "2025-03-21",
        "Wednesday",
        "Friday",
    )
    assert told["weekday_conflict"] is True
    assert told["alt_dates"] == ["2025-05-21"]
    assert [reading["date"] for reading in told["readings"]] == ["2025-05-21", "2025-03-21"]


def test_a_day_without_a_year_has_month_and_day():
    told = only_session(session(None, month_day=(6, 5), sure=Sure.GUESSED))

    assert (told["date"], told["md"], told["year_inferred"]) == (None, "06-05", False)
    assert told["weekday_actual"] is None


def test_a_year_that_was_not_written_says_so():
    assert only_session(session())["year_inferred"] is True
    assert only_session(session(sure=Sure.WRITTEN))["year_inferred"] is False
    written = "21/03/25, at 10am"
    assert only_session(in_conflict(), text=written)["year_inferred"] is False


def test_times_and_places_may_be_missing():
    told = only_session(session(starts=None, ends=None))

    assert (told["start"], told["end"], told["venue"], told["online"]) == (None, None, None, None)


def test_what_was_called_off_stands_apart():
    told = only(page(item(called_off=[session(status=Status.CANCELLED)])))

    assert told["sessions"] == []
    assert told["called_off"][0]["status"] == "cancelled"
