"""`simnet explain`: a key of the language, a figure, a policy, in words; and the life of a part in a run."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simnet.cli.options import debug
from simnet.errors import Problem, SimnetError, clean, did_you_mean

if TYPE_CHECKING:
    from simnet.metrics import Metric
    from simnet.scenario.explain import Explained

WIDTH = 80
WAYS = {"higher": "higher is better", "lower": "lower is better", None: "neither way is better by itself"}


DAY = click.DateTime(["%Y-%m-%d"])


@click.command("explain")
@click.argument("key", metavar="[KEY | RUN]", required=False)
@click.option("--part", metavar="NAME", help="Of RUN: tell the life of a part, and its longest waits.")
@click.option("--line", type=int, metavar="N", help="Tell the story of one line of the part, by its number.")
@click.option("--misses", is_flag=True, help="Of RUN: why lines were missed, where, and of which parts.")
@click.option("--design", metavar="NAME", help="Which design; the first unless named.")
@click.option("--replication", type=int, metavar="N", help="Which replication, from 0; --misses takes all.")
@click.option("--site", metavar="NAME", help="Only what concerns one site.")
@click.option("--from", "first", type=DAY, metavar="DATE", help="Tell all that happened from this day on,")
@click.option("--to", "last", type=DAY, metavar="DATE", help="and up to this one.")
@click.option("--all", "everything", is_flag=True, help="Leave nothing out.")
@click.option("--json", is_flag=True, help="Print JSON.")
@debug
def command(key: str | None, **given: Any) -> None:
    """Explain a KEY of the language or a figure, or what happened in a RUN.

    KEY is a dotted path such as stocking.default.target, a figure such as fill.dealer.line, a word that the trade has
    for one ("first pick"), or the name of a policy or demand model. Without it, all there is to ask for is listed.

    RUN is a results folder such as runs/demo, or a scenario file; it takes --part or --misses. A part is run again
    on the readable clock, under the same luck, with everything that happens to it told in dates and words.
    """
    if any(value not in (None, False) for value in given.values()):
        of_run(key, given)
        return
    if key is not None and is_run(key):
        raise click.UsageError(f"{clean(key, 60)} is a run: add --part NAME, or --misses")
    lines = list(overview()) if key is None else list(answer(key.strip()))
    click.echo("\n".join(lines))


def is_run(key: str) -> bool:
    """Whether a word is a results folder or a scenario file rather than a key."""
    path = Path(key)
    try:
        scenario = path.suffix.lower() in (".yaml", ".yml", ".xlsx", ".xlsm")
        return (path / "summary.json").is_file() or (scenario and path.is_file())
    except (OSError, ValueError):  # too long for a path, or none at all
        return False


def of_run(run: str | None, given: dict[str, Any]) -> None:
    """Tell of a run; the options are checked against each other."""
    from simnet.cli.life import Asked, tell

    if run is None:
        raise click.UsageError("name a RUN, such as runs/demo or a scenario file")
    if (given["part"] is None) == (not given["misses"]):
        raise click.UsageError("add either --part NAME or --misses")
    if given["misses"] and any(given[name] is not None for name in ("line", "site", "first", "last")):
        raise click.UsageError("--misses looks at a whole run; --line, --site, --from and --to go with --part")
    days = {name: None if given[name] is None else given[name].date() for name in ("first", "last")}
    if days["first"] and days["last"] and days["last"] < days["first"]:
        raise click.UsageError("--to is before --from")
    tell(Asked(run, **{**given, **days}))


def answer(key: str) -> Iterator[str]:
    """What a key means; `SimnetError` with the nearest one where there is none."""
    from simnet.scenario.explain import explain, known_paths, named_things

    metrics, things = figures(key), named_things()
    found = explain(key)
    if not found and key in things:
        found = [things[key]]
    blocks = [list(told(each)) for each in found]
    blocks += [list(figure(metric, key)) for metric in metrics[:1]] if exact(metrics, key) else []
    if not blocks and metrics:
        blocks = [[f"Figures under {key}", *table(map(titled, metrics))]]
    if not blocks:
        blocks = [elsewhere(key, known_paths())]
    for number, block in enumerate(blocks):
        yield from ([""] if number else []) + block


def elsewhere(key: str, paths: list[str]) -> list[str]:
    """Where a word stands that is the last step of some paths."""
    last = [path for path in paths if path.rpartition(".")[2] == key]
    if last:
        return [f"{clean(key, 60)} is a key of", *(f"  {path}" for path in last)]
    if called := called_so(key):
        return [f"What the trade calls {clean(key, 60)}", *table(map(titled, called))]
    from simnet.scenario.explain import named_things

    at = deeper(key, paths)
    if at:
        raise SimnetError(
            Problem(f"there is nothing called '{clean(key, 80)}'", remedy=f"it is a key of {', '.join(at)}")
        )
    words = [*paths, *(path.rpartition(".")[2] for path in paths), *every_figure(), *named_things()]
    hint = did_you_mean(key, dict.fromkeys(words)) or "simnet explain lists what there is"
    raise SimnetError(Problem(f"there is nothing called '{clean(key, 80)}'", remedy=hint))


def titled(metric: Metric) -> tuple[str, str]:
    """A figure's key and how tables call it."""
    place = next((step.lower() for step in metric.key.split(".") if step.isupper()), "")
    return metric.key, metric.title.format(place=place)


def called_so(words: str) -> list[Metric]:
    """The figures whose terms of the trade hold some words, as whole words, in either case."""
    from simnet.metrics import METRICS
    from simnet.metrics.terms import term

    looked_for = re.compile(rf"\b{re.escape(words)}\b", re.IGNORECASE)
    return [metric for metric in METRICS if looked_for.search(term(metric).trade)] if len(words) > 2 else []


def deeper(key: str, paths: list[str]) -> list[str]:
    """Where the last word of a path is a key, further down from where the rest of it leads."""
    above, _, word = key.rpartition(".")
    if above not in paths:
        return []
    return [found.rpartition(".")[0] for found in paths if found.startswith(f"{above}.") and found.endswith(f".{word}")]


def overview() -> Iterator[str]:
    """All one may ask for."""
    from simnet.scenario.explain import named_things, top_keys

    yield "Keys of a scenario"
    yield from table(top_keys())
    yield from ("", "Policies, demand models, lead times")
    yield from table((name, each.meaning) for name, each in named_things().items())
    yield from ("", "Figures (words in capitals stand for others: docs/kpis.md)")
    yield from filled(", ".join(every_figure()))


def every_figure() -> list[str]:
    """The keys of all figures."""
    from simnet.metrics import METRICS

    return [metric.key for metric in METRICS]


def figures(key: str) -> list[Metric]:
    """The figures a key names, or those that begin with it; a tier or window may stand in it by name."""
    from simnet.metrics import METRICS

    steps = key.split(".")
    whole = [metric for metric in METRICS if metric.key == key]
    fitting = [metric for metric in METRICS if fits(metric.key.split("."), steps)]
    found = [*whole, *(metric for metric in fitting if metric not in whole)]
    return found or [metric for metric in METRICS if metric.by_order and behind(metric.key.split("."), steps)]


def behind(known: list[str], steps: list[str]) -> bool:
    """Whether the steps are those of a figure with the name of an order class behind them."""
    return len(steps) == len(known) + 1 and fits(known, steps[:-1])


def fits(known: list[str], steps: list[str]) -> bool:
    """Whether the steps of a key are those of a figure, or its first ones."""
    pairs = list(zip(known, steps, strict=False))
    return len(steps) <= len(known) and all(word == step or stands_for(word, step) for word, step in pairs)


def stands_for(place: str, step: str) -> bool:
    """Whether a place in a figure's key may be this word."""
    from simnet.metrics.metric import CHOICES, TIER, WINDOW

    return place in (TIER, WINDOW) or step in (words.replace(" ", "-") for words in CHOICES.get(place, ()))


def exact(metrics: list[Metric], key: str) -> bool:
    """Whether the first figure is meant, not a family of them; an order class may stand behind it."""
    return bool(metrics) and len(metrics[0].key.split(".")) - len(key.split(".")) in (0, -1)


def figure(metric: Metric, key: str) -> Iterator[str]:
    """One figure in words."""
    from simnet.metrics.metric import NEEDS, UNITS
    from simnet.metrics.terms import term

    known, steps = metric.key.split("."), key.split(".")
    place = next((step for word, step in zip(known, steps, strict=False) if word.isupper()), "")
    order_class = f", {clean(steps[-1], 40)}" if len(steps) > len(known) else ""
    yield clean(key, 80)
    yield from filled(metric.definition)
    yield from label("shown as", metric.title.format(place=clean(place, 40)) + order_class)
    yield from label("unit", UNITS.get(metric.unit, metric.unit))
    yield from label("better", WAYS[metric.better])
    yield from label("cut", f"--by {', '.join(metric.axes)}")
    yield from label("needs", NEEDS.get(metric.needs, ""))
    words = term(metric)
    yield from label("trade", words.trade)
    yield from label("source", words.source)
    yield from label("example", f"expect: {{{clean(key, 60)}: {example_limit(metric)}}}")


def example_limit(metric: Metric) -> str:
    """A limit that fits the unit."""
    amount = {"share": "95 %", "d": "10 d", "money": "4 MEUR", "money/y": "4 MEUR"}.get(metric.unit, "10")
    return f"at {'most' if metric.better == 'lower' else 'least'} {amount}"


def told(found: Explained) -> Iterator[str]:
    """One key in words."""
    yield clean(found.path, 80)
    yield from filled(clean(found.meaning, 600))
    yield from label("written", found.written)
    yield from label("default", found.default)
    yield from label("example", clean(found.example, 200))
    if found.keys:
        yield "  keys"
        yield from table(found.keys, 4)
    if found.forms:
        yield "  forms"
        for form in found.forms:
            yield from filled(form, 4)


def label(name: str, text: str) -> Iterator[str]:
    """`  default  1 y`, if there is something to say."""
    if text:
        yield from textwrap.wrap(text, WIDTH, initial_indent=f"  {name:<9}", subsequent_indent=" " * 11)


def filled(text: str, indent: int = 2) -> list[str]:
    """A paragraph."""
    return textwrap.wrap(text, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2))


def table(pairs: Iterable[tuple[str, str]], indent: int = 2) -> Iterator[str]:
    """Names and what they mean, the meanings under each other."""
    rows = list(pairs)
    width = min(max((len(name) for name, _ in rows), default=0), 30)
    for name, about in rows:
        first = " " * indent + f"{name:<{width}}  "
        yield from textwrap.wrap(about, WIDTH, initial_indent=first, subsequent_indent=" " * len(first)) or [
            first.rstrip()
        ]
