from dataclasses import replace

from tests.announcements import item, session
from webapp.formats import news_passages
from webapp.formats.announcements import Words

TEXT = "Latest news\n\nFirst course\nMonday 5 May at the hall\n\nOther words\n\nSecond course\nFree"


def found(words):
    start = TEXT.index(words)
    return Words(words, start, start + len(words))


def announced(title, last, **facts):
    """An item from its title to these last words."""
    made = item(sessions=facts.pop("sessions", ()), venue=facts.pop("venue", None))
    start, end = found(title).start, found(last).end
    return replace(made, title=found(title), start=start, end=end, outline=None, **facts)


def day(words):
    return session(start=found(words).start, end=found(words).end)


def words_of(passage):
    return "".join(piece.text for piece in passage.pieces)


def marked(passage):
    return [piece.text for piece in passage.pieces if piece.is_marked]


FIRST = announced("First", "the hall", sessions=[day("Monday 5 May")], venue=found("the hall"))
SECOND = announced("Second course", "Free")


def test_the_whole_page_is_there_in_order_and_what_announces_something_has_a_number():
    cut = news_passages.cut(TEXT, [FIRST, SECOND])

    assert [passage.number for passage in cut] == [None, 1, None, 2]
    assert words_of(cut[1]) == "First course\nMonday 5 May at the hall"
    assert " ".join(words_of(passage) for passage in cut).split() == TEXT.split()


def test_the_words_that_a_draft_is_made_of_are_marked():
    [_, first, *_] = news_passages.cut(TEXT, [FIRST])
    assert marked(first) == ["First", "Monday 5 May", "the hall"]


def test_of_words_found_inside_one_another_those_that_begin_are_marked():
    whole_line = day("Monday 5 May at the hall")
    [_, first, *_] = news_passages.cut(TEXT, [replace(FIRST, sessions=(whole_line,))])
    assert marked(first) == ["First", "Monday 5 May at the hall"]


def test_words_found_outside_the_passage_or_nowhere_mark_nothing():
    odd = (day("Latest"), replace(day("Monday"), end=0))
    [_, first, *_] = news_passages.cut(TEXT, [replace(FIRST, sessions=odd, venue=found("Free"))])
    assert marked(first) == ["First"]
    assert words_of(first) == "First course\nMonday 5 May at the hall"


def test_an_item_inside_another_has_its_own_words_in_full_and_nothing_is_said_twice_between():
    inner = announced("Monday", "5 May")
    cut = news_passages.cut(TEXT, [FIRST, inner])

    assert [passage.number for passage in cut] == [None, 1, 2, None]
    assert words_of(cut[2]) == "Monday 5 May"
    assert words_of(cut[3]).startswith("Other words")


def test_a_page_that_announces_nothing_is_one_stretch_of_text():
    [only] = news_passages.cut(TEXT, [])
    assert (only.number, words_of(only)) == (None, TEXT)
    assert news_passages.cut(" \n", []) == []
