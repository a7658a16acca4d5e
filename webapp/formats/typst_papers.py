"""Papers as PDF, set by typst from a template in webapp/papers and a handful of facts.

The facts travel as JSON and are shown as they are: what people typed is never read as markup.
"""

import json
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from webapp.formats import theme

# Most who serve people are never asked for a paper, and the library is large.
if TYPE_CHECKING:
    from typst import Fonts

TEMPLATES = Path(__file__).parent.parent / "papers"
TYPE = "application/pdf"
# Unseen themselves, they make the letters beside them join or part: Persian and Hindi need them.
JOINERS = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"
# PDF/UA, ISO 14289: title, language and structure for those who have the paper read to them.
ACCESSIBLE: Literal["ua-1"] = "ua-1"
REFUSED = "PDF/UA-1 error"


def pdf(paper: str, facts: Mapping[str, object], *, made_at: datetime) -> bytes:
    """The template <paper>.typ with these facts, as PDF/UA-1.

    The standard refuses letters that no font here has, such as Chinese where no such font is
    installed. The paper then has boxes in their place and does not claim to keep the standard.
    """
    from typst import TypstError

    try:
        return _set(paper, facts, made_at, [ACCESSIBLE])
    except TypstError as error:
        if not error.message.startswith(REFUSED):
            raise
        return _set(paper, facts, made_at, [])


def accent(colour: str) -> str:
    """The partnership's colour for lines on white paper; black where it would be too faint."""
    wanted = theme.valid(colour)
    return wanted if theme.contrast(wanted, theme.WHITE) >= 3 else theme.BLACK


def _set(
    paper: str, facts: Mapping[str, object], made_at: datetime, standards: list[Literal["ua-1"]]
) -> bytes:
    from typst import compile

    return compile(
        TEMPLATES / f"{paper}.typ",
        root=TEMPLATES,
        font_paths=_fonts(),
        format="pdf",
        pdf_standards=[*standards],
        sys_inputs={"facts": json.dumps(_plain(facts))},
        timestamp=int(made_at.timestamp()),
    )


def _plain(fact: object) -> object:
    """The same without what nobody can see, in texts however deep inside: the standard forbids some
    of it, and on some of it the setting of lines breaks off."""
    if isinstance(fact, str):
        return "".join(map(_seen, unicodedata.normalize("NFC", fact)))
    if isinstance(fact, Mapping):
        return {name: _plain(one) for name, one in fact.items()}
    if isinstance(fact, list):
        return [_plain(one) for one in fact]
    return fact


def _seen(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind in {"Zs", "Zl", "Zp"} or letter in "\t\n\r":
        return " "
    return "" if kind in {"Cc", "Cf", "Cs"} and letter not in JOINERS else letter


@cache
def _fonts() -> "Fonts":
    """Those that typst brings along, and the machine's for letters they lack: looked for once."""
    from typst import Fonts

    return Fonts()
