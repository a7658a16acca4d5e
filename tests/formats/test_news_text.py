import pytest

from webapp.errors import Refused
from webapp.formats import news_text

WORDS = "Café briefing – 6 May £5"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_page_is_read_in_the_encoding_it_came_in(encoding):
    assert news_text.characters(WORDS.encode(encoding)) == WORDS


def test_a_page_that_names_its_encoding_is_believed():
    page = '<meta charset="iso-8859-15"><p>€5</p>'

    assert news_text.characters(page.encode("iso-8859-15")) == page


@pytest.mark.parametrize("name", ["hex", "punycode", "utf-8", "no-such-thing", "rot13"])
def test_a_page_that_names_an_encoding_it_is_not_in_is_still_read(name):
    page = f'<meta charset="{name}"><p>£5 – café</p>'

    assert news_text.characters(page.encode("cp1252")) == page


@pytest.mark.parametrize(
    ("page", "says"),
    [
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"PK\x03\x04 ...", "Word document"),
        (b"\xd0\xcf\x11\xe0 ...", "Word document"),
        (b"{\\rtf1 ...", "rich text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "no text to read"),
    ],
)
def test_a_file_that_is_no_text_is_refused_and_told_what_it_is(page, says):
    with pytest.raises(Refused, match=says):
        news_text.characters(page)


def test_halves_of_characters_do_not_get_through():
    assert news_text.characters("a\ud800b\udfffc") == "abc"
