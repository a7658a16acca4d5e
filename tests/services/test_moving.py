from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.calendars import faults, mail_faults
from tests.conftest import NOW
from tests.makers import make_booking, make_course, make_date, make_venue
from tests.people import (
    book,
    calendar_of,
    details,
    entries,
    kinds,
    mails,
    settle_in,
    words,
)
from webapp.db import db as database
from webapp.errors import Full, Refused
from webapp.models import AccessNeeds, Booking, BookingState, DateState, Ending, Format
from webapp.services import (
    arrangements,
    bookings,
    calling_off,
    links,
    moving,
    places,
    waiting_list,
)

ANN, BEN, CAT, DAN = (f"{name}@agency.example" for name in ("ann", "ben", "cat", "dan"))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LATER = NOW + HOUR
CONFIRMED, WAITING, OFFERED = BookingState.CONFIRMED, BookingState.WAITING, BookingState.OFFERED


@pytest.fixture(autouse=True)
def _house(app, db, monkeypatch):
    monkeypatch.setitem(app.config, "BASE_URL", "https://training.example")
    settle_in()


def two_dates(**facts):
    """Thursday 1 May and Thursday 8 May of one course; `facts` are the second's."""
    first = make_date(capacity=facts.pop("first_capacity", 2))
    starts_at = facts.pop("starts_at", first.starts_at + 7 * DAY)
    return first, make_date(**{"course": first.course, "starts_at": starts_at, **facts})


def days_from(start):
    return [(start + n * DAY, start + n * DAY + 3 * HOUR) for n in (0, 1)]


def move(booking, to, *, reason=None, over=None, now=LATER):
    moved = moving.move(booking, to, reason=reason, over_capacity_reason=over, now=now)
    database.session.commit()
    return moved


def substitute(booking, email=BEN, *, now=LATER, **facts):
    stands_in = moving.substitute(
        booking, email=email, details=details(**{"name": "Ben Other", **facts}), now=now
    )
    database.session.commit()
    return stands_in


def cancel(booking):
    bookings.cancel(booking, now=NOW)
    database.session.commit()


def postpone(date):
    calling_off.postpone(date, message="", now=NOW + HOUR / 2)
    database.session.commit()


def check_mails():
    """Every mail written is faultless, and each follows the one before about the same entry."""
    told = {}
    for mail in mails():
        assert "  " not in mail.subject
        if not (entry := entries(mail)):
            continue
        previous = told.get((mail.to, entry["UID"]))
        profile = {"REQUEST": "invite", "CANCEL": "cancel"}[entry["METHOD"]]
        assert mail_faults(mail.message, previous=previous) == []
        assert faults(calendar_of(mail), profile, previous=previous) == []
        told[mail.to, entry["UID"]] = calendar_of(mail)


def test_moved_somebody_has_a_place_on_the_other_date_and_the_old_booking_says_so():
    old, new = two_dates()
    booking = book(old, team="North", phone="01632 960002", access="A ramp", dietary="No nuts")
    moved = move(booking, new, reason="The trainer can only teach ten.")

    assert (booking.state, booking.ending) == (BookingState.CANCELLED, Ending.MOVED)
    assert booking.cancel_reason == "The trainer can only teach ten."
    assert (moved.course_date, moved.state, moved.practitioner) == (
        new,
        CONFIRMED,
        booking.practitioner,
    )
    assert (moved.replaces, booking.replaced_by) == (booking, moved)
    assert (moved.team, moved.phone, moved.terms) == ("North", "01632 960002", booking.terms)
    # What they need goes along, and is not kept twice.
    needs = database.session.scalars(select(AccessNeeds)).one()
    assert (needs.booking, needs.access, needs.dietary) == (moved, "A ramp", "No nuts")


def test_one_mail_says_the_old_and_the_new_date_with_the_new_invitation_and_one_takes_out_the_old():
    old, new = two_dates(venue=make_venue(name="West Offices"))
    moved = move(book(old), new, reason="The trainer can only teach ten.")

    assert kinds(ANN) == ["booking_confirmed", "booking_moved", "old_date"]
    _, told, out = mails(ANN)
    assert told.subject == "You have been moved: Safeguarding basics, Thu 8 May, 10am"
    text = words(told)
    assert "The reason: The trainer can only teach ten." in text
    assert f"The old date: Thursday 1 May 2025, 10am to 1pm, {old.venue.name}" in text
    assert "The new date: Thursday 8 May 2025, 10am to 1pm, West Offices" in text
    assert "Another mail takes the old date out of your diary." in text
    assert links.booking_token(moved) in text
    assert (entries(told)["METHOD"], entries(told)["UID"]) == ("REQUEST", new.days[0].uid)

    assert out.subject == "Taken out of your diary: Safeguarding basics, Thu 1 May, 10am"
    assert "It was: Thursday 1 May 2025, 10am to 1pm" in words(out)
    assert links.booking_token(moved) in words(out)
    assert (entries(out)["METHOD"], entries(out)["UID"]) == ("CANCEL", old.days[0].uid)
    assert (told.booking_id, out.booking_id) == (moved.id, moved.replaces_id)
    check_mails()


def test_each_day_put_in_and_taken_out_has_a_mail_of_its_own():
    start = NOW + 20 * DAY
    old = make_date(days=days_from(start), starts_at=start, ends_at=start + DAY + 3 * HOUR)
    later = start + 7 * DAY
    new = make_date(
        course=old.course, days=days_from(later), starts_at=later, ends_at=later + DAY + 3 * HOUR
    )
    move(book(old), new)

    after = mails(ANN)[2:]
    assert [mail.kind for mail in after] == [
        "booking_moved",
        "further_day",
        "old_date",
        "old_date",
    ]
    told = [(entries(mail)["METHOD"], entries(mail)["UID"]) for mail in after]
    assert told == [("REQUEST", day.uid) for day in new.days] + [
        ("CANCEL", day.uid) for day in old.days
    ]
    assert "Each further day comes in a mail of its own." in words(after[0])
    check_mails()


def test_moved_back_again_a_diary_that_took_the_day_out_gets_it_under_another_uid():
    old, new = two_dates()
    first = book(old)
    back = move(move(first, new), old, now=LATER + HOUR)

    assert back.course_date == old
    request = entries(mails(ANN)[3])
    assert request["METHOD"] == "REQUEST"
    assert request["UID"] not in {old.days[0].uid, new.days[0].uid}
    check_mails()


def test_the_place_on_the_old_date_goes_to_the_next_in_line():
    old, new = two_dates(first_capacity=1)
    booking, waiting = book(old), book(old, BEN)
    move(booking, new)

    assert waiting.state is OFFERED
    assert kinds(BEN) == ["booking_waiting", "booking_offered"]


def test_somebody_who_waits_is_moved_to_a_place_with_nothing_to_take_out():
    old, new = two_dates(first_capacity=1)
    book(old)
    waiting, behind = book(old, BEN), book(old, CAT)
    moved = move(waiting, new)

    assert (moved.state, moved.waiting_since) == (CONFIRMED, None)
    assert kinds(BEN) == ["booking_waiting", "booking_moved"]
    assert "out of your diary" not in words(mails(BEN)[-1])
    assert waiting_list.position(behind) == 1
    assert behind.state is WAITING


def test_an_offer_left_by_a_move_is_offered_on():
    old, new = two_dates(first_capacity=1)
    holder, offered, behind = book(old), book(old, BEN), book(old, CAT)
    cancel(holder)
    move(offered, new)

    assert behind.state is OFFERED


def test_moved_off_a_postponed_date_a_diary_is_not_asked_twice_to_take_it_out():
    old, new = two_dates()
    booking = book(old)
    postpone(old)
    move(booking, new)

    assert kinds(ANN) == ["booking_confirmed", "date_postponed", "booking_moved"]
    text = words(mails(ANN)[-1])
    assert "The old date: Postponed, new date to be confirmed" in text
    assert "out of your diary" not in text


def test_the_link_to_join_the_new_date_is_told_and_that_of_the_old_is_not():
    first = make_date(format=Format.ONLINE, join_link="https://teams.example/join/old")
    second = make_date(
        format=Format.ONLINE,
        course=first.course,
        starts_at=first.starts_at + 7 * DAY,
        join_link="https://teams.example/join/new",
    )
    move(book(first), second)

    for mail in mails(ANN)[1:]:
        assert "join/old" not in words(mail) + str(entries(mail))
    assert "Join: https://teams.example/join/new" in words(mails(ANN)[1])
    check_mails()


def test_to_a_full_date_nobody_is_moved_without_a_reason():
    old, new = two_dates(capacity=1)
    booking = book(old)
    book(new, BEN)
    with pytest.raises(Full, match="has 1 place: 1 is taken or kept"):
        move(booking, new)
    database.session.rollback()
    assert booking.is_live

    moved = move(booking, new, over="She gives the talk")
    assert (moved.state, places.of(new, NOW).confirmed) == (CONFIRMED, 2)
    assert moved.over_capacity_reason == "She gives the talk"


def test_a_reason_that_was_not_needed_is_not_kept():
    old, new = two_dates()
    assert move(book(old), new, over="She gives the talk").over_capacity_reason is None


def test_a_free_place_that_people_wait_for_is_theirs_first():
    old, new = two_dates(capacity=1)
    booking, holder = book(old), book(new, BEN)
    waiting = book(new, CAT)
    cancel(holder)
    assert waiting.state is OFFERED
    with pytest.raises(Refused, match="kept for somebody"):
        move(booking, new)


def test_an_offer_nobody_took_goes_on_in_line_before_anybody_is_moved_there():
    old, new = two_dates(capacity=1)
    booking, holder = book(old), book(new, BEN)
    late, behind = book(new, CAT), book(new, DAN)
    cancel(holder)
    after = late.offered_until + HOUR
    with pytest.raises(Refused, match="kept for somebody"):
        move(booking, new, now=after)
    database.session.rollback()

    moved = move(booking, new, over="She gives the talk", now=after)
    assert (late.ending, behind.state) == (Ending.OFFER_LAPSED, OFFERED)
    assert moved.state is CONFIRMED


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"state": DateState.DRAFT}, "not been published"),
        ({"state": DateState.CANCELLED}, "has been cancelled"),
        ({"state": DateState.POSTPONED, "starts_at": None}, "has been postponed"),
        ({"state": DateState.HELD_BACK, "starts_at": None}, "to be confirmed"),
        ({"starts_at": NOW}, "already started"),
        ({"starts_at": NOW - 3 * DAY}, "has passed"),
        ({"course": "another"}, "another course"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_nobody_is_moved_to_a_date_that_cannot_be_had(facts, why):
    if "course" in facts:
        facts = {"course": make_course()}
    old, new = two_dates(**facts)
    booking = book(old)
    with pytest.raises(Refused, match=why):
        move(booking, new)
    database.session.rollback()
    assert kinds() == ["booking_confirmed"]


def test_an_organiser_moves_people_to_a_date_whose_booking_has_closed():
    old, new = two_dates(closes_at=NOW)
    assert move(book(old), new).state is CONFIRMED


def test_nobody_is_moved_to_where_they_have_a_booking():
    old, new = two_dates()
    booking = book(old)
    book(new)
    for to in (new, old):
        with pytest.raises(Refused, match="already"):
            move(booking, to)
        database.session.rollback()


def test_what_has_ended_or_begun_is_not_moved():
    old, new = two_dates()
    booking = book(old)
    with pytest.raises(Refused, match="already started"):
        move(booking, new, now=old.starts_at)
    database.session.rollback()
    move(booking, new)
    with pytest.raises(Refused, match="cancelled already"):
        move(booking, new)


def test_an_offer_that_has_run_out_is_not_moved():
    old, new = two_dates(first_capacity=1)
    holder, offered = book(old), book(old, BEN)
    cancel(holder)
    with pytest.raises(Refused, match="cancelled already"):
        move(offered, new, now=offered.offered_until)


def test_only_coming_dates_of_the_course_without_a_booking_of_theirs_are_to_choose_from():
    old, full = two_dates(capacity=0)
    course = old.course
    soonest = make_date(course=course, starts_at=NOW + DAY, closes_at=NOW)
    theirs = make_date(course=course, starts_at=NOW + 40 * DAY)
    make_date()
    make_date(course=course, starts_at=NOW - DAY)
    make_date(course=course, starts_at=None, state=DateState.POSTPONED)
    make_date(course=course, state=DateState.CANCELLED)
    booking = book(old)
    book(theirs)

    assert moving.targets(booking, now=NOW) == [soonest, full]


def test_a_colleague_gets_the_place_and_each_of_the_two_is_told_their_part():
    date = make_date(capacity=1)
    booking = book(date, name="Ann Example")
    stands_in = substitute(booking, team="South")

    assert (booking.state, booking.ending) == (BookingState.CANCELLED, Ending.SUBSTITUTED)
    assert (stands_in.state, stands_in.email, stands_in.team) == (CONFIRMED, BEN, "South")
    assert (stands_in.replaces, stands_in.terms) == (booking, None)
    assert kinds(ANN) == ["booking_confirmed", "booking_substituted"]
    assert kinds(BEN) == ["stands_in"]

    away, goes = mails(ANN)[-1], mails(BEN)[0]
    assert away.subject == ("A colleague goes instead of you: Safeguarding basics, Thu 1 May, 10am")
    assert "has been passed on to Ben Other, who goes instead of you" in words(away)
    assert (entries(away)["METHOD"], entries(away)["UID"]) == ("CANCEL", date.days[0].uid)
    assert goes.subject == "You have a place: Safeguarding basics, Thu 1 May, 10am"
    assert "you go instead of Ann Example" in words(goes)
    assert "You can change your details with the link below." in words(goes)
    assert links.booking_token(stands_in) in words(goes)
    assert (entries(goes)["METHOD"], entries(goes)["UID"]) == ("REQUEST", date.days[0].uid)
    check_mails()


def test_neither_is_told_more_of_the_other_than_the_name():
    date = make_date()
    booking = book(
        date,
        name="Ann Example",
        job_role="Midwife",
        phone="01632 960002",
        manager_name="Max Manager",
        manager_email="max@agency.example",
        access="A ramp",
        dietary="No nuts",
    )
    stands_in = substitute(booking, job_role="Paediatrician")

    told = mails(BEN)[0].message.decode() + words(mails(BEN)[0]) + str(entries(mails(BEN)[0]))
    for secret in (ANN, "Midwife", "960002", "Max", "ramp", "nuts", links.booking_token(booking)):
        assert secret not in told
    told = mails(ANN)[1].message.decode() + words(mails(ANN)[1]) + str(entries(mails(ANN)[1]))
    for secret in (BEN, "Paediatrician", links.booking_token(stands_in)):
        assert secret not in told
    assert (stands_in.phone, stands_in.manager_name, stands_in.manager_email) == (None, None, None)
    assert stands_in.access_needs is None


def test_a_place_passed_on_is_never_free_for_those_who_wait():
    date = make_date(capacity=1)
    booking, waiting = book(date), book(date, CAT)
    substitute(booking)

    assert (waiting.state, places.of(date, NOW).confirmed) == (WAITING, 1)
    assert kinds(CAT) == ["booking_waiting"]


def test_a_place_that_is_kept_for_somebody_can_be_passed_on_while_it_is():
    date = make_date(capacity=1)
    holder, offered = book(date), book(date, CAT)
    cancel(holder)
    with pytest.raises(Refused, match="cancelled already"):
        substitute(offered, now=offered.offered_until)
    database.session.rollback()

    assert substitute(offered).state is CONFIRMED
    assert entries(mails(CAT)[-1]) == {}


def test_each_day_of_a_place_passed_on_has_two_mails():
    start = NOW + 20 * DAY
    date = make_date(days=days_from(start), starts_at=start, ends_at=start + DAY + 3 * HOUR)
    substitute(book(date))

    assert kinds(ANN)[2:] == ["booking_substituted", "day_taken_out"]
    assert kinds(BEN) == ["stands_in", "further_day"]
    assert [entries(mail)["METHOD"] for mail in mails(ANN)[2:]] == ["CANCEL", "CANCEL"]
    assert [entries(mail)["UID"] for mail in mails(BEN)] == [day.uid for day in date.days]
    check_mails()


def test_on_a_postponed_date_a_colleague_is_invited_once_there_is_a_day():
    date = make_date()
    booking = book(date)
    postpone(date)
    stands_in = substitute(booking)

    assert stands_in.state is CONFIRMED
    assert [entries(mails(who)[-1]) for who in (ANN, BEN)] == [{}, {}]
    assert "As soon as there is a new date" in words(mails(BEN)[0])
    assert "diary" not in words(mails(ANN)[-1])
    assert stands_in.invites == []


def test_nobody_stands_in_who_has_a_booking_on_the_date():
    date = make_date()
    booking = book(date)
    book(date, BEN)
    for who in (ANN, BEN):
        with pytest.raises(Refused, match="has a booking for this date already"):
            substitute(booking, who)
        database.session.rollback()
    assert booking.is_live


def test_nobody_stands_in_for_one_who_waits_or_has_gone_or_once_it_has_begun():
    date = make_date(capacity=1)
    booking, waiting = book(date), book(date, CAT)
    with pytest.raises(Refused, match="waiting"):
        substitute(waiting)
    database.session.rollback()
    with pytest.raises(Refused, match="already started"):
        substitute(booking, now=date.starts_at)
    database.session.rollback()
    cancel(booking)
    with pytest.raises(Refused, match="cancelled already"):
        substitute(booking)


def test_on_a_cancelled_date_nobody_is_moved_or_replaced():
    old, new = two_dates()
    booking = make_booking(old)
    old.state = DateState.CANCELLED
    database.session.commit()
    with pytest.raises(Refused, match="cancelled"):
        move(booking, new)
    database.session.rollback()
    with pytest.raises(Refused, match="cancelled"):
        substitute(booking)


def test_one_who_stayed_away_may_book_again_and_the_diary_takes_it_in():
    date = make_date()
    booking = book(date, access="A ramp")
    substitute(booking)
    again = bookings.book_again(booking, now=LATER)
    database.session.commit()

    assert (again.state, again.replaces) == (CONFIRMED, None)
    assert again.access_needs.access == "A ramp"
    assert entries(mails(ANN)[-1])["UID"] != date.days[0].uid
    check_mails()


def test_a_moved_booking_is_listed_once_as_the_new_one():
    old, new = two_dates()
    booking = book(old)
    moved = move(booking, new)

    assert list(bookings.of_practitioner(booking.practitioner)) == [moved]


def test_a_place_passed_on_and_back_again_is_a_chain_of_three():
    date = make_date()
    first = book(date)
    second = substitute(first)
    third = substitute(second, ANN, name="Ann Example", now=LATER + HOUR)

    assert [b.ending for b in (first, second, third)] == [
        Ending.SUBSTITUTED,
        Ending.SUBSTITUTED,
        None,
    ]
    assert third.replaces.replaces is first
    live = select(func.count()).where(Booking.state != BookingState.CANCELLED)
    assert database.session.scalar(live) == 1
    check_mails()


def put_back_on(date, start):
    new = replace(arrangements.of(date), days=((start, start + 3 * HOUR),))
    arrangements.arrange(date, new, now=LATER + HOUR)
    database.session.commit()


def test_once_the_postponed_date_is_back_on_the_colleague_alone_is_invited():
    date = make_date()
    booking = book(date)
    postpone(date)
    substitute(booking)
    told = kinds(ANN)
    put_back_on(date, NOW + 30 * DAY)

    assert kinds(ANN) == told
    assert kinds(BEN) == ["stands_in", "date_back_on"]
    assert entries(mails(BEN)[1])["METHOD"] == "REQUEST"
    check_mails()


def test_who_was_moved_off_hears_no_more_of_the_old_date():
    old, new = two_dates()
    move(book(old), new)
    told = kinds(ANN)
    put_back_on(old, NOW + 30 * DAY)
    postpone(old)
    calling_off.cancel(old, message="", now=LATER + HOUR)

    assert kinds(ANN) == told


def test_who_was_moved_hears_of_changes_to_the_new_date():
    old, new = two_dates()
    move(book(old), new)
    put_back_on(new, NOW + 30 * DAY)

    changed = mails(ANN)[-1]
    assert changed.kind == "booking_changed"
    assert entries(changed)["UID"] == new.days[0].uid
    check_mails()


def test_whose_diary_is_discreet_has_the_entries_of_a_move_in_mails_that_name_no_training():
    old, new = two_dates()
    booking = book(old)
    booking.practitioner.is_discreet = True
    move(booking, new)

    after = mails(ANN)[1:]
    assert [(mail.kind, bool(entries(mail))) for mail in after] == [
        ("booking_moved", False),
        ("diary_entry", True),
        ("diary_entry", True),
    ]
    assert [entries(mail)["METHOD"] for mail in after[1:]] == ["REQUEST", "CANCEL"]
    for mail in after[1:]:
        assert "Safeguarding basics" not in mail.subject + words(mail) + calendar_of(mail).decode()
