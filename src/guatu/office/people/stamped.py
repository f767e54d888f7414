"""The stamped scan of a unit's report: put in by the unit, seen by the unit itself and by the office."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from guatu.act.log import BEIJING
from guatu.errors import ActError
from guatu.office import proof, records, snapshots
from guatu.office.permissions import account_of, names_of
from guatu.office.signing import SCANS
from guatu.office.views.answers import attached, said_fault
from guatu.office.views.gate import refusal


def scan_of(period: str, body: str) -> dict[str, str]:
    """What is known of the stamped scan: file, who put it in, when; empty where there is none."""
    return records.get(f"stamped/{period}/{body}")


def put(period: str, body: str, name: str, content: bytes, person: str) -> None:
    """Keep a scan for a body's report of a period; a later one takes its place, the log keeps both.

    Raises ActError: G-SIGN-07 the body was not asked in the period or the file is no picture and no PDF, G-OFFICE-29
    as proof says.
    """
    asked = records.get(f"collection/{period}").get("asked", {})
    wrong = "" if body in asked else f"{period} 没有向它收表"
    if Path(name).suffix.lower() not in SCANS:
        wrong = f"“{name}”不是图片或 PDF"
    if wrong:
        raise ActError.of(
            f"G-SIGN-07: {body}", "G-SIGN-07", f"{body} 盖章件", wrong, "看不出盖章", "换成图片或 PDF，核对期次"
        )
    kept = proof.keep_bytes(snapshots.opened(), name, content)
    day = datetime.now(BEIJING).date().isoformat()
    records.change(f"stamped/{period}/{body}", "传盖章件", {"scan": kept, "by": person, "on": day}, person=person)


@require_http_methods(["GET", "POST"])
def stamped(request: HttpRequest, period: str, body: str) -> HttpResponse:
    """GET: the scan, for the body itself and those who see the collection. POST: the body puts one in."""
    account = account_of(request.user)
    own = account is not None and request.user.has_perm("office.report_own") and body in names_of(account)
    if request.method == "POST":
        if not own:
            raise PermissionDenied(refusal(request, "盖章件由单位自己传"))
        with said_fault(request):
            given = request.FILES.get("scan")
            if given is None or (given.size or 0) > proof.LARGEST:
                raise ActError.of(
                    "no file", "G-SIGN-07", f"{body} 盖章件", "没有选文件，或超过 50 MB", "没有可存的", "选好再传"
                )
            put(period, body, given.name or "", given.read(), request.user.get_username())
            messages.success(request, "盖章件已存")
        return redirect("mine")
    if not (own or request.user.has_perm("office.see_collection")):
        raise PermissionDenied(refusal(request, "盖章件只给本单位和环委办看"))
    path = snapshots.opened().folder / "proof" / scan_of(period, body).get("scan", "")
    if not path.is_file():
        raise Http404(f"{body} {period} 没有传盖章件")
    return attached(path.read_bytes(), f"{body}-{period}-盖章件{path.suffix}")


def came(period: str) -> dict[str, dict[str, str]]:
    """The stamped scans of a period by body."""
    found = records.of_kind("stamped").items()
    return {name.partition("/")[2]: data for name, data in found if name.startswith(f"{period}/")}
