"""Who runs this training, the rules it chose, and the terms people agree to when they book."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import joinedload

from webapp.db import db, lock
from webapp.errors import NotFound, Refused
from webapp.formats import logos
from webapp.models import BookingTerms, Logo, Partnership

KEPT = "partnership"
# Every page and every booking asks these, so they are built once.
OURS = (
    select(Partnership)
    .order_by(Partnership.id)
    .options(
        joinedload(Partnership.logo).defer(Logo.content),
        # Each form that books says what follows a missed place, and each booking goes by it.
        joinedload(Partnership.ladder),
    )
)
NEWEST_TERMS = select(BookingTerms).order_by(BookingTerms.version.desc()).limit(1)
EMPTY = "Nothing has been loaded yet. Load it with: flask --app wsgi seed"


def get() -> Partnership:
    """The one row, looked up once in a transaction: asked again, a session has the row it has, with
    what it read of it. Raises NotFound before the seeds are loaded."""
    kept: Partnership | None = db.session.info.get(KEPT)
    if kept is not None and _is_read(kept):
        return kept
    found = db.session.scalars(OURS).unique().first()
    if found is None:
        raise NotFound(EMPTY)
    db.session.info[KEPT] = found
    return found


def _is_read(partnership: Partnership) -> bool:
    """Whether a session has it and has not let go of it, as each does when a transaction ends."""
    state = inspect(partnership)
    return bool(state.persistent) and not state.expired


def current_terms() -> BookingTerms:
    """The terms of the highest version. Raises NotFound before the seeds are loaded."""
    found = db.session.scalar(NEWEST_TERMS)
    if found is None:
        raise NotFound(EMPTY)
    return found


def terms(version: int) -> BookingTerms:
    """The terms as somebody once agreed to them. Raises NotFound."""
    for found in versions_of_terms():  # a handful, and any number may stand in an address
        if found.version == version:
            return found
    raise NotFound(f"There are no booking terms of version {version}.")


def versions_of_terms() -> Sequence[BookingTerms]:
    """All of them, the newest first."""
    newest_first = select(BookingTerms).order_by(BookingTerms.version.desc())
    return db.session.scalars(newest_first).all()


def publish_terms(body: str, *, after: int, now: datetime) -> BookingTerms:
    """A further version, which everybody who books from now on agrees to; the others stay.

    Raises Refused when it says nothing new, or when somebody published one since version `after`.
    """
    lock(BookingTerms.version)
    current = current_terms()
    if current.version != after:
        raise Refused(
            f"Somebody has published version {current.version} meanwhile. Read it, then start anew."
        )
    if current.body == body:
        raise Refused("These are the words in force already. Change them before you publish")
    published = BookingTerms(version=after + 1, body=body, published_at=now)
    db.session.add(published)
    db.session.flush()
    return published


def change(
    partnership: Partnership,
    facts: Mapping[str, Any],
    *,
    settled: Collection[str] = (),
    now: datetime,
) -> None:
    """Write these columns. What changed, or is `settled` as it is, is no demonstration value."""
    changed = {name for name, value in facts.items() if getattr(partnership, name) != value}
    for name in changed:
        setattr(partnership, name, facts[name])
    known = changed.union(settled)
    partnership.demonstration_values = [
        name for name in partnership.demonstration_values if name not in known
    ]
    partnership.updated_at = now
    db.session.flush()


def choose_words(
    partnership: Partnership, kind: str, chosen: Mapping[str, str], *, now: datetime
) -> None:
    """Write these parts of a mail in words of its own, the others in ours."""
    lock(Partnership.updated_at, Partnership.id == partnership.id)
    db.session.refresh(partnership, ["mail_words"])
    others = {other: said for other, said in partnership.mail_words.items() if other != kind}
    change(partnership, {"mail_words": {**others, **({kind: chosen} if chosen else {})}}, now=now)


def show_logo(partnership: Partnership, content: bytes, *, now: datetime) -> None:
    """Put this picture beside the name, in the place of one before. Raises Refused."""
    logo = partnership.logo or Logo()
    logo.kind, logo.content = logos.checked(content), content
    logo.version = sha256(content).hexdigest()[:12]
    partnership.logo, partnership.updated_at = logo, now
    db.session.flush()


def take_logo_away(partnership: Partnership, *, now: datetime) -> None:
    partnership.logo, partnership.updated_at = None, now
    db.session.flush()
