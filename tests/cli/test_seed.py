from sqlalchemy import func, select

from webapp.models import Course, Partnership


def seed(app, *arguments):
    return app.test_cli_runner().invoke(args=["seed", *map(str, arguments)])


def test_seed_says_what_it_added_and_then_what_was_there(app, db):
    first, second = seed(app), seed(app)

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "5 courses and 7 course dates." in first.output.splitlines()[0]
    assert second.output.startswith("Added: nothing.\nAlready there and left as it is: 1 partner")
    assert "5 courses and 7 course dates." in second.output
    assert db.session.scalar(select(func.count()).select_from(Course)) == 5


def test_seed_tells_what_was_left_out_and_why(app, db):
    output = seed(app).output

    assert output.count("Left out, not training: ") == 3
    assert "Lauren's Ladies. A support group for students" in output


def test_seed_takes_another_folder(app, db, tmp_path):
    (tmp_path / "sectors.toml").write_text('[[sectors]]\nslug = "police"\nname = "Police"\n')

    assert seed(app, tmp_path).output.startswith("Added: 1 sector.\n")
    assert db.session.scalar(select(func.count()).select_from(Partnership)) == 0


def test_a_mistake_ends_with_a_sentence_and_nothing_is_written(app, db, tmp_path):
    (tmp_path / "sectors.toml").write_text('[[sectors]]\nslug = "police"\nname = "Police"\n')
    (tmp_path / "courses.toml").write_text('[[courses]]\nslug = "basics"\n')

    result = seed(app, tmp_path)

    assert result.exit_code == 1
    assert "courses.toml, course 'basics': " in result.output
    assert result.output.endswith("Nothing was loaded.\n")
    assert "Traceback" not in result.output
    assert seed(app, tmp_path / "nowhere").exit_code == 2
    assert db.session.execute(select(Course)).all() == []
