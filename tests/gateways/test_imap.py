"""Against a real conversation, with a server that does as servers do."""

import pytest

from tests.imap import Conversation, Server, serving
from tests.incoming import answer
from tests.ports import free_port
from webapp.errors import Unreachable
from webapp.gateways import imap, mailbox


@pytest.fixture
def serve():
    with serving() as serve:
        yield serve


def address(server, folder="", *, scheme="imap", password="right%2Fone", user="us%40a"):
    return f"{scheme}://{user}:{password}@127.0.0.1:{server.port}{folder}"


def read(source, *marked, known=()):
    """The keys and messages of what is unread; those `marked` are then marked as read."""
    with mailbox.opened(source) as box:
        found = []
        for letter in box.letters(known):
            found.append((letter.key, letter.message))
            if letter.message in marked:
                box.mark_read(letter)
        return found


def test_what_is_unread_is_read_and_only_what_is_said_is_marked(serve):
    server = serve(b"one", b"two", b"three")
    server.folders["INBOX"][2].flags = {"\\Seen"}

    assert read(address(server), b"one") == [("7-1", b"one"), ("7-2", b"two")]
    assert server.flags() == [{"\\Seen"}, set(), {"\\Seen"}]
    assert read(address(server)) == [("7-2", b"two")]
    assert read(address(server), known={"7-2"}) == []
    assert server.heard.count("uid_fetch") == 3


def test_nothing_is_ever_deleted(serve):
    server = serve(b"one")
    server.folders["INBOX"][0].flags = {"\\Deleted"}
    read(address(server), b"one")
    assert not {"close", "expunge", "uid_expunge"} & set(server.heard)
    assert server.heard[-1] == "logout"
    assert server.flags() == [{"\\Deleted", "\\Seen"}]


def test_an_empty_mailbox_holds_nothing(serve):
    assert read(address(serve())) == []


def test_a_mail_deleted_meanwhile_is_passed_over(serve):
    assert read(address(serve(None, b"two"))) == [("7-2", b"two")]


def test_a_mail_with_every_byte_arrives_as_it_is(serve):
    odd = bytes(range(256)) + b")\r\n* BYE\r\n" + answer()
    assert read(address(serve(odd))) == [("7-1", odd)]


def test_of_a_mail_too_long_only_the_beginning_is_fetched(serve):
    [(_, message)] = read(address(serve(b"x" * 20_000_000)))
    assert len(message) == imap.LONGEST + 1


@pytest.mark.parametrize(
    ("path", "folder"),
    [
        ("", "INBOX"),
        ("/", "INBOX"),
        ("/Training/Replies", "Training/Replies"),
        ("/R%C3%A9ponses%20%26%20co", "R&AOk-ponses &- co"),
        ("/a%22b", 'a"b'),
        ("/%E6%97%A5%E6%9C%AC", "&ZeVnLA-"),
    ],
)
def test_a_folder_is_named_as_the_server_names_it(serve, path, folder):
    server = serve()
    server.put(b"here", folder=folder)
    assert read(address(server, path)) == [("7-1", b"here")]


def test_a_folder_that_is_not_there_is_named(serve):
    with pytest.raises(Unreachable, match="There is no Nowhere"):
        read(address(serve(), "/Nowhere"))


@pytest.mark.parametrize("offers_plain", [True, False])
def test_name_and_password_may_hold_any_sign(serve, offers_plain):
    server = serve(password='pä"s\\s%' if offers_plain else 'pa"s s%')
    server.offers_plain = offers_plain
    password = "p%C3%A4%22s%5Cs%25" if offers_plain else "pa%22s%20s%25"
    assert read(address(server, user="us%40a%20%22b", password=password)) == []
    assert server.sign_ins == [('us@a "b', server.password, False)]


@pytest.mark.parametrize("offers_plain", [True, False])
def test_a_wrong_password_gets_the_servers_sentence_and_is_not_repeated(serve, offers_plain):
    server = serve()
    server.offers_plain = offers_plain
    with pytest.raises(Unreachable, match=r"could not be used: \[AUTHENTICATIONFAILED\] Wr") as no:
        read(address(server, password="mistyped"))
    assert "mistyped" not in str(no.value)


def test_a_server_that_is_not_there_is_unreachable():
    with pytest.raises(Unreachable, match="Connection refused"):
        read(f"imaps://us:x@127.0.0.1:{free_port()}")


@pytest.mark.parametrize(
    "command", ["capability", "authenticate", "select", "uid_search", "uid_fetch", "uid_store"]
)
@pytest.mark.parametrize("says", ["hang up", "BAD What?", "NO Not now"])
def test_a_server_that_fails_in_the_middle_is_unreachable(serve, command, says):
    with pytest.raises(Unreachable, match="The mailbox could not be used"):
        read(address(serve(b"one", **{command: says})), b"one")


def test_a_server_that_lies_about_numbers_is_survived(serve):
    class Lying(Conversation):
        def select(self, folder):
            self.messages = self.server.folders[folder]
            self.wfile.write(b"* OK [UIDVALIDITY 7\xff] Chosen\r\n")

        def uid_search(self, *words):
            self.wfile.write(b"* SEARCH 1 \xff\r\n* SEARCH {3}\r\na b\r\n")

    server = serve(b"one")
    server.RequestHandlerClass = Lying
    [(_, message)] = read(address(server))
    assert message == b"one"


def test_a_server_that_does_not_answer_is_unreachable(serve, monkeypatch):
    monkeypatch.setattr(imap, "SECONDS", 0.2)

    class Silent(Server):
        def process_request(self, request, client_address):
            self.kept = request

    server = Silent()
    with pytest.raises(Unreachable, match="timed out"):
        read(address(server))
    server.kept.close()
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("scheme", ["imap", "imaps"])
def test_a_certificate_nobody_vouches_for_is_not_trusted(serve, certificate, scheme):
    server = serve(context=certificate[1], starts_encrypted=scheme == "imaps")
    with pytest.raises(Unreachable, match="certificate"):
        read(address(server, scheme=scheme))
    assert server.sign_ins == []


@pytest.mark.parametrize("scheme", ["imap", "imaps"])
def test_the_password_goes_through_encryption_where_there_is_any(
    serve, certificate, monkeypatch, scheme
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    server = serve(b"one", context=certificate[1], starts_encrypted=scheme == "imaps")
    assert read(address(server, scheme=scheme)) == [("7-1", b"one")]
    assert server.sign_ins == [("us@a", "right/one", True)]


def test_no_password_goes_unencrypted_to_another_machine(serve, monkeypatch):
    server = serve()
    monkeypatch.setattr(imap, "is_this_machine", lambda host: False)
    with pytest.raises(Unreachable, match="no password is sent to it"):
        read(address(server))
    assert server.sign_ins == []
