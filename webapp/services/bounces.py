"""Messages of ours that some server sent back, after another had taken them."""

from datetime import datetime

from sqlalchemy import select

from webapp.db import db
from webapp.formats.bounces import Bounce
from webapp.models import Email


def record(bounce: Bounce, *, now: datetime) -> str | None:
    """Mark the message that came back, and say which; None when none of them is ours.

    What the server said is kept as it was told first.
    """
    email = db.session.scalar(
        select(Email).where(Email.message_id.in_(bounce.message_ids)).order_by(Email.id).limit(1)
    )
    if email is None:
        return None
    if email.bounced_at is not None:
        return f"mail {email.id} came back, which is known"
    email.bounced_at, email.bounce = now, bounce.said_of(email.to)
    # Some server had it, whatever ours answered: it is not to be sent once more.
    email.sent_at = email.sent_at or now
    return f"mail {email.id} ({email.kind}) came back"
