"""Runs ``guatu`` for the documents without starting Python and Django anew each time.

A parent that has imported everything and opened nothing forks a child for every call; the child takes the caller's
folder, environment and standard streams, so a document's shell cannot tell it from the real command.
"""

from __future__ import annotations

import array
import gc
import importlib
import json
import os
import socket
import sys
import traceback
from pathlib import Path

CLIENT = """#!{python} -IS
import array, json, os, socket, sys
if {{"serve", "restore"}} & set(sys.argv[1:]):
    os.execve({python!r}, [{python!r}, "-c", "from guatu.cli import main; main()", *sys.argv[1:]], os.environ)
s = socket.socket(socket.AF_UNIX)
s.connect({address!r})
fds = array.array("i", [0, 1, 2])
s.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, fds)])
told = json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode()
s.sendall(len(told).to_bytes(8, "big") + told)
sys.exit(int(s.recv(8) or b"70"))
"""


def client(folder: Path, address: str) -> None:
    """Write the ``guatu`` that a document's shell finds first."""
    path = folder / "guatu"
    path.write_text(CLIENT.format(python=sys.executable, address=address), encoding="utf-8")
    path.chmod(0o755)


def listen(address: str) -> None:
    """Answer calls until killed."""
    sys.argv = ["guatu"]
    os.environ["DJANGO_SETTINGS_MODULE"] = "guatu.office.settings"
    os.environ.pop("GUATU_WORKSPACE", None)
    import django

    django.setup()
    for name in ("guatu.office.urls", "guatu.judge.board", "guatu.report.kinds", "guatu.cli.app", "rich.table"):
        importlib.import_module(name)
    from guatu.cli.app import FILES

    for name in FILES:
        importlib.import_module(f"guatu.cli.{name}")
    gc.freeze()
    server = socket.socket(socket.AF_UNIX)
    server.bind(address)
    server.listen()
    print("ready", flush=True)
    while True:
        call, _ = server.accept()
        if os.fork() == 0:
            server.close()
            _answer(call)
        call.close()
        while True:
            try:
                if os.waitpid(-1, os.WNOHANG)[0] == 0:
                    break
            except ChildProcessError:
                break


def _answer(call: socket.socket) -> None:
    """One call, in the child, run in a grandchild's place: its exit code goes back when it is over."""
    fds = array.array("i")
    _, ancillary, _, _ = call.recvmsg(1, socket.CMSG_LEN(3 * fds.itemsize))
    fds.frombytes(ancillary[0][2][: 3 * fds.itemsize])
    length = int.from_bytes(call.recv(8), "big")
    content = b""
    while len(content) < length:
        content += call.recv(length - len(content))
    words, folder, environment = json.loads(content)
    for number, fd in enumerate(fds):
        os.dup2(fd, number)
    code = 70
    try:
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        sys.argv = ["guatu", *words]
        _settings_of_the_caller()
        from guatu.cli import main

        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    call.sendall(str(code).encode())
    call.close()
    os._exit(0)


def _settings_of_the_caller() -> None:
    """When the command starts Django, the settings are read again from its own environment."""
    import django
    from django.conf import settings
    from django.db import connections

    def again(set_prefix: bool = True) -> None:
        import guatu.office.settings as module

        importlib.reload(module)
        for name in dir(module):
            if name.isupper():
                setattr(settings, name, getattr(module, name))
        for alias in ("default",):
            if hasattr(connections._connections, alias):
                delattr(connections._connections, alias)
        connections.__dict__.pop("settings", None)
        connections._settings = None

    django.setup = again


if __name__ == "__main__":
    listen(sys.argv[1])
