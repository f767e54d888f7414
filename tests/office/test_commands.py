"""guatu serve and guatu user, as a person types them."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from django.core.management import call_command

from guatu.load.workspace import Workspace
from tests.office import sample

GUATU = [sys.executable, "-c", "from guatu.cli import main; main()"]


def run(folder, *words, password="correct-horse-battery-9"):
    environment = {**os.environ, "GUATU_PASSWORD": password}
    for name in ("DJANGO_SETTINGS_MODULE", "GUATU_DATABASE_URL"):
        environment.pop(name, None)
    return subprocess.run([*GUATU, "-C", str(folder), *words], env=environment, capture_output=True, text=True)


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    return Workspace.create(tmp_path_factory.mktemp("city") / "ws", type(sample.CITY)("甲市")).folder


def test_a_user_is_added_once_with_a_role_and_a_body(real):
    good = run(real, "user", "add", "wang", "--role", "responsible", "--body", "市住建局")
    assert good.returncode == 0 and "已建立账号 wang（责任单位，市住建局）" in good.stdout
    for words, code in (
        (("wang", "--role", "leader"), "G-OFFICE-03"),
        (("li", "--role", "county"), "G-OFFICE-02"),
    ):
        bad = run(real, "user", "add", *words)
        assert bad.returncode == 1 and code in bad.stderr and "Traceback" not in bad.stderr
    weak = run(real, "user", "add", "li", "--role", "leader", password="123")
    assert weak.returncode == 1 and "G-OFFICE-07" in weak.stderr
    assert run(real, "user", "password", "wang").returncode == 0


def test_serve_outside_a_workspace_is_a_sentence(tmp_path):
    said = run(tmp_path, "serve")
    assert said.returncode == 1 and "G-WORK-01" in said.stderr


def test_serve_comes_up_without_plan_or_data_and_answers(real):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {k: v for k, v in os.environ.items() if k not in ("DJANGO_SETTINGS_MODULE", "GUATU_DATABASE_URL")}
    server = subprocess.Popen([*GUATU, "-C", str(real), "serve", "--port", str(port)], env=environment)
    try:
        for _ in range(300):
            try:
                page = urllib.request.urlopen(f"http://127.0.0.1:{port}/login/").read().decode()
                break
            except OSError:
                time.sleep(0.1)
        css = re.search(r'href="(/static/office/office\.[0-9a-f]{12}\.css)"', page)[1]
        assert "甲市" in page and "演示账号" not in page
        answer = urllib.request.urlopen(f"http://127.0.0.1:{port}{css}")
        assert answer.status == 200 and "immutable" in answer.headers["Cache-Control"]
        taken = run(real, "serve", "--port", str(port))
        assert taken.returncode == 1 and "G-OFFICE-06" in taken.stderr
    finally:
        server.terminate()
        server.wait()


@pytest.mark.django_db
def test_models_and_migrations_agree():
    call_command("makemigrations", "office", check_changes=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("url", ["mysql://host/name", "postgres://nobody:wrong@127.0.0.1:1/none"])
def test_a_database_that_does_not_answer_is_one_sentence(real, url):
    environment = {name: word for name, word in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    environment["GUATU_DATABASE_URL"] = url
    done = subprocess.run([*GUATU, "-C", str(real), "serve"], env=environment, capture_output=True, text=True)
    assert done.returncode == 1 and "G-OFFICE-36" in done.stderr and "Traceback" not in done.stderr


def test_a_broken_database_file_is_one_sentence(tmp_path):
    folder = Workspace.create(tmp_path / "ws", type(sample.CITY)("乙市")).folder
    (folder / "guatu.sqlite3").write_bytes(b"not a database at all")
    done = run(folder, "serve")
    assert done.returncode == 1 and "G-OFFICE-36" in done.stderr and "备份" in done.stderr
