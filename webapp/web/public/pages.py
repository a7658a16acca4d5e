"""Pages that stand by themselves: what the law asks for, whom to ask, and the look of it all."""

from datetime import timedelta

from flask import Response, current_app, render_template, request
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.errors import NotFound
from webapp.formats import theme as themes
from webapp.services import links, partnership
from webapp.web.public.blueprint import bp
from webapp.web.words import ours

YEAR = 365 * 24 * 60 * 60
SAID_FOR = timedelta(days=180)
# Calendar programs obey this file, and not all of them know what a star means, so no path that
# holds calendars is forbidden here: private answers keep themselves out by X-Robots-Tag.
ROBOTS = (
    "Disallow: {root}/interests/",
    "Disallow: {root}/organiser/",
    "Disallow: {root}/demonstration/",
    "Disallow: {root}/dates/*/book",
    "Disallow: {root}/dates/*/written",
    "Disallow: {root}/weeks/*/book",
    "Disallow: {root}/weeks/*/written",
    "Allow: {root}/",
)


@bp.get("/privacy")
def privacy() -> ResponseReturnValue:
    return render_template("public/pages/privacy.html", ours=partnership.get())


@bp.get("/accessibility")
def accessibility() -> ResponseReturnValue:
    return render_template("public/pages/accessibility.html", ours=partnership.get())


@bp.get("/contact")
def contact() -> ResponseReturnValue:
    return render_template("public/pages/contact.html", ours=partnership.get())


@bp.get("/terms")
def terms() -> ResponseReturnValue:
    """The terms in force, or as they once were: ?version=1."""
    version = request.args.get("version", type=int)
    current = partnership.current_terms()
    return render_template(
        "public/pages/terms.html",
        terms=current if version is None else partnership.terms(version),
        current=current,
        versions=partnership.versions_of_terms(),
    )


@bp.get("/robots.txt")
def robots() -> Response:
    rules = [rule.format(root=request.root_path) for rule in ROBOTS]
    return Response("\n".join(["User-agent: *", *rules, ""]), mimetype="text/plain")


@bp.get("/.well-known/security.txt")
def security_txt() -> Response:
    """Whom to tell of a hole (RFC 9116). What it says is good for half a year from now."""
    contact = current_app.config["SECURITY_CONTACT"] or f"mailto:{ours().contact_email}"
    expires = clock.real_now().replace(microsecond=0) + SAID_FOR
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
        f"Canonical: {links.address('public.security_txt')}",
    ]
    return Response("\n".join([*lines, ""]), mimetype="text/plain")


@bp.get("/theme.css")
def theme() -> Response:
    """The accent colour. Its address carries the colour, so a copy holds as long as it is asked."""
    colour = ours().accent_colour
    answer = Response(themes.stylesheet(colour), mimetype="text/css")
    asked = request.args.get("v")
    answer.cache_control.public = True
    answer.cache_control.max_age = YEAR if asked == colour.lstrip("#") else 60
    return answer


@bp.get("/logo")
def logo() -> Response:
    """The picture beside the name. Opened by itself, a drawing may do nothing but be seen."""
    shown = partnership.get().logo
    if shown is None:
        raise NotFound("There is no logo.")
    answer = Response(shown.content, mimetype=shown.kind)
    answer.cache_control.public = True
    answer.cache_control.max_age = YEAR if request.args.get("v") == shown.version else 60
    return answer
