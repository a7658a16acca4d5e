import json
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.formats import news_kept
from webapp.formats.announcements import AgendaLine, Item, Reading, Session, Status, Sure, Words
from webapp.models import Kind

places = st.integers(0, 10**6)
texts = st.text(max_size=20)
days = st.dates(date(2000, 1, 1), date(2040, 1, 1))
times = st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0))
sures = st.sampled_from(Sure)
words = st.builds(Words, texts, places, places, sures)
readings = st.lists(st.builds(Reading, days, texts), max_size=3).map(tuple)
sessions = st.builds(
    Session,
    start=places,
    end=places,
    day=st.none() | days,
    month_day=st.none() | st.tuples(st.integers(1, 12), st.integers(1, 31)),
    weekday_as_written=st.none() | texts,
    readings=readings,
    starts=st.none() | times,
    ends=st.none() | times,
    venue=st.none() | words,
    is_online=st.none() | st.booleans(),
    group=st.none() | texts,
    status=st.none() | st.sampled_from(Status),
    sure=sures,
    why=texts,
)
items = st.builds(
    Item,
    start=places,
    end=places,
    title=words,
    kind=st.none() | st.sampled_from(Kind),
    is_training=st.booleans(),
    why=texts,
    published=st.none() | days,
    published_words=st.none() | words,
    sessions=st.lists(sessions, max_size=3).map(tuple),
    called_off=st.lists(sessions, max_size=2).map(tuple),
    venue=st.none() | words,
    is_online=st.none() | st.booleans(),
    audience=st.none() | words,
    outline=st.none() | words,
    booking=st.none() | words,
    agenda=st.lists(
        st.builds(AgendaLine, places, places, times, texts, st.none() | texts), max_size=2
    ).map(tuple),
    speakers=st.lists(words, max_size=2).map(tuple),
    sure=sures,
)


@given(items)
def test_an_item_comes_back_from_its_row_as_it_was(item):
    kept = json.loads(json.dumps(news_kept.item_as_json(item)))
    assert news_kept.item_of_json(kept) == item
    assert repr(news_kept.item_of_json(kept)) == repr(item)


@pytest.mark.parametrize("name", ["start", "end"])
def test_where_it_stands_is_no_part_of_what_it_says(name):
    one = AgendaLine(1, 2, time(9), "Welcome", None)
    other = AgendaLine(**{**one.__dict__, name: 7})
    assert one != other
    assert news_kept.words([one.__dict__]) == news_kept.words([other.__dict__])
