"""The guard at the entrance of the corridor; which door opens to whom is in web/test_roles.py."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from tests.conftest import ON_POSTGRES
from tests.makers import make_course, make_date, make_organiser
from tests.web.organiser.conftest import sign_in_as
from tests.web.reading import heading, links, main, read, typed
from webapp.models import RoleName
from webapp.web.organiser import blueprint

LONG_AGO = datetime(2025, 1, 7, 10, tzinfo=UTC)
OURS = {"Origin": "http://localhost"}


def test_an_account_without_a_role_sees_no_list(app, client, partnership):
    sign_in_as(client, make_organiser(roles=[]))

    assert client.get("/organiser/dates/1/attendees").status_code == 403
    assert client.get("/organiser/role").status_code == 200


def test_who_was_signed_out_over_a_form_signs_in_elsewhere_and_sends_what_was_typed(
    app, partnership
):
    organiser, course = make_organiser(role=RoleName.ORGANISER), make_course()
    client, url = app.test_client(), f"/organiser/courses/{course.id}/dates/new?from=list"
    sent = {"before_you_come": "Bring <a> pen.", "format": "online"}
    page = client.post(url, data=sent, headers=OURS)

    assert page.status_code == 403
    assert heading(page) == "You are no longer signed in"
    assert links(page)["Sign in (opens in a new tab)"] == "/organiser/sign-in"
    [form] = main(page).all("form")
    again = {field["name"]: field["value"] for field in form.all("input")}
    assert form["action"] == url
    assert sent.items() <= again.items()

    sign_in_as(client, organiser)
    page = client.post(form["action"], data=again, headers=OURS)
    assert typed(page, "before_you_come") == "Bring <a> pen."


@pytest.mark.parametrize(
    ("sent", "headers"),
    [
        ({"before_you_come": "Put in my mouth"}, {}),
        ({"new_password": "Put in my mouth"}, OURS),
        ({"csrf_token": "Put in my mouth"}, OURS),
    ],
)
def test_nothing_else_is_handed_back_and_signing_in_comes_first(client, partnership, sent, headers):
    answer = client.post(
        f"/organiser/courses/{make_course().id}/dates/new", data=sent, headers=headers
    )
    assert answer.status_code == 302
    assert answer.location.startswith("/organiser/sign-in?next=")
    assert "Put in my mouth" not in answer.text


def test_what_cannot_be_done_does_not_send_organisers_to_ask_themselves(signed_in):
    page = signed_in.get(f"/organiser/dates/{make_date(starts_at=LONG_AGO).id}/attendees/add")
    assert page.status_code == 409
    assert "Go back and open the page again" in main(page).text
    assert links(page).keys().isdisjoint({"programme", "training@partnership.example"})


def test_the_navigation_offers_only_what_the_role_opens(client, partnership):
    sign_in_as(client, make_organiser(role=RoleName.TRAINER))
    page = client.get("/organiser/role")

    assert "/organiser/account" in page.text
    assert "/organiser/audit" not in page.text
    assert "/organiser/outbox" not in page.text


def test_every_name_on_a_list_of_the_guard_is_a_page(app):
    listed = blueprint.OPEN | blueprint.FOR_ALL | blueprint.FOR_ADMINISTRATORS
    listed |= blueprint.FOR_TRAINERS | blueprint.FOR_REPORTERS

    assert listed - set(app.view_functions) == set()


def test_nobody_s_pages_are_kept_by_a_shared_computer(signed_in):
    assert signed_in.get("/organiser/account").headers["Cache-Control"] == "no-store"


def test_every_role_of_an_account_counts(client, db, partnership):
    both = make_organiser(role=RoleName.TRAINER)
    both.roles = [*both.roles, *make_organiser(role=RoleName.ADMINISTRATOR).roles]
    db.session.commit()
    sign_in_as(client, both)

    assert client.get("/organiser/audit").status_code == 200
    assert client.get("/organiser/role").status_code == 200


@pytest.mark.skipif(ON_POSTGRES, reason="there a missing table is a fault, not an absence")
@pytest.mark.parametrize("page", ["/", "/organiser/", "/organiser/account"])
def test_the_page_that_says_the_database_is_away_does_not_ask_it_who_is_there(signed_in, db, page):
    db.session.execute(text("ALTER TABLE organiser RENAME TO away"))
    db.session.commit()

    assert signed_in.get(page).status_code == 503


def test_what_administrators_do_has_one_entry_in_the_navigation(as_administrator):
    page = as_administrator.get("/organiser/people")
    entries = read(page).one("ul", id="navigation").all("a")

    assert "People" not in [entry.text for entry in entries]
    [here] = [entry for entry in entries if entry.get("aria-current")]
    assert (here.text, here["aria-current"]) == ("Settings", "true")
    ways = links(as_administrator.get("/organiser/settings"))
    assert ways["People who sign in"] == "/organiser/people"
    assert ways["Audit log"] == "/organiser/audit"
