"""How pages say that a day is a deadline, has passed, was moved, is off, or is full."""

import re

from webapp.formats.news_vocabulary import either

# The prepositions and hours between "closes" and the day itself.
_ON = (
    r"(?:\s+"
    + either(
        r"""on | at | by | the | midnight | (?:12 )?(?:noon|midday) | close of play | next
            (?:this )?coming | \d{1,2}(?:[.:]\d\d)?\s?[ap]m | \d\d:\d\d | end of | cop"""
    )
    + r"\b,?)*"
)
_TO_THE_DAY = rf"[:,\u2013-]*){_ON}[\s:(\u2013-]*$"


def _anywhere(alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b{either(alternatives)}\b", re.IGNORECASE)


# Right before the day: something has to be done by then.
DEADLINE = re.compile(
    r"(?:(?<!followed )(?<!led )\b"
    + either(
        r"""by | before | no later than | not later than
            deadline(?: for [\w ]{1,50})?(?: is| was)?
            closing date(?: for [\w ]{1,50})?(?: is)? | closes? | closed | expires?
            runs? out | ends | ending
            rsvp | extended (?:to|until)
            returned? | submit(?:ted)? | due(?: by| on)? | action(?:ed)? by | until | till
            up to | valid | last day to \w+ | cut-?off | respond by | apply
            (?:cancell?ations?|withdrawals?) (?:received |made )?after
            early bird[\w ]{0,30}"""
    )
    + _TO_THE_DAY,
    re.IGNORECASE,
)
# Right before the day: a rule, a paper or a service begins or is to be had.
IN_FORCE = re.compile(
    r"(?:\b"
    + either(
        r"""since | as of | as from | with effect from | effective(?: from)?
            in force(?: from| on)? | statutory(?: on| from)? | launch(?:ed|es)?(?: was)?(?: on)?
            (?:launched|introduced|released|published) (?:its|our|their|the|a) [\w ]{1,50} on
            (?:issue|edition|volume|vol\.?)(?: (?:no\.?|number))? \d{1,3}
            released(?: on)? | publish(?:ed|es)?(?: on)? | issued(?: on)? | updated(?: on)? | dated
            review(?:ed)?(?: on| date| due| of [\w ]{1,30})?
            (?<!dates )(?<!spaces )(?<!places )(?<!seats )(?<!slots )(?<!sessions )(?<!tickets )\
            available(?: online)?(?: from| on| until)?:?
            (?:re)?opens?(?: again)?(?: on| from)? | (?:go(?:es|ing)?|went) live(?: on)?
            takes? over(?: from [\w ]{1,40}?)?(?: on)?
            comes? into (?:force|effect)(?: on)? | came into (?:force|effect)(?: on)?
            version(?: \d[\d.]{0,5})? | (?:built|edited|modified|amended|revised)(?: on)?
            switch(?:es)?(?:[- ]over)?(?: is)?(?: on)?
            (?:places|spaces) (?:are|will be) (?:given out|allocated|offered|confirmed)(?: on)?
            bookings? open(?:s|ed)?(?: on| from)? | registration opens?(?: on| from)?
            (?:is|are|be) (?:out|live|online|announced|circulated|finali[sz]ed|unveiled|\
            uploaded)(?: on)?
            (?:comes?|goes|going|go|sent) out(?: on)? | on sale(?: on| from)?
            replaced?(?: on)? | ratified(?: on)? | signed off(?: on)? | agreed(?: on)?
            born(?: on)? | died(?: on)? | start date
            interviews?(?: on| date| are on| will be(?: held)? on)? | results? on
            approved(?: on)? | (?:says|wrote|commented|replied)(?=:)"""
    )
    + _TO_THE_DAY,
    re.IGNORECASE,
)
FROM = re.compile(
    rf"\b(?:from|week(?: of| commencing| beginning| starting)){_ON}[\s:]*$", re.IGNORECASE
)
# Told as past, wherever the sentence says it.
PAST = _anywhere(
    r"""took place | was held | were held | has taken place | have taken place | was launched
        was opened | was attended | (?<!be )(?<!have )attended | we held | we hosted
        (?<!be )held (?:an?|our|its|their|two|three|several)\b[\w -]{0,30}? (?:events?|sessions?\
        |training|conference|workshops?|webinars?|seminars?|day|briefings?)
        was hosted by | were hosted by
        spent | (?:sessions|workshops|events|webinars|it|they) (?:started|began)
        (?:must|should|need to) have (?:been|attended|done|completed|taken)
        was delivered | was joined | came together | gathered | celebrated | were told
        (?:must|should) (?:already )?have (?:been (?:at|to|on)|done|completed|had)\
        (?!.*\b(?:before|prior|by)\b)
        was a success | last (?:week|month|year|term) | recently
        (?:of you|people|colleagues|delegates|practitioners) (?:\w+ )?\
        (?:joined|came|heard|met|braved|took part)
        braved | thank you to | was (?:on|a) | were (?:at|on) | met on | ran on | official launch"""
)
# What people did, where the day was already over when the page came out.
HAPPENED = _anywhere(
    """spoke | talked | opened | came | heard | welcomed | presented | enjoyed | learned | learnt
       joined us | filled | packed | were the first | led | gave | shared | explained
       celebrated | attended | ran"""
)
# Right before the day, which nobody can come to, whatever its hours.
WAS_ON = re.compile(
    r"\b"
    + either(
        r"""met | gathered | came together | took place | (?:turned|sent) away | (?:was|were) held
            (?:recording|slides|film|video|photograph)s? (?:of|from) [\w ]{1,40} (?:of|on|from)"""
    )
    + r"(?: again)?(?: on)?(?: the)?\s*$",
    re.IGNORECASE,
)
# A body that governs meets, or is told something: nobody goes there to learn.
_BODY = either(
    r"""boards? | committees? | executive | cabinet | council | PCC | governing body | panel
        (?:sub|task|task and finish|steering|working|strategic|executive|delivery)[- ]?groups?"""
)
MEETS = re.compile(
    rf"\b{_BODY}\b(?: (?!forum|network|training)[\w\u2019'-]+){{0,4}}? "
    r"(?:meets?|(?:will|to)(?: next)? meet|meetings? (?:is|are|will|takes?))\b"
    rf"|\bmeetings? of (?:the |our )?(?:(?!forum|network|training)[\w\u2019'&-]+ ){{0,6}}?{_BODY}\b"
    r"|\b(?:AGM|annual general meeting) (?:is|will|takes|on)\b"
    rf"|\b(?:reports?|reporting|presented|goes|going) (?:back )?to (?:the |full )*{_BODY}\b",
    re.IGNORECASE,
)
# Right before the day of what the heading names.
IS_ON = re.compile(r"\b(?:is|are|will be)(?: held)?(?: on)?(?: the)?\s*$", re.IGNORECASE)
# Right after the day.
WAS = re.compile(r"\W*(?:was|were|had|brought|drew|saw|looked|heard)\b", re.IGNORECASE)
CANCELLED = _anywhere(
    r"""cancelled | canceled | cancell?ing | has been called off
        will (?:not(?: now)?|now not) (?:go ahead|take place|run) | not going ahead | withdrawn
        no longer (?:running|taking place|going ahead) | cancel all"""
)
POSTPONED = _anywhere(r"postponed? | on hold | paused | deferred")
# The rules about cancelling are not a cancellation.
IF = _anywhere(
    r"""if | cancellations? | to cancel | need to cancel | unable | cannot attend | policy
        charged? | fee | must be cancelled
        cancel(?:led)? (?:your|a|by|with(?:in|out)|less|after)"""
)
FULL = _anywhere(
    r"""fully booked | is (?:now )?full | are (?:now )?full | now full | sold out
        no places (?:left|remaining) | waiting list | wait list | waitlist | reserve list | full"""
)
# Full, but not of people.
NOT_FULL = _anywhere(r"full[- ](?:day|details|programme|agenda|time|list|information|course|name)")
# Two days that are the ends of one of these are no two days of training.
WEEK = _anywhere(
    r"""week | month | fortnight | 16 days | holidays? | half[- ]term | term | consultation
        survey | submission | period"""
)
# Before the day: the members of a body meet.
OF_MEMBERS = re.compile(
    r"\b(?:AGMs?|annual (?:\w+ )?meetings?|general meetings?)\b[^.!?]{0,60}$",
    re.IGNORECASE,
)
WEEK_OR_DURING = re.compile(rf"{WEEK.pattern}|\bduring (?:the )?(?=\d)", re.IGNORECASE)
# When somebody can be reached.
OFFICE_HOURS = re.compile(
    r"\b"
    + either(
        r"""office hours | opening (?:hours|times)
            open(?:ing)? (?:from |between )?(?:mon|tue|week|\d)
            mon(?:day)?s?\s?(?:-|\u2013|to|until)\s?(?:fri|sat|sun|thu)
            (?:phone|telephone|help|advice) ?lines? | out of hours | 24 ?/ ?7 | lines are open
            reception | bank holidays"""
    ),
    re.IGNORECASE,
)
# Whom to ring, with the hours right behind the number.
ON_CALL = re.compile(
    r"\b0\d{2,4}[\d -]{6,9}\W{0,2}[ (,:](?:from |between |open )?\d{1,2}(?:[.:]\d\d)? ?(?:[ap]m)?"
    r" ?(?:-|\u2013|to|until)"
    r"|\b(?:EDT|emergency duty (?:team|service|line)|out[- ]of[- ]hours (?:provider|service|team"
    r"|line))\b(?! (?:\w+ )?(?:training|course|briefing|workshop|webinar|induction|session))",
    re.IGNORECASE,
)
EXAMPLE = _anywhere(r"for example | e\.g\. | such as | typically | usually")
# How a line begins that names a day of something else than training.
LABELLED_AWAY = re.compile(
    r"^\W*"
    + either(
        r"""closing date | deadline | published | posted | last updated | review(?:ed)?
            next review | date of (?:publication|birth|issue|death) | interview
            applications? (?:close|deadline) | submission | return(?:s)? (?:by|date) | early bird
            booking (?:closes|opens|deadline) | valid | version | issued | sent | to be actioned
            term dates | half[- ]terms? | date of next | effective | expires? | final submission
            start date | book by | rsvp | consultation | results?"""
    )
    + r"\b",
    re.IGNORECASE,
)
# Somebody is away, or a house is closed.
OFF_ALONE = re.compile(r"\W*(?:now )?(?:cancelled|canceled|postponed)\W*", re.IGNORECASE)
CLOSED = _anywhere(
    r"""half[- ]terms? | term (?:starts|begins|ends|dates) | school holidays? | bank holidays?
        on (?:annual )?leave | (?:is|are|be|office) (?:closed|shut)
        (?:offices?|hub|centre|building|helpline|we) (?:will )?close
        (?:closed|shut) (?:from|between|on)
        (?:is|are|be) (?:down|unavailable|offline) | out of (?:the )?office | term time
        no (?:live )?(?:session|workshop|meeting|training|course|briefing)s?"""
)
# Who may come to a stall, a fair or an open day: the sentence begins with them.
FOR_OTHERS = re.compile(
    r"^\W*(?:(?:on|at) [^,]{3,40}, )?(?:all |any |local |the )*"
    + either(
        r"""residents | families | parents | members of the public | the public | shoppers
            visitors | passers-by | neighbours"""
    )
    + r"(?: and \w+)? (?:can|may|are (?:invited|welcome)|will (?:be able|find))\b",
    re.IGNORECASE,
)
# Without a time, a day in prose is a session's only where the sentence says one of these.
SPEAKS_OF_AN_EVENT = _anywhere(
    r"""courses? | training | workshops? | briefings? | webinars? | seminars?
        master ?class(?:es)? | conferences? | summit | sessions? | talks? | learning | induction
        refresher | forum | takes? place | taking place | will be held | held on | join us
        runs? (?:on|from)
        running on | scheduled | dates? (?:is|are|will) | new dates? | next dates?
        following dates | will meet | repeated | again on | modules? | drop[- ]?ins? | twilights?
        launch | study days?"""
)
