import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import NOW
from tests.makers import make_partnership, make_terms
from tests.web.reading import heading, links, main, read

PAGES = ["/privacy", "/accessibility", "/terms", "/contact"]


@pytest.mark.parametrize("path", PAGES)
def test_it_is_there_and_linked_from_every_footer(client, db, path):
    make_partnership()
    make_terms()
    response = client.get(path)
    assert response.status_code == 200
    footer = read(response).one("footer")
    assert path in [link["href"] for link in footer.all("a")]


@pytest.mark.parametrize("path", PAGES)
def test_before_anything_is_loaded_there_is_no_such_page(client, db, path):
    assert client.get(path).status_code == 404


def test_the_privacy_notice_tells_of_calendars_that_answer_and_colleagues_who_go_instead(client):
    make_partnership()
    said = main(client.get("/privacy")).text
    assert "What your calendar answered to our invitations" in said
    assert "whether it came back" in said
    assert "if a colleague goes instead of you, each of you learns the other’s name" in said


def test_the_privacy_notice_says_how_long_as_the_settings_have_it(client, db):
    make_partnership(
        booking_years=7,
        access_needs_days=12,
        mail_days=31,
        demonstration_values=["booking_years"],
    )
    said = main(client.get("/privacy")).text
    assert "7 years after the date Demonstration value" in said
    assert "12 days after the date" in said
    assert "31 days" in said
    assert "privacy@partnership.example" in said
    assert "Article 6(1)(e)" in said


def test_the_only_cookie_is_the_one_the_notice_names(client, db):
    make_partnership()
    assert "called session" in main(client.get("/privacy")).text
    for path in ("/", "/my"):
        for cookie in client.get(path).headers.getlist("Set-Cookie"):
            assert cookie.startswith("session=")


def test_pages_without_a_form_set_no_cookie(client, db):
    make_partnership()
    assert "Set-Cookie" not in client.get("/").headers
    assert "Set-Cookie" not in client.get("/privacy").headers


def test_the_terms_are_the_latest_and_the_older_ones_stay_to_be_read(client, db):
    make_partnership()
    make_terms(1, "First words.\n\nMore of them.")
    make_terms(2, "Second words.")

    now, once = client.get("/terms"), client.get("/terms?version=1")

    assert heading(now) == "Booking terms"
    assert "Second words." in main(now).text
    assert links(now)["Version 1"] == "/terms?version=1"
    assert heading(once) == "Booking terms, version 1"
    assert "First words." in main(once).text
    assert "no longer in force" in main(once).text
    assert [p.text for p in main(once).all("p")][1:3] == ["First words.", "More of them."]
    assert client.get("/terms?version=3").status_code == 404
    assert client.get("/terms?version=99999999999999999999").status_code == 404
    assert client.get("/terms?version=x").status_code == 200
    assert f"{NOW:%B %Y}" in main(now).text


def test_contact_says_whom_to_ask(client, db):
    make_partnership()
    found = links(client.get("/contact"))
    assert found["training@partnership.example"] == "mailto:training@partnership.example"


def test_robots_may_fetch_every_calendar_and_no_organisers_page(client, db):
    rules = client.get("/robots.txt")
    assert rules.mimetype == "text/plain"
    lines = rules.text.splitlines()
    assert lines[0] == "User-agent: *"
    assert "Disallow: /organiser/" in lines
    forbidden = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow")]
    for calendar in ("/programme.ics", "/my/1-x/training.ics", "/bookings/1-x.ics", "/dates/1.ics"):
        assert not any(calendar.startswith(path) for path in forbidden)


def test_whoever_finds_a_hole_is_told_whom_to_write_to(client, db, house_with):
    make_partnership()
    said = client.get("/.well-known/security.txt")
    assert said.mimetype == "text/plain"
    assert "Contact: mailto:training@partnership.example" in said.text.splitlines()
    assert "Canonical: http://localhost/.well-known/security.txt" in said.text.splitlines()
    [expires] = re.findall("^Expires: (.+)$", said.text, re.MULTILINE)
    left = datetime.fromisoformat(expires) - datetime.now(UTC)
    assert timedelta(days=170) < left < timedelta(days=365)
    other = house_with(SECURITY_CONTACT="https://partnership.example/holes").test_client()
    assert "Contact: https://partnership.example/holes" in other.get(said.request.path).text
    assert "Set-Cookie" not in said.headers


def test_the_accent_colour_is_a_stylesheet_that_keeps_until_it_changes(client, db):
    make_partnership(accent_colour="#00594c")
    [address] = [
        link["href"] for link in read(client.get("/")).all("link") if "theme" in link["href"]
    ]
    sheet = client.get(address)
    assert address == "/theme.css?v=00594c"
    assert sheet.mimetype == "text/css"
    assert "--accent: #00594c;" in sheet.text
    assert sheet.cache_control.max_age == 31536000
    assert "Set-Cookie" not in sheet.headers
    assert client.get("/theme.css?v=ffffff").cache_control.max_age == 60
