"""Calendars of those who give and run the training, followed by programs that cannot sign in."""

from flask import Response

from webapp import clock
from webapp.services import calendars, editions, links, partnership
from webapp.web.calendars import answered
from webapp.web.public.blueprint import bp


@bp.get("/calendars/<token>/my-dates.ics")
def my_dates_feed(token: str) -> Response:
    """What a trainer teaches."""
    now = clock.now()
    edition, _ = editions.of_trainer(links.key(token), now=now)
    organiser = links.open_staff_feed(links.MY_DATES, token)  # read already, with the edition

    def write() -> tuple[bytes, str]:
        ours = partnership.get()
        name = f"Dates I teach: {ours.service_name}"
        return calendars.of_trainer(organiser, ours, name=name, now=now), "my-dates.ics"

    return answered(("teaching", organiser.id), edition, write, now=now, is_private=True)


@bp.get("/calendars/<token>/all-dates.ics")
def all_dates_feed(token: str) -> Response:
    """Every date, for who organises them; the same for all of them."""
    now = clock.now()
    edition, _ = editions.of_organiser(links.key(token), now=now)
    links.open_staff_feed(links.ALL_DATES, token)

    def write() -> tuple[bytes, str]:
        ours = partnership.get()
        name = f"All dates: {ours.service_name}"
        return calendars.of_everything(ours, name=name, now=now), "all-dates.ics"

    return answered("organising", edition, write, now=now, is_private=True)
