"""Values in the words of the scenario language: what was read, said back as it would be written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from simnet.errors import clean
from simnet.units import MONEY, YEAR, show_duration, show_money

DURATIONS = ("cover", "review", "order_cycle", "phase_out")


def lead_time(law: Any) -> str:
    """`35 d`, `35 d cv 0.4`, `5 d cv 0.6 lognormal`."""
    if law is None:
        return "-"
    text = show_duration(round(law.mean))
    shape = law.shape()
    if shape is None:
        return text
    kind = "" if shape[0] == "gamma" else f" {shape[0]}"
    return f"{text} cv {law.cv:.2g}{kind}"


def percent(share: float) -> str:
    """`95 %`, `97.5 %`."""
    return f"{100 * share:.6g} %"


def per_kg(amount: float, currency: str) -> str:
    """`1.10 EUR/kg`."""
    return f"{amount / MONEY:.2f} {currency}/kg"


def per_year(share: float) -> str:
    """`22 %/y` of a share a minute."""
    return f"{100 * share * YEAR:.6g} %/y"


def money_range(amounts: Sequence[int], currency: str) -> str:
    """`0.40 EUR to 3.2 kEUR`."""
    low, high = min(amounts), max(amounts)
    return show_money(low, currency) + (f" to {show_money(high, currency)}" if high > low else "")


def months(first: int, length: int) -> str:
    """`2024-01 to 2025-12 (24 mo)` from an ordinal month on."""
    named = [f"{month // 12:04}-{month % 12 + 1:02}" for month in (first, first + length - 1)]
    return f"{' to '.join(dict.fromkeys(named))} ({length} mo)"


def weight_range(grams: Sequence[int]) -> str:
    """`0.4 kg to 31 kg`."""
    low, high = min(grams), max(grams)
    return show_weight(low) + (f" to {show_weight(high)}" if high > low else "")


def show_weight(grams: int) -> str:
    """`0.8 kg`, `250 g`, `1.2 t`."""
    for size, unit in ((1_000_000, "t"), (1000, "kg")):
        if grams >= size:
            return f"{grams / size:.4g} {unit}"
    return f"{grams} g"


def setting(fields: Mapping[str, Any]) -> str:
    """`base-stock, target 95 %, review 7 d`."""
    words = [str(fields["policy"])] if "policy" in fields else []
    for name, value in fields.items():
        if name == "policy":
            continue
        words.append(f"{name.replace('_', '-')} {clean(shown(name, value), 60)}")
    return ", ".join(words) or "nothing"


def shown(name: str, value: Any) -> str:
    """One value of a setting."""
    if isinstance(value, Mapping):
        return " ".join(f"{key} {each}" for key, each in value.items())
    return show_duration(value) if name in DURATIONS else percent(value) if name == "target" else str(value)


def listed(names: Iterable[str], most: int = 5) -> str:
    """The first names, and how many more."""
    every = [clean(name, 40) for name in names]
    more = len(every) - most
    return ", ".join(every[:most]) + (f" and {more:,} more" if more > 0 else "")


def count(number: float, thing: str) -> str:
    """`1 part`, `2,000 parts`."""
    return f"{number:,.0f} {thing}{'' if round(number) == 1 else 's'}"


def round_count(number: float) -> str:
    """A number with two or three digits that count: `12`, `4,300`, `1.2 million`."""
    if number >= 1e6:
        return f"{number / 1e6:.2g} million" if number < 1e7 else f"{number / 1e6:,.0f} million"
    if number >= 1000:
        step = 10 ** (len(str(int(number))) - 2)
        return f"{round(number / step) * step:,}"
    return f"{number:.0f}" if number >= 10 else f"{number:.2g}"


def aligned(rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> list[str]:
    """Rows as lines, the columns under each other; those in `right` are set to the right."""
    if not rows:
        return []
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return [
        "  ".join(
            cell.rjust(width) if at in right else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
