"""A second factor with real codes: the tests read the key off the page as a phone would."""

import time
from datetime import timedelta

import pytest
from passlib.totp import TOTP
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import make_organiser
from tests.people import kinds, mails, words
from tests.web.reading import heading, links, main, wrong
from tests.web.routes import addresses
from webapp import clock
from webapp.models import AuditLine, Organiser
from webapp.services.links import password_token
from webapp.web.organiser.blueprint import OPEN, OWING
from webapp.web.organiser.limits import CODES
from webapp.web.organiser.passwords import EASY

EMAIL, PASSWORD = "olive@partnership.example", "three unlikely words"
SECOND_FACTOR = "/organiser/account/second-factor"
USED = "That code is not right, or was used before. Wait for your app to show the next one"


@pytest.fixture
def olive(partnership):
    return make_organiser(EMAIL, password=PASSWORD)


@pytest.fixture
def at_home(client, olive):
    sign_in(client)
    return client


def sign_in(client, password=PASSWORD, wanted=None):
    return client.post(
        "/organiser/sign-in",
        query_string={"next": wanted} if wanted else None,
        data={"email": EMAIL, "password": password},
    )


def is_in(client):
    return client.get("/organiser/account").status_code == 200


def phone(client):
    """An authenticator app that has just been given the key on the page."""
    key = main(client.get(SECOND_FACTOR)).one(class_="app-key").text
    return TOTP(key=key.replace("-", ""))


def code(app, later=0):
    """What the phone shows now, or so many half minutes later.

    The code of now is good for this half minute and the next, the one after it for three: where
    the tests set up with the first and sign in with the second, a half minute may end in between.
    """
    return app.generate(time=time.time() + 30 * later).token


def set_up(client):
    """Returns the phone and the recovery codes shown. Uses up the code of now."""
    app = phone(client)
    page = client.post(SECOND_FACTOR, data={"code": code(app), "my_password": PASSWORD})
    return app, [item.text for item in main(page).one(class_="app-key").all("li")]


def actions(db):
    return list(db.session.scalars(select(AuditLine.action).order_by(AuditLine.id)))


def test_the_second_factor_is_set_up_with_a_code_and_then_asked_for(at_home, db):
    app, recovery_codes = set_up(at_home)
    assert len(recovery_codes) == len(set(recovery_codes)) == 10
    at_home.post("/organiser/sign-out")

    response = sign_in(at_home, wanted="/organiser/dates/1/attendees?q=ann")
    assert response.location == "/organiser/sign-in/code"
    assert not is_in(at_home)

    response = at_home.post("/organiser/sign-in/code", data={"code": code(app, 1)})
    assert response.location == "/organiser/dates/1/attendees?q=ann"
    assert is_in(at_home)
    assert actions(db) == [
        "signed in",
        "turned on the second factor",
        "signed out",
        "signed in",
    ]


def test_a_code_may_be_typed_as_the_phone_shows_it(at_home):
    app = phone(at_home)
    shown = code(app)
    page = at_home.post(
        SECOND_FACTOR, data={"code": f"{shown[:3]} {shown[3:]}", "my_password": PASSWORD}
    )

    assert heading(page) == "Your second factor is on"


def test_a_code_is_accepted_once(at_home, client):
    app, _ = set_up(at_home)
    now = code(app, 1)
    for _ in range(2):
        at_home.post("/organiser/sign-out")
        sign_in(at_home)
        answer = at_home.post("/organiser/sign-in/code", data={"code": now})

    assert wrong(answer) == {"code": USED}
    assert not is_in(at_home)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Enter the code that your app shows"),
        ("12345", "The code is six digits, such as 123456"),
        ("1234567", "The code is six digits, such as 123456"),
        ("١٢٣٤٥٦", "The code is six digits, such as 123456"),
        ("abcdef", "The code is six digits, such as 123456"),
    ],
)
def test_what_is_no_code_is_said(at_home, typed, sentence):
    set_up(at_home)
    at_home.post("/organiser/sign-out")
    sign_in(at_home)

    assert wrong(at_home.post("/organiser/sign-in/code", data={"code": typed})) == {
        "code": sentence
    }


def test_an_old_code_does_not_open_and_leaves_a_line(at_home, db):
    app, _ = set_up(at_home)
    at_home.post("/organiser/sign-out")
    sign_in(at_home)
    answer = at_home.post("/organiser/sign-in/code", data={"code": code(app, -5)})

    assert wrong(answer) == {"code": USED}
    assert actions(db)[-1] == "failed the second factor"


def test_codes_cannot_be_tried_out(at_home, monkeypatch):
    app, recovery_codes = set_up(at_home)
    at_home.post("/organiser/sign-out")
    sign_in(at_home)
    for _ in range(CODES):
        at_home.post("/organiser/sign-in/code", data={"code": code(app, -9)})

    refused = at_home.post("/organiser/sign-in/code", data={"code": code(app, 1)})
    assert refused.status_code == 429
    assert "Try again in 15 minutes." in refused.text
    recovery = at_home.post("/organiser/sign-in/recovery-code", data={"code": recovery_codes[0]})
    assert recovery.status_code == 429

    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=15))
    at_home.post("/organiser/sign-in/code", data={"code": code(app, 1)})
    assert is_in(at_home)


def test_without_the_password_there_is_no_place_to_type_a_code(client, olive):
    for page in ("code", "recovery-code"):
        response = client.get(f"/organiser/sign-in/{page}")
        assert response.location == "/organiser/sign-in"


def test_the_code_has_to_follow_the_password_within_ten_minutes(at_home):
    app, _ = set_up(at_home)
    at_home.post("/organiser/sign-out")
    sign_in(at_home)
    with at_home.session_transaction() as session:
        session["half"] = {**session["half"], "at": session["half"]["at"] - 601}

    response = at_home.post("/organiser/sign-in/code", data={"code": code(app, 1)})
    assert response.location == "/organiser/sign-in"
    assert "You took longer than ten minutes" in at_home.get(response.location).text


def test_each_recovery_code_opens_once_however_it_is_typed(at_home):
    _, codes = set_up(at_home)

    for typed in (codes[0], codes[1].upper().replace("-", " "), codes[2].replace("-", "")):
        at_home.post("/organiser/sign-out")
        sign_in(at_home)
        at_home.post("/organiser/sign-in/recovery-code", data={"code": typed})
        assert is_in(at_home)
    assert "7 codes left" in at_home.get("/organiser/account").text

    at_home.post("/organiser/sign-out")
    sign_in(at_home)
    answer = at_home.post("/organiser/sign-in/recovery-code", data={"code": codes[0]})
    assert wrong(answer) == {"code": "That is none of your recovery codes, or it was used before"}


def test_recovery_codes_are_shown_once_and_kept_sealed(at_home, db):
    _, codes = set_up(at_home)

    assert codes[0] not in at_home.get("/organiser/account").text
    assert codes[0] not in at_home.get("/organiser/account/recovery-codes").text
    assert codes[0] not in str(db.session.scalars(select(Organiser.mf_recovery_codes)).all())


def test_new_recovery_codes_end_the_old_ones(at_home):
    _, old = set_up(at_home)
    page = at_home.post("/organiser/account/recovery-codes", data={"my_password": PASSWORD})
    new = [item.text for item in main(page).one(class_="app-key").all("li")]
    at_home.post("/organiser/sign-out")
    sign_in(at_home)

    at_home.post("/organiser/sign-in/recovery-code", data={"code": old[0]})
    assert not is_in(at_home)
    at_home.post("/organiser/sign-in/recovery-code", data={"code": new[0]})
    assert is_in(at_home)


def test_the_second_factor_is_switched_off_with_the_password_only(at_home):
    set_up(at_home)
    answer = at_home.post(f"{SECOND_FACTOR}/off", data={"my_password": "a guess at it"})
    assert wrong(answer) == {"my_password": "That is not your password"}

    at_home.post(f"{SECOND_FACTOR}/off", data={"my_password": PASSWORD})
    at_home.post("/organiser/sign-out")
    assert sign_in(at_home).location == "/organiser/"


@pytest.fixture
def required(app, monkeypatch):
    """Everybody here has to have a second factor."""
    monkeypatch.setitem(app.config, "SECOND_FACTOR_REQUIRED", True)


def test_where_a_second_factor_is_required_nothing_opens_before_it_is_set_up(
    app, required, at_home
):
    doors = [door for door in addresses(app, 1) if door[0].startswith("organiser.")]
    for endpoint, method, path in doors:
        if endpoint not in OPEN | OWING:
            answer = at_home.open(path, method=method)
            assert (answer.status_code, answer.location) == (302, SECOND_FACTOR), path

    page = at_home.get(SECOND_FACTOR)
    assert "Everybody who works here needs a second factor." in main(page).text
    assert 'href="/organiser/' not in page.text.replace('href="/organiser/sign-in"', "")
    assert "Sign out" in page.text
    set_up(at_home)
    assert is_in(at_home)


def test_where_it_is_required_nobody_can_switch_it_off(required, at_home):
    set_up(at_home)
    account = "/organiser/account"
    assert f"{SECOND_FACTOR}/off" not in links(at_home.get(account)).values()

    answer = at_home.post(f"{SECOND_FACTOR}/off", data={"my_password": PASSWORD})
    assert answer.location == account
    assert "so it stays on" in at_home.get(account).text
    at_home.post("/organiser/sign-out")
    assert sign_in(at_home).location.startswith("/organiser/sign-in/code")


def test_setting_up_asks_for_the_password_and_a_code_that_fits(at_home):
    app = phone(at_home)

    answer = at_home.post(SECOND_FACTOR, data={"code": code(app), "my_password": "a guess at it"})
    assert wrong(answer) == {"my_password": "That is not your password"}
    answer = at_home.post(SECOND_FACTOR, data={"code": code(app, 9), "my_password": PASSWORD})
    assert set(wrong(answer)) == {"code"}
    assert "Off: your password alone opens your account" in at_home.get("/organiser/account").text


def test_the_key_stays_the_same_while_it_is_being_set_up(at_home):
    assert phone(at_home).key == phone(at_home).key


def test_the_key_is_sealed_in_the_cookie_and_in_the_database(at_home, db):
    app = phone(at_home)
    with at_home.session_transaction() as session:
        assert app.base32_key not in str(dict(session))
    at_home.post(SECOND_FACTOR, data={"code": code(app), "my_password": PASSWORD})

    assert app.base32_key not in db.session.scalars(select(Organiser.tf_totp_secret)).one()


def test_the_square_on_the_page_carries_the_key(at_home):
    page = main(at_home.get(SECOND_FACTOR))
    [address] = [a["href"] for a in page.all("a") if a["href"].startswith("otpauth:")]

    assert TOTP.from_uri(address).key == phone(at_home).key
    assert "olive@partnership.example" in address


def test_another_phone_takes_the_place_of_the_first(at_home):
    old, _ = set_up(at_home)
    new = phone(at_home)
    assert new.key != old.key
    at_home.post(SECOND_FACTOR, data={"code": code(new), "my_password": PASSWORD})
    at_home.post("/organiser/sign-out")
    sign_in(at_home)

    at_home.post("/organiser/sign-in/code", data={"code": code(old, 1)})
    assert not is_in(at_home)
    at_home.post("/organiser/sign-in/code", data={"code": code(new, 1)})
    assert is_in(at_home)


def test_whoever_changes_the_account_its_owner_is_told(at_home):
    set_up(at_home)
    at_home.post("/organiser/account/recovery-codes", data={"my_password": PASSWORD})
    at_home.post(f"{SECOND_FACTOR}/off", data={"my_password": PASSWORD})
    at_home.post(
        "/organiser/account/password",
        data={"my_password": PASSWORD, "new_password": "four other unlikely words"},
    )

    assert kinds(EMAIL) == ["account_changed"] * 4
    assert "no longer asks for a code" in words(mails(EMAIL)[2])


def test_a_changed_second_factor_ends_the_other_sessions_and_not_this_one(app, at_home):
    def elsewhere_after(change):
        elsewhere, cookie = app.test_client(), at_home.get_cookie("session").value
        elsewhere.set_cookie("session", cookie)
        assert is_in(elsewhere)
        change()
        assert is_in(at_home)
        return is_in(elsewhere)

    mine = {"my_password": PASSWORD}
    assert not elsewhere_after(lambda: set_up(at_home))
    assert not elsewhere_after(lambda: at_home.post("/organiser/account/recovery-codes", data=mine))
    assert not elsewhere_after(lambda: at_home.post(f"{SECOND_FACTOR}/off", data=mine))


def test_a_changed_password_ends_the_other_sessions_and_not_this_one(app, at_home, db):
    elsewhere = app.test_client()
    sign_in(elsewhere)
    response = at_home.post(
        "/organiser/account/password",
        data={"my_password": PASSWORD, "new_password": "four other unlikely words"},
    )

    assert response.location == "/organiser/account"
    assert is_in(at_home)
    assert not is_in(elsewhere)
    assert sign_in(elsewhere, "four other unlikely words").location == "/organiser/"
    assert "changed their password" in actions(db)


@pytest.mark.parametrize(
    ("mine", "new", "said"),
    [
        (
            "a guess at it",
            "four other unlikely words",
            {"my_password": "That is not your password"},
        ),
        (
            "",
            "",
            {
                "my_password": "Enter your password",
                "new_password": "Enter the password you want to have",
            },
        ),
        (
            PASSWORD,
            "short",
            {"new_password": "Your password is too short. At least 12 characters."},
        ),
        (PASSWORD, "Olive-Anytown-2025", {"new_password": EASY}),
    ],
)
def test_a_password_is_not_changed_when(at_home, mine, new, said):
    answer = at_home.post(
        "/organiser/account/password", data={"my_password": mine, "new_password": new}
    )

    assert wrong(answer) == said
    assert sign_in(at_home.application.test_client()).location == "/organiser/"


def test_the_password_cannot_be_guessed_from_an_open_session(at_home):
    for _ in range(10):
        at_home.post(f"{SECOND_FACTOR}", data={"code": "123456", "my_password": "a guess at it"})

    answer = at_home.post(
        "/organiser/account/password",
        data={"my_password": PASSWORD, "new_password": "four other unlikely words"},
    )
    assert answer.status_code == 429


def test_no_page_hands_a_password_back(app, at_home, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    monkeypatch.setitem(app.config, "WTF_CSRF_CHECK_DEFAULT", True)

    for page in ("password", "second-factor", "second-factor/off", "recovery-codes"):
        answer = at_home.post(
            f"/organiser/account/{page}",
            data={"my_password": PASSWORD, "new_password": "four other unlikely words"},
            headers={"Origin": "http://localhost"},
        )
        assert answer.status_code == 400
        assert PASSWORD not in answer.text
        assert "four other unlikely words" not in answer.text


def test_a_new_password_by_link_does_not_pass_the_second_factor_by(at_home, client, olive):
    set_up(at_home)
    at_home.post("/organiser/sign-out")
    new = "four other unlikely words"
    client.post(f"/organiser/password/{password_token(olive, NOW)}", data={"new_password": new})

    answer = sign_in(client, new)

    assert answer.location.endswith("/sign-in/code")
    assert not is_in(client)
