from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
from jinja2 import UndefinedError

from tests.conftest import NOW
from tests.makers import make_booking, make_date, make_practitioner
from tests.people import message, settle_in, words
from webapp import clock
from webapp.errors import NotFound, Refused
from webapp.services import old_mails, outbox

DAY = timedelta(days=1)


def queue(now=NOW, **facts):
    return outbox.queue("my_link", to="ann@a.example", now=now, token="1-2-3", days=7, **facts)


def test_a_message_is_written_whole_when_it_is_queued_outside_any_request(db):
    settle_in()
    email = queue(submission="form")
    db.session.commit()

    assert (email.kind, email.to, email.queued_at) == ("my_link", "ann@a.example", NOW)
    assert (email.next_try_at, email.submission) == (NOW, "form")
    written = message(email)
    assert email.subject == written["Subject"] == "Your training bookings"
    assert written["From"] == "Anytown Training Team <training@partnership.example>"
    assert written["Message-ID"] == email.message_id
    assert email.message_id.endswith("@partnership.example>")
    assert "http://localhost/my/1-2-3" in words(email)
    assert "01632 960001" in words(email)
    assert 'href="http://localhost/my/1-2-3"' in written.get_body(("html",)).get_content()


def test_the_date_of_a_message_is_the_real_one_whatever_the_house_clock_shows(db):
    settle_in()
    date = parsedate_to_datetime(message(queue())["Date"])
    assert abs(date - clock.real_now()) < timedelta(minutes=1)


def test_a_setting_says_whom_the_mail_is_from(app, db, monkeypatch):
    settle_in()
    monkeypatch.setitem(app.config, "MAIL_FROM", "no-reply@council.example")

    email = queue()
    assert message(email)["From"] == "Anytown Training Team <no-reply@council.example>"
    assert email.message_id.endswith("@council.example>")


def test_a_message_that_lacks_a_fact_is_not_written(db):
    settle_in()
    with pytest.raises(UndefinedError):
        outbox.queue("my_link", to="ann@a.example", now=NOW, days=7)


def test_nothing_is_written_before_there_is_a_partnership(db):
    with pytest.raises(NotFound, match="seed"):
        queue()


def test_a_message_knows_its_booking(db):
    settle_in()
    booking = make_booking(make_date(), practitioner=make_practitioner("ann@a.example"))
    email = queue(booking=booking)
    assert email.booking_id == booking.id
    assert message(email)["To"] == "Ann Example <ann@a.example>"


def test_whoever_else_hears_of_a_booking_is_not_called_by_its_name(db):
    settle_in()
    assert message(queue(booking=make_booking(make_date())))["To"] == "ann@a.example"


def test_a_message_given_up_can_be_tried_again(db):
    settle_in()
    email = queue()
    email.tries, email.answers_lost, email.gave_up_at, email.failure = 9, 2, NOW, "Refused"
    outbox.try_again(email, now=NOW + DAY)

    assert (email.tries, email.answers_lost, email.gave_up_at) == (0, 0, None)
    assert email.next_try_at == NOW + DAY


def test_what_was_given_up_and_is_no_longer_true_is_not_sent_any_more(db):
    settle_in()
    booking = make_booking(make_date())
    place, further_day = queue(booking=booking), queue(booking=booking)
    place.gave_up_at, further_day.sent_at = NOW, NOW
    outbox.try_again(place, now=NOW)  # the other one says no more than this one

    end = queue(booking=booking, now=NOW + DAY)
    end.sent_at, place.gave_up_at = NOW + DAY, NOW
    with pytest.raises(Refused, match="what was true before"):
        outbox.try_again(place, now=NOW + DAY)


def test_asking_for_a_message_that_is_still_tried_only_brings_it_forward(db):
    settle_in()
    email = queue()
    email.tries, email.taken_at, email.next_try_at = 3, NOW, NOW + DAY
    outbox.try_again(email, now=NOW)
    assert (email.tries, email.taken_at, email.next_try_at) == (3, NOW, NOW)


@pytest.mark.parametrize(
    ("facts", "why"),
    [({"sent_at": NOW}, "sent already"), ({"gave_up_at": NOW, "message": None}, "deleted")],
)
def test_what_cannot_be_sent_again_says_why(db, facts, why):
    settle_in()
    email = queue()
    for name, value in facts.items():
        setattr(email, name, value)
    with pytest.raises(Refused, match=why):
        outbox.try_again(email, now=NOW)


def test_the_words_of_a_message_are_forgotten_after_the_time_the_partnership_chose(db):
    settle_in(mail_days=30)
    sent, given_up, pending = queue(), queue(), queue()
    sent.sent_at, given_up.gave_up_at = NOW, NOW
    db.session.commit()

    assert old_mails.purge(now=NOW + 30 * DAY) == []
    later = NOW + 30 * DAY + timedelta(seconds=1)
    assert old_mails.purge(now=later) == [sent, given_up]
    assert (sent.message, sent.purged_at, sent.subject) == (None, later, "Your training bookings")
    assert pending.message is not None
    assert old_mails.purge(now=later) == []
