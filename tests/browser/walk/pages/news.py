"""News that was read, and news to be written."""


def pages(world):
    yield "news", "what waits, and pressed", {}
    yield "news", "settled", {"list": "settled"}
    yield "news", "readings", {"list": "readings"}
    for number, reading in enumerate(world.readings, 1):
        yield "news_reading", f"reading {number}", {"reading_id": reading.id}
    yield "news_reading", "no such reading", {"reading_id": 999_999}
    for word, announcement in world.announcements.items():
        yield "news_draft", word.lower(), {"announcement_id": announcement.id}
    yield "news_draft", "new and pressed", {"announcement_id": world.announcements["Neglect"].id}
    yield "news_item", "several dates", {"course_id": world.open.course_id}
    yield "news_item", "held back", {"course_id": world.held_back.course_id}
    yield "news_item", "no dates", {"course_id": world.no_dates.id}
    yield "news_item", "e-learning", {"course_id": world.e_learning.id}
    yield "news_item", "hostile and cancelled", {"course_id": world.cancelled.course_id}
