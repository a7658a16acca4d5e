"""The organisers' corridor, and the one guard at its entrance, so that no page can forget it."""

from typing import Any

from flask import Blueprint, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.models import Organiser, RoleName
from webapp.services import trainers
from webapp.web import errors, logs
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
# For whoever still has to set up a second factor, where everybody has to.
OWING = {"organiser.set_up_second_factor", "organiser.sign_out"}
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
# For trainers, as far as the address names a date that they give.
FOR_TRAINERS = {
    "organiser.registers",
    "organiser.register",
    "organiser.mark",
    "organiser.rest_present",
    "organiser.take_back_rest",
    "organiser.walk_in",
    "organiser.take_off_register",
    "organiser.sign_in_sheet",
    "organiser.sign_in_sheet_pdf",
}
# For reporters, who see the figures of their own agency alone.
FOR_REPORTERS = {
    "organiser.report",
    "organiser.report_csv",
    "organiser.report_xlsx",
    "organiser.report_pdf",
}
FOR_ADMINISTRATORS = {
    "organiser.audit",
    "organiser.audit_csv",
    "organiser.settings",
    "organiser.settings_group",
    "organiser.retention",
    "organiser.personal_data",
    "organiser.held_person",
    "organiser.held_person_json",
    "organiser.held_person_text",
    "organiser.erase_person",
    "organiser.charge_settings",
    "organiser.aims",
    "organiser.ladder",
    "organiser.mails",
    "organiser.mail",
    "organiser.booking_terms",
    "organiser.logo",
    "organiser.remove_logo",
    "organiser.agencies",
    "organiser.agency",
    "organiser.new_agency",
    "organiser.merge_agency",
    "organiser.sector",
    "organiser.new_sector",
    "organiser.people",
    "organiser.add_person",
    "organiser.person",
    "organiser.close_person",
    "organiser.open_person",
    "organiser.send_password_link",
    "organiser.forget_second_factor",
}
# Who may see everything else.
ORGANISING = {RoleName.ADMINISTRATOR, RoleName.ORGANISER}


@bp.before_request
def ask_who_it_is() -> ResponseReturnValue | None:
    if request.endpoint in OPEN:
        return None
    organiser = identity.signed_in()
    if organiser is None:
        if errors.typed():
            return errors.signed_out()
        has_page = request.url_rule is not None and "GET" in (request.url_rule.methods or ())
        wanted = request.full_path.rstrip("?") if has_page else None
        return redirect(url_for("organiser.sign_in", next=wanted))
    if _owes_second_factor(organiser) and request.endpoint not in OWING:
        return redirect(url_for("organiser.set_up_second_factor"))
    if not allows(organiser, request.endpoint) or not _is_theirs(organiser):
        logs.turned_away("not open to them", organiser.id)
        abort(403)
    return None


@bp.context_processor
def what_the_navigation_asks() -> dict[str, Any]:
    """As functions: a page that says the database is away asks neither."""
    return {
        "who": identity.signed_in,
        "allows": allows,
        "opens": _opens,
        "owes_second_factor": _owes_second_factor,
        # All that administrators do has one entry.
        "is_setting": FOR_ADMINISTRATORS.__contains__,
    }


def allows(organiser: Organiser, endpoint: str | None) -> bool:
    """Whether the organiser's roles open this page, and nothing has to be done before."""
    if _owes_second_factor(organiser):
        return endpoint in OWING
    if endpoint in FOR_ALL:
        return True
    if endpoint in FOR_ADMINISTRATORS:
        return organiser.is_administrator
    if endpoint in FOR_TRAINERS and RoleName.TRAINER in organiser.role_names:
        return True
    if endpoint in FOR_REPORTERS and RoleName.REPORTER in organiser.role_names:
        return True
    return organises(organiser)


def _owes_second_factor(organiser: Organiser) -> bool:
    return current_app.config["SECOND_FACTOR_REQUIRED"] and not organiser.has_second_factor


def organises(organiser: Organiser) -> bool:
    """Whether they see every date, and of the people on it more than who they are."""
    return not ORGANISING.isdisjoint(organiser.role_names)


def _is_theirs(organiser: Organiser) -> bool:
    """Whether the date in the address, if there is one, is for them to see."""
    date_id = (request.view_args or {}).get("date_id")
    return date_id is None or organises(organiser) or trainers.gives(organiser, date_id)


def _opens(endpoint: str) -> bool:
    """Whether there is such a page and it is open to who asks."""
    organiser = identity.signed_in()
    there = endpoint in current_app.view_functions
    return there and organiser is not None and allows(organiser, endpoint)
