"""The news item of a course, to be copied into the partnership's news page or a newsletter."""

from collections.abc import Sequence

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.formats import news_item as items
from webapp.models import Course, CourseDate
from webapp.services import courses, links, news_items
from webapp.web.files import attached
from webapp.web.organiser.blueprint import bp


@bp.get("/courses/<int:course_id>/news-item")
def news_item(course_id: int) -> ResponseReturnValue:
    course = courses.get(course_id)
    dates, item = _item(course)
    return render_template(
        "organiser/news_item.html",
        course=course,
        dates=dates,
        text=items.text(item),
        html=items.html(item),
        undecided=news_items.undecided(course),
    )


@bp.get("/courses/<int:course_id>/news-item.txt")
def news_item_text(course_id: int) -> Response:
    course = courses.get(course_id)
    _, item = _item(course)
    return attached(items.text(item).encode(), "text/plain", f"{course.slug}.txt")


@bp.get("/courses/<int:course_id>/news-item.html")
def news_item_html(course_id: int) -> Response:
    """In letters that every editor reads alike, since a part of a page cannot say which it uses."""
    course = courses.get(course_id)
    _, item = _item(course)
    body = items.html(item).encode("ascii", "xmlcharrefreplace")
    return attached(body, "text/html", f"{course.slug}.html")


def _item(course: Course) -> tuple[Sequence[CourseDate], items.Item]:
    now, address = clock.now(), links.address("public.course", slug=course.slug)
    dates = news_items.dates_of(course, now)
    return dates, items.of(course, dates, address=address, now=now)
