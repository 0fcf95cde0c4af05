"""Finds what a word means, however it is written: figures by label and trade name, keys, words of the trade, laws."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from simnet.metrics import METRICS, Metric
from simnet.metrics.metric import CHOICES, TIER, WINDOW
from simnet.metrics.terms import term
from simnet.report.glossary import WORDS as GLOSSARY
from simnet.report.rows import SPOKEN
from simnet.scenario.explain import known_paths, named_things
from simnet.study import lexicon
from simnet.study.lexicon import Word

_PLACE = {TIER: "[a-z]+?", WINDOW: "[0-9]+(?:min|h|d|w|mo|y)"}
_LAW = re.compile(
    r"^## Law (?P<law>\d+): (?P<title>.+)$|^\*\*(?P<number>\d+\.\d+) (?P<name>[^*]+?)\.?\*\*\s*(?P<text>.*)$"
)


@dataclass
class Found:
    """What goes by a word."""

    words: list[Word] = field(default_factory=list)
    figures: list[tuple[Metric, str]] = field(default_factory=list)
    """With the key that is meant: `fill.regional.line` of `fill.TIER.line`."""
    things: list[str] = field(default_factory=list)
    """Policies, demand models, lead times."""
    paths: list[str] = field(default_factory=list)
    """Of the language."""
    laws: list[Law] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.words or self.figures or self.things or self.paths or self.laws)


@dataclass(frozen=True)
class Law:
    """A paragraph of docs/semantics.md."""

    number: str
    name: str
    text: str


def fold(words: str) -> str:
    """A word without what does not matter: case, spaces, hyphens, dots, plural."""
    plain = words.lower().replace("'", "").replace("\u2019", "").replace("²", "2").replace("±", " plusminus ")
    return "".join(map(_singular, re.findall(r"[^\W_]+", plain)))


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith("sses"):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def lookup(words: str) -> Found:
    """All that goes by some words; empty where nothing does."""
    wanted = fold(words)
    if not wanted:
        return Found()
    return Found(
        list(_words(wanted)),
        list(dict.fromkeys([*_labelled(wanted), *_in_parts(words), *_traded(words)])),
        [name for name in named_things() if fold(name) == wanted],
        [path for path in known_paths() if wanted in (fold(path), fold(_last(path)))],
        [law for law in laws() if wanted in (fold(law.name), fold(law.number), fold(f"law {law.number}"))],
    )


def _last(path: str) -> str:
    """The last step of a path; nothing where it repeats one further up, as what stands in a mixture of lead times."""
    above, _, last = path.rpartition(".")
    return "" if last in above.split(".") else last


def _words(wanted: str) -> Iterator[Word]:
    """Words of the trade, of the glossary, and those in which reports tell causes and sources."""
    found = [word for word in lexicon.WORDS if wanted in map(fold, word.names)]
    yield from found
    for kind, key, meanings in (("CAUSE", "why.{}.line", lexicon.CAUSES), ("SOURCE", "found.{}.line", lexicon.SOURCES)):
        for name, meaning in meanings.items():
            if fold(name) == wanted:
                steps = name.replace(" ", "-")
                see = key.format(steps) if kind == "CAUSE" or name in CHOICES["SOURCE"] else f"lost.{steps}.line"
                yield Word((name,), meaning, (see, *((f"why.{steps}.days",) if kind == "CAUSE" else ())))
    for name, meaning in GLOSSARY:
        if not found and wanted in (fold(name), fold(re.sub(r" ?\(.*\)", "", name)), *map(fold, name.split(","))):
            yield Word((name,), meaning)


def _labelled(wanted: str) -> Iterator[tuple[Metric, str]]:
    """Figures whose label, as tables print it, or whose key it is."""
    for metric in METRICS:
        if metric.choice:
            for name in CHOICES[metric.choice]:
                key = metric.key.replace(metric.choice, name.replace(" ", "-"))
                if wanted in (fold(metric.title.format(place=name)), fold(key)):
                    yield metric, key
        elif "{place}" not in metric.title:
            if wanted in (fold(metric.title), fold(metric.key)):
                yield metric, metric.key
        elif (place := _place_of(metric, wanted)) is not None:
            yield metric, metric.key.replace(TIER, place).replace(WINDOW, place)


def _place_of(metric: Metric, wanted: str) -> str | None:
    """The tier or the window that some words name in a label: `regional` of `regional fill`."""
    before, _, after = metric.title.partition("{place}")
    kind = TIER if metric.by_tier else WINDOW
    match = re.fullmatch(f"{fold(before)}({_PLACE[kind]}){fold(after)}", wanted)
    known = kind == WINDOW or (match is not None and match[1] in known_tiers())
    return match[1] if match and known else None


@cache
def known_tiers() -> frozenset[str]:
    """Words that are tiers wherever networks are spoken of; others are asked by the figure's key."""
    return frozenset(("central", "regional", "support", "dealer", "warehouse", "depot", "hub", "tier"))


def _in_parts(words: str) -> Iterator[tuple[Metric, str]]:
    """`system fill, vor`, and `machine off road`, which tables print for it: a figure of one order class."""
    spoken = {fold(name): order for order, name in SPOKEN.items()}
    if fold(words) in spoken:
        yield (
            next(metric for metric in METRICS if metric.key == "fill.system.line"),
            (f"fill.system.line.{spoken[fold(words)]}"),
        )
    label, comma, order_class = words.rpartition(",")
    if comma and re.fullmatch(r"\s*[\w-]+\s*", order_class):
        found = ((metric, key) for metric, key in _labelled(fold(label)) if metric.by_order)
        yield from ((metric, f"{key}.{order_class.strip()}") for metric, key in found)


def _traded(words: str) -> Iterator[tuple[Metric, str]]:
    """Figures that the trade calls so; where none is called exactly so, those with the words among their names."""
    wanted = fold(words)
    exact = [metric for metric in METRICS if wanted in map(fold, traded(metric))]
    steps = [_singular(word) for word in re.findall(r"[^\W_]+", words.lower())]
    part = [metric for metric in METRICS if any(_holds(name, steps) for name in traded(metric))]
    yield from ((metric, metric.key) for metric in exact or (part if len(wanted) > 2 else ()))


def traded(metric: Metric) -> list[str]:
    """The names that stand first in what the trade says of a figure: `Off-the-shelf fill, first pick: ...`."""
    head = re.split(r"[:.;](?:\s|$)", term(metric).trade.replace("(", ", ").replace(")", ""), maxsplit=1)[0]
    return [name.strip() for name in re.split(r",| or ", head) if name.strip()]


def _holds(name: str, steps: list[str]) -> bool:
    """Whether the words stand in a name, in their order."""
    own = [_singular(word) for word in re.findall(r"[^\W_]+", name.lower())]
    return any(own[at : at + len(steps)] == steps for at in range(len(own) - len(steps) + 1))


def names() -> list[str]:
    """All names there are to ask by, for who is near one."""
    figures = [each for metric in METRICS for each in (metric.title, *traded(metric)) if "{" not in each]
    own = [name for word in lexicon.WORDS for name in word.names]
    words = [*own, *lexicon.CAUSES, *lexicon.SOURCES, *(name for name, _ in GLOSSARY)]
    return list(dict.fromkeys([*words, *figures, *named_things(), *(law.name for law in laws())]))


def spoken_of(words: str, texts: Iterable[tuple[str, str]]) -> list[str]:
    """The names of those texts in which all the words stand."""
    steps = [_singular(word) for word in re.findall(r"[^\W_]+", words.lower())]
    found = ((name, {_singular(word) for word in re.findall(r"[^\W_]+", text.lower())}) for name, text in texts)
    return [name for name, own in found if steps and set(steps) <= own]


@cache
def laws() -> tuple[Law, ...]:
    """The laws and their paragraphs, read from docs/semantics.md, which travels with the package."""
    package = Path(__file__).parents[1]
    place = next((path for path in (package / "data" / "semantics.md", package.parent / "docs" / "semantics.md")
                  if path.is_file()), None)  # fmt: skip
    found: list[Law] = []
    for line in place.read_text("utf-8").split("\n") if place else ():
        match = _LAW.match(line)
        if match:
            number, name = match["law"] or match["number"], match["title"] or match["name"]
            found.append(Law(number, name, match["text"] or ""))
        elif found and line and not line.startswith("#") and found[-1].text:
            found[-1] = Law(found[-1].number, found[-1].name, f"{found[-1].text} {line.strip()}")
        elif found and not line and found[-1].text:
            found.append(Law("", "", ""))  # what follows a paragraph is none of it, unless it has a number
    return tuple(law for law in found if law.number)
