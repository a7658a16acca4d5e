"""A small IMAP server that does what RFC 3501 says of the few commands it knows."""

import base64
import re
import socketserver
import ssl
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

WORD = re.compile(r'"((?:\\.|[^"\\])*)"|([^ ()]+|\([^)]*\))')


@dataclass
class Message:
    content: bytes
    flags: set[str] = field(default_factory=set)


class Server(socketserver.ThreadingTCPServer):
    """Folders of messages by name; `says` maps a command to what is answered instead."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, *, password="right/one", context=None, starts_encrypted=False, **says):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.folders = {"INBOX": []}
        self.password, self.context, self.says = password, context, says
        self.starts_encrypted = starts_encrypted
        self.offers_plain = True
        self.sign_ins, self.heard = [], []
        # Somebody has said goodbye.
        self.left = threading.Event()
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def port(self):
        return self.server_address[1]

    def put(self, *contents, folder="INBOX"):
        self.folders.setdefault(folder, []).extend(Message(content) for content in contents)

    def flags(self, folder="INBOX"):
        return [message.flags for message in self.folders[folder]]

    def get_request(self):
        connection, address = super().get_request()
        connection.settimeout(5)
        return connection, address

    def handle_error(self, request, client_address):
        pass  # the other side hung up; its own test says why


@contextmanager
def serving():
    """Starts as many servers as are asked for, each with these mails in its INBOX."""
    running = []

    def serve(*contents, **settings):
        running.append(Server(**settings))
        running[-1].put(*contents)
        return running[-1]

    yield serve
    for server in running:
        server.shutdown()
        server.server_close()


class Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        self.messages = None
        if self.server.starts_encrypted:
            self.encrypt()
        self.say("* OK Ready")
        while line := self.rfile.readline():
            tag, command, rest = (*line.decode().rstrip("\r\n").split(" ", 2), "")[:3]
            words = [a.replace('\\"', '"') or b for a, b in WORD.findall(rest)]
            command = f"uid_{words.pop(0)}" if command == "UID" else command
            command = command.lower()
            self.server.heard.append(command)
            if command in self.server.says:
                answer = self.server.says[command]
            else:
                answer = getattr(self, command)(*words) or "OK Done"
            if answer == "hang up":
                return
            self.say(f"{tag} {answer}")
            if command == "starttls":
                self.encrypt()
            if command == "logout":
                return

    def finish(self):
        with suppress(OSError):
            super().finish()
        self.connection.close()

    def encrypt(self):
        self.request = self.server.context.wrap_socket(self.request, server_side=True)
        self.setup()

    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def capability(self):
        encrypted = isinstance(self.connection, ssl.SSLSocket)
        can = ["IMAP4rev1"]
        can += ["STARTTLS"] if self.server.context and not encrypted else []
        can += ["AUTH=PLAIN"] if self.server.offers_plain else []
        self.say("* CAPABILITY " + " ".join(can))

    def starttls(self):
        pass

    def authenticate(self, kind):
        assert kind == "PLAIN"
        self.say("+ ")
        _, user, password = base64.b64decode(self.rfile.readline()).decode().split("\0")
        return self.login(user, password)

    def login(self, user, password):
        encrypted = isinstance(self.connection, ssl.SSLSocket)
        self.server.sign_ins.append((user, password, encrypted))
        return None if password == self.server.password else "NO [AUTHENTICATIONFAILED] Wrong"

    def select(self, folder):
        if folder not in self.server.folders:
            return f"NO There is no {folder}"
        self.messages = self.server.folders[folder]
        self.say(f"* {len(self.messages)} EXISTS")
        self.say("* OK [UIDVALIDITY 7] As long as it lasts")
        return "OK [READ-WRITE] Chosen"

    def uid_search(self, unseen, since, day):
        assert (unseen, since) == ("UNSEEN", "SINCE")
        assert re.fullmatch(r"\d\d-[A-Z][a-z]{2}-\d{4}", day)
        unread = [n for n, m in enumerate(self.messages, 1) if "\\Seen" not in m.flags]
        self.say(" ".join(["* SEARCH", *map(str, unread)]))

    def uid_fetch(self, uid, what):
        first, length = re.fullmatch(r"\(BODY\.PEEK\[\]<(\d+)\.(\d+)>\)", what).groups()
        content = self.messages[int(uid) - 1].content
        if content is None:  # deleted by somebody else
            return
        part = content[int(first) :][: int(length)]
        self.say(f"* {uid} FETCH (UID {uid} BODY[]<{first}> {{{len(part)}}}")
        self.wfile.write(part + b")\r\n")

    def uid_store(self, uid, how, flags):
        assert how == "+FLAGS.SILENT"
        self.messages[int(uid) - 1].flags |= set(flags.strip("()").split())

    def logout(self):
        self.say("* BYE")
        self.server.left.set()
