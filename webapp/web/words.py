"""What every template can say: filters, globals, the partnership and the moment.

The filters hang on the environment itself, so that mails written outside a request have them too.
"""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, g, has_request_context, request, url_for
from govuk_frontend_wtf.main import WTFormsHelpers
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from markupsafe import Markup, escape

from webapp import clock
from webapp.db import UNAVAILABLE, db
from webapp.errors import NotFound
from webapp.formats import charges, theme, words
from webapp.models import Partnership
from webapp.services import partnership
from webapp.web import widgets

FILTERS = {
    "day": words.day,
    "short_day": words.short_day,
    "month": words.month,
    "clock_time": words.clock_time,
    "times": words.times,
    "moment": words.moment,
    "last_moment": words.last_moment,
    "one_day": words.one_day,
    "all_days": words.all_days,
    "when": words.when,
    "soon": words.soon,
    "place": words.place,
    "standing": words.standing,
    "closing": words.closing,
    "paragraphs": words.paragraphs,
    "listed": words.listed,
    "ordinal": words.ordinal,
    "counted": words.counted,
    "pounds": charges.pounds,
    "price": charges.price,
    "rule": charges.rule,
    "london": clock.london,
}
GLOBALS = {"KINDS": words.KINDS, "FORMATS": words.FORMATS}
LIBRARIES = ("govuk_frontend_jinja", "govuk_frontend_wtf")
# What pages say while nobody has told, or the database cannot say, whose they are.
NOBODY = {
    "name": "",
    "service_name": "Safeguarding training",
    "area": "",
    "website_url": "",
    "news_url": "",
    "accent_colour": theme.PLAIN,
    "who_may_come": "",
    "cost": "",
    "cut_off_days": 0,
    "cut_off_working": False,
    "contact_name": "",
    "contact_email": "",
    "contact_phone": "",
    "contact_address": "",
    "demonstration_values": [],
}


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(FILTERS, address=address)
    app.jinja_env.globals.update(GLOBALS, static=static, options=widgets.options)
    libraries = PrefixLoader({name: PackageLoader(name) for name in LIBRARIES})
    assert app.jinja_loader is not None
    app.jinja_loader = ChoiceLoader([app.jinja_loader, libraries])
    WTFormsHelpers(app)
    app.context_processor(context)


def address(email: str) -> Markup:
    """An email address that breaks, where it has to, after its @, and only then before a dot."""
    name, at, host = str(escape(email)).replace(".", "<wbr>.").partition("@")
    spans = f'<span class="app-address">{name}{at}</span><span class="app-address">{host}</span>'
    return Markup(spans)  # noqa: S704  # escaped just above


def context() -> dict[str, Any]:
    return {"partnership": ours(), "now": clock.now()}


def ours() -> Partnership:
    """The partnership, read once per request; a nameless one while there is none to read."""
    if not has_request_context():
        return _read()
    if "partnership" not in g:
        g.partnership = _read()
    found: Partnership = g.partnership
    return found


def _read() -> Partnership:
    try:
        return partnership.get()
    except NotFound:
        return Partnership(**NOBODY)
    except UNAVAILABLE:
        db.session.rollback()
        return Partnership(**NOBODY)


def static(name: str) -> str:
    """The address of a static file, which changes with its contents, so that it keeps for ever."""
    return _static(request.script_root, name)


@lru_cache(maxsize=500)
def _static(_root: str, name: str) -> str:
    """Written once below each path that the house stands at: a page names half a dozen."""
    return url_for("static", filename=name, v=_version(name))


def _version(name: str) -> str:
    file = Path(__file__).parent.parent / "static" / name
    return sha256(file.read_bytes()).hexdigest()[:12]
