"""Every life of an invitation, and what the diaries hold at its end."""

from uuid import UUID

import pytest
from sqlalchemy import select

from tests import people
from tests.calendars import faults, mail_faults
from tests.readers.lives import COMBINATIONS, LIVES, TWO_DAYS
from tests.readers.story import Story, day
from webapp.db import db as database
from webapp.models import Booking
from webapp.services import links, practitioners


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


@pytest.mark.parametrize(
    "life", [*LIVES.values(), *COMBINATIONS.values()], ids=[*LIVES, *COMBINATIONS]
)
def test_the_checkers_have_nothing_against_any_mail_file_or_feed_of_it(story, client, life):
    life(story)
    before = {}
    for mail in people.mails():
        said = people.entries(mail)
        if said:
            known = (mail.to, said["UID"])
            again, older = before.get(known, (None, None))
            repeats = again == said["SEQUENCE"]
            assert mail_faults(mail.message, None if repeats else older) == []
            before[known] = said["SEQUENCE"], people.calendar_of(mail)
    files = [(f"/courses/{story.course.slug}.ics", "download"), ("/programme.ics", "feed")]
    files += [(f"/dates/{date.id}.ics", "download") for date in story.dates_made]
    for owner in filter(None, map(practitioners.find, story.diaries)):
        files.append((f"/my/{links.feed_token(owner)}/training.ics", "private-feed"))
    for booking in database.session.scalars(select(Booking)):
        files.append((f"/bookings/{links.booking_token(booking)}.ics", "download"))
    answers = [(path, profile, client.get(path)) for path, profile in files]
    for path, profile, answer in answers:
        assert answer.status_code in {200, 404, 410}
        if answer.status_code == 200:
            assert (path, faults(answer.data, profile)) == (path, [])
    assert 200 in {answer.status_code for _, profile, answer in answers if profile != "feed"}


def test_the_uid_of_a_day_is_invented_once_and_kept(story):
    dates = [story.date(*TWO_DAYS), story.date(*TWO_DAYS)]
    uids = [day.uid for date in dates for day in date.days]
    assert len(set(uids)) == 4
    assert {UUID(uid).version for uid in uids} == {4}
    story.arrange(dates[0], days=(day(15), day(16)), room="Room 2")
    assert [day.uid for date in dates for day in date.days] == uids
