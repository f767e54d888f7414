"""Comments on the breakdown: a body says what it thinks of its rows, the office settles each with a reason."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from guatu.act.breakdown_comments import ANSWERS
from guatu.office import breakdowns, commenting, seen
from guatu.office.permissions import account_of
from guatu.office.views.answers import said_fault
from guatu.office.views.gate import may, refusal

SEE, EDIT, OWN = "office.see_tasks", "office.edit_duties", "office.comment"


@may(SEE, "征求意见只对业务账号开放")
def comments(request: HttpRequest) -> HttpResponse:
    """All bodies and comments for those who see all tasks, its own for a body."""
    account, head = account_of(request.user), breakdowns.head()
    body = "" if seen.sees_all(request.user) else account.body
    asked = commenting.asked() if head else {}
    rows = {row.id: row for row in breakdowns.rows()}
    found = [one for one in commenting.comments() if not body or one.body == body]
    context = {
        "head": head,
        "open": head.get("status") == breakdowns.COMMENT,
        "body": body,
        "voices": [one for one in commenting.voices() if not body or one.body == body] if head else [],
        "comments": [(one, rows.get(one.row)) for one in found],
        "own": [rows[name] for name in asked.get(body, ()) if name in rows],
        "bodies": tuple(asked),
        "answers": ANSWERS,
        "may_comment": request.user.has_perm(OWN),
        "may_edit": request.user.has_perm(EDIT),
    }
    return render(request, "office/comments.html", context)


@require_POST
@may(SEE, "征求意见只对业务账号开放")
def say(request: HttpRequest) -> HttpResponse:
    """A body's own comment or that it has none; the clerk writes down for a body what came on paper."""
    asked, person = request.POST, request.user.get_username()
    if not (request.user.has_perm(EDIT) or request.user.has_perm(OWN)):
        raise PermissionDenied(refusal(request, "意见由任务单位提，由环委办代录"))
    with said_fault(request):
        if request.user.has_perm(EDIT):
            body, recorded = asked.get("body", ""), True
        else:
            body, recorded = account_of(request.user).body, False
        if asked.get("act") == "none":
            commenting.no_objection(body, person, recorded=recorded)
            messages.success(request, f"已记下：{body}无意见")
        else:
            commenting.say(body, asked.get("row", ""), asked.get("text", ""), person, recorded=recorded)
            messages.success(request, "意见已提交，环委办答复后在这里看得到")
    return redirect("comments")


@require_POST
@may(EDIT, "意见由环委办答复")
def settle(request: HttpRequest, name: str) -> HttpResponse:
    """Settle a comment."""
    with said_fault(request):
        answer, reason = request.POST.get("answer", ""), request.POST.get("reason", "")
        commenting.settle(name, answer, reason, request.user.get_username())
        messages.success(request, f"{name} 已答复")
    return redirect("comments")
