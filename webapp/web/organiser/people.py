"""Who may sign in, for administrators: colleagues asked in, given their roles, and let go."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput
from wtforms import SelectChoice, SelectMultipleField
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput

from webapp import clock
from webapp.db import db
from webapp.errors import Refused
from webapp.formats.words import listed
from webapp.models import Organiser, RoleName
from webapp.services import accounts, agencies, audit, organisers, trainers
from webapp.services.accounts import Powers
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.organiser import identity
from webapp.web.organiser.asked import page_number, same_list
from webapp.web.organiser.blueprint import bp

WIDE = "govuk-!-width-two-thirds"
ROLES = {
    RoleName.ADMINISTRATOR: "Administrator: everything, and who may sign in, the settings and the"
    " audit log",
    RoleName.ORGANISER: "Organiser: courses, dates, bookings, registers and messages",
    RoleName.TRAINER: "Trainer: the registers of the dates they give, and nothing else",
    RoleName.REPORTER: "Reporter: the figures of one agency, and nobody's name",
}


def _some(form: Form, field: SelectMultipleField) -> None:
    if not set(field.data) & set(RoleName):
        raise StopValidation("Choose what they may do")


class AccountForm(Form):
    """In the order of the page; `email` is asked of new accounts only."""

    email = fields.email(
        "Email address",
        "Enter their email address",
        hint="We send them a link to choose a password. It works for 7 days.",
        width=WIDE,
        autocomplete="off",
    )
    name = fields.line(
        "Name (optional)", hint="As colleagues know them.", width=WIDE, autocomplete="off"
    )
    roles = SelectMultipleField(
        "What they may do",
        [_some],
        choices=[SelectChoice(role.value, words) for role, words in ROLES.items()],
        validate_choice=False,
        widget=GovCheckboxesInput(),
        option_widget=CheckboxInput(),
    )
    agency = fields.choice(
        "Agency of a reporter (optional)",
        hint="A reporter sees the figures of this agency alone. It must have a line of its own in"
        " the list of agencies.",
    )

    def fit(self, account: Organiser | None = None) -> None:
        # Of "a primary school" the figures are those of many, of which nobody is the reporter.
        self.agency.choices = {
            sector.name: named
            for sector in agencies.sectors()
            if (named := {one.id: one.name for one in sector.agencies if not one.stands_for_many})
        }
        if account is None:
            return
        del self.email
        if not self.is_submitted():
            self.name.data, self.agency.data = account.name, account.agency_id
            self.roles.data = [*account.role_names]

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        if RoleName.REPORTER in self.roles.data and not self.agency.data and not self.agency.errors:
            self.agency.errors = ["Choose the agency whose figures they see"]
            return False
        return fine

    def powers(self) -> Powers:
        return Powers(
            name=self.name.data,
            roles={RoleName(said) for said in self.roles.data if said in set(RoleName)},
            agency=agencies.get(self.agency.data) if self.agency.data else None,
        )


@bp.get("/people")
def people() -> str:
    found = accounts.listed_by_name(page_number())
    return render_template("organiser/people.html", found=found, again=same_list())


@bp.route("/people/add", methods=["GET", "POST"])
def add_person() -> ResponseReturnValue:
    form = AccountForm()
    form.fit()
    if form.validate_on_submit():
        try:
            made = accounts.add(form.email.data, form.powers(), by=identity.me(), now=clock.now())
        except Refused as refusal:
            db.session.rollback()
            form.email.errors = [str(refusal)]
        else:
            _note("added an account", made)
            db.session.commit()
            flash(f"We have written to {made.email} how to choose a password.", "success")
            return redirect(url_for(".people"))
    return render_template("organiser/add_person.html", form=form)


@bp.route("/people/<int:account_id>", methods=["GET", "POST"])
def person(account_id: int) -> ResponseReturnValue:
    account = accounts.get(account_id)
    form = AccountForm()
    form.fit(account)
    if form.validate_on_submit():
        try:
            accounts.change(account, form.powers(), by=identity.me(), now=clock.now())
        except Refused as refusal:
            db.session.rollback()
            form.roles.errors = [str(refusal)]
        else:
            _note("changed an account", account)
            db.session.commit()
            flash("Your changes are kept.", "success")
            return redirect(url_for(".people"))
    return render_template(
        "organiser/person.html",
        account=account,
        form=form,
        is_mine=account == identity.me(),
        dates=trainers.dates_of(account, now=clock.now()),
    )


@bp.post("/people/<int:account_id>/close")
def close_person(account_id: int) -> ResponseReturnValue:
    account = accounts.get(account_id)
    accounts.close(account, by=identity.me())
    _note("closed an account", account)
    return _done(account, f"{account} can no longer sign in.")


@bp.post("/people/<int:account_id>/open")
def open_person(account_id: int) -> ResponseReturnValue:
    account = accounts.get(account_id)
    accounts.open_again(account, by=identity.me(), now=clock.now())
    _note("opened an account again", account)
    return _done(account, f"We have written to {account.email} how to choose a password.")


@bp.post("/people/<int:account_id>/password-link")
def send_password_link(account_id: int) -> ResponseReturnValue:
    account = accounts.get(account_id)
    if not account.active:
        raise Refused("This account is closed. Open it again first.")
    organisers.send_password_link(account, now=clock.now())
    _note("sent somebody a link to choose a password", account)
    return _done(account, f"We have written to {account.email} how to choose a password.")


@bp.post("/people/<int:account_id>/second-factor")
def forget_second_factor(account_id: int) -> ResponseReturnValue:
    account = accounts.get(account_id)
    accounts.forget_second_factor(account, by=identity.me(), now=clock.now())
    _note("switched off somebody's second factor", account)
    return _done(account, f"{account} signs in with the password alone. We have told them.")


def _done(account: Organiser, what: str) -> ResponseReturnValue:
    db.session.commit()
    flash(what, "success")
    return redirect(url_for(".person", account_id=account.id))


def _note(what: str, account: Organiser) -> None:
    """Those who sign in are named in the log, as everywhere in it."""
    detail = f"{account.email} ({listed(account.role_names)})"
    audit.record(identity.me(), what, detail=detail, now=clock.now())
