"""Every route against every role, in one table, and each of its cells tried at the door.

yes   the page opens (what it then says of what is not there is another matter)
own   it opens for what is their own: the dates a trainer gives, the agency a reporter is of
link  it opens for whoever has the link that was mailed, signed in or not, and for nobody else
-     nobody is sent to sign in, and whoever is signed in is told that the page is not theirs

A new route fails here until it has a line.
"""

import pytest

from tests.web.organiser.conftest import sign_in_as
from tests.web.routes import addresses
from webapp.db import will_write
from webapp.models import RoleName

NOBODY = "nobody"
TABLE = """
                                    nobody  administrator  organiser  trainer  reporter
public.accessibility                yes     yes            yes        yes      yes
public.all_dates_feed               link    link           link       link     link
public.book                         yes     yes            yes        yes      yes
public.book_team                    yes     yes            yes        yes      yes
public.bookings_made                link    link           link       link     link
public.cancel_made                  link    link           link       link     link
public.book_again                   link    link           link       link     link
public.booking                      link    link           link       link     link
public.booking_ics                  link    link           link       link     link
public.calendar_help                yes     yes            yes        yes      yes
public.cancel_booking               link    link           link       link     link
public.certificate                  link    link           link       link     link
public.change_booking               link    link           link       link     link
public.choose_date                  link    link           link       link     link
public.check_certificate            yes     yes            yes        yes      yes
public.contact                      yes     yes            yes        yes      yes
public.correct                      yes     yes            yes        yes      yes
public.course                       yes     yes            yes        yes      yes
public.course_ics                   yes     yes            yes        yes      yes
public.date                         yes     yes            yes        yes      yes
public.date_ics                     yes     yes            yes        yes      yes
public.diary                        link    link           link       link     link
public.erasure                      link    link           link       link     link
public.keep_data                    link    link           link       link     link
public.own_data                     link    link           link       link     link
public.own_data_json                link    link           link       link     link
public.change_address               link    link           link       link     link
public.confirm_address              link    link           link       link     link
public.logo                         yes     yes            yes        yes      yes
public.end_links                    link    link           link       link     link
public.evaluation                   link    link           link       link     link
public.evaluation_given             link    link           link       link     link
public.handout                      link    link           link       link     link
public.interest                     yes     yes            yes        yes      yes
public.interest_written             yes     yes            yes        yes      yes
public.manager                      link    link           link       link     link
public.mail_as_written              link    link           link       link     link
public.mail_attachment              link    link           link       link     link
public.my                           yes     yes            yes        yes      yes
public.my_bookings                  link    link           link       link     link
public.my_dates_feed                link    link           link       link     link
public.my_feed                      link    link           link       link     link
public.my_sent                      yes     yes            yes        yes      yes
public.new_feed                     link    link           link       link     link
public.offer                        link    link           link       link     link
public.privacy                      yes     yes            yes        yes      yes
public.programme                    yes     yes            yes        yes      yes
public.programme_ics                yes     yes            yes        yes      yes
public.reply                        link    link           link       link     link
public.resend                       yes     yes            yes        yes      yes
public.robots                       yes     yes            yes        yes      yes
public.send_colleague               link    link           link       link     link
public.team_written                 yes     yes            yes        yes      yes
public.security_txt                 yes     yes            yes        yes      yes
public.terms                        yes     yes            yes        yes      yes
public.theme                        yes     yes            yes        yes      yes
operating.alive                     yes     yes            yes        yes      yes
operating.ready                     yes     yes            yes        yes      yes
operating.metrics                   yes     yes            yes        yes      yes
public.training_record              link    link           link       link     link
public.withdraw_interest            link    link           link       link     link
public.book_week                    yes     yes            yes        yes      yes
public.correct_week                 yes     yes            yes        yes      yes
public.resend_week                  yes     yes            yes        yes      yes
public.week                         yes     yes            yes        yes      yes
public.week_ics                     yes     yes            yes        yes      yes
public.week_written                 yes     yes            yes        yes      yes
public.written                      yes     yes            yes        yes      yes
static                              yes     yes            yes        yes      yes
organiser.accept_news               -       yes            yes        -        -
organiser.access_needs              -       yes            yes        -        -
organiser.account                   -       yes            yes        yes      yes
organiser.add_attendee              -       yes            yes        -        -
organiser.held_places               -       yes            yes        -        -
organiser.add_several               -       yes            yes        -        -
organiser.add_person                -       yes            -          -        -
organiser.all_dates_file            -       yes            yes        -        -
organiser.answer_news               -       yes            yes        -        -
organiser.ask_again                 -       yes            yes        -        -
organiser.attendees                 -       yes            yes        -        -
organiser.attendees_export          -       yes            yes        -        -
organiser.audit                     -       yes            -          -        -
organiser.audit_csv                 -       yes            -          -        -
organiser.booking                   -       yes            yes        -        -
organiser.bookings_export           -       yes            yes        -        -
organiser.calendars                 -       yes            yes        yes      yes
organiser.cancel_booking            -       yes            yes        -        -
organiser.cancel_date               -       yes            yes        -        -
organiser.certificate               -       yes            yes        -        -
organiser.certificates              -       yes            yes        -        -
organiser.change_address            -       yes            yes        -        -
organiser.change_person             -       yes            yes        -        -
organiser.change_message            -       yes            yes        -        -
organiser.change_password           -       yes            yes        yes      yes
organiser.charge_settings           -       yes            -          -        -
organiser.charges                   -       yes            yes        -        -
organiser.charges_csv               -       yes            yes        -        -
organiser.charges_xlsx              -       yes            yes        -        -
organiser.choose_course             -       yes            yes        -        -
organiser.choose_password           link    link           link       link     link
organiser.close_person              -       yes            -          -        -
organiser.code                      yes     yes            yes        yes      yes
organiser.copy_course               -       yes            yes        -        -
organiser.copy_date                 -       yes            yes        -        -
organiser.copy_programme            -       yes            yes        -        -
organiser.correct_certificate       -       yes            yes        -        -
organiser.course                    -       yes            yes        -        -
organiser.course_evaluation         -       yes            yes        -        -
organiser.course_evaluation_csv     -       yes            yes        -        -
organiser.courses                   -       yes            yes        -        -
organiser.details                   -       yes            yes        -        -
organiser.discard_date              -       yes            yes        -        -
organiser.discard_dates             -       yes            yes        -        -
organiser.discard_message           -       yes            yes        -        -
organiser.drafts                    -       yes            yes        -        -
organiser.edit_course               -       yes            yes        -        -
organiser.email                     -       yes            yes        -        -
organiser.email_file                -       yes            yes        -        -
organiser.evaluation                -       yes            yes        -        -
organiser.evaluation_csv            -       yes            yes        -        -
organiser.erase                     -       yes            yes        -        -
organiser.erasure                   -       yes            yes        -        -
organiser.erasures                  -       yes            yes        -        -
organiser.decline_erasure           -       yes            yes        -        -
organiser.agencies                  -       yes            -          -        -
organiser.agency                    -       yes            -          -        -
organiser.merge_agency              -       yes            -          -        -
organiser.new_agency                -       yes            -          -        -
organiser.new_sector                -       yes            -          -        -
organiser.sector                    -       yes            -          -        -
organiser.booking_terms             -       yes            -          -        -
organiser.logo                      -       yes            -          -        -
organiser.retention                 -       yes            -          -        -
organiser.personal_data             -       yes            -          -        -
organiser.held_person               -       yes            -          -        -
organiser.held_person_json          -       yes            -          -        -
organiser.held_person_text          -       yes            -          -        -
organiser.erase_person              -       yes            -          -        -
organiser.remove_logo               -       yes            -          -        -
organiser.fetch_news                -       yes            yes        -        -
organiser.forget_second_factor      -       yes            -          -        -
organiser.forgotten                 yes     yes            yes        yes      yes
organiser.forgotten_written         yes     yes            yes        yes      yes
organiser.hold_back                 -       yes            yes        -        -
organiser.handout                   -       yes            yes        -        -
organiser.handouts                  -       yes            yes        -        -
organiser.home                      -       yes            yes        -        -
organiser.ignore_news               -       yes            yes        -        -
organiser.import_table              -       yes            yes        -        -
organiser.import_template           -       yes            yes        -        -
organiser.imports                   -       yes            yes        -        -
organiser.interests                 -       yes            yes        -        -
organiser.joining_instructions      -       yes            yes        -        -
organiser.judge_late                -       yes            yes        -        -
organiser.aims                      -       yes            -          -        -
organiser.ladder                    -       yes            -          -        -
organiser.leave_change              -       yes            yes        -        -
organiser.mail                      -       yes            -          -        -
organiser.mails                     -       yes            -          -        -
organiser.make_imported             -       yes            yes        -        -
organiser.allow_booking             -       yes            yes        -        -
organiser.missed_places             -       yes            yes        -        -
organiser.refuse_booking            -       yes            yes        -        -
organiser.set_aside                 -       yes            yes        -        -
organiser.mark                      -       yes            yes        own      -
organiser.mark_from_teams           -       yes            yes        -        -
organiser.merge_date                -       yes            yes        -        -
organiser.cancel_several            -       yes            yes        -        -
organiser.give_place                -       yes            yes        -        -
organiser.move_several              -       yes            yes        -        -
organiser.message                   -       yes            yes        -        -
organiser.messages                  -       yes            yes        -        -
organiser.move_booking              -       yes            yes        -        -
organiser.new_calendar_addresses    -       yes            yes        yes      yes
organiser.new_course                -       yes            yes        -        -
organiser.new_date                  -       yes            yes        -        -
organiser.new_message               -       yes            yes        -        -
organiser.new_venue                 -       yes            yes        -        -
organiser.news                      -       yes            yes        -        -
organiser.news_announcement         -       yes            yes        -        -
organiser.news_draft                -       yes            yes        -        -
organiser.news_item                 -       yes            yes        -        -
organiser.news_item_html            -       yes            yes        -        -
organiser.news_item_text            -       yes            yes        -        -
organiser.news_reading              -       yes            yes        -        -
organiser.note                      -       yes            yes        -        -
organiser.open_person               -       yes            -          -        -
organiser.outbox                    -       yes            yes        -        -
organiser.past_dates                -       yes            yes        -        -
organiser.people                    -       yes            -          -        -
organiser.person                    -       yes            -          -        -
organiser.postpone_date             -       yes            yes        -        -
organiser.publish_course            -       yes            yes        -        -
organiser.publish_date              -       yes            yes        -        -
organiser.publish_dates             -       yes            yes        -        -
organiser.recovery_code             yes     yes            yes        yes      yes
organiser.recovery_codes            -       yes            yes        yes      yes
organiser.regroup_news              -       yes            yes        -        -
organiser.register                  -       yes            yes        own      -
organiser.register_export           -       yes            yes        -        -
organiser.registers                 -       yes            yes        yes      -
organiser.remove_handout            -       yes            yes        -        -
organiser.reopen_register           -       yes            yes        -        -
organiser.report                    -       yes            yes        -        own
organiser.report_csv                -       yes            yes        -        own
organiser.report_pdf                -       yes            yes        -        own
organiser.report_xlsx               -       yes            yes        -        own
organiser.rest_present              -       yes            yes        own      -
organiser.role                      -       yes            yes        yes      yes
organiser.search                    -       yes            yes        -        -
organiser.seats                     -       yes            yes        -        -
organiser.seats_csv                 -       yes            yes        -        -
organiser.send_certificate          -       yes            yes        -        -
organiser.send_joining_instructions -       yes            yes        -        -
organiser.send_message              -       yes            yes        -        -
organiser.send_password_link        -       yes            -          -        -
organiser.set_up_second_factor      -       yes            yes        yes      yes
organiser.settings                  -       yes            -          -        -
organiser.settings_group            -       yes            -          -        -
organiser.settle                    -       yes            yes        -        -
organiser.sign_in                   yes     yes            yes        yes      yes
organiser.sign_in_sheet             -       yes            yes        own      -
organiser.sign_in_sheet_pdf         -       yes            yes        own      -
organiser.sign_out                  -       yes            yes        yes      yes
organiser.stop_message              -       yes            yes        -        -
organiser.substitute                -       yes            yes        -        -
organiser.switch_off_second_factor  -       yes            yes        yes      yes
organiser.take_back_rest            -       yes            yes        own      -
organiser.take_change               -       yes            yes        -        -
organiser.take_off_register         -       yes            yes        own      -
organiser.take_up_news              -       yes            yes        -        -
organiser.teams_report              -       yes            yes        -        -
organiser.test_message              -       yes            yes        -        -
organiser.try_again                 -       yes            yes        -        -
organiser.undo                      -       yes            yes        -        -
organiser.venue                     -       yes            yes        -        -
organiser.venues                    -       yes            yes        -        -
organiser.walk_in                   -       yes            yes        own      -
organiser.withdraw_course           -       yes            yes        -        -
organiser.withdraw_date             -       yes            yes        -        -
organiser.edit_week                 -       yes            yes        -        -
organiser.new_week                  -       yes            yes        -        -
organiser.publish_week              -       yes            yes        -        -
organiser.week                      -       yes            yes        -        -
organiser.weeks                     -       yes            yes        -        -
organiser.withdraw_week             -       yes            yes        -        -
"""
HEAD, *LINES = [line.split() for line in TABLE.strip().splitlines()]
CELLS = {endpoint: dict(zip(HEAD, cells, strict=True)) for endpoint, *cells in LINES}
CORRIDOR, SIGN_IN = "organiser.", "/organiser/sign-in"


def answers(app, people, who, *, number=1, cells):
    """What somebody gets of every route with one of these cells, each asked for anew signed in."""
    for endpoint, method, path in addresses(app, number):
        if CELLS[endpoint][who] not in cells:
            continue
        client = app.test_client()
        if who != NOBODY:
            sign_in_as(client, people[RoleName(who)])
        will_write(method == "POST")
        yield f"{method} {endpoint}", client.open(path, method=method)


def is_sent_to_sign_in(response):
    return response.status_code == 302 and response.location.startswith(SIGN_IN)


def is_open(response):
    """Some pages end at the sign-in themselves; only the guard remembers what was wanted."""
    turned_away = is_sent_to_sign_in(response) and f"{SIGN_IN}?next=" in response.location
    return response.status_code not in {401, 403, 405} and not turned_away


def test_every_route_is_in_the_table_and_the_table_has_no_other(app):
    routes = {rule.endpoint for rule in app.url_map.iter_rules()}

    assert routes - set(CELLS) == set(), "say in the table who may open these"
    assert set(CELLS) - routes == set(), "these are gone"
    assert len(CELLS) == len(LINES)
    assert [NOBODY, *RoleName] == HEAD


def test_the_table_says_of_no_cell_what_it_does_not_explain():
    said = {cell for cells in CELLS.values() for cell in cells.values()}

    assert said <= {"yes", "own", "link", "-"}


def test_of_what_organisers_do_nothing_is_open_to_somebody_who_has_not_signed_in():
    way_in = {endpoint for endpoint, cells in CELLS.items() if cells[NOBODY] != "-"}

    assert {endpoint for endpoint in way_in if endpoint.startswith(CORRIDOR)} == {
        "organiser.sign_in",
        "organiser.code",
        "organiser.recovery_code",
        "organiser.forgotten",
        "organiser.forgotten_written",
        "organiser.choose_password",
    }


@pytest.mark.slow
@pytest.mark.parametrize("who", HEAD)
def test_what_the_table_opens_opens(app, world, who):
    for route, response in answers(app, world, who, cells={"yes", "own"}):
        assert is_open(response), route
        assert response.status_code < 500, route


@pytest.mark.slow
@pytest.mark.parametrize("who", HEAD)
def test_what_the_table_closes_is_closed(app, world, who):
    for route, response in answers(app, world, who, cells={"-"}):
        if who == NOBODY:
            assert is_sent_to_sign_in(response), route
        else:
            assert response.status_code == 403, route


@pytest.mark.parametrize("who", HEAD)
def test_without_the_link_nobody_gets_what_a_link_opens(app, world, who):
    for route, response in answers(app, world, who, cells={"link"}):
        assert response.status_code in {404, 410}, route


def test_what_is_a_colleague_s_is_closed_to_a_trainer(app, world):
    for route, response in answers(app, world, RoleName.TRAINER, number=2, cells={"own"}):
        assert response.status_code in {403, 404}, route
