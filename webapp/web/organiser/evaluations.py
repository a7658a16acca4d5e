"""What people said of a date or a course: figures, their words, and both to take away."""

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.errors import Refused
from webapp.formats import evaluations as words
from webapp.formats import spreadsheet
from webapp.models import Course, CourseDate, Results
from webapp.services import course_dates, courses, evaluation_results
from webapp.web.files import attached
from webapp.web.organiser import watch
from webapp.web.organiser.asked import page_number, same_list
from webapp.web.organiser.blueprint import bp

TOO_FEW = "Answers are shown once three people have answered for a date."


@bp.get("/dates/<int:date_id>/evaluation")
def evaluation(date_id: int) -> ResponseReturnValue:
    date = course_dates.get(date_id)
    page = render_template(
        "organiser/evaluation.html",
        date=date,
        over=date.is_past(clock.now()),
        results=evaluation_results.of_date(date),
        said=evaluation_results.words_of(date, page_number()),
        again=same_list(),
        words=words,
    )
    watch.saw("saw the evaluation", course_date=date)
    return page


@bp.get("/dates/<int:date_id>/evaluation.csv")
def evaluation_csv(date_id: int) -> Response:
    date = course_dates.get(date_id)
    answer = _file(date, evaluation_results.of_date(date), date.course.slug, date)
    watch.saw("downloaded the evaluation", course_date=date)
    return answer


@bp.get("/courses/<int:course_id>/evaluation")
def course_evaluation(course_id: int) -> ResponseReturnValue:
    course = courses.get(course_id)
    by_date = evaluation_results.by_date(course)
    page = render_template(
        "organiser/course_evaluation.html",
        course=course,
        by_date=by_date,
        results=Results.together(by_date.values()),
        found=evaluation_results.dates(course, page_number()),
        again=same_list(),
        words=words,
    )
    watch.saw("saw the evaluation", detail=course.slug)
    return page


@bp.get("/courses/<int:course_id>/evaluation.csv")
def course_evaluation_csv(course_id: int) -> Response:
    course = courses.get(course_id)
    results = Results.together(evaluation_results.by_date(course).values())
    answer = _file(course, results, course.slug)
    watch.saw("downloaded the evaluation", detail=course.slug)
    return answer


def _file(
    of: Course | CourseDate, results: Results, slug: str, date: CourseDate | None = None
) -> Response:
    if not results.shown:
        raise Refused(TOO_FEW)
    body = words.to_csv(evaluation_results.every_answer(of))
    return attached(body, spreadsheet.CSV_TYPE, words.file_name(slug, date))
