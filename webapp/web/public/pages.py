"""Pages that stand by themselves: what the law asks for, whom to ask, and the look of it all."""

from flask import Response, request

from webapp.formats import theme as themes
from webapp.web.public.blueprint import bp
from webapp.web.words import ours

YEAR = 365 * 24 * 60 * 60


@bp.get("/theme.css")
def theme() -> Response:
    """The accent colour. Its address carries the colour, so a copy holds as long as it is asked."""
    colour = ours().accent_colour
    answer = Response(themes.stylesheet(colour), mimetype="text/css")
    asked = request.args.get("v")
    answer.cache_control.public = True
    answer.cache_control.max_age = YEAR if asked == colour.lstrip("#") else 60
    return answer
