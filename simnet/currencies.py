"""Currencies by their letters and signs, as texts and number formats name them."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from simnet.numerals import BARE, LONGEST

SIGNS: Mapping[str, tuple[str, ...]] = {
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP"),
    "€": ("EUR",), "£": ("GBP", "EGP"), "¥": ("JPY", "CNY"), "￥": ("JPY", "CNY"), "₹": ("INR",), "₩": ("KRW",),
    "₪": ("ILS",), "₺": ("TRY",), "₽": ("RUB",), "₫": ("VND",), "฿": ("THB",), "₴": ("UAH",), "zł": ("PLN",),
    "Kč": ("CZK",), "Ft": ("HUF",), "kr": ("SEK", "NOK", "DKK", "ISK"), "kr.": ("DKK", "ISK"), "R$": ("BRL",),
    "lei": ("RON",), "Fr.": ("CHF",),
}  # fmt: skip
"""What each sign may stand for."""
OTHERS = ("AED", "BGN", "CHF", "IDR", "KWD", "MAD", "MYR", "PEN", "PHP", "PKR", "QAR", "RON", "RSD", "SAR", "TND",
          "ZAR")  # fmt: skip
"""Currencies that are known by their letters alone."""
CODES = frozenset((*OTHERS, *(code for codes in SIGNS.values() for code in codes)))
_DOLLARS = {"409": "USD", "1009": "CAD", "C0C": "CAD", "C09": "AUD", "1409": "NZD", "1004": "SGD", "4809": "SGD",
            "C04": "HKD", "404": "TWD", "80A": "MXN", "2C0A": "ARS", "340A": "CLP", "240A": "COP"}  # fmt: skip
"""The dollar or peso of a country, by its number in a format: `[$$-409]`."""
_BRACKETS = re.compile(r"\[\$([^\]-]*)(?:-([0-9A-Fa-f]+))?\]")
_QUOTED = re.compile(r'"([^"]*)"|\\(.)')
_SIGN = re.compile(
    "|".join(sorted((re.escape(each) for each in SIGNS if not each[0].isalpha()), key=len, reverse=True))
)
_AMOUNT = re.compile(r"[0-9][0-9.,]*")
_PLAIN = re.compile(r"\s*[-+0-9.][-+0-9.eE]*\s*[A-Za-z]*(?:\s*/.*|\s+per\b.*|\s*)$")
"""An amount whose currency is letters behind the number."""
_WORD = re.compile(r"(?<!\w)[kM]?(R\$|[A-Za-zčł]{2,3}\.?)(?!\w)")


def currency_of_format(code: str) -> str | None:
    """The letters or the sign of the currency that a number format shows: `[$$-409]#,##0.00` is USD, `"$"0.00` is $."""
    code = html.unescape(code[:1000]).partition(";")[0]
    for sign, country in _BRACKETS.findall(code):
        found = _DOLLARS.get(country.upper().lstrip("0")) if sign == "$" else None
        if found or (found := currency_in(sign)):
            return found
    rest = _BRACKETS.sub("", code)
    quoted = "".join(text or escaped for text, escaped in _QUOTED.findall(rest))
    sign = _SIGN.search(_QUOTED.sub("", rest))
    return currency_in(quoted) or (sign[0] if sign else None)


def currency_in(text: str) -> str | None:
    """The currency's letters, else its sign, in a text such as `12 €` or `US$`; None where it names none."""
    for word in _WORD.findall(text):
        if word.upper() in CODES or word in SIGNS:
            return word if word in SIGNS else str(word).upper()
    sign = _SIGN.search(text)
    return sign[0] if sign else None


def may_be(shown: str, currency: str) -> bool:
    """Whether letters or a sign may mean a currency."""
    return shown == currency or currency in SIGNS.get(shown, ())


def check_place(value: object, currency: str | None) -> None:
    """`ValueError` where a text names its currency by a sign, or before the number: `$12.40`, `EUR 12`, `12 €`."""
    if not isinstance(value, str) or len(value) > LONGEST or _PLAIN.match(value):
        return
    named = currency_in(value)
    if named is None:
        return
    if currency is not None and not may_be(named, currency):
        raise ValueError(f"is in {named}, but this scenario counts in {currency} (money: {currency})")
    number = _AMOUNT.search(value)
    amount = number[0] if number is not None and BARE.fullmatch(number[0]) else "12.40"
    meant = f"'{amount} {currency or (SIGNS[named][0] if named in SIGNS else named)}'"
    if named in SIGNS:
        raise ValueError(f"names its currency by a sign, {named}; write its letters: {meant}")
    if value.strip()[0].isalpha():
        raise ValueError(f"names its currency before the number; write {meant}")
