"""What the title alone says for or against training, with weights."""

import re
from dataclasses import dataclass

from webapp.formats.news_vocabulary import (
    FAMILY_TITLE,
    PAPER,
    PRACTITIONERS,
    SUBJECT,
    TRAINING,
    words,
)


@dataclass(frozen=True)
class Sign:
    """What is looked for, what it is worth, and how to say so before the words that were found."""

    weight: int
    reason: str
    pattern: re.Pattern[str]
    # Words beside it that take its meaning away.
    unless: re.Pattern[str] | None = None
    # Whether a day with hours, and no sentence about it, takes its meaning away.
    yields_to_hours: bool = False


_EVENT = words(
    r"professionals | practitioners | training | courses? | workshops? | webinars? "
    r"| briefings? | seminars? | induction"
)

# Those who see to the training, and what they ask and count.
_NO_TRAINING = words(
    rf"""{PAPER.pattern}
        (?:training|learning) (?:team|unit|needs|portal|platform|records?|figures|offices?)"""
)

TITLE_SIGNS = (
    Sign(3, "the title says", TRAINING, _NO_TRAINING),
    Sign(1, "its subject is", SUBJECT, words(r"week | month | survey | consultation")),
    Sign(
        -9,
        "the title is of a vacancy:",
        words(
            r"""vacanc(?:y|ies) | job opportunit(?:y|ies) | tenders? | market engagement
                (?:we are|we\u2019re|we're|now) (?:recruiting|hiring)
                join (?:us|our team|the team) | recruitment (?:event|evening|fair|drive)s?
                expressions? of interest[\w: ]{0,20} pool | work (?:with|for) us
                wanted | come and work
                (?:chairs?|members?|trustees?|volunteers?|trainers?|panel|auditors) (?:sought|\
                needed|required)
                (?:training|learning|quality)[\w ]{0,30} (?:officer|co-?ordinator|adviser|\
                administrator)"""
        ),
        words(r"for (?:new )?(?:officers|co-?ordinators|advisers)"),
    ),
    Sign(
        -7,
        "the title asks for opinions:",
        words(
            r"""have your say | surveys? | questionnaire | consultations? | consulting on
                your views? | needs analys[ie]s
                focus groups? | research (?:study|project|participants)
                call for (?:evidence|views|papers|speakers|trainers|proposals|contributions)
                (?:tell us|let us know) (?:what|how|your) | poll | feedback (?:wanted|needed)
                ^(?:(?:your|any) )?questions(?: (?:and|&) answers)?$ | ^q ?(?:and|&) ?as?$"""
        ),
        words(r"(?:consultation|survey) (?:workshop|briefing|webinar|skill)s?"),
    ),
    Sign(
        -7,
        "the title looks back:",
        words(
            r"""watch again | catch up | looking back | looks? back | looked back
                if you missed | missed it | photographs | draws | recordings? | recorded
                slides | highlights | what we (?:heard|did|said)
                thank(?:s|[- ]you) | success(?:ful)? | celebrat\w+ | congratulations | well done
                farewell | raise[sd] | award(?:s|ed)? | winners? | nominations? | nominate
                reflections (?:on|from) | hears (?:how|from|about) | rated | podcasts? | videos?"""
        ),
        # What went well and comes again is still to come.
        words(
            r"""(?:training|courses?|sessions?|workshops?|webinars?|briefings?) (?:returns?|(?:is|\
                are) (?:coming )?back|comes? back|to return)
                (?:more|further|extra|additional) (?:training|courses?|sessions?|workshops?|dates\
                |webinars|briefings)"""
        ),
    ),
    Sign(
        -7, "the title looks back:", words(r"what we (?:have )?learn(?:t|ed)"), yields_to_hours=True
    ),
    Sign(
        -12,
        "the title is of a meeting:",
        words(
            r"""(?:board|executive|committee|sub-?group|panel|partnership|trustees(?:\u2019|')?|\
                governing body|PCC|support|task group|scrutiny)(?: board)? (?:meetings?|dates|\
                news|agenda)
                boards? | MARACs? (?:dates|meetings?)
                (?<!network )(?<!networking )(?<!forum )(?<!DSL )(?<!leads )(?<!lead )\
                (?<!strategy )(?<!child in need )(?<!professionals )(?<!professionals\u2019 )\
                meetings?
                (?:annual general|general|open|public|team) meetings? | AGM
                minutes | hearings | (?:executive|committee|council|synod)$
                (?:strategic|steering|executive|scrutiny)[\w ]{0,25} (?:group|board|committee|\
                panel)"""
        ),
        words(
            r"""training | briefings? | workshops? | webinars? | seminars? | courses?
                development | for boards"""
        ),
    ),
    Sign(
        -12,
        "the title is of the terms of booking:",
        words(
            r"""^(?:how to )?(?:apply|applying|attend|attending|book|booking) (?:for |on |onto )?\
                (?:a |our )?(?:training|courses?)(?: courses?)?$
                terms (?:and|&) conditions"""
        ),
    ),
    # Even that of the training.
    Sign(
        -12, "the title is of a meeting:", words(r"sub[- ]?groups?"), words(r"for sub[- ]?groups?")
    ),
    Sign(
        -12,
        "the title is for families:",
        FAMILY_TITLE,
        re.compile(
            rf"{PRACTITIONERS.pattern}|\btraining\b(?! for\b)|\bworking (?:with|together)\b"
            r"|\bchild protection\b|\bgetting it right\b"
            r"|\b(?:effective support|right help|outcomes|thresholds|plans|planning|practice"
            r"|pathways?|assessments?|interventions?) for\b"
            r"|\bwhat\b.{0,40}\bneed to know",
            re.IGNORECASE,
        ),
    ),
    Sign(-12, "the title is of nothing:", words(r"no (?:events|courses|training|sessions)$")),
    Sign(-12, "the title is for families:", words(r"your (?:health visitor|midwife|GP)")),
    Sign(
        -7,
        "the title is of an outing or appeal:",
        words(
            r"""walks? | picnics? | f[eê]tes? | fairs? | fayres? | sales? | raffles?
                quiz(?:zes)? | races? | lotter(?:y|ies) | stalls? | amnest(?:y|ies) | marathon
                warn(?:s|ing)? (?:of|about|over) | (?:fun|charity) runs? | \d{1,2}k | relays?
                match(?:es)? | tournaments? | football | regatta | carols? | concerts?
                exhibitions? | festivals? | tours? | trips? | (?:activity|sports) days?
                book (?:clubs?|groups?) | performances? | (?:tea )?dances? | stay (?:and|&) play
                part(?:y|ies) | fund-?rais\w+ | appeals? | donat\w+
                collections? | sponsored \w+ | open (?:day|morning|evening|afternoon)s?
                barbecue | bbq | disco | panto(?:mime)? | evensong | film night | litter pick
                choir | yoga | lunch club | caf[eé]s?
                (?:flu|vaccination|blood|health) clinics? | flu | vaccinations?"""
        ),
        _EVENT,
    ),
    Sign(
        -7,
        "the title is of the house and its terms:",
        words(
            r"""(?:opening|office|duty|helpline|line|phone|reception) (?:hours|times)
                (?:phone|telephone|duty|advice) lines? | bank holidays
                out of hours | protected learning time(?: dates)?(?: for)?[\d /-]*$
                term dates | school holidays
                (?:DBS|ID|identity) (?:check )?(?:clinics?|drop[- ]?ins?|renewals?)
                half[- ]terms? | downtime | closures? | closed(?! cultures?)
                road ?works | rehearsals?
                (?:summer|winter|christmas|easter|bank holiday|new year|\
                festive)[\w ]{0,20} (?:opening|closure|closing|hours|arrangements|break|closed|\
                contacts?|cover)
                (?:office|offices|we are|hub|closing)(?: \w+)? (?:closed|closure|moves?|moving|\
                moved|over)
                (?:service|team|clinic|desk) (?:moves|is moving|has moved)
                (?:system|site|website|portal|platform)[\w ]{0,20} (?:down|unavailable|upgrade|\
                maintenance)
                (?:page|(?:web)?site|hub|portal|platform)s? (?:(?:is|are|goes|now|has) ){0,2}\
                (?:live|launched)
                change of (?:telephone|phone|address|e-?mail) | contact (?:us|details)
                telephone number | ^(?:lunch|break|coffee|refreshments|registration)$
                next (?:issue|edition|bulletin|newsletter)
                section (?:11|157|175) | headcount | invoices? | payments? | funding | grants?
                bursar(?:y|ies) | deadlines? | returns(?! to) | certificates | charges
                (?<!disguised )compliance | charging | non-?attendance | cancellation policy
                (?:booking|learning management) (?:system|portal|terms) | statistics
                (?<!father )figures"""
        ),
    ),
    Sign(
        -6,
        "the title is of a week or day of action:",
        re.compile(
            r"\b(?:awareness|action|international|national|world|history"
            r"|safer internet|white ribbon|holocaust|memorial|remembrance)\b[\w\u2019' ]{0,40}"
            r"\b(?:week|month|day|year)\b|\b(?:weeks?|fortnight|month|sunday)\b(?=\W{0,3}(?:$|\d"
            r"|\u2013|-"
            r"|:)| (?:is|runs|takes)\b)"
            r"|\b\d+ days of\b|\btime to talk\b",
            re.IGNORECASE,
        ),
        _EVENT,
    ),
    Sign(
        -7,
        "the title is of people or of greetings:",
        words(
            r"""welcome | hello | greetings | (?:keep|stay) in touch | subscribe
                new (?:faces?|starters?|chair|manager|team)
                goodbye | meet (?:the|our) | (?:message|letter|note|word|foreword) from
                spotlight on | editorial | appointed | (?:new|recent) appointments?
                appointments? (?:of|to) | ^appointments?$ | retire(?:s|ment)
                (?:in|inside) this (?:issue|edition|bulletin|newsletter) | contents | statement
                dates for (?:your|the) diar(?:y|ies) | changes at"""
        ),
        words(
            r"training | webinar | workshop | induction | briefing | keynote | course | and what is"
        ),
    ),
    Sign(
        -4,
        "the title is of a paper or a service:",
        words(
            r"""polic(?:y|ies) | procedures? | protocols? | guidance | guidelines? | guides?
                frameworks? | strateg(?:y|ies)(?! (?:meeting|discussion)s?) | forms? | templates?
                toolkits?
                reports?(?! writing) | bulletins? | newsletters? | leaflets? | posters? | workbooks?
                letters? | resources? | packs? | audits? | self[- ]assessments? | self-reviews?
                legislation | frequently asked | faqs? | (?:duty|advice) hub
                (?:duty|advice|crisis|support|consultation|listening) lines? | helplines?
                new services? | keeping children safe in education | information sharing
                amendments | campaign | checks? | peer (?:review|challenge) | inspections?
                published"""
        ),
        yields_to_hours=True,
    ),
    Sign(
        -9,
        "the title is of a paper called briefing:",
        PAPER,
        words(r"webinar | workshop | live"),
        yields_to_hours=True,
    ),
)
