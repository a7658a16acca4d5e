"""What headings say: words that head a part of an announcement, shelves, labels and bids."""

import re

from webapp.formats.news_calendar import MONTHS, WEEKDAYS
from webapp.formats.news_vocabulary import either


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# All that a heading of a part may say, whatever the announcement is.
PART_WORDS = _words(
    """
    a about accessibility agenda aim aims and application applications apply are as attend
    attending audience b background be benefits book booking bookings both bring by c can
    cancellation cancellations certificate code cohort come contact contacts content contents cost
    costs course course\u2019s cover covered cpd criteria d date dates day days delivered delivery
    description details do does duration e eligibility event expect f facilitator facilitators fee
    fees five for format four free from full further get group held how i id in include included
    info information introduction is it join joining key know learn learning level link links list
    location locations long look materials me module more much my name need next no note notes
    number objectives of on one online only onto option or outcome outcomes outline overview
    parking part payment place places please prerequisites presenter presenters price prices pricing
    programme ref reference refreshments register registration requirements resources session
    sessions set should sign speaker speakers start steps suitable summary target team teams terms
    the their this three time times timings title to topics trainer trainers training two up us
    venue venues waiting was we what when where which who whom why will with workshop workshops
    first second third fourth you
    your
    microsoft ms type types via zoom
    address categories category directions email map organiser organisers organizer organizers phone
    postcode share tag tags telephone ticket tickets website
    available before important left read remaining seats spaces end finish finishing starting
    """
)
_BEFORE_A_PART = either(
    r"""course | training | event | session | workshop | webinar | programme | more | further
        key | booking | target | learning | please | (?:the )?list of"""
)
_PART = either(
    r"""audience | outline | overview | summary | description | background | introduction
        about | aims? | objectives? | outcomes? | contents? | details | information | info
        (?:start|end|finish)(?:ing)? (?:date|time)s?
        dates? | times? | timings | venues? | where | when | who | what | why | how | which
        locations? | costs? | fees? | price | pricing | speakers? | presenters? | trainers?
        facilitators? | agenda | bookings? | places
        (?:seats|spaces) (?:available|left|remaining) | register | registration | contacts?
        duration | cpd | materials | resources | links? | next steps | eligibility
        prerequisites | format | delivery | note | join(?:ing)? | apply | applications? | terms
        cancellations? | refreshments | parking | accessibility | days? (?:and|&) times?
        day (?:\d|one|two|three) | (?:first|second|third) (?:session|workshop|day|date|part)
        session \d | part \d | module \d
        (?:course|group|cohort|set|option|block) (?:\d+|[a-f])
        (?:course|event|ref|session|module) (?:no|number|title|name|code|reference|id|types?)
        groups? | to book | booking | start | end | finish | address | directions | (?:view )?map
        postcode | organi[sz]ers? | website | phone | telephone | email | categor(?:y|ies) | tags?
        tickets? | share"""
)
# And how such a heading begins.
PARTS = re.compile(rf"^(?:{_BEFORE_A_PART}\s+)?{_PART}\b", re.IGNORECASE)
# Words that name no subject: a heading of these alone is a shelf, not a title.
SHELF = frozenset(MONTHS) | _words(
    """
    a agency all an and are as at autumn availability available back blog blogs book
    bookable booked booking bookings bulletin by calendar can cancelled change changes check
    classroom come coming conferences content
    course courses current date dates day days details diary edition event events extra face for
    forthcoming free from full fully further group groups half held here home important in
    individual information is issue items keep latest learning left list lists live local main menu
    message month months more moved multi multiagency nb new news newsletter next note now of offer
    past previous
    on online only open opportunities or other our out partnership place places please postponed
    programme programmes public read recent register remaining reminder reminders rescheduled save
    schedule search seminar
    seminars session sessions skip soon spaces spring sub summer term the this three
    time times to top training trainings two up upcoming update updates us virtual webinar webinars
    week welcome what
    whats who winter with work workshop workshops year you your
    """
)
# A heading of these alone heads nothing but days: "January dates".
DAY_WORDS = frozenset((*MONTHS, *WEEKDAYS)) | _words(
    """
    am and are as at autumn available below date dates day days event follow following follows
    forthcoming
    further in is multiple new next pm remaining several spring summer term the time times upcoming
    various venue venues winter
    """
)
# A label with what it labels on the same line: "Venue: Town Hall".
LABELLED = re.compile(
    "^"
    + either(
        r"""(?:(?:event|course|session|start|end) )?dates?(?: and times?| & times?)?
            venue | location | cost
            (?:course |session )?length | workforce
            price | fee | audience | target audience | tel | telephone | phone | e-?mail | contact
            speakers? | trainers? | presenters? | duration | places(?! left: [a-z])
            to book
            book(?:ing)? | register | deadline | closing date | published | posted(?: on| by)? | cpd
            twitter | facebook | instagram | linked-?in | website | web
            authors? | facilitators? | publish date | ref | code | category | tags?
            sent"""
    )
    # Titles may begin with these, as "Level 2: Neglect" and "When Love Hurts: a day about it".
    + r"\b[^:]{0,20}[:\u2013-]|^(?:times?|when|where|level|subject|from|to|cc)\W{0,3}[:\u2013-]",
    re.IGNORECASE,
)
# A sentence that asks the reader to do something is no title.
BIDS = re.compile(
    "^"
    + either(
        r"""click | e-?mail | contact | please | download | view | visit | read | see | find
            follow | go to | log in | log into | call | ring | tel | telephone | phone
            to (?:book|register|find|ask|apply|reserve|access|sign|view|read|attend|come|join)
            (?:to )?(?:quickly |quick )?(?:exit|leave|hide) (?:this|the|our)? ?(?:web)?(?:site|page)
            you (?:must|need|will|should)
            book (?:a|your|here|now|on|via|online|through)
            register (?:your|here|now|on|via|for|at|by) | sign up
            you can (?:also |now |still )?(?:book|register|sign up|join|find|read|download)
            apply (?:here|now|by|via)
            back to | return to | share this | nb | posted | published | if you | use the
            booking (?:a|your|is|via|for|can|through)
            (?:places|spaces|sessions|bookings) (?:are|can|must|may|should|will|cost)
            having trouble | free to | open to | suitable for | (?:notify|remind) me
            for (?!your|information|the diary)[\w-]+[^:]*$ | queries | enquiries | cpd"""
    )
    + r"\b",
    re.IGNORECASE,
)
# With one of these a long line is a sentence.
FINITE = re.compile(
    r"\b"
    + either(
        r"""is | are | was | were | will | has | have | had | can | may | must | should | would
            takes | took | we | you | they"""
    )
    + r"\b"
)
