"""How to book, where that is said once for everything: "To book a place on a course, …"."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from webapp.formats.announcements import Item, Sure, Words
from webapp.formats.news_booking import booking
from webapp.formats.news_source import Source
from webapp.formats.news_vocabulary import words

# What is said of one of them names it, and what is said of all names the sort.
OF_ALL = words(
    r"""(?:all|both|these|any|every|each|other|on a|on the) (?:\w+ )?(?:training|courses?|\
        sessions?|events?|webinars?|briefings?|workshops?)
        (?:all|both)(?: \w+)? are"""
)
# No longer line speaks of everything.
LONGEST = 600


def booked(items: Sequence[Item], source: Source) -> Iterator[Item]:
    """The items; those that say nothing of it with that of all, told above or else below."""
    of_all = list(_of_all(source)) if any(_lacks(item) for item in items) else []
    for item in items:
        if of_all and _lacks(item):
            at = bisect_left(of_all, item.end, key=lambda each: each.start)
            yield replace(item, booking=of_all[max(0, at - 1)])
        else:
            yield item


def _lacks(item: Item) -> bool:
    return bool(item.sessions) and item.booking is None


def _of_all(source: Source) -> Iterator[Words]:
    for line in source.lines:
        if len(line.text) <= LONGEST and OF_ALL.search(line.text):
            said = booking([line])
            if said:
                yield replace(said, sure=Sure.INFERRED)
