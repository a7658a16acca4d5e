"""How places are named and told on news pages."""

import re

# A line longer than this is prose.
SHORT = 110

_PLATFORM = (
    r"(?:virtual(?:ly)? |online |live |held )?(?:via |on |over |by |using )?"
    r"(?:(?:Microsoft|MS) ?Teams(?: Live(?: Events?)?)?|Teams(?: Live(?: Events?)?)?|Zoom|Webex|WebEx|Google Meet|GoTo ?(?:Meeting|Webinar)|Skype|Blackboard|Adobe Connect)"
    r"(?: Webinars?| meetings?| call)?(?: ?[-–(/]? ?(?:online|virtual)\)?)?"
)
PLATFORM = re.compile(
    rf"(?:{_PLATFORM}|(?i:on-?line|virtual(?:ly)?|webinar|live webinar|remote(?:ly)?|virtual classroom|online \(?[\w ]{{0,20}}\)?))"
)
ONLINE = re.compile(
    r"\b(?i:teams live|(?:ms|microsoft) ?teams|zoom|webex|google meet|goto ?meeting|gotowebinar|skype|on-?line|virtual(?:ly)?|webinar|webcast|remote(?:ly)?)\b|\bTeams\b"
)
BUILDING = re.compile(
    r"\b(?:cent(?:re|er)|hall|room(?: [\w]{1,4})?|suites?(?: [\w]{1,4})?|library|hospital|house|schools?|academy|church|cathedral|offices?|hotel|stadium|college|university|campus"
    r"|theatre|club|hub|station|buildings?|court|chambers?|park|museum|institute|exchange|arena|boardroom|hq|headquarters|clinic|surgery|gallery|pavilion|abbey|yard|annexe?|barn|inn|lodge"
    r"|farm|mosque|temple|studios?|floor|depot|base|racecourse|ground|nursery|priory|minster|vicarage|rectory|guildhall|town hall|forge|mill|tower|block|gardens?|chapel|canteen|foyer|auditorium"
    r"|works|hive|quays?|castle|manor|grange|villa|heart)s?\b\W*",
    re.IGNORECASE,
)
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
LABEL = re.compile(
    r"(?:^|(?<=[\s(|]))(?:(?P<many>venues|locations)|venue|where|location|held (?:at|in)|place|room|platform|how)(?: \([^()]{0,30}\))?\s?(?:[:=]|\s[-–—])\s*(?=\S)",
    re.IGNORECASE,
)
LABEL_ALONE = re.compile(
    r"\W{0,3}(?:venues?|where|locations?|held at|place|room|platform|venue ?/ ?(?:location|platform)|delivery(?: and location| method)?|how)\W{0,3}(?:\([^()]{0,40}\)\W{0,3})?",
    re.IGNORECASE,
)
# Where a place ends and something else is said on the same line.
ENDS = re.compile(
    r"(?<!\bSt)(?<!\bRd)[.!?](?=\s+(?-i:[A-Z(])|\s*$)|\s+(?-i:(?=(?:This|These|All|Please|You|Cost|Times?|Dates?|Free|Charge|To book|Book|Register|For|Bring|Trainers?|Facilitators?|Speakers?|Booking|Contact|Audience|Target|Lunch|FULL|Full|Fully|CANCELLED|Log ?in|Cancelled|Postponed|Places|There|The (?:session|course|day))\b))"
    r"|\s*\((?=(?:lunch|parking|full|in person|map|directions|limited|room tbc|refreshments|tea|see|new|both|was|please|max|lasts)\b)|\s*[-–—|]\s*(?=(?:fully|full|cancelled|postponed|book|places|waiting|£|new|limited|free)\b)"
    r"|\s+(?:instead of|rather than|and not|or watch|which is|where|with|from \d|on (?:the )?(?:\d|mon|tues|wed|thurs|fri|sat|sun))\b|\s*£",
    re.IGNORECASE,
)
# Words that make a line a subject to learn about and no place.
SUBJECT = re.compile(
    r"\b(?:safeguarding(?! (?:office|unit|board room))|training|courses?|workshops?|briefings?|awareness|introduction|understanding|working|abuse|neglect|review|learning event|conference(?! (?:cent|room|suite))|book|booking|dates?|published|e-?mail|tel(?:ephone)?|phone|contact|charge|www|http|open|closed|log ?in)\b|@|^by\b",
    re.IGNORECASE,
)
_NAME = (
    r"(?:the )?(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December|Teams|Zoom|This|These|All|Please)"
    r"(?:[A-Z][\w’'&.-]*|\d{1,4}[a-z]{0,2}(?= [A-Z]))"
    r"(?:,? (?:(?:of|the|and|&|in the|at the|at|on the) )?(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December|This|These|Please|Book)(?:[A-Z][\w’'&-]*|(?<!and )\d{1,4}(?!am|pm)[A-Za-z]{0,2}\b(?![.:/]\d)|(?:ground|first|second|third) floor)){0,11}(?: (?:[a-z]+ )?(?:room|hall|office|centre|library|theatre|suite|canteen|annexe)\b)?"
)
IN_PROSE = re.compile(
    rf"(?:(?P<held>\b(?:held|hosted|(?:take|taking|takes) place|based|delivered|venue (?:is|will be))(?: (?:all|both|in person|face[- ]to[- ]face|again|this year))* (?:at|in)|\b[Bb]oth at|\b[Aa]ll at)|\b(?:at|in|to|inside)|@) (?P<name>{_NAME})"
)
# In passing, or about something else: "who already have a seat in the Hudson Room".
NOT_THERE = re.compile(
    r"\b(?:(?:to be|will be) (?:confirmed|announced)|t\.?b\.?[ca]\.?|various|not yet|already (?:have|booked|hold)|report to|works? (?:at|in)|met (?:at|in)|job|vacancy|office (?:is|hours)|who work at|inspection)\b|^-$",
    re.IGNORECASE,
)
ONLINE_IN_PROSE = re.compile(
    r"(?:\b(?:[Vv]ia|[Oo]n|[Oo]ver|[Uu]sing|[Tt]hrough|[Bb]y|[Ii]n|[Ss]ame)\b[ (]{1,2}(?P<by>(?:Microsoft |MS ?)?Teams(?! (?:of|in|from|and [a-z]+ will)\b)(?: Live(?: Events?)?)?(?: Webinars?)?|Zoom|Web[Ee]x|Google Meet|GoToMeeting|Skype(?: for Business)?)"
    r"|(?:^|[:;,.–—(|-] ?|\b(?:are|is|all|both|held|live|virtually|online)\b[ :,(]{1,2})(?P<bare>(?:Microsoft|MS) ?Teams(?: Live(?: Events?)?)?(?: Webinars?)?|Teams(?: Live(?: Events?)?)?(?= ?(?:$|[.,;:)|–—-]|(?:and|at|with|using|from|links?|meeting)\b))|Zoom(?! help)|Web[Ee]x|Google Meet|GoToMeeting|Skype for Business)"
    r"|\b(?:held|delivered|place|run|be) (?P<held>online|virtually|remotely))\b"
)
WEAK = re.compile(
    r"\b(?:(?:ms|microsoft) ?teams|(?-i:Zoom)(?= (?:link|details|meeting|call|webinar))|webinar|virtual(?:ly)?(?! reality)|on-?line(?= (?:workshop|briefing|session|webinar|event|evening|course|training|learning|seminar|conference|launch|meeting|forum|talk|twilight|via|on|from|at|only|using|over|and free)\b)"
    r"|(?<=evening )online|(?<=morning )online|(?<=both )online|(?<=all )online|(?<=is )online|(?<=are )online|recurring link|joining link|watch live)\b",
    re.IGNORECASE,
)
