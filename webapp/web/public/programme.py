"""The programme: what is coming, by list and by month, and what has been."""

from flask import render_template
from flask.typing import ResponseReturnValue

from webapp.web.public.blueprint import bp


@bp.get("/")
def programme() -> ResponseReturnValue:
    return render_template("public/programme.html")
