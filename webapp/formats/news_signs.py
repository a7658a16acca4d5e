"""What the sentences of an announcement say for or against training.

A sign is a habit of speech, never one page's phrase: it should hold for a page nobody has seen.
"""

from webapp.formats.news_title_signs import Sign
from webapp.formats.news_vocabulary import (
    BOOKING,
    FAMILY,
    FOR_PRACTITIONERS,
    PAPER,
    PAST,
    PRACTITIONERS,
    REFERRED,
    TRAINING,
    words,
)

_OF_A_PAPER = words(
    r"""(?:has|have) (?:just |now )?(?:been )?(?:updated|published|revised|changed|reviewed|\
        renewed|agreed|approved|ratified)
        came into force | comes? into force | in force | takes? effect
        can be (?:downloaded|read) | (?:was|were) (?:ratified|published|signed off|agreed)
        download (?:the|a|our|it) | version \d | is out (?:now|today|ahead)"""
)
_NOT_OFFERED = words(
    r"""(?:was|were|has been|have been|had been) (?:held|delivered|recorded|trained|run|told)
        job | post | role | we will hold | no training | postponed | cancel\w* | support group"""
)

SENTENCE_SIGNS = (
    Sign(
        2,
        "it can be booked:",
        BOOKING,
        words(r"tables? | holiday | appointments? | a time | 1(?::| to )1 | jabs? | vaccin\w+"),
    ),
    Sign(
        1,
        "it speaks of",
        TRAINING,
        words(f"{PAPER.pattern}\n{PAST.pattern}\n{_NOT_OFFERED.pattern}"),
    ),
    Sign(2, "it is meant", FOR_PRACTITIONERS),
    Sign(
        2,
        "a date is to follow:",
        words(r"dates? (?:to be confirmed|to be announced|to follow|tbc|tba)"),
    ),
    Sign(
        2,
        "a day of it is off:",
        words(
            r"""(?:course|session|training|workshop|briefing|webinar|seminar)[^.]{0,60} (?:is|\
                are|was|has been|will) (?:cancelled|postponed|not (?:run|go ahead|take place)|\
                put off|moved)"""
        ),
    ),
    Sign(
        2,
        "it is laid out like a course:",
        words(
            r"""^(?:(?:course|session) )?(?:outline|description|learning outcomes)$
                ^booking (?:information|details) | ^(?:target )?audience
                ^(?:venue|cost|fee|trainers?|facilitators?)s?\s?: | ^(?:who|who for)\s?:"""
        ),
    ),
    Sign(-3, "it is of papers called briefings:", PAPER, words(r"webinar | workshop | book")),
    Sign(
        1,
        "it is held online:",
        # "Outreach teams will visit" is no call.
        words(
            r"""(?:ms|microsoft) teams | (?:on|via|over|by|using|through) teams\
                | (?-i:Teams)(?! of) | zoom | webex | google meet"""
        ),
    ),
    Sign(
        1,
        "somebody leads it:",
        words(
            r"""(?:led|presented|delivered|facilitated|hosted|given|run) by | speakers?
                session lead | facilitators? | trainers? | presenters? | learning outcomes
                participants | delegates"""
        ),
        PAST,
    ),
    Sign(-6, "it tells of what is past:", PAST),
    Sign(
        -6,
        "it is a vacancy:",
        words(
            r"""recruitment (?:event|evening|fair|drive)s?
                interviews? (?:will|are|on|for|thursday|monday|tuesday|wednesday|friday|\d)
                salary | interviews: | closing date
                applications? (?:close|by|to|form|are invited) | per annum | fixed[- ]term
                full[- ]time | part[- ]time | WTE | hours a week | job description | band \d"""
        ),
        words(r"closing date for (?:booking|register|registration|expressions|nominations)\w*"),
    ),
    Sign(
        -4,
        "it asks for opinions:",
        words(
            r"""(?:survey|consultation|questionnaire)(?: (?:closes|ends|is open|runs|will|can|on|\
                about|for|is))?
                have your say | give your views | (?:want|like) to hear (?:from|your)
                out for (?:comment|consultation) | tell us what you think"""
        ),
        words(r"evaluation | after (?:the|each) | feedback form | clinical"),
    ),
    Sign(-6, "it is for families:", FAMILY, PRACTITIONERS),
    # Whoever is told of it: "parents can be referred by a professional", "ask your health visitor".
    Sign(-6, "families are referred to it:", REFERRED, words(r"practice | training | referrers?")),
    Sign(
        -7,
        "it looks for people to work with:",
        words(
            r"""(?:would like|wants?|hopes?|keen|looking) to meet
                (?:take on|host) an? (?:apprentice|student|trainee)"""
        ),
        words("training | course | workshop"),
    ),
    Sign(
        -9,
        "it gives each an appointment:",
        words(
            r"""(?:\d+|ten|fifteen|twenty|thirty)[- ]minutes? (?:slots?|appointments?)
                (?:slots?|appointments?) (?:to see|to speak|to talk|with (?:a|an|our|the))"""
        ),
    ),
    Sign(-7, "one has to be invited:", words(r"by invitation(?: only)? | invitation only")),
    Sign(
        -6,
        "it tells of people:",
        words(
            r"""retires? | has left | leaves us | joins us as | starts as
                took up the (?:role|post) | has been appointed | is appointed | we say goodbye"""
        ),
    ),
    Sign(
        -5,
        "it is a meeting:",
        words(
            r"""papers (?:are|to|by|will|for) | agenda items | apologies to | auditors | moderation
                the (?:board|executive) (?:met|meets|will meet) | next meet\w* | minutes of"""
        ),
    ),
    Sign(
        -3,
        "it is a task:",
        words(
            r"""must (?:be (?:submitted|returned|sent|raised)|submit|return|apply|send)
                forms back | (?:forms?|returns?) (?:are )?(?:wanted|due|by)
                (?:submission|final|return) (?:date|period)
                (?:survey|quiz|form|portal|window|lines|it|^)\W?(?:will )?closes? (?:at|on)
                open all week
                (?:should|must|to) (?:submit|return|fill in|send in) (?:the|this|your|it|their)
                due (?:by|on|before)"""
        ),
        words(r"booking form | evaluation | template"),
    ),
    Sign(
        -5,
        "it goes on week after week:",
        words(
            r"""(?:every|each|alternate) (?:other )?(?:week|fortnight|monday|tuesday|wednesday|\
                thursday|friday|saturday|sunday)
                weekly | fortnightly
                on (?:mondays|tuesdays|wednesdays|thursdays|fridays|weekdays)
                (?:first|second|third|fourth|last) (?:monday|tuesday|wednesday|thursday|friday|\
                saturday|sunday) of (?:the|each|every) month"""
        ),
        words(r"office | phones? | telephone | contact | open | training | course"),
    ),
    Sign(
        -3,
        "it is a paper:",
        _OF_A_PAPER,
        words(
            r"courses? | training | workshops? | modules? | e-?learning | to book | book | dates?"
        ),
    ),
    Sign(
        -6, "a house is closed for it:", words(r"closed (?:for|while|so that)[\w ]{0,20} training")
    ),
    Sign(
        -2,
        "it gives opening hours:",
        words(
            r"""(?:is|are|will be) (?:open|closed|staffed)(?: from| until| on|,| \d| (?:mon|tues|\
                wednes|thurs|fri|satur|sun)day)
                opening hours | closed on | phone lines
                (?:ring|call|phone|telephone) [\d ]{5,15}(?:between|from|\W?\d)
                | (?:24 hours|seven days) a (?:day|week) | 24/7"""
        ),
    ),
    Sign(
        -2,
        "it is a week of action:",
        words(
            r"""(?:the|this|national|awareness) week (?:runs|is|takes|took|ran|aims|will)
                awareness (?:week|day|month) | days of action | campaign"""
        ),
    ),
    Sign(
        -4,
        "it is only planned:",
        words(
            r"""(?:we )?(?:hope|plan|intend) to (?:do|hold|run|offer|put)
                once [\w ]{0,40} (?:is|are) known | watch this space
                (?:will|to) hold a[\w ]{0,30} once"""
        ),
        # Only the place of what has its day is not known yet.
        words(r"(?:venue|location|room|place)s?\W{1,4}(?:details )?watch this space"),
    ),
)
