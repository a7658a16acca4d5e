"""Registers, and what else is done on the day."""


def of_trainers(world):
    """Trainers see these too, for the dates that they give."""
    date = {state: {"date_id": one.id} for state, one in world.dates.items()}
    yield "registers", "to mark", {}
    yield "registers", "all", {"show": "all"}
    yield "register", "before it opens", {"date_id": world.open.id}
    for state in ("on now", "nobody there", "complete", "many"):
        yield "register", state, date[state]
    yield "register", "second page", {**date["many"], "page": 2}
    yield "register", "nobody found", {**date["on now"], "q": "zzz"}
    yield "register", "closed", {"date_id": world.past.id}
    yield "rest_present", "some", date["on now"]
    yield "rest_present", "none", date["many"]
    yield "rest_present", "locked", {"date_id": world.open.id}
    yield "walk_in", "open and pressed", date["on now"]
    yield "walk_in", "locked", {"date_id": world.past.id}
    yield "sign_in_sheet", "some", date["on now"]
    yield "sign_in_sheet", "held back", {"date_id": world.held_back.id}


def pages(world):
    yield from of_trainers(world)
    date = {state: {"date_id": one.id} for state, one in world.dates.items()}
    yield "registers", "mine, all", {"whose": "mine", "show": "all"}
    for state in ("cancelled", "postponed", "held_back"):
        yield "register", state, {"date_id": getattr(world, state).id}
    yield "register", "draft", date["draft"]
    yield "reopen_register", "closed and pressed", {"date_id": world.past.id}
    yield "reopen_register", "open", date["on now"]
    yield "teams_report", "open and pressed", date["online now"]
    yield "teams_report", "locked", {"date_id": world.online.id}
    yield "sign_in_sheet", "nobody", {"date_id": world.closed.id}
