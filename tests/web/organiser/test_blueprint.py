"""The guard at the entrance of the corridor, tried at every door."""

import pytest
from sqlalchemy import text

from tests.conftest import ON_POSTGRES
from tests.makers import make_organiser
from tests.web.organiser.conftest import sign_in_as
from webapp.models import RoleName
from webapp.web.organiser import blueprint


def doors(app):
    """(endpoint, method, path) of every page of the corridor, every number in it a 1."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("organiser."):
            _, path = rule.build(dict.fromkeys(rule.arguments, 1))
            for method in sorted(rule.methods & {"GET", "POST"}):
                yield rule.endpoint, method, path


def test_every_page_asks_who_you_are(app, client, partnership):
    closed = [door for door in doors(app) if door[0] not in blueprint.OPEN]

    assert len(closed) > 20
    for endpoint, method, path in closed:
        response = client.open(path, method=method)
        assert response.status_code == 302, endpoint
        assert response.location.startswith("/organiser/sign-in"), endpoint


@pytest.mark.parametrize("role", [RoleName.TRAINER, RoleName.REPORTER])
def test_a_trainer_or_reporter_may_see_their_own_account_and_nothing_else(
    app, client, partnership, role
):
    sign_in_as(client, make_organiser(role=role))
    for_them = blueprint.OPEN | blueprint.FOR_ALL

    for endpoint, method, path in doors(app):
        if endpoint not in for_them:
            assert client.open(path, method=method).status_code == 403, endpoint
    for endpoint in for_them & {"organiser.role", "organiser.account"}:
        assert client.get(f"/organiser/{endpoint.removeprefix('organiser.')}").status_code == 200


def test_an_account_without_a_role_sees_no_list(app, client, partnership):
    sign_in_as(client, make_organiser(roles=[]))

    assert client.get("/organiser/dates/1/attendees").status_code == 403
    assert client.get("/organiser/role").status_code == 200


@pytest.mark.parametrize("page", ["/organiser/audit", "/organiser/settings"])
def test_settings_and_audit_log_are_for_administrators(client, partnership, page):
    sign_in_as(client, make_organiser(role=RoleName.ORGANISER))
    assert client.get(page).status_code == 403

    sign_in_as(client, make_organiser(role=RoleName.ADMINISTRATOR))
    assert client.get(page).status_code == 200


def test_the_navigation_offers_only_what_the_role_opens(client, partnership):
    sign_in_as(client, make_organiser(role=RoleName.TRAINER))
    page = client.get("/organiser/role")

    assert "/organiser/account" in page.text
    assert "/organiser/audit" not in page.text
    assert "/organiser/outbox" not in page.text


def test_every_name_on_a_list_of_the_guard_is_a_page(app):
    listed = blueprint.OPEN | blueprint.FOR_ALL | blueprint.FOR_ADMINISTRATORS

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
