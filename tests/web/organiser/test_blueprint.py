"""The guard at the entrance of the corridor; which door opens to whom is in web/test_roles.py."""

import pytest
from sqlalchemy import text

from tests.conftest import ON_POSTGRES
from tests.makers import make_organiser
from tests.web.organiser.conftest import sign_in_as
from tests.web.reading import links, read
from webapp.models import RoleName
from webapp.web.organiser import blueprint


def test_an_account_without_a_role_sees_no_list(app, client, partnership):
    sign_in_as(client, make_organiser(roles=[]))

    assert client.get("/organiser/dates/1/attendees").status_code == 403
    assert client.get("/organiser/role").status_code == 200


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
