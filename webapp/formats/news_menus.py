"""The ways round a site that stand above a page when all of it is copied: they are none of it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from webapp.formats.news_source import Line, Source
from webapp.formats.news_vocabulary import either

# What only menus say, each on a line of its own.
WAYS = re.compile(
    either(
        r"""(?:skip|jump) to (?:the )?(?:main )?(?:content|navigation|menu|search).* | home(?:page)?
            (?:main |site |toggle )?(?:menu|navigation) | open menu | close(?: menu)?
            search(?: (?:this |the |our )?(?:site|website|for:?|here))? | quick exit
            (?:exit|leave|hide) (?:this )?(?:site|page) | about(?: us)? | contact(?: us)?
            (?:log|sign) ?in(?: / .{1,20})? | (?:log|sign) ?out | register | my account | site ?map
            accept (?:all )?(?:cookies)? | (?:manage |cookie )?(?:cookies|settings|preferences)
            english | cymraeg | accessibility(?: tools| statement)? | a-z(?: of services)?
            facebook | twitter | instagram | youtube | linkedin | x | translate(?: page)?"""
    )
    + r"\W{0,3}",
    re.IGNORECASE,
)
# What pictures and buttons of a page leave behind when it is copied.
FURNITURE = re.compile(
    either(
        r"""image | picture | photo | (?:[\w-]+ ){0,3}(?:logo|banner(?: image)?|icon)
            [\w -]{1,40}\.(?:jpe?g|png|gif|svg) | toggle [\w ]{3,20}
            (?:add to|view|go to) (?:the |my |your )?(?:basket|cart|bag) | add to (?:my )?calendar
            (?:get|buy) tickets? | (?:save|share) this event | sales end soon"""
    ),
    re.IGNORECASE,
)
# Fewer of these are no menu, which begins with one of them and has nothing longer than this.
FEWEST, LONGEST, MOST_WORDS, MOST_LINES = 2, 40, 5, 60
SENTENCE_OR_DAY = re.compile(r"\d|[.,;:!?]$")


def left_out(source: Source) -> Source:
    """The page without the menu at its top, and without what pictures left behind."""
    end = _end(source.lines)
    lines = source.lines[end:]
    kept = [line for line in lines if not FURNITURE.fullmatch(line.text[: LONGEST + 1])]
    if len(kept) == len(source.lines) or not kept:
        return source
    return replace(source, lines=(replace(kept[0], gap=0), *kept[1:]))


def _end(lines: Sequence[Line]) -> int:
    """Where the menu ends that begins the page: behind the last line that only menus have."""
    end = found = 0
    for place, line in enumerate(lines[:MOST_LINES]):
        if WAYS.fullmatch(line.text[:LONGEST]):
            end, found = place + 1, found + 1
        elif not place or not _may_be_of_a_menu(line):
            break
    return end if found >= FEWEST and end < len(lines) else 0


def _may_be_of_a_menu(line: Line) -> bool:
    """A few words that name a page of the site."""
    text = line.text
    is_short = len(text) <= LONGEST and len(text.split()) <= MOST_WORDS
    return is_short and line.level is None and not line.cells and not SENTENCE_OR_DAY.search(text)
