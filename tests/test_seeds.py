"""The real seeds: the programme as the news page announced it, with the right moments."""

from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from webapp.clock import london
from webapp.config import ROOT
from webapp.models import (
    Agency,
    BookingTerms,
    Course,
    CourseDate,
    DateState,
    EmailDomain,
    Format,
    Kind,
    Partnership,
    Sector,
    Venue,
)
from webapp.services import seeding


@pytest.fixture
def loaded(db):
    loaded = seeding.load(ROOT / "seeds", now=NOW)
    db.session.commit()
    return loaded


@pytest.fixture
def course(db, loaded):
    def find(slug):
        return db.session.scalars(select(Course).where(Course.slug == slug)).one()

    return find


def utc(month, day, hour, minute=0):
    return datetime(2025, month, day, hour, minute, tzinfo=UTC)


def days(course):
    return [(day.starts_at, day.ends_at) for row in course.dates for day in row.days]


def test_the_programme_is_these_five(db, loaded):
    found = db.session.execute(select(Course.kind, Course.short_title, Course.announced_on))

    assert {tuple(row) for row in found} == {
        (Kind.BRIEFING, "Safe and Together partner briefing", date(2025, 3, 19)),
        (Kind.COURSE, "Harmful Sexual Behaviour", date(2025, 3, 14)),
        (Kind.WEBINAR, "Improving Cultural Competency", date(2025, 3, 20)),
        (Kind.COURSE, "Shared Responsibilities and Procedures", date(2025, 3, 12)),
        (Kind.E_LEARNING, "Counter-terrorism e-learning", date(2025, 4, 2)),
    }


def test_three_partner_briefings_on_teams_all_in_summer_time(course):
    briefing = course("safe-and-together-partner-briefing")

    assert days(briefing) == [
        (utc(5, 20, 9), utc(5, 20, 10)),
        (utc(5, 22, 10), utc(5, 22, 11)),
        (utc(6, 6, 8), utc(6, 6, 9)),
    ]
    assert [f"{london(start):%A %H:%M}" for start, _ in days(briefing)] == [
        "Tuesday 10:00",
        "Thursday 11:00",
        "Friday 09:00",
    ]
    assert {row.platform for row in briefing.dates} == {"Microsoft Teams"}
    assert all(row.is_online and row.venue is None for row in briefing.dates)


def test_harmful_sexual_behaviour_twice_in_summer_time_and_once_in_winter(course):
    harmful = course("harmful-sexual-behaviour")

    assert harmful.title == "Developing an Understanding of Harmful Sexual Behaviour"
    assert days(harmful) == [
        (utc(5, 29, 9), utc(5, 29, 13)),
        (utc(8, 21, 9), utc(8, 21, 13)),
        (utc(11, 27, 10), utc(11, 27, 14)),
    ]
    assert {f"{london(start):%A %H:%M}" for start, _ in days(harmful)} == {"Thursday 10:00"}
    assert {row.venue.name for row in harmful.dates} == {"West Offices"}
    assert {row.format for row in harmful.dates} == {Format.FACE_TO_FACE}


def test_the_webinar_is_held_back_with_both_readings(course):
    webinar = course("improving-cultural-competency")
    [held_back] = webinar.dates

    assert held_back.state is DateState.HELD_BACK
    assert held_back.announced_as == "Wednesday 21 March"
    assert (held_back.starts_at, held_back.ends_at, held_back.days) == (None, None, [])
    assert [(r.starts_at, r.ends_at) for r in held_back.readings] == [
        (utc(3, 21, 9, 15), utc(3, 21, 15)),  # a Friday, before the clocks change
        (utc(5, 21, 8, 15), utc(5, 21, 14)),  # a Wednesday, after it
    ]
    assert [f"{london(r.starts_at):%A}" for r in held_back.readings] == ["Friday", "Wednesday"]
    assert all(r.reason.count(".") == 1 for r in held_back.readings)
    assert webinar.cost == "Free for professionals in Yorkshire and the Humber"
    assert "cost" not in webinar.demonstration_values


def test_the_webinar_has_its_agenda_and_speakers(course):
    [held_back] = course("improving-cultural-competency").dates

    assert [(item.starts, item.speaker) for item in held_back.agenda] == [
        (time(9, 30), "Hari Sewell"),
        (time(11, 15), "Jahnine Davis"),
        (time(13, 15), "Jordan Alexander"),
        (time(14, 45), None),
    ]


def test_shared_responsibilities_has_no_dates_and_e_learning_has_its_link(course):
    assert course("shared-responsibilities-and-procedures").dates == []
    e_learning = course("counter-terrorism-e-learning")
    assert e_learning.dates == []
    assert e_learning.link.startswith("https://www.saferchildrenyork.org.uk/")


def test_three_items_are_left_out_with_the_reason(loaded):
    titles = " ".join(title for title, _ in loaded.left_out)

    assert len(loaded.left_out) == 3
    for news in ("rated as Outstanding", "Lauren's Ladies", "Information Sharing"):
        assert news in titles
    assert all(reason.endswith(".") for _, reason in loaded.left_out)


def test_what_the_page_does_not_say_is_a_demonstration_value(db, loaded):
    partnership = db.session.scalars(select(Partnership)).one()
    known = {"name", "service_name", "area", "website_url"}
    # What an organiser may choose, and nobody has to.
    ours = {"id", "updated_at", "demonstration_values"}
    ours |= {"mail_words", "certificate_after_evaluation"}
    ours |= {"managers_told_since", "prefers_missing"}
    ours |= {"manager_days", "evaluation_years", "audit_years", "interest_years", "news_days"}
    ours |= {"attempt_days", "forgotten_at"}
    columns = {column.key for column in Partnership.__mapper__.columns}
    assert set(partnership.demonstration_values) == columns - known - ours

    venue = db.session.scalars(select(Venue)).one()
    assert set(venue.demonstration_values) == {
        "address",
        "latitude",
        "longitude",
        "directions",
        "parking",
        "access_notes",
    }
    for row in db.session.scalars(select(CourseDate)):
        unsaid = ("capacity", "join_link", "room", "before_you_come", "opens_at", "closes_at")
        given = {name for name in unsaid if getattr(row, name) is not None}
        assert set(row.demonstration_values) == given
        assert row.join_link is None or row.join_link.startswith("https://teams.example/")


def test_contact_details_reach_nobody(db, loaded):
    partnership = db.session.scalars(select(Partnership)).one()

    # 01632 960000 to 960999 are Ofcom's numbers for drama; .example is RFC 2606's.
    assert partnership.contact_phone.startswith("01632 960")
    for address in (partnership.contact_email, partnership.data_protection_email):
        assert address.endswith(".example")


def test_the_accent_colour_can_be_read_on_white(db, loaded):
    partnership = db.session.scalars(select(Partnership)).one()
    parts = [int(partnership.accent_colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    # WCAG 2.2, relative luminance.
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )

    assert 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 4.5


def test_every_sector_ends_with_another_organisation(db, loaded):
    sectors = db.session.scalars(select(Sector).order_by(Sector.position)).all()

    assert len(sectors) == 11
    for sector in sectors:
        assert sector.agencies[-1].name.startswith("Another ")
        assert sector.agencies[-1].name.endswith(" organisation")


def test_mail_domains_shared_by_many_suggest_nobody_in_particular(db, loaded):
    def suggested(domain):
        found = select(Agency.name).join(EmailDomain).where(EmailDomain.domain == domain)
        return db.session.scalar(found)

    assert suggested("northyorkshire.police.uk") == "North Yorkshire Police"
    assert suggested("york.gov.uk") == "City of York Council"
    assert suggested("nhs.net") == "Another NHS organisation"
    assert suggested("justice.gov.uk") == "Another justice organisation"


def test_the_terms_speak_of_all_that_people_agree_to(db, loaded):
    terms = db.session.scalars(select(BookingTerms)).one()

    assert terms.version == 1
    for subject in ("demonstration", "cancel", "colleague", "did not tell us", "privacy notice"):
        assert subject in terms.body
