"""sh dev trust [fuzz | faults | load | bill | recovery] [options]: what docs/trust.md says, measured again."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

PARTS = {
    "faults": ["-m", "tests.office_keeping"],
    "load": ["-m", "tests.trust.load"],
    "bill": ["-m", "tests.trust.bill"],
    "recovery": [
        "-m", "pytest", "-q", "-n", "0",
        "tests/office_keeping/test_a_backup_brings_everything_back.py",
        "tests/office_keeping/test_a_rewritten_log_is_found.py",
        "tests/office_keeping/test_the_doctor_finds_what_is_wrong.py",
    ],
    "security": [
        "-m", "pytest", "-q", "-n", "0", "tests/office/test_safety.py", "tests/office/test_who_may_see_what.py",
        "tests/office/test_each_page_has_its_row_of_roles.py", "tests/office_api/test_who_may_call_what.py",
        "tests/office_ledger/test_who_may_see_which_problem.py", "tests/office_people/test_a_session_ends.py",
    ],
}  # fmt: skip


def fuzz(words: list[str]) -> int:
    """Changed files for every reader; the table of what they met."""
    from tests.trust.fuzz.run import run

    asked = argparse.ArgumentParser(prog="sh dev trust fuzz")
    asked.add_argument("--inputs", type=int, default=1_000_000)
    asked.add_argument("--seconds", type=float, default=4 * 3600)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--only", default="", help="readers whose name holds this")
    asked.add_argument("--share", type=float, default=1.0, help="of one core")
    given = asked.parse_args(words)
    found = run(given.inputs, given.seconds, given.seed, given.only, given.share)
    print(f"{sum(found.inputs.values())} inputs, at most {found.memory:.0f} MB")
    for name in sorted(found.inputs):
        told = f"{found.inputs[name]:8} {found.results[name]:8} read {found.refusals[name]:8} refused"
        print(f"{name:22}{told} {found.slowest[name]:7.2f} s at most")
    for what, path in found.findings.items():
        print(f"FOUND {what}: {path}")
    return 1 if found.findings else 0


def main() -> int:
    """One part, or with options alone the kills, as before."""
    words = sys.argv[1:]
    part = words.pop(0) if words and not words[0].startswith("-") else "faults"
    if part == "fuzz":
        return fuzz(words)
    if part not in PARTS:
        print(__doc__, file=sys.stderr)
        return 2
    root = Path(__file__).resolve().parents[2]
    return subprocess.run([sys.executable, *PARTS[part], *words], cwd=root, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
