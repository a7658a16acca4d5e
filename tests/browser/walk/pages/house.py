"""What is of the whole house: who signs in, looking for things, figures, tables, lists."""

IMPORTED = ("courses", "dates", "bookings")


def pages(world):
    account = {state: {"account_id": one.id} for state, one in world.accounts.items()}
    agency = {"agency_id": world.standings["confirmed"].agency_id}
    yield "people", "some", {}
    yield "add_person", "asked and pressed", {}
    yield "person", "organiser and pressed", account["organiser"]
    yield "person", "reporter", account["reporter"]
    yield "person", "closed", account["closed"]
    yield "person", "trainer", {"account_id": world.trainer.id}
    yield "person", "with a second factor", {"account_id": world.careful.id}
    yield "person", "oneself", {"account_id": world.administrator.id}
    yield "mails", "ours", {}
    yield "mail", "ours", {"kind": "booking_confirmed"}
    yield "mail", "of a course", {"kind": "new_date"}
    yield "mail", "to a line manager", {"kind": "missed_manager"}
    yield "mail", "no such mail", {"kind": "nothing"}
    yield "agencies", "some", {}
    yield "agency", "known and pressed", agency
    yield "new_agency", "asked and pressed", {}
    yield "merge_agency", "asked and pressed", agency
    yield (
        "sector",
        "known and pressed",
        {"sector_id": world.standings["confirmed"].agency.sector_id},
    )
    yield "new_sector", "asked and pressed", {}
    yield "logo", "none and pressed", {}
    yield "retention", "counts", {}
    yield "personal_data", "nothing asked", {}
    yield "personal_data", "some", {"q": "ann"}
    yield "personal_data", "nothing found", {"q": "zzz"}
    known = world.standings["certified"]
    yield "held_person", "who books", {"address": known.email}
    yield "held_person", "a line manager", {"address": known.manager_email or "nobody@a.example"}
    yield "held_person", "nobody", {"address": "nobody@nowhere.example"}
    yield "booking_terms", "current and pressed", {}
    yield from of_organisers(world)


def of_organisers(world):
    """For who is no administrator, too."""
    yield "search", "nothing asked", {}
    yield "search", "nothing found", {"q": "zzz"}
    for what, words in {
        "people": "york",
        "dates": "harmful",
        "courses": "safeguarding",
        "interested": "ida",
    }.items():
        yield "search", what, {"q": words, "what": what}
    for what in ("people", "dates", "courses"):
        yield "search", f"hostile {what}", {"q": "longlong", "what": what}
    yield from figures(world)
    yield "report", "of one agency", {"agency": world.standings["certified"].agency_id}
    yield "seats", "this term", {}
    yield "seats", "taken again", {"term": "2024-autumn"}
    yield "seats", "a term with nothing", {"term": "2001-spring"}
    yield "bookings_export", "asked", {}
    yield "bookings_export", "sent empty", {"as": "csv"}
    nobody, sent = {"date_id": world.closed.id}, {"as": "csv", "state": "all", "columns": "name"}
    yield "attendees_export", "asked", {"date_id": world.open.id}
    yield "attendees_export", "searched", {"date_id": world.open.id, "q": "ann"}
    yield "attendees_export", "nobody", {**nobody, **sent}
    yield "register_export", "asked", {"date_id": world.open.id}
    yield "register_export", "nobody", {**nobody, **sent}
    yield "imports", "", {}
    for what in IMPORTED:
        yield "import_table", f"{what} and pressed", {"what": what}
    yield "import_table", "no such table", {"what": "nothing"}
    yield "erasures", "some", {}
    for state in ("two days", "certified", "erased"):
        person = world.standings[state].practitioner_id
        yield "erasure", state, {"practitioner_id": person}
    yield "erasure", "nobody", {"practitioner_id": 999_999}


def figures(_world):
    """What a reporter sees of one agency."""
    yield "report", "this year", {}
    yield "report", "a quarter", {"period": "2025-26-q1"}
    yield "report", "a year with nothing", {"period": "2001-02"}
