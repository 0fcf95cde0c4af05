"""What was understood, in lines of at most 80 columns: the answer of `simnet import`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import numpy as np

from simnet.errors import clean, shorten
from simnet.intake import cells, facts
from simnet.intake.dates import SAID as DATE_SAID
from simnet.intake.dates import is_serial, read_date, written
from simnet.intake.headings import MONEY
from simnet.intake.history import Imported, evidence
from simnet.intake.numbers import SAID as NUMBER_SAID
from simnet.intake.understood import FAR, MOST_UNREADABLE, TWICE
from simnet.intake.written import LEAST_MONTHS
from simnet.intake.written import counted as count
from simnet.wrapping import filled

LABEL = 10
WIDTH = 80
MOST_NAMED, MOST_UNUSED = 3, 6


def told(found: Imported, rejects: str) -> str:
    """All of it; `rejects` names the file of the lines left out."""
    lines = [headline(found)]
    for label, text in entries(found, rejects):
        indent = " " * (2 + LABEL)
        lines.append(filled(f"  {label:<{LABEL}}{text}", WIDTH, subsequent_indent=indent, break_long_words=False))
    return "\n".join(lines) + "\n"


def headline(found: Imported) -> str:
    """`Read 42,318 of 42,330 lines, 2023-01-02 to 2025-12-30, 5,812 parts, 214 dealers (0.6 s)`."""
    first, last = map(written, found.day.span())
    dealers = f", {count(len(found.dealers), 'dealer')}" if found.dealer is not None else ""
    total = len(found) + len(found.faults)
    of_all = f"{len(found):,} of " if found.faults else ""
    return (
        f"Read {of_all}{count(total, 'line')}, {first} to {last}, {count(len(found.parts), 'part')}{dealers}"
        f" ({found.seconds:.1f} s)"
    )


def entries(found: Imported, rejects: str) -> Iterator[tuple[str, str]]:
    """Label and text of each thing to know."""
    yield from much_told(found)
    yield from file_told(found)
    yield "columns", columns_told(found)
    yield "dates", dates_told(found)
    yield "numbers", numbers_told(found)
    yield from money_told(found)
    yield from unread_told(found)
    yield from parts_told(found)
    yield from dealers_told(found)
    reasons = "; ".join(f"{count(number, 'line')} with {why}" for why, number in found.reasons().most_common())
    if reasons:
        yield "left out", f"{reasons} -> {rejects}"
    yield from twice_told(found)
    yield from large_told(found)
    yield from waits_told(found)
    months = facts.part_months(found)
    yield from short_told(found, months)
    yield "demand", demand_told(found, months)


def much_told(found: Imported) -> Iterator[tuple[str, str]]:
    """That much of the file is left out, returns and lines there twice not counted: before anything else."""
    reasons = Counter({why: number for why, number in found.reasons().items() if why not in (cells.RETURNS, TWICE)})
    total = len(found) + len(found.faults)
    if reasons.total() <= MOST_UNREADABLE * total:
        return
    why, number = reasons.most_common(1)[0]
    share = f"{100 * reasons.total() / total:.0f} % of the lines are left out, {count(number, 'line')} with {why}"
    role = next((role for role in found.columns.at if role in why and why != FAR), "")
    if role:
        heading = shorten(found.columns.header[found.columns.at[role]])
        share += f": is {heading} the {role}? --columns {role}=HEADING names another"
    yield "CAREFUL", share


def money_told(found: Imported) -> Iterator[tuple[str, str]]:
    """The currency, where there is any money, and what tells it."""
    if not found.raw.columns.keys() & MONEY:
        return
    money = found.money
    if money.assumed:
        yield "money", f"{money.letters} (assumed: nothing in the file names a currency; --money names another)"
    else:
        yield "money", f"{money.letters} ({f'from {money.told_by}' if money.told_by else 'asked for'})"


def unread_told(found: Imported) -> Iterator[tuple[str, str]]:
    """Costs and prices that are none: a part has the median of those that are, or none at all."""
    for role in MONEY:
        if role not in found.raw.columns:
            continue
        coded = found.raw.columns[role]
        read = cells.amounts(coded.texts, found.decimals.sign or ".")
        none = [bool(text.strip()) and value is None for text, value in zip(coded.texts, read, strict=True)]
        lines = np.flatnonzero(np.array(none, bool)[coded.codes[found.rows]])
        if len(lines):
            text, line = coded.texts[coded.codes[found.rows[lines[0]]]], found.line(int(lines[0]))
            many = count(len(lines), "line")
            yield role, f"{many} with no amount above zero, such as {shorten(text)} (line {line:,}): not used"


def file_told(found: Imported) -> Iterator[tuple[str, str]]:
    """How the file is written, where that is not plain."""
    source = found.source
    if source.sheet is not None and found.asked.sheet is None:
        yield "sheet", f"{clean(source.sheet, 40)} (its headings fit; --sheet names another)"
    if source.guessed:
        yield "encoding", f"{source.encoding} (a guess: {source.guessed}; --encoding names another)"


def columns_told(found: Imported) -> str:
    """`date = Datum; guessed: part = Teil, quantity = Menge; not used: Auftrag`."""
    columns = found.columns

    def named(roles: Iterable[str]) -> str:
        heads = {role: clean(columns.header[columns.at[role]], 30) for role in roles}
        return ", ".join(role if head == role else f"{role} = {head}" for role, head in heads.items())

    said = [named(role for role in columns.at if role not in columns.guessed)]
    said += ["each line is one piece"] if columns.one_piece else []
    said += [f"guessed: {named(columns.guessed)}"] if columns.guessed else []
    if columns.unused:
        names = [clean(name, 30) for name in columns.unused]
        more = f" and {len(names) - MOST_UNUSED} more" if len(names) > MOST_UNUSED else ""
        said.append(f"not used: {', '.join(names[:MOST_UNUSED])}{more}")
    if columns.line > 1 + getattr(found.source, "skipped", 0):
        said.append(f"headings on line {columns.line}")
    return "; ".join(each for each in said if each)


def dates_told(found: Imported) -> str:
    """How the dates are written, and what settles it."""
    settled = found.settled
    column = found.raw.columns["date"]
    if settled.evidence is not None and settled.order is not None:
        text, line = settled.evidence
        return f"{DATE_SAID[settled.order]} ({clean(text, 30)} on line {line:,} settles it)"
    if settled.order is not None and found.asked.dates:
        return f"{DATE_SAID[settled.order]} (asked for)"
    text, line = next(each for each in evidence(found.raw, column) if read_date(each[0]) is not None)
    day = read_date(text)
    if is_serial(text):
        return f"a spreadsheet's count of days ({text} on line {line:,} is {written(day)})"  # type: ignore[arg-type]
    if not found.day.each(2).any():
        return f"months only ({clean(text, 30)})"
    return f"unmistakable ({clean(text, 30)} on line {line:,})"


def numbers_told(found: Imported) -> str:
    """The decimal sign, and what settles it."""
    sign, proof = found.decimals.sign, found.decimals.evidence
    if sign is None:
        return "whole"
    if proof is None:
        return f"{NUMBER_SAID[sign]} (asked for)"
    return f"{NUMBER_SAID[sign]} ({clean(proof[0], 30)} on line {proof[1]:,} settles it)"


def parts_told(found: Imported) -> Iterator[tuple[str, str]]:
    """What spreadsheets do to part numbers."""
    odd = facts.odd_names(found)
    said = []
    if odd.zeros:
        said.append(f"{odd.zeros:,} {'has' if odd.zeros == 1 else 'have'} leading zeros")
    if odd.exponents:
        verb = "looks" if len(odd.exponents) == 1 else "look"
        said.append(f"{len(odd.exponents):,} {verb} like {clean(odd.exponents[0], 20)}")
    yield "parts", "kept as text" + (f": {', '.join(said)}" if said else "")
    if odd.cut:
        one = len(odd.cut) == 1
        yield (
            "",
            (
                f"{len(odd.cut):,} such as {clean(odd.cut[0], 20)} {'has' if one else 'have'} lost digits: a sheet "
                f"made {'a number of it' if one else 'numbers of them'}; export again with the column as text"
            ),
        )
    if odd.numbers:
        told = "1 cell is a number" if odd.numbers == 1 else f"{odd.numbers:,} cells are numbers"
        yield "", f"{told} in the workbook: leading zeros, if there were any, are lost"
    if odd.alike:
        yield "", alike_told(odd.alike)


def alike_told(pairs: Sequence[tuple[str, str]]) -> str:
    """`1 pair differs only in case, spaces or signs: Oslo and oslo; counted apart, ...`."""
    verb = "differs" if len(pairs) == 1 else "differ"
    named = ", ".join(f"{clean(one, 20)} and {clean(other, 20)}" for one, other in pairs[:MOST_NAMED])
    more = f" and {len(pairs) - MOST_NAMED:,} more" if len(pairs) > MOST_NAMED else ""
    return (
        f"{count(len(pairs), 'pair')} {verb} only in case, spaces or signs: {named}{more}; counted apart: if they are "
        "one, write them alike in the file and import it again"
    )


def dealers_told(found: Imported) -> Iterator[tuple[str, str]]:
    """Dealers that may be one."""
    pairs = facts.alike(found.dealers)
    if pairs:
        yield "dealers", alike_told(pairs)


def short_told(found: Imported, months: facts.PartMonths) -> Iterator[tuple[str, str]]:
    """That a history is too short for what is made of it."""
    if months.months >= LEAST_MONTHS:
        return
    first, last = (date(*(max(part, 1) for part in day)) for day in found.day.span())
    span = count((last - first).days + 1, "day") if months.months < 3 else count(months.months, "month")
    lacking = ["no warm-up", "few months to draw others from" if months.months > 1 else "but one month to draw from"]
    yield (
        "short",
        (
            f"{span} of orders: {' and '.join(lacking)}, so that stock at the start still shows in the figures and "
            "seasons do not; export a year or more if there is any"
        ),
    )


def demand_told(found: Imported, months: facts.PartMonths) -> str:
    """The shares of the classes of demand, where there are months enough to tell them."""
    if months.tell_classes:
        return "   ".join(f"{name} {100 * share:.0f} %" for name, share in months.shares.items())
    given = "" if "class" in found.raw.columns else "; every part is of class all"
    return (
        f"smooth, erratic, intermittent or lumpy is not told from {count(months.months, 'month')}: that takes "
        f"{facts.LEAST_FOR_CLASSES}{given}"
    )


def twice_told(found: Imported) -> Iterator[tuple[str, str]]:
    """Lines that are there twice."""
    again = facts.twice(found)
    if again:
        first = found.line(again[0])
        yield (
            "twice",
            (
                f"{count(len(again), 'line')} the same in every column as a line above (line {first:,}); kept, "
                "--drop-duplicates leaves them out"
            ),
        )


def large_told(found: Imported) -> Iterator[tuple[str, str]]:
    """Quantities far from the usual of their part."""
    rows = facts.outliers(found)
    if rows:
        top = rows[0]
        part = clean(found.parts[found.part[top]], 30)
        yield (
            "large",
            (
                f"{count(len(rows), 'line')} of {facts.OUTLIER} times the median of the part or more: "
                f"{found.quantity[top]:,} of {shorten(part)} on line {found.line(top):,}; kept"
            ),
        )


def waits_told(found: Imported) -> Iterator[tuple[str, str]]:
    """What was delivered when."""
    if found.delivered is None:
        return
    from simnet.study.actual import words_of

    waits = facts.delivered(found)
    known = waits[waits >= 0]
    unknown = len(waits) - len(known)
    text = words_of(known) if len(known) else "no line has both days"
    if len(known) and unknown:
        text += f"; {unknown:,} not known"
    yield "delivered", text
    if (before := facts.early(found)) > 0:
        yield "", f"{count(before, 'line')} delivered before the order: counted as not known"
    if found.promised is not None:
        due, done = found.promised.ordinals(), found.delivered.ordinals()
        both = (due > 0) & (waits >= 0)
        if both.any():
            yield "", f"promise kept on {100 * (done[both] <= due[both]).mean():.1f} % of {both.sum():,} lines"
