"""Every life of an invitation, and what the diaries hold at its end."""

import pytest

from tests import people
from tests.readers.lives import COMBINATIONS, LIVES
from tests.readers.story import Story, day


@pytest.fixture
def story(client, monkeypatch, node):
    return Story(client, monkeypatch, node)


@pytest.mark.parametrize(
    "life", [*LIVES.values(), *COMBINATIONS.values()], ids=[*LIVES, *COMBINATIONS]
)
def test_both_readers_end_with_exactly_the_right_diaries(story, life):
    story.check(**life(story))


def test_who_waits_reads_of_changes_but_never_the_link_to_join(story):
    date = story.date(online=True, capacity=1)
    story.book("ann", date)
    story.book("wes", date)
    story.arrange(date, join_link="https://teams.example/join/another")
    story.arrange(date, days=(day(15),), join_link="https://teams.example/join/third")
    story.postpone(date)
    story.arrange(date, days=(day(28),))
    texts = [people.words(mail) for mail in people.mails(story.address("wes"))]
    assert len(texts) == 4
    assert not any("teams.example" in text for text in texts)
    assert "https://teams.example/join/third" in people.words(people.mails()[-2])
