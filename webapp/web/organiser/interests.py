"""Who wants to be told when a course has dates."""

from flask import render_template
from flask.typing import ResponseReturnValue

from webapp.services import courses
from webapp.services import interests as wishes
from webapp.web.organiser import watch
from webapp.web.organiser.asked import page_number, same_list
from webapp.web.organiser.blueprint import bp


@bp.get("/courses/<int:course_id>/interests")
def interests(course_id: int) -> ResponseReturnValue:
    course = courses.get(course_id)
    page = render_template(
        "organiser/interests.html",
        course=course,
        found=wishes.some_of_course(course, page_number()),
        again=same_list(),
    )
    watch.saw("saw who is interested in a course", detail=course.slug)
    return page
