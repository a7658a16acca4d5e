"""Courses, new dates and venues, as organisers make them."""


def pages(world):
    date = {state: {"date_id": one.id} for state, one in world.dates.items()}
    opens, past = {"date_id": world.open.id}, {"date_id": world.past.id}
    held_back, cancelled = {"date_id": world.held_back.id}, {"date_id": world.cancelled.id}
    yield "courses", "all", {}
    yield "courses", "nothing found", {"q": "nothing is called this"}
    for state, course in {
        "many dates": world.open.course,
        "held back": world.held_back.course,
        "cancelled and hostile": world.cancelled.course,
        "unpublished": world.courses["unpublished"],
        "e-learning": world.e_learning,
        "held": world.courses["held"],
    }.items():
        yield "course", state, {"course_id": course.id}
    yield "new_course", "asked and pressed", {}
    yield "edit_course", "demonstration and pressed", {"course_id": world.open.course_id}
    yield "edit_course", "e-learning", {"course_id": world.e_learning.id}
    yield "copy_course", "asked and pressed", {"course_id": world.open.course_id}
    yield "new_date", "asked and pressed", {"course_id": world.open.course_id}
    yield "new_date", "e-learning", {"course_id": world.e_learning.id}
    yield "copy_date", "face to face and pressed", opens
    yield "copy_date", "online", {"date_id": world.online.id}
    yield "copy_date", "held back", held_back
    yield "copy_date", "cancelled", cancelled
    yield "copy_date", "two days", {"date_id": world.two_days.id}
    yield "drafts", "some", {}
    both = [world.dates[state].id for state in ("draft", "online draft")]
    yield "discard_dates", "two", {"date": both}
    yield "discard_dates", "published", {"date": world.open.id}
    for state in ("draft", "past draft", "online draft", "room too small", "draft told in order"):
        yield "publish_date", state, date[state]
    yield "publish_date", "published", opens
    yield "details", "draft and pressed", date["draft"]
    yield "attendees", "draft", date["draft"]
    yield "withdraw_date", "nobody on it", {"date_id": world.closed.id}
    yield "withdraw_date", "booked", opens
    yield "copy_programme", "some", {}
    yield "copy_programme", "nothing held", {"first": "2001-01-01", "last": "2001-12-31"}
    yield "copy_programme", "no such day", {"first": "2025-02-31"}
    yield "copy_programme", "the wrong way round", {"first": "2025-03-01", "last": "2025-01-01"}
    yield "merge_date", "with another and pressed", opens
    yield "merge_date", "without another", date["without a twin"]
    yield "merge_date", "over", past
    yield "weeks", "some", {}
    yield "new_week", "asked and pressed", {}
    for state, week in world.weeks.items():
        yield "week", state, {"week_id": week.id}
        yield "edit_week", state, {"week_id": week.id}
    yield "venues", "some", {}
    yield "new_venue", "asked and pressed", {}
    yield "venue", "with rooms", {"venue_id": world.dates["draft"].venue_id}
