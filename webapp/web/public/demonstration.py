"""Reading the mail where none is sent: a demonstration, with its own clock and no mail server."""

from collections.abc import Sequence

from flask import Response, current_app, render_template
from flask.typing import ResponseReturnValue

from webapp.errors import NotFound
from webapp.formats.letters import Letter
from webapp.models import Email
from webapp.services import letters
from webapp.web.public.blueprint import bp


@bp.get("/demonstration/mail/<message_id>")
def mail_as_written(message_id: str) -> ResponseReturnValue:
    letter = _letter(message_id)
    return render_template("public/demonstration/mail.html", letter=letter, message_id=message_id)


@bp.get("/demonstration/mail/<message_id>/<int:number>")
def mail_attachment(message_id: str, number: int) -> ResponseReturnValue:
    attachments = _letter(message_id).attachments
    if not 1 <= number <= len(attachments):
        raise NotFound("There is no such attachment.")
    attachment = attachments[number - 1]
    answer = Response(attachment.content, content_type=attachment.kind)
    answer.headers.set("Content-Disposition", "attachment", filename=attachment.name)
    return answer


def is_on() -> bool:
    return bool(current_app.config["TODAY"] and not current_app.config["SMTP_URL"])


def mails(submission: str | None) -> Sequence[Email]:
    """What was written in answer to a form; outside a demonstration nobody gets to see it."""
    return letters.answering(submission) if submission and is_on() else ()


def _letter(message_id: str) -> Letter:
    if not is_on():
        raise NotFound("Mail is only shown in a demonstration.")
    return letters.as_written(message_id)
