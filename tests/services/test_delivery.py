from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.makers import make_booking, make_email
from tests.people import settle_in
from webapp.errors import AnswerLost, Postponed, Rejected, Unreachable
from webapp.gateways import mail
from webapp.services import delivery, outbox
from webapp.services.delivery import Outcome

MINUTE = timedelta(minutes=1)
DOWN = Outcome(Unreachable("The mail server could not be used: refused"))
LOST = Outcome(AnswerLost("The mail server's answer was lost"))


@pytest.fixture(autouse=True)
def _a_partnership(db):
    settle_in()


def queue(db, to="ann@a.example", now=NOW):
    email = outbox.queue("my_link", to=to, now=now, token="1-2-3", days=7)
    db.session.commit()
    return email


def once(db, outcome, now):
    """One try of whatever is due, as the worker does it."""
    parcel = delivery.take(now=now)
    db.session.commit()
    if parcel is None:
        return None
    became = delivery.settle(parcel, outcome, now=now)
    db.session.commit()
    return became


def test_a_message_is_taken_once_the_longest_due_first(db):
    later, first = queue(db, now=NOW), queue(db, now=NOW - MINUTE)
    taken = [delivery.take(now=NOW) for _ in range(3)]

    assert [parcel and parcel.email_id for parcel in taken] == [first.id, later.id, None]
    assert (first.taken_at, first.tries) == (NOW, 1)
    assert taken[0].message == first.message
    assert (taken[0].sender, taken[0].to) == ("training@partnership.example", "ann@a.example")


def test_a_message_sent_is_done_with(db):
    email = queue(db)
    assert once(db, Outcome(), NOW) == "sent"
    assert (email.sent_at, email.taken_at, email.failure) == (NOW, None, None)
    assert delivery.take(now=NOW + timedelta(days=9)) is None


def test_a_message_not_taken_is_tried_again_after_growing_pauses_and_given_up_after_two_days(db):
    email, now, pauses = queue(db), NOW, []
    while email.gave_up_at is None:
        assert once(db, DOWN, now) is not None
        assert delivery.take(now=email.next_try_at - timedelta(seconds=1)) is None
        pauses.append((email.next_try_at - now) / MINUTE)
        now = email.next_try_at

    assert pauses[:-1] == [1, 5, 15, 60, 240, 480, 720, 1440]
    assert timedelta(days=2) < email.gave_up_at - NOW < timedelta(days=2, hours=3)
    assert (email.failure, email.tries) == ("The mail server could not be used: refused", 9)
    assert delivery.take(now=now + timedelta(days=9)) is None


def test_a_message_refused_for_good_is_given_up_at_once_with_the_servers_words(db):
    email = queue(db)
    assert (
        once(db, Outcome(Rejected("The mail server said 550: No such person")), NOW) == "given up"
    )
    assert email.failure == "The mail server said 550: No such person"
    assert (email.gave_up_at, email.sent_at) == (NOW, None)


def test_a_message_put_off_is_tried_again_without_stopping_the_others(db):
    email = queue(db)
    outcome = Outcome(Postponed("The mail server said 450: Busy"))
    assert not outcome.is_server_down
    assert DOWN.is_server_down
    once(db, outcome, NOW)
    assert (email.next_try_at, email.gave_up_at) == (NOW + MINUTE, None)


def test_what_one_person_is_told_of_a_booking_arrives_in_the_order_it_was_written(db):
    booking, other = make_booking(), make_booking()
    asks, takes_out, elsewhere, apart = [
        make_email(booking_id=about.id, to=to, next_try_at=NOW + minutes * MINUTE)
        for about, to, minutes in (
            (booking, "ann@a.example", 0),
            (booking, "ann@a.example", 1),
            (booking, "right@a.example", 2),
            (other, "ann@a.example", 3),
        )
    ]
    once(db, Outcome(Postponed("The mail server said 450: Greylisted")), NOW)
    asks.next_try_at = NOW + 9 * MINUTE
    db.session.commit()

    due = [delivery.take(now=NOW + 8 * MINUTE) for _ in range(3)]
    assert [parcel and parcel.email_id for parcel in due] == [elsewhere.id, apart.id, None]
    assert once(db, Outcome(), NOW + 9 * MINUTE) == "sent"
    assert asks.sent_at is not None
    assert delivery.take(now=NOW + 9 * MINUTE).email_id == takes_out.id


def test_a_message_given_up_keeps_no_later_one_about_the_booking_back(db):
    booking = make_booking()
    first, second = [make_email(booking_id=booking.id, to="ann@a.example") for _ in range(2)]
    once(db, Outcome(Rejected("The mail server said 550: Unknown")), NOW)

    assert first.gave_up_at == NOW
    assert delivery.take(now=NOW).email_id == second.id


def test_a_message_whose_answer_was_lost_is_repeated_once_under_the_same_name(db):
    email = queue(db)
    written = email.message, email.message_id
    assert once(db, LOST, NOW) == "not sent, to be tried again"
    assert (email.message, email.message_id) == written

    assert once(db, LOST, NOW + MINUTE) == "given up"
    assert "once, twice or not at all" in email.failure
    assert email.tries == 2


def test_a_message_whose_worker_was_stopped_is_repeated_once(db):
    email = queue(db)
    delivery.take(now=NOW)
    db.session.commit()
    assert delivery.take(now=NOW + 9 * MINUTE) is None

    later = NOW + 10 * MINUTE
    assert delivery.take(now=later).message == email.message
    assert "interrupted" in email.failure
    assert delivery.take(now=later + 10 * MINUTE) is None
    assert email.gave_up_at == later + 10 * MINUTE
    assert "once, twice or not at all" in email.failure


@pytest.mark.parametrize("outcome", [None, Outcome(), DOWN])
def test_a_message_queued_or_taken_by_a_clock_far_ahead_is_sent_all_the_same(db, outcome):
    ahead = NOW + timedelta(days=500)
    email = queue(db, now=ahead)
    if outcome is None:
        delivery.take(now=ahead)  # and then the worker was stopped
    assert once(db, outcome or Outcome(), NOW) is not None
    assert (email.sent_at == NOW) or NOW < email.next_try_at <= NOW + timedelta(minutes=5)


def test_a_message_given_up_does_not_stop_the_next(db):
    stuck, other = queue(db), queue(db)
    stuck.taken_at, stuck.answers_lost = NOW - 10 * MINUTE, 1
    assert delivery.take(now=NOW).email_id == other.id


def test_a_worker_slower_than_its_successor_still_has_the_last_word_when_it_sent(db):
    email = queue(db)
    slow = delivery.take(now=NOW)
    delivery.take(now=NOW + 10 * MINUTE)
    delivery.settle(slow, DOWN, now=NOW + 11 * MINUTE)
    assert email.taken_at == NOW + 10 * MINUTE
    delivery.settle(slow, Outcome(), now=NOW + 11 * MINUTE)
    assert email.sent_at == NOW + 11 * MINUTE


def test_without_a_server_messages_become_files_that_are_forgotten_with_them(db, tmp_path):
    email = queue(db)
    parcel = delivery.take(now=NOW)
    assert delivery.hand_over(parcel, smtp_url=None, folder=tmp_path) == Outcome()
    delivery.settle(parcel, Outcome(), now=NOW)
    [file] = tmp_path.iterdir()
    assert file.name == f"{email.id:06}-my_link.eml"
    assert file.read_bytes() == email.message

    assert delivery.purge(folder=tmp_path, now=NOW + timedelta(days=31)) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("error", [Unreachable, Postponed, Rejected, AnswerLost])
def test_what_the_server_answers_is_the_outcome(db, tmp_path, monkeypatch, error):
    asked = []

    def send(message, **facts):
        asked.append(facts)
        raise error("words")

    monkeypatch.setattr(mail, "send", send)
    queue(db)
    parcel = delivery.take(now=NOW)
    outcome = delivery.hand_over(parcel, smtp_url="smtp://mail.example", folder=tmp_path)

    assert type(outcome.error) is error
    assert asked == [
        {
            "sender": "training@partnership.example",
            "to": "ann@a.example",
            "smtp_url": "smtp://mail.example",
        }
    ]
