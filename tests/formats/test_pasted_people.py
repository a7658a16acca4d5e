import pytest

from webapp.errors import Refused
from webapp.formats.pasted_people import MOST_ROWS, read

AGENCIES = ["york council", "york council, children's social care", "york council, housing"]
FAY, GUS = ["Fay Fox", "fay.fox@york.gov.uk"], ["Gus Gray", "gus@york.gov.uk"]


def cells(said):
    return [list(row.cells.values()) for row in read(said, AGENCIES)]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Ann, ann@x.example, Council", ["Ann", "ann@x.example", "Council"]),
        ("Ann; ann@x.example; Council, North", ["Ann", "ann@x.example", "Council, North"]),
        ("Ann\tann@x.example\tCouncil", ["Ann", "ann@x.example", "Council"]),
        ('"Example, Ann", ann@x.example', ["Example, Ann", "ann@x.example"]),
        ("Ann, a@x, Council, Nurse, St Anne's", ["Ann", "a@x", "Council", "Nurse", "St Anne's"]),
        ("Ann", ["Ann"]),
        ("Ann Example ann@x.example", ["Ann Example", "ann@x.example"]),
        ("ann@x.example Council", ["", "ann@x.example", "Council"]),
    ],
)
def test_a_line_is_cut_where_tabs_semicolons_or_commas_stand(line, said):
    assert cells(line) == [said]


@pytest.mark.parametrize(
    ("behind", "said"),
    [
        ("York Council, Nurse", ["York Council", "Nurse"]),
        (
            "YORK council ,Children’s  social care, Nurse",
            ["YORK council, Children’s  social care", "Nurse"],
        ),
        ("York Council, housing", ["York Council, housing"]),
        ("York Council, parks, Ranger", ["York Council", "parks", "Ranger"]),
        ("Leeds, parks", ["Leeds", "parks"]),
    ],
)
def test_the_longest_name_of_an_agency_that_fits_is_one_whatever_commas_it_has(behind, said):
    assert cells(f"Ann, ann@x.example, {behind}") == [["Ann", "ann@x.example", *said]]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Fay Fox <fay.fox@york.gov.uk>", [FAY]),
        ("Fay Fox <fay.fox@york.gov.uk>; Gus Gray <gus@york.gov.uk>;", [FAY, GUS]),
        ("Fay Fox <fay.fox@york.gov.uk>, Gus Gray <mailto:gus@york.gov.uk>", [FAY, GUS]),
        ("Fox, Fay <fay.fox@york.gov.uk>; 'Gray, Gus' <gus@york.gov.uk>", [FAY, GUS]),
        (
            "Fay Fox <fay.fox@york.gov.uk>, York Council, housing, Nurse; Gus <gus@york.gov.uk>",
            [[*FAY, "York Council, housing", "Nurse"], ["Gus", GUS[1]]],
        ),
        ("Fay Fox <fay.fox@york.gov.uk>; York Council", [[*FAY, "York Council"]]),
        ("<gus@york.gov.uk>", [["", "gus@york.gov.uk"]]),
        ("fay@x.example; gus@x.example", [["", "fay@x.example"], ["", "gus@x.example"]]),
        ("Fay Fox, fay.fox@york.gov.uk; Gus Gray, gus@york.gov.uk", [FAY, GUS]),
    ],
)
def test_several_stand_in_a_line_as_a_mail_program_writes_them(line, said):
    assert cells(line) == said


def test_what_is_behind_all_that_we_keep_is_not_lost_in_silence():
    [row] = read("Ann, a@x, York Council, Nurse, St Anne's, 01904, Tuesdays", AGENCIES)
    assert row.left_out == "01904, Tuesdays"


def test_lines_are_numbered_as_they_stand_and_empty_ones_left_out():
    assert [row.number for row in read("Ann, a@x\n\n  \nBen, b@x\n", ())] == [1, 4]


def test_more_lines_than_can_be_booked_at_once_are_refused():
    with pytest.raises(Refused, match="301 people"):
        read("Ann, a@x; Ben, b@x\n" * (MOST_ROWS // 2) + "Cat, c@x", ())
