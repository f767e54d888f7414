"""The interface put together from its rooms."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from guatu.office.api import collection, duties, figures, ledgers, trail
from guatu.office.api.answers import Chinese, refused, speak
from guatu.office.api.gate import Pace, need

interface = NinjaAPI(
    title="挂图作战接口",
    version="1",
    description="与网页同样的数、同样的权限。数值一律是精确的文字，没有的为空并写明理由。",
    renderer=Chinese(),
    docs_url=None,
    openapi_url=None,
    auth=need(),
    throttle=[Pace()],
    urls_namespace="api",
)
speak(interface)
for room in (figures, duties, collection, ledgers, trail):
    interface.add_router("", room.router)


def addresses() -> list[Any]:
    """The addresses of the operations, open to programs: each asks for a token or a login by itself."""
    found = [one for one in interface.urls[0] if one.name != "api-root"]
    for one in found:
        one.callback = _answered(one.callback)
    return found


def _answered(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A method that is not offered is refused in words too."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        if answer.status_code == 405:
            words = refused(405, "G-API-12", f"这个地址不能用 {request.method}。请看接口说明")
            words["Allow"] = answer["Allow"]
            return words
        return answer

    answered.login_required = False
    answered.csrf_exempt = True
    return answered
