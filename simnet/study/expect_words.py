"""Expectations in words: the cells of a line, and a sentence for whoever reads only that."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simnet.errors import Problem, clean
from simnet.metrics.intervals import Difference
from simnet.report.numbers import change, level

if TYPE_CHECKING:
    from pathlib import Path

    from simnet.scenario import Expectation
    from simnet.study.expect import Checked

NEAR = "its limit lies inside its interval: too near to tell"


@dataclass(frozen=True)
class Line:
    """One expectation as it is shown; `where` is empty for one that simply holds."""

    word: str
    kpi: str
    value: str
    spread: str
    """`±0.4`, or the change from the baseline."""
    limit: str
    where: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells in their order."""
        return self.word, self.kpi, self.value, self.spread, self.limit, self.where


def line(checked: Checked, path: Path) -> Line:
    """An expectation of the scenario at `path`, in cells."""
    each, shown = checked.expectation, level(checked.found)
    spread = moved(checked) if checked.baseline is not None else shown.half
    where = "" if checked.word == "ok" else place(checked, path)
    return Line(checked.word, clean(each.kpi, 60), shown.value, spread, clean(each.limit.text, 60), where)


def place(checked: Checked, path: Path) -> str:
    """`line 46`, `sheet expect, cell A3`, or `ladder.yaml:59` where it stands in a file that this one extends."""
    each = checked.expectation
    whole = spot(each)
    if str(path) != each.file:
        return whole
    return whole.removeprefix(f"{clean(each.file)}, ") if "sheet" in whole else f"line {each.line}"


def spot(each: Expectation) -> str:
    """Where an expectation is written: `net.yaml:46`, `net.xlsx, sheet expect, cell A3`."""
    found = {} if each.mark is None else each.mark.source.place(each.mark)
    if found.get("sheet"):
        return Problem("", each.file, sheet=found["sheet"], cell=found.get("cell")).place
    return f"{clean(each.file)}:{each.line}"


def moved(checked: Checked) -> str:
    """How far a figure is from its baseline, as a share of it: `+0.4 %`; nothing where nothing was measured."""
    value, before = checked.found.mean, checked.baseline
    if value is None or before is None:
        return ""
    if before.value == 0:
        return "as before" if value == 0 else "was 0"
    share = 100 * (value / before.value - 1)
    if not share:
        return "+0 %"
    shown = f"{share:+.1f} %"
    return shown if abs(share) >= 0.05 else f"{share:+.0e} %"


def sentence(checked: Checked) -> str:
    """What is the matter with an expectation, or that it holds, in one sentence."""
    each, shown = checked.expectation, level(checked.found)
    if checked.found.mean is None:
        return f"{each.kpi}: nothing was measured, so it is not {each.limit.text}"
    told = f"{each.kpi} is {shown}"
    if checked.baseline is not None:
        told += f", {moved(checked)} from its baseline of {checked.baseline}"
    told += f"; expected: {each.limit.text}"
    if checked.word == "close":
        return f"{told}; {NEAR}"
    return told if checked.holds or checked.word == "ok" else f"{told}; missed by {missed(checked)}"


def missed(checked: Checked) -> str:
    """By how much a limit is missed: `0.9 pt`, `1.2 d`."""
    found = checked.found
    gap = Difference(checked.beyond, None, found.unit, (), "higher")
    return change(gap, replace(found, half_width=None)).value.removeprefix("+")


def expectation(checked: Checked) -> str:
    """`fill.line at least 95 %`: an expectation by its name."""
    return f"{checked.expectation.kpi} {checked.expectation.limit.text}"
