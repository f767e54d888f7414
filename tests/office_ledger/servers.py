"""A mail server and a robot on this machine, that take what is sent and say so, or refuse it."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.header import decode_header
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any


@contextmanager
def serving(server: Any) -> Iterator[int]:
    """A server in a thread of its own, while it is asked; its port."""
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


class Post(socketserver.ThreadingTCPServer):
    """A mail server with no more of SMTP than a client needs; mails: addressee, subject and text of each."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Smtp)
        self.mails: list[tuple[str, str, str]] = []
        self.refusing = False


class _Smtp(socketserver.StreamRequestHandler):
    server: Post

    def handle(self) -> None:
        self._say("220 here")
        to = ""
        while line := self.rfile.readline().decode().strip():
            word = line.upper()
            if word.startswith("RCPT"):
                to = line.split("<")[1].split(">")[0]
                self._say("451 try later" if self.server.refusing else "250 ok")
            elif word == "DATA":
                self._say("354 go on")
                content = b""
                while (part := self.rfile.readline()) not in (b".\r\n", b""):
                    content += part
                mail = message_from_bytes(content)
                subject = "".join(
                    piece.decode(coding or "ascii") if isinstance(piece, bytes) else piece
                    for piece, coding in decode_header(mail["Subject"])
                )
                self.server.mails.append((to, subject, mail.get_payload(decode=True).decode()))
                self._say("250 taken")
            elif word == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class Robot(HTTPServer):
    """A group robot: keeps what is posted, answers with errcode."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Hook)
        self.posts: list[Any] = []
        self.errcode = 0


class _Hook(BaseHTTPRequestHandler):
    server: Robot

    def do_POST(self) -> None:
        self.server.posts.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        answer = json.dumps({"errcode": self.server.errcode, "errmsg": "x"}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""
