"""The evidence behind a sheet, item by item and numbered: figures, rows, files, and what is missing with who owes it.

Nothing of a complainant goes in: a problem that came from the public brings its rows, not its files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from guatu.act.duty_states import DONE
from guatu.base.value import Step
from guatu.compute.classes import ROMAN
from guatu.errors import GuatuError
from guatu.judge.address import value_at
from guatu.judge.board import plan_of
from guatu.load.workspace import Workspace
from guatu.office.ledger.models import Complainant, PaperProof, Problem
from guatu.office.scoring import answers, assessing, filed
from guatu.report.plain_table import table_xlsx
from guatu.score.facts import Fact, Row
from guatu.score.feeding_sections import water_of
from guatu.score.lost import row_words
from guatu.score.scheme import Item, Scheme
from guatu.score.sheet import NONE, Line, Sheet
from guatu.score.wording import plain

PUBLIC = ("petition", "hotline")
"""Ledgers whose problems people outside the offices brought: their files may name them."""
GENERAL = "00"
SECTIONS = "断面月度类别表"
LONGEST_MONTH = len("2021-09")
FIGURE, ROWS, FILE, LACKS = "数据", "明细", "材料", "缺"


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One thing in the folder.

    number: ``W1-03``; kind: 数据, 明细, 材料 or 缺; content: makes its bytes, none where it is missing or stays where
    it is; file: its path in the zip; address: what opens it in the pages; said: where it is from, or what is missing;
    owes: who brings it.
    """

    number: str
    title: str
    kind: str
    said: str = ""
    owes: str = ""
    file: str = ""
    address: str = ""
    content: Callable[[], bytes] | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """The exhibits of one item."""

    item: str
    title: str
    points: str
    got: str
    words: str
    exhibits: tuple[Exhibit, ...]


@dataclass(frozen=True, slots=True)
class Folder:
    """The evidence of one subject's sheet."""

    by: Scheme
    sheet: Sheet
    chapters: tuple[Chapter, ...]
    demo: bool = False

    @property
    def exhibits(self) -> list[Exhibit]:
        """All of them, in the order of the contents."""
        return [one for chapter in self.chapters for one in chapter.exhibits]

    @property
    def lacking(self) -> list[Exhibit]:
        """What is missing."""
        return [one for one in self.exhibits if one.kind == LACKS]


Sees = Callable[[str], bool]
"""Whether whoever asks may open an address; the command may open all."""


def folder_of(ws: Workspace, by: Scheme, one: Sheet, scheme_text: str, sees: Sees = lambda _: True) -> Folder:
    """Everything that shows how a sheet came about.

    sees: addresses that may not be opened by whoever asks bring a line that says so, nothing of their content.
    """
    made = _Maker(ws, by, one, sees)
    general = (
        made.exhibit(GENERAL, 1, "得分表", FIGURE, ".xlsx", partial(made.document, answers.sheet(by, one))),
        made.exhibit(GENERAL, 2, "失分清单", FIGURE, ".xlsx", partial(made.document, answers.why(by, one))),
        made.exhibit(
            GENERAL, 3, "考核细则", FILE, ".toml", scheme_text.encode,
            said=f"{by.source}，版本 {by.sha256[:12]}",
        ),
    )  # fmt: skip
    whole = Chapter(GENERAL, "总表与细则", plain(by.full), f"{one.total}", one.mark, general)
    return Folder(by, one, (whole, *(made.chapter(line) for line in one.lines)), ws.demo)


@dataclass
class _Maker:
    """Makes the chapters of one sheet; what the database knows of its problems is read once."""

    ws: Workspace
    by: Scheme
    one: Sheet
    sees: Sees
    proofs: Mapping[str, Sequence[PaperProof]] = field(init=False)
    problems: Mapping[str, Problem] = field(init=False)
    secrets: Sequence[str] = field(init=False)
    of_measures: Mapping[str, str] = field(init=False)
    hands: assessing.Hands = field(init=False)

    def __post_init__(self) -> None:
        rows = [row for line in self.one.lines for fact in line.facts.values() for row in fact.rows]
        numbers = {name for row in rows if (name := _problem_of(row))}
        self.problems = {one.number: one for one in Problem.objects.filter(number__in=numbers)}
        kept = list(Complainant.objects.filter(problem__number__in=numbers).select_related("problem"))
        self.secrets = sorted({one.identity for one in kept if one.identity.strip()}, key=len, reverse=True)
        closed = {one.problem.number for one in kept}
        found: dict[str, list[PaperProof]] = {}
        for paper in PaperProof.objects.filter(problem__number__in=numbers).select_related("problem").order_by("id"):
            if paper.problem.ledger not in PUBLIC and paper.problem.number not in closed:
                found.setdefault(paper.problem.number, []).append(paper)
        self.proofs = found
        self.hands = assessing.hands_of(self.by, self.one.subject)
        self.of_measures = filed.proofs_of_measures(self.one.subject)

    def exhibit(
        self, item: str, number: int, title: str, kind: str, ending: str, content: Callable[[], bytes],
        said: str = "", address: str = "",
    ) -> Exhibit:  # fmt: skip
        """An exhibit with its place in the zip; what may not be opened brings no content."""
        name = f"{item}-{number:02d}"
        if address and not self.sees(address):
            return Exhibit(name, title, kind, "您的账号打不开，由环委办提供")
        file = f"{self._place(item)}/{name} {_safe(title)}{ending}"
        return Exhibit(name, title, kind, said, file=file, address=address, content=content)

    def document(self, answer: answers.Answer) -> bytes:
        """An answer as a workbook, without the identity of anybody who complained."""
        words = tuple(self._clean(one) for one in answer.words)
        tables = tuple(
            replace(one, rows=[tuple(self._clean(cell) for cell in row) for row in one.rows]) for one in answer.tables
        )
        return answers.document(replace(answer, words=words, tables=tables), "xlsx", self.ws.demo)

    def chapter(self, line: Line) -> Chapter:
        """The exhibits of an item: how it was scored, each figure to its rows, the rows, the files, what is missing."""
        item = self.by.item(line.item)
        found = list(self._of_line(line, item)) if item else []
        numbered = tuple(self._numbered(line.item, at, one) for at, one in enumerate(found, 1))
        got = "待定" if line.got is None and line.state != NONE else "缺项" if line.got is None else f"{line.got}"
        return Chapter(line.item, line.title, plain(line.points), got, self._clean(line.words), numbered)

    def _of_line(self, line: Line, item: Item) -> Iterator[Exhibit]:
        yield Exhibit("", "计分过程", FIGURE, file=".xlsx", content=partial(self._course, line))
        made, opened, behind = {"计分过程"}, set(), list[Exhibit]()
        for used in answers.used(self.by, line, overridden=True):
            fact, title = used.fact, used.title
            if fact.address.count("/") == 2 and "@" in fact.address and fact.address not in opened:
                opened.add(fact.address)
                told = self._clean(answers.told(used))
                if not self.sees(fact.address):
                    yield Exhibit("", f"{title}的来历", FIGURE, f"{told}；逐日的数只对环委办和本地开放")
                else:
                    yield Exhibit(
                        "", f"{title}的来历", FIGURE, told, file=".xlsx", address=fact.address,
                        content=partial(self._tree, fact.address, title),
                    )  # fmt: skip
            if fact.rows:
                yield Exhibit(
                    "", f"{title}明细", ROWS, f"{len(fact.rows)} 条", file=".xlsx",
                    content=partial(self._rows, line, title, fact.rows),
                )  # fmt: skip
                made.add(f"{title}明细")
            yield from self._hand(line, title, fact)
            behind += self._behind(used.name, fact)
            if fact.number is None and not fact.word and not fact.absent:
                yield Exhibit("", title, LACKS, self._clean(fact.reason) or "没有数", self._owed_by(line))
        yield from {(one.title, one.said): one for one in behind}.values()
        if SECTIONS not in made and any(one.kind == "sections" for one in item.facts.values()):
            yield from self._sections()
            made.add(SECTIONS)
        own, departments = self.hands.own.get(line.item), self.hands.departments.get(line.item, {})
        for who, hand in (*([("自评", own)] if own else []), *departments.items()):
            for name, kept in hand.proof:
                yield self._kept(f"{who}佐证", name, kept, self._clean(hand.words))
        papers = filed.papers(self.by, self.one.subject, line.item)
        for paper in papers:
            yield self._kept(paper.title, paper.name, paper.kept, f"{paper.person} {paper.on} 交 {paper.said}".strip())
            made.add(paper.title)
        if line.state != NONE:
            for title in item.evidence:
                if title not in made:
                    yield Exhibit("", title, LACKS, "细则要的佐证，还没有交", filed.owed_by(self.one.subject, line))

    def _hand(self, line: Line, title: str, fact: Fact) -> Iterator[Exhibit]:
        """The files of what a person entered; without one it is said, with whose it is to bring."""
        if not fact.person:
            return
        for name, kept in fact.proof:
            yield self._kept(f"{title}佐证", name, kept, f"{fact.person}：{self._clean(fact.said)}")
        if not fact.proof:
            said = f"{fact.person} 填写，理由“{self._clean(fact.said)}”，没有附文件"
            yield Exhibit("", f"{title}佐证", LACKS, said, self._owed_by(line))

    def _behind(self, name: str, fact: Fact) -> Iterator[Exhibit]:
        """The papers of problems that were counted as done, and what stands for each measure that was."""
        counted = name in ("done", "settled", "accepted")
        for row in fact.rows:
            number = _problem_of(row)
            for paper in self.proofs.get(number, ()):
                address = f"problem/{number}"
                title = f"问题 {number} {paper.kind}"
                if not self.sees(address):
                    yield Exhibit("", title, FILE, "您的账号打不开这一件，由环委办提供")
                    continue
                yield self._kept(title, paper.name, f"{paper.sha256}{paper.ending}", paper.giver, address)
            problem = self.problems.get(number)
            if problem is None or number in self.proofs:
                continue
            if problem.ledger in PUBLIC:
                yield Exhibit("", f"问题 {number} 的材料", FILE, "群众来信来电件，材料留在问题台账，依法不外附",
                              address=f"problem/{number}" if self.sees(f"problem/{number}") else "")  # fmt: skip
            elif counted:
                yield Exhibit("", f"问题 {number} 的材料", LACKS, "算作完成，没有收到材料", problem.lead_unit)
        if counted:
            for row in fact.rows:
                if row.address.startswith("measure/") and DONE in row.text:
                    measure = row.address.partition("/")[2]
                    said, title = self.of_measures.get(measure, ""), f"措施 {measure} 的佐证"
                    if said:
                        yield Exhibit("", title, FILE, said, address=row.address)
                    else:
                        yield Exhibit("", title, LACKS, "报办结，没有写文号或佐证", self.one.subject)

    def _kept(self, title: str, name: str, kept: str, said: str, address: str = "") -> Exhibit:
        """A file kept among the proof; one that is gone from there is missing."""
        path = self.ws.folder / "proof" / kept
        if not path.is_file():
            return Exhibit("", title, LACKS, f"文件“{name}”不在工作区里，请从备份取回", "环委办")
        words = f"{said}（SHA-256 {kept[:12]}）"
        return Exhibit("", title, FILE, words, file=Path(kept).suffix, address=address, content=path.read_bytes)

    def _sections(self) -> Iterator[Exhibit]:
        """The classes of the subject's sections, month by month and over the period, as both witnesses have them."""
        water = water_of(self.ws, self.by.period, self.one.as_of)
        mine = [
            one
            for one in (*water.months.values(), *water.whole.values())
            if self.one.subject in (one.section.place, self.ws.name)
        ]
        cells = [
            (one.section.name, one.stretch, _class(one.official), _class(one.computed), _class(one.section.aim),
             "超" if one.over else "")
            for one in sorted(mine, key=lambda one: (one.section.name, len(one.stretch) > LONGEST_MONTH, one.stretch))
        ]  # fmt: skip
        if cells:
            heads = ("断面", "时段", "公布类别", "按样品类别", "目标类别", "超目标")
            content = partial(table_xlsx, f"{self.one.subject} {SECTIONS}", heads, cells, self.ws.demo)
            yield Exhibit("", SECTIONS, ROWS, f"{len(cells)} 行", file=".xlsx", content=content)

    def _numbered(self, item: str, at: int, one: Exhibit) -> Exhibit:
        number = f"{item}-{at:02d}"
        file = f"{self._place(item)}/{number} {_safe(one.title)}{one.file}" if one.content else ""
        return replace(one, number=number, file=file)

    def _place(self, item: str) -> str:
        line = self.one.line(item)
        return _safe(f"{item} {line.title}" if line else f"{item} 总表与细则")

    def _owed_by(self, line: Line) -> str:
        return "、".join(line.scored_by) or "环委办"

    def _clean(self, text: str) -> str:
        """A text without the identity of anybody who complained."""
        for one in self.secrets:
            text = text.replace(one, "（保密）")
        return text

    def _course(self, line: Line) -> bytes:
        """How an item was scored: rule, facts with both witnesses, points before and after each step."""
        rows = [("规则", line.title, " ".join((line.clause, line.span)).strip(), "", "")]
        rows += [
            ("事实", used.title, answers.told(used), used.fact.official, used.fact.computed)
            for used in answers.used(self.by, line)
        ]
        rows += [("步骤", one.title, one.words, plain(one.before), plain(one.after)) for one in line.changes]
        rows.append(("结果", answers.scorer(line), line.words, plain(line.points), _or_waits(line)))
        cleaned = [tuple(self._clean(cell) for cell in row) for row in rows]
        heads = ("什么", "名称", "内容", "之前／通报", "之后／计算")
        return table_xlsx(f"{self.one.subject} {line.item} {line.title} 计分过程", heads, cleaned, self.ws.demo)

    def _rows(self, line: Line, title: str, rows: Sequence[Row]) -> bytes:
        cells = [
            (f"{n}", one.day, one.place, self._clean(row_words(replace(one, day="", place=""))), plain(one.number),
             one.address)
            for n, one in enumerate(rows, 1)
        ]  # fmt: skip
        heads = ("序号", "时间", "地方", "内容", "计数", "地址")
        return table_xlsx(f"{self.one.subject} {line.item} {title}明细", heads, cells, self.ws.demo)

    def _tree(self, address: str, title: str) -> bytes:
        """The explanation of a figure, a line a node."""
        try:
            plan = plan_of(self.ws) if self.ws.plan_path.is_file() else None
            value = value_at(self.ws, plan, address)
            cells = [(f"{depth}", one.text, one.figure, one.clause, one.address) for depth, one in _flat(value.why, 1)]
        except GuatuError as error:
            cells = [("1", str(one), "", "", "") for one in error.faults] or [("1", error.message, "", "", "")]
        heads = ("层", "说明", "数", "条款", "地址")
        return table_xlsx(f"{self.one.subject} {title}的来历（{address}）", heads, cells, self.ws.demo)


def _flat(step: Step, depth: int) -> Iterator[tuple[int, Step]]:
    yield depth, step
    for below in step.below:
        yield from _flat(below, depth + 1)


def _class(grade: int | None) -> str:
    return ROMAN[grade - 1] if grade else "—"


def _problem_of(row: Row) -> str:
    kind, _, number = row.address.partition("/")
    return number if kind == "problem" else ""


def _safe(title: str) -> str:
    """A title as a file's name on any system, short enough for all of them."""
    return "".join("_" if char in '\\/:*?"<>|\n\t' else char for char in title)[:60].strip()


def _or_waits(line: Line) -> str:
    return "待定" if line.got is None else f"{line.got}"


def numbered(folder: Folder, number: str) -> Exhibit | None:
    """An exhibit by its number."""
    return next((one for one in folder.exhibits if one.number == number), None)


def tally(exhibits: Iterable[Exhibit]) -> str:
    """How many there are of each kind, in words."""
    kinds = [one.kind for one in exhibits]
    return "，".join(f"{kind} {kinds.count(kind)} 件" for kind in (FIGURE, ROWS, FILE, LACKS) if kind in kinds)
