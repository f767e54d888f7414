"""A bulletin as a file: from the office's own template where there is one, with the versions it was made of."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path

from guatu.load.workspace import Workspace
from guatu.read.plan import Plan
from guatu.report.carried import Issue, paragraphs_of
from guatu.report.check import WORDS, Finding, checked
from guatu.report.docx_paper import docx_of
from guatu.report.kinds import Facts, kind_of, made
from guatu.report.paper import Paper
from guatu.report.template import filled, read_template

FOLDER = "templates"
KEPT = "kept"
FORM = "内置第1版"
"""The version of the forms that come with guatu; it changes when their look or order does."""
RULES, TEMPLATE = "规则版本", "模板"


@cache
def rules_version() -> str:
    """The first twelve figures of the SHA-256 of all rules and cards that come with guatu."""
    digest = hashlib.sha256()
    for folder in ("law", "cards"):
        for one in sorted(files("guatu.rules").joinpath(folder).iterdir(), key=lambda path: path.name):
            if one.name.endswith(".toml"):
                digest.update(one.name.encode() + one.read_bytes())
    return digest.hexdigest()[:12]


def template_of(ws: Workspace, kind: str) -> Path | None:
    """The office's own template of a kind: ``templates/<kind>.docx`` of the workspace, if it is there."""
    path = ws.folder / FOLDER / f"{kind_of(kind).name}.docx"
    return path if path.is_file() else None


def keep_template(ws: Workspace, kind: str, content: bytes, paper: Paper) -> Path:
    """Take a template in after it could be filled; raises the faults of guatu.report.template.filled."""
    path = ws.folder / FOLDER / f"{kind_of(kind).name}.docx"
    filled(content, paper, path.name)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return path


def versioned(ws: Workspace, paper: Paper, *, plain: bool = False) -> tuple[Paper, bytes | None]:
    """The paper with the versions of rules and template it is made of, and the office's template if one is used."""
    path = None if plain or paper.dense else template_of(ws, paper.kind)
    content = read_template(path) if path is not None else None
    told = FORM if path is None or content is None else f"{path.name} SHA-256 {hashlib.sha256(content).hexdigest()}"
    return replace(paper, made_of=(*paper.made_of, (RULES, rules_version()), (TEMPLATE, told))), content


def issued(
    ws: Workspace, paper: Paper, *, head: str = "", number: str = "", plain: bool = False
) -> tuple[Paper, bytes]:
    """The paper with its versions and its Word file; a template that was used is kept by its hash, to check against."""
    paper, template = versioned(ws, paper, plain=plain)
    if template is None:
        return paper, docx_of(paper, head=head, number=number)
    content = filled(template, replace(paper, head=head, number=number), f"{kind_of(paper.kind).name}.docx")
    folder = ws.folder / FOLDER / KEPT
    folder.mkdir(exist_ok=True)
    kept = folder / f"{hashlib.sha256(template).hexdigest()}.docx"
    if not kept.is_file():
        kept.write_bytes(template)
    return paper, content


def rechecked(ws: Workspace, plan: Plan, issue: Issue, facts: Facts) -> tuple[Finding, ...]:
    """A file against what was printed and the data as they are now, by the template it was made from."""
    again = made(ws, plan, issue.kind, issue.period, issue.as_of, facts, issue.subject)
    versions = tuple((name, issue.made_of[name]) for name in (RULES, TEMPLATE) if name in issue.made_of)
    again = replace(again, made_of=(*again.made_of, *versions))
    digest = issue.made_of.get(TEMPLATE, "").rpartition("SHA-256 ")[2]
    used = issue.made_of.get(TEMPLATE, FORM) != FORM
    kept = ws.folder / FOLDER / KEPT / f"{digest}.docx"
    if used and not kept.is_file():
        lost = Finding(WORDS, TEMPLATE, issue.made_of[TEMPLATE], "模板不在工作区，文字没有核对，数已核对")
        return (*checked(issue, again, issue.paragraphs), lost)
    if used:
        expected = filled(kept.read_bytes(), replace(again, head=issue.head, number=issue.number), kept.name)
    else:
        expected = docx_of(again, head=issue.head, number=issue.number)
    found = checked(issue, again, paragraphs_of(expected))
    now = issue.made_of.get(RULES, rules_version())
    if now != rules_version():
        found = (*found, Finding(WORDS, RULES, now, rules_version()))
    return found
