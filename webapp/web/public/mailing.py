"""How often one address may be written to because somebody typed it: it may be somebody else's."""

from datetime import datetime, timedelta

from webapp.services import attempts

MAILS = 10
WITHIN = timedelta(hours=1)


def count_mail(email: str, now: datetime) -> None:
    """Count one more mail to this address. Raises TooManyTries."""
    attempts.count_and_refuse("mail", email, limit=MAILS, within=WITHIN, now=now)
