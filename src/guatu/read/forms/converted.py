"""Old binary Word and WPS files (.doc, .wps, .rtf, .odt): converted to .docx by LibreOffice, where there is one."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from guatu.read.forms import faults, word
from guatu.read.forms.extract import Extract
from guatu.read.forms.kinds import Kind

PATIENCE = 90  # [s]; a notice takes two or three


def soffice() -> str | None:
    """Where LibreOffice is on this machine."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def read(data: bytes, name: str, kind: Kind, patience: int = PATIENCE) -> Extract:
    """The text of an old file by way of .docx; raises ReadError G-READ-26 (no LibreOffice), 27 (not converted)."""
    program = soffice()
    if program is None:
        raise faults.needs_office(name, kind.name)
    with tempfile.TemporaryDirectory(prefix="guatu-") as folder:
        source = Path(folder, "notice" + kind.endings[0])
        source.write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--norestore",
            "--convert-to",
            "docx",
            "--outdir",
            folder,
            str(source),
        ]
        _run(command, name, kind, patience)
        made = source.with_suffix(".docx")
        if not made.is_file() or made.stat().st_size == 0:
            raise faults.not_converted(name, kind.name)
        return word.read(made.read_bytes(), name)


def _run(command: list[str], name: str, kind: Kind, patience: int) -> None:
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    try:
        process.wait(timeout=patience)
    except subprocess.TimeoutExpired as error:
        raise faults.not_converted(name, kind.name, patience) from error
    finally:
        if process.poll() is None:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End LibreOffice with the processes it started."""
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
