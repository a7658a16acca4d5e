"""Newsletters and programmes: what they tell once for several, and headings they have lost."""

from datetime import date

import pytest

from webapp.formats import news_page


def trainings(page, published=date(2025, 1, 6)):
    """Each training's title, and its days with their hours."""
    items = news_page.read(page, published).items
    return {
        item.title.text: [(str(one.day), str(one.starts)[:5]) for one in item.sessions]
        for item in items
        if item.is_training
    }


@pytest.mark.parametrize("back", ["Top of page", "Back to top", "Return to news"])
def test_a_way_back_ends_an_announcement_whose_heading_is_lost(back):
    page = (
        "Spring newsletter\n\nThe survey about us closes on 30 January.\n\n{back}\n\n"
        "Come and hear how neglect is seen: Tuesday 4 February 2025, 10am to noon.\n\n"
        "To book onto Seeing Neglect Early please write to us.\n\n{back}\n\n"
        "The same for those who supervise, on Friday 7 March 2025, 2pm to 4pm.\n\n"
        "To book onto Supervision Skills please write to us.\n\n{back}\n"
    )
    assert trainings(page.format(back=back)) == {
        "Seeing Neglect Early": [("2025-02-04", "10:00")],
        "Supervision Skills": [("2025-03-07", "14:00")],
    }


@pytest.mark.parametrize(
    "bid", ["Book {} via our site.", "Join the {} online.", "Sign up for the {} here."]
)
def test_what_is_to_be_booked_names_what_has_no_heading(bid):
    page = (
        "News\n\nWelcome to all.\n\nTop of page\n\nNew dates have been added for those who will "
        "use it.\n\n  • Tuesday 4 March, 10am to 1pm\n  • Friday 7 March, 10am to 1pm\n\n{}\n"
    )
    assert list(trainings(page.format(bid.format("Home Safety Briefing")))) == [
        "Home Safety Briefing"
    ]


@pytest.mark.parametrize(("first", "second"), [("Autumn", "Spring"), ("March", "Summer term")])
def test_a_term_in_the_column_of_courses_is_no_title(first, second):
    page = (
        "<h1>Courses</h1><h2>New leads: a two day course</h2><table>"
        "<tr><th>Course</th><th>Day 1</th><th>Day 2</th></tr>"
        f"<tr><td>{first}</td><td>4 March 2025</td><td>11 March 2025</td></tr>"
        f"<tr><td>{second}</td><td>6 May 2025</td><td>13 May 2025</td></tr></table>"
        "<p>Both days run from 9.15am to 3.15pm.</p>"
    )
    days = ["2025-03-04", "2025-03-11", "2025-05-06", "2025-05-13"]
    assert trainings(page) == {"New leads: a two day course": [(day, "09:15") for day in days]}


@pytest.mark.parametrize("period", ["January – July 2025", "Spring 2025", "from May to July"])
def test_the_name_of_a_programme_is_none_of_its_courses(period):
    page = (
        f"Domestic Abuse Training {period}\n\nTo book, go to our site and look for the course.\n\n"
        "Coercive Control\n\nDates:\n4 March 2025 9.30am - 1pm\n6 May 2025 9.30am - 1pm\n"
    )
    assert list(trainings(page)) == ["Coercive Control"]


@pytest.mark.parametrize(
    "page",
    [
        "Duty line hours\n24 March 2025, 10am to 3pm.\n",
        "Office hours at Easter\nTuesday 22 April 2025: 9am to 1pm\n",
        "Safer sleep when it is hot\nPlease talk to families about bedding.\n",
        "MARAC dates\n\nIt takes place each fortnight, beginning 15/01/2025 at 10am.\n",
        "MARAC meetings\n\n15/01/2025, 10am\n29/01/2025, 10am\n",
    ],
)
def test_hours_of_the_house_and_meetings_about_people_are_no_training(page):
    assert not trainings(page)


@pytest.mark.parametrize("place", ["Neuadd y Farchnad", "Canolfan Glan-yr-afon, Heol Fawr"])
def test_a_welsh_name_of_a_building_is_a_place(place):
    page = f"Ask and Act\n\nTuesday 4 March 2025 | 9.30 - 1.00 | {place}\n\nBook now\n"
    (item,) = (item for item in news_page.read(page, date(2025, 1, 6)).items if item.is_training)
    assert (item.title.text, item.venue.text) == ("Ask and Act", place)


@pytest.mark.parametrize("lead", ["", "All are free.\n"])
def test_titles_stand_close_above_their_days_in_a_list_without_empty_lines(lead):
    page = (
        "Training for the autumn\n{}Designated Lead - New to Role\n"
        "Tuesday 4 March 2025 - 9.30am to 3.30pm - Town Hall, Crowe\n"
        "Thursday 6 March 2025 - 9.30am to 3.30pm - online\n"
        "Hoarding for Housing Staff\nMonday 10 March 2025 - 6pm to 8pm - online\n"
        "All courses are booked on our site.\n"
    )
    assert trainings(page.format(lead)) == {
        "Designated Lead - New to Role": [("2025-03-04", "09:30"), ("2025-03-06", "09:30")],
        "Hoarding for Housing Staff": [("2025-03-10", "18:00")],
    }


def test_places_close_above_days_are_no_titles_and_modules_stay_together():
    places = "Seeing Neglect\n\n4 March 2025, 10am\nJubilee Suite\n6 March 2025, 10am\nThe Annexe\n"
    modules = (
        "A programme about neglect\n\nModule 1\nSeeing neglect\n4 March 2025\n9.00 - 12.00\n\n"
        "Module 2\nRecording neglect\n6 March 2025\n9.00 - 12.00\n"
    )
    assert list(trainings(places)) == ["Seeing Neglect"]
    assert list(trainings(modules)) == ["A programme about neglect"]


@pytest.mark.parametrize("title", ["Trauma Informed Practice", "Understanding Self-Neglect"])
def test_what_is_taught_is_no_part_of_the_place_behind_it(title):
    page = (
        "Free sessions in our week\n\nPlease book:\n\n"
        "  • Monday 3 March, 10am-11.30am – Stopping Scams (Teams)\n"
        "  • Tuesday 4 March, 1pm-2pm – Lunch & Learn: Advocacy (Teams)\n"
        f"  • Thursday 6 March, 9.30am-12.30pm – {title}, Inspire Centre, Easton Road – FULL\n"
    )
    assert list(trainings(page)) == ["Stopping Scams", "Lunch & Learn: Advocacy", title]


def test_a_shelf_may_end_with_a_full_stop_and_a_note_is_no_heading():
    page = (
        "Cricket news\n\nNB new e-mail address\n\n(it is not looked at often)\n\nCourses.\n\n"
        "“Keeping Players Safe”, for coaches\n\n  • Mon 3 March, 6.30-9.30pm, County Ground\n\n"
    )
    assert list(trainings(page)) == ["“Keeping Players Safe”, for coaches"]


@pytest.mark.parametrize(
    "week", ["Safeguarding Week – 3rd-7th March 2025", "Adults Week: 3 to 7 March"]
)
def test_a_week_with_its_days_heads_what_is_on_in_it(week):
    page = (
        "News of spring\n\nAnnual Survey 2025\n\nPlease complete it by Friday 21st March.\n\n"
        f"{week}\n\nWe hold these free sessions:\n\n"
        "  • Monday 3rd March, 10am-11.30am – Stopping Scams (Teams)\n"
        "  • Tuesday 4th March, 1pm-2pm – Advocacy for All (Teams)\n"
        "  • Thursday 6th March, 10am-12noon – Learning from Reviews (Teams)\n"
    )
    assert list(trainings(page)) == ["Stopping Scams", "Advocacy for All", "Learning from Reviews"]


def test_a_page_with_one_day_above_several_trainings_is_a_letter_whatever_it_is_called():
    page = (
        "Training and development 2025 - 2026\n\nPublished: 6 January 2025\n\n"
        "Programme for new clerks\n\nThe modules stand alone.\n\n"
        "Module one: The duties of a clerk\n\nTuesday 4 March 2025 at 18:00 to 19:30\n\n"
        "Friday 7 March 2025 at 10:00 to 11:30\n\n"
        "Module two: Safeguarding – what each clerk has to know by heart\n\n"
        "Tuesday 11 March 2025 at 18:00 to 19:30\n\n"
    )
    assert trainings(page) == {
        "Module one: The duties of a clerk": [("2025-03-04", "18:00"), ("2025-03-07", "10:00")],
        "Module two: Safeguarding – what each clerk has to know by heart": [
            ("2025-03-11", "18:00")
        ],
    }


def test_a_training_may_follow_the_line_that_says_how_to_book_the_one_before():
    page = (
        "Spring newsletter\n\nNeglect Conference\nThursday 6 March 2025\n9.30am – 3pm\n"
        "Book via our website using the form\nSupervision Training\n"
        "Friday 7 March 2025\n6.30 – 9pm\n"
    )
    assert list(trainings(page)) == ["Neglect Conference", "Supervision Training"]


@pytest.mark.parametrize(
    "line",
    [
        "Places are booked on the Learning Hub (see below)",
        "It helps you to see:-",
        "Course Types\nClassroom",
        "Course Code\nNEG25/114\nCourse Types\nClassroom",
    ],
)
def test_a_remark_and_a_label_with_its_value_head_nothing(line):
    page = f"Seeing Neglect\n\n{line}\n\nTuesday 4 March 2025, 10am to noon\n"
    assert trainings(page) == {"Seeing Neglect": [("2025-03-04", "10:00")]}


def test_hours_that_are_still_open_are_not_those_of_another_training():
    page = (
        "Partnership news\n\nSeeing Neglect\n\n📅 Tuesday 4 February\n🕐 1.30pm – 3.30pm\n"
        "📍 Mill House\n\nWe can tell you the next date for Working Together, a training for all."
        "\nDates and venues:\n📅 Monday 3 March 🕐TBC\n"
    )
    assert [hours for days in trainings(page).values() for _, hours in days] == ["13:30", "None"]


def test_hours_beside_the_days_of_one_training_are_not_those_of_the_next():
    page = (
        "Training Information\n\nNew Leads – welcome to all of you. We advise the training for "
        "“New Safeguarding Leads”.\n\nThursday 6 February 9.30-3.30 (Mill House) or\n\n"
        "Tuesday 4 March 9.30-3.30 (Mill House)\n\nPlease ring to book a place.\n\n"
        "Have you booked your place on one of the briefings below?\n\n"
        "Future Safeguarding Briefing dates for your diary;\n\nMay 12th 2025 am or May 14th pm\n"
    )
    assert [hours for days in trainings(page).values() for _, hours in days] == [
        "09:30",
        "09:30",
        "None",
        "None",
    ]
