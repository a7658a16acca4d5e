"""Private links: right ones open, replaced ones are gone, and nothing else gets anywhere."""

from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.makers import make_booking, make_course, make_organiser, make_practitioner, save
from webapp.errors import Gone, NotFound
from webapp.models import Interest
from webapp.services import links

A_WEEK = timedelta(days=7)


def make_interest():
    return save(
        Interest(course=make_course(), name="Ann", email="ann@agency.example", registered_at=NOW)
    )


# What makes a link, what opens it, a row it may be for, and what ends those already sent.
KINDS = {
    "booking": (links.booking_token, links.open_booking, make_booking, "link_generation"),
    "feed": (links.feed_token, links.open_feed, make_practitioner, "feed_generation"),
    "interest": (links.interest_token, links.open_interest, make_interest, "link_generation"),
    "my": (
        lambda row: links.my_token(row, NOW),
        lambda token: links.open_my(token, NOW),
        make_practitioner,
        "link_generation",
    ),
    "password": (
        lambda row: links.password_token(row, NOW),
        lambda token: links.open_password(token, NOW),
        make_organiser,
        "link_generation",
    ),
}
each_kind = pytest.mark.parametrize(
    ("token_of", "opened", "make", "generation"), KINDS.values(), ids=KINDS
)


@each_kind
def test_a_link_opens_what_it_was_made_for(db, token_of, opened, make, generation):
    first, second = make(), make()

    assert opened(token_of(first)) is first
    assert opened(token_of(second)) is second
    assert token_of(first) == token_of(first)


@each_kind
def test_a_replaced_link_is_gone_and_the_new_one_opens(db, token_of, opened, make, generation):
    row = make()
    first = token_of(row)
    setattr(row, generation, 1)
    second = token_of(row)
    setattr(row, generation, 2)

    for old in (first, second):
        with pytest.raises(Gone, match="replaced"):
            opened(old)
    assert opened(token_of(row)) is row


@each_kind
def test_a_link_altered_anywhere_is_not_found(db, token_of, opened, make, generation):
    token = token_of(make())

    for at in range(len(token)):
        altered = token[:at] + ("B" if token[at] != "B" else "C") + token[at + 1 :]
        with pytest.raises(NotFound):
            opened(altered)
    for altered in (token[:-1], token + "A", token + "=", f"0{token}", f" {token}", token.upper()):
        with pytest.raises(NotFound):
            opened(altered)


@each_kind
@pytest.mark.parametrize(
    "token",
    [
        "",
        "-",
        "1",
        "1-",
        "1--",
        "-1-x",
        "0-x",
        "1e3-x",
        "1.0-x",
        "+1-x",
        "9" * 5000 + "-x",
        f"{2**31}-x",
        f"{2**63}-x",
        "999999999-x",
        "\x00",
        "1\x00-x",
        "1-\x00",
        "1-\x00-\x00",
        "\u0661-x",
        "²-x",
        "1-é",
        "1-\ud800",
        "1-\ud800-x",
        "1-😀",
        "1-9999999999999999999999-x",
        "1-nan-x",
        "../../etc/passwd",
        "1' OR '1'='1",
        "x" * 100_000,
    ],
)
def test_whatever_somebody_types_is_not_found(db, token_of, opened, make, generation, token):
    make()

    with pytest.raises(NotFound):
        opened(token)


def test_a_link_of_one_kind_opens_no_other(db):
    booking = make_booking()
    person = booking.practitioner
    rows = {"booking": booking, "feed": person, "my": person}
    rows |= {"interest": make_interest(), "password": make_organiser()}
    # All have the same number, so that only the purpose tells their links apart.
    assert {row.id for row in rows.values()} == {1}

    for kind, row in rows.items():
        token = KINDS[kind][0](row)
        for other in KINDS.keys() - {kind}:
            with pytest.raises(NotFound):
                KINDS[other][1](token)


def test_a_link_holds_only_under_the_key_it_was_made_with(app, db):
    booking = make_booking()
    token = links.booking_token(booking)
    kept = app.config["SECRET_KEY"]
    app.config["SECRET_KEY"] = "another key"
    try:
        with pytest.raises(NotFound):
            links.open_booking(token)
    finally:
        app.config["SECRET_KEY"] = kept


def test_a_link_carries_the_32_bytes_of_its_hmac(db):
    assert len(links.feed_token(make_practitioner()).partition("-")[2]) == 43


def test_the_link_to_my_bookings_runs_out_after_seven_days(db):
    practitioner = make_practitioner()
    token = links.my_token(practitioner, NOW)

    assert links.open_my(token, NOW + A_WEEK - timedelta(seconds=1)) is practitioner
    with pytest.raises(Gone, match="expired"):
        links.open_my(token, NOW + A_WEEK)


def test_an_invitation_keeps_a_week_and_a_forgotten_password_an_hour(db):
    invited, forgetful = make_organiser(password=None), make_organiser(password="hash")
    invitation, reset = (links.password_token(row, NOW) for row in (invited, forgetful))
    soon, later = NOW + timedelta(minutes=59), NOW + timedelta(hours=1)

    assert links.open_password(reset, soon) is forgetful
    with pytest.raises(Gone, match="expired"):
        links.open_password(reset, later)
    assert links.open_password(invitation, later) is invited
    with pytest.raises(Gone, match="expired"):
        links.open_password(invitation, NOW + A_WEEK)


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000/dates/7"),
        ("https://training.example.org", "https://training.example.org/dates/7"),
        ("https://example.org/training", "https://example.org/training/dates/7"),
    ],
)
def test_addresses_are_built_on_the_base_url_whoever_asks(app, db, base, expected):
    kept = app.config["BASE_URL"]
    app.config["BASE_URL"] = base
    try:
        assert links.address("public.date", date_id=7) == expected
        with app.test_request_context(base_url="http://attacker.example"):
            assert links.address("public.date", date_id=7) == expected
    finally:
        app.config["BASE_URL"] = kept
