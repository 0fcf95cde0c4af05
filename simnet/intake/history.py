"""An order history, read: what each column is, how dates and numbers are written, which lines count."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.errors import Problem, SimnetError, shorten
from simnet.intake import cells
from simnet.intake.coded import Coded, Days, Raw, read_raw
from simnet.intake.dates import SAID, Evidence, Settled, settle
from simnet.intake.far import far_rows
from simnet.intake.headings import Columns, find_columns, score
from simnet.intake.money import Currency, settle_money
from simnet.intake.numbers import Decimals, settle_decimal
from simnet.intake.source import Source, open_source
from simnet.intake.understood import FAR, RAGGED, TWICE, check_understood

if TYPE_CHECKING:
    from numpy.typing import NDArray

DATES, NUMBERS = ("date", "delivered", "promised"), ("quantity", "cost", "price")


@dataclass(frozen=True)
class Asked:
    """What is said about a file, so that it need not be guessed."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """Role to heading."""
    sheet: str | None = None
    dates: str | None = None
    decimal: str | None = None
    delimiter: str | None = None
    encoding: str | None = None
    drop_duplicates: bool = False
    money: str | None = None


@dataclass(eq=False)
class Imported:
    """The lines that count, in the order of the file, and what was understood of it."""

    source: Source
    columns: Columns
    raw: Raw = field(repr=False)
    settled: Settled
    decimals: Decimals
    money: Currency
    rows: NDArray[Any]
    """Which rows of `raw` count."""
    part: NDArray[Any]
    """Index into `parts`."""
    parts: list[str]
    day: Days
    quantity: NDArray[Any]
    dealer: NDArray[Any] | None
    dealers: list[str]
    delivered: Days | None
    promised: Days | None
    faults: dict[int, str]
    """By line of the file: why it is left out."""
    seconds: float = 0.0
    asked: Asked = field(default_factory=Asked)

    def __len__(self) -> int:
        return len(self.rows)

    def reasons(self) -> Counter[str]:
        """How many lines are left out, by reason."""
        return Counter(self.faults.values())

    def line(self, number: int) -> int:
        """The line of the file that a line of the history stands on."""
        return int(self.raw.lines[self.rows[number]])

    def texts(self, role: str) -> list[str]:
        """The different texts of a column."""
        return self.raw.columns[role].texts if role in self.raw.columns else []


def read_orders(file: str, asked: Asked = Asked()) -> Imported:  # noqa: B008 - frozen
    """The orders in a file; `SimnetError` where it cannot be understood without a word more."""
    start = time.perf_counter()
    source = chosen(open_source(file, asked.sheet, asked.encoding, asked.delimiter), asked)
    columns = find_columns(source, asked.columns)
    raw = read_raw(source, columns)
    if not len(raw) and not raw.ragged:
        raise SimnetError(Problem("has headings and no lines", **source.place(columns.line)))
    settled = order_of_days(source, columns, raw, asked.dates)
    decimals = decimal_sign(source, columns, raw, asked.decimal)
    money = settle_money(source, columns, raw, asked.money)
    made = counted(source, columns, raw, settled, decimals, money, asked)
    made.seconds = time.perf_counter() - start
    return made


def chosen(sources: list[Source], asked: Asked) -> Source:
    """The only source, or the only sheet in which the columns are found."""
    found = [source for source in sources if score(source, asked.columns)] if len(sources) > 1 else sources
    if len(found) == 1:
        return found[0]
    if not sources:
        raise SimnetError("the workbook has no sheet with rows")
    names = ", ".join(str(source.sheet) for source in (found or sources)[:10])
    told = "several sheets may hold the orders" if found else "no sheet seems to hold the orders"
    remedy = f"name it: --sheet {shorten((found or sources)[0].sheet)}, and its columns if need be: --columns"
    raise SimnetError(Problem(f"{told}: {names}", sources[0].name, remedy=remedy))


def evidence(raw: Raw, coded: Coded) -> Iterator[Evidence]:
    """Each text of a column with the line on which it stands first."""
    lines = raw.lines[coded.first_rows()].tolist()
    return zip(coded.texts, lines, strict=True)


def order_of_days(source: Source, columns: Columns, raw: Raw, asked: str | None) -> Settled:
    """The order of day, month and year: as asked, else as the dates of all columns settle it."""
    if asked:
        return Settled(asked)
    open_ones = [(role, each) for role in DATES if role in raw.columns for each in column_triples(raw, role)]
    found = settle([each for _, each in open_ones])
    if not found.doubt:
        return found
    where = next(role for role, (evidence, _) in open_ones if evidence == found.doubt[0])
    place = source.place(found.doubt[0][1], columns.at[where])
    if found.contradicting:
        (one, first), (other, second) = found.doubt
        told = f"{shorten(one)} on line {first} and {shorten(other)} on line {second} cannot both be in one order"
        raise SimnetError(Problem(told, **place, remedy="say which: --dates dmy, mdy or ymd; the others are left out"))
    told = f"day or month first? {shorten(found.doubt[0][0])} may be either, and no other date settles it"
    raise SimnetError(Problem(told, **place, remedy="say which: --dates dmy, mdy or ymd"))


def column_triples(raw: Raw, role: str) -> list[Any]:
    """The dates of a column whose order is open."""
    return cells.triples(evidence(raw, raw.columns[role]))


def decimal_sign(source: Source, columns: Columns, raw: Raw, asked: str | None) -> Decimals:
    """The decimal sign: as asked, else as the numbers of all columns settle it."""
    if asked:
        return Decimals(asked)
    texts = [(role, each) for role in NUMBERS if role in raw.columns for each in evidence(raw, raw.columns[role])]
    found = settle_decimal(each for _, each in texts)
    if not found.doubt:
        return found
    where = next(role for role, each in texts if each == found.doubt[0])
    place = source.place(found.doubt[0][1], columns.at[where])
    if found.contradicting:
        (one, first), (other, second) = found.doubt
        told = f"{shorten(one)} on line {first} has a decimal comma, {shorten(other)} on line {second} a decimal point"
        one, other = (other, one) if "," in one and "." not in one else (one, other)
        raise SimnetError(Problem(told, **place, remedy="say which: --decimal , or --decimal ."))
    text = found.doubt[0][0]
    told = f"thousands or decimals? {shorten(text)} may be either, and no other number settles it"
    raise SimnetError(Problem(told, **place, remedy="say which: --decimal , or --decimal ."))


def counted(
    source: Source, columns: Columns, raw: Raw, settled: Settled, decimals: Decimals, money: Currency, asked: Asked
) -> Imported:
    """The lines that count; the others get their reason."""
    read = {
        "part": cells.names(raw.columns["part"].texts, "part"),
        "date": cells.dates(raw.columns["date"].texts, settled.order),
    }
    if "quantity" in raw.columns:
        read["quantity"] = cells.quantities(raw.columns["quantity"].texts, decimals.sign or ".")
    if "dealer" in raw.columns:
        read["dealer"] = cells.names(raw.columns["dealer"].texts, "dealer")
    faults: dict[int, str] = {line: RAGGED for line, _ in raw.ragged}
    good = np.ones(len(raw), dtype=bool)
    for role, texts in read.items():
        bad = np.array([bool(fault) for fault in texts.faults])[raw.columns[role].codes]
        keep(faults, raw, np.flatnonzero(bad & good), [texts.faults[c] for c in raw.columns[role].codes[bad & good]])
        good &= ~bad
    if asked.drop_duplicates:
        keep(faults, raw, np.flatnonzero(raw.twice & good), TWICE)
        good &= ~raw.twice
    days = Days.of(raw.columns["date"], read["date"].values)
    far = far_rows(source, columns, raw, days, good)
    keep(faults, raw, far, FAR)
    good[far] = False
    check_understood(source, columns, raw, faults, int(good.sum()))
    return kept(source, columns, raw, settled, decimals, money, asked, read, np.flatnonzero(good), days, faults)


def keep(faults: dict[int, str], raw: Raw, rows: NDArray[Any], why: str | list[str]) -> None:
    """Remember why rows are left out."""
    reasons = [why] * len(rows) if isinstance(why, str) else why
    faults.update(zip(raw.lines[rows].tolist(), reasons, strict=True))


def kept(
    source: Source,
    columns: Columns,
    raw: Raw,
    settled: Settled,
    decimals: Decimals,
    money: Currency,
    asked: Asked,
    read: dict[str, cells.Texts],
    rows: NDArray[Any],
    days: Days,
    faults: dict[int, str],
) -> Imported:
    """The history of the rows that count."""
    part, parts = recoded(raw.columns["part"], read["part"].values, rows)
    dealer, dealers = (None, list[str]())
    if "dealer" in read:
        dealer, dealers = recoded(raw.columns["dealer"], read["dealer"].values, rows)
    quantity = np.ones(len(rows), dtype=np.int64)
    if "quantity" in read:
        quantity = np.array(read["quantity"].values, dtype=np.int64)[raw.columns["quantity"].codes[rows]]
    later: dict[str, Days] = {}
    for role in ("delivered", "promised"):
        if role in raw.columns:
            later[role] = Days.of(raw.columns[role], cells.dates(raw.columns[role].texts, settled.order).values)[rows]
    return Imported(
        source, columns, raw, settled, decimals, money, rows, part, parts, days[rows], quantity, dealer, dealers,
        later.get("delivered"), later.get("promised"), faults, asked=asked,
    )  # fmt: skip


def recoded(coded: Coded, values: list[str], rows: NDArray[Any]) -> tuple[NDArray[Any], list[str]]:
    """The index of each kept row's name, and the names that kept rows hold."""
    numbers: dict[str, int] = {}
    again = np.array([numbers.setdefault(value, len(numbers)) for value in values], dtype=np.int64)
    found = again[coded.codes[rows]]
    used = np.bincount(found, minlength=len(numbers)) > 0
    return (np.cumsum(used) - 1)[found], [name for name, kept in zip(numbers, used.tolist(), strict=True) if kept]


__all__ = ["SAID", "Asked", "Imported", "read_orders"]
