"""How the interface answers: JSON with Chinese as it is, pages of a list, and every refusal as code and sentence."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Query, Schema
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from ninja.renderers import JSONRenderer

from guatu.errors import GuatuError

logger = logging.getLogger(__name__)
STATUS = {"G-OFFICE-12": 409, "G-ACT-31": 409}
"""Codes with a status of their own, here those that say somebody else was there before; the others are 422."""
LONGEST = 200  # entries a page
TYPES = {
    "missing": "没有写",
    "int_parsing": "不是整数",
    "date_from_datetime_parsing": "不是日期",
    "date_parsing": "不是日期",
    "greater_than_equal": "太小",
    "less_than_equal": "太大",
    "string_type": "不是文字",
    "bool_parsing": "不是真假值",
    "dict_type": "不是对象",
    "json_invalid": "不是 JSON",
}


class Chinese(JSONRenderer):
    """Chinese stays Chinese, so that a person can read what a program gets."""

    json_dumps_params = {"ensure_ascii": False}  # noqa: RUF012 - the base class says it so


class Wrong(Schema):
    """A refusal: a stable code and a sentence of what, why and what to do; faults: each one where there are several."""

    code: str
    message: str
    faults: list[dict[str, str]]


ERRORS = dict.fromkeys((400, 401, 403, 404, 409, 422, 429), Wrong)
PageNumber = Annotated[int, Query(1, ge=1, le=100_000, description="第几页")]
PageSize = Annotated[int, Query(50, ge=1, le=LONGEST, description="每页几条")]


def paged(found: Sequence[Any], page: int, size: int, said: Callable[[Any], Any]) -> dict[str, Any]:
    """One page of a list with its totals; a page after the last is empty."""
    shown = found[(page - 1) * size : page * size]
    return {
        "items": [said(one) for one in shown],
        "total": len(found),
        "page": page,
        "pages": max(1, -(-len(found) // size)),
    }


def ask(request: HttpRequest, act: str, refusal: str, thing: Any = None) -> None:
    """Let the request through if its user may do the act on the thing. Raises PermissionDenied with the refusal."""
    if not request.user.has_perm(act, thing):
        raise PermissionDenied(refusal)


def refused(status: int, code: str, message: str, faults: Sequence[dict[str, str]] = ()) -> HttpResponse:
    """A refusal as JSON, also where no operation was reached."""
    words = json.dumps({"code": code, "message": message, "faults": list(faults)}, ensure_ascii=False)
    return HttpResponse(words, status=status, content_type="application/json; charset=utf-8")


def speak(api: NinjaAPI) -> None:
    """Teach an interface to refuse in code and sentence."""
    for kind, answer in _ANSWERS.items():
        api.add_exception_handler(kind, answer)


def _unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return refused(401, "G-API-03", "没有令牌，或令牌不对、已到期、已停用。请带上 Authorization: Bearer 令牌")


def _forbidden(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return refused(403, "G-API-04", f"{error or '您的账号不能做这一步'}。需要时请联系环委办")


def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    said = error.args[0] if error.args and isinstance(error.args[0], str) else "没有这一项"
    return refused(404, "G-API-05", f"{said}。请核对编号")


def _plain(request: HttpRequest, error: HttpError) -> HttpResponse:
    if error.status_code == 403:
        return refused(403, "G-API-06", "用浏览器的登录来写，须带上 CSRF 校验值。请改用令牌，或从网页提交")
    return refused(error.status_code, "G-API-08", "请求的内容读不出来。请按 JSON 写，用 UTF-8 编码")


def _unfit(request: HttpRequest, error: ValidationError) -> HttpResponse:
    faults = []
    for one in error.errors:
        where = "／".join(str(part) for part in one["loc"][1:]) or "请求的内容"
        faults.append({"code": "G-API-07", "where": where, "message": f"“{where}”{TYPES.get(one['type'], '写得不对')}"})
    return refused(422, "G-API-07", "；".join(one["message"] for one in faults) + "。请改后再发", faults)


def _fault(request: HttpRequest, error: GuatuError) -> HttpResponse:
    faults = [{"code": one.code, "where": one.where, "message": str(one)} for one in error.faults]
    first = faults[0] if faults else {"code": "G-API-09", "message": error.message}
    words = "；".join(one["message"] for one in faults) or error.message
    return refused(STATUS.get(first["code"], 422), first["code"], words, faults)


def _hasty(request: HttpRequest, error: Throttled) -> HttpResponse:
    answer = refused(429, "G-API-10", "调用太密。请稍后再试")
    answer["Retry-After"] = str(max(1, int(error.wait or 1)))
    return answer


def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    logger.exception("a call of the interface failed", exc_info=error)
    return refused(500, "G-API-99", "程序出了错，已记入服务器日志。数据没有受影响。请稍后再试")


_ANSWERS: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
    AuthenticationError: _unknown,
    PermissionDenied: _forbidden,
    Http404: _missing,
    Throttled: _hasty,
    HttpError: _plain,
    ValidationError: _unfit,
    GuatuError: _fault,
    Exception: _broken,
}
