"""What a trainer or reporter finds: their role has no other pages yet."""

from flask import render_template

from webapp.web.organiser import identity
from webapp.web.organiser.blueprint import bp


@bp.get("/role")
def role() -> str:
    return render_template("organiser/role.html", organiser=identity.me())
