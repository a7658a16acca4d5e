import pytest

from webapp.errors import Refused
from webapp.formats.pasted_people import MOST_ROWS, read


def cells(said):
    return [list(row.cells.values()) for row in read(said)]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Ann, ann@x.example, Council", ["Ann", "ann@x.example", "Council"]),
        ("Ann; ann@x.example; Council, North", ["Ann", "ann@x.example", "Council, North"]),
        ("Ann\tann@x.example\tCouncil", ["Ann", "ann@x.example", "Council"]),
        ('"Example, Ann", ann@x.example', ["Example, Ann", "ann@x.example"]),
        ("Ann, a@x, Council, Nurse, St Anne's", ["Ann", "a@x", "Council", "Nurse", "St Anne's"]),
        ("Ann", ["Ann"]),
    ],
)
def test_a_line_is_cut_where_tabs_semicolons_or_commas_stand(line, said):
    assert cells(line) == [said]


def test_lines_are_numbered_as_they_stand_and_empty_ones_left_out():
    assert [row.number for row in read("Ann, a@x\n\n  \nBen, b@x\n")] == [1, 4]


def test_more_lines_than_can_be_booked_at_once_are_refused():
    with pytest.raises(Refused, match="301 lines"):
        read("Ann, a@x\n" * (MOST_ROWS + 1))
