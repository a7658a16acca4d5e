"""What certificates and training records say, and how a code is read."""

from datetime import date

import pytest

from tests.conftest import NOW
from tests.formats.test_typst_papers import Ours, certificate, paper
from tests.papers import Paper
from webapp.formats import certificates
from webapp.models import Practitioner


def record(*given):
    return Paper(
        certificates.record_to_pdf(
            Practitioner(email="ann@agency.example"),
            given,
            partnership=Ours(),
            address="https://training.example/certificates",
            made_at=NOW,
        )
    )


def test_a_certificate_says_who_attended_what_when_and_how_long():
    said = paper(
        name="Łukasz Wiśniewski",
        title="Harmful Sexual Behaviour",
        starts_on=date(2025, 5, 29),
        ends_on=date(2025, 5, 29),
        minutes=210,
    ).words
    assert (
        "This is to certify that Łukasz Wiśniewski attended Harmful Sexual Behaviour"
        " Thursday 29 May 2025 3 hours 30 minutes of training"
    ) in said
    assert "Given on Thursday 17 April 2025 by Anytown Safeguarding Children Partnership" in said
    assert "Certificate code: ABCDE-FGH23" in said
    assert "https://training.example/certificates/ABCDEFGH23" in said


def test_its_qr_code_has_words_of_its_own():
    assert paper().tags("Figure") == 1


def test_a_certificate_is_one_page_however_long_its_words():
    long = paper(name="Ngozi Featherstonehaugh " * 8, title="Improving cultural competency " * 7)
    assert long.pages == 1
    assert long.is_accessible


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2025, 5, 29), date(2025, 5, 29), "Thursday 29 May 2025"),
        (date(2025, 5, 29), date(2025, 6, 5), "Thursday 29 May 2025 to Thursday 5 June 2025"),
    ],
)
def test_dates_run_from_the_first_day_to_the_last(first, last, words):
    assert certificates.dates(certificate(starts_on=first, ends_on=last)) == words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (45, "45 minutes"),
        (60, "1 hour"),
        (61, "1 hour 1 minute"),
        (345, "5 hours 45 minutes"),
        (0, "No minutes"),
    ],
)
def test_a_length_is_in_hours_and_minutes(minutes, words):
    assert certificates.length(minutes) == words


@pytest.mark.parametrize(
    "text", ["ABCDEFGH23", "abcde-fgh23", " ABCDE FGH23 ", "a b c d e - f g h 2 3", "ABCDE–FGH23"]
)
def test_a_code_is_read_however_it_is_typed(text):
    assert certificates.typed(text) == "ABCDEFGH23"


@pytest.mark.parametrize(
    "text", ["", "ABCDEFGH2", "ABCDEFGH234", "ABCDEFGH20", "ABCDEFGHIO", "ÄBCDEFGH23", "'; DROP --"]
)
def test_what_cannot_be_a_code_is_none(text):
    assert certificates.typed(text) is None


def test_no_two_letters_of_a_code_look_alike():
    assert not set("0O1IL") & set(certificates.LETTERS)
    assert len(set(certificates.LETTERS)) == len(certificates.LETTERS)


def test_a_training_record_lists_all_the_latest_first():
    read = record(
        certificate(id=1, title="First aid", starts_on=date(2025, 1, 9), ends_on=date(2025, 1, 9)),
        certificate(
            id=2,
            title="Second steps",
            name="Ann Newname",
            code="ABCDEFGH24",
            starts_on=date(2025, 3, 3),
            ends_on=date(2025, 3, 4),
            minutes=500,
        ),
    )
    assert read.is_accessible
    assert read.title == "Training record of Ann Newname"
    assert "2 certificates, 11 hours 20 minutes of training." in read.words
    assert "Second steps 3 Mar 2025 to 4 Mar 2025 8 hours 20 minutes ABCDE-FGH24" in read.words
    assert "First aid 9 Jan 2025 3 hours ABCDE-FGH23" in read.words
    assert read.words.index("Second steps") < read.words.index("First aid")
    assert (read.tags("TH"), read.tags("TD")) == (4, 8)


def test_a_long_training_record_goes_on_with_its_heads():
    read = record(*(certificate(id=n, title=f"Course {n}") for n in range(120)))
    assert read.pages > 1
    assert read.words.count("Certificate code") == read.pages
    assert read.is_accessible
