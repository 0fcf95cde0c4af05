"""What `simnet explain WORDS` prints: keys, figures, words of the trade, policies, laws."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

from simnet.errors import Problem, SimnetError, clean, did_you_mean
from simnet.wrapping import wrapped

if TYPE_CHECKING:
    from simnet.metrics import Metric
    from simnet.scenario.explain import Explained
    from simnet.study.lexicon import Word
    from simnet.study.lookup import Found, Law

WIDTH = 80
WAYS = {"higher": "higher is better", "lower": "lower is better", None: "neither way is better by itself"}
RULES = ("stocking.classes.NAME.", "stocking.rules.", "stocking.sites.NAME.", "stocking.tiers.NAME.")
"""Where everything of stocking.default may be said again."""
MOST_PATHS = 8


def answer(key: str) -> Iterator[str]:
    """What a key or a word means; `SimnetError` with the nearest one where there is none."""
    from simnet.scenario.explain import explain, named_things

    metrics, things = figures(key), named_things()
    found = explain(key)
    if not found and key in things:
        found = [things[key]]
    blocks = [list(told(found))] if found else []
    blocks += [list(figure(metric, key)) for metric in metrics[:1]] if exact(metrics, key) else []
    for number, block in enumerate(blocks or by_words(key, metrics)):
        yield from ([""] if number else []) + block


def by_words(key: str, family: list[Metric]) -> list[list[str]]:
    """What goes by some words, and the figures that begin with them."""
    from simnet.study.lookup import lookup

    found = lookup(key)
    near = mistyped(key, family)
    if near and not found:
        raise nothing(key, f"did you mean '{near}'?")
    blocks = [list(word(each)) for each in found.words]
    blocks += things(found)
    blocks += called(found, bool(blocks))
    shown = {known for each in found.words for known in each.see}
    under = [metric for metric in family if metric.key not in shown]
    blocks += [[f"Figures under {clean(key, 60)}", *table(map(titled, under))]] if under else []
    blocks += keys(key, [path for path in found.paths if path not in shown])
    blocks += laws(found, bool(blocks))
    return blocks or [elsewhere(key)]


def mistyped(key: str, family: list[Metric]) -> str:
    """The figure that is nearly written so, where a key fits a family only as the name of a tier might."""
    if not family or any(metric.key.startswith(f"{key}.") for metric in family):
        return ""
    return next(iter(get_close_matches(key, every_figure(), 1, 0.85)), "")


def word(found: Word) -> Iterator[str]:
    """A word of the trade, and what to look at."""
    yield clean(found.names[0], 80)
    yield from filled(plain(found.meaning))
    others = ", ".join(found.names[1:])
    yield from label("also", others)
    if found.see:
        yield "  see"
        yield from table(((each, short(each)) for each in found.see), 4)


def short(key: str) -> str:
    """What a key or a figure is, in a few words."""
    from simnet.scenario.explain import explain, named_things

    metrics = figures(key)
    if exact(metrics, key):
        return title_of(metrics[0], key)
    found = explain(key) or [named_things()[key]]
    return found[0].meaning


def things(found: Found) -> list[list[str]]:
    """Policies, demand models and lead times of that name."""
    from simnet.scenario.explain import named_things

    known = named_things()
    return [list(told([known[name]])) for name in found.things]


def called(found: Found, beside: bool) -> list[list[str]]:
    """Figures of that name: one in full, several in a table; those that a word names already are left out."""
    shown = {known for each in found.words for known in each.see}
    named = [(metric, key) for metric, key in found.figures if key not in shown]
    if not named:
        return []
    if len(named) == 1 and not beside:
        return [list(figure(*named[0]))]
    head = "Figures of that name" if not beside else "Figures"
    return [[head, *table((key, title_of(metric, key)) for metric, key in named)]]


def keys(words: str, paths: list[str]) -> list[list[str]]:
    """Keys of the language, those that mean the same together."""
    from simnet.scenario.explain import explain

    groups: dict[str, list[str]] = {}
    for path in sorted(paths, key=lambda path: path.count(".")):
        if not (path.startswith(RULES) and f"stocking.default.{ends(path)}" in paths):
            groups.setdefault(explain(path)[0].meaning, []).append(path)
    blocks = []
    for meaning, group in groups.items():
        more = [f"  and {len(group) - MOST_PATHS} more"] if len(group) > MOST_PATHS else []
        blocks.append([*filled(meaning, 0), *(f"  {path}" for path in group[:MOST_PATHS]), *more])
    if not blocks:
        return []
    blocks[0].insert(0, f"Keys called {clean(words, 60)}")
    if any(path.startswith(RULES) for path in paths):
        blocks[-1] += filled("The same may stand under stocking.tiers.NAME, .classes.NAME, .sites.NAME and .rules.")
    return blocks


def ends(path: str) -> str:
    """What stands behind one of RULES."""
    return next(path.removeprefix(rule) for rule in RULES if path.startswith(rule))


def laws(found: Found, beside: bool) -> list[list[str]]:
    """Laws of that number or name: their words, or their names beside other things."""
    if beside:
        return [[f"See law {law.number}, {law.name}, in docs/semantics.md" for law in found.laws]] if found.laws else []
    blocks = []
    for law in found.laws:
        within = [each for each in all_laws() if each.number.startswith(f"{law.number}.")]
        block = [f"Law {law.number}: {law.name}", *filled(plain(law.text))]
        blocks.append([*block, *table((each.number, each.name) for each in within)])
    return blocks


def all_laws() -> Iterable[Law]:
    """The laws."""
    from simnet.study.lookup import laws

    return laws()


def plain(text: str) -> str:
    """Text of Markdown as a terminal shows it."""
    return text.replace("`", "").replace("*", "")


def elsewhere(key: str) -> list[str]:
    """Where words stand that name nothing; `SimnetError` with the nearest name where they stand nowhere."""
    from simnet.metrics import METRICS
    from simnet.metrics.terms import term
    from simnet.scenario.explain import known_paths, named_things
    from simnet.study.lookup import names, spoken_of

    paths = known_paths()
    at = deeper(key, paths)
    if at:
        raise nothing(key, f"it is a key of {', '.join(at)}")
    words = [*paths, *(path.rpartition(".")[2] for path in paths), *every_figure(), *named_things(), *names()]
    hint = did_you_mean(key, dict.fromkeys(words))
    texts = ((metric.key, f"{metric.definition} {term(metric).trade}") for metric in METRICS)
    spoken = [] if hint or "." in key or len(key) < 4 else spoken_of(key, texts)
    if spoken:
        more = ", ..." if len(spoken) > MOST_PATHS else ""
        hint = f"the figures that speak of it: {', '.join(spoken[:MOST_PATHS])}{more}"
    raise nothing(key, hint or "`simnet explain` alone lists what there is")


def nothing(key: str, remedy: str) -> SimnetError:
    """There is no such thing."""
    return SimnetError(Problem(f"nothing is called '{clean(key, 80)}'", remedy=remedy))


def titled(metric: Metric) -> tuple[str, str]:
    """A figure's key and how tables call it."""
    place = next((step.lower() for step in metric.key.split(".") if step.isupper()), "")
    return metric.key, metric.title.format(place=place)


def deeper(key: str, paths: list[str]) -> list[str]:
    """Where the last word of a path is a key, further down from where the rest of it leads."""
    above, _, word = key.rpartition(".")
    if above not in paths:
        return []
    return [found.rpartition(".")[0] for found in paths if found.startswith(f"{above}.") and found.endswith(f".{word}")]


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

    yield clean(key, 80)
    yield from filled(metric.definition)
    yield from label("shown as", title_of(metric, key))
    yield from label("unit", UNITS.get(metric.unit, metric.unit))
    yield from label("better", WAYS[metric.better])
    yield from label("cut", f"--by {', '.join(metric.axes)}")
    yield from label("needs", NEEDS.get(metric.needs, ""))
    yield from label("takes", "; ".join(NEEDS[each] for each in metric.takes))
    words = term(metric)
    yield from label("trade", words.trade)
    yield from label("source", words.source)
    yield from label("example", f"expect: {{{clean(key, 60)}: {example_limit(metric)}}}")


def title_of(metric: Metric, key: str) -> str:
    """How tables call the figure of a key: `regional fill`, `system fill, vor`."""
    known, steps = metric.key.split("."), key.split(".")
    place = next((step for word, step in zip(known, steps, strict=False) if word.isupper()), "")
    place = place.replace("-", " ") if metric.choice else place.lower() if place.isupper() else place
    order_class = f", {clean(steps[-1], 40)}" if len(steps) > len(known) else ""
    return metric.title.format(place=clean(place, 40)) + order_class


def example_limit(metric: Metric) -> str:
    """A limit that fits the unit."""
    amount = {"share": "95 %", "d": "10 d", "money": "4 MEUR", "money/y": "4 MEUR"}.get(metric.unit, "10")
    return f"at {'most' if metric.better == 'lower' else 'least'} {amount}"


def told(found: list[Explained]) -> Iterator[str]:
    """One key in words; where several kinds of entry have it, what it means in each."""
    yield clean(found[0].path, 80)
    for number, each in enumerate(found):
        if len(found) > 1:
            yield from ([""] if number else [])
            yield from label("in", plain(each.of))
        yield from filled(clean(each.meaning, 600))
        yield from label("written", each.written)
        yield from label("default", each.default)
        yield from label("example", clean(each.example, 200))
        if each.keys:
            yield "  keys"
            yield from table(each.keys, 4)
        if each.forms:
            yield "  forms"
        for form in each.forms:
            yield from filled(form, 4)


def label(name: str, text: str) -> Iterator[str]:
    """`  default  1 y`, if there is something to say."""
    if text:
        yield from wrapped(text, WIDTH, initial_indent=f"  {name:<9}", subsequent_indent=" " * 11)


def filled(text: str, indent: int = 2) -> list[str]:
    """A paragraph."""
    return wrapped(text, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2))


def table(pairs: Iterable[tuple[str, str]], indent: int = 2) -> Iterator[str]:
    """Names and what they mean, the meanings under each other."""
    rows = list(pairs)
    width = min(max((len(name) for name, _ in rows), default=0), 30)
    for name, about in rows:
        first = " " * indent + f"{name:<{width}}  "
        yield from wrapped(about, WIDTH, initial_indent=first, subsequent_indent=" " * len(first)) or [first.rstrip()]
