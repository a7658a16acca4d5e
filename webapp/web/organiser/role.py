"""What a trainer or reporter finds when they sign in: a trainer the dates they are to give and
the registers they have still to mark."""

from flask import render_template

from webapp import clock
from webapp.services import links, register_lists, trainers
from webapp.web.organiser import identity
from webapp.web.organiser.blueprint import bp


@bp.get("/role")
def role() -> str:
    now, organiser = clock.now(), identity.me()
    return render_template(
        "organiser/role.html",
        organiser=organiser,
        registers=register_lists.how_many_to_mark(now, organiser),
        dates=trainers.dates_of(organiser, now=now),
        feed=links.staff_feed_token(links.MY_DATES, organiser),
    )
