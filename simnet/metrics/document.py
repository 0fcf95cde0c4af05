"""docs/kpis.md, written from the list of metrics: `python -m simnet.metrics.document > docs/kpis.md`."""

from __future__ import annotations

from collections.abc import Iterable

from simnet.metrics.intervals import CONFIDENCE
from simnet.metrics.kpi import FAMILIES
from simnet.metrics.metric import CHOICES, NEEDS, UNITS, Metric
from simnet.metrics.wait import WINDOWS

WAYS = {"higher": "higher", "lower": "lower", None: "neither"}

HEAD = """# KPIs

Generated from the code by `python -m simnet.metrics.document`; a test holds it current. Every KPI is declared
once, with the definition that is printed here.

- TIER stands for a tier of the scenario (`fill.dealer.line`), WINDOW for a span of time: {windows}, and any
  other named in `run.windows` (`within.36h`).
{choices}
- What is known by order class may end with one: `fill.system.line.vor`, `wait.p95.day`. Those are listed where
  customers have several classes; `--by order_class` tells any of them apart, `--by cause` tells missed lines apart.
- What has a need is listed only for scenarios that have it; elsewhere it has no value, or may be asked with `--kpi`:
{needs}
- Customers are those who ask for order classes other than `stock`, which is the replenishment of other sites.
- Everything counts the measured time only: from the end of the warm-up to the horizon.
- Sums are divided by sums, never averages of ratios. They are exact integers until that last division.
- A KPI with nothing to measure (no lines were asked) has no value: `-` in tables, `null` in JSON.
- Over replications: the mean, ± the half width of Student's t interval at {percent} %; one replication has
  none.
- Designs are compared by paired differences, replication by replication, under the same orders. `better`,
  `worse` (or `higher`, `lower`, where neither is better) mean that the interval leaves out zero; `same`
  means that the difference cannot be told from zero.

Units: {units}.
"""


def document() -> str:
    """The page."""
    units = "; ".join(f"`{name}` {meaning}" for name, meaning in UNITS.items())
    windows = ", ".join(f"`{name}`" for name in WINDOWS)
    choices = "\n".join(f"- {place} stands for one of {hyphened(words)}." for place, words in CHOICES.items())
    needs = "\n".join(f"  - `{name}`: {meaning}." for name, meaning in NEEDS.items())
    percent = round(100 * CONFIDENCE)
    pages = [HEAD.format(windows=windows, choices=choices, needs=needs, percent=percent, units=units)]
    for title, metrics in FAMILIES.items():
        pages.append(f"## {title}\n")
        pages.append("| KPI | Unit | Better | By month | By class | Needs | Definition |\n" + "|---" * 7 + "|")
        pages.append("\n".join(row(metric) for metric in metrics) + "\n")
    return "\n".join(pages)


def hyphened(words: Iterable[str]) -> str:
    """Words as they stand in a key."""
    return ", ".join(f"`{word.replace(' ', '-')}`" for word in words)


def row(metric: Metric) -> str:
    """One line of a family's table."""
    month, order = "yes" if metric.month else "", "yes" if metric.by_order else ""
    cells = (f"`{metric.key}`", metric.unit, WAYS[metric.better], month, order, metric.needs, metric.definition)
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    print(document(), end="")
