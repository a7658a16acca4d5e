"""What days with hours tell of that nobody is trained on: stalls, days that are kept, school dates.

The signs of these are weighed with those of the room for sentences and of that for titles.
"""

import re

from webapp.formats.news_title_signs import Sign
from webapp.formats.news_vocabulary import FOR_PRACTITIONERS, TRAINING, either, words

_TEAM = either(
    r"""teams? | staff | officers? | advis[eo]rs? | colleagues | volunteers? | partners | police
    crew | PCSOs? | wardens? | charit(?:y|ies) | services? | organisations? | agencies | we
    (?:we|they)(?:\u2019|')ll"""
)
_PUBLIC_PLACE = either(
    r"""(?:these|the following|various|several|different|a number of|many|local|other) (?:venues|\
        locations|places|sites|events|supermarkets|shops|libraries|markets)
        (?:the )?(?:town|city|village) (?:centre|hall|square)
        (?:the )?(?:shopping|leisure|garden) (?:cent(?:re|er)s?|malls?|parks?)
        (?:the )?(?:high street|streets?|markets?|supermarkets?|(?:railway|bus|train) station|\
        public transport|town|community|parks?|shops?|pubs?|mosques?|foyer|entrance)
        (?:the )?main (?:public )?(?:transport|routes?|entrance|reception|shopping)"""
)
# Where anybody may meet those who help: a stall, a stand, officers in the street.
STALL = words(
    rf"""(?:information|info|advice|awareness|community|public|market|pop-?up|engagement|outreach\
        |display|promotional) (?:stalls?|stands?|tables?|desks?|booths?|kiosks?|buses|bus|vans?)
        (?:stalls?|stands|pop-?ups) (?:at|in|outside|across|around|will|are|on)
        {_TEAM} (?:will |can |are |is )?(?:\w+ )?(?:be )?(?:out and about|out on|out in|on hand\
        |present|based|available|visiting|at|in|on) (?:at |in |on |across |around |outside )?\
        {_PUBLIC_PLACE}
        {_TEAM} (?:will |are |is )(?:be )?(?:visit(?:ing)?|touring?|patrol(?:ling)?)
        (?:where|when) (?:to find us|you can find us|we will be|we(?:\u2019|')ll be|to see us)
        (?:find|visit|catch|spot|meet|see) us (?:at|in|on|out|there|outside|around)
        (?:visit|see|find) our (?:stall|stand|display|table)
        come (?:along )?(?:and|to) (?:say hello|say hi|meet (?:us|the|our|your)|see us|find us|chat)
        (?:pop|call|drop) (?:in|by|along|over) (?:and|to|for) (?:say|see|meet|chat|speak|talk|find\
        |a (?:chat|cuppa|coffee|cup))
        (?:speak|talk|chat) to (?:members of )?the public
        (?:hand|handing|handed|give|giving) out (?:leaflets|information|advice|flyers|posters)
        (?:residents|shoppers|passers-by|commuters|passengers|visitors|members of the public|the \
        public|travellers) (?:can|will|are|may|could)"""
)
_EVENT_DAY = words(
    r"""(?:study|training|development|away|launch|conference|network(?:ing)?|learning|practice|\
        reflective|open|inset|induction|refresher|team|planning|taster|assessment|foundation|core|\
        information|workshop|cpd|staff|leads?|dsls?|practitioners?|professionals?|managers?|\
        partners|partnership|multi-agency|governors?|trustees?|volunteers?|full|half|whole|one|\
        two|three|four|five|first|second|third|\d)(?:\u2019|'s|s')? days?"""
)

OTHER_TITLE_SIGNS = (
    Sign(
        -9,
        "the title is of a paper called briefing:",
        words("^next briefing$"),
        yields_to_hours=True,
    ),
    Sign(
        -7,
        "the title is of a stall or a visit:",
        STALL,
        words(f"{TRAINING.pattern} | how to"),
    ),
    Sign(
        -6,
        "the title is of a day that is kept:",
        re.compile(
            r"^\W*(?:(?:[A-Z][\w\u2019'-]*|of|the|for|to|and|in|a|&)\s){1,7}?Day\b"
            r"(?=\W*(?:$|\d|[-\u2013:,(]))"
        ),
        re.compile(f"{_EVENT_DAY.pattern}|{TRAINING.pattern}", re.IGNORECASE),
        yields_to_hours=True,
    ),
    Sign(
        -9,
        "the title is of the dates of a school:",
        words(
            r"""(?:term|school|holiday)(?:,? (?:and|&|/) (?:\w+ )?\w+)? dates
            inset days? \d{4}.* | ^(?:staff )?inset days?(?: \d)?\W*$
            (?:A[- ]?levels?|GCSE|SATs?|exam(?:ination)?) (?:results?\
            |timetable|dates)
            results day | offer day | (?:school|pupil|primary|secondary) (?:admissions?|census)
            (?:starting|start|joining) (?:reception|nursery|school|junior|infant|primary|secondary\
            |year \d)
            transition (?:day|evening|week)s? | holiday activit(?:y|ies) | (?:school|class) photo\w*
            parents(?:\u2019|')? consultation"""
        ),
        words(r"training | briefings? | workshops? | webinars? | for (?:staff|schools|DSLs)"),
    ),
)

# Under such a heading, or such words above a list, stands more of that.
OTHER_CONTEXT_SIGNS = (
    Sign(-9, "it stands under", STALL, TRAINING),
    Sign(
        -6,
        "it stands under",
        words(r"(?:term|school|holiday|inset)(?:,? (?:and|&|/) (?:\w+ )?\w+)? dates"),
    ),
)

OTHER_SENTENCE_SIGNS = (
    Sign(
        -3,
        "it raises money or collects:",
        words(
            r"""fund-?rais\w+ | raised £ | sponsor(?:ed|ship) | donat\w+ | raffle | in aid of
                food bank"""
        ),
    ),
    Sign(
        -6,
        "anybody can meet them there:",
        STALL,
        re.compile(f"{TRAINING.pattern}|{FOR_PRACTITIONERS.pattern}", re.IGNORECASE),
    ),
)
