import pytest

from webapp.models import Venue
from webapp.services import place_names


@pytest.mark.parametrize(
    ("said", "is_online", "name"),
    [
        ("MS Teams", True, "Microsoft Teams"),
        ("Microsoft Teams Webinar", True, "Microsoft Teams"),
        ("Zoom (link to follow)", True, "Zoom"),
        ("BigBlueButton", True, "BigBlueButton"),
        ("Online", True, None),
        ("Virtual, link to be sent", None, None),
        ("Venue TBC", False, None),
        ("West Offices", False, "West Offices"),
        # A building may be called after anything.
        ("Teams House", False, "Teams House"),
        ("", None, None),
        ("In the hall behind the library, " * 10, False, None),
    ],
)
def test_a_place_has_the_name_that_stands_in_what_is_said(said, is_online, name):
    assert place_names.name_of(said, is_online) == name


@pytest.mark.parametrize(
    ("said", "name", "is_so"),
    [
        ("Microsoft Teams", "MS Teams", True),
        ("Zoom", "Microsoft Teams", False),
        ("west offices, York", "West Offices", True),
        ("West Ofices", "West Offices", True),
        ("East Offices", "West Offices", False),
        ("Room 1", "Room 2", False),
        ("Offices", "West Offices", False),
    ],
)
def test_a_place_goes_by_its_name_with_a_slip_or_with_words_more(said, name, is_so):
    assert place_names.is_called(said, name) is is_so


def test_of_two_venues_the_one_with_exactly_the_name_is_meant():
    long, exact = Venue(name="Town Hall Annexe"), Venue(name="Town Hall")
    assert place_names.venue_of("town hall", [long, exact]) is exact
    assert place_names.venue_of("Town Hall, York", [exact]) is exact
    assert place_names.venue_of("Hall", [long, exact]) is None
