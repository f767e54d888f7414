"""A heap of returned sheets becomes a review: rows that may land, questions a person must answer, faults, gaps."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from guatu.act.collection import Asked, Line, Returned, is_figure
from guatu.act.collection_checking import check, is_blank
from guatu.act.collection_matching import Everyone, match_of, sender_of
from guatu.errors import Fault

ORDER = ("是谁的表", "是哪一期", "以哪一份为准", "取哪一行", "是哪一条措施", "是否更正", "是否属实")
"""Questions in the order in which answers may settle others."""
REFUSE = "不收"
"""The answer that keeps a sheet or a row out; every question offers it."""


@dataclass(frozen=True, slots=True)
class Question:
    """What only a person can say: its choices; answer is empty until given."""

    id: str
    kind: str
    where: str
    words: str
    choices: tuple[str, ...]
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that lands if it has no fault and every question it waits for has the wanted answer.

    said: its content; cell: the column its doubt stands in, if any; before: what was already stored for it.
    """

    sender: str
    measure: str
    file: str
    sheet: str
    line: int
    said: Mapping[str, str]
    wants: tuple[tuple[str, str], ...] = ()
    faulty: bool = False
    before: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Marked:
    """A comment for a cell of the sender's own file."""

    file: str
    sheet: str
    line: int
    column: str
    words: str
    fault: bool = True


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found out about one table of the heap."""

    file: str
    sheet: str
    sender: str
    how: str
    lines: int
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """Everything a heap brought, nothing stored yet."""

    period: str
    received: date
    seen: tuple[Seen, ...]
    rows: tuple[Candidate, ...]
    questions: tuple[Question, ...]
    faults: tuple[Fault, ...]
    marks: tuple[Marked, ...]
    blanks: tuple[tuple[str, str], ...]
    """(sender, measure) of rows that came back with nothing filled in."""


def review_of(
    sheets: Iterable[Returned],
    asked: Everyone,
    period: str,
    received: date,
    stored: Mapping[tuple[str, str], Mapping[str, str]],
    answers: Mapping[str, str] | None = None,
    elsewhere: Mapping[tuple[str, str], Mapping[str, str]] | None = None,
) -> Review:
    """Match every table to its sender and every row to its measure, check the cells, compare the versions.

    stored: what is on record for this period by (sender, measure); a differing row then asks whether to replace it.
    elsewhere: figures that came in by another door; they too are replaced only by a person's word.
    answers: what a person has answered so far, by the question's id; ids stay the same while heap and records do.
    """
    work = _Work(asked, period, received, stored, answers or {}, elsewhere or {})
    taken: dict[object, str] = {}
    for sheet in sorted(sheets, key=lambda one: one.label):
        same = taken.setdefault(_content(sheet), sheet.label)
        if same == sheet.label:
            work.take(sheet)
        else:
            work.seen.append(Seen(sheet.file, sheet.sheet, "", f"与“{same}”一样，只收一份", len(sheet.lines)))
    work.compare_versions()
    work.compare_stored()
    questions = tuple(sorted(work.questions.values(), key=lambda one: ORDER.index(one.kind)))
    return Review(
        period, received, tuple(work.seen), tuple(work.rows), questions, tuple(work.faults),
        tuple(dict.fromkeys(work.marks)), tuple(sorted(work.blanks)),
    )  # fmt: skip


class _Work:
    """The review while it is being made."""

    def __init__(
        self,
        asked: Everyone,
        period: str,
        received: date,
        stored: Mapping[tuple[str, str], Mapping[str, str]],
        answers: Mapping[str, str],
        elsewhere: Mapping[tuple[str, str], Mapping[str, str]],
    ) -> None:
        self.answers, self.elsewhere = answers, elsewhere
        self.asked, self.period, self.received, self.stored = asked, period, received, stored
        self.seen: list[Seen] = []
        self.rows: list[Candidate] = []
        self.questions: dict[str, Question] = {}
        self.faults: list[Fault] = []
        self.marks: list[Marked] = []
        self.blanks: set[tuple[str, str]] = set()

    def take(self, sheet: Returned) -> None:
        """One table; while nobody has said whose it is, nothing is concluded from its rows."""
        sender = sender_of(sheet, self.asked, self.period)
        name = sender.candidates[0] if sender.candidates else ""
        if sender.doubt:
            where = sheet.file if sender.candidates else sheet.label
            question = self.ask("是谁的表", where, sender.doubt, sender.candidates or tuple(self.asked))
            name = self.questions[question].answer
        wants: tuple[tuple[str, str], ...] = ()
        said_period = sheet.said_period or (sheet.mark[1] if sheet.mark else "")
        if said_period and said_period != self.period:
            words = f"表头写的是 {said_period}，这次收的是 {self.period}"
            wants = ((self.ask("是哪一期", sheet.file, words, ("按本期收",)), "按本期收"),)
        if name in self.asked:
            self.take_rows(sheet, name, wants)
        remarks = (f"多出的列没有收：{'、'.join(sheet.ignored)}",) if sheet.ignored else ()
        lines = sum(not line.total for line in sheet.lines)
        self.seen.append(Seen(sheet.file, sheet.sheet, name, sender.how, lines, remarks))

    def take_rows(self, sheet: Returned, sender: str, wants: tuple[tuple[str, str], ...]) -> None:
        """The rows of a sheet; what speaks against a cell is told once, wherever the row may belong."""
        rows = {row.measure: row for row in self.asked[sender]}
        found: dict[str, list[Candidate]] = defaultdict(list)
        for line in sheet.lines:
            if line.total:
                self.tell(sheet, line, line.figure.faults if line.figure else ())
                continue
            match = match_of(line, sender, self.asked, self.period)
            if is_blank(line):
                self.blanks.update((sender, one) for one in match.candidates if len(match.candidates) == 1)
                continue
            if match.doubt:
                where = sheet.where(line.number, "measure")
                choices = match.candidates or tuple(one for one in rows if is_figure(one) == (line.figure is not None))
                question = self.ask("是哪一条措施", where, match.doubt, choices)
                self.mark(sheet, line, "measure", match.doubt, fault=False)
                options = [(one, (*wants, (question, one))) for one in choices]
            else:
                options = [(one, wants) for one in match.candidates]
            if match.remark:
                self.mark(sheet, line, "measure", match.remark, fault=False)
            for number, (measure, needed) in enumerate(options):
                found[measure].append(self.row(sheet, line, sender, rows[measure], needed, number == 0))
        for measure, twice in found.items():
            self.rows += self.only_one(sheet, measure, twice)

    def row(
        self,
        sheet: Returned,
        line: Line,
        sender: str,
        asked: Asked,
        wants: tuple[tuple[str, str], ...],
        tell: bool,
    ) -> Candidate:
        checked = check(sheet, line, asked, self.received)
        for column, words in checked.doubts:
            question = self.ask("是否属实", sheet.where(line.number, column), words, ("属实",))
            wants = (*wants, (question, "属实"))
            self.mark(sheet, line, column, f"请核实：{words}", fault=False)
        if tell:
            self.tell(sheet, line, checked.faults)
            for words in checked.remarks:
                self.mark(sheet, line, "count", words, fault=False)
        said = dict(sorted(checked.said.items()))
        return Candidate(
            sender, asked.measure, sheet.file, sheet.sheet, line.number, said, wants, bool(checked.faults),
        )  # fmt: skip

    def tell(self, sheet: Returned, line: Line, faults: Iterable[tuple[str, Fault]]) -> None:
        """Faults of a row: listed, and as comments for its cells."""
        for column, fault in faults:
            self.faults.append(fault)
            self.mark(sheet, line, column, f"{fault.what}，{fault.why}。请{fault.remedy}。（{fault.code}）")

    def only_one(self, sheet: Returned, measure: str, rows: Sequence[Candidate]) -> list[Candidate]:
        """Of the same measure twice in one sheet: once if both say the same, else a question."""
        sure = [row for row in rows if self.answered(row, "是哪一条措施")]
        if len(sure) < 2 or all(row.said == sure[0].said for row in sure):
            return [*sure[:1], *(row for row in rows if row not in sure)]
        choices = tuple(f"第 {row.line} 行" for row in sure)
        question = self.ask(
            "取哪一行",
            sheet.label,
            f"{self.name(rows[0].sender, measure)} 在表里出现 {len(sure)} 次，写的不一样",
            choices,
        )
        for row in sure:
            self.marks.append(Marked(row.file, row.sheet, row.line, "measure", "同一措施重复，内容不一样", False))
        told = [replace(row, wants=(*row.wants, (question, f"第 {row.line} 行"))) for row in sure]
        return [*told, *(row for row in rows if row not in sure)]

    def answered(self, row: Candidate, *kinds: str) -> bool:
        """Whether every question a row waits for, or those of some kinds, has the answer the row wants."""
        asked = ((self.questions[one], wanted) for one, wanted in row.wants)
        return all(one.answer == wanted for one, wanted in asked if not kinds or one.kind in kinds)

    def compare_versions(self) -> None:
        """Two sheets of one sender: rows that agree count once, rows that differ ask which sheet is right."""
        by_sender: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
        for row in self.rows:
            by_sender[row.sender][row.file, row.sheet] = None
        for sender, sheets in by_sender.items():
            if len(sheets) > 1:
                self.compare_sheets(sender, list(sheets))

    def compare_sheets(self, sender: str, sheets: Sequence[tuple[str, str]]) -> None:
        mine: dict[str, list[Candidate]] = defaultdict(list)
        for row in self.rows:
            if row.sender == sender:
                mine[row.measure].append(row)
        kept: list[Candidate] = []
        contested: dict[str, list[Candidate]] = {}
        for measure, rows in mine.items():
            placed = {(row.file, row.sheet) for row in rows}
            same = len({tuple(row.said.items()) for row in rows}) == 1 and len({row.faulty for row in rows}) == 1
            elsewhere_blank = len(placed) < len(sheets) and (sender, measure) in self.blanks
            if len(placed) == 1 and not elsewhere_blank:
                kept += rows
            elif same and len(placed) > 1:
                kept.append(min(rows, key=lambda row: len(row.wants)))
            else:
                contested[measure] = rows
        if contested:
            kept += self.versions(sender, sheets, contested)
        self.rows = [row for row in self.rows if row.sender != sender] + kept

    def versions(
        self, sender: str, sheets: Sequence[tuple[str, str]], contested: Mapping[str, Sequence[Candidate]]
    ) -> Iterator[Candidate]:
        """Rows that differ wait for the answer which file is right; which sheet, where one file holds both."""
        by_sheet = any(
            len({row.file for row in rows}) < len({(row.file, row.sheet) for row in rows})
            for rows in contested.values()
        )
        labels = {one: f"{one[0]}／{one[1]}" if by_sheet and one[1] else one[0] for one in sheets}
        choices = tuple(dict.fromkeys(labels.values()))
        words = f"{sender}交来 {len(choices)} 份不一样的表，{len(contested)} 项写得不同"
        question = self.ask("以哪一份为准", sender, words, choices)
        for row in (row for rows in contested.values() for row in rows):
            yield replace(row, wants=(*row.wants, (question, labels[row.file, row.sheet])))

    def compare_stored(self) -> None:
        """A row already on record: the same says nothing new, another asks before it replaces."""
        told = []
        for row in self.rows:
            before = self.stored.get((row.sender, row.measure))
            other = self.elsewhere.get((row.sender, row.measure))
            if before is None and other is not None and dict(other) != dict(row.said):
                before = other
            if before is None or row.faulty or not self.answered(row):
                told.append(row)
            elif dict(before) != dict(row.said):
                words = f"本期已经入账：{_told(before)}；这次是：{_told(row.said)}"
                where = f"{row.sender}／{self.name(row.sender, row.measure)}"
                question = self.ask("是否更正", where, words, ("以新换旧",))
                wants = (*row.wants, (question, "以新换旧"))
                told.append(replace(row, wants=wants, before=dict(before)))
        self.rows = told

    def name(self, sender: str, measure: str) -> str:
        """How a person tells what was asked: a measure by its number, a figure by its words."""
        if not is_figure(measure):
            return measure
        return next((one.text for one in self.asked[sender] if one.measure == measure), measure)

    def ask(self, kind: str, where: str, words: str, choices: Sequence[str]) -> str:
        """The id of a question, the same each time the same thing is asked."""
        name = hashlib.sha256(f"{self.period}\n{kind}\n{where}\n{words}".encode()).hexdigest()[:8]
        offered = (*choices, REFUSE)
        answer = self.answers.get(name, "")
        given = answer if answer in offered else ""
        self.questions.setdefault(name, Question(name, kind, where, words, offered, given))
        return name

    def mark(self, sheet: Returned, line: Line, column: str, words: str, fault: bool = True) -> None:
        """A comment for a cell; where the table lacks the column, for the row's measure."""
        at = sheet.letters.get(column) or sheet.letters.get("measure") or "A"
        self.marks.append(Marked(sheet.file, sheet.sheet, line.number, at, words, fault))


def _content(sheet: Returned) -> object:
    """What a sheet says, wherever it is kept: two with the same are one."""
    rows = tuple(tuple(sorted((name, cell.raw) for name, cell in line.cells.items())) for line in sheet.lines)
    return rows, sheet.stated, sheet.said_period, sheet.mark


def _told(said: Mapping[str, str]) -> str:
    """The content of a row in a few words, whole in what a person must compare."""
    words = ("state", "count", "text", "value", "index_kind", "proof", "done_on")
    parts = [f"{said['numerator']}／{said.get('denominator', '')}"] if said.get("numerator") else []
    return "，".join([*parts, *(value for name in words if (value := said.get(name)))])
