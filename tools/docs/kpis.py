"""docs/kpis.md, written from the list of metrics and their terms: the words that `simnet explain KPI` says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from simnet.cli.explained import WAYS
from simnet.metrics.intervals import CONFIDENCE
from simnet.metrics.kpi import FAMILIES
from simnet.metrics.metric import CHOICES, NEEDS, UNITS, Metric
from simnet.metrics.terms import term
from simnet.metrics.wait import WINDOWS
from tools.docs.regions import table

QUESTIONS = {
    "Fill": "What did customers, and the sites of each tier, find on the shelf?",
    "Ladder": "What the shelf lacked: who had it, and how good is the network as a whole?",
    "Wait": "How long do customers wait, and what can be promised?",
    "Jobs": "Orders of several lines: are they whole, and when?",
    "Backlog": "Who is still waiting, for how long, and how fast is it worked off?",
    "Missed lines": "Where does it hurt: what was lost or late, and why?",
    "Stock": "How much lies where, whose is it, and how fast does it move?",
    "Flow": "How much is asked, ordered and sent?",
    "Lines passed on": "What do emergency orders amount to, in lines, money and CO2?",
    "Money": "What does it cost a year, and what is left?",
}
"""What a planner asks of each family of figures."""
HEAD = """# KPIs

Every figure has one definition: this page, `simnet explain KPI` and the reports say the same words. Written by
`python -m tools.docs kpis` from the code; a test holds it current.

<!-- contents -->
<!-- end of contents -->

## How to read it

- TIER stands for a tier of the scenario (`fill.dealer.line`), WINDOW for a span of time: {windows}, and any
  other named in `run.windows` (`within.36h`).
{choices}
- *By* are the axes along which a figure can be told apart: `--by site`, or `result.frame(KPI, by=["site"])`. What is
  known by order_class may also end with one: `fill.system.line.vor`, `wait.p95.day`. Those are listed where
  customers have several classes.
- What *needs* something is listed only for scenarios that have it; elsewhere it has no value, or may be asked with
  `--kpi`.
- What *takes* something is listed always, and has no value without it: what nobody gave is not nothing. Where only some
  parts have a cost, the others are left out of the value of the stock, and a remark says how many they are.
- Customers are those who ask for order classes other than `stock`, which is the replenishment of other sites.
- Everything counts the measured time only: from the end of the warm-up to the horizon.
- Sums are divided by sums, never averages of ratios. They are exact integers until that last division.
- A KPI with nothing to measure (no lines were asked) has no value: `-` in tables, `null` in JSON.
- Over replications: the mean, ± the half width of Student's t interval at {percent} %; one replication has
  none.
- Designs are compared by paired differences, replication by replication, under the same orders. `better`,
  `worse` (or `higher`, `lower`, where neither is better) mean that the interval leaves out zero; `same`
  means that the difference cannot be told from zero.
- *In the trade* says what people call it, and where their use differs. Before a figure is held against one from another
  system, ask: are special orders in it, lost sales, partial lines, and is it a ratio of sums or a mean of ratios?
"""


def page() -> str:
    """The page; its contents are written by `tools.docs.pages`."""
    windows = ", ".join(f"`{name}`" for name in WINDOWS)
    choices = "\n".join(f"- {place} stands for one of {hyphened(words)}." for place, words in CHOICES.items())
    parts = [HEAD.format(windows=windows, choices=choices, percent=round(100 * CONFIDENCE)), units()]
    for title, metrics in FAMILIES.items():
        parts.append(f"## {title}\n\n{QUESTIONS[title]}\n\n{glance(metrics)}\n")
        parts += ("\n".join(entry(metric)) for metric in metrics)
    return "\n".join(parts)


def units() -> str:
    """What the units mean."""
    return table(("Unit", "Meaning"), ((f"`{name}`", meaning) for name, meaning in UNITS.items())) + "\n"


def hyphened(words: Iterable[str]) -> str:
    """Words as they stand in a key."""
    return ", ".join(f"`{word.replace(' ', '-')}`" for word in words)


def glance(metrics: Iterable[Metric]) -> str:
    """A family's figures with a link to each, as tables show them."""
    rows = ((f"[`{m.key}`](#{anchor(m)})", m.title.format(place=place(m).lower()), m.unit) for m in metrics)
    return table(("KPI", "Shown as", "Unit"), rows)


def anchor(metric: Metric) -> str:
    """The anchor of a figure's heading."""
    return metric.key.replace(".", "").lower()


def place(metric: Metric) -> str:
    """The word in capitals in a key, if there is one."""
    return next((step for step in metric.key.split(".") if step.isupper()), "")


def entry(metric: Metric) -> Iterator[str]:
    """One figure: what it is, how it is read, and what the trade calls it."""
    words = term(metric)
    yield f"### `{metric.key}`\n"
    needs = f" · needs {NEEDS[metric.needs]}" if metric.needs else ""
    needs += "".join(f" · takes {NEEDS[each]}" for each in metric.takes)
    yield f"{metric.unit} · {WAYS[metric.better]} · by {', '.join(metric.axes)}{needs}\n"
    yield f"{metric.definition}\n"
    yield f"*In the trade:* {words.trade}\n"
    if words.source:
        yield f"*Source:* {words.source}.\n"
