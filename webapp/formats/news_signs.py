"""The words by which training is told from everything else on a news page, with their weights.

Above nought speaks for training, below against it. A sign is a habit of speech, never one page's
phrase: it should hold for a page nobody has seen yet.
"""

import re
from dataclasses import dataclass

from webapp.models import Kind


def _words(*alternatives: str) -> re.Pattern[str]:
    """Any of these, as whole words."""
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Sign:
    """What is looked for, what it is worth, and how to say it before the words that were found."""

    weight: int
    reason: str
    pattern: re.Pattern[str]
    # Words beside it that take its meaning away.
    unless: re.Pattern[str] | None = None


# Papers that are called briefings.
PAPER = r"(?:(?:seven|five|one|two|three|four|six|ten|\d{1,2})[- ]minute|parliamentary|written|policy) "
E_LEARNING = (
    r"e-? ?learning(?: modules?)?|online (?:module|training module|self[- ]?paced)s?|pre-?recorded"
    r"|on[- ]demand|self[- ]?paced"
)
BRIEFING = (
    rf"(?<!minute )(?<!minutes )briefings?(?! (?:paper|note|document)s?)"
    r"|lunch(?:time)? (?:and|&|n|’n’|'n') ?learns?|lunch(?:time)? (?:learning|sessions?)"
    r"|bite-?sized?|roadshows?|drop[- ]?ins?|(?:launch|learning|information|feedback|twilight)"
    r" (?:events?|sessions?|hours?|circles?)|launch(?:es)?"
)
COURSE = (
    r"courses?|training|trainings|workshops?|inductions?|refreshers?|study days?|programmes? of learning"
    r"|modules?|train the trainer|(?:training|learning) programmes?|development days?|INSET|CPD"
)
WEBINAR = r"webinars?|webcasts?|virtual (?:session|event|talk)s?"
CONFERENCE = r"conferences?|symposiums?|symposia|summits?|congress"
TALK = r"seminars?|master-? ?class(?:es)?|(?:guest )?lectures?|talks?|keynote|twilights?|sessions?"
MEETING = r"forums?|fora|network(?:ing)? (?:meetings?|events?|lunch(?:es)?)|networks?|communit(?:y|ies) of practice"
TRAINING = _words(E_LEARNING, BRIEFING, COURSE, WEBINAR, CONFERENCE, TALK, MEETING)

# In order: what a "Briefing Webinar" is called first decides.
KINDS: tuple[tuple[re.Pattern[str], Kind | None], ...] = (
    (_words(E_LEARNING), Kind.E_LEARNING),
    (_words(WEBINAR), Kind.WEBINAR),
    (_words(CONFERENCE), Kind.CONFERENCE),
    (_words(BRIEFING), Kind.BRIEFING),
    (_words(COURSE, r"seminars?", r"master-? ?class(?:es)?"), Kind.COURSE),
    (_words(MEETING), None),
)

# With none of these, and no day, an announcement only tells of something.
SOMETHING_TO_TAKE = _words(
    r"book(?:ing|ed)? (?:a |your |now|on|online|via|through|place|by|in)[\w ]{0,20}",
    r"to book",
    r"bookable",
    r"(?:can|may) be (?:booked|taken|opened|accessed|attended|used)",
    r"sign(?:ing)? up",
    r"enrol(?:ling|ment)?",
    r"(?:to |please )?register(?:ing)?(?: (?:now|here|for|at|via|on|your|online)|$)",
    r"(?:reserve|secure|request) (?:a|your) (?:place|seat|space)",
    r"(?:now|still|also|are|is|new|all|various) available",
    r"(?:available|open) (?:now|to|from|for|on)",
    r"(?:a|your|free|limited) (?:place|ticket)s?",
    r"pre-?recorded",
    r"on[- ]demand",
    r"licen[cs]es?",
    r"access (?:the|our|this|counter|your|all)",
    r"complete (?:the|our|this) (?:e-?learning|module|course|training)",
    r"(?:date|dates|time|venue)s? (?:to be (?:confirmed|announced)|tbc|tba|to follow)",
    r"cancelled|postponed|rescheduled|fully booked|waiting list|will not (?:run|go ahead)",
    r"(?:it|which) (?:takes|lasts|costs)",
)

_PRACTITIONERS = (
    r"practitioners?|professionals?|staff|colleagues|social workers?|teachers?|governors?|trustees?|nurses?|GPs?"
    r"|health visitors?|managers?|volunteers?|foster carers?|childminders?|clergy|designated (?:safeguarding )?leads?|DSLs?"
    r"|multi-?agency|partners|partner agencies|frontline|early years|headteachers|officers?|workforce|supervisors"
)
FOR_PRACTITIONERS = re.compile(
    r"\b(?:target audience|who should (?:attend|come)|who is (?:it|this) for|(?:open|free|available) to all (?:multi|partner|staff|prof|pract)[\w-]*"
    rf"|(?:for|to) (?:all |any |newly \w+ |new |multi-agency |[\w-]+ )?(?:{_PRACTITIONERS})"
    r"|any(?:one|body) (?:who(?:se)? )?(?:works?|working|job|with a caseload|volunteers?)|work(?:s|ing)? with (?:children|families|adults|young|parents))\b",
    re.IGNORECASE,
)
_FAMILIES = (
    r"parents?|mums?|dads?|fathers|mothers|families|family members|grandparents|residents|carers|toddlers|babies|pupils|students"
    r"|young people|teenagers|children|members of the public|survivors|women|men|girls|boys|kids|grandmothers|over[- ]\d\ds"
)

TITLE_SIGNS = (
    Sign(3, "the title says", TRAINING, _words(PAPER + r"briefings?", r"term dates")),
    Sign(
        1,
        "the title speaks of safeguarding:",
        _words(
            r"safeguarding|protection|abuse|neglect|self-neglect|hoarding|exploitation|trafficking|slavery|harm|harmful|domestic|trauma"
            r"|prevent|radicalisation|mental capacity|MCA|LADO|DSLs?|level [1-6]|awareness|FGM|suicide|early help|working together|thresholds?"
            r"|recruitment|supervision|allegations|adversity|curiosity|voice of the child|fostering|signs of safety|recogni[sz]ing|understanding"
        ),
        _words(r"polic(?:y|ies)|procedures?|reports?|guidance|survey|consultation|strategy|week|month"),
    ),
    Sign(
        -9,
        "the title is of a vacancy:",
        _words(
            r"vacanc(?:y|ies)|job opportunit(?:y|ies)|we are (?:recruiting|hiring)|we(?:’|')re (?:recruiting|hiring)|join (?:us|our team|the team)!?|work (?:with|for) us"
            r"|wanted|(?:chair|members?|trustees?|volunteers?|trainers?|panel|lay members?) (?:sought|needed|required)|careers?|apprenticeships?"
            r"|(?:training|learning|quality)[\w ]{0,30} (?:officer|manager|co-?ordinator|adviser|administrator) ?(?:post|role)"
        ),
    ),
    Sign(
        -7,
        "the title asks for opinions:",
        _words(
            r"have your say|survey|questionnaire|consultation|consulting|call for (?:evidence|views|papers)|(?:tell us|let us know) (?:what|how|your)"
            r"|your views?|feedback (?:wanted|needed)|evaluation results|poll"
        ),
        _words(r"(?:consultation|survey) (?:workshop|briefing|webinar)s?"),
    ),
    Sign(
        -7,
        "the title looks back:",
        _words(
            r"watch again|catch up|looking back|look(?:s|ed)? back|if you missed|missed it|round-?up|draws|recordings?|recorded|slides|highlights|what we (?:learnt|learned|heard|did)"
            r"|thank(?:s| you)[\w ]{0,40}|success(?:ful)?|celebrat\w+|congratulations|well done|farewell|raised|award(?:s|ed)?|winners?|reflections (?:on|from)"
            r"|hear(?:s|d) (?:how|from|about)|report from|rated|inspection"
        ),
    ),
    Sign(
        -7,
        "the title is of a meeting:",
        _words(
            r"(?:board|executive|committee|sub-?group|panel|steering group|partnership group|strategic[\w ]{0,25} group|trustees(?:’|')?|governing body|PCC|support|task group)"
            r" (?:meetings?|dates|news)|board|(?:annual general|general|open|public) meetings?|AGM|sub-?groups?|minutes|(?:strategic|steering|executive)[\w ]{0,25} (?:group|board)"
        ),
        _words(r"(?:training|briefing|workshop|webinar|seminar|course|conference|development)s?"),
    ),
    Sign(
        -7,
        "the title is for families:",
        re.compile(
            rf"\b(?:(?:for|with) (?:new |all |young |local |expectant )?(?:{_FAMILIES})\b(?! (?:who work|’ workers|services|practitioners|workforce|in care))"
            r"|support groups?|peer support|self-help|coffee (?:mornings?|afternoons?)|tea and|stay (?:and|&) play|toddlers?|babies(?: group)? (?:group|massage)|baby (?:massage|group|sensory|yoga)|breastfeeding"
            r"|play ?(?:group|scheme|days?)|holiday (?:club|activit\w+)|youth (?:club|group)|(?:dads|mums|families|parents|men)(?:’|')? \w+|parenting (?:through|programme|group|course)|fun day|family (?:fun|learning|day)|warm (?:space|hub)s?)\b",
            re.IGNORECASE,
        ),
        _words(r"professionals|practitioners|staff|workforce|what [\w ]{0,30}need to know", r"workshops? for schools"),
    ),
    Sign(
        -7,
        "the title is of an outing or appeal:",
        _words(
            r"walks?|picnics?|fetes?|fêtes?|fairs?|fayres?|sales?|raffles?|quiz(?:zes)?|lotter(?:y|ies)|marathon|fun runs?|relays?|race|match(?:es)?|tournaments?|football|regatta|carols?|concerts?|exhibitions?|festivals?|part(?:y|ies)"
            r"|fund-?rais\w+|appeals?|donat\w+|collections?|sponsored [\w ]+|open days?|barbecue|bbq|ball|disco|pantomime|panto|church service|evensong|services of|film night|litter pick|choir|yoga|craft\w*|lunch club|cafés?|cafes?|exercise"
        ),
        _words(r"(?:training|course|workshop|webinar|briefing|seminar)s?"),
    ),
    Sign(
        -7,
        "the title is of hours or dates of the house:",
        _words(
            r"opening (?:hours|times)|(?:summer|winter|christmas|easter|bank holiday|half[- ]term|new year)[\w ]{0,20} (?:opening|closure|closing|hours|arrangements|break|closed)|(?:office|system|site|we(?:’re| are)?|hub|closing|closed)[\w ]{0,20} (?:closed|closure|down|moving|moved|over)"
            r"|term dates|school holidays|half[- ]terms?|change of (?:telephone|phone|address|e-?mail)|contact (?:us|details)|telephone number|address|downtime|maintenance|headcount|invoices?|payments?|funding|grants?|bursar(?:y|ies)|deadlines?|returns?|certificates"
        ),
    ),
    Sign(
        -7,
        "the title is of a week or day of action:",
        re.compile(
            r"\b(?:awareness|action|international|national|world|history|safer internet|pride)\b[\w’' ]{0,40}\b(?:week|weeks|month|day|year)\b"
            r"|\b(?:week|fortnight|month)\b(?=\W{0,3}(?:$|20\d\d|\d|–|-|:|\())|\b\d+ days of\b",
            re.IGNORECASE,
        ),
    ),
    Sign(
        -7,
        "the title is of people or of greetings:",
        _words(
            r"welcome(?! from the chair, and)|hello|greetings|new (?:faces?|starters?|chair|manager|team|staff)|meet (?:the|our)|(?:message|letter|note|word|foreword|introduction) from|spotlight on|profile|appoint(?:ed|ment|ments)|retire(?:s|ment)|goodbye"
            r"|in this (?:issue|edition)|contents|editorial|changes at|statement|dates for (?:your|the) diar(?:y|ies)"
        ),
        _words(r"(?:training|webinar|workshop|induction|briefing|keynote|course)s?", r"and what is"),
    ),
    Sign(
        -4,
        "the title is of a paper:",
        _words(
            r"polic(?:y|ies)|procedures?|protocols?|guidance|guidelines?|guides?|frameworks?|strateg(?:y|ies)|forms?|templates?|toolkits?|reports?|bulletins?|newsletters?|leaflets?|posters?|letters?|resources?|packs?|audits?|self[- ]assessments?|self-reviews?|returns?|legislation|frequently asked|faqs?|"
            r"act 20\d\d|duty hub|helpline|services?|keeping children safe in education|reviews? published|information sharing|statutory|amendments|campaign|checks?|figures|statistics|inspection"
        ),
    ),
    Sign(
        -9,
        "the title is of a paper called briefing:",
        _words(PAPER + r"(?:briefings?|guides?)"),
        _words(r"webinar|workshop|session|live"),
    ),
)

BOOKING = _words(
    r"book (?:a|your|one|on|onto|online|via|through|with|now|here|by|early|direct)\b[\w ]{0,25}",
    r"to book",
    r"booking (?:is |link|via|through|form|details|information|essential|required|a place)[\w ]{0,12}",
    r"(?:to be|can be|must be) booked",
    r"sign up(?: (?:here|now|to|for|via|on))?",
    r"(?:reserve|secure|request|get) (?:a|your) (?:place|seat|space|ticket)",
    r"(?:please )?register (?:your|now|here|for|via|at|on|online|through|to attend)",
    r"register(?:ing)? (?:a|your) (?:place|interest)",
    r"enrol (?:on|at|via|now|here)",
    r"no need to book|just turn up|no booking",
    r"(?:places|spaces) (?:are |still )*(?:available|limited|left|free)",
    r"(?:limited|free) (?:places|spaces)",
    r"fully booked|waiting list|join(?:ing)? (?:link|details|instructions)|teams link|zoom link|eventbrite",
)
PAST = _words(
    r"took place|(?:was|were) held|was attended|(?:were|was) (?:opened|told|joined|closed by|recorded|shown|welcomed|asked)|thank you to (?:everyone|everybody|all)",
    r"(?:people|colleagues|practitioners|delegates|professionals|staff|of you|participants|attendees|partners) (?:\w+ )?(?:attended|came|joined|heard|took part|gathered|met)",
    r"(?:over|more than|nearly|almost|some) (?:\w+ )?(?:\d+|hundred|ninety|fifty|sixty|eighty|forty|thirty)[\w ]{0,30} (?:attended|came|joined|took part|gathered)",
    r"brought together|heard (?:from|how|speakers|professor|dr)|spoke (?:about|of|to)|talked about|the day (?:was|began|ended)|looked at|described",
    r"held (?:on|at|in) [\w ]{0,40}(?:brought|was|were|saw)|(?:the )?(?:recording|slides)[\w ]{0,30} (?:is|are|can|will be)|watch (?:it|the recording|again)|missed (?:it|the)|was recorded|ran from",
    r"(?:our|the) [\w ]{0,40}(?:last|past) (?:week|month|year|friday|monday|tuesday|wednesday|thursday)",
)

SENTENCE_SIGNS = (
    Sign(2, "it can be booked:", BOOKING, _words(r"meal|table|holiday|appointment|gp|jab|vaccin\w+")),
    Sign(
        1,
        "it speaks of",
        TRAINING,
        _words(
            PAPER + "briefings?",
            r"(?:was|were|has been|have been|had been) (?:held|delivered|recorded|trained|run|told)|took place|watch again|job|post|role|we will hold|no training|postponed|cancel\w*|slides|recording|support group|"
            + PAST.pattern.removeprefix(r"\b(?:").removesuffix(r")\b"),
        ),
    ),
    Sign(2, "it is meant", FOR_PRACTITIONERS),
    Sign(
        1,
        "somebody leads it:",
        _words(
            r"(?:led|presented|delivered|facilitated|hosted|given|run) by|speakers?(?: include| will include)?|session lead|facilitators?|trainers?|presenters?|learning outcomes|by the end of|participants|delegates|keynote"
        ),
        PAST,
    ),
    Sign(-3, "it tells of what is past:", PAST),
    Sign(
        -5,
        "it is a vacancy:",
        _words(
            r"interviews? (?:will|are|on|:|for|thursday|monday|tuesday|wednesday|friday|\d)|closing date(?: for applications)?|applications? (?:close|by|to|form|are invited)|salary|per annum|fixed[- ]term|full[- ]time|part[- ]time|WTE|hours a week|job description|band \d"
        ),
        _words(r"closing date for (?:booking|register)\w*"),
    ),
    Sign(
        -4,
        "it asks for opinions:",
        _words(
            r"(?:the |this |our |online |short )?(?:survey|consultation|questionnaire)(?: (?:closes|ends|is open|runs|will|can|on|about|for)[\w ]{0,20})?|have your say|give your views|(?:want|like) to hear (?:from|your)|out for (?:comment|consultation)"
        ),
        _words(r"evaluation|after (?:the|each)|feedback form|clinical"),
    ),
    Sign(
        -4,
        "it is for families:",
        re.compile(
            rf"\b(?:(?:open|free|available|welcome|invite|offered|useful) (?:to|for) (?:all |any |new |local )*(?:{_FAMILIES})\b"
            rf"|(?:group|sessions?|drop[- ]in|club|programme|course|event|morning|help|support)s? (?:is |are )?for (?:all |any |new |local |the )*(?:{_FAMILIES})\b"
            r"|(?:parents|mums|dads|families|carers|residents|grandparents)(?: and \w+)? (?:can|may|are invited|are welcome|meet|who would like)|toddlers|self-?refer|peer supports?|you are not alone|ask your health visitor|crèche provided|per family|a family,"
            r"|support group|come along with your|bring (?:your|the) (?:child|children|baby|family)|(?:a|your) young person aged|citizens advice|vaccin\w+|flu jabs?)\b",
            re.IGNORECASE,
        ),
        _words(r"practitioners|professionals|staff|workforce|social workers|children’s social care|multi-agency"),
    ),
    Sign(
        -3,
        "it is a meeting:",
        _words(
            r"(?:by invitation|invitation only)|papers (?:are|to|by|will|for)|agenda items|the board (?:met|meets|will meet)|next meets|apologies to|minutes of|auditors|moderation"
        ),
    ),
    Sign(
        -3,
        "it is a task:",
        _words(
            r"must (?:be (?:submitted|returned|sent)|submit|return|apply|be raised|send)|(?:forms?|returns?) (?:back|wanted|due|by)|(?:submission|final|return) (?:date|period)|(?:should|must|to) (?:complete|submit|return|fill in|send in) (?:the|this|your|it|their)|due (?:by|on|before)"
        ),
        _words(r"booking form|evaluation"),
    ),
    Sign(
        -3,
        "it goes on week after week:",
        _words(
            r"(?:every|each|alternate) (?:other )?(?:week|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|weekly|fortnightly|(?:first|second|third|fourth|last) (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday) of (?:the|each|every) month|on (?:mondays|tuesdays|wednesdays|thursdays|fridays|weekdays)|monday to (?:friday|thursday)"
        ),
        _words(r"between \d|office|phone|telephone|contact|open|training|course"),
    ),
    Sign(
        -3,
        "it is a paper:",
        _words(
            r"(?:has|have) (?:been )?(?:updated|published|revised|changed|reviewed|renewed|agreed|approved|ratified|rewritten)|came into force|comes? into force|in force|takes? effect|(?:was|were) (?:ratified|published|signed off|agreed)|can be (?:downloaded|read)|(?:read|download) (?:the|a|our|it)|version \d|is out (?:now|today|ahead)|replaces"
        ),
        _words(r"course|training|workshops?|module|e-?learning|to book|book|dates?"),
    ),
    Sign(-2, "it gives opening hours:", _words(r"(?:is|are|will be) (?:open|closed|staffed)(?: from| until| on|,| \d)|opening hours|advice line|helpline|closed on")),
    Sign(-3, "it raises money or collects:", _words(r"fund-?rais\w+|raised £|sponsor(?:ed|ship)|donat\w+|raffle|in aid of|food bank|collecting")),
    Sign(-2, "it is a week of action:", _words(r"(?:the|this|national|awareness) week (?:runs|is|takes|took|ran|aims|will)|awareness (?:week|day|month)|days of action|campaign")),
    Sign(-3, "it is only planned:", _words(r"(?:we )?(?:hope|plan|intend) to (?:do|hold|run|offer|put)|once [\w ]{0,40} (?:is|are) known|watch this space")),
)

CONTEXT_SIGNS = (
    Sign(
        1,
        "it stands under",
        _words(r"courses?|trainings?|learning|lunch (?:and|&) learn|events|workshops?|briefings?|webinars?|CPD|calendar", r"(?:training|learning) (?:dates|events|programme|opportunities|calendar|bulletin|update)"),
    ),
    Sign(-2, "it stands under", _words(r"vacancies|jobs|meetings|for (?:families|parents|residents)|community events|what(?:’|')?s on|surveys?|consultations?|resources|policies|reports|other news|reminders?")),
)
CANCELLED = _words(r"cancel\w*|postpone\w*")
