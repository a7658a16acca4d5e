import pytest

from webapp.errors import Refused
from webapp.formats import imported_tables as tables
from webapp.formats.imported_tables import BOOKINGS, COURSES, DATES, MOST_ROWS, Column

TWO = (Column("Name", "Ann", needed=True), Column("Job role", "Nurse"))


def rows(said, columns=TWO):
    return [(row.number, dict(row.cells)) for row in tables.read(said, columns).rows]


@pytest.mark.parametrize("between", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_table_is_read_whatever_is_between_its_cells(between, end):
    said = end.join([f"Name{between}Job role", f"Siân{between}Nurse", ""])
    assert rows(said) == [(2, {"Name": "Siân", "Job role": "Nurse"})]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_file_is_read_in_the_letters_programs_save(encoding):
    said = tables.text("Name\nSiân O’Hara\n".encode(encoding))
    assert rows(said) == [(2, {"Name": "Siân O’Hara"})]


def test_rows_have_the_numbers_a_spreadsheet_shows():
    said = 'Name,Job role\n\nAnn,"Nurse,\nnights"\n,\nBea,Nurse\n'
    assert rows(said) == [
        (3, {"Name": "Ann", "Job role": "Nurse,\nnights"}),
        (5, {"Name": "Bea", "Job role": "Nurse"}),
    ]


def test_headings_are_known_in_any_order_and_case_and_others_are_named():
    found = tables.read("JOB  ROLE,Shoe size,name\nNurse,38,Ann\n", TWO)
    assert dict(found.rows[0].cells) == {"Job role": "Nurse", "Name": "Ann"}
    assert found.left_out == ["Shoe size"]


def test_what_our_own_files_put_before_a_sign_is_taken_away_again():
    assert rows("Name\n'+44 1632 960001\n") == [(2, {"Name": "+44 1632 960001"})]
    assert rows("Name\n't Hooft\n") == [(2, {"Name": "'t Hooft"})]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("", "The file is empty."),
        ("\n , \n", "The file is empty."),
        ("Name,Job role\n", "nothing below them"),
        ("Job role\nNurse\n", "Missing: “Name”"),
        ("Name,Name\nAnn,Bea\n", "two columns called “Name”"),
        ("Name\n" + "Ann\n" * (MOST_ROWS + 1), f"at most {MOST_ROWS} at once"),
        ("Name\n" + "x" * 200_000, "cannot be read as CSV"),
    ],
)
def test_what_is_no_such_table_is_refused_with_the_reason(said, why):
    with pytest.raises(Refused, match=why):
        tables.read(said, TWO)


def test_a_spreadsheet_and_a_large_file_are_refused():
    with pytest.raises(Refused, match="not a CSV file"):
        tables.text(b"PK\x03\x04 and the rest")
    with pytest.raises(Refused, match="smaller than 500 kB"):
        tables.text(b"x" * 500_001)


@pytest.mark.parametrize("columns", [COURSES, DATES, BOOKINGS])
def test_the_empty_table_can_be_read_and_has_an_example_in_each_needed_column(columns):
    found = tables.read(tables.text(tables.template(columns)), columns)
    [row] = found.rows
    assert list(row.cells) == [column.name for column in columns]
    assert all(row.cells[column.name] for column in columns if column.needed)
    assert not found.left_out
