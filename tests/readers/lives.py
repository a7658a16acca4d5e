"""Every life an invitation can have, each as a story that ends with what the diaries hold.

Ann has a place, Wes waits, Cat is a colleague. What a story does after `story.now_told()` is what
the table in docs/invites.md describes.
"""

from tests.makers import make_venue
from tests.readers.story import TITLE, WEST_OFFICES, day, entry
from webapp.models import Format

LIVES, COMBINATIONS = {}, {}
OTHER_LINK = "https://teams.example/join/another"
NEXT_WEEK, WEEK_AFTER = day(21), day(28)
TWO_DAYS = (day(14), day(21))


def life(name, kept=LIVES):
    def keep(tell):
        kept[name] = tell
        return tell

    return keep


def combination(name):
    return life(name, COMBINATIONS)


def both(first, second, where=WEST_OFFICES):
    """The two days of a course in one diary."""
    return [
        entry(first, f"{TITLE} (day 1 of 2)", where),
        entry(second, f"{TITLE} (day 2 of 2)", where),
    ]


@life("A place is booked")
def booked(story):
    date = story.date()
    story.now_told()
    story.book("ann", date)
    return {"ann": [entry(day(14))]}


@life("A place on a two-day course is booked")
def booked_two_days(story):
    date = story.date(*TWO_DAYS)
    story.now_told()
    story.book("ann", date)
    return {"ann": both(*TWO_DAYS)}


@life("Several sessions of a Week are booked by one form")
def booked_several(story):
    first, full, last = story.date(), story.date(day(15), capacity=0), story.date(day(16))
    story.now_told()
    story.book_several("ann", last, full, first)
    return {"ann": [entry(day(14)), entry(day(16))]}


@life("An organiser books somebody")
def added_by_hand(story):
    date = story.date()
    story.now_told()
    story.add_by_hand("ann", date)
    return {"ann": [entry(day(14))]}


@life("The same place is booked once more")
def booked_twice(story):
    date = story.date()
    story.book("ann", date)
    story.now_told()
    story.book("ann", date)
    return {"ann": [entry(day(14))]}


@life("The date is full")
def waiting(story):
    date = story.date(capacity=0)
    story.now_told()
    story.book("wes", date)
    return {}


@life("A place comes free and is taken")
def waiting_then_confirmed(story):
    date = story.date(capacity=1)
    story.book("ann", date)
    story.book("wes", date)
    story.now_told()
    story.cancel("ann", date)
    story.accept("wes", date)
    return {"wes": [entry(day(14))]}


@life("A place comes free near the start")
def first_to_take(story):
    date = story.date(day(1), capacity=1)
    story.book("ann", date)
    story.book("wes", date)
    story.now_told()
    story.cancel("ann", date)
    story.accept("wes", date)
    return {"wes": [entry(day(1))]}


@life("A place that was kept is let go")
def declined(story):
    date = story.date(capacity=0)
    story.book("wes", date)
    story.arrange(date, capacity=1)
    story.now_told()
    story.decline("wes", date)
    return {}


@life("A place that was kept is not taken in time")
def lapsed(story):
    date = story.date(capacity=0)
    story.book("wes", date)
    story.arrange(date, capacity=1)
    story.now_told()
    story.wait(days=8)
    story.lapse(date)
    return {}


@life("Cancelled by the practitioner")
def cancelled(story):
    date = story.date()
    story.book("ann", date)
    story.now_told()
    story.cancel("ann", date)
    return {}


@life("Cancelled late by the practitioner")
def cancelled_late(story):
    date = story.date(day(1))
    story.book("ann", date)
    story.now_told()
    story.cancel("ann", date)
    return {}


@life("A place on a two-day course is cancelled")
def cancelled_two_days(story):
    date = story.date(*TWO_DAYS)
    story.book("ann", date)
    story.now_told()
    story.cancel("ann", date)
    return {}


@life("Cancelled by an organiser")
def cancelled_by_organiser(story):
    date = story.date()
    story.book("ann", date)
    story.now_told()
    story.cancel_by_organiser("ann", date)
    return {}


@life("Cancelled and then booked again")
def booked_again(story):
    date = story.date()
    story.book("ann", date)
    story.cancel("ann", date)
    story.now_told()
    story.book_again("ann", date)
    return {"ann": [entry(day(14))]}


@life("The address was mistyped and is corrected")
def corrected(story):
    date = story.date()
    story.book("aann", date)
    story.now_told()
    story.correct("aann", "ann", date)
    return {"ann": [entry(day(14))]}


@life("Moved to another time")
def another_time(story):
    date = story.date(capacity=1)
    story.book("ann", date)
    story.book("wes", date)
    story.now_told()
    story.arrange(date, days=(day(14, hour=13),))
    return {"ann": [entry(day(14, hour=13))]}


@life("Another room")
def another_room(story):
    date = story.date()
    story.book("ann", date)
    story.now_told()
    story.arrange(date, room="Room 2")
    return {"ann": [entry(day(14), where=f"Room 2, {WEST_OFFICES}")]}


@life("Another venue")
def another_venue(story):
    date = story.date(capacity=1)
    story.book("ann", date)
    story.book("wes", date)
    story.now_told()
    story.arrange(date, venue=make_venue(name="Guildhall", address=["High Street", "York"]))
    return {"ann": [entry(day(14), where="Guildhall, High Street, York")]}


@life("The address of the venue is put right")
def another_address(story):
    date = story.date()
    story.book("ann", date)
    story.now_told()
    story.relocate(story.venue, address=["5 Station Rise", "York"])
    return {"ann": [entry(day(14), where="West Offices, 5 Station Rise, York")]}


@life("Another link to join")
def another_link(story):
    date = story.date(online=True, capacity=1)
    story.book("ann", date)
    story.book("wes", date)
    story.now_told()
    story.arrange(date, join_link=OTHER_LINK)
    return {"ann": [entry(day(14), where=OTHER_LINK)]}


@life("Made a two-day course")
def made_two_days(story):
    date = story.date()
    story.book("ann", date)
    story.now_told()
    story.arrange(date, days=TWO_DAYS)
    return {"ann": both(*TWO_DAYS)}


@life("One of two days is dropped")
def one_day_dropped(story):
    date = story.date(*TWO_DAYS)
    story.book("ann", date)
    story.now_told()
    story.arrange(date, days=TWO_DAYS[:1])
    return {"ann": [entry(day(14))]}


@life("Postponed without a new date")
def postponed(story):
    date = story.date(capacity=1)
    story.book("ann", date)
    story.book("wes", date)
    story.now_told()
    story.postpone(date)
    return {}


@life("Given a new date after that")
def new_date(story):
    date = story.date(capacity=1)
    story.book("ann", date)
    story.book("wes", date)
    story.postpone(date)
    story.now_told()
    story.arrange(date, days=(day(28),))
    return {"ann": [entry(day(28))]}


@life("The whole date is cancelled")
def date_cancelled(story):
    date = story.date(capacity=1)
    story.book("ann", date)
    story.book("wes", date)
    story.now_told()
    story.cancel_date(date)
    return {}


@life("Moved to another date of the course")
def moved(story):
    date, other = story.date(), story.date(day(28))
    story.book("ann", date)
    story.now_told()
    story.move("ann", date, other)
    return {"ann": [entry(day(28))]}


@life("A colleague comes instead")
def substituted(story):
    date = story.date()
    story.book("ann", date)
    story.now_told()
    story.substitute("ann", "cat", date)
    return {"cat": [entry(day(14))]}


@life("Another date of the course is taken instead")
def chosen(story):
    date, other = story.date(), story.date(day(28))
    story.book("ann", date)
    story.now_told()
    story.choose("ann", date, other)
    return {"ann": [entry(day(28))]}


@life("A colleague is sent instead")
def sent(story):
    date = story.date()
    story.book("ann", date)
    story.now_told()
    story.send_colleague("ann", "cat", date)
    return {"cat": [entry(day(14))]}


@life("A team is booked")
def booked_for_a_team(story):
    date = story.date(capacity=1)
    story.now_told()
    story.book_team("pat", ["ann", "wes"], date)
    return {"ann": [entry(day(14))]}


@life("A team is booked with somebody who had booked already")
def booked_for_who_had_booked(story):
    date = story.date()
    story.book("ann", date)
    story.now_told()
    story.book_team("pat", ["ann"], date)
    return {"ann": [entry(day(14))]}


@life("Cancelled by the colleague who booked it")
def cancelled_by_booker(story):
    date = story.date()
    story.book_team("pat", ["ann"], date)
    story.now_told()
    story.take_back("pat")
    return {}


@life("A date comes near")
def reminded(story):
    date = story.date()
    story.book("ann", date)
    story.now_told()
    story.wait(days=9)
    story.remind(date)
    return {"ann": [entry(day(14))]}


@life("Two places are missed")
def missed(story):
    first, second = story.date(), story.date(day(21))
    story.climb(person=1, manager=2, lead=2)
    for date in (first, second):
        story.book("ann", date)
        story.name_manager("ann", date, "max")
    story.booking("ann", first).agency.lead_email = story.address("lee")
    story.now_told()
    story.miss("ann", first)
    story.miss("ann", second)
    return {"ann": [entry(day(14)), entry(day(21))]}


@life("A date that people asked for can be booked")
def asked_for(story):
    for who in ("ann", "wes"):
        story.wants_to_hear(who)
    story.now_told()
    story.tell_of(story.date())
    return {}


@life("Somebody with a line manager has a place, and another day suits better")
def with_a_manager(story):
    date, other = story.date(), story.date(day(21))
    story.managers_are_told()
    story.now_told()
    story.book("ann", date, manager="max")
    story.choose("ann", date, other)
    story.cancel("ann", other)
    return {}


@life("A line manager objects")
def objected(story):
    date = story.date(capacity=1)
    story.managers_are_told()
    story.book("ann", date, manager="max")
    story.book("wes", date)
    story.now_told()
    story.object_to("ann", date)
    return {}


def after_a_miss(story):
    """The date that Ann, who missed one, books now."""
    first, then = story.date(), story.date(day(21))
    story.climb(approval=1)
    story.book("ann", first)
    story.miss("ann", first)
    story.now_told()
    story.book("ann", then)
    return then


@life("A booking waits for approval, and is allowed")
def allowed(story):
    story.allow("ann", after_a_miss(story))
    return {"ann": [entry(day(14)), entry(day(21))]}


@life("A booking waits for approval, and is refused")
def refused(story):
    story.refuse("ann", after_a_miss(story))
    return {"ann": [entry(day(14))]}


@life("A discreet diary is chosen")
def made_discreet(story):
    date = story.date()
    story.book("ann", date)
    story.now_told()
    story.choose_title("ann", True)
    return {"ann": [entry(day(14), title="Training")]}


@life("Declined in the calendar, and the place is kept")
def kept(story):
    date = story.date()
    story.book("ann", date)
    story.now_told()
    story.reply("ann")
    story.keep("ann", date)
    return {"ann": [entry(day(14))]}


@life("Somebody with a discreet diary books")
def booked_discreetly(story):
    first, second = story.date(), story.date(day(28))
    story.book("ann", first)
    story.choose_title("ann", True)
    story.now_told()
    story.book("ann", second)
    return {"ann": [entry(day(14), title="Training"), entry(day(28), title="Training")]}


@life("The second of two days is cancelled after the first was held")
def rest_cancelled(story):
    date = story.date(*TWO_DAYS)
    story.book("ann", date)
    story.now_told()
    story.wait(days=15)
    story.cancel_date(date)
    return {"ann": both(*TWO_DAYS)[:1]}


# Lives that go on: nothing of them is in the table, since each step is there by itself.


@combination("booked, cancelled, booked, cancelled, booked: each under a UID of its own")
def three_times(story):
    date = story.date()
    story.book("ann", date)
    for _ in range(2):
        story.cancel("ann", date)
        story.book_again("ann", date)
    assert len(story.diary("ann").known) == 3
    return {"ann": [entry(day(14))]}


@combination("several booked by one form, one given up, and booked again with another")
def several_and_one_again(story):
    first, second = story.date(), story.date(day(15))
    story.book_several("ann", first, second)
    story.cancel("ann", first)
    story.book_several("ann", first, second)
    story.arrange(second, days=(day(16),))
    return {"ann": [entry(day(14)), entry(day(16))]}


@combination("one day, two days, another first day, one day again")
def days_come_and_go(story):
    date = story.date()
    story.book("ann", date)
    story.arrange(date, days=TWO_DAYS)
    story.arrange(date, days=(day(20), day(21)))
    story.arrange(date, days=(day(21),))
    story.arrange(date, days=(day(21), day(22), day(23)))
    story.arrange(date, days=(day(23),))
    return {"ann": [entry(day(23))]}


@combination("the first of two days goes behind the other, so that both change their number")
def days_change_places(story):
    date = story.date(*TWO_DAYS)
    story.book("ann", date)
    story.arrange(date, days=(day(21), day(28)))
    return {"ann": both(day(21), day(28))}


@combination("everything changes at once")
def everything(story):
    date = story.date()
    story.book("ann", date)
    story.arrange(
        date,
        days=(day(20, hour=13), day(21, hour=13)),
        format=Format.ONLINE,
        venue=None,
        room=None,
        platform="Microsoft Teams",
        join_link=OTHER_LINK,
    )
    return {"ann": both(day(20, hour=13), day(21, hour=13), where=OTHER_LINK)}


@combination("a venue that moves while a date there is postponed, and two people on it")
def venue_moves_while_postponed(story):
    date = story.date()
    story.book("ann", date)
    story.postpone(date)
    story.relocate(story.venue, name="East Offices", address=["Kings Square", "York"])
    story.book("ben", story.date(day(35)))
    story.arrange(date, days=(day(28),))
    where = "East Offices, Kings Square, York"
    return {"ann": [entry(day(28), where=where)], "ben": [entry(day(35), where=where)]}


@combination("online, then in a room, then online by another link")
def online_and_back(story):
    date = story.date(online=True)
    story.book("ann", date)
    story.arrange(date, format=Format.FACE_TO_FACE, venue=story.venue, room="Room 2")
    story.arrange(date, format=Format.ONLINE, venue=None, room=None, join_link=OTHER_LINK)
    return {"ann": [entry(day(14), where=OTHER_LINK)]}


@combination("postponed, given a date, postponed again, given one again, moved in time")
def postponed_twice(story):
    date = story.date()
    story.book("ann", date)
    for number in (28, 35):
        story.postpone(date)
        story.arrange(date, days=(day(number),))
    story.arrange(date, days=(day(35, hour=13),))
    return {"ann": [entry(day(35, hour=13))]}


@combination("postponed and given its old date")
def postponed_for_nothing(story):
    date = story.date()
    story.book("ann", date)
    story.postpone(date)
    story.arrange(date, days=(day(14),))
    return {"ann": [entry(day(14))]}


@combination("a two-day course postponed, and held on one day")
def postponed_and_shortened(story):
    date = story.date(*TWO_DAYS)
    story.book("ann", date)
    story.postpone(date)
    story.arrange(date, days=(day(28),))
    return {"ann": [entry(day(28))]}


@combination("postponed, cancelled by one while there is no date, then held")
def cancelled_while_postponed(story):
    date = story.date(capacity=1)
    story.book("ann", date)
    story.book("wes", date)
    story.postpone(date)
    story.cancel("ann", date)
    story.arrange(date, days=(day(28),))
    story.accept("wes", date)
    return {"wes": [entry(day(28))]}


@combination("postponed and then cancelled for good")
def postponed_then_cancelled(story):
    date = story.date()
    story.book("ann", date)
    story.postpone(date)
    story.cancel_date(date)
    return {}


@combination("moved to another date, there and back")
def moved_and_back(story):
    date, other = story.date(), story.date(day(28))
    story.book("ann", date)
    story.move("ann", date, other)
    story.move("ann", other, date)
    return {"ann": [entry(day(14))]}


@combination("moved to another date that then changes, and is cancelled by who came")
def moved_and_changed(story):
    date, other = story.date(), story.date(*TWO_DAYS)
    story.book("ann", date)
    story.move("ann", date, other)
    story.arrange(other, room="Room 2")
    story.cancel("ann", other)
    story.book_again("ann", other)
    return {"ann": both(*TWO_DAYS, where=f"Room 2, {WEST_OFFICES}")}


@combination("moved from a full date, so that who waits is offered the place")
def moved_and_followed(story):
    date, other = story.date(capacity=1), story.date(day(28))
    story.book("ann", date)
    story.book("wes", date)
    story.move("ann", date, other)
    story.accept("wes", date)
    return {"ann": [entry(day(28))], "wes": [entry(day(14))]}


@combination("somebody who waits is moved, and nothing is taken out")
def moved_from_the_line(story):
    date, other = story.date(capacity=0), story.date(day(28))
    story.book("wes", date)
    story.move("wes", date, other)
    return {"wes": [entry(day(28))]}


@combination("a colleague comes instead, and then the first one after all")
def substituted_and_back(story):
    date = story.date(capacity=1)
    story.book("ann", date)
    story.book("wes", date)
    story.substitute("ann", "cat", date)
    story.substitute("cat", "ann", date)
    return {"ann": [entry(day(14))]}


@combination("a colleague comes instead of somebody whose date was postponed")
def substituted_while_postponed(story):
    date = story.date()
    story.book("ann", date)
    story.postpone(date)
    story.substitute("ann", "cat", date)
    story.arrange(date, days=(day(28),))
    return {"cat": [entry(day(28))]}


@combination("one who cancelled, and one who stayed, when the date changes")
def only_who_stayed(story):
    date = story.date()
    story.book("ann", date)
    story.book("ben", date)
    story.cancel("ann", date)
    story.arrange(date, days=(day(15),))
    return {"ben": [entry(day(15))]}


@combination("booked after changes: the first invitation is not the first copy")
def booked_late(story):
    date = story.date()
    story.arrange(date, room="Room 2")
    story.arrange(date, days=(day(15),))
    story.book("ann", date)
    story.arrange(date, room=None)
    return {"ann": [entry(day(15))]}


@combination("booked between the days of a course: only what is to come, and then it changes")
def booked_between_the_days(story):
    date = story.date(*TWO_DAYS)
    story.wait(days=15)
    story.add_by_hand("ann", date)
    story.arrange(date, room="Room 2")
    return {"ann": both(*TWO_DAYS, where=f"Room 2, {WEST_OFFICES}")[1:]}


@combination("a discreet diary through changes, and open again")
def discreet_and_back(story):
    date = story.date(*TWO_DAYS)
    story.book("ann", date)
    story.choose_title("ann", True)
    story.arrange(date, days=(day(14), day(28)))
    story.postpone(date)
    story.arrange(date, days=(day(35),))
    story.choose_title("ann", False)
    return {"ann": [entry(day(35))]}


@combination("declined, kept, declined once more, kept, then changed and cancelled")
def declined_and_kept(story):
    date = story.date()
    story.book("ann", date)
    for _ in range(2):
        story.reply("ann")
        story.keep("ann", date)
        story.wait(days=2)
    story.arrange(date, room="Room 2")
    story.cancel("ann", date)
    return {}


@combination(
    "booked by a colleague who takes it back, then by themselves, while who waits moves up"
)
def taken_back_and_booked_again(story):
    date = story.date(*TWO_DAYS, capacity=1)
    story.book_team("pat", ["ann", "wes"], date)
    story.take_back("pat")
    story.book("wes", date)
    story.book_again("ann", date)
    story.cancel("wes", date)
    story.accept("ann", date)
    return {"ann": both(*TWO_DAYS)}
