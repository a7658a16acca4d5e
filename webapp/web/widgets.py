"""How fields are drawn that forms have by the dozen: as GOV.UK draws them, in a fraction of the
time of the library's macros, which know everything that no field of ours asks for."""

from collections.abc import Hashable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from flask import current_app
from govuk_frontend_wtf.gov_form_base import GovFormBase
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovTextArea, GovTextInput
from markupsafe import Markup

from webapp.formats.kept import Kept

# What our macros in fields.html draw; a field with more is drawn by the library.
DRAWN = {
    *("id", "name", "type", "value", "rows", "items", "classes"),
    *("label", "hint", "errorMessage", "attributes"),
}
# Most pages show fields that nobody has answered, which look the same on each: drawn once.
unanswered: Kept[Hashable, Markup] = Kept(500_000, len)


class Drawn(GovFormBase):  # type: ignore[misc]  # the library ships no types
    """Of one field in the class of a form; each has its own."""

    macro: str

    def __call__(self, field: Any, **attributes: Any) -> Markup:
        if field.data or field.errors or attributes != (field.render_kw or {}):
            return self._drawn(field, attributes)
        key = (self, field.id, field.name, field.label.text, field.description)
        kept = unanswered.get(key)
        if kept is None:
            kept = self._drawn(field, attributes)
            unanswered.put(key, kept)
        return kept

    def _drawn(self, field: Any, attributes: dict[str, Any]) -> Markup:
        drawn: Markup = super().__call__(field, **attributes)
        return drawn

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


def options(field: Any) -> Markup:
    """The choices of a list, in groups where it has them."""
    groups = field.iter_groups() if field.has_groups() else [(None, field.iter_choices())]
    return _options(tuple((name, tuple(one[:3] for one in its)) for name, its in groups))


@lru_cache(maxsize=50)
def _options(groups: Sequence[tuple[str | None, Sequence[tuple[object, str, bool]]]]) -> Markup:
    """Drawn once: agencies are many, and the same on each page."""
    macros: Any = current_app.jinja_env.get_template("fields.html").module
    drawn: Markup = macros.choices(groups)
    return drawn


def _described(params: Mapping[str, Any], named: str) -> str:
    """The ids of what stands between a field's label and itself."""
    said = {"hint": "hint", "errorMessage": "error"}
    return " ".join(f"{named}-{ends}" for what, ends in said.items() if params.get(what))
