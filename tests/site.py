"""A small web site that answers by the byte: well, badly, slowly, or without end."""

import socketserver
import threading
from contextlib import contextmanager, suppress


def page(content, kind="text/html; charset=utf-8", *headers, status="200 OK"):
    """An answer as HTTP/1.1 writes it."""
    body = content.encode() if isinstance(content, str) else content
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, *headers, "", ""]).encode() + body


def sent_on(target, status="302 Found"):
    return f"HTTP/1.1 {status}\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n".encode()


class Site(socketserver.ThreadingTCPServer):
    """Answers by path: bytes, or a function that yields them; what it was asked is kept."""

    allow_reuse_address = daemon_threads = True
    block_on_close = False

    def __init__(self, answers, context=None):
        super().__init__(("127.0.0.1", 0), Visit)
        self.answers, self.context, self.asked = answers, context, []
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def port(self):
        return self.server_address[1]

    def address(self, path="/news", host="127.0.0.1"):
        scheme = "https" if self.context else "http"
        return f"{scheme}://{host}:{self.port}{path}"

    def get_request(self):
        connection, address = super().get_request()
        connection.settimeout(5)
        if self.context:
            connection = self.context.wrap_socket(connection, server_side=True)
        return connection, address

    def handle_error(self, request, client_address):
        pass  # the other side hung up; its own test says why


class Visit(socketserver.StreamRequestHandler):
    def handle(self):
        lines = []
        while (line := self.rfile.readline().decode("latin-1").rstrip("\r\n")) != "":
            lines.append(line)
        if not lines:
            return
        self.server.asked.append(lines)
        path = lines[0].split(" ")[1]
        answer = self.server.answers.get(path, page("Nothing here", status="404 Not Found"))
        for part in [answer] if isinstance(answer, bytes) else answer():
            self.wfile.write(part)

    def finish(self):
        with suppress(OSError):
            super().finish()
        self.connection.close()


@contextmanager
def serving():
    """Starts as many sites as are asked for, each with these answers by path."""
    running = []

    def serve(answers, context=None):
        running.append(Site(answers, context))
        return running[-1]

    yield serve
    for site in running:
        site.shutdown()
        site.server_close()
