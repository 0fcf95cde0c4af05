"""The answer in a sentence a design."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from simnet.metrics import Comparison
from simnet.report.numbers import change, clean, level
from simnet.report.rows import PIECES, SHELF, SYSTEM, VALUE, any_tells, fills, tells, title

ASPECTS = (
    (
        "fill.line",
        "fills {level} of customers' lines at once",
        "fills {size} {more} of customers' lines at once",
    ),
    (
        "fill.system.line",
        "finds {level} somewhere in the network",
        "finds {size} {more} somewhere in the network",
    ),
    ("stock.on_hand.value", "keeps {level} of stock", "keeps {size} {more} stock"),
    ("cost.year", "costs {level} a year", "costs {size} {more} a year"),
)
"""KPI, the clause of the first design and the clause of the others."""

IN_NETWORK = (
    "fill.system.line",
    "finds {level} of customers' lines somewhere in the network",
    "finds {size} {more} of customers' lines somewhere in the network",
)
IN_PIECES = (PIECES, "keeps {level} pieces in stock", "keeps {size} {more} pieces in stock")
"""Instead, where nobody has a shelf, and where no part has a cost."""

NAMES = {
    "fill.line": "fill",
    "fill.system.line": "system fill",
    "stock.on_hand.value": "stock value",
    "stock.on_hand.units": "stock",
    "cost.year": "cost",
}


@dataclass(frozen=True)
class Sentence:
    """What is said of one design, its name apart."""

    design: str
    text: str


def sentences(comparison: Comparison) -> list[Sentence]:
    """One of each design: levels of the first, differences of the others."""
    first, *others = comparison.designs
    told = [aspect for aspect in aspects(comparison) if tells(comparison, first, aspect[0])]
    clauses = [clause.format(level=unbroken(level(comparison.levels[first][key]).value)) for key, clause, _ in told]
    made = [Sentence(clean(first), joined(clauses) + "." if clauses else "was asked nothing.")]
    return made + [Sentence(clean(name), against(comparison, name)) for name in others]


def against(comparison: Comparison, design: str) -> str:
    """How a design differs from the first: what is told apart, then what is not."""
    first = comparison.levels[comparison.designs[0]]
    clauses, same = [], []
    for key, _, clause in aspects(comparison):
        found = comparison.differences[design].get(key)
        if found is None or found.mean is None or not either_tells(comparison, design, key):
            continue
        if found.verdict == "same" or found.mean == 0:
            same.append(NAMES.get(key) or title(comparison, key))
            continue
        size = change(found, first[key]).value.lstrip("+-").replace(" pt", " points")
        clauses.append(clause.format(size=unbroken(size), more="more" if found.mean > 0 else "less"))
    text = joined(clauses)
    if same:
        tail = f"is not told apart in {joined(same)}"
        text = f"{text}; it {tail}" if text else tail
    return f"{text}." if text else "has nothing to compare."


def aspects(comparison: Comparison) -> Iterator[tuple[str, str, str]]:
    """ASPECTS as this comparison can tell them: fill where there is stock, pieces where parts have no cost."""
    told = fills(comparison)
    for key, level_clause, clause in ASPECTS:
        if key == SHELF and key not in told:
            for other in told:
                name = clean(title(comparison, other))
                yield (
                    IN_NETWORK
                    if other == SYSTEM
                    else (other, f"has a {name} of {{level}}", f"has {{size}} {{more}} {name}")
                )
        elif key != SYSTEM or SHELF in told:
            yield IN_PIECES if key == VALUE and not any_tells(comparison, key) else (key, level_clause, clause)


def either_tells(comparison: Comparison, design: str, key: str) -> bool:
    """Whether the KPI says something in the design or in the first one."""
    return tells(comparison, design, key) or tells(comparison, comparison.designs[0], key)


def unbroken(value: str) -> str:
    """A value that stays on one line with its unit."""
    return value.replace(" ", "\N{NO-BREAK SPACE}")


def joined(words: list[str]) -> str:
    """`a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
