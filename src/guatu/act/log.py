"""The log: entries that only grow, each carrying the hash of the one before, from which any past state is rebuilt."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from guatu.errors import ActError, Fault

BEIJING = timezone(timedelta(hours=8))
START = "0" * 64
"""What stands before the first entry."""
PLAIN = frozenset((str, int, bool, type(None)))
"""Types with one canonical form, told at a glance."""
ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """One change: what it was, what it became, who did it, when, why and for whom.

    number counts from 1 without gaps; subject is what was changed (ledger/number); old and new hold only the keys
    that changed, None for a key that was not there; time is ISO text with its offset; before is the hash of the
    entry before, hash that of this one.
    """

    number: int
    subject: str
    act: str
    old: Mapping[str, Any]
    new: Mapping[str, Any]
    person: str
    time: str
    reason: str
    acting_for: str
    before: str
    hash: str


def canonical(value: Any) -> bytes:
    """The one way a value is written before it is hashed: sorted keys, no spaces, UTF-8.

    Raises ActError (G-ACT-15) for a binary float or anything JSON does not know: such bytes would not be stable.
    """
    _check(value, "")
    text = ENCODER.encode(value)
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise ActError.of(
            "text that is no Unicode",
            "G-ACT-15",
            "留痕内容",
            "有写不成文字的半个字符",
            "写成字节后不唯一，校验值不可靠",
            "删去这个字符再存",
        ) from error


def sealed(before: Entry | None, fields: Mapping[str, Any]) -> Entry:
    """The entry that follows another (None: the first), numbered and hashed; fields: subject … acting_for."""
    body = {
        **fields,
        "number": 1 if before is None else before.number + 1,
        "before": START if before is None else before.hash,
    }
    return Entry(**body, hash=hashlib.sha256(canonical(body)).hexdigest())


def entry(
    before: Entry | None,
    subject: str,
    act: str,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    *,
    person: str,
    moment: datetime,
    reason: str = "",
    acting_for: str = "",
) -> Entry:
    """Append one change after another. Raises ActError: G-ACT-16 nobody named, no offset, or time before the last."""
    faults = []
    if not person:
        faults.append(Fault("G-ACT-16", f"留痕 {subject}", "没有写是谁", "每一笔都要有人负责", "写明操作人"))
    if moment.utcoffset() is None:
        faults.append(Fault("G-ACT-16", f"留痕 {subject}", "时间没有时区", "先后无从比较", "用带时区的时间"))
    elif before is not None and moment < datetime.fromisoformat(before.time):
        what = f"时间 {moment.isoformat()} 早于上一笔 {before.time}"
        faults.append(Fault("G-ACT-16", f"留痕 {subject}", what, "留痕只能往后记", "核对电脑时钟"))
    if faults:
        raise ActError(f"cannot log {act} of {subject}", faults)
    fields = {
        "subject": subject,
        "act": act,
        "old": dict(old),
        "new": dict(new),
        "person": person,
        "time": moment.isoformat(),
        "reason": reason,
        "acting_for": acting_for,
    }
    return sealed(before, fields)


def verify(entries: Sequence[Entry], tip: tuple[int, str] | None = None) -> tuple[Fault, ...]:
    """Every alteration, removal, insertion and reordering of a log; empty when it is whole.

    tip: the number and hash of the last entry as noted elsewhere (printed in a bulletin, in a backup); without it
    entries cut off the end leave no trace in the log itself.
    """
    faults = []
    before, moment = START, None
    for position, one in enumerate(entries, start=1):
        where = f"留痕第 {position} 笔（编号 {one.number}）"
        body = {name: value for name, value in asdict(one).items() if name != "hash"}
        if one.number != position:
            what = f"编号应为 {position}"
            faults.append(Fault("G-ACT-12", where, what, "有删除、插入或调换", "取备份逐笔比对"))
        if _hash(body) != one.hash:
            faults.append(Fault("G-ACT-11", where, "内容与校验值不符", "这一笔被改过", "取备份核对原来的内容"))
        if one.before != before:
            faults.append(Fault("G-ACT-12", where, "与上一笔接不上", "有删除、插入、改动或调换", "取备份逐笔比对"))
        now = _moment(one.time)
        if now is None:
            faults.append(Fault("G-ACT-13", where, f"时间“{one.time}”不是时间", "这一笔被改过", "取备份逐笔比对"))
        elif moment is not None and now < moment:
            faults.append(Fault("G-ACT-13", where, "时间早于上一笔", "次序不对", "取备份逐笔比对"))
        before, moment = one.hash, now or moment
    if tip is not None and tip != (len(entries), before if entries else START):
        what = f"最后一笔应为第 {tip[0]} 笔 {tip[1][:12]}…"
        faults.append(Fault("G-ACT-14", "留痕末尾", what, "末尾被删、被加或整体换过", "取备份逐笔比对"))
    return tuple(faults)


def fold(entries: Iterable[Entry]) -> dict[str, dict[str, Any]]:
    """The state of every subject after the entries. Raises ActError (G-ACT-17) where an entry's old value is not it."""
    state: dict[str, dict[str, Any]] = {}
    for one in entries:
        record = state.setdefault(one.subject, {})
        differing = [key for key, value in one.old.items() if record.get(key) != value]
        if differing:
            raise ActError.of(
                f"entry {one.number} does not follow from the ones before",
                "G-ACT-17",
                f"留痕第 {one.number} 笔 {one.subject}",
                f"“{differing[0]}”的原值与此前留痕推出的不同",
                "有改动没有留痕",
                "取备份逐笔比对",
            )
        for key, value in one.new.items():
            if value is None:
                record.pop(key, None)
            else:
                record[key] = value
    return state


def until(entries: Iterable[Entry], day: date) -> list[Entry]:
    """The entries made up to the end of a day, Beijing time."""
    end = datetime.combine(day, time.max, BEIJING)
    return [one for one in entries if datetime.fromisoformat(one.time) <= end]


def state_on(entries: Iterable[Entry], day: date) -> dict[str, dict[str, Any]]:
    """Every subject as it stood at the end of a past day, Beijing time."""
    return fold(until(entries, day))


def difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Old and new values of the keys that differ; None stands for a key that is not there."""
    keys = sorted(key for key in old.keys() | new.keys() if old.get(key) != new.get(key))
    return {key: old.get(key) for key in keys}, {key: new.get(key) for key in keys}


def _hash(body: Mapping[str, Any]) -> str:
    """The hash of an entry's body; none where it was altered to something that has no stable bytes."""
    try:
        return hashlib.sha256(canonical(body)).hexdigest()
    except ActError:
        return ""


def _moment(text: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return None if moment.utcoffset() is None else moment


def _check(value: Any, where: str) -> None:
    if type(value) in PLAIN or isinstance(value, bool | int | str):
        return
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        for key, part in value.items():
            if type(part) not in PLAIN:
                _check(part, f"{where}.{key}")
    elif isinstance(value, list | tuple):
        for number, part in enumerate(value):
            if type(part) not in PLAIN:
                _check(part, f"{where}[{number}]")
    else:
        raise ActError.of(
            f"{where}: {type(value).__name__} has no canonical form",
            "G-ACT-15",
            f"留痕 {where or '内容'}",
            f"是 {type(value).__name__}",
            "写成字节后不唯一，校验值不可靠",
            "小数、日期先写成文字",
        )
