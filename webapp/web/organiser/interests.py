"""Who wants to be told when a course has dates, who was told of which, and who is next."""

from flask import render_template
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.services import courses, telling
from webapp.services import interests as wishes
from webapp.web.organiser import watch
from webapp.web.organiser.asked import page_number, same_list
from webapp.web.organiser.blueprint import bp


@bp.get("/courses/<int:course_id>/interests")
def interests(course_id: int) -> ResponseReturnValue:
    course = courses.get(course_id)
    found = wishes.some_of_course(course, page_number())
    now = clock.now()
    dates = telling.under_way(course, now)
    turn = telling.next_turn(course, dates, now)
    page = render_template(
        "organiser/interests.html",
        course=course,
        found=found,
        told=telling.told(found.rows),
        under_way=dates,
        next_ids={interest.id for interest, _ in turn.now},
        again=same_list(),
    )
    watch.saw("saw who is interested in a course", detail=course.slug)
    return page
