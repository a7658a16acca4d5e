"""Who runs this training, and the terms people agree to when they book."""

from sqlalchemy import select

from webapp.db import db
from webapp.errors import NotFound
from webapp.models import BookingTerms, Partnership

EMPTY = "Nothing has been loaded yet. Load it with: flask --app wsgi seed"


def get() -> Partnership:
    """The one row. Raises NotFound before the seeds are loaded."""
    found = db.session.scalar(select(Partnership).order_by(Partnership.id).limit(1))
    if found is None:
        raise NotFound(EMPTY)
    return found


def current_terms() -> BookingTerms:
    """The terms of the highest version. Raises NotFound before the seeds are loaded."""
    newest = select(BookingTerms).order_by(BookingTerms.version.desc()).limit(1)
    found = db.session.scalar(newest)
    if found is None:
        raise NotFound(EMPTY)
    return found
