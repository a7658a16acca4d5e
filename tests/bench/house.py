"""A partnership with years behind it, in a database of its own, for the servers measured here."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import func, select

from tests.bench.desk import REACH, Scale, fill
from tests.bench.organiser import signed_in
from tests.conftest import NOW
from tests.makers import make_many_dates
from webapp import create_app
from webapp.db import db, will_write
from webapp.formats import bookings_list
from webapp.models import Agency, Booking, CourseDate, DateState

# At size 10: 200 courses, 2,000 dates, 100,000 bookings, 10,000 of them on one date.
YEARS = Scale(courses=20, dates=200, bookings=10_000, on_one=1_000)
KEY = "the key of this measurement, and of nothing else"
# As many dates are booked in turn; they have no limit, so that each form ends in a place.
ROOMY = 20


@dataclass(frozen=True)
class House:
    """The settings it is served with, and the addresses in it that are asked for."""

    settings: dict[str, str]
    paths: dict[str, str]
    csv: str
    # What the browser of a signed-in organiser sends.
    cookie: str
    roomy: list[int]
    agency: int
    bookings: int


def built(folder: Path, size: int) -> House:
    folder.mkdir()
    settings = {
        "WEBAPP_INSTANCE": str(folder),
        "WEBAPP_DATABASE_URL": f"sqlite:///{folder}/training.db",
        "WEBAPP_SECRET_KEY": KEY,
        "WEBAPP_TODAY": NOW.date().isoformat(),
        "WEBAPP_BASE_URL": "http://127.0.0.1",
        # Everybody comes from a network of their own, since so many from one are refused.
        "WEBAPP_PROXIES": "1",
    }
    app = create_app(
        {
            "SECRET_KEY": KEY,
            "SQLALCHEMY_DATABASE_URI": settings["WEBAPP_DATABASE_URL"],
            "BASE_URL": settings["WEBAPP_BASE_URL"],
        }
    )
    with app.app_context():
        will_write()
        upgrade()
        desk = fill(size, YEARS)
        cookie = signed_in(app, desk).get_cookie("session")
        assert cookie is not None
        is_coming = (CourseDate.state == DateState.PUBLISHED, CourseDate.starts_at > NOW)
        by_time = select(CourseDate).where(*is_coming).order_by(CourseDate.starts_at)
        next_date = db.session.scalars(by_time.limit(1)).one()
        first = NOW + timedelta(days=REACH)
        house = House(
            settings=settings,
            paths={
                "programme": "/",
                "programme by month": "/?view=month",
                "date page": f"/dates/{next_date.id}",
                "course page": f"/courses/{next_date.course.slug}",
                "attendees": f"/organiser/dates/{desk.date}/attendees",
            },
            csv=_csv(),
            cookie=f"session={cookie.value}",
            roomy=[one.id for one in make_many_dates(ROOMY, first=first, capacity=None)],
            agency=db.session.scalars(select(func.min(Agency.id))).one(),
            bookings=db.session.scalars(select(func.count(Booking.id))).one(),
        )
        db.session.remove()
        db.engine.dispose()
    return house


def _csv() -> str:
    first, last = (NOW + sign * timedelta(days=2 * REACH) for sign in (-1, 1))
    days = f"{first:first=%d&first=%m&first=%Y}&{last:last=%d&last=%m&last=%Y}"
    columns = "".join(f"&columns={one}" for one in bookings_list.BOOKINGS.offered)
    return f"/organiser/bookings/export?{days}&state=all&as=csv{columns}"
