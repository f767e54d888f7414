"""提醒、催办、提示、预警、督办、通报、约谈等函件：事实、要求，数来自台账；文号、签发在公文系统里办."""

from __future__ import annotations

import re
from datetime import date

from guatu.base.period import Period
from guatu.errors import GuatuError
from guatu.load.workspace import Workspace
from guatu.read.plan import Plan
from guatu.report.facts import Office, Pressing
from guatu.report.paper import Annex, Block, Grid, Heading, Number, Paper, Run, sentence
from guatu.report.words import numeral

LETTERS = ("提醒", "催办单", "提示函", "预警函", "督办函")  # by 信函格式; what stands higher is a paper with a red head
ISSUERS = {
    "市环委办": "生态环境保护委员会办公室", "市环委会": "生态环境保护委员会", "市生态环境局": "生态环境局",
}  # fmt: skip
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?!-?\d)")
_GAP = re.compile(r"(?<=[\u4e00-\u9fff，。]) (?=[\d\u4e00-\u9fff])|(?<=\d) (?=[\u4e00-\u9fff])")
_COUNTED = re.compile(r"\d+(?= ?(?:天|期|件|个|项|名|次))")


def letter(ws: Workspace, plan: Plan, period: Period, as_of: date, office: Office) -> Paper:
    """The letter that is proposed for a cause. Raises GuatuError (G-REPORT-07) where no cause is named."""
    return letter_of(ws, period, as_of, office)


def letter_of(ws: Workspace, period: Period, as_of: date, office: Office) -> Paper:
    """The same, for which no plan is needed."""
    found = office.letter
    if found is None or not office.subject:
        raise GuatuError.of(
            "no cause", "G-REPORT-07", "函件", "没有写是哪个事由", "没有生成函件",
            "用 --cause 写明事由编号；够条件的用 guatu ledger letters 看",
        )  # fmt: skip
    issuer = f"{ws.name}{ISSUERS[found.issuer]}" if found.issuer in ISSUERS else found.issuer
    basis = f"根据《{found.basis}》" if found.basis else "按照生态环境保护工作督办要求"
    opening = f"{basis}，现将有关事项函告如下：" if _is_letter(found) else f"{basis}，现就有关事项通知如下："
    blocks: list[Block] = [sentence(opening), Heading(1, "一、有关情况")]
    blocks += [sentence(*_numbers(found, at, words)) for at, words in enumerate(found.facts)]
    blocks.append(Heading(1, "二、工作要求"))
    blocks += [sentence(f"（{numeral(at)}）{words.rstrip('。')}。") for at, words in enumerate(found.demands, 1)]
    by = found.answer_by
    blocks.append(sentence(f"请于{by.year}年{by.month}月{by.day}日前书面反馈办理情况。"))
    made_of = (("事由", found.cause), ("数据性质", "演示数据，非实测" if ws.demo else "按所知日计"))
    rows = tuple(((one,),) for one in found.earlier)
    annexes = (Annex("同一事由以前的函件", (Grid("同一事由以前的函件", ("文种和文号",), rows),)),) if rows else ()
    title = f"关于{_about(found)}的{found.rung}"
    return Paper(
        "letter", title, period, as_of, ws.name, ws.demo, tuple(blocks), made_of, addressee=found.addressee,
        sign=issuer, form="letter" if _is_letter(found) else "document",
        head=issuer if _is_letter(found) else f"{issuer}文件", number="（文号待编）", copy_to=found.copy_to,
        contact="联系人：　　　　　　电话：　　　　　　", annexes=annexes,
    )  # fmt: skip


def _is_letter(found: Pressing) -> bool:
    return found.rung in LETTERS


def _about(found: Pressing) -> str:
    """What the letter is about: the first fact's own words, without its number."""
    words = found.facts[0].rpartition("：")[2].strip("。") if found.facts else found.cause
    return f"“{words[:40]}”" if "，" in words or len(words) > 24 else words


def _numbers(found: Pressing, at: int, words: str) -> list[Run]:
    """A fact with its counts as numbers that open to the cause, in the way of a printed sentence."""
    words = _DAY.sub(lambda day: f"{int(day[1])}年{int(day[2])}月{int(day[3])}日", words.rstrip("。") + "。")
    words = _GAP.sub("", words)
    parts: list[Run] = []
    end = 0
    for match in _COUNTED.finditer(words):
        key = f"{found.cause}/fact{at}.{len(parts)}"
        parts += [words[end : match.start()], Number(key, match.group(), rows=(f"problem/{found.cause}",))]
        end = match.end()
    return [*parts, words[end:]]
