"""The board's report on paper: what stands beside what, and that it can be read aloud."""

from datetime import UTC, datetime, timedelta

from tests.conftest import NOW
from tests.formats.test_typst_papers import Ours
from tests.papers import Paper
from webapp.formats import report_paper
from webapp.formats.periods import Period
from webapp.models import Agency, Figures, Line, Report

YEAR = Period(2024)
NOW_ = Figures(
    dates=4,
    places=60,
    taken=45,
    booked=48,
    came=36,
    part=2,
    absent=6,
    excused=3,
    unmarked=3,
    late_cancellations=5,
    walk_ins=1,
    trained=37,
)
BEFORE = Figures(dates=3, booked=20, came=20)


def report(**parts):
    line = Line("Łódź and #neglect", NOW_, BEFORE)
    return Report(
        **{
            "whole": Line("", NOW_, BEFORE),
            "quarters": [Line("April to June 2024", NOW_, BEFORE)],
            "courses": [line],
            "sectors": [Line("Health and care", NOW_, Figures())],
            "agencies": [Line("Anytown Police", NOW_, Figures())],
            "to_come": 0,
            **parts,
        }
    )


def paper(found=None, period=YEAR, agency=None, made_at=NOW):
    body = report_paper.to_pdf(
        found or report(), period, agency, partnership=Ours(), made_at=made_at
    )
    return Paper(body)


def test_all_figures_stand_beside_those_of_the_year_before():
    read = paper()
    assert read.is_accessible
    assert read.title == "Training April 2024 to March 2025"
    assert "Figure This time Year before Dates held 4 3 Booked 48 20 Came 36 20" in read.words
    assert "Attendance, % 80 100" in read.words
    assert "Fill, % 75 –" in read.words


def test_quarters_courses_and_agencies_have_tables_of_their_own():
    read = paper()
    heads = "Dates Booked Came Absent Excused Cancelled late Walk-ins Trained in all"
    figures = "4 (3) 48 (20) 36 (20) 6 (0) 3 (0) 5 (0) 1 (0) 37 (0)"
    assert f"Quarter {heads} Fill April to June 2024 {figures} 75% (–)" in read.words
    assert f"Course {heads} Fill Łódź and #neglect {figures} 75% (–)" in read.words
    assert f"Sector {heads} Health and care 4 (0) 48 (0) 36 (0) 6 (0)" in read.words
    assert f"Agency {heads} Anytown Police 4 (0) 48 (0) 36 (0) 6 (0)" in read.words
    assert read.tags("Table") == 5


def test_of_one_agency_there_are_neither_agencies_nor_fill():
    read = paper(agency=Agency(name="Anytown Police"))
    assert read.title == "Training April 2024 to March 2025: Anytown Police"
    assert "people of Anytown Police" in read.words
    assert "By agency" not in read.words
    assert "By sector" not in read.words
    assert "Trained in all Fill" not in read.words


def test_a_quarter_has_no_quarters():
    assert "By quarter" not in paper(period=Period(2024, 1)).words


def test_a_period_that_goes_on_says_until_when_it_was_counted():
    assert "up to" not in paper().words
    running = paper(period=Period(2025)).words
    assert "April 2025 to March 2026, up to Thursday 17 April 2025" in running
    end = datetime(2025, 4, 1, tzinfo=UTC) - timedelta(hours=1)  # summer time has begun
    assert "up to" not in paper(made_at=end).words


def test_a_time_in_which_nothing_was_held_is_a_paper_too():
    read = paper(
        Report(
            whole=Line("", Figures(), Figures()),
            quarters=[],
            courses=[],
            sectors=[],
            agencies=[],
            to_come=0,
        )
    )
    assert read.is_accessible
    assert read.tags("Table") == 1


def test_a_long_report_repeats_its_heads():
    read = paper(report(courses=[Line(f"Course {n}", NOW_, BEFORE) for n in range(60)]))
    assert read.pages > 2
    assert read.words.count("Course Dates Booked") > 2
