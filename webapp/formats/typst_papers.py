"""Papers as PDF, set by typst from a template in webapp/papers and a handful of facts.

The facts travel as JSON and are shown as they are: what people typed is never read as markup.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Literal

from typst import Fonts, TypstError, compile

from webapp.formats import theme

TEMPLATES = Path(__file__).parent.parent / "papers"
TYPE = "application/pdf"
# PDF/UA, ISO 14289: title, language and structure for those who have the paper read to them.
ACCESSIBLE: Literal["ua-1"] = "ua-1"


def pdf(paper: str, facts: Mapping[str, object], *, made_at: datetime) -> bytes:
    """The template <paper>.typ with these facts, as PDF/UA-1.

    The standard refuses a letter that no font here has, such as Chinese where no such font is
    installed. The paper then has a box in its place and does not claim to keep the standard.
    """
    try:
        return _set(paper, facts, made_at, [ACCESSIBLE])
    except TypstError as error:
        if "could not be displayed" not in error.message:
            raise
        return _set(paper, facts, made_at, [])


def accent(colour: str) -> str:
    """The partnership's colour for lines on white paper; black where it would be too faint."""
    wanted = theme.valid(colour)
    return wanted if theme.contrast(wanted, theme.WHITE) >= 3 else theme.BLACK


def _set(
    paper: str, facts: Mapping[str, object], made_at: datetime, standards: list[Literal["ua-1"]]
) -> bytes:
    return compile(
        TEMPLATES / f"{paper}.typ",
        root=TEMPLATES,
        font_paths=_fonts(),
        format="pdf",
        pdf_standards=[*standards],
        sys_inputs={"facts": json.dumps(facts)},
        timestamp=int(made_at.timestamp()),
    )


@cache
def _fonts() -> Fonts:
    """Those that typst brings along, and the machine's for letters they lack: looked for once."""
    return Fonts()
