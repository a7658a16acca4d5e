"""Another work email address: asked for from one's bookings, confirmed from both mailboxes."""

from secrets import token_urlsafe

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db
from webapp.errors import NotFound, Refused
from webapp.services import address_changes, links
from webapp.services.address_changes import Side
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.public import demonstration
from webapp.web.public.blueprint import bp
from webapp.web.public.forms import WIDE
from webapp.web.public.mailing import count_mail

# The session's own: the random word of the form sent.
SENT = "address"
WRITTEN = "We have written to both addresses. Press the button that each of the two mails leads to."
DONE = "Your bookings are under your new address. We have sent a link to them there."
HALF = "Thank you. Now press the button that the mail to your other address leads to."


class NewAddressForm(Form):
    email = fields.email(
        "Your new work email address", "Enter your new work email address", width=WIDE
    )


@bp.route("/my/<token>/address", methods=["GET", "POST"])
def change_address(token: str) -> ResponseReturnValue:
    now = clock.now()
    practitioner = links.open_my(token, now)
    form = NewAddressForm()
    if form.validate_on_submit():
        email, submission = form.email.data, token_urlsafe(16)
        count_mail(practitioner.email, now)
        count_mail(email, now)
        try:
            address_changes.ask(practitioner, email, submission=submission, now=now)
        except Refused as refusal:
            db.session.rollback()
            form.email.errors = [str(refusal)]
        else:
            db.session.commit()
            session[SENT] = submission
            flash(WRITTEN, "success")
            return redirect(url_for(".change_address", token=token))
    return render_template(
        "public/my/address.html",
        token=token,
        form=form,
        practitioner=practitioner,
        pending=address_changes.pending(practitioner, now),
        mails=demonstration.mails(session.get(SENT)),
    )


@bp.route("/addresses/<side>/<token>", methods=["GET", "POST"])
def confirm_address(side: str, token: str) -> ResponseReturnValue:
    """GET only asks, since mail scanners follow links; the pressed button confirms."""
    if side not in set(Side):
        raise NotFound(links.NO_LINK)
    now = clock.now()
    change = links.open_address(token, side, now)
    form, problem = Form(), None
    if form.validate_on_submit():
        try:
            done = address_changes.confirm(change, Side(side), now=now)
        except Refused as refusal:
            db.session.rollback()
            change, problem = links.open_address(token, side, now), str(refusal)
        else:
            db.session.commit()
            flash(DONE if done else HALF, "success")
            here = url_for(".confirm_address", side=side, token=token)
            return redirect(url_for(".my") if done else here)
    page = render_template(
        "public/my/confirm_address.html", form=form, change=change, side=side, problem=problem
    )
    return page, 409 if problem else 200
