"""The contents at the top of a newsletter, told from lists that only say the same twice."""

import pytest

from webapp.formats import news_contents, news_source

NEWSLETTER = """In this issue
{0}Seeing neglect
{0}Hearing fathers
{0}Forms by 9 May

Seeing neglect
A half day for nurses.
Hearing fathers
An hour for everyone.
Forms by 9 May
They are on our site.
"""


def told(page):
    lines = news_contents.told_apart(news_source.read(page)).lines
    aside = [line.text for line in lines if line.is_aside]
    return aside, [line.text for line in lines if line.level]


@pytest.mark.parametrize("mark", ["", "- ", "  • "])
def test_what_the_contents_list_comes_again_as_headings(mark):
    entries = ["Seeing neglect", "Hearing fathers", "Forms by 9 May"]
    assert told(NEWSLETTER.format(mark)) == (entries, entries)


def test_entries_may_be_numbered_and_name_their_pages():
    page = (
        "1. Neglect ..... 2\n2. Fathers ..... 3\n3. Forms ..... 4\n\n"
        "1. Neglect\nA day.\n\n2. Fathers\nAn hour.\n\n3. Forms\nSend them.\n"
    )
    assert told(page)[1] == ["1. Neglect", "2. Fathers", "3. Forms"]


@pytest.mark.parametrize(
    "page",
    [
        "Date\nTime\nVenue\n6 May\n10am\nMill House\n\nDate\nTime\nVenue\n7 May\n2pm\nOnline",
        "Saturday 6 May\n9.30am to 1pm\nMill House\n\nSaturday 6 May\n2pm to 4pm\nMill House",
        "Neglect\nFathers\n\nNeglect\nA day.\n\nFathers\nAn hour.",
        "- Neglect\n- Fathers\n- Forms\n\nMore\n- Neglect\n- Fathers\n- Forms",
    ],
)
def test_other_lists_are_no_contents(page):
    assert told(page) == ([], [])


def test_of_contents_whose_news_are_cut_off_all_entries_are_aside():
    page = (
        "- Seeing neglect\n- Hearing fathers\n- Training dates\n- Forms\n- Useful links\n\n"
        "1. Seeing neglect\nA half day for nurses.\n\n2. Hearing fathers\nAn hour for all.\n"
    )
    entries = ["Seeing neglect", "Hearing fathers", "Training dates", "Forms", "Useful links"]
    assert told(page) == (entries, ["1. Seeing neglect", "2. Hearing fathers"])
    # One alone may be chance.
    assert told(page.replace("2. Hearing fathers", "2. Mothers")) == ([], [])


def test_an_entry_may_add_for_whom_it_is():
    page = NEWSLETTER.format("- ").replace("- Seeing neglect", "- Seeing neglect (for all homes)")
    assert told(page)[1] == ["Seeing neglect", "Hearing fathers", "Forms by 9 May"]


def test_where_the_page_marks_its_headings_none_is_added():
    page = NEWSLETTER.format("- ") + "\n## Courses\n\n## Jobs\n"
    assert told(page)[1] == ["Courses", "Jobs"]
