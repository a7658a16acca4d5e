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
