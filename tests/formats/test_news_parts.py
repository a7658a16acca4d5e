"""One block of a page as the trainings in it."""

from datetime import date

from webapp.formats import news_page


def trainings(page):
    """Each item with its days, as (title, [(day, hour)])."""
    items = news_page.read(page, date(2025, 4, 1)).items
    return [
        (item.title.text, [(one.day.day, one.starts and one.starts.hour) for one in item.sessions])
        for item in items
        if item.is_training
    ]


def test_a_list_of_days_with_titles_is_as_many_trainings():
    page = (
        "Upcoming training\n\n"
        "Neglect workshop - 6 May 2025, 10am to 1pm\n"
        "Hidden men workshop - 8 May 2025, 2pm to 4pm\n"
        "Cuckooing workshop - 9 May 2025, 9am to 11am\n"
    )
    assert trainings(page) == [
        ("Neglect workshop", [(6, 10)]),
        ("Hidden men workshop", [(8, 14)]),
        ("Cuckooing workshop", [(9, 9)]),
    ]


def test_the_sentence_before_a_day_is_no_title_beside_a_heading():
    page = "Seeing the child\nHow the smallest are heard. 6 May 2025, 9.30am to 1pm, Mill House."
    assert trainings(page) == [("Seeing the child", [(6, 9)])]


def test_sentences_before_a_day_are_no_title_even_if_they_speak_of_training():
    page = "Supervision forum\nA forum for all of us. Next forum: 6 May 2025, 2pm to 4pm, Teams."
    assert trainings(page) == [("Supervision forum", [(6, 14)])]


def test_days_under_one_title_are_one_training():
    page = "Neglect workshop\n\n6 May 2025, 10am to 1pm\n8 May 2025, 2pm to 4pm\n"
    assert trainings(page) == [("Neglect workshop", [(6, 10), (8, 14)])]


def test_numbered_parts_are_one_training():
    page = (
        "Neglect course\n\nModule 1: Seeing it - 6 May 2025, 10am to 1pm\n"
        "Module 2: Saying it - 8 May 2025, 10am to 1pm\n"
        "Module 3: Acting - 9 May 2025, 10am to 1pm\n"
    )
    assert [title for title, _ in trainings(page)] == ["Neglect course"]


def test_the_one_time_of_the_introduction_holds_for_all_days():
    page = (
        "Upcoming workshops\n\nAll workshops run from 10am to 1pm.\n"
        "Neglect workshop - 6 May 2025\nHidden men workshop - 8 May 2025\n"
        "Cuckooing workshop - 9 May 2025\n"
    )
    assert [days for _, days in trainings(page)] == [[(6, 10)], [(8, 10)], [(9, 10)]]


def test_the_one_time_said_below_a_list_holds_for_all_of_it():
    page = (
        "Upcoming workshops\n\nNeglect workshop - 6 May 2025\nHidden men workshop - 8 May 2025\n"
        "Cuckooing workshop - 9 May 2025\n\n"
        "Time: 10am to 1pm for all of them, with a break and a cup of tea in the middle\n"
    )
    assert [days for _, days in trainings(page)] == [[(6, 10)], [(8, 10)], [(9, 10)]]


def test_days_as_headings_with_titles_and_times_under_them_are_a_timetable():
    page = (
        "Safeguarding week\n\nMonday 12 May 2025\n10am to 11am Hidden men workshop\n"
        "2pm to 3pm Neglect workshop\n\nTuesday 13 May 2025\n9am to 10am Cuckooing workshop\n"
    )
    assert trainings(page) == [
        ("Hidden men workshop", [(12, 10)]),
        ("Neglect workshop", [(12, 14)]),
        ("Cuckooing workshop", [(13, 9)]),
    ]


def test_where_headings_were_lost_the_booking_lines_name_the_trainings():
    page = (
        "We have two days for you and they are free to all.\n"
        "6 May 2025, 10am to 1pm\nTo book onto the Hidden Men Workshop, ring us\n"
        "8 May 2025, 10am to 1pm\nTo book onto the Seeing Neglect Workshop, ring us\n"
    )
    assert [title for title, _ in trainings(page)] == [
        "Hidden Men Workshop",
        "Seeing Neglect Workshop",
    ]


def test_what_comes_below_the_last_of_a_list_is_said_of_all():
    page = (
        "Upcoming training\n\n"
        "Neglect workshop - 6 May 2025, 10am to 1pm\n"
        "Hidden men workshop - 8 May 2025, 2pm to 4pm\n"
        "Cuckooing workshop - 9 May 2025, 9am to 11am\n\n"
        "To book a place email training@example.org and say which of the days you would like.\n"
    )
    items = [item for item in news_page.read(page, None).items if item.is_training]
    assert len(items) == 3
    assert len({item.booking and item.booking.start for item in items}) == 1
    assert items[0].booking is not None


def test_what_is_said_after_the_day_of_an_entry_is_not_its_title():
    page = (
        "Changes to our courses\n\n"
        "Hidden men: was Tuesday 6 May, now Thursday 8 May 2025, 1pm to 4pm. Everybody who booked "
        "will be written to.\n"
        "Risk 2: Friday 9 May 2025, 10am to noon, Mill House. Parking is behind the building.\n"
    )
    assert trainings(page) == [("Hidden men", [(8, 13)]), ("Risk 2", [(9, 10)])]


def test_a_single_word_before_the_day_is_who_comes_where_the_heading_names_the_training():
    page = (
        "Safeguarding in places of worship\n\n"
        "Men: Sunday 4 May 2025, 10am to 1pm\nWomen: Sunday 11 May 2025, 10am to 1pm\n"
    )
    assert trainings(page) == [("Safeguarding in places of worship", [(4, 10), (11, 10)])]


def test_when_somebody_commented_is_no_training():
    page = (
        "Neglect workshop\n\n6 May 2025, 10am to 1pm\n\nComments\n"
        "Ravi P says: 2/4/2025 at 11:20\nCan I bring a colleague?\n"
    )
    assert trainings(page) == [("Neglect workshop", [(6, 10)])]


def test_sessions_and_places_under_a_training_s_own_title_are_its_days():
    page = (
        "Domestic abuse training for practices\n\n"
        "Clinical session - 6 May 2025, 10am to noon\nReception session - 8 May 2025, 10am to 12\n"
        "North Holme and Dale - 9 May 2025, 2pm to 4pm\n"
    )
    days = [(6, 10), (8, 10), (9, 14)]
    assert trainings(page) == [("Domestic abuse training for practices", days)]


def test_a_day_of_the_world_beside_a_training_is_not_one_of_its_days():
    page = (
        "Domestic abuse training for practices\n\n"
        "6 May 2025, 10am to noon\nWorld Kindness Day - 13 May 2025, 10am\n"
    )
    assert trainings(page) == [("Domestic abuse training for practices", [(6, 10)])]


def test_days_may_stand_above_their_titles_without_empty_lines():
    page = (
        "Lunchtime sessions\n\nAll are on Teams.\n\n"
        "Tuesday 6 May 2025, 12noon to 1pm\nHoarding\n"
        "Thursday 8 May 2025, 12noon to 1pm\nCoercive control\n"
        "Friday 9 May 2025, 12noon to 1pm\nThe view from the ward\n"
    )
    assert trainings(page) == [
        ("Hoarding", [(6, 12)]),
        ("Coercive control", [(8, 12)]),
        ("The view from the ward", [(9, 12)]),
    ]


def test_places_below_days_are_no_titles():
    page = (
        "Neglect workshop\n\nTuesday 6 May 2025, 10am to noon\nLarch and Rowan rooms\n"
        "Thursday 8 May 2025, 10am to noon\nThe old stables\n"
    )
    assert trainings(page) == [("Neglect workshop", [(6, 10), (8, 10)])]


def test_a_venue_with_the_day_again_ends_no_day_of_a_timetable():
    page = (
        "Learning week events\n\nTuesday 20 May 2025 - hosted by the hospital\n\n"
        "10.00 to 12.00 Seeing neglect\n\nVenue: Mill House Tuesday 20 May\n\n"
        "13.00 to 15.00 Hearing from young people. What does it mean for you? Notes from a ward"
        " that has tried it out for a whole year\n\nVenue: Mill House Tuesday 20 May\n"
    )
    assert trainings(page) == [
        ("Seeing neglect", [(20, 10)]),
        ("Hearing from young people", [(20, 13)]),
    ]


def test_entries_may_begin_with_their_days_and_tell_more():
    page = (
        "What is on\n\n"
        "- 09/05/25 The role of family, friends and neighbours in domestic abuse\n"
        "- 12/05/25 Trauma and neglect in practice – This is fully booked. Please write to us"
        " if you wish to be on the waiting list.\n"
    )
    assert trainings(page) == [
        ("The role of family, friends and neighbours in domestic abuse", [(9, None)]),
        ("Trauma and neglect in practice", [(12, None)]),
    ]


def test_courses_with_numbers_in_a_table_without_its_lines_are_each_their_own():
    page = (
        "Core training\n\nNumber Name Day Time Session 1 Session 2\n"
        "L84F Leading well Monday 10-11.30am 12/5/2025 19/5/2025\n"
        "L85P Renewal for wardens Friday 1-4pm 16/5/2025 N/A\n"
        "RADA17 Raising awareness of abuse Thursday 10am-12noon 22/5/2025 N/A\n"
    )
    assert trainings(page) == [
        ("Leading well", [(12, 10), (19, 10)]),
        ("Renewal for wardens", [(16, 13)]),
        ("Raising awareness of abuse", [(22, 10)]),
    ]


def test_a_page_may_begin_with_the_day_above_the_first_title():
    page = (
        "06/05/25\nSeeing neglect workshop\n10:00 - 13:00\n\n"
        "13/05/25\nHidden men workshop\n14:00 - 16:00\n"
    )
    assert trainings(page) == [
        ("Seeing neglect workshop", [(6, 10)]),
        ("Hidden men workshop", [(13, 14)]),
    ]


def test_days_drawn_as_tiles_stand_above_their_titles():
    page = (
        "Events\n\n06\nMay\nSeeing neglect workshop\n10:00 - 13:00\n\n"
        "13\nMay\nHidden men workshop\n14:00 - 16:00\n"
    )
    assert trainings(page) == [
        ("Seeing neglect workshop", [(6, 10)]),
        ("Hidden men workshop", [(13, 14)]),
    ]


def test_a_timetable_without_ends_names_its_trainings():
    page = (
        "Events\n\nWed 14 May\n9.30am Neglect toolkit briefing\n2pm Hidden men briefing\n"
        "Thurs 15 May\n9.30am Hoarding briefing\n"
    )
    assert trainings(page) == [
        ("Neglect toolkit briefing", [(14, 9)]),
        ("Hidden men briefing", [(14, 14)]),
        ("Hoarding briefing", [(15, 9)]),
    ]


def test_labels_in_a_row_are_no_title():
    page = "Seeing neglect training\nCost: £50. Date: 15 May 2025. Places: 20. Venue: Mill House.\n"
    assert trainings(page) == [("Seeing neglect training", [(15, None)])]
