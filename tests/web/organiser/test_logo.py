"""A logo on every page: put there, replaced, taken away."""

from io import BytesIO

from sqlalchemy import select

from tests.formats.test_logos import png, svg
from tests.queries import counted
from tests.web.reading import buttons, read, wrong
from webapp.models import AuditLine, Logo

URL = "/organiser/settings/logo"


def send(client, content):
    return client.post(URL, data={"logo": (BytesIO(content), "logo")})


def shown(client):
    return [image["src"] for image in read(client.get("/privacy")).all("img")]


def test_a_logo_stands_on_every_page_and_is_kept_by_browsers(as_administrator, client, db):
    assert shown(client) == []
    assert send(as_administrator, png()).location == URL

    [address] = shown(client)
    answer = client.get(address)
    assert (answer.mimetype, answer.data) == ("image/png", png())
    assert "max-age=31536000" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert db.session.scalars(select(AuditLine.action)).all() == ["changed the logo"]


def test_another_takes_its_place_under_another_address(as_administrator, client, db):
    send(as_administrator, png())
    before = shown(client)
    send(as_administrator, svg())

    assert shown(client) != before
    answer = client.get(*shown(client))
    assert answer.mimetype == "image/svg+xml"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert len(db.session.scalars(select(Logo)).all()) == 1


def test_what_is_refused_leaves_the_logo_as_it_was(as_administrator, client):
    send(as_administrator, png())
    before = shown(client)
    assert "<script>" in wrong(send(as_administrator, svg("<script/>")))["logo"]
    assert wrong(as_administrator.post(URL)) == {"logo": "Choose the picture"}
    assert shown(client) == before


def test_it_is_taken_away_again(as_administrator, client, db):
    send(as_administrator, png())
    assert "Take the logo away" in buttons(as_administrator.get(URL))
    as_administrator.post(f"{URL}/remove")

    assert shown(client) == []
    assert client.get("/logo").status_code == 404
    assert as_administrator.post(f"{URL}/remove").status_code == 302


def test_a_page_asks_no_more_of_the_database_for_it(as_administrator, client):
    with counted() as without:
        client.get("/privacy")
    send(as_administrator, png())
    with counted() as with_logo:
        client.get("/privacy")
    assert len(without) == len(with_logo)
