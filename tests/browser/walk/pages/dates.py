"""What organisers see of dates and of the people on them; mail, settings, their own account."""

GROUPS = (
    "partnership",
    "contact",
    "who",
    "work",
    "rules",
    "cancelling",
    "sectors",
    "reminders",
    "dates",
    "data",
)


def pages(world):
    date, held_back = {"date_id": world.open.id}, {"date_id": world.held_back.id}
    person = {"booking_id": world.standings["confirmed"].id}
    yield "home", "", {}
    yield "home", "another term", {"term": "2025-summer"}
    yield "home", "a term without dates", {"term": "2001-spring"}
    yield "past_dates", "", {}
    yield "attendees", "confirmed", date
    yield "attendees", "waiting", {"date_id": world.full.id, "state": "waiting"}
    yield "attendees", "cancelled", {**date, "state": "cancelled"}
    yield "attendees", "everybody, sorted", {**date, "state": "all", "sort": "agency"}
    yield "attendees", "nobody", {"date_id": world.closed.id}
    yield "attendees", "nobody found", {**date, "q": "nobody is called this"}
    yield "attendees", "no such date", {"date_id": 999_999}
    yield "access_needs", "some", date
    yield "access_needs", "none", {"date_id": world.closed.id}
    for state in ("postponed", "cancelled", "shortened"):
        yield "attendees", state, {"date_id": getattr(world, state).id}
        yield "details", state, {"date_id": getattr(world, state).id}
        yield "postpone_date", state, {"date_id": getattr(world, state).id}
        yield "cancel_date", state, {"date_id": getattr(world, state).id}
    yield "postpone_date", "open and pressed", date
    yield "cancel_date", "open and pressed", date
    yield "details", "two days and pressed", {"date_id": world.two_days.id}
    yield "details", "held back", held_back
    for state in ("moved", "passed on", "declined", "put off", "waiting"):
        yield "booking", state, {"booking_id": world.standings[state].id}
        yield "move_booking", state, {"booking_id": world.standings[state].id}
        yield "substitute", state, {"booking_id": world.standings[state].id}
    yield "move_booking", "confirmed and pressed", person
    yield "substitute", "confirmed and pressed", person
    several = {**date, "everybody": "list", "state": "confirmed"}
    yield "new_message", "several", several
    for page in ("cancel_several", "move_several"):
        yield page, "several and pressed", several
        yield page, "some who have gone", {**several, "state": "all"}
    yield "move_several", "nowhere to go", {**several, "date_id": world.full.id, "state": "all"}
    yield "give_place", "waiting and pressed", {"booking_id": world.standings["waiting"].id}
    yield "give_place", "offered", {"booking_id": world.standings["offered"].id}
    yield "calendars", "administrator", {}
    yield "add_attendee", "open and pressed", date
    yield "add_attendee", "full and pressed", {"date_id": world.full.id}
    yield "add_several", "open and pressed", date
    yield "add_several", "full", {"date_id": world.full.id}
    yield "add_attendee", "past", {"date_id": world.past.id}
    yield "booking", "confirmed", person
    yield "booking", "removed", {"booking_id": world.standings["removed"].id}
    yield "booking", "hostile", {"booking_id": world.standings["hostile"].id}
    yield "cancel_booking", "confirmed and pressed", person
    yield "cancel_booking", "late and pressed", {"booking_id": world.standings["late"].id}
    yield "booking", "gave up late", {"booking_id": world.standings["gave up late"].id}
    for state in ("gave up late and pressed", "confirmed"):
        which = world.standings[state.removesuffix(" and pressed")]
        yield "judge_late", state, {"booking_id": which.id}
    yield "change_address", "confirmed and pressed", person
    yield "change_person", "confirmed and pressed", person
    yield "change_address", "asked before", {"booking_id": world.standings["asked"].id}
    yield "cancel_booking", "removed already", {"booking_id": world.standings["removed"].id}
    yield "details", "face to face", date
    yield "held_places", "open and pressed", date
    yield "held_places", "past", {"date_id": world.past.id}
    held = {"date_id": world.standings["of no sector held for"].course_date_id}
    yield "held_places", "some for two sectors", held
    yield "attendees", "places held", {**held, "state": "waiting"}
    yield "details", "online", {"date_id": world.online.id}
    yield "venue", "known and pressed", {"venue_id": world.open.venue_id}
    yield "settle", "held back and pressed", held_back
    yield "settle", "never held back", date
    yield "interests", "some", {"course_id": world.held_back.course_id}
    yield "interests", "told in order", {"course_id": world.courses["told in order"].id}
    yield "interests", "none", {"course_id": world.courses["unpublished"].id}
    yield "outbox", "all", {}
    yield "outbox", "returned", {"standing": "returned"}
    yield "outbox", "given up", {"standing": "given-up"}
    yield "outbox", "nothing found", {"q": "nobody is called this"}
    for number in (1, 2, 3):
        yield "email", f"mail {number}", {"email_id": number}
    yield "audit", "all", {}
    yield "audit", "no such day", {"first": "2025-02-31"}
    yield "audit", "nothing found", {"last": "2001-01-01"}
    yield "settings", "", {}
    for group in GROUPS:
        yield "settings_group", f"{group} and pressed", {"group": group}
    yield "settings_group", "managers", {"group": "managers"}
    yield "settings_group", "no such group", {"group": "nothing"}
    to_allow = {"booking_id": world.standings["to allow"].id}
    yield "booking", "to allow", to_allow
    yield "attendees", "some to allow", {"date_id": world.full.id, "state": "all"}
    yield "refuse_booking", "asked and pressed", to_allow
    yield "missed_places", "some", {"months": 36}
    yield "set_aside", "asked and pressed", {"booking_id": world.standings["withdrawn"].id}
    yield "ladder", "asked and pressed", {}
    yield "charge_settings", "asked", {}
    yield "charges", "some", {"month": "2025-04"}
    yield "charges", "none", {"month": "2001-01"}
    yield "aims", "asked", {}
    yield "account", "", {}
    yield "change_password", "asked and pressed", {}
    yield "set_up_second_factor", "asked and pressed", {}
    yield "role", "", {}
