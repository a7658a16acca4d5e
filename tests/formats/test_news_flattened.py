"""Tables that lost their lines when they were copied."""

from datetime import date

import pytest

from webapp.formats import news_flattened, news_page

ROWS = [
    ["Everyone", "Hoarding", "6 May 2025", "10am - 1pm", "Mill House"],
    ["Care homes", "ICON", "8 May 2025", "2pm - 4pm", "Teams"],
    ["Care homes", "Loss and grief", "9 May 2025", "2pm - 4pm", "Teams"],
]
HEAD = ["Sector", "Course title", "Date", "Time", "Venue"]
EXPECTED = [
    ("Hoarding", 6, 10, "Mill House"),
    ("ICON", 8, 14, "Teams"),
    ("Loss and grief", 9, 14, "Teams"),
]


def sessions(page):
    items = news_page.read(page, date(2025, 4, 1)).items
    return [
        (item.title.text, one.day.day, one.starts.hour, one.venue and one.venue.text)
        for item in items
        if item.is_training
        for one in item.sessions
    ]


@pytest.mark.parametrize(("cells", "rows"), [("\n", "\n"), ("\n", "\n\n"), ("\n\n", "\n\n")])
def test_a_table_with_a_cell_to_a_line_is_read_by_its_columns(cells, rows):
    table = rows.join(cells.join(row) for row in [HEAD, *ROWS])
    page = f"Training dates 2025\n\n{table}\n\nTo book, send an e-mail to the team.\n"
    assert sessions(page) == EXPECTED


def test_a_sector_said_once_for_two_rows_moves_nothing():
    rows = [HEAD, ROWS[0], ROWS[1], ROWS[2][1:]]
    page = "Training dates 2025\n\n" + "\n".join("\n".join(row) for row in rows)
    assert sessions(page) == EXPECTED


def test_titles_may_stand_after_their_days():
    rows = [[row[index] for index in (2, 3, 1, 4)] for row in [HEAD, *ROWS]]
    page = "Training dates 2025\n\n" + "\n".join("\n".join(row) for row in rows)
    assert sessions(page) == EXPECTED


def test_labels_each_above_what_it_labels_are_no_table():
    page = "Hoarding\n\nCourse\nHoarding\nDate\n6 May 2025\nTime\n10am\nVenue\nMill House\n"
    assert news_flattened.restored(page) == page


def test_what_follows_the_last_row_is_not_in_the_table():
    rows = "\n".join("\n".join(row) for row in [HEAD, *ROWS])
    page = f"{rows}\n\nBoard meetings 2025: 3 June 2025\n"
    assert news_flattened.restored(page).endswith("Teams\n\n\nBoard meetings 2025: 3 June 2025\n")
