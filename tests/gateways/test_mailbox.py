"""Files, Maildirs and IMAP folders: what is unread in them, and what is marked as read."""

import mailbox as library
from email import message_from_bytes

import pytest

from tests.incoming import answer, mail
from webapp.errors import Unreachable
from webapp.gateways import mailbox
from webapp.gateways.imap import LONGEST


def keys_and_messages(source, known=()):
    with mailbox.opened(str(source)) as box:
        return [(letter.key, letter.message) for letter in box.letters(known)]


def messages(source, known=()):
    return [message for _, message in keys_and_messages(source, known)]


def mark(source, *messages):
    with mailbox.opened(str(source)) as box:
        for letter in list(box.letters(())):
            if letter.message in messages:
                box.mark_read(letter)


def test_a_file_holds_one_mail(tmp_path):
    file = tmp_path / "one.eml"
    file.write_bytes(mail("gmail-declined"))
    assert messages(file) == [mail("gmail-declined")]


def test_an_mbox_holds_many(tmp_path):
    file = tmp_path / "mbox"
    box = library.mbox(file)
    for name in ("exim-returned", "out-of-office"):
        box.add(message_from_bytes(mail(name)))
    box.close()

    first, second = messages(file)
    assert b"X-Failed-Recipients: ann@agency.example" in first
    assert b"I am on leave" in second
    assert not second.startswith(b"From MAILER-DAEMON")


def test_in_a_file_nothing_is_marked(tmp_path):
    file = tmp_path / "one.eml"
    file.write_bytes(answer())
    mark(file, answer())
    assert file.read_bytes() == answer()
    assert messages(file) == [answer()]


def test_an_empty_file_holds_nothing(tmp_path):
    (tmp_path / "mbox").touch()
    assert messages(tmp_path / "mbox") == []


def test_what_is_known_is_passed_over_in_a_file(tmp_path):
    file = tmp_path / "one.eml"
    file.write_bytes(answer())
    [(key, _)] = keys_and_messages(file)
    assert messages(file, known={key}) == []


def test_a_file_that_is_not_there_is_unreachable(tmp_path):
    with pytest.raises(Unreachable, match=r"No such file or directory: .*/none\.eml"):
        messages(tmp_path / "none.eml")


@pytest.fixture
def maildir(tmp_path):
    for folder in ("new", "cur", "tmp"):
        (tmp_path / "Maildir" / folder).mkdir(parents=True)
    return tmp_path / "Maildir"


def test_a_maildir_gives_what_nobody_has_read(maildir):
    (maildir / "new" / "1.a.host").write_bytes(b"new")
    (maildir / "cur" / "2.b.host:2,").write_bytes(b"seen in the list")
    (maildir / "cur" / "3.c.host:2,FS").write_bytes(b"read")
    (maildir / "cur" / "4.d.host").write_bytes(b"without flags")
    (maildir / "tmp" / "5.e.host").write_bytes(b"still arriving")
    (maildir / "new" / ".hidden").write_bytes(b"no mail")
    (maildir / "new" / "folder").mkdir()

    assert messages(maildir) == [b"new", b"seen in the list", b"without flags"]
    assert messages(maildir, known={"1.a.host", "4.d.host"}) == [b"seen in the list"]


def test_in_a_maildir_what_was_read_moves_to_cur_and_keeps_its_other_flags(maildir):
    (maildir / "new" / "1.a.host").write_bytes(b"new")
    (maildir / "cur" / "2.b.host:2,RF").write_bytes(b"answered and flagged")
    (maildir / "new" / "3.c.host").write_bytes(b"other")
    mark(maildir, b"new", b"answered and flagged")

    assert sorted(file.name for file in (maildir / "cur").iterdir()) == [
        "1.a.host:2,S",
        "2.b.host:2,FRS",
    ]
    assert [file.name for file in (maildir / "new").iterdir()] == ["3.c.host"]
    box = library.Maildir(maildir, create=False)
    assert {key: box[key].get_flags() for key in box.iterkeys()} == {
        "1.a.host": "S",
        "2.b.host": "FRS",
        "3.c.host": "",
    }


def test_a_mail_that_somebody_moves_meanwhile_is_no_trouble(maildir):
    for name in ("1.a", "2.b"):
        (maildir / "new" / name).write_bytes(name.encode())
    with mailbox.opened(str(maildir)) as box:
        letters = box.letters(())
        first = next(letters)
        for file in list((maildir / "new").iterdir()):
            file.unlink()
        assert list(letters) == []
        box.mark_read(first)


def test_a_mail_too_long_is_cut_so_that_nobody_has_to_hold_it(maildir, tmp_path):
    long = b"x" * 20_000_000
    (maildir / "new" / "1.a").write_bytes(long)
    (tmp_path / "one.eml").write_bytes(long)
    for source in (maildir, tmp_path / "one.eml"):
        assert [len(message) for message in messages(source)] == [LONGEST + 1]


def test_a_folder_that_is_no_maildir_is_unreachable(tmp_path):
    with pytest.raises(Unreachable, match="The folder is no Maildir"):
        messages(tmp_path)
