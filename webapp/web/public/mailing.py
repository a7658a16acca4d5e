"""How often one address may be written to because somebody typed it: it may be somebody else's."""

from collections.abc import Collection
from datetime import datetime, timedelta

from webapp.services import attempts

MAILS = 10
WITHIN = timedelta(hours=1)
# One such form writes to twenty people. A hospital or a council may send some from one address.
FROM_ADDRESS = 10
BY_BOOKER = 5
A_DAY = timedelta(days=1)
# Each is a mail for every session booked.
WEEKS = 5


def count_mail(email: str, now: datetime) -> None:
    """Count one more mail to this address. Raises TooManyTries."""
    attempts.count_and_refuse("mail", email, limit=MAILS, within=WITHIN, now=now)


def count_team(booker: str, colleagues: Collection[str], where: str, now: datetime) -> None:
    """The same of a form that writes to a whole team: few of them from one computer's address and
    in one person's name, besides the mails to each. Raises TooManyTries."""
    attempts.count_and_refuse("teams-from", where, limit=FROM_ADDRESS, within=WITHIN, now=now)
    attempts.count_and_refuse("teams-by", booker, limit=BY_BOOKER, within=A_DAY, now=now)
    for email in (booker, *colleagues):
        count_mail(email, now)


def count_week(email: str, now: datetime) -> None:
    """The same of the mails for several sessions booked at once."""
    attempts.count_and_refuse("week", email, limit=WEEKS, within=WITHIN, now=now)
