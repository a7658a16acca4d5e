"""Writing to many people on a date: a draft, how one of them will read it, a test, and sending."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db
from webapp.errors import Refused
from webapp.formats import placeholders, private_links
from webapp.formats.words import counted
from webapp.models import Booking, CourseDate, DateMessage, WrittenTo
from webapp.services import attendee_lists, audit, copies, course_dates, joining, recipients
from webapp.services import date_messages as written
from webapp.services.reminders import still_to_come
from webapp.web.organiser import identity, watch
from webapp.web.organiser.asked import number, page_number, same_list, word
from webapp.web.organiser.blueprint import bp
from webapp.web.organiser.message_form import HINTS, TO, MessageForm
from webapp.web.organiser.several import chosen, nobody_ticked


@bp.get("/dates/<int:date_id>/messages")
def messages(date_id: int) -> ResponseReturnValue:
    date, now = course_dates.get(date_id), clock.now()
    found = written.of_date(date, page_number())
    return render_template(
        "organiser/messages.html",
        reminders=still_to_come(date, now),
        date=date,
        found=found,
        progress=copies.progress(found.rows),
        to=TO,
        due=joining.due(date),
        is_sent=joining.is_sent(date),
        sent_to=joining.sent_to(date),
        why_not=joining.why_not_sent(date, now),
        again=same_list(),
    )


@bp.route("/dates/<int:date_id>/messages/new", methods=["GET", "POST"])
def new_message(date_id: int) -> ResponseReturnValue:
    date = course_dates.get(date_id)
    people = chosen(date)
    if "state" in request.args and not people:  # from the list, where people are ticked
        return nobody_ticked()
    return _form(date, people)


@bp.route("/messages/<int:message_id>/change", methods=["GET", "POST"])
def change_message(message_id: int) -> ResponseReturnValue:
    message = written.get(message_id)
    if message.queued_at is not None:
        raise Refused(written.SENT)
    date = message.course_date
    return _form(date, attendee_lists.chosen(date, message.chosen or ()), message)


@bp.get("/messages/<int:message_id>")
def message(message_id: int) -> ResponseReturnValue:
    """While a draft: how one after the other will read it; later: what became of the copies."""
    found, now = written.get(message_id), clock.now()
    if found.queued_at is not None:
        page = render_template(
            "organiser/message_sent.html",
            message=found,
            date=found.course_date,
            to=TO,
            progress=copies.progress([found])[found.id],
            trouble=copies.in_trouble(found, page_number()),
            again=same_list(),
        )
        watch.saw("saw what became of a message to people on a date", course_date=found.course_date)
        return page
    turn, how_many = number("person") or 1, written.how_many(found)
    booking = written.one_of(found, turn)
    page = render_template(
        "organiser/message_draft.html",
        message=found,
        date=found.course_date,
        to=TO,
        turn=turn,
        how_many=how_many,
        reader=booking,
        letter=written.as_read_by(booking, found, now=now) if booking else None,
        masked=private_links.masked,
        me=identity.me(),
    )
    watch.saw("saw how a message will be read", course_date=found.course_date, booking=booking)
    return page


@bp.post("/messages/<int:message_id>/test")
def test_message(message_id: int) -> ResponseReturnValue:
    found, me = written.get(message_id), identity.me()
    written.send_test(found, me, now=clock.now())
    db.session.commit()
    flash(f"A test is on its way to {me.email}. Nobody else gets it.", "success")
    return redirect(url_for(".message", message_id=found.id))


@bp.post("/messages/<int:message_id>/send")
def send_message(message_id: int) -> ResponseReturnValue:
    found, now = written.get(message_id), clock.now()
    sent = written.send(found, identity.me(), now=now)
    if sent:
        people = counted(sent, "person", "people")
        audit.record(
            identity.me(),
            "wrote to people on a date",
            course_date=found.course_date,
            detail=f"Message {found.id}, {people}",
            now=now,
        )
        db.session.commit()
        flash(f"The message goes to {people} in a minute.", "success")
    else:
        flash("This message had been sent before. Nobody gets it twice.", "note")
    return redirect(url_for(".message", message_id=found.id))


@bp.post("/messages/<int:message_id>/stop")
def stop_message(message_id: int) -> ResponseReturnValue:
    """Taken back, it is a draft again."""
    found, now = written.get(message_id), clock.now()
    try:
        written.take_back(found)
    except Refused as refusal:
        db.session.rollback()
        flash(str(refusal), "note")
    else:
        date = found.course_date
        audit.record(identity.me(), "stopped a message", course_date=date, now=now)
        db.session.commit()
        flash("The message is a draft again. Nobody was sent it.", "success")
    return redirect(url_for(".message", message_id=message_id))


@bp.post("/messages/<int:message_id>/discard")
def discard_message(message_id: int) -> ResponseReturnValue:
    found = written.get(message_id)
    date_id = found.course_date_id
    written.discard(found)
    db.session.commit()
    flash("The draft is gone. Nobody was written to.", "success")
    return redirect(url_for(".messages", date_id=date_id))


def _form(
    date: CourseDate, people: Sequence[Booking], message: DateMessage | None = None
) -> ResponseReturnValue:
    form, organiser = MessageForm(), identity.me()
    form.offer(date, people)
    if form.validate_on_submit():
        try:
            if message is None:
                message = written.draft(date, form.said(), organiser)
            else:
                written.change(message, form.said(), organiser)
        except Refused as refusal:
            db.session.rollback()
            form.written_to.errors = [str(refusal)]
        else:
            db.session.commit()
            return redirect(url_for(".message", message_id=message.id))
    elif message is not None and not form.is_submitted():
        form.show(message)
    elif not form.is_submitted():
        form.written_to.data, form.agency.data = word(WrittenTo, "to"), number("agency")
        if people:
            form.written_to.data, form.agency.data = WrittenTo.CHOSEN, None
    return render_template(
        "organiser/new_message.html",
        date=date,
        message=message,
        form=form,
        chosen=people,
        counts=recipients.counts(date, [booking.id for booking in people]),
        hints=HINTS,
        gaps=placeholders.of_date(date),
    )
