import pytest

from tests.announcements import item, words
from webapp.models import Course, Kind
from webapp.services import news_matching


def course(title, short_title="Short", kind=Kind.COURSE):
    return Course(title=title, short_title=short_title, kind=kind)


@pytest.mark.parametrize(
    ("one", "other", "are_alike"),
    [
        ("Neglect", "NEGLECT!", True),
        ("Child\u2019s voice \N{EN DASH} a workshop", "Childs voice", True),
        ("Harmful Sexual Behaviour Training", "Harmful Sexual Behaviour", True),
        ("Harmful Sexual Behavior", "Harmful Sexual Behaviour", True),
        ("CANCELLED - Safer Sleep Briefing", "Safer Sleep Briefing", True),
        ("Safer Sleep: FULLY BOOKED", "Safer Sleep", True),
        ("New dates: Safer Sleep", "Safer Sleep", True),
        ("Safeguarding Level 2", "Safeguarding Level 3", False),
        ("Safeguarding Core", "Safeguarding Refresher", False),
        ("Safeguarding Children", "Safeguarding Adults", False),
        ("Neglect", "Exploitation", False),
        # Nothing is left of these without the words that any title has.
        ("Training dates", "Upcoming events", False),
    ],
)
def test_titles_are_alike_whatever_surrounds_what_they_say(one, other, are_alike):
    assert (news_matching.likeness(one, other) >= news_matching.ALIKE) is are_alike
    assert news_matching.likeness(one, other) == news_matching.likeness(other, one)


def test_of_two_courses_the_one_that_is_named_is_proposed():
    basics = course("Domestic abuse and children")
    other = course("Domestic abuse and older people")
    found = news_matching.course_of(item("Domestic abuse and older people"), [basics, other])
    assert found == (other, 100)


def test_a_title_far_from_all_courses_proposes_none():
    assert news_matching.course_of(item("Neglect"), [course("Exploitation")]) == (None, 0)


def test_a_short_name_inside_a_heading_is_chance():
    assert news_matching.course_of(
        item("What neglect does to the brain of a child"), [course("Neglect", "Neglect")]
    ) == (None, 0)


@pytest.mark.parametrize(
    ("text", "is_known"),
    [
        ("Sign up for Shared Responsibilities and Procedures: Working Together today.", True),
        ("Sign up for Shared Responsibilities today.", False),
    ],
)
def test_a_long_title_in_the_text_says_which_course_it_is(text, is_known):
    known = course("Shared Responsibilities and Procedures Working Together")
    found = item("Changes to our courses", booking=words(text))
    assert news_matching.is_surely(found, known) is is_known
    assert (news_matching.course_of(found, [known])[0] is known) is is_known
