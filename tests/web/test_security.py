import re

import pytest

from tests.makers import make_booking, make_date, make_partnership
from tests.web.reading import TOKEN, read
from webapp.services import links


@pytest.mark.parametrize(
    "path", ["/", "/no/such/page", "/theme.css", "/programme.ics", "/robots.txt"]
)
def test_every_answer_is_guarded(client, db, path):
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    for rule in (
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ):
        assert rule in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Access-Control-Allow-Origin" not in headers


def test_a_file_of_ours_is_guarded_too_and_remembers_https(house_with, db):
    secure = house_with(BASE_URL="https://training.example").test_client()
    answer = secure.get("/static/app.css")
    policy = answer.headers["Content-Security-Policy"]
    for rule in ("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert rule in policy
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    answer.close()
    plain = house_with().test_client().get("/static/app.css")
    assert "Strict-Transport-Security" not in plain.headers
    plain.close()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/no/such/page", "text/html; charset=utf-8"),
        ("/theme.css", "text/css; charset=utf-8"),
        ("/programme.ics", "text/calendar; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/.well-known/security.txt", "text/plain; charset=utf-8"),
        ("/static/app.css", 'text/css; charset="utf-8"'),
        ("/healthz", "text/plain; charset=utf-8"),
    ],
)
def test_every_answer_says_what_it_is_and_in_which_letters(client, db, path, kind):
    make_partnership()
    answer = client.get(path)
    assert answer.headers["Content-Type"] == kind
    answer.close()


@pytest.mark.parametrize(
    "path", ["/static/", "/static", "/.git/config", "/static/../wsgi.py", "/static/%2e%2e/wsgi.py"]
)
def test_no_folder_and_nothing_beside_the_files_for_pages_is_in_sight(client, db, path):
    assert client.get(path).status_code == 404


def test_scripts_carry_the_nonce_of_their_answer_and_each_answer_another(client, db):
    nonces = set()
    for _ in range(2):
        response = client.get("/")
        [nonce] = re.findall("'nonce-([^']+)'", response.headers["Content-Security-Policy"])
        scripts = read(response).all("script")
        assert scripts
        assert {script["nonce"] for script in scripts} == {nonce}
        nonces.add(nonce)
    assert len(nonces) == 2


def test_no_page_has_words_of_style_or_script_of_its_own(client, db):
    make_partnership()
    date = make_date()
    for path in (
        "/",
        "/?view=month",
        f"/dates/{date.id}",
        f"/courses/{date.course.slug}",
        "/privacy",
    ):
        page = read(client.get(path))
        assert page.all("style") == []
        for element in page.all():
            for attribute in element.attributes:
                assert not attribute.startswith("on")
                assert attribute != "style"


def test_pages_that_show_somebody_are_kept_nowhere(client, db):
    make_partnership()
    token = links.booking_token(make_booking(make_date()))
    for path in (f"/bookings/{token}", "/my", "/organiser/sign-in", "/no/such/page"):
        headers = client.get(path).headers
        assert headers["Cache-Control"] == "no-store", path
        assert headers["X-Robots-Tag"] == "noindex", path
        assert headers["Referrer-Policy"] == "same-origin", path


def test_public_pages_are_asked_for_again(client, db):
    headers = client.get("/").headers
    assert headers["Cache-Control"] == "no-cache"
    assert "X-Robots-Tag" not in headers


def test_a_personal_feed_tells_no_referrer(client, db):
    make_partnership()
    token = links.feed_token(make_booking(make_date()).practitioner)
    headers = client.get(f"/my/{token}/training.ics").headers
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "private" in headers["Cache-Control"]


def test_https_is_remembered_and_http_is_not(client, db):
    secure = client.get("/", base_url="https://localhost")
    assert secure.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in client.get("/").headers


def test_proxies_are_believed_only_as_many_as_are_set(house_with, db):
    told = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "1.2.3.4"}
    behind = house_with(PROXIES=1).test_client().get("/", headers=told)
    alone = house_with().test_client().get("/", headers=told)
    assert "Strict-Transport-Security" in behind.headers
    assert "Strict-Transport-Security" not in alone.headers


def test_who_forges_where_they_ask_from_is_counted_all_the_same(house_with, db):
    make_partnership()
    visitor = house_with(PROXIES=1, RATELIMIT_ENABLED=True).test_client()
    codes = [
        visitor.get(
            f"/certificates/ABCDEFGH{n}", headers={"X-Forwarded-For": f"10.0.0.{n}, 192.0.2.1"}
        ).status_code
        for n in range(22, 44)
    ]
    assert codes == [404] * 20 + [429] * 2


def test_pressing_a_button_over_and_over_is_stopped_and_reading_is_not(house_with, db):
    make_partnership()
    visitor = house_with(RATELIMIT_ENABLED=True).test_client()

    codes = [visitor.post("/my", data={}).status_code for _ in range(61)]

    assert set(codes[:60]) == {200}
    assert codes[60] == 429
    stopped = visitor.post("/my", data={})
    assert "Too many tries" in stopped.text
    assert "per 1 minute" not in stopped.text
    assert all(visitor.get("/").status_code == 200 for _ in range(70))
    # Somebody else, at another address, is not stopped.
    other = visitor.post("/my", data={}, environ_base={"REMOTE_ADDR": "10.9.8.7"})
    assert other.status_code == 200


def test_static_files_keep_for_a_year_and_their_addresses_change_with_them(client, db):
    page = read(client.get("/"))
    sheets = [link["href"] for link in page.all("link") if link["href"].startswith("/static/")]
    assert len(sheets) >= 3
    for address in sheets:
        assert re.search(r"\?v=[0-9a-f]{12}$", address)
        answer = client.get(address)
        assert answer.status_code == 200
        assert "max-age=31536000" in answer.headers["Cache-Control"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Access-Control-Allow-Origin" not in answer.headers
        answer.close()


def test_nothing_is_fetched_from_anybody_else(client, db):
    make_partnership()
    page = read(client.get("/"))
    for element in [*page.all("script"), *page.all("img"), *page.all("link")]:
        address = element.get("src") or element.get("href") or "/"
        assert address.startswith("/")
        assert not address.startswith("//")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://training.example"}, 302),
        ({"Origin": "https://training.example", "Referer": "https://training.example/my"}, 302),
        ({}, 302),
        ({"Origin": "https://stranger.example"}, 400),
        ({"Origin": "null"}, 400),
        ({"Origin": "http://training.example"}, 400),
    ],
)
def test_over_https_a_form_needs_no_referer_and_comes_from_no_stranger(
    house_with, db, headers, status
):
    make_partnership()
    house = house_with(WTF_CSRF_ENABLED=True, BASE_URL="https://training.example")
    visitor = house.test_client()
    page = visitor.get("/my", base_url="https://training.example").text
    token = TOKEN.search(page)[1]

    answer = visitor.post(
        "/my",
        data={"email": "ann@agency.example", "csrf_token": token},
        headers=headers,
        base_url="https://training.example",
    )

    assert answer.status_code == status
