"""Error pages in words: what happened, why, what can be done now."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from guatu.office.frame import is_demo

log = logging.getLogger(__name__)


def _page(request: HttpRequest, status: int, title: str, text: str, shape: str = "close") -> HttpResponse:
    context = {"status": status, "title": title, "text": text, "shape": shape}
    return render(request, "office/error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return _page(request, 400, "这个地址不能这样打开", "浏览器发来的请求不完整，或用了没有登记的主机名。请从首页进入。")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403, with the sentence of the rule that refused."""
    words = str(exception or "") or "您的账号不能看这一页，需要时请联系环委办"
    return _page(request, 403, "这一页不归您的账号", f"{words}。")


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of a form without its token."""
    return _page(
        request, 403, "这一页停得太久了", "为防冒用，表单没有提交，您填的内容没有保存。请返回上一页刷新后再交。"
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    said = exception.args[0] if exception is not None and exception.args and isinstance(exception.args[0], str) else ""
    words = said or "地址可能抄漏了字，或这一项已随新版文件撤下"
    return _page(request, 404, "没有找到这一页", f"{words}。", "undecided")


def broken(request: HttpRequest) -> HttpResponse:
    """500; if even the frame cannot be drawn (no database), a bare page with the same words and the demo mark."""
    words = "程序出了错，已记入服务器日志。数据没有受影响。请稍后再试，仍不行请把时间告诉管理员。"
    try:
        return _page(request, 500, "这一页没有生成", words, "missed")
    except Exception:  # whatever broke the page may break its frame too
        log.exception("the error page could not be drawn in its frame")
        return HttpResponse(render_to_string("office/bare.html", {"text": words, "demo": is_demo()}), status=500)
