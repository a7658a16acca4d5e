"""Sectors and agencies: listed, added, renamed, two made one; for administrators."""

import re
from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field, TextAreaField
from wtforms.validators import StopValidation

from webapp import clock
from webapp.db import db
from webapp.errors import Refused
from webapp.formats.words import counted
from webapp.models import Agency, Sector
from webapp.services import agencies as offered
from webapp.services import agency_lists, audit, undoing
from webapp.services.row_states import States
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.organiser import identity, undo
from webapp.web.organiser.blueprint import bp

CHANGED = "Your changes are kept."
WIDE = "govuk-!-width-two-thirds"
DOMAIN = re.compile(r"(?=.{4,253}$)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+")


class SectorForm(Form):
    name = fields.line("Name", "Enter the name of the sector", width=WIDE)


class AgencyForm(Form):
    sector = fields.choice("Sector", "Choose the sector")
    name = fields.line("Name", "Enter the name of the agency", width=WIDE)
    domains: TextAreaField = fields.paragraphs(
        "Email domains (optional)",
        most=2000,
        hint="One a line, such as anytown.gov.uk. To whoever writes from there, or from a domain"
        " below it, the booking form suggests this agency.",
    )

    lead_name = fields.line(
        "Who leads on training there (optional)",
        hint="Told of places missed by people of this agency, where the settings say so.",
        width=WIDE,
        autocomplete="off",
    )
    lead_email = fields.email("Their email address (optional)", width=WIDE, autocomplete="off")

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        if self.lead_name.data and not self.lead_email.data and not self.lead_email.errors:
            self.lead_email.errors = ["Enter the email address of who leads on training there"]
            return False
        return fine

    def offer(self, sectors: Sequence[Sector]) -> None:
        self.sector.choices = {sector.id: sector.name for sector in sectors}

    def validate_domains(self, field: Field) -> None:
        for domain in self.said:
            if not DOMAIN.fullmatch(domain):
                raise StopValidation(f"“{domain}” must be a domain, such as anytown.gov.uk")

    @property
    def said(self) -> list[str]:
        lines = (self.domains.data or "").lower().splitlines()
        return [line.strip().removeprefix("@") for line in lines if line.strip()]


class MergeForm(Form):
    into = fields.choice("Which agency does it become part of?", "Choose the agency")

    def offer(self, agencies: Sequence[Agency]) -> None:
        groups: dict[str, dict[int, str]] = {}
        for agency in agencies:
            groups.setdefault(agency.sector.name, {})[agency.id] = agency.name
        self.into.choices = groups


@bp.get("/settings/agencies", endpoint="agencies")
def list_agencies() -> ResponseReturnValue:
    return render_template(
        "organiser/agencies.html",
        sectors=agency_lists.everything(),
        bookings=agency_lists.counts(),
    )


@bp.route("/settings/sectors/new", methods=["GET", "POST"])
def new_sector() -> ResponseReturnValue:
    form = SectorForm()
    if form.validate_on_submit():
        try:
            sector = agency_lists.add_sector(form.name.data)
        except Refused as refusal:
            return _refused_sector(form, refusal, None)
        return _kept("added a sector", sector.name, f"{sector.name} is in the list.")
    return render_template("organiser/sector.html", form=form, sector=None)


@bp.route("/settings/sectors/<int:sector_id>", methods=["GET", "POST"])
def sector(sector_id: int) -> ResponseReturnValue:
    found = agency_lists.get_sector(sector_id)
    form = SectorForm(obj=None if request.method == "POST" else found)
    if form.validate_on_submit():
        name, was = found.name, undoing.look(found, now=clock.now())
        try:
            agency_lists.rename_sector(found, form.name.data)
        except Refused as refusal:
            return _refused_sector(form, refusal, found)
        return _kept("renamed a sector", f"{name} → {found.name}", CHANGED, was)
    return render_template("organiser/sector.html", form=form, sector=found)


@bp.route("/settings/agencies/new", methods=["GET", "POST"])
def new_agency() -> ResponseReturnValue:
    form = AgencyForm(data={"sector": request.args.get("sector", type=int)})
    form.offer(agency_lists.everything())
    if form.validate_on_submit():
        sector = agency_lists.get_sector(form.sector.data)
        try:
            agency = agency_lists.add(sector, form.name.data, form.said)
            agency_lists.name_lead(agency, form.lead_name.data, form.lead_email.data)
        except Refused as refusal:
            _put_on_field(form, refusal)
        else:
            return _kept("added an agency", agency.name, f"{agency.name} is in the list.")
    return render_template("organiser/agency.html", form=form, agency=None)


@bp.route("/settings/agencies/<int:agency_id>", methods=["GET", "POST"])
def agency(agency_id: int) -> ResponseReturnValue:
    found = offered.get(agency_id)
    form = AgencyForm()
    del form.sector
    if form.validate_on_submit():
        name, was = found.name, undoing.look(found, now=clock.now())
        try:
            agency_lists.change(found, form.name.data, form.said)
            agency_lists.name_lead(found, form.lead_name.data, form.lead_email.data)
        except Refused as refusal:
            _put_on_field(form, refusal)
        else:
            detail = found.name if name == found.name else f"{name} → {found.name}"
            return _kept("changed an agency", detail, CHANGED, was)
    elif not form.is_submitted():
        form.name.data = found.name
        form.lead_name.data, form.lead_email.data = found.lead_name, found.lead_email
        form.domains.data = "\n".join(sorted(domain.domain for domain in found.email_domains))
    return render_template("organiser/agency.html", form=form, agency=found)


@bp.route("/settings/agencies/<int:agency_id>/merge", methods=["GET", "POST"])
def merge_agency(agency_id: int) -> ResponseReturnValue:
    """Choose the other one, read what would move, then press the button."""
    found = offered.get(agency_id)
    form = MergeForm()
    form.offer(agency_lists.others(found))
    into = None
    if form.validate_on_submit():
        into = offered.get(form.into.data)
        if "merge" in request.form:
            detail, kept = f"{found.name} → {into.name}", into.name
            moved = agency_lists.merge(found, into, now=clock.now())
            said = f"They are one now: {counted(moved.bookings, 'booking')} went over to {kept}."
            return _kept("merged two agencies", detail, said)
    return render_template(
        "organiser/merge_agency.html",
        form=form,
        agency=found,
        into=into,
        moved=agency_lists.would_move(found),
    )


def _kept(action: str, detail: str, said: str, was: States | None = None) -> ResponseReturnValue:
    """`was`: before a change that can be undone."""
    now = clock.now()
    line = audit.record(identity.me(), action, detail=detail, now=now)
    if was:
        undo.offer(was, line, now=now)
    db.session.commit()
    flash(said, "success")
    return redirect(url_for(".agencies"))


def _refused_sector(form: SectorForm, refusal: Refused, sector: Sector | None) -> str:
    db.session.rollback()
    form.name.errors = [str(refusal)]
    return render_template("organiser/sector.html", form=form, sector=sector)


def _put_on_field(form: AgencyForm, refusal: Refused) -> None:
    """Beside the name, the domains when it speaks of one of them, or who leads there."""
    db.session.rollback()
    said = str(refusal)
    if said == agency_lists.NO_LEAD:
        form.lead_email.errors = [said]
    elif any(said.startswith(domain) for domain in form.said):
        form.domains.errors = [said]
    else:
        form.name.errors = [said]
