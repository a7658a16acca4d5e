import pytest

from tests import incoming as mails
from webapp.formats import bounces, incoming
from webapp.formats.bounces import NO_REASON


def read(message):
    return bounces.read(incoming.read(message))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "postfix-returned",
            "550 5.1.1 <ann@agency.example>: Recipient address rejected: "
            "User unknown in virtual mailbox table",
        ),
        (
            "exchange-returned",
            "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient ann@agency.example not found "
            "by SMTP address lookup",
        ),
        (
            "gmail-returned",
            "554 5.7.1 Message refused, see http://localhost/bookings/… in it",
        ),
        ("headers-returned", "5.2.2 (mailbox full)"),
        ("exim-returned", "550 No such mailbox"),
        ("qmail-returned", "Sorry, no mailbox here by that name. (#5.1.1)"),
    ],
)
def test_what_came_back_is_known_by_its_message_id_with_the_servers_words(name, said):
    bounce = read(mails.mail(name))
    assert mails.MESSAGE_ID in bounce.message_ids
    assert bounce.said == said


@pytest.mark.parametrize("name", [*mails.OTHERS, *mails.DECLINED])
def test_what_is_on_its_way_or_no_report_at_all_did_not_come_back(name):
    assert read(mails.mail(name)) is None


def test_a_server_that_gives_no_reason_is_not_quoted():
    silent = mails.mail("exim-returned").replace(b"550 No such mailbox", b"")
    assert read(silent).said == NO_REASON
    empty = mails.mail("headers-returned").replace(b"Status: 5.2.2 (mailbox full)", b"Status:")
    assert read(empty).said == NO_REASON


def test_an_address_that_mail_is_sent_on_to_is_not_passed_on():
    said = b"550 5.7.26 <ann.private@home.example> (from Ann@Agency.example;x=ann@agency.example)"
    sent_on = mails.mail("exim-returned").replace(b"550 No such mailbox", said)
    assert read(sent_on).said_of(mails.ANN) == (
        "550 5.7.26 <…> (from ann@agency.example;x=ann@agency.example)"
    )


def test_a_servers_novel_is_cut_short():
    long = mails.mail("headers-returned").replace(b"mailbox full", b"no " * 5000)
    said = read(long).said
    assert len(said) == bounces.LONGEST
    assert said.endswith("…")


def test_one_of_several_reported_addresses_is_enough():
    two = mails.mail("headers-returned").replace(
        b"Final-Recipient",
        b"Final-Recipient: rfc822; copy@agency.example\r\nAction: delivered\r\nStatus: 2.0.0\r\n"
        b"\r\nFinal-Recipient",
    )
    assert read(two).said == "5.2.2 (mailbox full)"


def test_somebody_who_writes_about_an_error_sent_nothing_back():
    letter = mails.mail("exim-returned").replace(b"X-Failed-Recipients", b"X-Other")
    ann = letter.replace(
        b"Mail Delivery System <Mailer-Daemon@relay.example>", b"Ann <ann@agency.example>"
    )
    assert read(letter) is not None
    assert read(ann) is None
