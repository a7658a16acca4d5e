"""What the headings above an announcement say for or against training."""

from webapp.formats.news_title_signs import TITLE_SIGNS, Sign
from webapp.formats.news_vocabulary import OVER, TRAINING, words

OF_THE_WHOLE = (
    "a vacancy:",
    "for opinions:",
    "looks back:",
    "for families:",
    "an outing or appeal:",
)
CONTEXT_SIGNS = (
    Sign(
        1,
        "it stands under",
        words(
            r"""courses? | trainings? | learning | lunch (?:and|&) learn | workshops?
                briefings? | webinars? | CPD | programme | multi-agency"""
        ),
    ),
    Sign(
        -2,
        "it stands under",
        words(
            r"""vacancies | jobs | for (?:families|parents|residents)
                community events | what(?:\u2019|')?s on | surveys? | consultations? | policies"""
        ),
    ),
    Sign(-6, "it stands under", words(r"meetings?(?: dates)?"), TRAINING),
    # What each day of a week is about is no session on it.
    Sign(-6, "it stands under", words(r"(?:daily|weekly) themes? | themes? of (?:the|each) day")),
    Sign(-9, "it stands under", OVER),
    # Under the heading of something else, such as "Have your say", stands more of that.
    *(
        Sign(-6, sign.reason.replace("the title", "the heading"), sign.pattern, sign.unless)
        for sign in TITLE_SIGNS
        if sign.reason.endswith(OF_THE_WHOLE)
    ),
)
