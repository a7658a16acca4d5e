import pytest

from webapp.formats.private_links import masked

KEY = "aB3-_" + "x" * 38


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        (f"https://x.example/bookings/12-{KEY}", "https://x.example/bookings/…"),
        (f"https://x.example/my/12-1750000000-{KEY}", "https://x.example/my/…"),
        (f"https://x.example/my/12-{KEY}/training.ics", "https://x.example/my/…/training.ics"),
        (
            f"https://x.example/calendars/3-{KEY}/my-dates.ics",
            "https://x.example/calendars/…/my-dates.ics",
        ),
        (
            f"https://x.example/calendars/3-{KEY}/all-dates.ics",
            "https://x.example/calendars/…/all-dates.ics",
        ),
        (f"https://x.example/bookings/12-{KEY}.ics", "https://x.example/bookings/….ics"),
        (f"https://x.example/a/b/interests/1-{KEY}.", "https://x.example/a/b/interests/…."),
        (
            f"<https://x.example/organiser/password/1-17-{KEY}>",
            "<https://x.example/organiser/password/…>",
        ),
    ],
)
def test_no_private_link_can_be_read(link, shown):
    assert masked(f"See {link} now") == f"See {shown} now"


@pytest.mark.parametrize(
    "words",
    [
        "https://x.example/courses/developing-an-understanding-of-harmful-sexual-behaviour",
        "https://x.example/dates/12",
        "https://teams.example/l/meetup-join/19%3ameeting",
        "29-30 May",
    ],
)
def test_other_addresses_stay_as_they_are(words):
    assert masked(words) == words
