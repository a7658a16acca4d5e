"""How fields are drawn that forms have by the dozen: as GOV.UK draws them, in a fraction of the
time of the library's macros, which know everything that no field of ours asks for."""

from collections.abc import Mapping
from typing import Any

from flask import current_app
from govuk_frontend_wtf.gov_form_base import GovFormBase
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovTextArea, GovTextInput
from markupsafe import Markup

# What our macros in fields.html draw; a field with more is drawn by the library.
DRAWN = {
    *("id", "name", "type", "value", "rows", "items", "classes"),
    *("label", "hint", "errorMessage", "attributes"),
}


class Drawn(GovFormBase):  # type: ignore[misc]  # the library ships no types
    macro: str

    def render(self, params: dict[str, Any]) -> Markup:
        if not params.keys() <= DRAWN:
            by_library: Markup = super().render(params)
            return by_library
        if not (params["hint"] or {}).get("text"):
            params["hint"] = None
        macros = current_app.jinja_env.get_template("fields.html").module
        named = params.get("id") or params["name"]
        drawn: Markup = getattr(macros, self.macro)(params, named, _described(params, named))
        return drawn


class Line(Drawn, GovTextInput):  # type: ignore[misc]
    macro = "line"


class Paragraphs(Drawn, GovTextArea):  # type: ignore[misc]
    macro = "paragraphs"


class Tick(Drawn, GovCheckboxInput):  # type: ignore[misc]
    macro = "tick"


def _described(params: Mapping[str, Any], named: str) -> str:
    """The ids of what stands between a field's label and itself."""
    said = {"hint": "hint", "errorMessage": "error"}
    return " ".join(f"{named}-{ends}" for what, ends in said.items() if params.get(what))
