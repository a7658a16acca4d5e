"""What trainings, and those they are for, are called: words that several rooms look for."""

import re

from webapp.models import Kind


def either(alternatives: str) -> str:
    """The pattern of any of these. Between two stands " | " or a new line; a backslash
    at the end of a line carries it on.
    """
    whole = re.sub(r"\\\n\s*", "", alternatives)
    each = [one.strip() for one in re.split(r"\s\|\s|\n", whole.strip())]
    return f"(?:{'|'.join(one for one in each if one)})"


def words(alternatives: str) -> re.Pattern[str]:
    """Any of these as whole words, in any case."""
    return re.compile(rf"\b{either(alternatives)}(?!\w)", re.IGNORECASE)


# What newsletters put before a day, a time or a place: a calendar, a clock, a pin.
PICTURE = r"[\u23f0-\u23f3\U0001f300-\U0001faff]\ufe0f?"
# Papers that are called briefings.
PAPER = words(
    r"""(?:one|two|three|four|five|six|seven|ten|\d{1,2})[- ]minute (?:briefing|guide|read)s?
        (?:written|policy|parliamentary|media) briefings?
        briefing (?:paper|note|sheet|document)s?"""
)
_PAPER_BEFORE = r"(?<!minute )(?<!written )(?<!policy )"

_E_LEARNING = r"""e-? ?learning(?: modules?)? | online (?:training )?modules? | pre-?recorded
    on[- ]demand | self[- ]paced"""
_WEBINAR = r"webinars? | webcasts? | virtual (?:session|event|talk)s?"
# Neither the room it is held in, nor the meeting about a child.
_CONFERENCE = r"""(?<!protection )(?<!case )(?<!for )(?<!CP )(?<!initial )(?<!review )\
    conferences?(?! (?:cent|rooms?|suite|hall|chairs?|calls?|and core)) | symposiums? | symposia
    summits?"""
_BRIEFING = rf"""{_PAPER_BEFORE}briefings?(?! (?:paper|note|sheet|document)s?)
    lunch(?:time)? (?:and|&|n|\u2019n\u2019|'n'|\u2018n\u2019) ?learns?
    lunch(?:time)? (?:learning|sessions?|talks?|workshops?|hour)
    bite-?sized? | roadshows? | drop[- ]?ins?
    launch(?:es)?
    (?:learning|information|feedback|twilight) (?:events?|sessions?|hours?|circles?)"""
_COURSE = r"""courses? | trainings? | workshops? | inductions? | refreshers? | study days?
    modules? | train the trainer | (?:training|learning) programmes? | development days? | INSET
    CPD | seminars? | master-? ?class(?:es)?"""
_MEETING = r"""forums? | network(?:ing)? (?:meetings?|events?|lunch(?:es)?) | networks?
    communit(?:y|ies) of practice"""
# "Please talk to families" is no talk.
_TALK = r"lectures? | talks?(?! (?:to|with) ) | keynote | twilights? | sessions?"

# In this order: an "Online Briefing Webinar" is a webinar.
KINDS: tuple[tuple[re.Pattern[str], Kind | None], ...] = (
    (words(_E_LEARNING), Kind.E_LEARNING),
    (words(_WEBINAR), Kind.WEBINAR),
    (words(_CONFERENCE), Kind.CONFERENCE),
    (words(_BRIEFING), Kind.BRIEFING),
    (words(_COURSE), Kind.COURSE),
    (words(_MEETING), None),
)
TRAINING = words("\n".join((_E_LEARNING, _WEBINAR, _CONFERENCE, _BRIEFING, _COURSE, _TALK)))

# What practitioners are taught, as the titles of courses say it.
SUBJECT = words(
    r"""safeguarding | (?:child|public|data) protection | protecting | abuse | neglect
        self-neglect | hoarding | exploitation | trafficking | slavery | harm(?:ful|s)?
        domestic | trauma | prevent | radicalisation | capacity | MCA | LADO | DSLs?
        level [1-6] | FGM | suicide | early help | working together | thresholds? | recruitment
        supervision | supervising | allegations | curiosity | bruising | bruises
        injur(?:y|ies) | voice of the child | private fostering | signs of safety
        recogni[sz]ing | understanding | assessments? | introduction | introductory | awareness
        literacy | non-mobile | contextual | extra-familial | cuckooing | consent | young carers
        mental health | mental ill[- ]health | learning disabilit(?:y|ies) | disabled | autism
        neurodivers\w+ | home education | attachment | behaviours? | risks?
        adolescen(?:ts?|ce) | vulnerab\w+ | county lines | gangs? | knife | substance | drugs?
        alcohol | drinks? | parental | infants? | safer | ICON | record(?:ing|s)
        report writing | chairing | skills | essentials | foundation | basics? | advanced | core
        refresher | practice | first aid | equality | diversity | unconscious bias | hygiene
        MARAC | MAPPA | DASH | referrals? | making safeguarding personal | positions? of trust
        whole family | (?:joint |direct )?working with | responding to | supporting
        fathers | siblings? | bereavement | loss | resilience | children who | child sexual
        perplexing | duty | conversations? | scams | online harms? | grooming | stalking
        coercive | honour | forced marriage | missing | care leavers | looked after"""
)
_WORK = either(
    r"""practitioners? | professionals? | staff | colleagues | social workers? | teachers?
    governors? | trustees? | nurses? | GPs? | health visitors? | managers? | volunteers?
    foster carers? | childminders? | clergy | leads? | DSLs? | multi-?agency | partners
    agenc(?:y|ies) | frontline | early years | headteachers | officers? | workforce
    supervisors?"""
)
FOR_PRACTITIONERS = words(
    rf"""(?:target )?audience | who (?:should|can) (?:attend|come) | who is (?:it|this) for
        (?:for|to) (?:all |any |newly \w+ |new )?(?:{_WORK}) | for [\w-]+ (?:{_WORK})
        any(?:one|body) (?:who(?:se)? )?(?:works?|working|job|volunteers?|with a caseload)
        works? (?:directly )?with (?:children|families|adults|young|parents|them)
        (?:newly qualified|all|registered|your) (?:staff|social workers|practitioners|teams?)"""
)
PRACTITIONERS = words(_WORK)
_FAMILIES = either(
    r"""parents? | mums? | dads? | families | grandparents | grandmothers | residents | toddlers
    babies | pupils | students | young people | teenagers | children | members of the public
    kids | tenants
    patients | customers | service users"""
)
NEW = r"(?:all |any |new |local |young |expectant |the )*"
FAMILY = words(
    rf"""(?:open|free|available|welcome|offered|invited|invite) (?:to |for )?{NEW}(?:{_FAMILIES})
        (?:group|sessions?|drop[- ]in|club|course|event|morning|evening|workshops?|\
        webinar)s? (?:is |are )?for {NEW}(?:{_FAMILIES}|carers)
        (?:parents|mums|dads|families|carers|residents|grandparents|\
        pupils)(?: and \w+)? (?:can (?:drop|come|join|bring|book|attend|just)|(?:are|\
        who are) (?:invited|welcome)|meet)
        peer supports? | you are not alone
        (?:per|a) family | bring (?:your|the) (?:child|children|baby|family|little ones?)
        (?:conference|event|session|workshop|day|course|camp|programme|is|are|organised|designed\
        |aimed|held|run|planned|open|meant|intended|suitable) (?:by and )?(?:for|at|to) {NEW}\
        (?:{_FAMILIES}|girls|boys|teens)(?: and young people)? (?:aged|between the ages of|from \
        the age of|in (?:school )?years?) \d+
        toddlers welcome | (?:pupil|student|youth|young people(?:\u2019|')s) [\w -]{{0,20}}\b\
        (?:summit|conference|parliament|council|forum|voice)s?
        ^for {NEW}(?:{_FAMILIES}) | to (?:their )?famil(?:y|ies) and friends
        face painting | bouncy \w+ | cakes | stalls | kick-off | free entry | fancy dress | yoga
        relaxation | support group | a young person aged | citizens advice
        meet your local | blood pressure | flu jabs?
        vaccinations?"""
)
# Groups and courses that families are sent to, or go to by themselves.
REFERRED = words(
    r"""self-?refer(?:rals?)? | ask your (?:health visitor|GP|school|social worker|midwife)
        (?:families|parents|carers|women|men|residents|you) (?:can|may|must)[\w -]{0,20} \
        referred
        refer (?:a|your) (?:family|parent|mum|dad) | (?:the|our|support) group meets
        (?:group|course|programme|space)s? for (?:people|those|anyone|women|men|adults) who \
        (?:have|has) (?:been )?(?:lost|experienced|suffered|bereaved|affected)
        (?:course|programme|group|workshop)s? for (?:parents|women|men|mums|dads|survivors|\
        victims|couples)(?! and (?:practitioners|professionals|staff)) | advice for residents"""
)
FAMILY_TITLE = words(
    rf"""for {NEW}(?:{_FAMILIES})(?! (?:who work|services|workforce|in care|with|at risk|who go))
        support groups? | peer support | self-help | coffee mornings? | stay (?:and|&) play
        (?<!in )(?:toddler|baby|babies|bump)s?(?: group| massage| sensory| yoga| clinic| and \w+)
        breastfeeding | play ?(?:groups?|schemes?) | holiday (?:clubs?|activities)
        (?<!for )youth (?:club|group)s?
        (?:dads|mums|grandparents|grandmothers)(?:\u2019|')? (?!\w* ?training)\w+ | for carers
        your (?:child|teenager|teen|baby|toddler|little one)(?![\u2019'])
        parenting (?:through|programme|group|course|class)s? | fun days? | family fun
        warm spaces? | parents?(?:\u2019|')? (?:evening|forum|group|caf[eé]|workshop|session)s?
        parent carer \w+ | \(?(?:aged?|ages) \d
        (?:youth|young people(?:\u2019|')?s?|children(?:\u2019|')s) (?:forum|council|panel|voice|\
        parliament)
        (?:youth|teen(?:age)?|pupils?(?:\u2019|')?s?|students?(?:\u2019|')?s?|young (?:people|\
        person|leader|carer)s?(?:\u2019|')?s?) (?:conference|summit|assembly|congress|takeover)s?"""
)

BOOKING = words(
    r"""book (?:a|your|one|on|onto|online|(?:via|through|by)(?! *$)|with|now|here|early|\
        direct)\b[\w ]{0,25}
        (?<!need )to book | (?:to be|can be|must be|are|be) booked | bookable
        booking (?:is|link|via|through|form|details|information|essential|required|a place)
        sign(?:ing)?[- ]up
        (?:reserve|secure|request|get) (?:a|your) (?:place|seat|space|ticket)
        register (?:your(?! (?:organi|agency|account|setting|school|charity|team))|\
        now|here|for|via|at|on|online|through|to attend|to join)
        register(?:ing)? (?:a|your) (?:place|interest) | enrol(?:ling|ment)? | eventbrite
        (?:places|spaces) (?:are |still )*(?:available|limited|left|free|open) | for places
        (?:limited|free) (?:places|spaces) | fully booked | waiting list
        joining (?:link|details|instructions) | (?:teams|zoom) links?
        tickets (?:are|cost|from)"""
)
# With none of these, and no day, an announcement only tells of something.
SOMETHING_TO_TAKE = words(
    BOOKING.pattern.removeprefix(r"\b").removesuffix(r"(?!\w)")
    + " | "
    + r"""(?:can|may)(?: now)? be (?:booked|requested|taken|opened|accessed|attended|used|done)
        (?:is|are|now|still|also|various)[\w ]{0,20} available
        (?-i:This) (?:[\w-]+ )?(?:course|training|workshop|webinar|briefing|module) (?:is (?:only |\
        open )?for|covers|explores|looks at|aims to)
        (?:by|at) the end of (?:the|this|your) (?:course|training|session|workshop|webinar|module|\
        day|programme)
        (?:attendees|participants|delegates|learners|you) will be able to
        (?:available|open) (?:now|to|from|for|on) | (?:for|get|like|want|need|of) a \
        place(?! (?:of|to|where))
        licen[cs]es? | pre-?recorded | on[- ]demand | access (?:the|our|this|your|all|counter|it)
        complete (?:the|our|this)(?: [\w -]{0,30})? (?:e-?learning|module|course|training)
        expressions? of interest | (?:find|take) (?:it|this|them) (?:on|at|again)
        dates? (?:to be (?:confirmed|announced)|to follow|tbc|tba) | new dates? | dates (?:for|\
        are|now|have) | tbc | tba
        (?:you|all|everyone|everybody|colleagues|partners) (?:is|are) (?:\w+ )?invited to
        no need to book | use this link | join (?:via|here|on|us) | cancelled | postponed
        rescheduled | put off | will not (?:run|go ahead) | (?:it|which) (?:takes|lasts|costs)"""
)
# What was, and is told of.
PAST = words(
    r"""took place
        (?<!be )held (?:an?|our|its|their|two|three|several)\b[\w -]{0,30}? (?:events?|sessions?\
        |training|conference|workshops?|webinars?|seminars?|day|briefings?)
        (?:was|were) (?:held|attended|opened by|told|joined by|shown|recorded|run|trained)
        thank you to (?:everyone|everybody|all) | brought together
        (?:spoke|talked) (?:about|of|to) | heard (?:from|how|that|speakers|professor|dr)
        (?:recording|slides|photographs)[\w ]{0,60} (?:is|are|can|will be)
        (?:people|colleagues|practitioners|delegates|professionals|staff|of you|participants|\
        attendees|partners) (?:\w+ )?(?:attended|came|joined|heard|took part|gathered|met)
        (?:over|more than|nearly|almost|some) \w{1,20} [\w ]{1,30}(?:attended|came|joined|\
        took part|gathered)
        (?:forum|group|board|network|executive|committee|council) met
        (?:(?<![\d/.-])\d{2,5}|hundreds of|dozens of|scores of) (?-i:[a-z])[\w ,-]{1,50} \
        (?:went to|were at|attended|came|joined|took part|turned out|turned up|gathered|learned|\
        learnt|heard|were trained|received|completed|packed|signed up|travelled)
        (?:was|were) (?:our|its|their|the) (?:first|second|third|fourth|fifth|annual|biggest)
        (?:hosted|organised|ran|staged|put on) (?:the|an?|our|this) [\w -]{0,30}?\b(?:events?\
        |sessions?|training|conference|workshops?|webinars?|seminars?|briefings?)
        came to the | watch (?:it|the recording|again)
        missed (?:it|the) | (?:week|month|day) ran | ran from
        (?:the|our) (?:day|event|conference|webinar|week) (?:began|ended|saw|opened with)
        (?:day|event|conference|webinar|seminar|briefing|training)[\w ]{0,40} was (?:our|the|a|\
        an|held|well|very|so|opened|attended)
        you can (?:still )?watch | told us (?:what|how|about|that)"""
)
# What was held of many, said above a list of them: "We hosted a number of online sessions".
_MANY = either("events | sessions | webinars | workshops | seminars | talks | courses | briefings")
OVER = words(
    rf"""(?:we|partners|they) (?:\w+ )?(?:hosted|held|ran|delivered|put on)\b[^.!?]{{0,60}}\b{_MANY}
        {_MANY}\b[^.!?]{{0,40}} (?:took place|were (?:held|hosted|delivered|run))
        (?:past|previous) (?:(?:events|webinars|conferences)$|events \(\d+\)) | past \(\d+\)"""
)
