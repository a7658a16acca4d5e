"""One course, and one of its dates: everything somebody wants to know before booking."""

from flask import render_template
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.services import places, programme
from webapp.web.public.blueprint import bp


@bp.get("/courses/<slug>")
def course(slug: str) -> ResponseReturnValue:
    found = programme.get_course(slug)
    return render_template("public/courses/course.html", course=found)


@bp.get("/dates/<int:date_id>")
def date(date_id: int) -> ResponseReturnValue:
    found = programme.get_date(date_id)
    now = clock.now()
    return render_template(
        "public/courses/date.html",
        date=found,
        places=places.of(found),
        others=programme.other_dates(found, now),
    )
