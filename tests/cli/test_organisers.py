import re
import stat
from datetime import date

import pytest
from sqlalchemy import select

from tests.makers import make_organiser, make_partnership
from tests.people import mails, words
from webapp.models import AuditLine, Organiser, RoleName
from webapp.services import organisers, second_factor

EMAIL = "ann@partnership.example"


@pytest.fixture
def run(app, db):
    def run(*words):
        db.session.rollback()
        result = app.test_cli_runner().invoke(args=["organisers", *words])
        db.session.rollback()
        return result

    return run


@pytest.fixture
def partnership(db):
    return make_partnership()


@pytest.fixture
def demonstration(app, tmp_path, monkeypatch):
    """The demonstration's clock is set; returns the file that keeps the account."""
    monkeypatch.setitem(app.config, "TODAY", date(2025, 4, 17))
    monkeypatch.setattr(app, "instance_path", str(tmp_path))
    return tmp_path / "demonstration-organiser"


def account(db):
    return db.session.scalars(select(Organiser)).one()


def password_in(result):
    return re.search(r"Password: (\S+)", result.output)[1]


def test_the_first_administrator_is_invited_by_mail(run, db, client, partnership):
    result = run("add", "Ann@Partnership.example", "--name", "Ann Able")

    assert result.exit_code == 0, result.output
    assert "works for 7 days" in result.output
    ann = account(db)
    assert (ann.email, ann.name, ann.is_administrator, ann.password) == (
        EMAIL,
        "Ann Able",
        True,
        None,
    )
    [mail] = mails(EMAIL)
    link = re.search(r"http://localhost(/organiser/password/\S+)", words(mail))[1]
    client.post(link, data={"new_password": "three unlikely words"})
    assert organisers.with_password(EMAIL, "three unlikely words")


def test_inviting_again_sends_another_link_and_keeps_name_and_role(run, db, partnership):
    run("add", EMAIL, "--name", "Ann Able", "--role", "trainer")
    run("add", EMAIL)

    assert [mail.kind for mail in mails(EMAIL)] == ["organiser_invited"] * 2
    assert (account(db).name, account(db).role_names) == ("Ann Able", [RoleName.TRAINER])


def test_inviting_with_another_role_changes_it(run, db, partnership):
    run("add", EMAIL)
    run("add", EMAIL, "--role", "reporter")

    assert account(db).role_names == [RoleName.REPORTER]


@pytest.mark.parametrize("email", ["nonsense", "ann@", "ann example.org", "a@b@c.org", ""])
def test_what_is_no_address_is_said_in_a_sentence(run, db, partnership, email):
    result = run("add", email)

    assert result.exit_code == 1
    assert "is no email address" in result.output
    assert db.session.scalars(select(Organiser)).all() == []


def test_without_a_partnership_there_is_nobody_to_write_for(run, db):
    result = run("add", EMAIL)

    assert result.exit_code == 1
    assert "flask --app wsgi seed" in result.output
    assert db.session.scalars(select(Organiser)).all() == []


def test_the_list_says_who_may_sign_in_and_how(run, db, partnership):
    make_organiser("a@x.example", password="three unlikely words")
    make_organiser("b@x.example", role=RoleName.ADMINISTRATOR)
    make_organiser("c@x.example", active=False)

    assert run("list").output.splitlines() == [
        "a@x.example  organiser  without second factor",
        "b@x.example  administrator  invited, has not chosen a password",
        "c@x.example  organiser  closed",
    ]


def test_a_closed_account_is_opened_again_by_inviting(run, db, partnership):
    make_organiser(EMAIL, password="three unlikely words")
    run("close", EMAIL)
    assert not account(db).active
    assert organisers.with_password(EMAIL, "three unlikely words") is None

    run("add", EMAIL)
    assert account(db).active


def test_the_operator_switches_off_a_lost_second_factor(run, db, partnership):
    ann = make_organiser(EMAIL, password="three unlikely words")
    second_factor.turn_on(ann, second_factor.new_secret())
    session = ann.fs_uniquifier
    db.session.commit()
    run("switch-off-second-factor", EMAIL)

    assert not account(db).has_second_factor
    assert organisers.of_session(session) is None
    assert account(db).mf_recovery_codes is None
    assert db.session.scalars(select(AuditLine.action)).all() == [
        "second factor was switched off by the operator"
    ]


@pytest.mark.parametrize("command", ["close", "switch-off-second-factor"])
def test_an_unknown_account_is_said(run, command):
    result = run(command, "nobody@x.example")

    assert result.exit_code == 1
    assert "There is no account for nobody@x.example." in result.output


def test_the_demonstration_has_an_administrator_whose_password_is_said_each_time(
    run, db, demonstration
):
    first, second = run("demonstration"), run("demonstration")

    assert first.exit_code == second.exit_code == 0
    assert first.output == second.output
    assert account(db).is_administrator
    assert organisers.with_password(account(db).email, password_in(first)) == account(db)
    assert stat.S_IMODE(demonstration.stat().st_mode) == 0o600
    assert password_in(first) in demonstration.read_text()


def test_each_demonstration_has_a_password_of_its_own(run, db, demonstration):
    first = password_in(run("demonstration"))
    db.session.delete(account(db))
    db.session.commit()

    assert password_in(run("demonstration")) != first


def test_a_password_that_was_changed_is_not_given_out_as_right(run, db, demonstration):
    kept = password_in(run("demonstration"))
    organisers.set_password(account(db), "three unlikely words")
    db.session.commit()

    said = run("demonstration").output
    assert kept not in said
    # Without the day it would close the account.
    assert "WEBAPP_TODAY=2025-04-17 flask --app wsgi organisers demonstration --new-pass" in said
    assert organisers.with_password(account(db).email, "three unlikely words")

    new = password_in(run("demonstration", "--new-password"))
    assert organisers.with_password(account(db).email, new)


def test_a_lost_file_is_said_too(run, db, demonstration):
    run("demonstration")
    demonstration.unlink()

    assert "--new-password" in run("demonstration").output


def test_outside_the_demonstration_its_account_is_closed(app, run, db, demonstration, monkeypatch):
    password = password_in(run("demonstration"))
    monkeypatch.setitem(app.config, "TODAY", None)

    assert "was closed" in run("demonstration").output
    assert organisers.with_password(account(db).email, password) is None
    assert not account(db).active
    assert not demonstration.exists()
    assert "no account for it" in run("demonstration").output


def test_back_in_the_demonstration_its_account_is_opened_with_a_new_password(
    app, run, db, demonstration, monkeypatch
):
    old = password_in(run("demonstration"))
    monkeypatch.setitem(app.config, "TODAY", None)
    run("demonstration")
    monkeypatch.setitem(app.config, "TODAY", date(2025, 4, 17))

    new = password_in(run("demonstration"))
    assert new != old
    assert organisers.with_password(account(db).email, new).active


def test_outside_the_demonstration_no_account_is_made(run, db):
    assert "no account for it" in run("demonstration").output
    assert db.session.scalars(select(Organiser)).all() == []
