"""Many at once want the last place: one gets it, the others stand in line, each is told once."""

import re
from itertools import count

import pytest
from sqlalchemy import select

from tests.makers import make_agency, make_date, make_sector, make_week
from tests.people import book, kinds, mails
from tests.races.runners import VERBS, Processes, Threads
from webapp.db import db
from webapp.models import Booking, BookingState, CourseDate, Ending, Practitioner, TeamMember
from webapp.services import bookings, waiting_list

REPEATS = 50
A_FEW = 5
CONFIRMED, WAITING, OFFERED = BookingState.CONFIRMED, BookingState.WAITING, BookingState.OFFERED

pytestmark = [pytest.mark.slow, pytest.mark.postgres]
_number = count(1)


@pytest.fixture(scope="module", params=[Threads, Processes], ids=["threads", "processes"])
def runners(request, url):
    running = request.param(url)
    yield running
    running.stop()


@pytest.fixture
def race(context, runners):
    """Run these legs at once, with nothing locked by who set them up or looks at the end."""

    def race(*legs):
        db.session.rollback()
        results = runners.race(list(legs))
        db.session.rollback()
        return results

    return race


def people(number):
    return [f"runner-{next(_number)}@agency.example" for _ in range(number)]


def on(date_id):
    """Everybody on this date, as they came."""
    chosen = select(Booking).where(Booking.course_date_id == date_id).order_by(Booking.id)
    return db.session.scalars(chosen).all()


def in_state(everybody, state):
    return [booking for booking in everybody if booking.state is state]


def check_line(everybody):
    """Those who wait stand in a strict order."""
    line = sorted(in_state(everybody, WAITING), key=lambda b: (b.waiting_since, b.id))
    assert [waiting_list.position(booking) for booking in line] == [*range(1, len(line) + 1)]
    return line


def told_place(booking):
    """The place in line that the first mail named."""
    return int(re.search(rb"You are (\d+)", mails(booking.email)[0].message)[1])


def test_the_last_place_goes_to_one_and_the_others_stand_in_line(race, runners):
    for _ in range(REPEATS):
        date = make_date(capacity=2)
        book(date, people(1)[0])
        date_id, who = date.id, people(runners.number)
        assert race(*(("book", date_id, email) for email in who)) == ["done"] * runners.number

        everybody = on(date_id)
        assert sorted(booking.email for booking in everybody[1:]) == sorted(who)
        [winner] = in_state(everybody[1:], CONFIRMED)
        assert kinds(winner.email) == ["booking_confirmed"]
        line = check_line(everybody)
        assert [told_place(booking) for booking in line] == [*range(1, runners.number)]
        assert [kinds(booking.email) for booking in line] == [["booking_waiting"]] * len(line)


def test_held_places_are_left_to_their_sector_amid_the_rush(race, runners):
    school = make_agency(sector=make_sector())
    school_id, sector_id = school.id, school.sector_id
    for _ in range(A_FEW):
        date = make_date(capacity=3, held_days=3)
        date.held = [(sector_id, 2)]
        db.session.commit()
        date_id, who = date.id, people(runners.number)
        teachers = set(who[::2])
        legs = [("book", date_id, one, *([school_id] if one in teachers else [])) for one in who]
        assert race(*legs) == ["done"] * runners.number

        everybody = on(date_id)
        placed = in_state(everybody, CONFIRMED)
        assert len(placed) == min(3, len(teachers) + 1)
        assert len([one for one in placed if one.email not in teachers]) <= 1
        assert len(check_line(everybody)) == runners.number - len(placed)


def test_a_place_freed_amid_the_rush_goes_to_who_waited_longest(race, runners):
    for _ in range(REPEATS):
        date = make_date(capacity=1)
        holder, first, second = (book(date, email) for email in people(3))
        date_id, legs, who = date.id, [("cancel", holder.id)] * 2, people(runners.number)
        legs += [("book", date_id, email) for email in who]
        assert race(*legs) == ["done"] * len(legs)

        everybody = on(date_id)
        assert in_state(everybody, CONFIRMED) == []
        assert in_state(everybody, OFFERED) == [first]
        line = check_line(everybody)
        assert (line[0], len(line)) == (second, runners.number + 1)
        # All behind moved up by one when the place was freed, whenever that was.
        for number, booking in enumerate(line[1:], start=2):
            assert told_place(booking) in {number, number + 1}
        assert kinds(holder.email) == ["booking_confirmed", "booking_cancelled"]
        assert kinds(first.email) == ["booking_waiting", "booking_offered"]
        assert [kinds(booking.email) for booking in line] == [["booking_waiting"]] * len(line)


def test_an_offer_is_answered_once_however_many_buttons_are_pressed(race):
    for _ in range(A_FEW):
        date = make_date(capacity=1)
        holder, first, second = (book(date, email) for email in people(3))
        bookings.cancel(holder, now=first.booked_at)
        db.session.commit()
        date_id, legs = date.id, [(verb, first.id) for verb in ("accept", "decline") * 4]
        assert race(*legs).count("done") == 1

        everybody, told = on(date_id), kinds(first.email)
        if told[2:] == ["booking_confirmed"]:
            assert in_state(everybody, CONFIRMED) == [first]
            assert second.state is WAITING
        else:
            assert told[2:] == ["offer_declined"]
            assert in_state(everybody, OFFERED) == [second]


def test_an_offer_that_lapses_while_it_is_given_up_ends_once(race):
    for _ in range(A_FEW):
        date = make_date(capacity=1)
        holder, first, second = (book(date, email) for email in people(3))
        bookings.cancel(holder, now=first.booked_at)
        db.session.commit()
        date_id, ends = date.id, first.offered_until
        lapse, give_up = ("lapse", date_id, ends), ("cancel", first.id)
        assert race(*[lapse, give_up] * 4) == ["done"] * 8

        assert kinds(first.email)[2:] in (["offer_lapsed"], ["booking_cancelled"])
        # Given up first, the place was offered on before that moment, and lapsed at it.
        assert kinds(second.email)[1:2] == ["booking_offered"]
        assert len(in_state(on(date_id), OFFERED)) == kinds(second.email).count(
            "booking_offered"
        ) - (kinds(second.email).count("offer_lapsed"))


def test_one_person_who_presses_again_and_again_has_one_booking(race, runners):
    for _ in range(A_FEW):
        date_id, [email] = make_date(capacity=1).id, people(1)
        assert race(*[("book", date_id, email)] * runners.number) == ["done"] * runners.number

        [booking] = on(date_id)
        assert booking.state is CONFIRMED
        assert kinds(email) == ["booking_confirmed"] * runners.number


def test_a_newcomer_who_books_many_dates_at_once_is_one_person(race, runners):
    for _ in range(A_FEW):
        date_ids, [email] = [make_date().id for _ in range(runners.number)], people(1)
        assert (
            race(*(("book", date_id, email) for date_id in date_ids)) == ["done"] * runners.number
        )

        known = select(Practitioner).where(Practitioner.email == email)
        [person] = db.session.scalars(known).all()
        assert len(person.bookings) == runners.number


def test_one_is_moved_into_the_last_place_and_the_others_stay(race, runners):
    for _ in range(A_FEW):
        old, new = make_date(capacity=None), make_date(capacity=1)
        new.course = old.course
        db.session.commit()
        who = [book(old, email) for email in people(runners.number)]
        new_id, legs = new.id, [("move", booking.id, new.id) for booking in who]
        results = race(*legs)

        assert results.count("done") == 1
        assert all("1 is taken" in result for result in results if result != "done")
        [winner] = on(new_id)
        assert winner.state is CONFIRMED
        assert [booking for booking in who if not booking.is_live] == [winner.replaces]


def test_people_moved_both_ways_at_once_all_arrive(race, runners):
    for _ in range(A_FEW):
        here, there = make_date(capacity=None), make_date(capacity=None)
        there.course = here.course
        db.session.commit()
        ids = here.id, there.id
        legs = []
        for number, email in enumerate(people(runners.number)):
            start, end = (here, there) if number % 2 else (there, here)
            legs.append(("move", book(start, email).id, end.id))
        assert race(*legs) == ["done"] * runners.number
        for date_id in ids:
            assert len(in_state(on(date_id), CONFIRMED)) == runners.number // 2


def test_a_place_passed_on_while_it_is_cancelled_is_one_or_the_other(race):
    for _ in range(A_FEW):
        date = make_date(capacity=1)
        holder, waiting = (book(date, email) for email in people(2))
        date_id, [colleague] = date.id, people(1)
        race(*[("cancel", holder.id), ("substitute", holder.id, colleague)] * 4)

        everybody = on(date_id)
        if holder.ending is Ending.SUBSTITUTED:
            assert [booking.email for booking in in_state(everybody, CONFIRMED)] == [colleague]
            assert waiting.state is WAITING
        else:
            assert in_state(everybody, OFFERED) == [waiting]
            assert kinds(colleague) == []


def team(date_id, number, *, all_or_nobody=False):
    """A leg that books for so many, and who they are."""
    booker, *who = people(number + 1)
    return ("team", date_id, booker, who, all_or_nobody), who


def test_a_team_of_five_for_three_places_while_others_book(race, runners):
    for _ in range(A_FEW):
        date_id = make_date(capacity=3).id
        leg, who = team(date_id, 5)
        others = people(runners.number - 1)
        legs = [leg, *(("book", date_id, email) for email in others)]
        assert race(*legs) == ["done"] * len(legs)

        everybody = on(date_id)
        assert len(everybody) == 5 + len(others)
        assert len(in_state(everybody, CONFIRMED)) == 3
        check_line(everybody)
        # Nobody came between those of one form, who stand in the order of their list.
        ours = [booking.email in who for booking in everybody]
        assert ours[ours.index(True) :][:5] == [True] * 5
        assert [booking.email for booking in everybody if booking.email in who] == who
        placed = [booking.state is CONFIRMED for booking in everybody]
        assert placed == [True] * 3 + [False] * (len(everybody) - 3)


def test_of_teams_that_all_want_all_or_nothing_one_has_all(race, runners):
    for _ in range(A_FEW):
        date_id = make_date(capacity=5).id
        teams = [team(date_id, 3, all_or_nobody=True) for _ in range(runners.number)]
        results = race(*(leg for leg, _ in teams))

        assert results.count("done") == 1
        assert sum("so nobody was booked" in result for result in results) == len(teams) - 1
        came = [booking.email for booking in on(date_id)]
        assert came in [who for _, who in teams]
        assert [kinds(email) for _, who in teams for email in who if email not in came] == [[]] * (
            3 * len(teams) - 3
        )


def test_two_teams_of_the_same_new_people_on_several_dates_end_and_book_each_once(race, runners):
    for _ in range(A_FEW):
        ids = [make_date(capacity=None).id for _ in range(2)]
        who = people(6)
        legs = []
        for number, booker in enumerate(people(runners.number)):
            order = who if number % 2 else who[::-1]
            legs.append(("team", ids[number // 2 % 2], booker, order, False))
        assert race(*legs) == ["done"] * len(legs)
        for date_id in ids:
            assert sorted(booking.email for booking in on(date_id)) == sorted(who)


def test_what_a_booker_takes_back_while_it_is_cancelled_ends_once(race):
    for _ in range(A_FEW):
        date_id = make_date(capacity=1).id
        leg, [colleague] = team(date_id, 1)
        VERBS["team"](*leg[1:])
        db.session.commit()
        waiting = book(db.session.get(CourseDate, date_id), people(1)[0])
        [booking] = [one for one in on(date_id) if one.email == colleague]
        wanted = select(TeamMember.id).where(TeamMember.booking_id == booking.id)
        member_id = db.session.scalars(wanted).one()
        results = race(*[("take back", member_id), ("cancel", booking.id)] * 4)

        assert "There is nothing left to cancel for who was ticked." in results
        assert len(kinds(colleague)) == 2
        assert booking.ending in {Ending.BY_BOOKER, Ending.BY_PRACTITIONER}
        assert waiting.state is OFFERED


def test_of_several_sessions_asked_for_in_other_orders_each_last_place_goes_to_one(race, runners):
    for _ in range(A_FEW):
        week, dates = make_week(), [make_date(capacity=1) for _ in range(3)]
        week_id, ids = week.id, [date.id for date in dates]
        orders = [ids, ids[::-1], [ids[1], ids[0], ids[2]]]
        who = people(runners.number)
        legs = [("week", week_id, email, orders[n % 3]) for n, email in enumerate(who)]
        assert race(*legs) == ["done"] * runners.number

        for date_id in ids:
            everybody = on(date_id)
            assert sorted(booking.email for booking in everybody) == sorted(who)
            [winner] = in_state(everybody, CONFIRMED)
            assert len(check_line(everybody)) == runners.number - 1
            assert kinds(winner.email).count("week_booked") == 1
        places = [booking for date_id in ids for booking in in_state(on(date_id), CONFIRMED)]
        for email in who:
            mine = [booking for booking in places if booking.email == email]
            assert kinds(email) == ["week_booked"] + ["session_invitation"] * len(mine)


def test_one_new_person_books_several_and_one_of_them_alone_in_two_windows(race, runners):
    for _ in range(A_FEW):
        week, [first, second, other] = make_week(), [make_date(capacity=1) for _ in range(3)]
        week_id, ids = week.id, [first.id, second.id]
        (holder,) = (book(second, email) for email in people(1))
        [email] = people(1)
        legs = [
            ("week", week_id, email, ids),
            ("week", week_id, email, ids[::-1]),
            ("book", second.id, email),
            ("book", first.id, email),
            ("cancel", holder.id),
            ("move", holder.id, other.id),
        ]
        done = race(*legs[: max(4, runners.number)])
        assert done.count("done") >= len(done) - 1

        mine = [[b for b in on(date_id) if b.email == email] for date_id in ids]
        assert [len(those) for those in mine] == [1, 1]
        assert mine[0][0].state is CONFIRMED
        assert kinds(email).count("week_booked") == 2
        assert len(in_state(on(ids[1]), CONFIRMED) + in_state(on(ids[1]), OFFERED)) <= 1
