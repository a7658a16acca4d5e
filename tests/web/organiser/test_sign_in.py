import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from tests.conftest import NOW
from tests.makers import make_organiser
from tests.people import mails, words
from tests.queries import counted
from tests.web.organiser.conftest import sign_in_as
from tests.web.reading import heading, read, typed, wrong
from webapp import clock
from webapp.models import Attempt, AuditLine, Organiser, RoleName
from webapp.services import organisers
from webapp.web.organiser.limits import FROM_ADDRESS, LINKS, OF_ACCOUNT
from webapp.web.organiser.passwords import EASY

EMAIL, PASSWORD = "olive@partnership.example", "three unlikely words"
UNKNOWN = "Check your email address and your password: we know no account with both"


@pytest.fixture
def olive(partnership):
    return make_organiser(EMAIL, password=PASSWORD)


def sign_in(client, password=PASSWORD, email=EMAIL, wanted=None, **environment):
    return client.post(
        "/organiser/sign-in",
        query_string={"next": wanted} if wanted else None,
        data={"email": email, "password": password},
        environ_base=environment,
    )


def is_in(client):
    return client.get("/organiser/account").status_code == 200


def test_the_footer_of_every_page_leads_whoever_is_signed_in_to_their_first_page(client, olive):
    def ways():
        return {link.text: link.get("href") for link in read(client.get("/")).all("a")}

    assert "Sign in for organisers" in ways()
    sign_in(client)
    assert "Sign in for organisers" not in ways()
    assert client.get(ways()["For organisers"]).location == "/organiser/"


def actions(db):
    return list(db.session.scalars(select(AuditLine.action).order_by(AuditLine.id)))


def test_the_right_password_opens_the_first_page_and_leaves_a_line(client, db, olive):
    response = sign_in(client)

    assert response.location == "/organiser/"
    assert is_in(client)
    assert actions(db) == ["signed in"]


def test_an_address_may_be_typed_in_capitals(client, olive):
    sign_in(client, email=EMAIL.upper())
    assert is_in(client)


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (EMAIL, "three unlikely word"),
        (EMAIL, PASSWORD.upper()),
        ("nobody@partnership.example", PASSWORD),
    ],
)
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    client, olive, email, password
):
    response = sign_in(client, password, email)

    assert response.status_code == 200
    assert wrong(response) == {"email": UNKNOWN}
    assert typed(response, "email") == email
    assert PASSWORD not in response.text
    assert not is_in(client)


def test_blanks_are_said_field_by_field_and_are_no_try(client, db, olive):
    response = sign_in(client, "", "")

    assert wrong(response) == {
        "email": "Enter your email address",
        "password": "Enter your password",
    }
    assert db.session.scalar(select(func.count(Attempt.id))) == 0


@pytest.mark.parametrize("facts", [{"active": False}, {"password": None}])
def test_closed_and_merely_invited_accounts_cannot_sign_in(client, db, olive, facts):
    db.session.execute(update(Organiser).values(**facts))
    db.session.commit()

    assert wrong(sign_in(client)) == {"email": UNKNOWN}


def test_the_account_of_the_demonstration_opens_nothing_else(client, app, db, olive):
    db.session.execute(update(Organiser).values(is_demonstration=True))
    db.session.commit()
    assert wrong(sign_in(client)) == {"email": UNKNOWN}

    sign_in_as(client, olive)
    assert not is_in(client)


def test_a_closed_account_is_out_at_once(client, db, olive):
    sign_in(client)
    organisers.close(db.session.merge(olive))
    db.session.commit()

    assert not is_in(client)


def test_a_session_ends_after_eight_hours(client, olive):
    sign_in(client)
    with client.session_transaction() as session:
        session["fs_paa"] -= 7.9 * 3600
    assert is_in(client)

    with client.session_transaction() as session:
        session["fs_paa"] -= 0.2 * 3600
    assert not is_in(client)


def test_the_session_ends_with_the_browser_and_scripts_cannot_read_it(client, olive):
    cookie = sign_in(client).headers["Set-Cookie"]

    assert "Expires" not in cookie
    assert "Max-Age" not in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_session_is_signed_with_256_bits(client, olive):
    sign_in(client)

    assert len(client.get_cookie("session").value.rpartition(".")[2]) == 43


def test_signing_out_is_in_sight_on_every_page_of_theirs(client, olive):
    sign_in(client)
    for path in ("/organiser/", "/organiser/account", "/organiser/search", "/organiser/outbox"):
        page = read(client.get(path))
        assert "Sign out" in [button.text.strip() for button in page.all("button")], path


def test_passwords_are_masked_and_browsers_may_fill_them_in(client, olive):
    fields = read(client.get("/organiser/sign-in")).all("input")
    sign_in(client)
    fields += read(client.get("/organiser/account/password")).all("input")
    asked = {field["name"]: field for field in fields if "password" in field["name"]}

    assert {name: (field["type"], field["autocomplete"]) for name, field in asked.items()} == {
        "password": ("password", "current-password"),
        "my_password": ("password", "current-password"),
        "new_password": ("password", "new-password"),
    }
    assert not [
        word for field in asked.values() for word in field.attributes if word.startswith("on")
    ]


def test_a_session_from_before_is_not_carried_in(client, olive):
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
    sign_in(client)

    with client.session_transaction() as session:
        assert "planted" not in session


def test_signing_out_ends_the_session_and_leaves_a_line(client, db, olive):
    sign_in(client)
    response = client.post("/organiser/sign-out")

    assert "You have signed out" in client.get(response.location).text
    assert not is_in(client)
    assert actions(db) == ["signed in", "signed out"]


def test_a_copied_cookie_opens_nothing_after_signing_out(app, client, olive):
    sign_in(client)
    copy = app.test_client()
    copy.set_cookie("session", client.get_cookie("session").value)
    assert is_in(copy)

    client.post("/organiser/sign-out")
    assert not is_in(copy)


def test_a_link_does_not_sign_anybody_out(client, olive):
    sign_in(client)
    assert client.get("/organiser/sign-out").status_code == 405
    assert is_in(client)


def test_somebody_signed_in_need_not_sign_in_again(client, olive):
    sign_in(client)
    assert client.get("/organiser/sign-in").location == "/organiser/"


def test_signing_in_leads_to_the_page_that_was_wanted(client, olive):
    away = client.get("/organiser/dates/1/attendees?state=waiting&q=ann")

    response = client.post(away.location, data={"email": EMAIL, "password": PASSWORD})

    assert response.location == "/organiser/dates/1/attendees?state=waiting&q=ann"


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/organiser/",
        "https://evil.example/",
        "//evil.example/organiser/account",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/organiser/../../evil.example",
        "/organiser//evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "http://[",
        "/",
        "/nothing/here",
        "/organiser/sign-out",
        "/organiser/dates/x/attendees",
        "\x00",
        " /organiser/account@evil.example",
    ],
)
def test_a_wanted_page_elsewhere_is_never_gone_to(client, olive, wanted):
    location = sign_in(client, wanted=wanted).location

    assert location in {"/organiser/", "/organiser/account"}


def test_a_trainer_is_led_to_what_their_role_will_show(client, partnership):
    make_organiser("tom@agency.example", role=RoleName.TRAINER, password=PASSWORD)

    response = sign_in(client, email="tom@agency.example", wanted="/organiser/dates/1/attendees")

    assert response.location == "/organiser/role"
    assert "The dates you teach" in client.get("/organiser/role").text


def test_after_ten_wrong_passwords_the_right_one_has_to_wait(client, olive, monkeypatch):
    for _ in range(OF_ACCOUNT):
        sign_in(client, "wrong")

    refused = sign_in(client)
    assert refused.status_code == 429
    assert heading(refused) == "Too many tries"
    assert "Try again in 15 minutes." in refused.text

    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=15))
    sign_in(client)
    assert is_in(client)


def test_tries_at_an_unknown_address_are_limited_alike(client, olive):
    for _ in range(OF_ACCOUNT):
        assert sign_in(client, email="nobody@partnership.example").status_code == 200

    assert sign_in(client, email="nobody@partnership.example").status_code == 429


def test_thirty_wrong_passwords_from_one_place_are_enough_and_others_go_on(client, olive):
    for number in range(FROM_ADDRESS):
        answer = sign_in(client, "wrong", f"a{number}@x.example", REMOTE_ADDR="192.0.2.1")
        assert answer.status_code == 200

    assert sign_in(client, REMOTE_ADDR="192.0.2.1").status_code == 429
    assert sign_in(client, REMOTE_ADDR="192.0.2.2").location == "/organiser/"


def test_failures_before_a_success_no_longer_count(client, olive):
    for _ in range(3):
        for _ in range(OF_ACCOUNT - 1):
            sign_in(client, "wrong")
        assert sign_in(client).location == "/organiser/"
        client.post("/organiser/sign-out")


def test_successes_do_not_use_up_the_tries_of_a_shared_address(client, db, olive):
    for _ in range(FROM_ADDRESS + 1):
        assert sign_in(client).location == "/organiser/"
        client.post("/organiser/sign-out")


def test_a_try_counts_even_when_the_request_fails_afterwards(client, app, db, olive):
    app.config["SECURITY_PASSWORD_SALT"], salt = None, app.config["SECURITY_PASSWORD_SALT"]
    try:
        with pytest.raises(RuntimeError):
            sign_in(client)
    finally:
        app.config["SECURITY_PASSWORD_SALT"] = salt

    assert db.session.scalar(select(func.count(Attempt.id))) == 2


def test_a_token_in_a_header_or_address_opens_nothing(client, app, olive):
    with app.test_request_context():
        token = olive.get_auth_token()

    assert client.get("/organiser/account", headers={"Authentication-Token": token}).location
    assert client.get("/organiser/account", query_string={"auth_token": token}).location


def test_who_has_forgotten_the_password_gets_a_link_that_works_once(client, db, olive):
    response = client.post("/organiser/forgotten", data={"email": EMAIL})
    assert heading(client.get(response.location)) == "Check your email"

    link = link_sent()
    assert "For the account of olive@partnership.example" in client.get(link).text
    response = client.post(link, data={"new_password": "four other unlikely words"})

    assert "Your password is set" in client.get(response.location).text
    assert not is_in(client)
    assert wrong(sign_in(client)) == {"email": UNKNOWN}
    sign_in(client, "four other unlikely words")
    assert is_in(client)
    assert client.get(link).status_code == 410
    assert client.post(link, data={"new_password": "one more unlikely word"}).status_code == 410
    assert [mail.kind for mail in mails(EMAIL)] == ["password_forgotten", "account_changed"]
    assert actions(db) == [
        "was sent a link to choose a password",
        "chose a password by a link",
        "signed in",
    ]


def test_a_new_password_by_link_ends_every_session(client, olive):
    sign_in(client)
    client.post("/organiser/forgotten", data={"email": EMAIL})
    client.post(link_sent(), data={"new_password": "four other unlikely words"})

    assert not is_in(client)


def test_a_new_password_by_link_lets_in_who_had_tried_too_often(client, olive):
    for _ in range(OF_ACCOUNT):
        sign_in(client, "wrong")
    client.post("/organiser/forgotten", data={"email": EMAIL})
    client.post(link_sent(), data={"new_password": "four other unlikely words"})

    assert sign_in(client, "four other unlikely words").location == "/organiser/"


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client, olive):
    known = client.post("/organiser/forgotten", data={"email": EMAIL})
    unknown = client.post("/organiser/forgotten", data={"email": "nobody@partnership.example"})

    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    assert [mail.to for mail in mails()] == [EMAIL]


def test_an_unknown_address_is_as_much_work(client, db, olive):
    with counted() as known:
        client.post("/organiser/forgotten", data={"email": EMAIL})
    with counted() as unknown:
        client.post("/organiser/forgotten", data={"email": "nobody@partnership.example"})

    # All but the account's roles and the mail itself, which are nothing beside writing it.
    assert len(known) - len(unknown) <= 2


def test_no_more_than_a_few_links_an_hour_and_nobody_is_told(client, olive):
    for _ in range(LINKS + 3):
        response = client.post("/organiser/forgotten", data={"email": EMAIL})
        assert response.location == "/organiser/forgotten/written"

    assert len(mails(EMAIL)) == LINKS


def test_a_closed_account_gets_no_link(client, db, olive):
    db.session.execute(update(Organiser).values(active=False))
    db.session.commit()
    client.post("/organiser/forgotten", data={"email": EMAIL})

    assert mails() == []


def test_a_link_to_choose_a_password_lasts_an_hour(client, olive, monkeypatch):
    client.post("/organiser/forgotten", data={"email": EMAIL})
    link = link_sent()

    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=59))
    assert client.get(link).status_code == 200
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=60))
    assert heading(client.get(link)) == "This link no longer works"


def test_an_altered_link_is_no_link(client, olive):
    client.post("/organiser/forgotten", data={"email": EMAIL})
    link = link_sent()
    stranger = make_organiser(password=PASSWORD)

    last = "A" if link[-1] != "A" else "B"
    assert client.get(link[:-1] + last).status_code == 404
    assert client.get(re.sub(r"/\d+-", f"/{stranger.id}-", link)).status_code == 404


def test_a_short_password_is_not_taken(client, olive):
    client.post("/organiser/forgotten", data={"email": EMAIL})
    response = client.post(link_sent(), data={"new_password": "elevenchars"})

    assert wrong(response) == {
        "new_password": "Your password is too short. At least 12 characters."
    }


def test_a_password_of_words_of_the_house_is_not_taken(client, olive):
    client.post("/organiser/forgotten", data={"email": EMAIL})
    link = link_sent()

    assert wrong(client.post(link, data={"new_password": "Safeguarding2025"})) == {
        "new_password": EASY
    }
    assert client.post(link, data={"new_password": "four other unlikely words"}).status_code == 302


@pytest.mark.parametrize(
    "odd", ["a long green walk " * 200 + ".", "ünlikely wörds ✓ here", "שלוש מילים לא צפויות"]
)
def test_any_letters_make_a_password(client, olive, odd):
    client.post("/organiser/forgotten", data={"email": EMAIL})
    client.post(link_sent(), data={"new_password": odd})

    assert sign_in(client, odd).location == "/organiser/"


def link_sent():
    """The private link of the last mail, as a path."""
    return re.search(r"http://localhost(/organiser/password/\S+)", words(mails(EMAIL)[-1]))[1]
