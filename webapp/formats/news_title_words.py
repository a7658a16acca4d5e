"""What trainings are called in titles and sentences, and words of a line that are no title."""

import re

from webapp.formats.news_calendar import MONTHS
from webapp.formats.news_vocabulary import PICTURE, either

# Wider than the words that prove training: "Study day" and "Launch event" are called something.
_KIND = either(
    r"""courses? | trainings? | workshops? | briefings? | webinars? | seminars?
        master ?class(?:es)? | conferences? | summits?
        lunch (?:and|&|n|\u2018n\u2019) learns? | inductions? | e-?learning | symposium
        forums? | network(?:ing)? (?:meetings?|events?)
        refreshers? | learning (?:events?|sessions?|hours?) | drop[- ]?ins? | launch(?: events?)?
        roadshows? | talks? | sessions? | twilights? | away ?days? | bitesize | surger(?:y|ies)
        study days? | info(?:rmation)? sessions? | showcases? | programmes? | modules? | clinics?
        meetings? | events? | days? | presentations?"""
)
NAMED_KIND = re.compile(rf"\b{_KIND}\b", re.IGNORECASE)
_MONTH = either(" | ".join(MONTHS))
_PERIOD = rf"(?:(?:from )?{_MONTH}\W*(?:to\b)?\W*{_MONTH}|spring|summer|autumn|winter)\b"
# A title of more than one training: "Courses", "Training January - July".
OF_MANY = re.compile(
    r"\b"
    + either(
        r"""courses | trainings | workshops | briefings | webinars | seminars
            (?<!protection )(?<!case )(?<!review )conferences | events | sessions
            calendar | programmes? | dates | timetable | schedule
            opportunities | diary | list | newsletter | bulletin | update | circular | news"""
    )
    + r"\b|\btraining:"
    + rf"|\btraining\W*(?:(?:20\d\d|{_PERIOD}).*|(?:now )?available)?$",
    re.IGNORECASE,
)
# Between the parts of a line: dashes, strokes, colons, brackets, wide spaces.
SEPARATOR = re.compile(
    r"\s[-\u2013\u2014|:\u2022\u00b7]\s|\s?[|;]\s?|:\s|(?<=\d)\.\s(?=[A-Z])|\s[\u2013\u2014]\s?|[\u2013\u2014]\s"
    rf"|,\s|\s{{3,}}|\t|[()\[\]]|{PICTURE}"
)
# Words beside a day that name a part of the training, not the training. Nothing is given back
# once taken ("*+"), so that a long row of dots is read once.
LABEL = re.compile(
    r"^\W*+"
    + either(
        r"""dates? | times? | when | where | venue | location | places? | cost | fee
            the (?:dates?|next|first|second|last) | next | first | second | third | final | also
            either | or | and | then | plus | repeated | both | extra | additional | further
            new"""
    )
    + r"?\W*+(?:"
    + either(
        r"""day | session | part | module | date | group | cohort | course | workshop | week
            block | set | event | option | dates? | cycle | run | wave | term"""
    )
    + r"\s*+(?:no\.?+\s*+)?(?:\d{1,3}|[a-f]|one|two|three|four|five|first|second)?)?"
    r"\W*+(?:half day|full day)?\W*+$",
    re.IGNORECASE,
)
# What a list says of a session beside its title.
REMARK = re.compile(
    r"^\W*"
    + either(
        r"""london | uk time | gmt | bst | for (?:tea|coffee|lunch|refreshments|registration)\b.*
            book(?:ed|ing|able)?\b.* | register\b.* | sign up.* | click.* | join\b.* | fully booked
            full\b(?!(?: [\w&/-]+){0,4} (?:course|training|workshop|programme)\b).*
            sold out | waiting list.* | wait ?list.* | places? (?:available|left).*
            \d+ (?:places?|spaces?).* | free | cancelled.* | postponed.* | login.* | log in.*
            link.* | details.* | more .* | view .* | watch .* | recording.* | new date.*
            extra date.* | all day | half day | full day | \d+ days? | \d+(?:\.\d+)? ?h(?:ou)?rs?
            (?:(?:the|our|these) )?(?:half|full|whole|one|two|three|\d)[- ](?:day|hour)\
            \ (?:course|session|workshop|event)s?(?: (?:run|start|begin|last)s?)?
            (?:all )?(?:morning|afternoon|evening|lunchtime|twilight) sessions?
            online | virtual(?:ly)?(?: via)? | via .* | on (?:teams|zoom) | face[- ]to[- ]face
            in person | tbc | tba | (?:venue|place|location|date|time)s? (?:to be|tbc|tba).*
            daily | (?:week )?(?:commencing|beginning|starting)
            am | pm | evening | afternoon | morning | repeat(?:ed)?.*
            (?:at |for )?(?:the )?same .* | lunch (?!\S+ learn).* | £.*
            an? (?:[\w-]+ ){0,5}(?:briefing|course|session|workshop|webinar|seminar|training)\b.*
            .* (?:on|at|in|for|of|by|with|from|to|and|or|the|via)
            (?:two|three|four|five|six|\d{1,2}) (?:half |whole |full )?(?:day|evening|morning|\
            afternoon|date|week)s\b(?!.*(?:course|training|programme|workshop)).*
            (?-i:(?:to|which|who|that|where|when|will|is|are|we|if|as|your|over)(?: .*)?)
            \(?you .* | both .* | each .* | closed | new | now .* | was (?!not ).*
            from .* | with .*"""
    )
    + "$",
    re.IGNORECASE,
)
# A title that says only how the session stands.
STATUS = re.compile(
    r"^\W*"
    + either(
        r"""cancelled | canceled | postponed | rescheduled | moved
            change of (?:date|time|venue)[\w ]*+ | (?:date|time|venue) change
            full | fully booked | extra dates? | new dates?
            new"""
    )
    + r"\W*$",
    re.IGNORECASE,
)
# What comes with it, after it or for which money: "followed by dinner", "£90 including lunch".
GOES_ON = re.compile(
    r"(?:followed|preceded|ending|starting|finishing|concluding) (?:by|with)\b"
    r"|(?:including|includes|with|plus|incl\.) (?:an? |the )?(?:lunch|dinner|refreshments|drinks"
    r"|tea|coffee|networking|buffet|breakfast|all materials|materials|certificate)\b"
    r"|free (?:of charge|for|to)\b|no charge\b|(?:fully )?funded (?:by|for)\b"
    r"|(?:(?:cost|price|fee)s? )?[£€]\s?\d",
    re.IGNORECASE,
)
# Says of days no more than which: "Fridays in May", "Four Thursdays", "Dates available".
WHEN = re.compile(
    r"\b"
    + either(
        rf"""in | (?:every|each)(?: (?:first|second|third|fourth|last|other))?
            available | remaining | {" | ".join(MONTHS)}
            two | three | four | five | six | seven | eight"""
    )
    + r"\b",
    re.IGNORECASE,
)
# A number of the training in somebody's book: "SG-14/2".
CODE = re.compile(r"\b(?=[A-Z/\d-]{0,30}\d)(?=[A-Z\d/-]{0,30}[A-Z])[A-Z\d]{2,}(?:[/-][A-Z\d]+)*\b")
# The number of a course at the start of its line in a list: "RADA17 Seeing Neglect".
NUMBER_FIRST = re.compile(r"^(?=[A-Z]{0,7}\d)(?=\d{0,7}[A-Z])[A-Z\d]{4,8}\s+(?=[A-Z])")
# And the weekday at the end of its title.
_WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
WEEKDAY_LAST = re.compile(rf"\s+{_WEEKDAY}$")
# Begins a part of one training.
NUMBERED = re.compile(
    r"^\W*(?:day|module|part|session|workshop|week|stage)s?\s*(?:\d|one|two|three|four|five|six)\b",
    re.IGNORECASE,
)
# What may stand between a title and its day: "Core Groups: was Thursday 9 May".
WAS_OR_IS = re.compile(r"\b(?:was|is|still|now|originally)\s*$", re.IGNORECASE)
# Ends the title of an entry, before its day.
ENTRY = re.compile(r"\w ?[\w\u2019'?!\u201d)] ?[-\u2013\u2014:|]\s*$")
# What follows a day or hours as a title, in few words, up to a dash, the end of a sentence, or
# brackets in which something is told of it.
_TOLD = r"\s\((?=[A-Z](?:[^()\s]*\s){4})"
TOLD = re.compile(rf"{_TOLD}[^()]*\)")
LED = re.compile(
    r"\W{0,5}(?P<what>[A-Z\u2018\u201c]"
    rf"(?:(?!\s[-\u2013\u2014|]\s|[.!?;:](?:\s|$)|{_TOLD}).){{3,110}})"
    rf"(?=\s[-\u2013\u2014|]|[.!?;:]|{_TOLD}|$)"
)
# Half a sentence: "Nurseries can", "The signing day will be Friday".
CUT_OFF = re.compile(
    r"\b(?:can|may|must|should|would|is|are|was|were|has|have|will(?: be(?: on)?(?: \w+)?)?)$"
)
# "Why play is important", "What heads need to know": titles with a verb.
ASKS = re.compile(r"(?:why|what|how|when|who|where|which)\b", re.IGNORECASE)
# Ends the name that a paragraph begins with: "Refresher is for …".
LEAD = re.compile(
    r"\s"
    + either(
        r"""is | are | will | takes? | has | have | runs? | covers? | explores? | gives? | offers?
            provides? | aims? | looks? | starts? | begins?"""
    )
    + r"\b|[.:;]\s|\s[\u2013\u2014-]\s|\s\("
    r"|, (?:(?:was |originally |previously )*(?:due|planned|scheduled)|which was)\b"
)
_ARTICLES = r"\s+(?:(?:the|a|an|our|this|your|two|three|four|some|new|free)\s+){0,4}"
# The title in "to book onto the …", with a capital, up to the end of its phrase.
BOOKED = re.compile(
    r"\b(?i:(?<!takes )(?<!take )(?<!taking )(?<!took )(?:places?|spaces?)"
    r"(?: (?:are|is))?(?: still)?(?: left| free| available| remaining)? (?:on|at)"
    r"|book(?:ing)? (?:on ?to|onto|for)|register (?:for|on ?to)"
    r"|(?:new|next|more|further|extra) dates? for|bookings? (?:is|are)(?: now| still)? open for"
    r"|^(?:book|register|sign up)(?: (?:here|now|online|your place))*:"
    rf"|sign up (?:for|to)|apply for|enrol on|^book(?= [^.]{{8,90}} via )|^join(?= the)){_ARTICLES}"
    r"(?P<what>[A-Z\u2018\u201c\"'](?:(?!\s(?:using|via|online\b|here\b|through|please"
    r"|on (?:Zoom|Teams|MS)"
    r"|by (?:e-?mail|send|complet|click|fill|contact|us|call|\d))|[.,;\n?!])."
    r"|[,?!](?=\s[A-Z])){7,110})"
)
# The same in "we are holding a …".
OFFERED = re.compile(
    r"\b"
    + either(
        r"""attend | join us for
        joining us for | invites? you to | invited to | hosting | host | holding | hold
            running | run | presents? | announce | offering | offer"""
    )
    + rf"{_ARTICLES}(?P<what>(?:(?! on (?:the )?(?:{_WEEKDAY}|\d))[^.,;:]){{8,110}})",
    re.IGNORECASE,
)
# Or in "three short sessions on the toolkit have been arranged".
ARRANGED = re.compile(
    rf"\b(?P<what>(?:[\w\u2019'-]+ ){{0,3}}{_KIND} (?:on|about|in|for) "
    r"(?:(?!(?:has|have|are|is|will|had|were|was)\b)[\w\u2019'&-]+ ){1,9}?)"
    r"(?:ha(?:s|ve) (?:now |also )?been|(?:is|are)(?: now| also)?(?: being)?|will(?: also)? be) "
    r"(?:arranged|organi[sz]ed|set up|put on|scheduled|laid on|offered|lined up)\b",
    re.IGNORECASE,
)
QUOTED = re.compile(
    r"[\u2018\u201c\"'](?P<what>[A-Z][^\u2018\u2019\u201c\u201d\"]{6,100})[\u2019\u201d\"']"
)
# The words about the kind of training, such as "the final workshop of the year".
PHRASE = re.compile(
    r"(?:^|\b(?:the|an?|our|this|one|another|new|next)\s+|[,.;:]\s+)"
    r"(?P<what>(?:[\w\u2018\u2019'\u201c\u201d&/-]+ ){0,7}?"
    rf"{_KIND}\b(?: (?:of|on|about|for) (?:(?!(?:will|is|are|was|has|have|can|may|must)\b)"
    r"[\w\u2018\u2019'&-]+ ?){1,4})?)",
    re.IGNORECASE,
)
# A name that is told what it is: "Working with Interpreters - a two-hour session - is back".
APPOSED = re.compile(
    r"(?P<what>[A-Z\u2018\u201c][^.;:!?]{4,100}?),?\s[-\u2013\u2014]\s(?:an?|our|the|another)\s*"
)
# "West - Wednesday 6 May", "Area 3: 8 May", "Mid and South (Hub), 9 May": who comes, not to what.
_AREA = either(
    r"""(?:north|south|east|west|mid|central)(?:[ -]?(?:east|west|central))?(?:ern)?
        inner | outer | rural | urban | coastal | town | city | countywide | county-wide
        (?:area|locality|cluster|district|region|zone|patch|division|quadrant|neighbourhood|hub\
        |place|ward|group|cohort|team) (?:\d{1,2}|[A-Z]|one|two|three|four|five|six)"""
)
AREA_FIRST = re.compile(
    rf"{_AREA}(?:(?: and | & |/|, ){_AREA})*(?: (?:area|locality|cluster|district|region|zone"
    r"|patch|division|quadrant|hub|team|group|county|borough|schools|heads))?s?"
    r"\W{0,3}(?:[-\u2013\u2014:|,]|\()",
    re.IGNORECASE,
)
