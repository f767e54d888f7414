"""The head of a notice: title, number, issuer, addressees, date, basis, adoption, override clause."""

from __future__ import annotations

import re
from datetime import date

from guatu.read import labels
from guatu.read.layout import COLLECTED, Page
from guatu.read.outline import Outline, Range
from guatu.read.plan import Head, Spans

_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,14}[〔（\[]((?:19|20)\d\d)[〕）\]]\s*第?\d{1,5}号")
_WITHIN = re.compile(
    r"([\u4e00-\u9fff]{1,6}?(?:县|区|旗|市))(?=(?:人民)?政府|委员会|委办|生态环境|环境保护|水利|办公室)"
)
_NUMBER_OF_SITE = re.compile(r"文号：?[|｜]?(?=[\u4e00-\u9fff]{1,14}〔)")
_DATE = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日$")
_HAN_DATE = re.compile(
    r"([二一][〇○Ｏ零oO0一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日$"
)
_KIND = "通知|意见|方案|计划|规划|措施|办法|要点|细则|规定|决定|公告|通告|批复|函|政策|纲要|报告|安排|清单|目标|责任书"
_KIND += r"|(?:任务|分解|分工|责任|措施|一览)+表"
_TITLE = re.compile(rf"(?:{_KIND}|考核细则)(?:（[^（）]*）)?$")
_ISSUER = re.compile(
    r"^(.{2,60}?(?:办公室|办公厅|委员会|人民政府|指挥部|领导小组|工作组|厅|局|委|部|院|署|会|组|中心|政府)(?:等(?:[一二三四五六七八九十]+|\d+)个?(?:部门|部委|单位|厅局|委局))?)(?:关于|印发)"
)
_SIGNER = re.compile(r"(?:办公室|办公厅|委员会|人民政府|指挥部|领导小组|厅|局|委|部|院|署|会|中心|政府)$")
_BASIS = re.compile(
    r"(?:根据|依据|按照|落实|贯彻)(?:[^，。；《》]{0,40})((?:《[^《》]*(?:〈[^〈〉]*〉[^《》]*)*》(?:（[^（）]*）)?[、和以及]{0,3})+)"
)
_OVERRIDE = re.compile(
    r"[^。；！？\n]{0,60}以[^，。；\n]{0,24}(?:下达|核定|确定|公布|考核|国家|省|上级)[^，。；\n]{0,12}为准"
)
_ADOPTED = re.compile(r"[^。；\n]{0,120}(?:审议通过|会议通过|研究通过|研究同意|同意)[^，。；\n]*")
_PASSED = re.compile(r"审议通过|会议通过|研究通过|同意")
_REGION = re.compile(
    r"^(?:中共)?(?!关于|印发|全[省市县区]|[本我各])([\u4e00-\u9fff]{1,10}?(?:省|自治区|市|自治州|州(?![市县区省])|盟|县|区|旗))"
)


def head_of(page: Page, outline: Outline) -> Head:
    """Read the head from the paragraphs before the first number and from the sentences that belong to it."""
    lines = [r for r in outline.head if not COLLECTED.match(page.text[r[0] : r[1]])]
    spans: Spans = {}
    title = _title(page, lines)
    number = _number(page, lines, title) or _number_of_site(page, outline.head)
    text = page.text
    found: dict[str, object] = {}
    if title:
        found["title"] = page.words(*title)
        spans["title"] = page.span(*title)
    if number:
        found["doc_number"] = re.sub(r"\s", "", number[0]).translate(str.maketrans("（）", "〔〕"))
        spans["doc_number"] = page.span(number.start(), number.end())
    issued, day_line = _issue_date(page, [*lines, *_closing(page)])
    issuer = _issuer(page, lines, title, day_line)
    if issuer:
        found["issuer"] = page.words(*issuer)
        spans["issuer"] = page.span(*issuer)
    attachment = _attachment(page, outline, lines, title)
    if attachment:
        found["attachment_title"] = page.words(*attachment)
        spans["attachment_title"] = page.span(*attachment)
    to = _addressees(page, lines)
    if to:
        spans["addressees"] = page.span(*to)
    if day_line:
        spans["issue_date"] = page.span(*day_line)
    override = _override(text)
    if override:
        spans["override_clause"] = page.span(override.start(), override.end())
        found["override_clause"] = page.words(override.start(), override.end())
    first_task = min((node.start for node in outline.nodes()), default=len(text))
    passed = _PASSED.search(text, 0, first_task)
    adopted = _ADOPTED.search(text, max(0, passed.start() - 120), first_task) if passed else None
    if adopted:
        spans["adoption"] = page.span(adopted.start(), adopted.end())
        found["adoption"] = page.words(adopted.start(), adopted.end())
    return Head(
        title=str(found.get("title", "")),
        attachment_title=str(found.get("attachment_title", "")),
        doc_number=str(found.get("doc_number", "")),
        issuer=str(found.get("issuer", "")),
        year=_year(text[title[0] : title[1]] if title else "", number[1] if number else "", issued),
        issue_date=issued,
        region=_region(str(found.get("issuer", "")), str(found.get("title", ""))),
        addressees=_split_addressees(text[to[0] : to[1]]) if to else (),
        basis=_bases(page, first_task, spans),
        adoption=str(found.get("adoption", "")),
        override_clause=str(found.get("override_clause", "")),
        spans=spans,
    )


def _override(text: str) -> re.Match[str] | None:
    """The clause that says whose figures prevail (…为准)."""
    place = text.find("为准")
    while place >= 0:
        if found := _OVERRIDE.search(text, max(0, place - 110), place + 2):
            return found
        place = text.find("为准", place + 2)
    return None


def _number(page: Page, lines: list[Range], title: Range | None) -> re.Match[str] | None:
    """The paper's own number: on a line that holds little else, or behind its title; never one a sentence cites."""
    for first, last in lines:
        begin = title[1] if title and title[0] <= first < title[1] < last else first
        words = page.text[begin:last]
        found = _NUMBER.search(page.text, begin, last)
        alone = len(words) <= len(found[0]) + 16 and not re.search(r"[《，。；]", words) if found else False
        if found and (alone or (begin > first and not re.search(r"[《。]", words))):
            return found
    return None


def _number_of_site(page: Page, lines: list[Range]) -> re.Match[str] | None:
    """The number as the site that shows the paper records it: 文号 某政办〔2022〕9号."""
    places = (found.end() for line in lines if (found := _NUMBER_OF_SITE.search(page.text, *line)))
    return next((found for place in places if (found := _NUMBER.match(page.text, place))), None)


def _title(page: Page, lines: list[Range]) -> Range | None:
    """The first line (or two, where it breaks) that ends like a title; else the first line that is no other field."""
    for index, (first, last) in enumerate(lines[:12]):
        words = page.text[first:last]
        if words.endswith("文件") or _NUMBER.fullmatch(words.strip("（）")) or words.endswith("："):
            continue
        cut = _before_remark(words)
        if _TITLE.search(cut) and "。" not in cut and "，" not in cut[-40:]:
            if index + 1 < len(lines) and _plain(page.text[slice(*lines[index + 1])]) == _plain(words):
                continue  # a site's caption above the paper's own title
            first = _title_start(page, lines, index, cut)
            return _unnumbered(page, first, lines[index][0] + len(cut))
        if "。" in words:
            break
    for first, last in lines[:3]:
        words = page.text[first:last]
        if words[-1] not in "：。" and len(words) >= 4 and not (_SIGNER.search(words) or _DATE.match(words)):
            return first, last
    return next((line for line in lines if _TITLE.search(words := page.text[slice(*line)]) and "。" not in words), None)


def _plain(words: str) -> str:
    return re.sub(r"[\W_]", "", words)


def _before_remark(words: str) -> str:
    """A title line without a remark in brackets that names the paper's number."""
    match = re.search(r"（(?:[^（）]|（[^（）]*）)*(?:号|切片|摘编|节选)(?:[^（）]|（[^（）]*）)*）$", words)
    return words[: match.start()] if match else words


def _title_start(page: Page, lines: list[Range], index: int, cut: str) -> int:
    """The line before belongs to the title when the title's own line has no subject (关于印发…的通知)."""
    first = lines[index][0]
    if cut.startswith(("关于", "印发")) and index:
        before = page.text[lines[index - 1][0] : lines[index - 1][1]]
        if _SIGNER.search(before) and not before.endswith("文件"):
            return lines[index - 1][0]
    return first


def _unnumbered(page: Page, first: int, last: int) -> Range:
    """A title without the ordinal that a collection put before it (22 中共…)."""
    match = re.match(r"\d{1,3}(?=[\u4e00-\u9fff])", page.text[first:last])
    return (first + match.end(), last) if match and page.text[first + match.end()] not in "年月" else (first, last)


def _closing(page: Page) -> list[Range]:
    """The lines at the very end where a notice without an attachment is signed: a date alone on its line."""
    lines = [match.span() for match in re.finditer(r"[^\n]*\S[^\n]*", page.text)]
    return [
        line
        for line in lines[-4:]
        if re.fullmatch(r"\s*[\d〇一二三四五六七八九十年月日]{8,12}\s*", page.text[slice(*line)])
    ]


def _issue_date(page: Page, lines: list[Range]) -> tuple[date | None, Range | None]:
    for first, last in lines:
        words = page.text[first:last]
        if match := _DATE.search(words):
            parts = [int(group) for group in match.groups()]
        elif match := _HAN_DATE.search(words):
            digits = "〇一二三四五六七八九"
            year = "".join(str(max(0, digits.find(c))) for c in match[1])
            parts = [int(year), labels.value_of(match[2]), labels.value_of(match[3])]
        else:
            continue
        if last - first > 45:
            continue
        try:
            return date(*parts), (first, last)
        except ValueError:
            continue
    return None, None


def _issuer(page: Page, lines: list[Range], title: Range | None, day: Range | None) -> Range | None:
    """Who signs: the line beside the date, the words before 关于/印发 in the title, or the red head ×××文件."""
    if title and (match := _ISSUER.match(page.text[title[0] : title[1]])):
        return title[0], title[0] + len(match[1])
    for first, last in lines[:4]:
        words = page.text[first:last]
        if words.endswith("文件") and len(words) > 4:
            return first, last - 2
    if title:
        line = next((r for r in lines if r[0] <= title[0] < r[1]), title)
        remark = re.match(r"（([^（），]{2,30}?(?:部委|部门|厅|局|委|部))，", page.text[title[1] : line[1]])
        if remark:
            return title[1] + 1, title[1] + 1 + len(remark[1])
    if day and day in lines and lines.index(day):
        first, last = lines[lines.index(day) - 1]
        if _SIGNER.search(page.text[first:last]) and last - first < 60:
            return first, last
    return None


def _attachment(page: Page, outline: Outline, lines: list[Range], title: Range | None) -> Range | None:
    """The title of the paper that the notice sends, standing again before its text."""
    if title is None:
        return None
    for first, last in reversed(lines):
        words = page.text[first:last]
        same = words == page.text[title[0] : title[1]]
        if first > title[0] and not same and _TITLE.search(words) and "。" not in words and last - first < 90:
            above = max((line for line in lines if line[1] <= first), default=None)
            broken = above is not None and page.text[above[0] : above[1]] + words in page.text[title[0] : title[1]]
            return (above[0] if broken and above else first), last
    return next((part.title for part in outline.parts if part.name and part.title[1] > part.title[0]), None)


def _addressees(page: Page, lines: list[Range]) -> Range | None:
    for first, last in lines[:14]:
        words = page.text[first:last]
        if words.endswith("：") and 3 < len(words) < 200 and "。" not in words:
            return first, last - 1
    return None


def _split_addressees(words: str) -> tuple[str, ...]:
    parts, depth, current = [], 0, ""
    for char in words:
        depth += (char == "（") - (char == "）")
        if char in "，；" and depth <= 0:
            parts.append(current)
            current = ""
        else:
            current += char
    return tuple(part for part in [*parts, current] if part)


def _year(title: str, number_year: str, issued: date | None) -> int | None:
    """The year the plan is for: a single year of the title, else the year of the paper's number or date."""
    years = re.findall(r"(?<![\d—–\-－至])((?:19|20)\d\d)(?:年度?)?(?![\d—–\-－至])", title)
    plain = [year for year in years if re.search(rf"{year}年", title)]
    if plain and not re.search(r"\d{4}年?[—–\-－至~]+\d{4}", title):
        return int(plain[0])
    return int(number_year) if number_year else issued.year if issued else int(plain[0]) if plain else None


def _region(issuer: str, title: str) -> str:
    for words in (issuer, title):
        if match := _REGION.match(words):
            within = _WITHIN.match(words, match.end())
            return match[1] + (within[1] if within else "")
    return ""


def _bases(page: Page, until: int, spans: Spans) -> tuple[str, ...]:
    found: list[str] = []
    for match in _BASIS.finditer(page.text, 0, until):
        for name in re.finditer(r"《[^《》]*》", match[1]):
            place = match.start(1) + name.start()
            words = page.words(place, place + len(name[0]))
            if words not in found:
                found.append(words)
                spans.setdefault("basis", page.span(place, place + len(name[0])))
    return tuple(found)
