"""What every paper of ours keeps: it can be read aloud, and shows what people typed as typed."""

from dataclasses import dataclass

import pytest

from tests.conftest import NOW
from tests.papers import Paper
from webapp.formats import certificates, typst_papers
from webapp.models import Certificate, Partnership

NAMES = [
    "Łukasz Wiśniewski",
    "Siân Ŵyn-Jones",
    "Ana Ođ",
    "Geert 't Hooft",
    "Nguyễn Thị Hằng",
    "Ægir Þórsson",
    "Олена Коваль",
    "Ελένη Παπαδοπούλου",
    "O’Brien-Smith",
]


@dataclass
class Ours:
    name = "Anytown Safeguarding Children Partnership"
    accent_colour = "#00594c"
    contact_email = "training@partnership.example"
    contact_phone = "01632 960001"


def certificate(**facts):
    return Certificate(
        **{
            "id": 1,
            "code": "ABCDEFGH23",
            "name": "Ann Example",
            "title": "Safeguarding basics",
            "starts_on": NOW.date(),
            "ends_on": NOW.date(),
            "minutes": 180,
            "given_at": NOW,
            **facts,
        }
    )


def paper(partnership=None, **facts):
    address = "https://training.example/certificates/ABCDEFGH23"
    ours = partnership or Ours()
    return Paper(certificates.to_pdf(certificate(**facts), partnership=ours, address=address))


def test_a_paper_can_be_read_aloud():
    read = paper()
    assert read.is_accessible
    assert read.language == "en-GB"
    assert read.title == "Certificate of attendance: Safeguarding basics"
    assert read.tags("H1") == 1


@pytest.mark.parametrize("name", NAMES)
def test_a_name_stands_on_the_paper_with_all_its_accents(name):
    read = paper(name=name)
    assert name in read.words
    assert read.is_accessible


@pytest.mark.parametrize(
    "name",
    [
        '#panic("no")',
        "$x^2$ *bold* _thin_ `code`",
        '" + read("/etc/passwd") + "',
        "#image(bytes(sys.inputs.facts))",
        "@ann <label> // gone /* gone */",
        "= Heading",
        "back\\slash \\u{41}",
    ],
)
def test_what_looks_like_markup_is_shown_and_not_run(name):
    assert name in paper(name=name).words


def test_a_letter_that_no_font_has_costs_the_claim_and_not_the_paper():
    read = paper(name="Ann \U000f1234 Example")
    assert not read.is_accessible
    assert "Ann" in read.words
    assert "Example" in read.words
    assert read.tags("H1") == 1


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ann\u202eExample", "AnnExample"),
        ("Ann\u2028Example", "Ann Example"),
        ("Ann\tExample\n", "Ann Example"),
        ("\ufeffAnn\x00\x07 Example\u00ad", "Ann Example"),
        ("Ann\u00a0Example", "Ann Example"),
        ("Zoe\u0308 Rene\u0301e", "Zoë Renée"),
    ],
)
def test_what_nobody_can_see_is_left_out(name, shown):
    read = paper(name=name)
    assert f"that {shown} attended" in read.words
    assert read.is_accessible


def test_letters_that_are_joined_by_something_unseen_stay_joined():
    assert paper(name="می\u200cخواهم").is_accessible


def test_words_that_broke_the_setting_of_lines_do_so_no_longer():
    assert paper(title="≻\ufeff\u2028\u0343u\u202e").pages == 1


def test_any_other_fault_of_a_template_is_a_fault():
    with pytest.raises(RuntimeError, match="title"):
        typst_papers.pdf("certificate", {"accent": "#000000"}, made_at=NOW)


def test_the_same_facts_make_the_same_bytes():
    ours, address = Ours(), "https://training.example/certificates/ABCDEFGH23"
    first, second = (
        certificates.to_pdf(certificate(), partnership=ours, address=address) for _ in range(2)
    )
    assert first == second


def test_lines_are_in_the_partnerships_colour_where_it_can_be_seen():
    assert typst_papers.accent("#00594C") == "#00594c"
    assert typst_papers.accent("#ffff00") == "#000000"
    assert typst_papers.accent('"); panic("') == "#1d70b8"


def test_a_partnership_of_any_name_has_papers():
    ours = Partnership(
        name='#panic("no")',
        accent_colour="none of a colour",
        contact_email="a@b.example",
        contact_phone="1",
    )
    assert '#panic("no")' in paper(ours).words
