from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.makers import make_agency, make_organiser, make_partnership
from tests.people import kinds, mails, words
from webapp.errors import Gone, NotFound
from webapp.models import RoleName
from webapp.services import links, organisers, second_factor

EMAIL, PASSWORD = "ann@partnership.example", "three unlikely words"


def test_an_account_is_found_however_its_address_is_written(db):
    ann = make_organiser(EMAIL)

    assert organisers.find("Ann@Partnership.Example") == ann
    assert organisers.find("nobody@partnership.example") is None
    assert organisers.find("\x00") is None


def test_a_password_is_the_same_however_the_keyboard_composes_it(db):
    make_organiser(EMAIL, password="caf\u00e9 au lait noir")

    assert organisers.with_password(EMAIL, "cafe\u0301 au lait noir")


def test_a_password_is_not_kept_in_plain_text(db):
    ann = make_organiser(EMAIL, password=PASSWORD)

    assert ann.password.startswith("$argon2id$")
    assert make_organiser(password=PASSWORD).password != ann.password


def test_nobody_s_password_is_empty(db):
    make_organiser(EMAIL)

    assert organisers.with_password(EMAIL, "") is None


@pytest.mark.parametrize(("password", "days"), [(None, 7), (PASSWORD, 1 / 24)])
def test_invitations_keep_longer_than_links_for_a_forgotten_password(db, password, days):
    ann = make_organiser(EMAIL, password=password)
    token, lasts = links.password_token(ann, NOW), timedelta(days=days)

    assert links.open_password(token, NOW + lasts - timedelta(seconds=1)) == ann
    with pytest.raises(Gone):
        links.open_password(token, NOW + lasts)


def test_a_link_does_not_outlive_the_password_it_was_for(db):
    ann = make_organiser(EMAIL)
    token = links.password_token(ann, NOW)
    organisers.set_password(ann, PASSWORD)

    with pytest.raises(Gone):
        links.open_password(token, NOW)


def test_a_link_to_bookings_chooses_no_password(db):
    ann = make_organiser(EMAIL)
    token = links.password_token(ann, NOW)

    with pytest.raises(NotFound):
        links.open_my(token, NOW)


def test_people_with_and_without_a_password_get_different_letters(db):
    make_partnership()
    organisers.invite(EMAIL, name=None, role=None, now=NOW)
    make_organiser("bob@x.example", password=PASSWORD)
    organisers.invite("bob@x.example", name=None, role=None, now=NOW)

    assert kinds(EMAIL) == ["organiser_invited"]
    assert kinds("bob@x.example") == ["password_forgotten"]


@pytest.mark.parametrize(
    ("role", "subject", "task"),
    [
        (RoleName.ADMINISTRATOR, "organising training", "to organise training."),
        (RoleName.TRAINER, "training registers", "to mark the registers of the dates you give."),
        (RoleName.REPORTER, "training figures", "to see the training figures of Anytown Police."),
    ],
)
def test_who_is_invited_is_told_what_they_will_do(db, role, subject, task):
    make_partnership()
    ann = make_organiser(EMAIL, role=role, agency=make_agency("Anytown Police"), password=None)
    organisers.send_password_link(ann, now=NOW)

    [mail] = mails(EMAIL)
    assert mail.subject == f"Your account for {subject}"
    assert f"an account with Anytown Safeguarding Children Partnership, {task}" in words(mail)


def test_everybody_is_listed_by_the_name_they_are_known_by(db):
    make_organiser("z@x.example", name="ann")
    make_organiser("c@x.example", name=None)
    make_organiser("a@x.example", name="Bob", role=RoleName.TRAINER)

    assert [str(one) for one in organisers.everybody()] == ["ann", "Bob", "c@x.example"]


def test_closing_an_account_closes_every_way_in(db):
    ann = make_organiser(EMAIL, password=PASSWORD)
    token, session = links.password_token(ann, NOW), ann.fs_uniquifier
    organisers.close(ann)

    assert organisers.with_password(EMAIL, PASSWORD) is None
    assert organisers.of_session(session) is None
    with pytest.raises(Gone):
        links.open_password(token, NOW)


def test_codes_of_one_person_are_not_those_of_another(db):
    ann, bob = make_organiser(), make_organiser()
    codes = second_factor.turn_on(ann, second_factor.new_secret())
    second_factor.turn_on(bob, second_factor.new_secret())
    db.session.flush()

    assert not second_factor.use_recovery_code(bob, codes[0])
    assert second_factor.use_recovery_code(ann, codes[0])
    assert not second_factor.use_recovery_code(ann, "")
