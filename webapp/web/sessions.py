"""Sessions are for pages: programs that fetch calendars have none."""

from hashlib import sha256

from flask import Flask, Response
from flask.sessions import SecureCookieSessionInterface, SessionMixin


class PageSessions(SecureCookieSessionInterface):
    """The sign-in library looks into the session at every answer, which would make each calendar
    one person's own (Vary: Cookie) to whatever keeps copies on the way."""

    # Flask signs with SHA-1 unless told.
    digest_method = staticmethod(sha256)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if response.mimetype != "text/calendar":
            super().save_session(app, session, response)
