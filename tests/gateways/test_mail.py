"""Against a real server, which takes, refuses, puts off and hangs up as real ones do."""

import asyncio

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from tests.ports import free_port
from webapp.errors import AnswerLost, Postponed, Rejected, Unreachable
from webapp.gateways import mail

MESSAGE = b"From: us@a.example\r\nTo: ann@b.example\r\nSubject: x\r\n\r\nOne\r\n.\r\n..two\r\n"


class Office:
    """Takes what comes, but for what it was told to say instead."""

    def __init__(self, **says):
        self.says, self.letters, self.passwords = says, [], []

    async def handle_MAIL(self, server, session, envelope, address, options):
        return self._said("mail", lambda: setattr(envelope, "mail_from", address))

    async def handle_RCPT(self, server, session, envelope, address, options):
        return self._said("rcpt", lambda: envelope.rcpt_tos.append(address))

    async def handle_DATA(self, server, session, envelope):
        if self.says.get("data") == "hang up":
            server.transport.abort()
            await asyncio.sleep(1)
        return self._said("data", lambda: self.letters.append(envelope))

    def _said(self, where, otherwise):
        if where in self.says:
            return self.says[where]
        otherwise()
        return "250 OK"

    def authenticate(self, server, session, envelope, mechanism, data):
        assert isinstance(data, LoginPassword)
        self.passwords.append((data.login, data.password))
        return AuthResult(success=data.password == b"right/one", handled=False)


class HangsUpDuringData(SMTP):
    async def smtp_DATA(self, arg):
        await self.push("354 Go on")
        await self._reader.readline()
        self.transport.abort()


class ClosingDown(SMTP):
    async def smtp_EHLO(self, hostname):
        await self.push("421 Closing down")

    smtp_HELO = smtp_EHLO


@pytest.fixture
def post_office():
    """Start servers: `post_office(Office(), ...)` is the port it listens on."""
    running = []

    def start(office, kind=SMTP, **settings):
        class Server(Controller):
            def factory(self):
                return kind(self.handler, **self.SMTP_kwargs)

        port = free_port()
        server = Server(office, hostname="127.0.0.1", port=port, **settings)
        server.start()
        running.append(server)
        return port

    yield start
    for server in running:
        server.stop(no_assert=True)


def send(port, *, to="ann@b.example", message=MESSAGE, url="smtp://127.0.0.1:{}"):
    mail.send(message, sender="us@a.example", to=to, smtp_url=url.format(port))


def test_a_message_arrives_as_it_was_written(post_office):
    office = Office()
    send(post_office(office))

    [letter] = office.letters
    assert (letter.mail_from, letter.rcpt_tos) == ("us@a.example", ["ann@b.example"])
    assert letter.content == MESSAGE


def test_a_server_that_is_not_there_is_unreachable():
    with pytest.raises(Unreachable, match="refused"):
        send(1)


@pytest.mark.parametrize(
    ("says", "error", "words"),
    [
        ({"rcpt": "550 No such person"}, Rejected, "The mail server said 550: No such person"),
        ({"rcpt": "450 Mailbox busy"}, Postponed, "450: Mailbox busy"),
        # Whatever it means, the server has the whole message.
        ({"data": "So be it"}, AnswerLost, "made no sense"),
        ({"rcpt": "421 Going home"}, Unreachable, "421: Going home"),
        ({"data": "554 This looks like spam"}, Rejected, "554: This looks like spam"),
        ({"data": "452 Out of room"}, Postponed, "452: Out of room"),
        ({"mail": "550 Not from you"}, Unreachable, "550: Not from you"),
        ({"mail": "451 Later"}, Unreachable, "451: Later"),
        ({"data": "hang up"}, AnswerLost, "answer was lost"),
    ],
    ids=lambda value: "-".join(*value.items()) if isinstance(value, dict) else None,
)
def test_what_the_server_says_decides_whether_to_try_again(post_office, says, error, words):
    office = Office(**says)
    with pytest.raises(error, match=words):
        send(post_office(office))
    assert office.letters == []


def test_a_line_that_breaks_before_the_last_dot_delivered_nothing(post_office):
    long = MESSAGE + b"x" * 70 + b"\r\n"
    with pytest.raises((Unreachable, AnswerLost)) as broken:
        send(post_office(Office(), HangsUpDuringData), message=long * 200_000)
    assert broken.type is Unreachable


def test_an_answer_that_does_not_come_in_time_is_lost(post_office, monkeypatch):
    monkeypatch.setattr(mail, "LAST_SECONDS", 0.2)

    class Slow(Office):
        async def handle_DATA(self, server, session, envelope):
            await asyncio.sleep(1)
            return "250 OK"

    with pytest.raises(AnswerLost):
        send(post_office(Slow()))


def test_a_server_that_is_closing_down_is_unreachable(post_office):
    with pytest.raises(Unreachable, match="421 Closing down"):
        send(post_office(Office(), ClosingDown))


def test_trouble_after_the_message_was_taken_does_not_send_it_again(post_office):
    class HangsUpAtQuit(SMTP):
        async def smtp_QUIT(self, arg):
            self.transport.abort()

    office = Office()
    send(post_office(office, HangsUpAtQuit))
    assert len(office.letters) == 1


@pytest.mark.parametrize("to", ["ann@b.example\r\nRCPT TO:<x@y.example>", "ann", "añn@b.example"])
def test_an_address_no_server_could_read_is_refused_for_good(to):
    with pytest.raises(Rejected):
        send(1, to=to)


def test_encryption_is_used_where_it_is_offered_and_the_password_goes_through_it(
    post_office, certificate, monkeypatch
):
    file, context = certificate
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    office = Office()
    port = post_office(
        office,
        tls_context=context,
        require_starttls=True,
        authenticator=office.authenticate,
        auth_required=True,
    )
    send(port, url="smtp://us%40a:right%2Fone@127.0.0.1:{}")

    assert len(office.letters) == 1
    assert office.passwords == [(b"us@a", b"right/one")]
    with pytest.raises(Unreachable, match="535"):
        send(port, url="smtp://us%40a:wrong@127.0.0.1:{}")


def test_a_certificate_nobody_vouches_for_is_not_trusted(post_office, certificate):
    with pytest.raises(Unreachable, match="certificate"):
        send(post_office(Office(), tls_context=certificate[1]))


def test_encryption_from_the_first_byte(post_office, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    office = Office()
    send(post_office(office, ssl_context=certificate[1]), url="smtps://127.0.0.1:{}")
    assert len(office.letters) == 1


def test_a_password_goes_unencrypted_to_this_machine_alone(post_office, monkeypatch):
    office = Office()
    port = post_office(office, authenticator=office.authenticate, auth_require_tls=False)
    send(port, url="smtp://us:right%2Fone@127.0.0.1:{}")
    assert office.passwords == [(b"us", b"right/one")]

    monkeypatch.setattr(mail, "is_this_machine", lambda host: False)
    with pytest.raises(Unreachable, match="no password is sent"):
        send(port, url="smtp://us:right%2Fone@127.0.0.1:{}")
    assert len(office.passwords) == 1


@pytest.mark.parametrize(
    ("host", "ours"),
    [("localhost", True), ("127.0.0.2", True), ("::1", True), ("10.0.0.1", False), ("a.b", False)],
)
def test_which_machine_is_this_one(host, ours):
    assert mail.is_this_machine(host) is ours


def test_a_file_stands_in_for_a_server(tmp_path):
    folder = tmp_path / "instance" / "mail"
    mail.write(MESSAGE, folder=folder, name="1.eml")
    mail.write(MESSAGE, folder=folder, name="1.eml")

    [file] = folder.iterdir()
    assert file.read_bytes() == MESSAGE
    assert file.stat().st_mode & 0o777 == 0o600
    mail.discard(folder=folder, name="1.eml")
    mail.discard(folder=folder, name="1.eml")
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_unreachable(tmp_path):
    (tmp_path / "mail").write_text("a file where the folder should be")
    with pytest.raises(Unreachable, match="could not be written"):
        mail.write(MESSAGE, folder=tmp_path / "mail", name="1.eml")
