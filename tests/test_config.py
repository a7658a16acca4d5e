"""Settings: text from the environment or a file, and a sentence for each that cannot be meant."""

from datetime import date

import pytest

from webapp import config


@pytest.fixture
def read(tmp_path, monkeypatch):
    """The settings with these in the environment (by their short names) or in settings.env."""

    def read_with(file=None, **environment):
        for name, value in environment.items():
            monkeypatch.setenv(f"WEBAPP_{name}", value)
        if file is not None:
            (tmp_path / "settings.env").write_text(file, "utf-8")
        return config.read(tmp_path)

    return read_with


def test_without_any_setting_the_defaults_hold(read, tmp_path):
    settings = read()

    assert settings["SQLALCHEMY_DATABASE_URI"] == f"sqlite:///{tmp_path / 'training.db'}"
    assert settings["BASE_URL"] == "http://127.0.0.1:5000"
    assert settings["PROXIES"] == 0
    for name in ("SECRET_KEY", "SMTP_URL", "MAIL_FROM", "MAILBOX", "TODAY", "REDIS_URL"):
        assert settings[name] is None


def test_a_key_of_digits_stays_text(read):
    assert read(SECRET_KEY="0123456789")["SECRET_KEY"] == "0123456789"


@pytest.mark.parametrize("value", ["true", "null", "1e5", "[1]", '{"a": 1}'])
def test_no_value_is_read_as_anything_but_text(read, value):
    assert read(SECRET_KEY=value)["SECRET_KEY"] == value


def test_the_key_is_read_from_the_file_that_flask_secrets_writes(read, tmp_path):
    config.secret_key_file(tmp_path).write_text("from the file\n")

    assert read()["SECRET_KEY"] == "from the file"
    assert read(SECRET_KEY="from outside")["SECRET_KEY"] == "from outside"


@pytest.mark.parametrize("key", [None, ""])
def test_a_program_that_serves_people_stops_without_a_key_and_names_the_command(key):
    with pytest.raises(SystemExit, match="flask --app wsgi secrets"):
        config.require_secret({"SECRET_KEY": key})


def test_settings_may_stand_in_a_file(read):
    settings = read(
        "# Where we are\n\n"
        "WEBAPP_BASE_URL=https://training.example.org/\n"
        "  SMTP_URL = smtp://mail.example.org:2525 \n"
        'WEBAPP_SECRET_KEY="a=b #c"\n'
        "WEBAPP_MAIL_FROM='training@example.org'\n"
    )

    assert settings["BASE_URL"] == "https://training.example.org"
    assert settings["SMTP_URL"] == "smtp://mail.example.org:2525"
    assert settings["SECRET_KEY"] == "a=b #c"
    assert settings["MAIL_FROM"] == "training@example.org"


def test_a_file_written_in_a_windows_editor_is_read_too(read):
    assert read("\ufeffWEBAPP_PROXIES=2\r\nWEBAPP_TODAY=2025-04-17\r\n")["PROXIES"] == 2


def test_the_environment_wins_over_the_file_even_when_it_says_nothing(read):
    file = "WEBAPP_TODAY=2025-04-17\nWEBAPP_PROXIES=1\n"

    settings = read(file, TODAY="", PROXIES="3")

    assert (settings["TODAY"], settings["PROXIES"]) == (None, 3)


@pytest.mark.parametrize(
    ("line", "name"),
    [("WEBAPP_TODAI=2025-04-17", "TODAI"), ("INSTANCE=/srv", "INSTANCE"), ("nonsense", "nonsense")],
)
def test_an_unknown_line_of_the_file_is_named(read, line, name):
    with pytest.raises(SystemExit, match=rf"settings\.env, line 2: no setting is called '{name}'"):
        read(f"# first\n{line}\n")


def test_a_file_that_is_no_text_ends_with_a_sentence(read, tmp_path):
    (tmp_path / "settings.env").write_bytes(b"WEBAPP_MAIL_FROM=\xe4@example.org")
    with pytest.raises(SystemExit, match=r"settings\.env cannot be read as text in UTF-8: .*\.$"):
        read()


def test_an_instance_that_is_no_folder_ends_with_a_sentence(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(SystemExit, match=r"^WEBAPP_INSTANCE should be a folder, .*\.$"):
        config.make_instance(tmp_path / "file")


def test_space_around_a_value_does_not_count(read):
    assert read(BASE_URL=" https://training.example.org \n")["BASE_URL"].endswith(".org")


def test_https_makes_cookies_secure(read):
    for address, secure in (("https://a.example", True), ("http://a.example", False)):
        settings = read(BASE_URL=address)
        assert settings["SESSION_COOKIE_SECURE"] is secure
        assert settings["REMEMBER_COOKIE_SECURE"] is secure
        assert settings["SESSION_COOKIE_NAME"].startswith("__Host-") is secure


def test_the_database_may_be_named_as_hosting_companies_do(read):
    for given in ("postgres://u:p%40@h:1/d", "postgresql://u:p%40@h:1/d"):
        settings = read(DATABASE_URL=given)
        assert settings["SQLALCHEMY_DATABASE_URI"] == "postgresql+psycopg://u:p%40@h:1/d"


def test_the_instance_folder_moves_with_its_setting(tmp_path, monkeypatch):
    monkeypatch.setenv("WEBAPP_INSTANCE", str(tmp_path / "other"))
    assert config.instance_path() == tmp_path / "other"

    monkeypatch.setenv("WEBAPP_INSTANCE", "")
    assert config.instance_path() == config.ROOT / "instance"


@pytest.mark.parametrize(
    "source",
    [
        "imaps://us%40a:p%2Fw@mail.example.org:993/Training%20replies",
        "imap://us:pw@localhost",
        "IMAPS://us:pw@mail.example.org",
        "/var/mail/training",
        "/var/mail/us@example.org/Maildir",
        "mail box/one.eml",
    ],
)
def test_a_mailbox_is_an_address_or_a_path(read, source):
    assert read(MAILBOX=source)["MAILBOX"] == source


def test_a_second_factor_is_required_where_it_says_so(read):
    assert not read()["SECOND_FACTOR_REQUIRED"]
    assert read(SECOND_FACTOR="required")["SECOND_FACTOR_REQUIRED"]


def test_today_is_a_date(read):
    assert read(TODAY="2025-04-17")["TODAY"] == date(2025, 4, 17)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://localhost/training"),
        ("DATABASE_URL", "training.db"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "postgresql://host:port/training"),
        ("BASE_URL", "training.example.org"),
        ("BASE_URL", "ftp://training.example.org"),
        ("BASE_URL", "https://"),
        ("BASE_URL", "https://training.example.org?x=1"),
        ("BASE_URL", "https://training.example.org#top"),
        ("BASE_URL", "https://me:secret@training.example.org"),
        ("BASE_URL", "https://training.example.org:https"),
        ("BASE_URL", "https://[training"),
        ("BASE_URL", "https://training example.org"),
        ("SMTP_URL", "mail.example.org:587"),
        ("SMTP_URL", "smtp://"),
        ("SMTP_URL", "smtp://mail.example.org:99999"),
        ("SMTP_URL", "smtp://me:pass#word@mail.example.org"),
        ("MAIL_FROM", "training"),
        ("MAIL_FROM", "Training <training@example.org>"),
        ("MAIL_FROM", "training@example.org, other@example.org"),
        ("MAIL_FROM", "träining@example.org"),
        ("MAIL_FROM", "training..team@example.org"),
        ("MAIL_FROM", "training;team@example.org"),
        ("MAILBOX", "pop3://us:secret@mail.example.org"),
        ("MAILBOX", "imaps://mail.example.org/INBOX"),
        ("MAILBOX", "imaps://us@mail.example.org/INBOX"),
        ("MAILBOX", "imaps://us:secret@/INBOX"),
        ("MAILBOX", "imaps:/us:secret@mail.example.org"),
        ("MAILBOX", "us:secret@mail.example.org/INBOX"),
        ("MAILBOX", "imaps://us:secret#1@mail.example.org"),
        ("TODAY", "17 April 2025"),
        ("TODAY", "2025-02-30"),
        ("PROXIES", "-1"),
        ("PROXIES", "one"),
        ("REDIS_URL", "localhost:6379"),
        ("SECOND_FACTOR", "true"),
        ("SECURITY_CONTACT", "nobody"),
        ("SECURITY_CONTACT", "http://training.example/holes"),
    ],
)
def test_a_setting_that_cannot_be_meant_ends_with_a_sentence_that_names_it(read, name, value):
    with pytest.raises(SystemExit, match=rf"^WEBAPP_{name} should .*\.$") as ended:
        read(**{name: value})

    assert "secret" not in str(ended.value)


def test_every_setting_is_explained():
    page = (config.ROOT / "docs" / "settings.md").read_text("utf-8")

    for name in (*config.NAMES, "INSTANCE"):
        assert f"### `WEBAPP_{name}`" in page
        assert f"| `WEBAPP_{name}` |" in page
