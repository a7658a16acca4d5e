"""How much anybody may send: mails to others, fields of a form, and methods that only read back."""

from tests.makers import make_course, make_partnership


def test_interest_in_a_course_floods_nobody(client, db):
    make_partnership()
    course = make_course()
    sent = {"name": "Ann Example", "email": "ann@agency.example"}

    pages = [client.post(f"/courses/{course.slug}/interest", data=sent) for _ in range(11)]

    assert [page.status_code for page in pages] == [302] * 10 + [429]
    other = client.post(f"/courses/{course.slug}/interest", data={**sent, "email": "b@a.example"})
    assert other.status_code == 302


def test_a_form_of_very_many_fields_is_refused(client, db):
    make_partnership()
    fields = {f"colleagues-{number}-name": "x" for number in range(1_100)}
    parts = client.post("/my", data=fields, content_type="multipart/form-data")
    assert parts.status_code == 413


def test_nobody_gets_their_request_read_back_to_them(client, db):
    make_partnership()
    for path in ("/", "/my", "/organiser/", "/static/app.css"):
        assert client.open(path, method="TRACE").status_code == 405, path
