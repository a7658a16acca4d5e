"""The menu of a site above a page that was copied whole."""

from datetime import date

from tests.formats.test_news_named_beside import trainings
from webapp.formats import news_menus, news_page, news_source

MENU = "Skip to main content\n\nHome\nAdults\nTraining\nContact us\n\nSearch this site\n\n"


def test_a_page_is_read_as_if_no_menu_stood_above_it():
    page = (
        "Northshire training news\n\n16/04/18\n\nGangs and County Lines Awareness\n"
        "Thursday 17 May 2018, 9.30am - 12.30pm\nPolice Social Club\n"
    )

    assert trainings(MENU + page) == trainings(page) == [("Gangs and County Lines Awareness", [17])]


def test_the_year_of_a_page_may_stand_in_its_title_below_a_menu():
    page = MENU + "Practice bulletin, March 2024\n\nNeglect workshop\n17 May, 9.30am - 12.30pm\n"

    items = news_page.read(page, None).items

    assert [each.day for item in items for each in item.sessions] == [date(2024, 5, 17)]


def test_a_page_that_begins_like_no_menu_is_left_whole():
    page = news_source.read("Training\n\nHome education\n\nContact us\n\nWe are in on Mondays.\n")

    assert news_menus.left_out(page) == page


def test_of_a_page_that_is_only_a_menu_something_is_left():
    page = news_source.read("Home\nContact us\nSearch\n")

    assert news_menus.left_out(page) == page
