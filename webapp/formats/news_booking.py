"""How to book, in the words of the page."""

import re
from collections.abc import Sequence

from webapp.formats.announcements import Words
from webapp.formats.news_sentences import sentences, words_of
from webapp.formats.news_source import Line
from webapp.formats.news_vocabulary import words

BOOKING = words(
    r"""book (?:a|your|one|two|on|onto|online|via|through|with|now|here|by|early|direct|at|using|\
        tickets?|places?) | enrol | apply (?:in|via|through|online|here|to|using) | rsvp to
        to (?:book|register|reserve|enrol|sign up|save (?:a|your) place)
        accessed (?:via|through) | turn up | click (?:on )?(?:the )?link | your request to attend
        join (?:through|via|using) the link
        book before [^.]{1,40} (?:with|through|via|at)
        bookings?\b[^.]{0,40}\b(?:via|at|through|by|on|form|with)
        booked (?:through|via|on|by|with) | (?:return|fill in|complete) (?:and \w+ )?(?:the|this|a)\
        [\w ]{0,30}form
        (?:can|must|should|is|are|to|all|both) (?:to )?(?:be )?booked
        places (?:can be|are (?:booked|open)) | sign(?:ing)?[- ]up
        (?:reserve|secure|request|get) (?:a |your )?(?:place|seat|space|ticket)s?
        register (?:your|now|here|for|via|at|on|online|through|to) | for (?:a )?places?
        eventbrite | register(?:ing)? (?:a|your) (?:place|interest) | no need to book
        expressions? of interest
        e-?mail\b[^.]{0,60}\b(?:for (?:the|a|your) (?:link|place|zoom)|to book|book)
        joining details | reply to this (?:message|mailbox) | teams link from | follow the link
        use this link | booking (?:form|link|site)
        (?:complete|using) the (?:online )?(?:booking )?form | see the events"""
)
NO_BOOKING = words(
    r"""already (?:booked|have|hold) | (?:people who|if you) have booked | places already booked
        charged? | fully booked | cannot (?:come|attend)
        book by(?! (?:writing|e-?mail|phone|ringing)|[^.]{1,40} (?:with|through|via|at) )
        booking (?:closes|opens)
        released?"""
)
BOOKING_ALONE = re.compile(
    r"\W{0,3}(?:how (?:do i|to|can i) book(?: on| a place)?|booking(?: information| details)?"
    r"|to book)\W{0,3}",
    re.IGNORECASE,
)
BUTTON = re.compile(
    r"\W{0,3}(?:book|book (?:now|here|your place|a place)|reserve a (?:seat|place)"
    r"|get (?:a )?tickets?"
    r"|register(?: here| now)?|sign up(?: here)?)\W{0,3}",
    re.IGNORECASE,
)
# To whom one turns, where nothing speaks of booking: with an address, a number or a desk.
ASK = re.compile(
    r"(?:^|\b(?:please|to|or|and),? )\W{0,3}"
    r"(?:e-?mail|mail|ring|call|phone|telephone|text|contact|write to|reply to|tell)\b"
    r"[^;]{0,80}?(?:@|\d{5}|\b\d{3,4} \d{3}"
    r"|\b(?:team|office|inbox|unit|desk|mailbox|for details|which)\b)",
    re.IGNORECASE,
)
LONGEST_BOOKING = 240


def booking(lines: Sequence[Line]) -> Words | None:
    """The first sentence that says how; else whom to ask; a bare button only where none does."""
    asked = button = None
    for line in lines:
        for start, end in sentences(line.text):
            said = line.text[start:end]
            if BUTTON.fullmatch(said):
                button = button or words_of(line, start, end)
            elif BOOKING_ALONE.fullmatch(said) or NO_BOOKING.search(said):
                continue
            elif BOOKING.search(said):
                return words_of(line, start, min(end, start + LONGEST_BOOKING))
            elif asked is None and ASK.search(said):
                asked = words_of(line, start, min(end, start + LONGEST_BOOKING))
    return asked or button
