"""Text that a program broke off at some width, as mails are, put back into the lines it had."""

import re
from collections.abc import Sequence

# No program breaks lines that are narrower or wider.
NARROWEST, WIDEST = 50, 100
# So many lines that go on in the next show a width, if as good as all of them reach it.
FEWEST, OF_ALL = 2, 0.8
# What is no running text: a row of a table, a heading, a line drawn with characters.
NO_PROSE = re.compile(r"[|\t]|^\s*(?:#{1,6} |[-=_*~]{3,}\s*$)")
# A point of a list, or a label, is never what goes on from the line above.
BEGINS = re.compile(r"\W{1,3}\s|[A-Z][A-Za-z/& ]{1,25}: |\d{1,2}[.)] ")
# Nothing ends with one of these words.
GOES_ON = re.compile(r"(?:&|\b(?:a|an|and|as|at|by|for|from|in|of|on|or|the|to|with))$")
MARKS = "> "


def mended(page: str) -> str:
    """The page with each line that was broken off going on to where it ended."""
    lines = [line.rstrip() for line in page.split("\n")]
    words = [line.lstrip(MARKS).partition(" ")[0] for line in lines]
    may = [at for at in range(1, len(lines)) if _may_go_on(lines[at - 1], lines[at])]
    go_on = [at for at in may if words[at][:1].islower() or GOES_ON.search(lines[at - 1])]
    width = max((each for at in go_on if (each := len(lines[at - 1])) <= WIDEST), default=0)
    broken = {at for at in may if len(lines[at - 1]) + len(words[at]) >= width}
    shown = len(broken.intersection(go_on))
    if width < NARROWEST or shown < max(FEWEST, OF_ALL * len(go_on)):
        return page
    heads = {at for at in broken if _is_head(lines, at) and at + 1 not in broken}
    return "\n".join(_joined(lines, broken - heads))


def _may_go_on(before: str, line: str) -> bool:
    if not before.strip() or not line.strip() or len(before) > WIDEST:
        return False
    if NO_PROSE.search(before) or NO_PROSE.search(line):
        return False
    return not BEGINS.match(line.lstrip(MARKS))


def _is_head(lines: Sequence[str], at: int) -> bool:
    """Whether it stands below the end of a sentence and is none itself."""
    is_below = lines[at - 1].endswith((".", "!", "?"))
    return is_below and lines[at].lstrip(MARKS)[:1].isupper() and lines[at][-1].isalnum()


def _joined(lines: Sequence[str], broken: set[int]) -> list[str]:
    found = list[list[str]]()
    for at, line in enumerate(lines):
        if at in broken:
            found[-1].append(line.strip(MARKS))
        else:
            found.append([line])
    return [" ".join(each) for each in found]
