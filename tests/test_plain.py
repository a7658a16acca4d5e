"""Names put in order as people do, whatever the database."""

import sys

import pytest
from sqlalchemy import select

from tests.makers import make_booking, make_date
from webapp.models import Booking
from webapp.plain import LONGEST_KEY, plain, sort_key

# In the order of their keys, which differs from what English or German rules of a database make.
IN_ORDER = [
    "",
    "-Ann",
    "ann b",
    "Ann-Marie",
    "anna",
    "Élise",
    "Ernst",
    "Étienne",
    "zoe",
    "Zoë B",
    "ΟΔΟΣ",
]


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("Élise O\N{RIGHT SINGLE QUOTATION MARK}Neill", "elise o'neill"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("E\N{COMBINING ACUTE ACCENT}lise", "elise"),
        ("\N{LATIN SMALL LIGATURE FI}n", "fin"),
        ("Ann\N{TRADE MARK SIGN}", "anntm"),
    ],
)
def test_case_accents_and_curls_do_not_count(said, key):
    assert plain(said) == sort_key(said) == key


def test_what_is_plain_stays_as_it_is():
    """So that what is kept plain and what is typed can be looked through alike."""
    signs = [plain(chr(number)) for number in range(sys.maxunicode + 1)]
    assert [sign for sign in signs if plain(sign) != sign] == []


def test_keys_are_put_in_order_alike_by_the_database_and_by_us(db):
    date = make_date()
    for name in reversed(IN_ORDER):
        make_booking(date, name=name)

    found = db.session.scalars(select(Booking.name).order_by(Booking.sort_name)).all()
    assert found == sorted(IN_ORDER, key=sort_key) == IN_ORDER


def test_a_name_of_whatever_length_and_signs_fits_into_the_index(db):
    """One sign can be eighteen without its accents; PostgreSQL takes 2,704 bytes in an index."""
    longest = "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * 5000
    booking = make_booking(name=longest)

    assert len(booking.sort_name) == LONGEST_KEY < len(plain(longest))
    assert booking.name == longest
