"""How well some pages must be read when they are laid out in another way that means the same."""

from pathlib import Path

import pytest

from tests.news import altered

OPEN = Path(__file__).parent / "open"
# One page in so many, for each way that once cost much, and which share of what it tells has to be
# rightly training or not.
EVERY, FLOOR = 24, 0.95
WAYS = ["without_gaps", "wrapped", "other_bullets", "with_furniture", "as_one_paragraph"]


@pytest.mark.parametrize("way", WAYS)
def test_what_a_page_says_is_found_however_it_is_laid_out(way):
    pages, total = altered.scored(OPEN, altered.ALL[way], every=EVERY)

    assert pages > 2
    assert total.decided_right >= FLOOR, total.mistakes
    assert (total.silent, total.years) == ([], [])
