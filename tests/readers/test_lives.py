"""Every life of an invitation, and what the diaries hold at its end."""

import pytest

from tests.readers.lives import LIVES
from tests.readers.story import Story


@pytest.fixture
def story(client, monkeypatch, node):
    return Story(client, monkeypatch, node)


@pytest.mark.parametrize("name", LIVES)
def test_both_readers_end_with_exactly_the_right_diaries(story, name):
    story.check(**LIVES[name](story))
