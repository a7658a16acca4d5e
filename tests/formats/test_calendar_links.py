from urllib.parse import parse_qs, urlsplit

import pytest

from tests.formats.test_calendar import (
    AWKWARD,
    JOIN_LINK,
    SUMMER,
    WINTER,
    make_booking,
    make_date,
    voice,
)
from webapp.formats import calendar_bookings, calendar_entries, calendar_links
from webapp.formats.plain_text import one_line


def asked(address):
    """What an address asks of the calendar, as its server reads it."""
    return {name: value for name, (value,) in parse_qs(urlsplit(address).query).items()}


def links_of(date, booking=None):
    if booking:
        return calendar_links.for_days([calendar_bookings.private(booking, date.days[0], voice())])
    return calendar_links.for_days(calendar_entries.public(day, voice()) for day in date.days)


@pytest.mark.parametrize(
    ("starts", "google", "outlook"),
    [
        (SUMMER, "20250529T090000Z/20250529T130000Z", "2025-05-29T09:00:00Z"),
        (WINTER, "20251127T100000Z/20251127T140000Z", "2025-11-27T10:00:00Z"),
    ],
)
def test_ten_in_london_is_the_right_instant_in_both_halves_of_the_year(starts, google, outlook):
    (links,) = links_of(make_date(starts, hours=4))
    assert asked(links.google)["dates"] == google
    for address in (links.outlook_at_work, links.outlook_at_home):
        assert asked(address)["startdt"] == outlook


@pytest.mark.parametrize("text", AWKWARD.values(), ids=AWKWARD)
def test_whatever_people_type_arrives_whole(text):
    (links,) = links_of(make_date(text=text))
    assert asked(links.google)["text"] == one_line(text)
    assert asked(links.outlook_at_home)["subject"] == one_line(text)
    for address in (links.google, links.outlook_at_work, links.outlook_at_home):
        assert address.isascii()
        assert "+" not in address
        assert len(address) < 16_000


def test_each_calendar_has_its_own_host():
    (links,) = links_of(make_date())
    hosts = [
        urlsplit(a).netloc for a in (links.google, links.outlook_at_work, links.outlook_at_home)
    ]
    assert hosts == ["calendar.google.com", "outlook.office.com", "outlook.live.com"]


def test_a_date_of_two_days_has_links_for_each():
    first, second = links_of(make_date(SUMMER, WINTER))
    assert (first.day, second.day) == ("Thursday 29 May 2025", "Thursday 27 November 2025")
    assert asked(first.google)["text"].endswith("(day 1 of 2)")


def test_the_join_link_is_only_in_a_booked_person_s_links():
    date = make_date(online=True)
    (public,) = links_of(date)
    (private,) = links_of(date, make_booking(date))
    assert "teams.microsoft" not in "".join([public.google, public.outlook_at_home])
    assert asked(public.google)["location"] == "Online (Safeguarding basics)"
    assert asked(private.google)["location"] == JOIN_LINK
    assert JOIN_LINK in asked(private.outlook_at_work)["body"]


def test_the_page_of_the_date_comes_first_and_long_words_are_cut():
    date = make_date(text="word " * 900)
    (links,) = links_of(date)
    details = asked(links.google)["details"]
    assert details.startswith("https://training.example/dates/7\n\n")
    assert details.endswith("…")


def test_a_feed_is_subscribed_to_by_another_scheme():
    address = "https://training.example/programme.ics?kind=course"
    assert calendar_links.webcal(address) == "webcal://training.example/programme.ics?kind=course"
