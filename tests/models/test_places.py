"""How full a date is: one count, one wording."""

import pytest

from webapp.models import Places


@pytest.mark.parametrize(
    ("places", "left", "words"),
    [
        (Places(10), 10, "10 places left"),
        (Places(10, confirmed=9), 1, "1 place left"),
        (Places(10, confirmed=8, offered=1), 1, "1 place left"),
        (Places(10, confirmed=9, offered=1), 0, "Full"),
        (Places(10, confirmed=10, waiting=3), 0, "Full: 3 waiting"),
        (Places(0), 0, "Full"),
        # Somebody waits, so the free place is theirs and no newcomer's.
        (Places(10, confirmed=9, waiting=1), 0, "Full: 1 waiting"),
        # An organiser let one more in, or took places away.
        (Places(10, confirmed=12), 0, "Full"),
    ],
)
def test_places_left_and_their_words(places, left, words):
    assert places.left == left
    assert places.words == words
    assert places.is_full is (left == 0)


def test_without_a_limit_it_is_never_full():
    places = Places(None, confirmed=1_000_000, waiting=2)

    assert places.left is None
    assert not places.is_full
    assert places.words == "Places available"


def test_a_place_kept_for_somebody_is_taken():
    assert Places(10, confirmed=3, offered=2, waiting=4).taken == 5


@pytest.mark.parametrize(
    ("places", "coming", "why"),
    [
        (Places(None, confirmed=9, waiting=2), 50, None),
        (Places(10, confirmed=8), 2, None),
        (Places(1, confirmed=1), 1, "The date has 1 place: 1 is taken or kept for somebody."),
        (
            Places(10, confirmed=7, offered=1),
            3,
            "3 people would come. The date has 10 places: 8 are taken or kept for somebody.",
        ),
        (
            Places(2, confirmed=1, waiting=3),
            1,
            "The date has 2 places: 1 is taken or kept for somebody, and 3 wait for one.",
        ),
    ],
)
def test_what_stands_against_more_is_said_with_the_counts(places, coming, why):
    assert places.why_no_room(*[None] * coming) == why
