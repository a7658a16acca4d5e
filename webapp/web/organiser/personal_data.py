"""All that is held about one person, for administrators: found, handed over, and erased."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db
from webapp.errors import NotFound
from webapp.formats import own_data as copies
from webapp.formats import personal_data as wholes
from webapp.formats.own_data import Copy
from webapp.services import audit, erasures, personal_data
from webapp.services.own_data import Held
from webapp.web.organiser import identity, watch
from webapp.web.organiser.asked import text
from webapp.web.organiser.blueprint import bp

NO_ADDRESS = "Say whose data you want to see."
ERASED = "It is erased. Mails that were sent lose their text within the hour."


@bp.get("/personal-data", endpoint="personal_data")
def search() -> str:
    asked = text("q")
    found = personal_data.find(asked) if asked else None
    if found and found.total:
        watch.saw("searched for people")
    return render_template("organiser/personal_data.html", text=asked, found=found)


@bp.get("/personal-data/person")
def held_person() -> str:
    address = _address(request.args.get("address"))
    held, whole = _everything(address)
    page = render_template(
        "organiser/held_person.html",
        address=address,
        person=held.practitioner,
        whole=copies.in_words(whole),
        most=personal_data.MOST,
        extent=erasures.extent(held.practitioner, clock.now()) if held.practitioner else None,
    )
    watch.saw("saw everything about a person", detail=_who(held))
    return page


@bp.get("/personal-data/person.json")
def held_person_json() -> Response:
    return _file("json", copies.TYPE, copies.to_json)


@bp.get("/personal-data/person.txt")
def held_person_text() -> Response:
    return _file("txt", "text/plain; charset=utf-8", copies.to_text)


@bp.post("/personal-data/erase")
def erase_person() -> ResponseReturnValue:
    now, address = clock.now(), _address(request.form.get("address"))
    held, _ = personal_data.everything(address)
    who = _who(held)
    erasures.erase_at(address, now=now)
    audit.record(identity.me(), "erased a person", detail=who, now=now)
    db.session.commit()
    flash(ERASED, "success")
    return redirect(url_for(".personal_data"))


def _file(ending: str, kind: str, write: wholes.Writer) -> Response:
    held, whole = _everything(_address(request.args.get("address")))
    watch.saw("downloaded everything about a person", detail=_who(held))
    answer = Response(write(whole, made_at=clock.now()), content_type=kind)
    name = f"{wholes.FILE_NAME}.{ending}"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _everything(address: str) -> tuple[Held, Copy]:
    held, elsewhere = personal_data.everything(address)
    return held, wholes.copy(copies.copy(**vars(held)), **vars(elsewhere))


def _address(said: str | None) -> str:
    address = (said or "").replace("\x00", "").strip().lower()
    if not address:
        raise NotFound(NO_ADDRESS)
    return address


def _who(held: Held) -> str:
    """As the log may say it: without a name."""
    return f"person {held.practitioner.id}" if held.practitioner else "somebody without bookings"
