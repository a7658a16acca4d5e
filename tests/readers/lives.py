"""Every life an invitation can have, each as a story that ends with what the diaries hold.

Ann has a place, Wes waits, Cat is a colleague. What a story does after `story.now_told()` is what
the table in docs/invites.md describes; the lives without it are combinations.
"""


from tests.makers import make_venue
from tests.readers.story import TITLE, WEST_OFFICES, day, entry

LIVES = {}
OTHER_LINK = "https://teams.example/join/another"
NEXT_WEEK, WEEK_AFTER = day(21), day(28)
TWO_DAYS = (day(14), day(21))


def life(name):
    def keep(tell):
        LIVES[name] = tell
        return tell

    return keep


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
    story.wait(days=3)
    story.lapse(date)
    return {}


@life("Cancelled by the practitioner")
def cancelled(story):
    date = story.date()
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
    story.reply("ann", date)
    story.keep("ann", date)
    return {"ann": [entry(day(14))]}
