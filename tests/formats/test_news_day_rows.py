"""Tables whose rows are days, each with all that is on in one cell."""

from tests.formats.test_news_named_beside import trainings


def test_the_days_of_a_table_may_each_have_several_things_in_one_cell():
    page = (
        "<h1>Our week in May</h1><table>"
        "<tr><th>Day</th><th>Theme</th><th>What is on</th><th>For</th></tr>"
        "<tr><td>Mon 12 May 2025</td><td>Money</td><td><p>Read our leaflet</p>"
        "<p>Spotting doorstep fraud – 10am to 11am on Teams</p></td><td>All</td></tr>"
        "<tr><td>Tues 13 May 2025</td><td>Law</td><td>Consent in plain words, 9am - 10am<br>"
        "Hoarding and the law webinar, 2pm - 3pm</td><td>Staff</td></tr>"
        "<tr><td>Wed 14 May 2025</td><td>Care</td><td>Closed cultures: a talk for managers, "
        "1pm - 2pm</td><td>Managers</td></tr></table>"
    )

    assert trainings(page) == [
        ("Spotting doorstep fraud", [12]),
        ("Consent in plain words", [13]),
        ("Hoarding and the law webinar", [13]),
        ("Closed cultures: a talk for managers", [14]),
    ]


def test_a_table_with_place_and_hours_in_one_cell_has_a_training_in_each_row():
    page = (
        "<h1>Courses</h1><table><tr><th>Date</th><th>Course</th><th>When and where</th></tr>"
        "<tr><td>12 May 2025</td><td>Seeing Neglect</td><td>10am - 1pm<br>Town Hall</td></tr>"
        "<tr><td>13 May 2025</td><td>Safer Sleep</td><td>10am - 1pm<br>Town Hall</td></tr></table>"
    )

    assert trainings(page) == [("Seeing Neglect", [12]), ("Safer Sleep", [13])]
