"""Certificates: a person's own as papers, by private link; and whether one that is shown is true.

Who checks one learns what stands on the paper, and nothing else.
"""

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from webapp import clock
from webapp.errors import NotFound
from webapp.formats import certificates as papers
from webapp.formats import typst_papers
from webapp.models import Certificate
from webapp.services import certificate_lists, certificates, links, partnership
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.files import attached
from webapp.web.public.blueprint import bp
from webapp.web.security import limiter

# Codes are no words to be guessed, but nobody shall try.
CHECKS = "20 per minute; 200 per hour"
NOT_A_CODE = "Enter the code as it stands on the certificate: ten letters and digits"
UNKNOWN = "We have given no certificate with this code. Compare it with the paper"
WITHDRAWN = "This certificate has been withdrawn, so it does not count any more"


class CodeForm(Form):
    code = fields.line(
        "Certificate code",
        "Enter the code of the certificate",
        hint="It is printed at the foot of the certificate, such as ABCDE-FGH23.",
        width="govuk-input--width-20",
        autocomplete="off",
        spellcheck="false",
        autocapitalize="characters",
    )


@bp.get("/bookings/<token>/certificate.pdf")
def certificate(token: str) -> Response:
    found = links.open_booking(token)
    given = certificates.of_booking(found)
    address = links.address("public.check_certificate", code=given.code)
    body = papers.to_pdf(given, partnership=partnership.get(), address=address)
    return attached(body, typst_papers.TYPE, papers.file_name(given, found.course_date))


@bp.get("/my/<token>/training-record.pdf")
def training_record(token: str) -> Response:
    """Everything one person has a certificate for, on one paper."""
    now = clock.now()
    practitioner = links.open_my(token, now)
    found = certificate_lists.of_practitioner(practitioner)
    if not found:
        raise NotFound("You have no certificate so far.")
    body = papers.record_to_pdf(
        practitioner,
        found,
        partnership=partnership.get(),
        address=links.address("public.check_certificate"),
        made_at=now,
    )
    return attached(body, typst_papers.TYPE, "training-record.pdf")


@bp.get("/certificates")
@bp.get("/certificates/<code>")
@limiter.limit(CHECKS)
def check_certificate(code: str | None = None) -> ResponseReturnValue:
    asked = request.args.get("code") if code is None else code
    if asked is None:
        form = CodeForm(formdata=None, meta={"csrf": False})
        return render_template("public/certificates/check.html", form=form)
    form = CodeForm(MultiDict({"code": asked}), meta={"csrf": False})
    found = _with_code(form)
    if found is None:
        page = render_template("public/certificates/check.html", form=form)
        return page, 404 if code else 200
    return render_template(
        "public/certificates/genuine.html",
        certificate=found,
        dates=papers.dates(found),
        length=papers.length(found.minutes),
        code=papers.shown(found.code),
    )


def _with_code(form: CodeForm) -> Certificate | None:
    """The certificate with the code that was typed; otherwise the field says why there is none."""
    if not form.validate():
        return None
    code = papers.typed(form.code.data)
    found = certificate_lists.by_code(code) if code else None
    if found is not None and found.stands:
        return found
    form.code.errors = [WITHDRAWN if found else UNKNOWN if code else NOT_A_CODE]
    return None
