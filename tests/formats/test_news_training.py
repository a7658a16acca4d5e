"""Training or not: items as pages announce them, each with what a careful reader would say."""

from datetime import timedelta

import pytest

from webapp.formats import news_training
from webapp.models import Kind

# Title, text, whether it has days to come.
TRAINING = [
    ("Joint working with the courts", "We speak of it on 4 June at 2pm.", True),
    ("Section 47 and Strategy Meetings", "10 June 2025, 1.30pm to 4.30pm, Teams", True),
    ("Child in Need Meetings", "12 June 2025, 10am to 12pm, Teams", True),
    ("Safeguarding Babies", "Wed 4 June 2025, 10am-12noon, Teams", True),
    (
        "Neglect Toolkit launch",
        "We are launching our neglect toolkit with two online sessions for all partner "
        "agencies on 3 and 10 March at 2pm. Places can be booked via Eventbrite.",
        True,
    ),
    (
        "Annual Safeguarding Conference: save the date",
        "Thursday 6 November 2025, Town Hall. More details to follow.",
        True,
    ),
    ("MARAC awareness sessions for professionals", "Join us on 12 May at 1pm.", True),
    (
        "Working with resistant families",
        "A one-day course for social workers and family support workers. Tuesday 11 February "
        "9.30am-4pm",
        True,
    ),
    (
        "Safeguarding Supervision for Managers",
        "Two-day programme, 4 and 11 March 2025, 9.30-16.30, Civic Centre.",
        True,
    ),
    (
        "Domestic Abuse Forum",
        "Next meeting of the practitioners' forum: Tuesday 4 March 2pm to 4pm on Teams. Guest "
        "speaker from the refuge.",
        True,
    ),
    (
        "Practice briefings on the new thresholds",
        "Three lunchtime briefings on 2, 9 and 16 June, 12.30 to 1.15pm. Open to everyone in "
        "the children's workforce.",
        True,
    ),
    (
        "Hearing what is not said",
        "A day for champions, 6 May, 9.30am to 1pm. Closing date for nominations: 2 April.",
        True,
    ),
    ("A safeguarding workshop for youth clubs", "On Zoom on Monday 6 May from 7pm.", True),
    ("Neglect and missed appointments", "Tuesday 6 May, 10am to 11.30am", True),
    (
        "Anti-Bullying Week webinar for schools",
        "A free webinar for teachers, Tuesday 11 November, 4pm to 5pm. Sign up via the link.",
        True,
    ),
    (
        "Child Exploitation e-learning",
        "A new e-learning module on child exploitation is available to all staff through the "
        "learning portal.",
        False,
    ),
    (
        "Basic awareness e-learning",
        "Our free e-learning takes an hour and can be started at any time. Register on the portal.",
        False,
    ),
    (
        "LADO drop-in",
        "Bring your questions to the LADO, Wednesday 5 March 12-1pm, Teams. Headteachers and "
        "DSLs welcome.",
        True,
    ),
    (
        "DSL network",
        "Spring term meeting, Monday 3 February 4pm - 5.30pm, Hall School. For designated "
        "safeguarding leads.",
        True,
    ),
    (
        "Suicide Prevention Day event",
        "To mark World Suicide Prevention Day there is a free seminar for professionals on 10 "
        "September, 10am-1pm. Book here.",
        True,
    ),
    (
        "Learning event: Child Z",
        "Wednesday 8 October, 9.30am to 12.30pm, Guildhall. Book through the Learning Hub.",
        True,
    ),
    (
        "Trauma-informed practice",
        "Two-day face to face course. No dates at present: register your interest.",
        False,
    ),
    (
        "Motivational interviewing",
        "Cancelled: the course on 12 May will not run. New dates soon.",
        False,
    ),
    (
        "Professional curiosity",
        "Join us for an hour with Dr Ann Li on Tuesday 4 March, 12-1pm, to think about curiosity.",
        True,
    ),
    (
        "Self-neglect and hoarding: multi-agency workshop",
        "10 April 2025 at 9.30am; £40; lunch provided",
        True,
    ),
    ("Governor induction", "Part 1: 4 Oct 6pm; part 2: 11 Oct 6pm", True),
    ("Paediatric first aid", "Sat 8 March, 9am-4pm, £75 per person", True),
    (
        "Hidden in plain sight",
        "A play about county lines, followed by a discussion for professionals. Thursday 6 "
        "Feb 1.30pm, Playhouse. Reserve your seat.",
        True,
    ),
    ("Train the trainer", "Become a trainer: two days, 4 and 5 June 2025 9.30am - 4pm.", True),
    (
        "Cyber choices",
        "PC Dan Holt explains the programme. Friday 7 March at 10am on Zoom. All agencies.",
        True,
    ),
    ("Safer recruitment", "Thur 6 Nov 2025 | 09:30-12:30 | Zoom | £45", True),
    (
        "Mental Capacity Act: next steps",
        "An afternoon with our solicitor for care home managers. 3 July, 1.30 until 4",
        True,
    ),
    (
        "Reflective practice group",
        "For newly qualified social workers, monthly: 4 March, 1 April, 6 May, 2pm-3.30pm, "
        "Teams. Book via the academy.",
        True,
    ),
]
OTHER = [
    ("Childminder stay and play", "Thursday 16 January, 10am to 11.30am", True),
    ("Safeguarding Weeks", "17 to 28 November 2025", True),
    (
        "Keep in touch",
        "Has a colleague not had this? They can sign up with the link below, and forward it.",
        False,
    ),
    ("Inquiry public hearings", "Places in the gallery can be booked. 5 June, 10am to 4pm.", True),
    (
        "Protected learning time",
        "Please note that we will be closed for staff training on 21 January, 2pm to 6pm.",
        True,
    ),
    ("Questions & Answers", "Viewers can ask our chair at a session on 7 May at 7pm.", True),
    ("Q&A", "Viewers can ask our chair at a live session on 7 May at 7pm.", True),
    ("Strategy group meetings", "12 June 2025, 10am to 12pm, Teams", True),
    ("Board Learning Zone", "Our courses are open to every agency.", False),
    ("Sibling drop-in (ages 8 to 12)", "Saturday 7 June, 10.30am to 12 noon", True),
    (
        "New neglect toolkit",
        "Our new neglect toolkit was launched in March and is now on the website. Please "
        "share it with your teams.",
        False,
    ),
    (
        "Annual conference was a success",
        "More than 200 delegates attended our conference on 6 November at the Town Hall, "
        "9.30am to 4pm.",
        False,
    ),
    (
        "Online safety evening",
        "For parents and carers of primary pupils. Thursday 6 March, 6pm to 7pm at the "
        "school. Book your place here.",
        True,
    ),
    ("Internet safety webinar for parents", "Tuesday 11 February 7pm. Register online.", True),
    (
        "Training needs survey",
        "Please complete the survey about your training needs by 31 March. It takes five minutes.",
        False,
    ),
    (
        "Changes to our booking system",
        "From 1 April our courses will be booked on a new system. You will need a new account.",
        False,
    ),
    (
        "Non-attendance charges",
        "A charge of £50 is made for training places not cancelled five days before.",
        False,
    ),
    (
        "Bereavement support group",
        "Meets on the first Tuesday of every month at 6pm in the library. All welcome.",
        True,
    ),
    (
        "Safeguarding Partnership Board",
        "The next meeting is on 4 March 2025 at 10am, Committee Room 1.",
        True,
    ),
    (
        "Young people's voices",
        "Young people aged 13 to 18 are invited to join our advisory panel. Meets on "
        "Thursdays, 5pm.",
        True,
    ),
    (
        "Seven Minute Briefing: Cuckooing",
        "Our latest seven minute briefing looks at cuckooing. Download it here and use it in "
        "your team meeting.",
        False,
    ),
    (
        "Learning from Rapid Review briefing published",
        "The briefing summarises what was learnt. It can be downloaded.",
        False,
    ),
    (
        "Anti-Bullying Week",
        "Anti-Bullying Week takes place from 10 to 14 November 2025. Resources are available.",
        True,
    ),
    ("Independent Scrutineer appointed", "Jane Doe took up the post on 1 April.", False),
    (
        "Lay member needed",
        "Could you be a lay member of our board? Applications close on 3 May. Training will "
        "be given.",
        False,
    ),
    (
        "Business Manager",
        "37 hours a week, salary £45,000. Closing date 3 May. Interviews on 12 May at 9.30am.",
        True,
    ),
    (
        "Updated multi-agency procedures",
        "The procedures have been updated. The next update is in October.",
        False,
    ),
    (
        "Working Together 2026",
        "The government has published the new Working Together guidance, which takes effect "
        "on 1 May.",
        False,
    ),
    ("Baby loss awareness week", "Runs from 9 to 15 October.", True),
    (
        "Christmas closure",
        "The office closes on 24 December at noon and opens on 2 January at 9am.",
        True,
    ),
    ("Carol concert", "Friday 12 December, 6pm, the Minster. Tickets £5", True),
    (
        "Family hub opening",
        "Come along to the opening of our new hub on Saturday 3 May, 10am to 2pm. Face "
        "painting and cakes.",
        True,
    ),
    (
        "Domestic abuse: have your say",
        "Two focus groups for practitioners on 3 and 5 March at 10am. Email to take part.",
        True,
    ),
    (
        "Rapid review of Child Z",
        "The partnership has published the review of Child Z. A learning event will be held "
        "in the autumn.",
        False,
    ),
    ("Signs of Safety", "All teams now use Signs of Safety. Templates are on the intranet.", False),
    ("Funding for early years training", "Apply for a bursary by 31 March, 5pm.", False),
    (
        "Recording: Professional curiosity webinar",
        "The recording of the webinar of 4 March is on our YouTube channel.",
        False,
    ),
    (
        "Professional curiosity",
        "Over 90 people joined our webinar on 4 March. If you missed it, watch the recording.",
        False,
    ),
    ("Foster carers' summer picnic", "Saturday 5 July, 11am-3pm, Country Park", True),
    (
        "Fostering information evening",
        "Thinking of fostering? Come to our information evening on 5 March at 6.30pm.",
        True,
    ),
    (
        "Carers' rights day",
        "Thursday 20 November: advice stalls in the library from 10am till 2pm.",
        True,
    ),
    ("Operation Encompass", "All schools in the county now get a call before 9am.", False),
    ("Prevent referral form", "A new form has been in use since 1 May.", False),
    ("Child death overview panel", "Meets on 3 June at 2pm. Papers to Ann by 20 May.", True),
    (
        "School nursing team moves",
        "From 3 March the team is at Hill House, open 9am to 5pm.",
        False,
    ),
    ("Art exhibition by care leavers", "Open until 3 May, Tuesday to Saturday, 10am - 4pm.", True),
    (
        "Trainer pool",
        "We are looking for practitioners to join our training pool. Contact us by 30 April.",
        False,
    ),
    ("Remembrance Day in the square", "Come along on 11 November.", True),
    ("Young carers' films", "They show them to families and friends on 6 May at 2pm.", True),
    ("Safer sleep in hot weather", "The leaflet is available in six languages.", False),
    ("References for governors", "They are good practice, and our form may be used.", False),
    ("Supervision workbooks", "They are ready to download.", False),
    ("Free school meals", "Apply by 1 September.", False),
    ("County youth football final", "Sunday 4 May, 2pm kick-off", True),
    ("Volunteers' thank-you tea", "Friday 6 June, 3pm, Guildhall", True),
    ("Modern slavery helpline", "Call 0800 000 000 at any time.", False),
    (
        "Early help clinics",
        "Bring a case to talk through with the early help team: Tuesdays 10am-12pm. For "
        "professionals from any agency.",
        False,
    ),
    ("System maintenance", "Our site will be unavailable on Sunday 6 April from 8am to 2pm.", True),
    ("Peer review", "Reviewers visit on 3 to 5 June.", True),
    ("Ofsted inspection", "Inspectors visited from 3 to 14 February 2025.", False),
    ("Wellbeing Wednesdays", "Yoga and relaxation for staff every Wednesday 12.30-1pm", True),
]
KINDS = [
    ("Neglect Toolkit Briefing", "", Kind.BRIEFING),
    ("Domestic abuse", "Join our webinar on Teams.", Kind.WEBINAR),
    ("Annual Safeguarding Conference", "With workshops in the afternoon.", Kind.CONFERENCE),
    ("Prevent e-learning", "A course to take at any time.", Kind.E_LEARNING),
    ("Safer recruitment", "A half-day course.", Kind.COURSE),
    ("Lunch and Learn: hoarding", "", Kind.BRIEFING),
    ("Core groups", "", Kind.COURSE),
    ("DSL network meeting", "Book your place.", None),
]


@pytest.mark.parametrize(("title", "text", "has_sessions"), TRAINING)
def test_what_practitioners_can_go_to_or_take_is_training(title, text, has_sessions):
    decision = news_training.decide(title, text, has_sessions, "")

    assert decision.is_training, decision.why


@pytest.mark.parametrize(("title", "text", "has_sessions"), OTHER)
def test_everything_else_a_page_tells_is_no_training(title, text, has_sessions):
    decision = news_training.decide(title, text, has_sessions, "")

    assert not decision.is_training, decision.why
    assert decision.kind is None


@pytest.mark.parametrize(("title", "text", "kind"), KINDS)
def test_the_kind_is_told_by_the_title_before_the_text(title, text, kind):
    decision = news_training.decide(title, text, True, "")

    assert decision.is_training
    assert decision.kind is kind


def test_the_headings_above_tell_what_a_bare_entry_of_a_list_is():
    entry = "Saturday 14 June 2025, 10am to 1pm. There will be a room with cake and good company."

    assert news_training.decide("Moving on", entry, True, "Training dates").is_training
    assert not news_training.decide("Moving on", entry, True, "").is_training


def test_a_meeting_is_none_even_of_those_who_see_to_training():
    for title in ("Training sub group", "Partnership Executive"):
        assert not news_training.decide(title, "8 July, 2pm to 4pm", True, "").is_training
    bare = news_training.decide("Audit and learning", "8 July, 2pm to 4pm", True, "Meeting dates")
    assert "“Meeting dates”" in bare.why


def test_what_is_clearly_something_else_is_so_in_a_list_of_trainings_too():
    text = "Wednesday 22 January, 1pm to 3pm (agenda items to Petra by 10 January)"
    forum = news_training.decide("Leads' forum", text, True, "", is_listed=True, is_among=True)
    assert not forum.is_training


def test_the_reason_quotes_the_words_that_decided():
    training = news_training.decide("Safer sleep workshop", "Book a place online.", True, "")
    other = news_training.decide("Have your say on levels of need", "It closes on 4 May.", True, "")

    assert "“workshop”" in training.why
    assert "“Have your say”" in other.why
    assert training.why.endswith(".")


def test_a_training_that_is_called_off_is_still_one():
    assert news_training.decide(
        "CANCELLED: Safer sleep briefing", "The briefing on 4 March will not go ahead.", False, ""
    ).is_training


def test_a_heading_of_the_whole_programme_is_nothing_to_go_to():
    assert not news_training.decide(
        "Multi-agency training - Spring term 2026",
        "Join the waiting list if it is full.",
        False,
        "",
    ).is_training


@pytest.mark.parametrize("text", ["", " ", "\n" * 500, "(" * 500, "a " * 50_000, "\0\ufffe"])
def test_no_text_is_too_strange_to_decide(text):
    assert isinstance(news_training.decide(text, text, False, text).is_training, bool)


def _kind(title: str, text: str, minutes: int) -> Kind | None:
    lasts = timedelta(minutes=minutes)
    return news_training.decide(title, text, True, "", lasts=lasts).kind


def test_an_hour_is_a_briefing_unless_its_title_says_what_it_is() -> None:
    assert _kind("Bruising in babies", "All our training is free.", 60) is Kind.BRIEFING
    assert _kind("Bruising in babies", "All our training is free.", 90) is Kind.COURSE
    assert _kind("Bruising in babies: refresher", "Book a place.", 60) is Kind.COURSE
    assert _kind("Bruising in babies", "A free webinar on Zoom.", 60) is Kind.WEBINAR


@pytest.mark.parametrize("room", ["Conference Room 2, Mill House", "Harrow Conference Suite"])
def test_a_course_in_a_conference_room_is_a_course(room: str) -> None:
    assert _kind("Recognising neglect", f"Venue: {room}", 180) is Kind.COURSE


def test_a_course_on_child_protection_conferences_is_no_conference() -> None:
    assert _kind("CP Conferences: your part in them", "Book a place.", 180) is Kind.COURSE


@pytest.mark.parametrize("title", ["Neglect toolkit", "The strategy: who does what"])
def test_a_paper_with_a_day_and_its_hours_is_a_session_about_it(title: str) -> None:
    line = f"7 May - {title} - 9.30-12.30"
    assert news_training.decide(title, line, True, "").is_training
    assert not news_training.decide(title, line, True, "", has_hours=False).is_training
    told = f"{line}\nThe board has now agreed how it will be used by all of its partners."
    assert not news_training.decide(title, told, True, "").is_training


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Safeguarding leads", "The lead partners next meet on 12 November."),
        ("Westway Training drop-in", "It is looking to meet nurseries: 6 November, 2pm to 4pm."),
        ("Drop-in: apprentices", "Could you host an apprentice? 6 November, 2pm to 4pm."),
        ("Best interests route", "Places are left. Applications close on 1 May. Drop-in on 4 May."),
    ],
)
def test_what_bodies_do_for_themselves_is_no_training(title: str, text: str) -> None:
    assert not news_training.decide(title, text, True, "").is_training


@pytest.mark.parametrize(
    "title",
    [
        "Last chance to sign up",
        "Don\u2019t miss out - book now",
        "Day 2 \u2013 Module 2 - Planning visits",
        "Week Three: learning from reviews",
    ],
)
def test_a_call_to_book_or_one_day_of_a_course_is_none_of_its_own(title: str) -> None:
    text = "Our training fills fast: email us to reserve a place."
    assert not news_training.decide(title, text, False, "").is_training
    assert news_training.decide(f"Course: {title}", text, True, "").is_training


@pytest.mark.parametrize(
    "title",
    [
        "Listening training returns to the county after success",
        "Coercive control workshops are coming back: thank you for asking",
        "More dates after a successful first round",
    ],
)
def test_what_went_well_and_comes_again_is_still_to_come(title: str) -> None:
    text = "These sessions let more people have the training, the first of which is on 6 May."
    assert news_training.decide(title, text, True, "", has_hours=False).is_training
    once = "Success for our listening project"
    assert not news_training.decide(once, text, True, "", has_hours=False).is_training


@pytest.mark.parametrize("place", ["Venue \u2013 watch this space", "Location: watch this space"])
def test_where_only_the_place_is_not_known_yet_it_is_more_than_planned(place: str) -> None:
    title, text = "Northern district", f"Northern district 6 June 7pm to 9.30pm. {place}"
    assert news_training.decide(title, text, True, "").is_training
    vague = "Northern district 6 June 7pm to 9.30pm. A talk \u2013 watch this space"
    assert not news_training.decide(title, vague, True, "").is_training


@pytest.mark.parametrize("who", ["pupil", "student", "youth"])
def test_what_the_young_hold_among_themselves_is_no_training(who: str) -> None:
    text = f"The first {who} Eco-Summit is on Wednesday 4 June at County Hall."
    assert not news_training.decide("Eco-Summit", text, True, "", has_hours=False).is_training
    text = f"{text} Training for staff on {who} voice is part of it."
    assert news_training.decide("Summit on voice", text, True, "").is_training


def test_a_column_that_says_book_via_and_nothing_more_offers_nothing() -> None:
    text = "Book via\nTier 1: wider workforce\nMandatory for teaching and non-teaching"
    assert not news_training.decide("Early Years (EY)", text, False, "").is_training
    text = text.replace("Book via", "Book via our site")
    assert news_training.decide("Early Years (EY)", text, False, "").is_training


def test_a_surgery_that_is_closed_for_its_learning_offers_none() -> None:
    title, days = "Protected Learning Time dates", "Wednesday 4 June 2025, 2.30pm to 6.30pm"
    assert not news_training.decide(title, days, True, "").is_training
    assert news_training.decide("Protected Learning Time: Neglect", days, True, "").is_training
