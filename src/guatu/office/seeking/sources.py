"""Where a search looks: one function a kind, each asking what the person may open before it says anything.

A complainant's identity lies in a table of its own, which nothing here reads.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse

from guatu import rules
from guatu.act.bodies import PLACES
from guatu.act.breakdown_gaps import owners
from guatu.act.registers import registers
from guatu.office import breakdowns, records, registering, seen, snapshots, wording
from guatu.office.ledger import declared, pressing
from guatu.office.ledger import objects as object_register
from guatu.office.ledger.people import visible
from guatu.office.people import bodies as body_tree
from guatu.office.seeking.hits import Group, Hit, excerpt, folded, group, holds, ranked
from guatu.rules import cards

Words = Sequence[str]
_HEADING = re.compile(r'<h2 id="([a-z-]+)">(.*?)</h2>(.*?)(?=<h2|</section>)', re.DOTALL)
_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|<[^>]+>", re.DOTALL)


def targets(user: AbstractBaseUser, words: Words, most: int) -> Group | None:
    """Targets by indicator, scope, number or the words of the notice."""
    shot = _picture(user)
    found = [
        Hit(f"{row['indicator']}（{row['scope']}）", reverse("target", args=[row["id"]]), _of_target(row), row["id"])
        for row in shot.get("rows", ())
        if holds(words, row["indicator"], row["short"], row["scope"], row["id"], row["word"], row["text"])
    ]
    return group("targets", "目标", found, words, most)


def tasks(user: AbstractBaseUser, words: Words, most: int) -> Group | None:
    """Tasks the person may open, by title, place in the notice, bodies or text."""
    if not user.has_perm("office.see_tasks"):
        return None
    found = []
    for duty in seen.tasks(user):
        named = [part.body for part in duty.parts.all()]
        if holds(words, duty.title, duty.code, duty.text, duty.get_state_display(), *named):
            told = f"{duty.get_state_display()}　{'、'.join(named[:2])}{'等' if len(named) > 2 else ''}"
            said = told if holds(words, duty.title, duty.code, told) else excerpt(words, duty.text)
            found.append(Hit(duty.title, reverse("task", args=[duty.code]), said, duty.code))
    return group("tasks", "任务", found, words, most)


def measures(user: AbstractBaseUser, words: Words, most: int) -> Group | None:
    """Sentences of duty: all, or those the person's body reports on."""
    if not user.has_perm("office.see_tasks"):
        return None
    everything, own = seen.sees_all(user), seen.bodies(user)
    counties = [] if everything else breakdowns.head().get("counties", [])
    found = [
        Hit(excerpt(words, row.text), reverse("measure", args=[row.id]), f"{row.id}　{row.lead}", row.id)
        for row in breakdowns.rows()
        if holds(words, row.text, row.id, row.lead) and (everything or own & set(owners(row, counties)))
    ]
    return group("measures", "措施", found, words, most)


def problems(user: AbstractBaseUser, words: Words, most: int) -> Group | None:
    """Problems of the person's list, by title, number or number at the source; found and cut in the database."""
    if not user.has_perm("ledger.see_problems"):
        return None
    base = visible(user)
    asked = base
    for word in words:
        asked = asked.filter(Q(title__icontains=word) | Q(number__icontains=word) | Q(source_no__icontains=word))
    columns = ("number", "title", "stage", "lead_unit", "county", "ledger")
    rows = list(base.filter(number__iexact=words[0]).values_list(*columns)) if len(words) == 1 else []
    rows += [row for row in asked.order_by("number").values_list(*columns)[: most + 1] if row not in rows]
    total = len(rows) if len(rows) <= most else asked.count()
    every = declared.ledgers()
    hits = [
        Hit(
            title,
            reverse("problem", args=[number]),
            f"{number}　{stage}　{unit or county}　{every[ledger].title if ledger in every else ledger}",
            number,
        )
        for number, title, stage, unit, county, ledger in rows[:most]
    ]
    return Group("problems", "问题", tuple(ranked(hits, words)), total)


def objects(user: AbstractBaseUser, words: Words, most: int) -> Group | None:
    """Enterprises, outfalls, plots and the other objects, by name, code or county."""
    if not user.has_perm("ledger.see_whole"):
        return None
    found = [
        Hit(
            data["name"], reverse("object", args=[number]), f"{number}　{_kind(data)}　{data.get('county', '')}", number
        )
        for number, data in records.of_kind(object_register.KIND).items()
        if holds(words, data["name"], number, str(data.get("code", "")), data.get("county", ""), _kind(data))
    ]
    return group("objects", "对象", found, words, most)


def bodies(user: AbstractBaseUser, words: Words, most: int) -> Group | None:
    """Bodies and places under every name they had, and those only the plan and the workspace name."""
    if not user.has_perm("office.see_bodies"):
        return None
    nodes = body_tree.tree().values()
    known = {name for node in nodes for name in node.names}
    there = [(node.names[0], node.kind, node.names[1:]) for node in nodes]
    there += [(one["name"], one["kind"], ()) for one in _picture(user).get("places", ()) if one["name"] not in known]
    found = []
    for name, kind, former in there:
        if holds(words, name, *former):
            told = ("县（市、区）" if kind in PLACES else kind) + (f"，原{'、'.join(former)}" if former else "")
            found.append(Hit(name, _home_of(user, name), told))
    return group("bodies", "单位和县（市、区）", found, words, most)


def papers(user: AbstractBaseUser, words: Words, most: int) -> Group | None:
    """Notices, bulletins, letters and the entries of the registers, each kind for those who may open it."""
    found: list[Hit] = []
    if user.has_perm("office.see_notices"):
        for number, data in records.of_kind("notice").items():
            if holds(words, number, data["name"], data.get("number", ""), data.get("title", "")):
                found.append(
                    Hit(
                        data.get("title") or data["name"],
                        reverse("notice", args=[number]),
                        f"文件　{data['status']}",
                        number,
                    )
                )
    if user.has_perm("bulletins.see"):
        for number, data in records.of_kind("bulletin").items():
            if holds(words, number, data["title"], data.get("number", ""), data["period"]):
                found.append(Hit(data["title"], reverse("bulletin", args=[number]), f"简报　{data['period']}", number))
    if user.has_perm("ledger.read_letters"):
        for number, data in records.of_kind(pressing.KIND).items():
            if holds(words, number, *map(str, data.values())):
                found.append(Hit(f"函 {number}", reverse("letters"), excerpt(words, _line(data.values())), number))
    if user.has_perm("office.see_tasks"):
        for page, kind in registering.PAGES.items():
            register = registers()[kind]
            for number, data in seen.entries(user, register).items():
                line = _line(data.get(field, "") for field in register.fields if register.fields[field].kind != "file")
                if holds(words, number, line):
                    title = data.get(register.lead) or number
                    told = f"{register.title}　{data.get('state', '')}　{excerpt(words, line)}"
                    found.append(Hit(title, reverse("entry", args=[page, number]), told, number))
    return group("papers", "文件、会议、批示、项目", found, words, most)


def places(user: AbstractBaseUser, words: Words, most: int) -> Group | None:
    """Sections and stations."""
    shot = _picture(user)
    names = {one["code"]: one["name"] for one in shot.get("places", ())}
    found = [
        Hit(
            one["name"],
            f"{reverse('sections')}#{one['name']}",
            f"断面　{one['river']}　{one['place']}　{one['month']} {one['grade']}　目标 {one['aim']}",
            one["id"],
        )
        for one in shot.get("sections", ())
        if holds(words, one["name"], one["river"], one["place"], *one["lists"], one["id"], "断面")
    ]
    for one in shot.get("stations", ()):
        area = names.get(one["place"], one["place"])
        if holds(words, one["name"], one["code"], area, "空气站点"):
            address = f"aqi/{area}/{shot['as_of']}"
            open_to = user.has_perm("office.explain", address)
            link = reverse("rows", args=[area, shot["as_of"]]) if open_to else reverse("wall")
            found.append(Hit(one["name"], link, f"空气站点　{one['code']}　{area}", one["code"]))
    return group("places", "断面和站点", found, words, most)


def law(user: AbstractBaseUser, words: Words, most: int) -> Group | None:
    """Limits and methods by name, clause or note, and the indicators by the words that mean them."""
    if not user.has_perm("office.see_figures"):
        return None
    page = _rules_page()
    if not page:
        return None
    found = [
        Hit(title, f"{page}?q={number}", told, number) for whole, title, told, number in _law() if holds(words, whole)
    ]
    return group("rules", "规则和指标", found, words, most)


def help_page(user: AbstractBaseUser, words: Words, most: int) -> Group | None:
    """The parts of the help page."""
    found = [
        Hit(title, f"{reverse('help')}#{anchor}", excerpt(words, text))
        for anchor, title, text in _help()
        if holds(words, title, text)
    ]
    return group("help", "说明", found, words, most)


KINDS: tuple[Callable[[AbstractBaseUser, Words, int], Group | None], ...] = (
    targets, tasks, measures, problems, objects, bodies, papers, places, law, help_page,
)  # fmt: skip


def search(user: AbstractBaseUser, words: Words, only: str, few: int, many: int) -> list[Group]:
    """What a person may open that holds every word: a few of each kind, or many of the one kind asked for."""
    if not words:
        return []
    every = [look(user, words, many if only else few) for look in KINDS]
    return [one for one in every if one is not None and one.total]


def _picture(user: AbstractBaseUser) -> dict[str, Any]:
    shot = snapshots.latest() if user.has_perm("office.see_figures") else None
    return shot.picture if shot else {}


def _of_target(row: dict[str, Any]) -> str:
    figure = f"　{row['figure']}{row['unit']}" if row["figure"] else ""
    return f"{wording.outline_text(row['outline'])}　{row['word']}{figure}　目标 {row['goal']}"


def _kind(data: dict[str, Any]) -> str:
    return object_register.KINDS[data["kind"]][1]


def _line(values: Iterable[Any]) -> str:
    return "　".join(str(one) for one in values if one and not isinstance(one, (dict, list)))


def _home_of(user: AbstractBaseUser, name: str) -> str:
    """The page of a body, for those who may open it; else the tree it stands in."""
    return reverse("home-of", args=[name]) if user.has_perm("homes.see", name) else reverse("bodies")


def _rules_page() -> str:
    try:
        return reverse("rules")
    except NoReverseMatch:
        return ""


@lru_cache(maxsize=1)
def _law() -> list[tuple[str, str, str, str]]:
    """Of each rule and each indicator: the text searched, the title, what is told, the number; read once a process."""
    today = date.today()
    newest = {rule.id: rule for rule in rules.every() if rule.since <= today}
    found = [
        (f"{one.id}\n{one.clause}\n{one.note}\n{one.source}", one.clause or one.id, f"{one.id}　{one.since} 起", one.id)
        for one in newest.values()
    ]
    for card in cards.all_cards():
        whole = "\n".join((card.id, card.name, *card.say, card.clause))
        found.append((whole, card.name, f"指标　{card.clause}", card.id))
    return [(folded(whole), title, told, number) for whole, title, told, number in found]


@lru_cache(maxsize=1)
def _help() -> list[tuple[str, str, str]]:
    """Anchor, title and words of each part of the help page."""
    source = get_template("office/help.html").template.source
    return [(anchor, _TAG.sub("", title), _TAG.sub(" ", text)) for anchor, title, text in _HEADING.findall(source)]
