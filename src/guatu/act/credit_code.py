"""The unified social credit code 统一社会信用代码: whether its eighteenth character checks the seventeen before."""

from __future__ import annotations

from datetime import date

from guatu.rules import book

RULE = "credit_code"


def check_character(first: str) -> str:
    """The last character for those before it, GB 32100-2015 附录A. Raises ValueError for a character not of the set."""
    rule = book.at(RULE, date.max).value
    characters, modulus = rule["characters"], rule["modulus"]
    total = sum(characters.index(one) * pow(rule["base"], place, modulus) for place, one in enumerate(first))
    return str(characters[-total % modulus])


def wrong_with(code: str) -> str:
    """What is wrong with a code, in words; empty when nothing is."""
    rule = book.at(RULE, date.max).value
    if len(code) != rule["length"]:
        return f"应是 {rule['length']} 位，现在 {len(code)} 位"
    unknown = [one for one in code if one not in rule["characters"]]
    if unknown:
        return f"有不该有的字符“{unknown[0]}”（不用 I、O、S、V、Z 和小写）"
    right = check_character(code[:-1])
    return "" if code[-1] == right else "校验位不符，有一位抄错了"
