import pytest

from webapp.models import CourseDate, Venue


def venue(*rooms):
    return Venue(name="Hall", address=[], rooms=list(rooms))


@pytest.mark.parametrize(
    ("room", "holds"),
    [("Hudson Room", 40), ("hudson ROOM", 40), ("Attic", None), ("Cellar", None), (None, None)],
)
def test_a_room_holds_what_was_said_of_it(room, holds):
    assert venue("Hudson Room | 40", "Attic").holds(room) == holds


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        ("Denham", 6),
        ("the Denham room (first floor)", 6),
        ("Hall", None),
        ("Hall 2", 30),
        ("Denham Annexe", None),
        ("Room", None),
        ("Upstairs", None),
    ],
)
def test_a_room_in_other_words_is_known_where_it_can_be_one_alone(said, holds):
    assert venue("Denham Room | 6", "Hall 1 | 20", "Hall 2 | 30").holds(said) == holds


def test_rooms_are_known_by_their_names():
    assert venue("Hudson Room|40", "Attic").room_names == ["Hudson Room", "Attic"]


@pytest.mark.parametrize(("capacity", "said"), [(40, None), (41, 40), (None, 40), (3, None)])
def test_a_date_knows_when_its_room_holds_fewer_than_its_places(capacity, said):
    date = CourseDate(venue=venue("Hudson Room | 40"), room="Hudson Room", capacity=capacity)
    assert date.room_holds == said


def test_without_a_room_or_a_venue_nothing_is_too_small():
    assert CourseDate(capacity=99).room_holds is None
    assert CourseDate(venue=venue("Hudson Room | 40"), capacity=99).room_holds is None
