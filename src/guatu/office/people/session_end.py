"""The end of a session: after a while without an act a person is out; the page warns two minutes before."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

SEEN, SINCE, MUST = "seen", "since", "must_change"
EACH = 60  # [s] between two notes of being there, so that not every page writes
WARN = 120  # [s] before the end


def left(request: HttpRequest) -> int:
    """Seconds left [s], 0 for nobody: of the time without an act, or of the longest a session lasts."""
    if not request.user.is_authenticated:
        return 0
    now = time.time()
    idle = settings.SESSION_IDLE - (now - request.session.get(SEEN, now))
    whole = settings.SESSION_COOKIE_AGE - (now - request.session.get(SINCE, now))
    return max(0, int(min(idle, whole)))


class SessionEnd:
    """Middleware: notes that a person is there, and shows the door when he was away too long."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on, or send to the login page."""
        if request.user.is_authenticated:
            now = time.time()
            request.session.setdefault(SINCE, now)
            seen = request.session.get(SEEN, now)
            if now - seen > settings.SESSION_IDLE or now - request.session[SINCE] > settings.SESSION_COOKIE_AGE:
                return self._out(request)
            if request.session.get(MUST) and request.path not in (reverse("password"), reverse("logout")):
                messages.warning(request, "这是管理员发的初始密码，请先改成自己的")
                return redirect("password")
            asks = request.path == reverse("session") and request.method == "GET"
            if not asks and now - request.session.get(SEEN, 0) > EACH:
                request.session[SEEN] = now
        return self.answer(request)

    def _out(self, request: HttpRequest) -> HttpResponse:
        logout(request)
        messages.warning(request, "离开太久，已经退出。没有保存的内容请重新填写")
        back = request.get_full_path() if request.method == "GET" else reverse("home")
        return redirect(f"{reverse('login')}?next={back}")


@require_http_methods(["GET", "POST"])
def session(request: HttpRequest) -> HttpResponse:
    """GET: seconds left, which does not count as being there; POST: stay."""
    if request.method == "POST":
        request.session[SEEN] = time.time()
        if not request.headers.get("X-Requested-With"):
            return redirect("home")
    return JsonResponse({"left": left(request)})
