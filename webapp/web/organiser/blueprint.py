"""The organisers' corridor, and the one guard at its entrance, so that no page can forget it."""

from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.models import Organiser, RoleName
from webapp.web.organiser import identity

bp = Blueprint("organiser", __name__, url_prefix="/organiser")

# For whoever is on the way in.
OPEN = {
    "organiser.sign_in",
    "organiser.code",
    "organiser.recovery_code",
    "organiser.forgotten",
    "organiser.forgotten_written",
    "organiser.choose_password",
}
# For everybody who is in, whatever their role.
FOR_ALL = {
    "organiser.sign_out",
    "organiser.role",
    "organiser.account",
    "organiser.calendars",
    "organiser.new_calendar_addresses",
    "organiser.change_password",
    "organiser.set_up_second_factor",
    "organiser.switch_off_second_factor",
    "organiser.recovery_codes",
}
FOR_ADMINISTRATORS = {"organiser.audit", "organiser.settings", "organiser.settings_group"}
# Who may see everything else.
ORGANISING = {RoleName.ADMINISTRATOR, RoleName.ORGANISER}


@bp.before_request
def ask_who_it_is() -> ResponseReturnValue | None:
    if request.endpoint in OPEN:
        return None
    organiser = identity.signed_in()
    if organiser is None:
        wanted = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("organiser.sign_in", next=wanted))
    if not allows(organiser, request.endpoint):
        abort(403)
    return None


@bp.context_processor
def what_the_navigation_asks() -> dict[str, Any]:
    """As functions: a page that says the database is away asks neither."""
    return {"who": identity.signed_in, "allows": allows}


def allows(organiser: Organiser, endpoint: str | None) -> bool:
    """Whether the organiser's roles open this page."""
    if endpoint in FOR_ALL:
        return True
    if endpoint in FOR_ADMINISTRATORS:
        return organiser.is_administrator
    return not ORGANISING.isdisjoint(organiser.role_names)
