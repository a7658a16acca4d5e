from datetime import timedelta

import pytest

from webapp.errors import Refused
from webapp.formats.teams_report import Participant, read

HEAD = (
    "1. Summary\nMeeting title\tTraining\nAttended participants\t3\nMeeting duration\t1h 5m 3s\n\n"
)
COLUMNS = (
    "2. Participants\nName\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\t"
    "Participant ID (UPN)\tRole\n"
)
PEOPLE = (
    "Ann Example\t5/20/25, 9:58:01 AM\t5/20/25, 11:01:00 AM\t1h 2m 59s\tAnn@Agency.example\t"
    "a1@agency.example\tAttendee\n"
    "O'Brien, Siân\t5/20/25, 10:30:00 AM\t5/20/25, 11:00:00 AM\t30m\t\tsian@nhs.example\tAttendee\n"
    "Zoë (Guest)\t5/20/25, 10:30:00 AM\t5/20/25, 10:30:45 AM\t45s\t\t\tAttendee\n"
    "Olive Organiser\t5/20/25, 9:30:00 AM\t5/20/25, 11:00:00 AM\t1h 30m 0s\to@p.example\t"
    "o@p.example\tOrganizer\n"
)
TAIL = (
    "\n3. In-Meeting Activities\nName\tJoin Time\tLeave Time\tDuration\tEmail\tRole\n"
    "Ann Example\t5/20/25, 9:58:01 AM\t5/20/25, 11:01:00 AM\t1h 2m 59s\tann@agency.example\t"
    "Attendee\n"
)
REPORT = HEAD + COLUMNS + PEOPLE + TAIL
FOUND = [
    Participant("Ann Example", "ann@agency.example", timedelta(hours=1, minutes=2, seconds=59)),
    Participant("Siân O'Brien", "sian@nhs.example", timedelta(minutes=30)),
    Participant("Zoë", None, timedelta(seconds=45)),
    Participant("Olive Organiser", "o@p.example", timedelta(hours=1, minutes=30), ran_it=True),
]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8", "utf-8-sig"])
def test_a_report_is_read_as_teams_writes_it_and_in_other_encodings(encoding):
    assert read(REPORT.encode(encoding)) == FOUND


def test_windows_line_ends_change_nothing():
    assert read(REPORT.replace("\n", "\r\n").encode("utf-16")) == FOUND


@pytest.mark.parametrize("between", [",", ";"])
def test_a_report_saved_again_by_a_spreadsheet_is_read(between):
    rows = [
        ["2. Participants", "", "", ""],
        ["Name", "First Join", "In-Meeting Duration", "Email"],
        ["Ann Example", "20/05/2025 09:58", "01:02:59", "ann@agency.example"],
        ["Siân Example", "20/05/2025 09:58", "1h 2m 59s", "sian@agency.example"],
        ["", "", "", ""],
        ["3. In-Meeting Activities", "", "", ""],
    ]
    text = "\n".join(between.join(row) for row in rows)
    lasted = timedelta(hours=1, minutes=2, seconds=59)
    for encoding in ("utf-8-sig", "cp1252"):
        assert read(text.encode(encoding)) == [
            Participant("Ann Example", "ann@agency.example", lasted),
            Participant("Siân Example", "sian@agency.example", lasted),
        ]


def test_a_name_with_a_comma_stays_one_in_quotation_marks():
    report = 'Name,In-Meeting Duration,Email\n"Example, Ann",50m,ann@agency.example\n'
    assert read(report.encode()) == [
        Participant("Ann Example", "ann@agency.example", timedelta(minutes=50))
    ]


def test_who_came_in_several_times_in_an_older_report_is_one_person():
    report = (
        "Meeting Summary\nTotal Number of Participants\t2\n\n"
        "Full Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole\n"
        "Ann Example\tx\ty\t20m 10s\tann@agency.example\tAttendee\n"
        "Zoë\tx\ty\t5m\t\tAttendee\n"
        "Ann Example\tx\ty\t40m\tann@agency.example\tAttendee\n"
        "zoë\tx\ty\t6m\t\tAttendee\n"
    )
    assert [one.stayed for one in read(report.encode("utf-16"))] == [
        timedelta(minutes=60, seconds=10),
        timedelta(minutes=11),
    ]


def test_one_odd_quotation_mark_does_not_swallow_the_rest():
    report = 'Name\tDuration\tEmail\nAnn "Annie\t5m\ta@x.example\nBea\t6m\tb@x.example\n'
    assert [one.email for one in read(report.encode())] == ["a@x.example", "b@x.example"]


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"\x00\x01\x02",
        b"\xff\xfe",
        b"PK\x03\x04 a spreadsheet",
        HEAD.encode("utf-16"),
        (HEAD + COLUMNS).encode("utf-16"),
        b"Name,Email\nAnn,ann@agency.example\n",
        b"\xff\xfe\x00",
        b'"' * 1000,
    ],
)
def test_what_is_no_report_is_refused_in_a_sentence(file):
    with pytest.raises(Refused, match="This is not an attendance report"):
        read(file)


def test_a_report_of_more_people_than_any_meeting_holds_is_refused():
    lines = "".join(f"P{n}\t5m\tp{n}@x.example\n" for n in range(2001))
    with pytest.raises(Refused, match="more than 2,000 people"):
        read(f"Name\tDuration\tEmail\n{lines}".encode())


@pytest.mark.parametrize("length", ["", "soon", "99999999999999999999h", "12345:00:00", "-5m"])
def test_a_length_that_makes_no_sense_is_no_reason_to_stop(length):
    [one] = read(f"Name\tDuration\tEmail\nAnn\t{length}\ta@x.example\n".encode())
    assert one.name == "Ann"
