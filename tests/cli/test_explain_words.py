"""`simnet explain` knows the words of analysts: the trade's, the tables', the language's, however they are written."""

from __future__ import annotations

import pytest

from simnet.cli.explained import short
from simnet.ledger.tally import CAUSES, KINDS
from simnet.metrics import METRICS
from simnet.metrics.metric import CHOICES
from simnet.report.glossary import WORDS as GLOSSARY
from simnet.scenario.explain import known_paths
from simnet.study import lexicon
from simnet.study.lookup import fold, laws, lookup, traded
from tests.cli.commands import simnet


def told(*words: str) -> str:
    """What is printed; it fits into 80 columns."""
    done = simnet("explain", *words)
    assert done.exit_code == 0, done.output
    assert max(map(len, done.output.splitlines())) <= 80
    return done.output


ASKED = [
    ("fill rate", "fill.line"),
    ("fillrate", "fill.line"),
    ("Fill-Rates", "fill.unit"),
    ("service level", "cycle service level"),
    ("lead time", "suppliers.NAME.lead_time"),
    ("Leadtimes", "lanes.NAME.NAME.lead_time"),
    ("safety stock", "stocking.default.cover"),
    ("backorders", "owed.units"),
    ("VOR", "order_classes.NAME"),
    ("vor", "order_classes.NAME"),
    ("reorder point", "stocking.default.trigger"),
    ("level", "stocking.default.up_to"),
    ("stock levels", "stocking.default.up_to"),
    ("s,S", "min-max"),
    ("(s, S)", "min-max"),
    ("r,Q", "reorder-lot"),
    ("base stock", "Keep the position at `up_to`"),
    ("MOQ", "parts.NAME.minimum_order"),
    ("MOV", "suppliers.NAME.minimum_order_value"),
    ("MOV", "orders.held"),
    ("minimum order value", "suppliers.NAME.hold_at_most"),
    ("minimum_order_value", "suppliers.NAME.minimum_order_value"),
    ("orders.held", "shown as held for a minimum"),
    ("held for a minimum", "orders.held"),
    ("hold_at_most", "suppliers.NAME.hold_at_most"),
    ("ADI", "1.32"),
    ("CV²", "0.49"),
    ("turns", "mean stock on hand"),
    ("dead stock", "stock.dead.value"),
    ("availability", "ready.TIER"),
    ("off-the-shelf", "fill.line"),
    ("off the shelf fill", "fill.line"),
    ("first-pick", "fill.line"),
    ("carrying cost", "costs.holding"),
    ("lost sales", "order_classes.NAME.patience"),
    ("customer fill", "fill.line"),
    ("dealer fill", "fill.dealer.line"),
    ("regional fill", "fill.regional.line"),
    ("Stock Value", "stock.on_hand.value"),
    ("system fill, vor", "fill.system.line.vor"),
    ("machine off road", "fill.system.line.vor"),
    ("done within 24h", "within.24h"),
    ("done within 24 h", "within.24h"),
    ("found: lateral", "found.lateral.line"),
    ("lateral", "A sister"),
    ("upstream out, days", "why.upstream-out.days"),
    ("waiting up to 3 d", "ageing.up-to-3-d"),
    ("minimum order", "suppliers.NAME.minimum_order"),
    ("Stocking.Default.Target", "Keys called Stocking.Default.Target"),
    ("law 5.14", "Law 5.14: Patience"),
    ("5.15", "planned arrival"),
    ("Law 5", "5.16"),
    ("nobody overtakes", "Law 5.4"),
    ("warm-up", "run.warm_up"),
]


@pytest.mark.parametrize(("words", "part"), ASKED)
def test_words_of_analysts_are_known(words: str, part: str) -> None:
    """Each leads to what it means."""
    assert part in told(words)


@pytest.mark.parametrize("name", [*CAUSES, *CHOICES["SOURCE"], *CHOICES["LOSS"]])
def test_causes_and_sources_are_explained_as_they_are_printed(name: str) -> None:
    """Reports print them bare; each has a sentence and its figure."""
    meaning = {**lexicon.CAUSES, **lexicon.SOURCES}[name]
    text = told(name)
    assert " ".join(meaning.split()) in " ".join(text.split())
    assert name.replace(" ", "-") in text


def test_every_word_of_a_report_is_known() -> None:
    """Labels of figures, trade names, glossary, causes: all lead somewhere."""
    labels = [metric.title for metric in METRICS if "{" not in metric.title]
    names = [*labels, *(name for metric in METRICS for name in traded(metric)), *(name for name, _ in GLOSSARY)]
    assert [name for name in (*names, *CAUSES, *KINDS[1:6]) if not lookup(name)] == []


@pytest.mark.parametrize("word", lexicon.WORDS, ids=lambda word: word.names[0])
def test_words_lead_to_what_there_is(word: lexicon.Word) -> None:
    """All its names find it, and every key and figure to look at is explained."""
    assert all(word in lookup(name).words for name in word.names)
    assert all(short(key) for key in word.see)


def test_no_name_stands_for_two_words() -> None:
    """Each name of the lexicon is of one word."""
    names = [fold(name) for word in lexicon.WORDS for name in {fold(name): name for name in word.names}.values()]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("path", ["demand.replay", "demand.orders", "demand.split", "demand.dates", "demand.model"])
def test_a_key_of_several_kinds_of_demand_answers_once(path: str) -> None:
    """One heading; under it what it means in each kind of entry."""
    lines = told(path).splitlines()
    assert lines.count(path) == 1
    assert sum(line.startswith("  in  ") for line in lines) >= 2


@pytest.mark.parametrize(
    ("words", "near"),
    [
        ("fil rate", "fill rate"),
        ("safty stock", "safety stock"),
        ("reordr point", "reorder point"),
        ("in customs or transitt", "in customs or transit"),
        ("stocking.defalt.target", "stocking.default.target"),
        ("fill.lin", "fill.line"),
        ("base-stok", "base-stock"),
    ],
)
def test_near_misses_are_told_what_is_near(words: str, near: str) -> None:
    """A typing error has its word named."""
    done = simnet("explain", words)
    assert done.exit_code == 2
    assert f"did you mean '{near}'?" in done.output


def test_what_nobody_knows_says_where_to_look() -> None:
    """The list of all there is."""
    assert "`simnet explain` alone lists what there is" in simnet("explain", "qqqqqqqq").output


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fill Rates", "fill-rate"),
        ("classes", "class"),
        ("policies", "policy"),
        ("CV²", "cv2"),
        ("dealer's", "dealers"),
    ],
)
def test_spelling_does_not_matter(one: str, other: str) -> None:
    """Case, plural, hyphens, spaces."""
    assert fold(one) == fold(other)


def test_laws_are_read_whole() -> None:
    """Every paragraph that has a number, with its own words only."""
    known = {law.number: law for law in laws()}
    assert {str(number) for number in range(1, 11)} <= known.keys()
    assert known["5.14"].text.endswith("no end of patience.")
    assert not known["5"].text


def test_the_last_step_of_a_path_finds_it() -> None:
    """Any key is found by its bare name, with spaces for underscores."""
    for path in known_paths():
        last = path.rpartition(".")[2]
        if last != "NAME":
            assert lookup(last.replace("_", " ")), path
