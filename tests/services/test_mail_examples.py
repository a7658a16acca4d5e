import os
import re

import pytest

from tests.conftest import NOW
from tests.makers import make_partnership
from tests.people import mails
from tests.services import mail_paper
from webapp.formats import mail_words
from webapp.formats.mail_gaps import PARTS
from webapp.formats.mails import MAILS
from webapp.formats.private_links import masked
from webapp.models import Booking, Course, CourseDate
from webapp.services import mail_examples

# Of these there is nothing to see or to do.
LEAD_NOWHERE = {"certificate_withdrawn", "manager_changed", "manager_no_place"}
# They say that somebody has a place, and when and where it is.
HAS_A_PLACE = [
    *("booking_confirmed", "booking_changed", "booking_moved", "booking_kept", "date_chosen"),
    *("date_back_on", "colleague_sent", "stands_in", "booked_by_colleague"),
    *("joining_instructions", "reminder", "reminder_online"),
]
GAP = re.compile(r"\{[^}]*\}")


@pytest.fixture(autouse=True)
def _a_partnership(db):
    make_partnership()


def after_first(letter):
    """What follows the first words."""
    return letter.text.replace("\r\n", "\n").partition("\n\n")[2]


@pytest.mark.parametrize("kind", MAILS)
def test_every_mail_can_be_read_before_its_words_are_kept(db, kind):
    as_ours = mail_examples.as_read(kind, {}, now=NOW)
    facts = after_first(as_ours)
    assert not GAP.search(as_ours.subject + as_ours.text)
    assert "http://localhost/" in facts or kind in LEAD_NOWHERE

    every = " ".join(f"{{{gap}}}" for gap in mail_words.gaps(kind))
    own = {part: f"{part}: {every}" for part in PARTS}
    letter = mail_examples.as_read(kind, own, now=NOW)
    values = " ".join(mail_examples.gaps(kind, now=NOW).values())
    assert letter.subject.startswith(f"subject: {values}"[:150])
    said = [line.strip() for line in letter.text.splitlines()]
    assert said[0] == f"first: {values}"
    assert said.index(f"last: {values}") == said.index("Anytown Training Team") - 2
    # Whatever is chosen, the facts between are the same.
    assert after_first(letter).replace(f"last: {values}\n\n", "") == facts

    assert db.session.query(Booking).count() == 0
    assert db.session.query(Course).count() == db.session.query(CourseDate).count() == 0
    assert mails() == []


@pytest.mark.parametrize("kind", HAS_A_PLACE)
def test_every_mail_of_a_place_leads_to_the_page_for_who_cannot_come(kind):
    assert mail_examples.as_read(kind, {}, now=NOW).text.count("/cancel") == 1


def test_the_example_holds_no_link_that_opens_anything_once_it_is_masked():
    letter = mail_examples.as_read("booking_confirmed", {}, now=NOW)
    assert "/bookings/0-" in letter.text
    assert "/bookings/…" in masked(letter.text)


def test_the_paper_of_all_mails_has_each_as_it_is_read():
    if os.environ.get("WRITE_MAILS"):
        mail_paper.PAPER.write_text(mail_paper.paper(), "utf-8")
    assert mail_paper.PAPER.read_text("utf-8") == mail_paper.paper()
