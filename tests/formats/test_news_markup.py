import time
from contextlib import suppress

import pytest

from webapp.errors import Refused
from webapp.formats import news_source
from webapp.formats.news_markup import DEEPEST, tamed

# Each is repeated until the page is as long as a page may be.
NASTY = [
    "<div>",
    "<a><div>",
    "<b><p>",
    "<font color=x><p>",
    "<table><tr><td>",
    "<table>x<b>",
    "<!--",
    "<",
    "<a ",
    '<a "',
    "<ul><li>",
    "<dd><li>",
    "<div><table><td></div></table>",
    "</p><span></table>",
    "<li><table><tr><td><span></li>",
    "<html a=1 b=2>",
    "<template>",
    "<svg>",
    "<select><option>",
    "&#1",
    "**",
    "[a](",
    "a | ",
    "> ",
]
ENOUGH_SECONDS = 20


@pytest.mark.parametrize("unit", NASTY)
def test_a_page_made_to_be_slow_is_read_or_refused_in_time(unit):
    page = "<p>x</p>" + unit * (400_000 // len(unit))
    began = time.process_time()
    with suppress(Refused):
        news_source.read(page)
    assert time.process_time() - began < ENOUGH_SECONDS


def test_a_tag_with_many_values_is_read_in_time():
    page = "<p " + " ".join(f"a{number}=1" for number in range(60_000)) + ">Neglect</p>"

    assert [line.text for line in news_source.read(page).lines] == ["Neglect"]


def test_pages_nest_as_deep_as_pages_do():
    page = "<div>" * (DEEPEST - 1) + "<p>Neglect</p>"

    assert [line.text for line in news_source.read(page).lines] == ["Neglect"]
    with pytest.raises(Refused, match="too deep"):
        tamed("<div>" * (DEEPEST + 1))


@pytest.mark.parametrize("unit", ["<p>a", "<li>a", "<tr><td>a", "<p><font>a</p>", "<dt>a<dd>b"])
def test_elements_whose_end_may_be_left_out_are_no_depth(unit):
    tamed("<table>" + unit * (3 * DEEPEST))


def test_a_bracket_in_a_quoted_value_is_no_end_of_the_tag():
    page = '<p title="9 > 5">Neglect</p><img alt="a > b"><p>x</p>'

    assert [line.text for line in news_source.read(page).lines] == ["Neglect", "x"]


def test_formatting_keeps_its_words_and_loses_its_name():
    assert tamed('<P><A href="x">Book</A><S>no</S>') == '<p><span href="x">Book</span><del>no</del>'
