from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.makers import make_booking, make_practitioner
from tests.people import kinds, mails, settle_in, words
from webapp.errors import Gone
from webapp.models import BookingState
from webapp.services import links, practitioners


@pytest.fixture(autouse=True)
def _a_partnership(db):
    settle_in()


def test_a_person_is_found_however_the_address_is_typed():
    made = practitioners.find_or_make(" Ann@Agency.example", now=NOW)
    assert made.email == "ann@agency.example"
    assert practitioners.find_or_make("ANN@agency.EXAMPLE ", now=NOW) is made
    assert practitioners.find("ann@agency.example") is made


def test_the_link_to_all_bookings_goes_to_an_address_we_know():
    ann = make_practitioner("ann@agency.example")
    practitioners.send_my_link("Ann@agency.example", now=NOW)

    [mail] = mails()
    assert mail.to == "ann@agency.example"
    assert f"http://localhost/my/{links.my_token(ann, NOW)}" in words(mail)


def test_an_address_we_do_not_know_gets_nothing():
    practitioners.send_my_link("ann@agency.example", now=NOW + timedelta(days=1))
    assert kinds() == []


def test_a_renewed_feed_has_another_address():
    ann = make_practitioner()
    before = links.feed_token(ann)
    practitioners.renew_feed(ann)
    assert links.feed_token(ann) != before


def test_ending_the_links_renews_every_link_of_this_person_and_of_nobody_else():
    ann, bob = make_practitioner("ann@agency.example"), make_practitioner()
    hers, ended, his = (
        make_booking(practitioner=ann),
        make_booking(practitioner=ann, state=BookingState.CANCELLED),
        make_booking(practitioner=bob),
    )
    kept = links.booking_token(his), links.feed_token(bob), links.my_token(bob, NOW)
    old = links.booking_token(hers), links.booking_token(ended), links.feed_token(ann)
    old_my = links.my_token(ann, NOW)

    practitioners.end_links(ann, now=NOW)

    for token in old[:2]:
        with pytest.raises(Gone):
            links.open_booking(token)
    with pytest.raises(Gone):
        links.open_feed(old[2])
    with pytest.raises(Gone):
        links.open_my(old_my, NOW)
    assert (links.booking_token(his), links.feed_token(bob), links.my_token(bob, NOW)) == kept
    [mail] = mails()
    assert (mail.to, mail.kind) == ("ann@agency.example", "links_ended")
    assert f"http://localhost/my/{links.my_token(ann, NOW)}" in words(mail)
