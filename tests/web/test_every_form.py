"""Every route of the house, walked for what strangers try: forms without tokens or from elsewhere,
links that change something or lead away, hosts and headers of their own."""

import re

import pytest

from tests.makers import make_course
from tests.queries import counted
from tests.web.organiser.conftest import sign_in_as
from tests.web.reading import TOKEN
from tests.web.routes import addresses
from webapp import csrf
from webapp.models import RoleName

HTTPS = "https://training.example"
OPEN_TOO_LONG = "This page was open too long"
# The one line that looking may write.
NOTED = re.compile("INSERT INTO audit_line|SAVEPOINT|RELEASE")


def forms(app):
    return [path for _, method, path in addresses(app, 1) if method == "POST"]


def looks(app):
    return [(name, path) for name, method, path in addresses(app, 1) if method == "GET"]


def token(client, **where):
    page = client.get("/my", **where).text
    return TOKEN.search(page)[1]


@pytest.fixture
def earnest(house_with, world):
    """The house as it is without the ease of tests, at an address of its own by https."""
    return house_with(WTF_CSRF_ENABLED=True, BASE_URL=HTTPS, SESSION_COOKIE_SECURE=True)


def test_no_form_is_exempt_from_carrying_its_token():
    assert csrf._exempt_views == set()
    assert csrf._exempt_blueprints == set()


def test_no_form_is_taken_without_its_token_or_with_that_of_somebody_else(earnest, world):
    stranger = token(earnest.test_client(), base_url=HTTPS)
    client = earnest.test_client()
    sign_in_as(client, world[RoleName.ADMINISTRATOR])
    for path in forms(earnest):
        for sent in ({}, {"csrf_token": stranger}):
            page = client.post(path, data=sent)
            assert page.status_code == 400, path
            assert OPEN_TOO_LONG in page.text, path


def test_no_form_is_taken_from_another_site_s_page_though_it_has_the_token(earnest):
    client = earnest.test_client()
    sent = {"csrf_token": token(client, base_url=HTTPS)}
    for path in forms(earnest):
        headers = {"Origin": "https://stranger.example"}
        page = client.post(path, data=sent, headers=headers, base_url=HTTPS)
        assert page.status_code == 400, path


@pytest.mark.slow
def test_every_form_works_over_https_where_a_network_takes_the_referer_away(earnest, world):
    for path in forms(earnest):
        client = earnest.test_client()
        sent = {"csrf_token": token(client, base_url=HTTPS)}
        answer = client.post(path, data=sent, headers={"Origin": HTTPS}, base_url=HTTPS)
        assert answer.status_code < 500, path
        assert OPEN_TOO_LONG not in answer.text, path
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000", path
        for cookie in answer.headers.getlist("Set-Cookie"):
            assert "Secure;" in cookie, path
            assert "HttpOnly" in cookie, path
            assert "SameSite=Lax" in cookie, path


def test_cookies_are_for_https_alone_where_the_house_is(earnest):
    [cookie] = earnest.test_client().get("/my", base_url=HTTPS).headers.getlist("Set-Cookie")
    assert {"Secure", "HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


@pytest.mark.slow
def test_looking_changes_nothing_whoever_made_somebody_follow_the_link(app, world):
    client = app.test_client()
    sign_in_as(client, world[RoleName.ADMINISTRATOR])
    for name, path in looks(app):
        with counted() as sent:
            client.get(path)
        wrote = [one for one in sent if not re.match("SELECT|BEGIN|PRAGMA", one)]
        assert [one for one in wrote if not NOTED.match(one)] == [], name


@pytest.mark.slow
def test_no_address_sends_anybody_elsewhere(app, world):
    client = app.test_client()
    sign_in_as(client, world[RoleName.ORGANISER])
    asked = "&".join(f"{name}=//stranger.example/" for name in ("next", "url", "return", "to"))
    for _, path in looks(app):
        answer = client.get(f"{path}?{asked}")
        assert not re.match(r"\s*(https?:|[/\\]{2})", answer.headers.get("Location", "")), path


@pytest.mark.parametrize(
    "told",
    [
        {"Host": "stranger.example"},
        {"X-Forwarded-Host": "stranger.example"},
        {"Forwarded": "host=stranger.example"},
    ],
)
def test_no_page_or_mail_believes_which_host_it_was_asked_by(app, world, told):
    make_course(slug="told")
    client = app.test_client()
    paths = ["/", "/dates/1", "/courses/told", "/dates/1.ics", "/programme.ics", "/robots.txt"]
    for path in (*paths, "/organiser/"):
        answer = client.get(path, headers=told)
        assert "stranger.example" not in answer.text, path
        assert "stranger.example" not in answer.headers.get("Location", ""), path


@pytest.mark.parametrize(
    "line", ["a%0d%0aX-Injected:%20yes", "a%0aSet-Cookie:%20session=x", "%E5%98%8A%E5%98%8DX:y"]
)
def test_no_answer_has_a_header_of_a_stranger_s(app, world, line):
    client = app.test_client()
    sign_in_as(client, world[RoleName.ORGANISER])
    paths = [f"/?text={line}", f"/courses/{line}", f"/weeks/{line}/book?x={line}", f"/{line}"]
    for path in (*paths, f"/organiser/attendees?text={line}", f"/organiser/sign-in?next={line}"):
        headers = client.get(path).headers
        assert "X-Injected" not in headers, path
        assert "session=x" not in headers.getlist("Set-Cookie"), path
