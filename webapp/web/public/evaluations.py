"""What a training was like: one short form behind a link of its own, sent to those who came."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from webapp import clock
from webapp.db import db
from webapp.formats.evaluations import CONFIDENT, USEFUL
from webapp.models import Booking
from webapp.services import certificates, evaluations, links
from webapp.services.evaluations import Answers
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.public.blueprint import bp
from webapp.web.words import ours

USEFUL_CHOICES = [SelectChoice(str(point), said) for point, said in USEFUL.items()]
CONFIDENT_CHOICES = [SelectChoice(str(point), said) for point, said in CONFIDENT.items()]


class EvaluationForm(Form):
    useful = fields.radios(
        "How useful is it for your work?", "Choose how useful it is", USEFUL_CHOICES
    )
    confident_before = fields.radios(
        "How confident were you in this subject before?",
        "Choose how confident you were before",
        CONFIDENT_CHOICES,
    )
    confident_after = fields.radios(
        "And how confident are you now?", "Choose how confident you are now", CONFIDENT_CHOICES
    )
    will_do = fields.paragraphs("What will you do differently? (optional)", most=2000)
    comment = fields.paragraphs("Is there anything else to tell us? (optional)", most=2000)

    def answers(self) -> Answers:
        return Answers(
            useful=int(self.useful.data),
            confident_before=int(self.confident_before.data),
            confident_after=int(self.confident_after.data),
            will_do=self.will_do.data,
            comment=self.comment.data,
        )


@bp.route("/evaluations/<token>", methods=["GET", "POST"])
def evaluation(token: str) -> ResponseReturnValue:
    now = clock.now()
    booking = links.open_evaluation(token)
    form = EvaluationForm(data=_said(booking))
    if form.validate_on_submit():
        evaluations.answer(booking, form.answers(), now=now)
        db.session.commit()
        return redirect(url_for(".evaluation_given", token=token))
    closed = evaluations.why_closed(booking, now)
    if closed and booking.evaluation is not None:
        return redirect(url_for(".evaluation_given", token=token))
    return render_template(
        "public/evaluations/evaluation.html",
        date=booking.course_date,
        given=booking.evaluation,
        closed=closed,
        certificate_waits=certificates.waits_for_answers(booking, ours()),
        form=form,
    )


@bp.get("/evaluations/<token>/thanks")
def evaluation_given(token: str) -> ResponseReturnValue:
    booking = links.open_evaluation(token)
    if booking.evaluation is None:
        return redirect(url_for(".evaluation", token=token))
    return render_template(
        "public/evaluations/thanks.html",
        date=booking.course_date,
        booking=booking,
        given=booking.evaluation,
        certificate_comes=booking.attendance in certificates.EARNS,
        may_change=evaluations.why_closed(booking, clock.now()) is None,
        token=token,
    )


def _said(booking: Booking) -> dict[str, object]:
    """What the form shows: the answers so far."""
    given = booking.evaluation
    if given is None:
        return {}
    points = ("useful", "confident_before", "confident_after")
    return {
        **{name: str(getattr(given, name)) for name in points},
        "will_do": given.will_do,
        "comment": given.comment,
    }
