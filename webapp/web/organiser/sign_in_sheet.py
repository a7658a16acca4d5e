"""The register on paper, to be signed in the room."""

from flask import Response, render_template, request

from webapp import clock
from webapp.formats import sign_in_sheet as papers
from webapp.formats import typst_papers
from webapp.models import BookingState, DateState
from webapp.services import attendee_lists, attendees, course_dates, partnership, tallies
from webapp.services.attendee_lists import Search, Sort
from webapp.web.files import attached
from webapp.web.organiser import watch
from webapp.web.organiser.asked import word
from webapp.web.organiser.blueprint import bp, organises
from webapp.web.organiser.identity import me


@bp.get("/dates/<int:date_id>/sign-in-sheet")
def sign_in_sheet(date_id: int) -> str:
    """Asks how the sheet is to be."""
    date = course_dates.get(date_id)
    people = attendees.by_state(tallies.parts(date))[BookingState.CONFIRMED]
    return render_template(
        "organiser/sign_in_sheet.html",
        date=date,
        people=people,
        why_not=attendee_lists.why_no_sheet(people),
        has_days=date.state is not DateState.HELD_BACK and bool(date.days),
        everything=organises(me()),
    )


@bp.get("/dates/<int:date_id>/sign-in-sheet.pdf")
def sign_in_sheet_pdf(date_id: int) -> Response:
    date, now = course_dates.get(date_id), clock.now()
    order = Sort.AGENCY if word(Sort, "sort") is Sort.AGENCY else Sort.NAME
    body = papers.to_pdf(
        date,
        attendee_lists.all_of_date(date, Search(sort=order)),
        partnership=partnership.get(),
        by_agency=order is Sort.AGENCY,
        large=request.args.get("print") == "large",
        made_at=now,
    )
    watch.saw("downloaded the sign-in sheet", course_date=date)
    return attached(body, typst_papers.TYPE, papers.file_name(date))
