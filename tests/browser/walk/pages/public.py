"""What visitors see: the programme, booking, and what private links lead to."""

from tests.conftest import NOW
from webapp.formats import certificates
from webapp.services import links


def pages(world):
    token = {name: links.booking_token(booking) for name, booking in world.standings.items()}
    person = world.standings["confirmed"].practitioner
    dates = {
        "open and pressed": world.open,
        "online": world.online,
        "full": world.full,
        "past": world.past,
        "cancelled": world.cancelled,
        "closed": world.closed,
        "held back": world.held_back,
        "two days": world.two_days,
        "postponed": world.postponed,
        "shortened": world.shortened,
    }
    yield "programme", "list", {}
    yield "programme", "second page", {"page": 2}
    yield "programme", "month", {"view": "month", "month": "2025-05"}
    yield "programme", "month with nothing", {"view": "month", "month": "2031-05"}
    yield "programme", "day", {"view": "month", "day": "2025-05-01"}
    yield "programme", "day with nothing", {"view": "month", "day": "2031-05-01"}
    yield "programme", "past", {"view": "past"}
    yield "programme", "past, nothing found", {"view": "past", "text": "nothing is called this"}
    yield "programme", "filtered", {"kind": "briefing", "format": "online"}
    yield "programme", "with places", {"places": "yes"}
    yield "programme", "nothing found", {"text": "nothing is called this", "month": "2025-05"}
    full = world.dates["full"]
    yield "date", "all are full", {"date_id": full.id}
    yield "course", "all dates are full", {"slug": full.course.slug}
    yield "course", "second page", {"slug": world.courses["every week"].slug, "page": 2}
    held = world.standings["of no sector held for"].course_date
    for page in ("date", "book", "book_team"):
        yield page, "the rest is held", {"date_id": held.id}
    for course in (world.open.course, world.no_dates, world.e_learning, world.cancelled.course):
        yield "course", course.slug[:20], {"slug": course.slug}
    for state, date in dates.items():
        yield "date", state.removesuffix(" and pressed"), {"date_id": date.id}
        yield "book", state, {"date_id": date.id}
        yield "book_team", state, {"date_id": date.id}
    yield "written", "without a booking", {"date_id": world.open.id}
    yield "team_written", "without a booking", {"date_id": world.open.id}
    yield "bookings_made", "some", {"token": links.team_token(world.booker)}
    yield "bookings_made", "none", {"token": links.team_token(person)}
    yield "bookings_made", "altered link", {"token": links.team_token(person)[:-2] + "xx"}
    for state, word in token.items():
        yield "booking", state, {"token": word}
    yield "booking", "altered link", {"token": token["confirmed"][:-2] + "xx"}
    yield "booking", "replaced link", {"token": world.replaced}
    yield "change_booking", "confirmed and pressed", {"token": token["confirmed"]}
    yield "cancel_booking", "confirmed", {"token": token["confirmed"]}
    yield "cancel_booking", "waiting", {"token": token["waiting"]}
    yield "cancel_booking", "late and pressed", {"token": token["late"]}
    yield "cancel_booking", "to allow", {"token": token["to allow"]}
    yield "change_booking", "to allow", {"token": token["to allow"]}
    yield "send_colleague", "confirmed and pressed", {"token": token["confirmed"]}
    for state in ("confirmed", "declined", "put off", "cancelled", "past"):
        yield "reply", state, {"token": token[state]}
    asked = world.standings["may be objected to"]
    yield "manager", "asked", {"token": links.manager_token(asked)}
    yield "manager", "nothing to say", {"token": links.manager_token(world.standings["waiting"])}
    yield "manager", "altered link", {"token": links.manager_token(asked)[:-2] + "xx"}
    yield "interest", "no dates and pressed", {"slug": world.no_dates.slug}
    yield "interest_written", "without a form", {"slug": world.no_dates.slug}
    yield "withdraw_interest", "", {"token": links.interest_token(world.interest)}
    yield "my", "asked and pressed", {}
    yield "my_sent", "", {}
    yield "my_bookings", "some", {"token": links.my_token(person, NOW)}
    for state in ("put off", "moved", "passed on", "discreet", "date cancelled"):
        person = world.standings[state].practitioner
        yield "my_bookings", state, {"token": links.my_token(person, NOW)}
        yield "diary", state, {"token": links.my_token(person, NOW)}
    yield "my_bookings", "expired", {"token": links.my_token(person, NOW.replace(year=2024))}
    yield "mail_as_written", "no demonstration", {"message_id": "nobody@example"}
    for page in ("privacy", "accessibility", "terms", "contact", "calendar_help"):
        yield page, "", {}
    yield "terms", "no such version", {"version": 99}
    yield from after_the_day(world)
    yield from own_data(world)
    yield from weeks(world)


def after_the_day(world):
    """Certificates, and what somebody says of a training."""
    code = {
        state: certificates.shown(world.standings[state].certificate.code)
        for state in ("certified", "withdrawn")
    }
    yield "check_certificate", "asked", {}
    yield "check_certificate", "genuine", {"code": code["certified"]}
    yield "check_certificate", "withdrawn", {"code": code["withdrawn"]}
    yield "check_certificate", "unknown", {"code": "ABCDE-FGH23"}
    yield "check_certificate", "malformed", {"code": "no code"}
    asked = {
        state: {"token": links.evaluation_token(world.standings[state])}
        for state in ("not answered", "certified", "absent")
    }
    yield "evaluation", "not answered and pressed", asked["not answered"]
    yield "evaluation", "answered", asked["certified"]
    yield "evaluation", "absent", asked["absent"]
    yield "evaluation", "altered link", {"token": asked["certified"]["token"][:-2] + "xx"}
    yield "evaluation_given", "answered", asked["certified"]
    yield "evaluation_given", "not answered", asked["not answered"]


def own_data(world):
    """What somebody can do with their own data by the link to their bookings."""
    person = {
        state: world.standings[state].practitioner
        for state in ("confirmed", "certified", "asked", "put off and waiting", "online")
    }
    mine = {state: {"token": links.my_token(one, NOW)} for state, one in person.items()}
    yield "my_bookings", "certified, asked to be forgotten", mine["certified"]
    yield "change_address", "asked and pressed", mine["confirmed"]
    yield "change_address", "asked for another", mine["asked"]
    yield "own_data", "certified", mine["certified"]
    yield "erasure", "not asked", mine["online"]
    yield "erasure", "asked", mine["certified"]
    for state in ("asked", "put off and waiting"):
        change = person[state].address_change
        for side in ("old", "new"):
            word = {"side": side, "token": links.address_token(change, side)}
            yield "confirm_address", f"{state}, {side}", word
    yield "confirm_address", "altered link", {**word, "token": word["token"][:-2] + "xx"}
    yield "confirm_address", "neither mailbox", {**word, "side": "third"}


def weeks(world):
    """A Week, and several of its sessions at once."""
    slug = {state: week.slug for state, week in world.weeks.items()}
    named = ("ten", "at the same time", "full session", "closed session")
    dates = [world.dates[name].id for name in named]
    for state in slug:
        yield "week", state, {"slug": slug[state]}
    some = {"slug": slug["some"]}
    yield "week", "some ticked, filtered", {**some, "date": dates, "format": "online"}
    yield "week", "filtered, nothing found", {**some, "audience": "voluntary-sector", "places": "x"}
    yield "book_week", "clashes, full and closed and pressed", {**some, "date": dates}
    yield "book_week", "closed alone", {**some, "date": dates[3:]}
    yield "book_week", "nothing ticked", some
    yield "week_written", "without a form", some
