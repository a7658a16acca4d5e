"""The mails as they are read, for the docs: each with our own words, to somebody who does not
exist, and with links that open nothing."""

from pathlib import Path

from tests.conftest import NOW
from webapp.formats.mails import GROUPS
from webapp.formats.private_links import masked
from webapp.services import mail_examples

PAPER = Path(__file__).parents[2] / "docs/mails.md"
BEGINS = """# What people are written

Every mail that goes out by itself, as it is read before a partnership chooses words of its own.
What an invitation tells a diary is in [invites.md](invites.md). The tests compare this paper with
what the service writes; `WRITE_MAILS=1` before the command that tests makes it anew.
"""


def paper():
    """All of them, in the groups in which the settings have them."""
    parts = [BEGINS]
    for group, mails in GROUPS.items():
        parts.append(f"## {group}\n")
        for kind, mail in mails.items():
            letter = mail_examples.as_read(kind, {}, now=NOW)
            text = masked(letter.text).replace("\r\n", "\n").strip()
            indented = "\n".join(f"    {line}".rstrip() for line in text.splitlines())
            parts.append(f"### {mail.when}\n\n**{letter.subject}**\n\n{indented}\n")
    return "\n".join(parts)
