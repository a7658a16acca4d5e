from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import make_booking, make_date
from tests.web.reading import heading, links, main, read, wrong
from webapp.models import AuditLine, Booking, BookingState, Cause, Ending

GONE = {
    "state": BookingState.CANCELLED,
    "ending": Ending.BY_PRACTITIONER,
    "cancelled_at": NOW,
    "name": "Ann Example",
}


@pytest.fixture
def late(db, partnership):
    """Somebody who was ill and said so the day before."""
    return make_booking(gave_up_late=True, cause=Cause.ILLNESS, **GONE)


def page_of(booking, rest=""):
    return f"/organiser/bookings/{booking.id}{rest}"


def verdict(db, booking):
    db.session.expire_all()
    return booking.gave_up_late, booking.cause


def test_lists_and_pages_of_a_booking_say_that_it_was_late_and_why(signed_in, late):
    page = signed_in.get(page_of(late))
    assert "Cancelled late: ill, at 9am on Thursday 17 April 2025" in main(page).text
    assert links(page)["Change how the cancellation counts"] == page_of(late, "/late")
    date = f"/organiser/dates/{late.course_date_id}/attendees"
    assert "Cancelled late: ill" in main(signed_in.get(f"{date}?state=cancelled")).text


def test_a_file_says_that_it_is_excused_and_not_that_somebody_was_ill(signed_in, late):
    address = f"/organiser/dates/{late.course_date_id}/attendees/export"
    answer = signed_in.get(f"{address}?as=csv&state=all&columns=name&columns=state")
    assert answer.text.splitlines()[1] == 'Ann Example,"Cancelled late, excused"'


@pytest.mark.parametrize(
    ("said", "counts", "noted"),
    [
        ("in_time", (False, None), "not late"),
        ("duty", (True, Cause.DUTY), "excused"),
        ("other", (True, Cause.OTHER), "late"),
    ],
)
def test_how_it_counts_is_put_right_and_the_log_says_no_more_than_it_needs(
    signed_in, db, late, said, counts, noted
):
    page = signed_in.get(page_of(late, "/late"))
    assert heading(page) == "How the cancellation of Ann Example counts"
    signed_in.post(page_of(late, "/late"), data={"verdict": said})
    assert verdict(db, late) == counts
    line = db.session.scalars(select(AuditLine).order_by(AuditLine.id.desc())).first()
    assert (line.action, line.detail) == ("said how a cancellation counts", noted)


def test_how_it_counts_can_be_undone(signed_in, db, late):
    answer = signed_in.post(page_of(late, "/late"), data={"verdict": "in_time"})
    done = signed_in.get(answer.location)
    [undo] = [one for one in read(done).all("form") if "/undo/" in (one.get("action") or "")]
    signed_in.post(undo["action"])
    assert verdict(db, late) == (True, Cause.ILLNESS)


def test_without_an_answer_nothing_changes_and_where_no_place_was_there_is_nothing_to_judge(
    signed_in, db, late
):
    assert wrong(signed_in.post(page_of(late, "/late"))) == {"verdict": "Choose how it counts"}
    assert verdict(db, late) == (True, Cause.ILLNESS)
    live = make_booking()
    assert signed_in.get(page_of(live, "/late")).status_code == 409
    assert "Change how the cancellation counts" not in links(signed_in.get(page_of(live)))


def test_only_where_it_is_late_an_organiser_is_asked_whether_theirs_counts(signed_in, db):
    words = "It counts as a late cancellation"
    early = make_booking()
    assert words not in main(signed_in.get(page_of(early, "/cancel"))).text
    near = make_date(starts_at=NOW + timedelta(days=1))
    kept, counted = make_booking(near), make_booking(near)
    assert words in main(signed_in.get(page_of(kept, "/cancel"))).text
    signed_in.post(page_of(kept, "/cancel"), data={"reason": "Ill."})
    signed_in.post(page_of(counted, "/cancel"), data={"reason": "So.", "counts_as_late": "y"})
    found = db.session.scalars(select(Booking).order_by(Booking.id)).all()
    assert [one.gave_up_late for one in found] == [False, False, True]
