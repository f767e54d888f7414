"""Unit blocks: who answers for the words before them, by role, in every way notices write it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from guatu.read.bodies import LEVELS, Directory, directory, is_body_like

_KEYS = (
    r"牵头考核单位|牵头责任单位|牵头单位|牵头部门|主责单位|主责部门|主办单位|主要责任单位|责任单位|责任部门|负责单位|负责部门"
    r"|负责考核部门|责任主体|落实单位|配合单位|配合部门|协办单位|协助单位|参与单位|参加单位|参与部门|牵头|主责|协办|配合"
    r"|完成时限|完成时间|时限要求|时限|责任领导|责任人|牵头领导"
)
_KEY = re.compile(rf"(?:^|(?<=[，；。、]))?({_KEYS})：")
_OPENING_KEY = re.compile(rf"(?:^|(?<=[。；\n]))(?:{_KEYS})：", re.MULTILINE)  # …管控。牵头单位：甲局；责任单位：乙局
_LEAD_KEYS = (
    "牵头考核单位",
    "牵头责任单位",
    "牵头单位",
    "牵头部门",
    "牵头",
    "主责单位",
    "主责部门",
    "主责",
    "主办单位",
)
_COOP_KEYS = ("配合单位", "配合部门", "协办单位", "协助单位", "参与单位", "参加单位", "参与部门", "协办", "配合")
_TIME_KEYS = ("完成时限", "完成时间", "时限要求", "时限")
_PERSON_KEYS = ("责任领导", "责任人", "牵头领导")
_ROLE = re.compile(
    r"^(?P<names>.+?)(?P<etc>等(?:有关|相关)?(?:部门|单位)?)?(?:按照?(?:各自)?(?:职责|分工)(?:范围|分工)?)?(?:分别|共同|联合)?"
    r"(?P<role>(?:牵头|主办|主责|总牵头)(?:负责|落实|组织实施|组织|实施|督导|指导|推进|抓总|协调|会同)?"
    r"|(?:具体|组织|抓好|贯彻|抓)?(?:负责|落实|实施|推进|督导|指导|监督|督促|执行)(?:组织)?(?:落实|实施|推进|执行)?"
    r"|(?:积极|协同|协助|密切)?(?:配合|参与|参加|协助|协同|协办|支持)(?:落实|实施|做好)?)$"
)
_LEADS = re.compile(r"总?牵头|主办|主责")
_HELPS = re.compile(r"配合|参与|参加|协助|协同|协办|支持")
_IMPLIED = re.compile(
    r"(?:[^，。；（）]{0,14}?)以下[^，。；（）]{0,12}?均?需?由?(?:均需|需|由)(?P<names>(?:[^，。；（）]|（[^（）]{0,30}）){1,80}?)"
    r"(?:共同|分别|认真)?(?:贯彻)?(?:落实|负责|配合|参与|实施)[^。；（）]{0,8}?不再[^，。；（）]{0,12}"
)
_SAME_BELOW = re.compile(
    r"(?:排|列)(?:名)?在?(?:最?前|首|第一)(?:一?个|位|列|面)?的?(?:责任)?(?:部门|单位)?为(?:主要)?(?:牵头|主办)(?:部门|单位)?"
    r"|(?:第一|首)(?:个|位)的?(?:责任)?(?:部门|单位)为(?:主要)?牵头"
)
_AREA = re.compile(r"^((?:各|相关|有关)[^（）]*?(?:（[^（）]*）)?)(?:党委|党工委|人民政府|政府)$")
_STATUS = re.compile(r"20\d\d年|\d{1,2}月|年底|季度|半年|长期|持续|全年|按进度|按时序|常态化|完成$|推进$|实施$")
_BARE_AREA = re.compile(r"[县市区州旗](?:（[^（）]*）)?(?:人民)?政府")
_AUTHORITIES = ("管委会", "政府", "公司", "集团", "区")
_OFFICES = ("局", "委", "办", "厅", "中心", "处", "公司", "集团", "大队", "支队")
_LONGEST_BLOCK = 1500  # [character]; a hundred bodies
_TAIL = re.compile(
    r"[\u4e00-\u9fff]{2,3}?(?P<tail>(?:(?:经济|技术|高新|产业|工业|综合)*(?:开发区|园区|新区|示范区)管委会|[县市区](?:人民)?政府))$"
)
_BARE_PLACE = re.compile(r"(?!各|市|省|县|国)[\u4e00-\u9fff]{2,3}(?<![局委办厅院会部镇乡区县市])")
_OPEN, _CLOSE = "（〔", "）〕"


@dataclass(frozen=True, slots=True)
class Block:
    """One list of bodies: its range in the mended text (brackets included), and who is named in which role.

    when: range of a date or status that stands inside the block; implied: bodies of a clause 以下均需…落实.
    """

    first: int
    last: int
    raw: str
    units: tuple[str, ...]
    lead: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    coop: tuple[str, ...] = ()
    open_list: bool = False
    when: tuple[int, int] | None = None
    implied: tuple[str, ...] = ()
    implied_text: str = ""


def blocks_in(text: str, first: int, last: int, book: Directory | None = None) -> Iterator[Block]:
    """Unit blocks of one paragraph [first, last), in order."""
    book = book or directory()
    for begin, end in _brackets(text, first, last):
        block = read_block(text, begin + 1, end - 1, book) or _bare_list(text, begin, end, last, book)
        if block is not None:
            yield replace(block, first=begin, last=end)
    inside = list(_brackets(text, first, last))
    for key in _OPENING_KEY.finditer(text, first, last):
        if not any(begin < key.start() < end for begin, end in inside):
            block = read_block(text, key.start(), last, book)
            if block is not None:
                yield replace(block, first=key.start(), last=last)
            return


def _bare_list(text: str, begin: int, end: int, last: int, book: Directory) -> Block | None:
    """A bracket that holds nothing but known bodies and closes a sentence: （市发改委、市财政局）."""
    words = text[begin + 1 : end - 1]
    remark = _SAME_BELOW.search(words)
    listed = words[: remark.start()].strip("，；。") if remark else words
    if end != last and text[end] not in "。；" and text[begin - 1 : begin] not in ("。", "；"):
        return None
    names, open_list = names_of(listed, book)
    known = [body for name in names if (body := book.find(name))]
    told = all(book.find(name) or (book.split(name)[0] and name.endswith(_OFFICES)) for name in names)
    if not told or not any(body.level for body in known):
        return None
    return Block(begin, end, words, _once(names), open_list=open_list)


def _brackets(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Outermost bracket pairs of [first, last)."""
    depth, begin = 0, first
    for place in range(first, last):
        if text[place] in _OPEN:
            if depth == 0:
                begin = place
            depth += 1
        elif text[place] in _CLOSE and depth:
            depth -= 1
            if depth == 0:
                yield begin, place + 1


def read_block(text: str, first: int, last: int, book: Directory) -> Block | None:
    """The block that the words [first, last) are, or None when they are no list of bodies."""
    if last - first > _LONGEST_BLOCK:
        return None
    words = text[first:last].rstrip("。；，")
    implied = implied_in(words, book)
    listed = words
    if implied is not None:
        listed = (words[: implied[2]] + words[implied[3] :]).strip("，；、。")
    raw = words
    if (stop := listed.find("。")) > 0 and not _KEY.match(listed, stop + 1):
        listed = listed[:stop]
    if keyed := list(_KEY.finditer(listed)):
        block = _keyed(listed, keyed, first, raw, book)
    else:
        block = _by_role(listed, first, last, raw, book)
    if block is None or implied is None:
        return block
    return replace(block, raw=raw, implied=implied[0], implied_text=implied[1])


def implied_in(words: str, book: Directory) -> tuple[tuple[str, ...], str, int, int] | None:
    """The clause that gives all later tasks more bodies: those bodies, its words, and its range in words."""
    match = next((m for m in map(_implied_before(words), _places("不再", words)) if m is not None), None)
    if match is None:
        return None
    comma = words.find("，不再", match.start(), match.end())
    start = match.start() + len(match[0]) - len(match[0].lstrip("，；、"))
    names, _ = names_of(match["names"], book)
    good = tuple(name for name in names if is_body_like(name))
    return (good, words[start : match.end()], match.start(), match.end()) if good and comma != -2 else None


def _places(mark: str, words: str) -> Iterator[int]:
    place = words.find(mark)
    while place >= 0:
        yield place
        place = words.find(mark, place + len(mark))


def _implied_before(words: str) -> Callable[[int], re.Match[str] | None]:
    """Search the clause that ends in the 不再 at a place; no such clause is longer than a few lines."""
    return lambda place: _IMPLIED.search(words, max(0, place - 160), place + 16)


def same_below(text: str) -> bool:
    """Whether the notice says that the first body of each list leads (排在前位为牵头部门，下同)."""
    return _SAME_BELOW.search(text) is not None


def _keyed(words: str, keys: list[re.Match[str]], first: int, raw: str, book: Directory) -> Block | None:
    """责任单位：A、B；牵头单位：C；完成时限：D."""
    units: list[str] = []
    roles: dict[str, list[str]] = {"lead": [], "coop": [], "responsible": []}
    open_list = False
    when = (first, first + keys[0].start()) if keys[0].start() else None
    has_lead = any(key[1] in _LEAD_KEYS for key in keys)
    for order, key in enumerate(keys):
        end = keys[order + 1].start() if order + 1 < len(keys) else len(words)
        value = words[key.end() : end].strip("，；、。")
        if key[1] in _TIME_KEYS:
            when = (first + key.end(), first + end)
            continue
        if key[1] in _PERSON_KEYS or not value:
            continue
        place = value.find("；各")
        group = _by_role(value[place + 1 :], first, first, value, book) if place > 0 else None
        if group is not None and group.responsible:  # 配合单位：A、B；各乡镇负责落实
            value = value[:place]
            units += group.units
            roles["responsible"] += group.responsible
        inner = _by_role(value, first, first, value, book)
        if inner is not None and (inner.lead or inner.coop):
            units += inner.units
            roles["lead"] += inner.lead
            roles["coop"] += inner.coop
            roles["responsible"] += inner.responsible
            continue
        names, etc = names_of(value, book)
        open_list |= etc
        units += names
        role = "lead" if key[1] in _LEAD_KEYS else "coop" if key[1] in _COOP_KEYS else "responsible" if has_lead else ""
        if role:
            roles[role] += names
    if not units:
        return None
    return Block(first, first, raw, _once(units), _once(roles["lead"]), _once(roles["responsible"]),
                 _once(roles["coop"]), open_list, when)  # fmt: skip


def _by_role(words: str, first: int, last: int, raw: str, book: Directory) -> Block | None:
    """A、B牵头，C配合 and A、B等按职责分工负责: every segment ends in a role or waits for the next one's."""
    units: list[str] = []
    roles: dict[str, list[str]] = {"lead": [], "coop": [], "responsible": []}
    open_list = False
    waiting = ""
    level = ""
    shared = False
    when: tuple[int, int] | None = None
    for segment in _split(words, "，；"):
        match = _ROLE.match(segment)
        if _STATUS.search(segment) and not is_body_like(match["names"] if match else segment):
            place = first + max(0, raw.find(segment))
            when = (place, place + len(segment))
            continue
        if match is None:
            waiting += segment + "、"
            continue
        shared |= "按" in segment[len(match["names"]) :]
        names, etc = names_of(waiting + match["names"], book, level)
        waiting = ""
        names = _with_tail(names)
        if not names or not all(is_body_like(name) for name in names):
            return None
        level = level or book.split(names[0])[0]
        open_list |= etc or bool(match["etc"])
        units += names
        role = match["role"]
        kind = "lead" if _LEADS.match(role) else "coop" if _HELPS.search(role) else "responsible"
        roles[kind] += names
    if waiting and units:  # a group after the roles (…负责；各区政府) answers like those before it
        names, etc = names_of(waiting, book, level)
        if not all(is_body_like(name) for name in names):
            return None
        units += names
        open_list |= etc
    elif not units:
        return None
    if not roles["lead"] and not roles["coop"] and shared:
        roles["responsible"] = []
    return Block(first, last, raw, _once(units), _once(roles["lead"]), _once(roles["responsible"]),
                 _once(roles["coop"]), open_list, when)  # fmt: skip


def names_of(words: str, book: Directory, level: str = "") -> tuple[list[str], bool]:
    """Names of a list, level prefix restored where the list writes it once; and whether it ends in 等."""
    words = words.strip("，；、。")
    etc = re.search(r"等(?:有关|相关)?(?:部门|单位)?$", words)
    if etc:
        words = words[: etc.start()]
    names: list[str] = []
    area = ""
    for item in _rejoined(_split(words, "、，；")):
        item = re.sub(r"^(?:和|及|以及)", "", item)
        for name in _split_and(item, book):
            if area and name in ("政府", "人民政府", "管委会", "党工委", "党委"):
                name = area + name
            elif names and name in ("地方", "地区", "单位", "部门") and names[-1].startswith("各"):
                name = "各" + name
            elif level and book.is_bare_department(name):
                name = level + name
            if match := _AREA.match(name):
                area = match[1]
            prefix = book.split(name)[0]
            if not names and not level and prefix and prefix in LEVELS:
                level = prefix
            if name:
                names.append(name)
    return names, etc is not None


def _with_tail(names: list[str]) -> list[str]:
    """甲、乙、丙经济开发区管委会 are three zones: bare places before an authority of a place share its ending."""
    tail = _TAIL.match(names[-1]) if names else None
    if tail is None or len(names) < 2:
        return names
    first = len(names) - 1
    while first and _BARE_PLACE.fullmatch(names[first - 1]):
        first -= 1
    return [*names[:first], *(name + tail["tail"] for name in names[first:-1]), names[-1]]


def _rejoined(items: list[str]) -> list[str]:
    """各区、县（市）人民政府 is one group: a bare 各区 goes with the authority after it."""
    found: list[str] = []
    for item in items:
        if (
            found
            and re.fullmatch(r"各[县市区州旗]", found[-1])
            and re.match(r"[县市区州旗](?:（[^（）]*）)?(?:人民)?政府", item)
        ):
            found[-1] += "、" + item
        else:
            found.append(item)
    return found


def _split_and(item: str, book: Directory) -> list[str]:
    """A name, or two names joined by 和 or 及 (兰州新区管委会 after 和), never a name that holds 和 itself."""
    if len(item) > 80:  # two names at most stand between two marks
        return [item]
    for match in re.finditer("以及|和|及|与", item):
        left, right = item[: match.start()], item[match.end() :]
        whole = book.find(item)
        if whole is not None and whole.kind != "群体":
            return [item]
        first_known = len(left) >= 3 and (left.startswith("各") or book.find(left)) and is_body_like(left)
        second_known = len(right) >= 3 and (book.find(right) or right.endswith(_AUTHORITIES)) and is_body_like(right)
        if first_known and second_known:
            return [left, right]
    return [item]


def _split(words: str, marks: str) -> list[str]:
    """Parts between marks that stand outside brackets and quotation marks."""
    parts, depth, current = [], 0, ""
    for char in words:
        depth += (char in "（〔“《") - (char in "）〕”》")
        if char in marks and depth <= 0:
            parts.append(current)
            current = ""
        else:
            current += char
    parts.append(current)
    return [part for part in parts if part]


def _once(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
