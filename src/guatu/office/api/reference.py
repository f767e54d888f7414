"""The reference of the interface: the schema for programs, the same as a plain page for people."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guatu.office.api import tokens
from guatu.office.api.answers import refused
from guatu.office.api.interface import interface

KINDS = {"string": "文字", "integer": "整数", "boolean": "是否", "array": "列表", "object": "对象", "null": "空"}
MEANING = {
    "status": "状态；目标是 fail、close、met、undecided",
    "sort": "doc 按文件顺序，risk 按风险",
    "unit": "只看这个单位",
    "state": "只看这个状态",
    "due": "overdue 逾期，soon 7 天内到期，unset 时限未定",
    "ledger": "台账的 id，见 /api/ledgers",
    "stage": "阶段，如 整改",
    "county": "属地",
    "q": "含这些字",
    "subject": "对象，可只写开头，如 measure/M012",
    "kind": "只看一类，如 measure、report",
    "period": "哪一期，如 2021-09",
    "address": "指标/范围/时段[@按哪天所知]",
    "day": "日期，如 2021-09-15",
}
METHODS = ("get", "post", "put", "delete")


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """The OpenAPI document, each operation with the scope a token needs for it."""
    made: dict[str, Any] = json.loads(json.dumps(interface.get_openapi_schema(path_prefix="/api/"), default=str))
    for path, method, operation in operations():
        said = made["paths"][path][method]
        said["x-scope"] = scope_of(operation)
    return made


def operations() -> list[tuple[str, str, Any]]:
    """Every operation: its path as the document says it, its method, itself."""
    found = []
    for bound in interface._get_bound_routers():
        for path, view in bound.path_operations.items():
            for operation in view.operations:
                found += [(f"/api{_plain(path)}", method.lower(), operation) for method in operation.methods]
    return found


def scope_of(operation: Any) -> str:
    """The scope an operation asks of a token."""
    return next(one.scope for one in operation.auth_callbacks if hasattr(one, "scope"))


def _plain(path: str) -> str:
    return path.replace("{path:", "{")


@login_not_required
def schema(request: HttpRequest) -> HttpResponse:
    """The document as JSON, for a login or any token that counts."""
    words = request.headers.get("Authorization", "").partition(" ")[2]
    if not request.user.is_authenticated and tokens.find(words) is None:
        return refused(401, "G-API-03", "没有令牌，或令牌不对、已到期、已停用。请带上 Authorization: Bearer 令牌")
    text = json.dumps(document(), ensure_ascii=False, indent=1)
    return HttpResponse(text, content_type="application/json; charset=utf-8")


@login_not_required
def unknown(request: HttpRequest, rest: str = "") -> HttpResponse:
    """An address of the interface that does not exist."""
    return refused(404, "G-API-05", f"没有 /api/{rest[:80]} 这个地址。请看接口说明")


def page(request: HttpRequest) -> HttpResponse:
    """The document as a page; no script draws it."""
    made = document()
    rooms: dict[str, list[dict[str, Any]]] = {}
    for path, ways in made["paths"].items():
        for method in METHODS:
            if method in ways:
                one = _described(made, path, method, ways[method])
                rooms.setdefault(one["room"], []).append(one)
    context = {"rooms": rooms.items(), "scopes": tokens.SCOPES.items(), "version": made["openapi"]}
    return render(request, "office/api_reference.html", context)


def _described(made: dict[str, Any], path: str, method: str, said: dict[str, Any]) -> dict[str, Any]:
    answer = said["responses"]["200"].get("content", {}).get("application/json", {}).get("schema", {})
    body = said.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    return {
        "room": said["tags"][0],
        "path": path,
        "method": method.upper(),
        "title": said["summary"],
        "scope": said["x-scope"],
        "asks": [_asked(one) for one in said.get("parameters", [])],
        "body": _fields(made, body) if body else [],
        "gives": _fields(made, answer),
    }


def _asked(one: dict[str, Any]) -> tuple[str, str, str]:
    where = "地址里" if one["in"] == "path" else "可不写"
    return one["name"], _kind(one["schema"]), one.get("description") or MEANING.get(one["name"]) or where


def _fields(made: dict[str, Any], schema: dict[str, Any]) -> list[tuple[str, str]]:
    """The fields of an answer, those of its entries after them."""
    schema = _resolved(made, schema)
    if schema.get("type") == "array":
        schema = _resolved(made, schema["items"])
    found = []
    for name, field in schema.get("properties", {}).items():
        inner = _resolved(made, field.get("items", {})) if field.get("type") == "array" else {}
        found.append((name, _kind(_resolved(made, field))))
        found += [
            (f"{name}[].{part}", _kind(_resolved(made, one))) for part, one in inner.get("properties", {}).items()
        ]
    return found


def _resolved(made: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    return made["components"]["schemas"][name] if name else schema


def _kind(schema: dict[str, Any]) -> str:
    if "anyOf" in schema:
        return "或".join(dict.fromkeys(_kind(one) for one in schema["anyOf"]))
    if schema.get("format") == "date":
        return "日期"
    if "enum" in schema:
        return "、".join(map(str, schema["enum"]))
    return KINDS.get(schema.get("type", ""), "任意")
