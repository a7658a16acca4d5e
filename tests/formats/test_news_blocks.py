"""Where one announcement ends and the next begins."""

from datetime import date

from webapp.formats import news_source
from webapp.formats.news_blocks import cut
from webapp.formats.news_rows import rows


def blocks(page):
    source = news_source.read(page)
    return cut(source, rows(source))


def titles(page):
    return [block.title.text if block.title else None for block in blocks(page)[0]]


def test_each_day_of_publication_begins_an_announcement_with_the_title_above_it():
    page = (
        "A strategy for neglect\nPublished 8 March 2025\nIt is on our site.\nBack to list\n\n"
        "A chair for the board\nPublished 9 March 2025\nShe begins in May.\n"
    )
    found, of_page = blocks(page)
    assert titles(page) == ["A strategy for neglect", "A chair for the board"]
    assert [block.stamp.day for block in found] == [date(2025, 3, 8), date(2025, 3, 9)]
    assert [[row.line.text for row in block.rows] for block in found] == [
        ["It is on our site."],
        ["She begins in May."],
    ]
    assert of_page is None


def test_the_end_of_a_teaser_is_no_title_of_the_next_announcement():
    page = (
        "News\n\n15 Mar 2023 | Training\n\nSeeing neglect\n\nAn hour for nurses, on Teams. "
        "Read more\n\n2 Mar 2023 | Policy\n\nA new strategy\n\nIt is on our site. Read more\n"
    )
    assert titles(page)[1:] == ["Seeing neglect", "A new strategy"]


def test_what_is_available_heads_an_announcement_unless_it_labels_a_day():
    page = "Our news\n\nE-learning available\nThree modules.\n\nConsultation: our plan\nTell us.\n"
    assert titles(page) == ["Our news", "E-learning available", "Consultation: our plan"]
    assert titles("Our news\n\nClosing date\n6 May 2025\n") == ["Our news"]


def test_a_question_without_its_mark_heads_a_part():
    page = "The new tool\n\nWhat is the tool\nA form.\n\nWhat is neglect: a morning\nOn 6 May.\n"
    assert titles(page) == ["The new tool", "What is neglect: a morning"]


def test_the_strokes_that_are_left_of_boxes_part_what_was_in_them():
    page = "|\n|\nSpring news\n|\nSeeing neglect\nOn 6 May\n|\nHearing fathers\nOn 7 May\n|\n"
    assert titles(page) == ["Spring news", "Seeing neglect", "Hearing fathers"]


def test_a_title_may_stand_before_its_day_or_under_it():
    page = (
        "A strategy for neglect8 March 2025\nIt is on our site.\n\n"
        "Published 9 March 2025\n# A chair for the board\nShe begins in May.\n"
    )
    assert titles(page) == ["A strategy for neglect", "A chair for the board"]


def test_a_heading_of_the_same_rank_without_a_day_begins_one_that_has_none():
    page = "## Strategy\nPublished 8 March 2025\nRead it.\n\n## Briefings\nSign up for one.\n"
    found, _ = blocks(page)
    assert [(block.title.text, bool(block.stamp)) for block in found] == [
        ("Strategy", True),
        ("Briefings", False),
    ]


def test_without_days_each_heading_that_names_something_begins_one():
    page = "Neglect\nA day about it.\n\nWho should attend?\nNurses.\n\nExploitation\nAnother.\n"
    assert titles(page) == ["Neglect", "Exploitation"]


def test_where_the_page_marks_its_headings_none_is_guessed():
    page = "# News\n\n## Neglect\nA day.\n\nA line apart\nMore.\n\n## Exploitation\nAnother.\n"
    assert titles(page) == ["News", "Neglect", "Exploitation"]


def test_a_block_knows_the_headings_above_it():
    found, _ = blocks("# News\n\n## Children\n\n### Neglect\nA day.\n\n## Adults\n\nNone yet.\n")
    assert [[line.text for line in block.above] for block in found] == [
        [],
        ["News"],
        ["News", "Children"],
        ["News"],
    ]


def test_the_titles_of_a_timetable_are_no_announcements():
    page = (
        "Safeguarding week\n\nMonday 12 May 2025\n\nListening to fathers\n10am to 11am\n\n"
        "Tuesday 13 May 2025\n\nSleeping safely\n2pm to 3pm\n\nRefreshments\nAre free.\n"
    )
    assert "Listening to fathers" not in titles(page)
    assert "Sleeping safely" not in titles(page)
    assert "Safeguarding week" in titles(page)


def test_what_stands_aside_is_no_announcement():
    page = (
        "<body><h2>Neglect</h2><p>A day.</p><footer><h2>Contact us</h2><p>Here</p></footer></body>"
    )
    assert titles(page) == ["Neglect"]


def test_the_day_of_a_whole_page_is_nobodys_own():
    found, of_page = blocks("Last updated 8 March 2025\n\nNeglect\nA day about it.\n")
    assert of_page.day == date(2025, 3, 8)
    assert all(block.stamp is None for block in found)
