"""The table of docs/invites.md says what the lives really send, line by line."""

import re
from pathlib import Path

import pytest

from tests import people
from tests.readers.lives import LIVES
from tests.readers.story import Story

TABLE = Path(__file__).parents[2] / "docs" / "invites.md"
WORDS = re.compile("“([^”]+)”")


def lines():
    """Each line of the table as its cells; one that happens with another repeats no name."""
    happens = ""
    for line in TABLE.read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and not line.startswith(("| ---", "| What happens")):
            happens = cells[0] or happens
            yield happens, *cells[1:]


def sent(story):
    """Each message since `now_told`: to whom, its subject's first words, and what its calendar
    part says in the light of what that diary was told before."""
    known, days = {}, {day.uid for date in story.dates_made for day in date.all_days}
    for mail in people.mails():
        said = people.entries(mail)
        line = ["none", "", ""]
        if said:
            uid, sequence = (mail.to, said["UID"]), int(said["SEQUENCE"])
            before = known.get(uid)
            if before is None:
                line = [said["METHOD"], "the day's" if said["UID"] in days else "another", sequence]
            else:
                line = [said["METHOD"], "the same", f"+{sequence - before}"]
            known[uid] = sequence
        if mail.id > story.begins:
            yield (
                mail.to.partition("@")[0].title(),
                re.split("[:?]", mail.subject)[0],
                *map(str, line),
            )


@pytest.fixture
def story(client, monkeypatch, node):
    return Story(client, monkeypatch, node)


@pytest.mark.parametrize("name", LIVES)
def test_the_table_has_each_message_of_each_life_and_words_of_its_text(story, name):
    LIVES[name](story)
    wanted = [line[1:] for line in lines() if line[0] == name]
    assert list(sent(story)) == [cells[:5] for cells in wanted]
    for mail, cells in zip(story.told(), wanted, strict=True):
        text, phrases = " ".join(people.words(mail).split()), WORDS.findall(cells[5])
        assert phrases
        assert [phrase for phrase in phrases if phrase not in text] == []
    for mail in people.mails():
        said = people.entries(mail)
        assert said == {} or said["DTSTAMP"] == f"{mail.queued_at:%Y%m%dT%H%M%SZ}"


def test_the_table_has_no_line_that_nobody_lives():
    assert list(dict.fromkeys(line[0] for line in lines())) == list(LIVES)
