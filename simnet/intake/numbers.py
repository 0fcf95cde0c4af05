"""Numbers as companies write them; whether comma or point is the decimal sign is settled by evidence or asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from simnet.currencies import CODES, SIGNS
from simnet.intake.dates import Evidence

SAID = {",": "decimal comma", ".": "decimal point"}
_SPACES = re.compile(r"(?<=\d)[\s\u00a0\u202f'\u2019](?=\d{3}(?!\d))")
_BODY = re.compile(r"\d[\d.,]*|[.,]\d+", re.ASCII)
_AROUND = re.compile(r"(?P<before>[^\d.,+\-()]*)(?P<body>[+\-(]?[^\d.,]*[\d.,]+\s*[)\-]?)(?P<after>[^\d]*)")
_SIGNED = re.compile(r"(?P<before>[+\-(]?)\s*(?P<digits>[\d.,]+)\s*(?P<after>[)\-]?)")
_UNITS = re.compile(
    "st|stk|stuck|stück|pcs?|pce|pieces?|ea|each|units?|x|pz|pièces?|pces|个|件|只|套|支",
    re.IGNORECASE,
)
LONGEST = 60
_MONEY = re.compile(rf"[A-Z]{{3}}|元|US\$|{'|'.join(map(re.escape, SIGNS))}")


@dataclass(frozen=True)
class Decimals:
    """The decimal sign, and what settled it."""

    sign: str | None = None
    evidence: Evidence | None = None
    doubt: tuple[Evidence, ...] = ()
    contradicting: bool = False


def bare(text: str) -> tuple[int, str] | None:
    """Sign and digits of a text, without spaces between thousands and a unit of pieces or money; None if it is none."""
    text = text.strip()
    if len(text) > LONGEST:
        return None
    if text.isascii() and text.isdigit():
        return 1, text
    if not (found := _AROUND.fullmatch(_SPACES.sub("", text))):
        return None
    around = (found["before"].strip(), found["after"].strip())
    if not all(not each or is_unit(each) or is_money(each) for each in around):
        return None
    signed = _SIGNED.fullmatch(found["body"])
    if signed is None or not _BODY.fullmatch(signed["digits"]):
        return None
    marks = (signed["before"] + signed["after"]).strip()
    if marks not in ("", "+", "-", "()"):
        return None
    return (1 if marks in ("", "+") else -1), signed["digits"]


def is_unit(text: str) -> bool:
    """Whether a word beside a number is a unit of pieces."""
    return _UNITS.fullmatch(text.rstrip(".")) is not None


def is_money(text: str) -> bool:
    """Whether a word beside a number is a currency."""
    return _MONEY.fullmatch(text) is not None or text.upper() in CODES


def sign_of(digits: str) -> str | None:
    """The decimal sign that a number proves, `?` where its one sign may be either, None where it says nothing."""
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        last = "," if digits.rfind(",") > digits.rfind(".") else "."
        return last if _read(digits, last) is not None else None
    if not points and not commas:
        return None
    sign = "." if points else ","
    if points + commas > 1:
        other = "," if sign == "." else "."
        return other if _read(digits, other) is not None else None  # 1.234.567 has points between its thousands
    before, _, after = digits.partition(sign)
    may_group = len(after) == 3 and 1 <= len(before) <= 3 and not before.startswith("0")
    return "?" if may_group else sign


def settle_decimal(texts: Iterable[Evidence]) -> Decimals:
    """The decimal sign that texts settle; None where none has a sign that could be one."""
    votes: dict[str, Evidence] = {}
    for evidence in texts:
        found = bare(evidence[0])
        sign = sign_of(found[1]) if found else None
        if sign is not None and (sign not in votes or evidence[1] < votes[sign][1]):
            votes[sign] = evidence
    proofs = [sign for sign in SAID if sign in votes]
    if len(proofs) == 2:
        return Decimals(doubt=(votes[proofs[0]], votes[proofs[1]]), contradicting=True)
    if proofs:
        return Decimals(proofs[0], votes[proofs[0]])
    return Decimals(doubt=(votes["?"],)) if "?" in votes else Decimals()


def read_number(text: str, sign: str) -> Decimal | None:
    """The number of a text, or None: thousands in groups of three, at most one decimal sign."""
    found = bare(text)
    number = _read(found[1], sign) if found else None
    return number * found[0] if found and number is not None else None


def _read(digits: str, sign: str) -> Decimal | None:
    thousands = "," if sign == "." else "."
    whole, _, part = digits.partition(sign)
    if thousands in part or sign in part:
        return None
    groups = whole.split(thousands)
    if len(groups) > 1 and (not 1 <= len(groups[0]) <= 3 or any(len(group) != 3 for group in groups[1:])):
        return None
    return Decimal(f"{''.join(groups) or 0}.{part or 0}")
