"""`flask mail read` and the worker, over mailboxes of every kind."""

from datetime import timedelta
from threading import Event

import pytest

from tests import incoming as mails
from tests.conftest import NOW
from tests.imap import serving
from tests.incoming import ANN
from tests.makers import make_date, make_email
from tests.people import book, kinds, settle_in
from tests.ports import free_port
from webapp.cli.mail import hear
from webapp.cli.worker import listen
from webapp.db import db as database
from webapp.errors import Unreachable
from webapp.gateways.imap import Letter
from webapp.gateways.mailbox import Maildir
from webapp.models import BookingState
from webapp.services import replies


@pytest.fixture(autouse=True)
def booking(db):
    """Ann's, whose invitation carries the UID of the mails in tests/incoming."""
    settle_in()
    booking = book(make_date())
    booking.invites[0].uid = mails.UID
    database.session.commit()
    make_email(message_id=mails.MESSAGE_ID, sent_at=NOW, to=ANN)
    return booking


@pytest.fixture
def maildir(tmp_path):
    for folder in ("new", "cur", "tmp"):
        (tmp_path / "Maildir" / folder).mkdir(parents=True)
    return tmp_path / "Maildir"


@pytest.fixture
def serve():
    with serving() as serve:
        yield serve


def put(maildir, *names):
    for number, name in enumerate(names):
        (maildir / "new" / f"{number}.{name}").write_bytes(mails.mail(name))


def read(app, *source):
    database.session.rollback()
    result = app.test_cli_runner().invoke(args=["mail", "read", *map(str, source)])
    database.session.expire_all()
    return result


EVERYTHING = ["gmail-declined", "out-of-office", "postfix-returned", "with-words-declined"]
SAID = """\
Mail 1: booking 1 declined; we ask whether to release the place.
Mail 2: nothing to us; left as it is.
Mail 3: mail 2 (booking_confirmed) came back.
Mail 4: booking 1 declined, which is known or older than what we know.
4 unread mails, 2 done with.
"""


def test_a_maildir_is_read_and_what_needs_nobody_is_marked(app, maildir, booking):
    put(maildir, *EVERYTHING)
    result = read(app, maildir)
    assert (result.exit_code, result.output) == (0, SAID)
    assert kinds(ANN) == ["booking_confirmed", "booking_confirmed", "booking_declined"]
    assert booking.state is BookingState.CONFIRMED
    assert sorted(file.name for file in (maildir / "cur").iterdir()) == [
        "0.gmail-declined:2,S",
        "2.postfix-returned:2,S",
    ]
    again = read(app, maildir)
    assert again.output.endswith("\n2 unread mails, 0 done with.\n")
    assert len(kinds()) == 3


def test_an_imap_folder_is_read_and_what_needs_nobody_is_marked(app, serve):
    server = serve(*map(mails.mail, EVERYTHING))
    result = read(app, f"imap://us:right%2Fone@127.0.0.1:{server.port}/INBOX")
    assert (result.exit_code, result.output) == (0, SAID)
    assert server.flags() == [{"\\Seen"}, set(), {"\\Seen"}, set()]


def test_a_file_is_read_as_often_as_you_like(app, booking):
    file = mails.FOLDER / "outlook-declined.eml"
    assert read(app, file).output == (
        "Mail 1: booking 1 declined; we ask whether to release the place.\n"
        "1 unread mail, 1 done with.\n"
    )
    assert "known or older" in read(app, file).output
    assert kinds(ANN).count("booking_declined") == 1


def test_the_setting_names_the_mailbox_and_the_command_another(app, maildir, monkeypatch):
    monkeypatch.setitem(app.config, "MAILBOX", str(maildir))
    put(maildir, "out-of-office")
    assert "1 unread mail, 0 done with" in read(app).output
    assert "1 unread mail, 1 done with" in read(app, mails.FOLDER / "exim-returned.eml").output


def test_without_a_mailbox_the_command_says_what_is_missing(app):
    result = read(app)
    assert result.exit_code == 1
    assert "set WEBAPP_MAILBOX" in result.output


def test_a_mailbox_that_cannot_be_used_ends_with_a_sentence_and_a_code(app, tmp_path, serve):
    sources = [
        tmp_path / "nowhere",
        tmp_path,
        f"imaps://us:secret@127.0.0.1:{free_port()}",
        f"imap://us:secret@127.0.0.1:{serve().port}",
    ]
    for source in sources:
        result = read(app, source)
        assert result.exit_code == 1
        assert result.output.startswith("Error: The ")
        assert "secret" not in result.output
        assert "Traceback" not in result.output


def test_a_broken_mail_stops_no_other(app, maildir, booking):
    (maildir / "new" / "0.empty").touch()
    (maildir / "new" / "1.long").write_bytes(b"x" * 20_000_000)
    (maildir / "new" / "2.deep").write_bytes(
        b"Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n" * 3000
    )
    (maildir / "new" / "3.bytes").write_bytes(bytes(range(256)) * 100)
    (maildir / "new" / "4.good").write_bytes(mails.mail("apple-declined"))
    result = read(app, maildir)
    assert result.exit_code == 0
    assert result.output.count("too long or too muddled to read; left as it is.") == 2
    assert result.output.endswith("\n5 unread mails, 1 done with.\n")
    assert replies.declined([booking]) == {booking.id}


def test_a_mail_that_upsets_us_stops_no_other_and_is_not_repeated_in_the_log(
    app, maildir, booking, monkeypatch, caplog
):
    put(maildir, "apple-declined")
    letters = Maildir.letters

    def upsetting(self, known):
        yield Letter("0.upsetting", ["words of", ANN])
        yield from letters(self, known)

    monkeypatch.setattr(Maildir, "letters", upsetting)
    result = read(app, maildir)
    assert result.exit_code == 0
    assert "Mail 1: could not be read (AttributeError); left as it is." in result.output
    assert result.output.endswith("\n2 unread mails, 1 done with.\n")
    assert replies.declined([booking]) == {booking.id}
    assert "could not be read: AttributeError" in caplog.text
    assert ANN not in caplog.text


def test_a_mail_is_marked_after_it_is_written_down(app, maildir, booking, monkeypatch):
    """The other way round a crash in between would lose an answer."""
    put(maildir, "gmail-declined")

    def away(self, letter):
        database.session.rollback()
        assert replies.declined([booking]) == {booking.id}
        raise Unreachable("The mailbox could not be used: it is gone.")

    with monkeypatch.context() as patch:
        patch.setattr(Maildir, "mark_read", away)
        assert read(app, maildir).exit_code == 1
    assert "known or older" in read(app, maildir).output
    assert kinds(ANN).count("booking_declined") == 1
    assert list((maildir / "new").iterdir()) == []


@pytest.fixture
def work(app, monkeypatch, tmp_path):
    """One round of the worker, with its own folder for mail."""
    monkeypatch.setattr(app, "instance_path", str(tmp_path))

    def work():
        database.session.rollback()
        result = app.test_cli_runner().invoke(args=["worker", "--once"])
        database.session.expire_all()
        return result

    return work


def test_the_worker_reads_the_mailbox_and_sends_the_question(app, work, maildir, monkeypatch):
    monkeypatch.setitem(app.config, "MAILBOX", str(maildir))
    put(maildir, *EVERYTHING)
    result = work()
    assert result.exit_code == 0
    assert "Mail came in: booking 1 declined; we ask whether to release the place." in result.output
    assert "Mail came in: mail 2 (booking_confirmed) came back." in result.output
    assert "nothing to us" not in result.output
    assert "(booking_declined) sent." in result.output


def test_a_full_mailbox_is_read_bit_by_bit_so_that_our_own_mail_goes_out(
    app, db, maildir, monkeypatch, capsys
):
    """Each round goes on where the last one stopped, also past what stays unread."""
    monkeypatch.setitem(app.config, "MAILBOX", str(maildir))
    put(maildir, "read-receipt", "apple-declined", "gmail-returned")
    known = set()
    for _ in range(3):
        listen(Event(), known, lasts=timedelta(0))
    assert capsys.readouterr().out.count("Mail came in: ") == 2
    assert len(known) == 3


def test_a_mailbox_that_is_away_holds_up_no_mail(app, work, monkeypatch):
    monkeypatch.setitem(app.config, "MAILBOX", f"imaps://us:secret@127.0.0.1:{free_port()}")
    result = work()
    assert result.exit_code == 0
    assert "The mailbox could not be used: " in result.output
    assert "What came back is read later." in result.output
    assert "(booking_confirmed) sent." in result.output
    assert "secret" not in result.output


def test_what_stays_unread_is_not_fetched_again_while_it_is_remembered(serve):
    server = serve(*map(mails.mail, EVERYTHING))
    source, known = f"imap://us:right%2Fone@127.0.0.1:{server.port}", set()
    assert len(list(hear(source, known))) == 4
    assert list(hear(source, known)) == []
    server.put(mails.mail("read-receipt"))
    assert len(list(hear(source, known))) == 1
    assert server.heard.count("uid_fetch") == 5
