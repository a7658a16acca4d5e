"""What nobody should send, sent: into every form, question, link, import and table. Nothing of it
is a fault of ours. The crawler in tests/fuzz goes on where these few examples end."""

import io
import re
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import NOW
from tests.fuzz import hostile, offers
from tests.makers import make_booking, make_course, make_date, make_week
from tests.web.organiser.conftest import sign_in_as
from tests.web.routes import addresses
from webapp.errors import Refused, Unreachable
from webapp.formats import imported_tables, pasted_people, teams_report
from webapp.gateways import news_site
from webapp.models import RoleName
from webapp.services import links
from webapp.web.fields import cleaned

pytestmark = pytest.mark.slow

TYPED = st.sampled_from(hostile.EVERYTHING) | st.text(max_size=40)
# The rest are files, and papers that take their time.
OF_FORMS = re.compile(r"/organiser/(?!.*(pdf|csv|xlsx|ics|text|html|sheet)$)")
KEYS = st.text("0123456789abcXYZ-_%. ", max_size=60) | TYPED
BYTES = st.sampled_from(list(hostile.FILES.values())) | st.binary(max_size=200)
TABLE = st.lists(st.lists(TYPED, max_size=6).map(",".join), max_size=8).map("\n".join)


def some(examples):
    """So many, the same at every run."""
    return settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


@pytest.fixture
def ways(app, world, monkeypatch):
    """Private links that open, and everything else that a visitor can ask for."""

    def fetch(address):
        raise Unreachable("Nobody is asked.")

    monkeypatch.setattr(news_site, "fetch", fetch)
    past = make_booking(make_date(starts_at=NOW - timedelta(days=2)))
    booking = make_booking()
    course, week = make_course(), make_week()
    booked, mine = links.booking_token(booking), links.my_token(booking.practitioner, NOW)
    return [
        *("/dates/1/book", "/dates/1/team", "/my", "/certificates", "/"),
        *(f"/courses/{course.slug}/interest", f"/weeks/{week.slug}"),
        *(f"/bookings/{booked}{part}" for part in ("", "/change", "/cancel", "/colleague")),
        *(f"/my/{mine}{part}" for part in ("", "/address", "/diary", "/erasure")),
        f"/evaluations/{links.evaluation_token(past)}",
        f"/managers/{links.manager_token(booking)}",
        f"/booked/{links.team_token(booking.practitioner)}",
    ]


def forms_on(client, paths):
    found = []
    for path in paths:
        page = client.get(path)
        if page.mimetype == "text/html":
            found += offers.on(page.text, path)[1]
    return [form for form in found if "sign-out" not in form.path]


@st.composite
def filled(draw, forms):
    """A form as it stands, with something else in some of its answers."""
    form = draw(st.sampled_from(forms))
    answers = {}
    for name in sorted({name for name, _ in form.fields} | form.choices.keys()):
        known = [value for field, value in form.fields if field == name]
        choices = [*known, *form.choices.get(name, ())] or [""]
        answers[name] = draw(
            st.lists(st.sampled_from(choices) | TYPED, max_size=2) | st.just(known)
        )
    for name in form.files:
        answers[name] = (io.BytesIO(draw(BYTES)), draw(st.sampled_from(list(hostile.FILES))))
    return form, answers


def send(client, form, answers):
    if form.method == "GET":
        return client.get(form.path, query_string=answers)
    return client.post(form.path, data=answers)


def test_no_form_of_a_visitor_is_a_fault_of_ours(client, ways):
    forms = forms_on(client, ways)
    assert len(forms) > 10

    @some(80)
    @given(filled(forms))
    def sent(one):
        assert send(client, *one).status_code < 500

    sent()


def test_no_form_of_an_organiser_is_a_fault_of_ours(app, client, world, ways):
    sign_in_as(client, world[RoleName.ADMINISTRATOR])
    paths = [path for _, method, path in addresses(app, 1) if method == "GET"]
    forms = forms_on(client, [path for path in paths if OF_FORMS.match(path)])
    assert len(forms) > 50

    @some(60)
    @given(filled(forms))
    def sent(one):
        sign_in_as(client, world[RoleName.ADMINISTRATOR])
        assert send(client, *one).status_code < 500

    sent()


def test_no_question_in_an_address_is_a_fault_of_ours(app, client, world, ways):
    sign_in_as(client, world[RoleName.ADMINISTRATOR])
    paths = [path for _, method, path in addresses(app, 1) if method == "GET"]
    names = ["page", "text", "view", "month", "next", "sort", "version", "v", "kind", "format"]
    names += ["places", "from", "to", "agency", "course", "organiser", "what", "state", "period"]
    names += ["year", "columns", "course_id", "date", "code", "q", "first", "last", "print"]

    @some(90)
    @given(
        st.sampled_from([*ways, *paths]), st.dictionaries(st.sampled_from(names), TYPED, max_size=4)
    )
    def sent(path, question):
        assert client.get(path, query_string=question).status_code < 500

    sent()


def test_no_link_that_somebody_makes_up_opens_anything_or_is_a_fault_of_ours(app, client, ways):
    rules = [rule for rule in app.url_map.iter_rules() if "token" in rule.arguments]
    [right] = [path.split("/")[2] for path in ways if path.endswith("/change")]
    bent = st.tuples(st.integers(0, len(right)), KEYS).map(
        lambda cut: right[: cut[0]] + cut[1] + right[cut[0] + 1 :]
    )

    @some(150)
    @given(st.sampled_from(rules), KEYS | bent.filter(lambda token: token != right))
    def sent(rule, token):
        _, path = rule.build(dict.fromkeys(rule.arguments, 1) | {"token": token or "-"})
        method = "GET" if "GET" in rule.methods else "POST"
        assert client.open(path, method=method).status_code in {301, 302, 308, 404, 405, 410}, path

    sent()


@some(100)
@given(TABLE.map(str.encode) | BYTES)
def test_no_file_that_is_imported_is_more_than_refused(content):
    for columns in (imported_tables.COURSES, imported_tables.DATES, imported_tables.BOOKINGS):
        with suppress(Refused):
            table = imported_tables.read(imported_tables.text(content), columns)
            assert len(table.rows) <= imported_tables.MOST_ROWS


@some(100)
@given(TABLE.map(str.encode) | BYTES)
def test_no_report_of_a_meeting_is_more_than_refused(content):
    with suppress(Refused):
        assert len(teams_report.read(content)) <= teams_report.MOST


@some(100)
@given(TABLE | TYPED)
def test_no_pasted_list_of_people_is_more_than_refused(text):
    with suppress(Refused):
        assert len(pasted_people.read(cleaned(text) or "", ["Nurse, Ann & Co"], most=20)) <= 20
