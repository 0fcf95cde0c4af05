# ruff: noqa: E501 - one case a line reads as the table it is
"""Broken jobs, lists and managed levels: each is refused with its place, the problem and the remedy."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from simnet.errors import SimnetError
from simnet.scenario import load
from tests.reader.samples import changed, write

CARDS = "job,date,part,quantity\n1,2025-01-13,filter,1\n1,2025-01-13,hose,2\n2,2025-02-01,hose,1\n"
POISSON = "  - {part: hose, chance: 12 %, every: 1 mo}"
DEFAULT = "  default: {policy: base-stock, target: 95 %}"
DEALER = "  tiers: {dealer: {up_to: 3}}"


@dataclass(frozen=True)
class Case:
    """A broken input: what the message says, where it points, and the remedy it offers."""

    name: str
    text: str
    says: str
    at: str = "network.yaml"
    remedy: str = ""
    files: dict[str, str] = field(default_factory=dict)


def jobs(entry: str) -> str:
    """The base scenario with this entry of demand in the place of one."""
    return changed(POISSON, f"  - {entry}")


def carded(name: str, says: str, at: str, cards: str = CARDS, more: str = "") -> Case:
    """The base scenario asked by job cards."""
    return Case(name, jobs(f"{{jobs: cards.csv{more}}}"), says, at, files={"cards.csv": cards})


def dealer(settings: str) -> str:
    """The base scenario with these settings for dealers."""
    return changed(DEALER, f"  tiers: {{dealer: {{{settings}}}}}")


JOBS = [
    Case(
        "unknown part",
        jobs("{jobs: [{orders: 1/d, parts: {filter: 1, hoes: 2}}]}"),
        "there is no part 'hoes'",
        "network.yaml:18:46",
        "did you mean 'hose'?",
    ),
    Case(
        "unknown part in a list",
        jobs("{jobs: [{orders: 1/d, parts: [hose]}, {orders: 1/d, parts: [filter, belt]}]}"),
        "there is no part 'belt'",
        "network.yaml:18:73",
    ),
    Case("no kinds", jobs("{jobs: []}"), "needs a kind of job", remedy=""),
    Case("a word for jobs", jobs("{jobs: many}"), "must be kinds of jobs, or a table of job cards"),
    Case("no parts", jobs("{jobs: [{orders: 1/d}]}"), "needs 'parts'", "network.yaml:18:"),
    Case("empty parts", jobs("{jobs: [{orders: 1/d, parts: {}}]}"), "needs the parts of the job", "network.yaml:18:"),
    Case("no orders", jobs("{jobs: [{parts: [hose]}]}"), "needs 'orders'"),
    Case("orders without a time", jobs("{jobs: [{orders: 3, parts: [hose]}]}"), "needs", "network.yaml:18:"),
    Case(
        "no piece",
        jobs("{jobs: [{orders: 1/d, parts: {hose: 0}}]}"),
        "hose: a line asks for at least 1 piece",
        "network.yaml:18:",
    ),
    Case("half a piece", jobs("{jobs: [{orders: 1/d, parts: {hose: 0.5}}]}"), "whole number", "network.yaml:18:"),
    Case(
        "unknown key of a kind",
        jobs("{jobs: [{order: 1/d, parts: [hose]}]}"),
        "unknown key 'order'",
        remedy="did you mean 'orders'?",
    ),
    Case(
        "a part beside jobs",
        jobs("{part: hose, jobs: [{orders: 1/d, parts: [hose]}]}"),
        "jobs name their parts themselves",
    ),
    Case(
        "replay of kinds", jobs("{jobs: [{orders: 1/d, parts: [hose]}], replay: exact}"), "`replay` is about job cards"
    ),
    carded("unknown replay", "must be 'exact' or 'bootstrap'", "network.yaml", more=", replay: fitted"),
    carded("split of cards", "`split` is about kinds of jobs", "network.yaml", more=", split: share"),
    Case(
        "unknown class",
        jobs("{jobs: [{orders: 1/d, parts: [hose]}], order_class: rush}"),
        "no order class for customers 'rush'",
        "network.yaml:18:",
    ),
    Case(
        "unknown site",
        jobs("{jobs: [{orders: 1/d, parts: [hose]}], at: lion}"),
        "no site or tier 'lion'",
        remedy="did you mean 'lyon'?",
    ),
    Case(
        "customers at an unknown time",
        jobs("{part: hose, orders: 1/d, when: opened}"),
        "must be 'any time' or 'open', not 'opened'",
        "network.yaml:18:37",
        "did you mean 'open'?",
    ),
    Case(
        "two kinds of one name",
        jobs("{jobs: [{name: belt, orders: 1/d, parts: [hose]}, {name: belt, orders: 2/d, parts: [filter]}]}"),
        "the name 'belt' is there twice; it names the chance of one kind of job",
        "network.yaml:18:62",
        "give each a name of its own",
    ),
    carded("cards without jobs", "has no column 'job'", "cards.csv", "date,part\n2025-01-01,hose\n"),
    carded(
        "a job with two dates",
        "job '1': the lines of a job have one date",
        "cards.csv:3",
        CARDS.replace("1,2025-01-13,hose", "1,2025-01-14,hose"),
    ),
    carded(
        "a job at two sites",
        "the lines of a job have one site",
        "cards.csv:3",
        "job,date,part,site\n1,2025-01-01,hose,lyon\n1,2025-01-01,filter,turin\n",
    ),
    carded(
        "a card's unknown part",
        "there is no part 'belt'",
        "cards.csv:4:",
        CARDS.replace("2,2025-02-01,hose", "2,2025-02-01,belt"),
    ),
    carded(
        "a card's unknown site",
        "there is no dealer 'rome'",
        "cards.csv:2:",
        "job,date,part,site\n1,2025-01-01,hose,rome\n",
    ),
    carded("a card's wrong date", "is no date such as", "cards.csv:2:", "job,date,part\n1,soon,hose\n"),
    carded(
        "nothing on the cards",
        "no line of at least one piece",
        "network.yaml",
        "job,date,part,quantity\n1,2025-01-01,hose,0\n",
    ),
    Case(
        "jobs of a class that does not exist",
        changed("costs:", "order_classes: {vor: {jobs: whole}}\ncosts:"),
        "must be 'split' or 'complete'",
    ),
]
PLANS = [
    Case(
        "a window of a list that is no multiple of its period",
        dealer("phase_in: {hits: 2, within: 5 w, every: 3 w}"),
        "`within` (35 d) is not a multiple of `every` (21 d)",
        "network.yaml:21:48",
    ),
    Case(
        "a window of a list that is no multiple of the maker's period",
        dealer("managed: {every: 4 w}, phase_in: {hits: 2, within: 10 w, every: 1 w}"),
        "phase_in looks back 70 d, which is not a multiple of managed.every (28 d)",
        "network.yaml:21:",
        "such as 56 d",
    ),
    Case(
        "managed at a warehouse",
        changed(DEALER, "  sites: {gent: {managed: true}}"),
        "managed is for dealers",
        "network.yaml:21:18",
        "dealers",
    ),
    Case(
        "a list for a tier of warehouses",
        changed(DEALER, "  tiers: {regional: {phase_out: 18 mo}}"),
        "phase_out is for dealers",
        "network.yaml:21:22",
    ),
    Case(
        "a list for a rule of warehouses",
        changed(DEALER, "  rules: [{when: {tier: central}, phase_in: {hits: 3, within: 12 mo}}]"),
        "phase_in is for dealers",
    ),
    Case(
        "a window that is no multiple",
        dealer("managed: {window: 10 d, every: 1 w}"),
        "not a multiple of `every`",
        "network.yaml:21:",
    ),
    Case("a window shorter than a period", dealer("managed: {window: 1 d, every: 1 w}"), "at least one period"),
    Case("managed at 100 %", dealer("managed: {target: 100 %}"), "below 100 %"),
    Case("accepted by more than all", dealer("managed: {accept: 120 %}"), "100 %", "network.yaml:21:"),
    Case("managed maybe", dealer("managed: maybe"), "must be true, false, or a map", "network.yaml:21:"),
    Case(
        "unknown key of managed",
        dealer("managed: {targte: 95 %}"),
        "unknown key 'targte'",
        remedy="did you mean 'target'?",
    ),
    Case("listed without a window", dealer("phase_in: {hits: 3}"), "needs 'within'"),
    Case("listed by a number", dealer("phase_in: 3"), "must be false, or a map such as {hits: 3, within: 12 mo}"),
    Case("hits below nothing", dealer("phase_in: {hits: -1, within: 12 mo}"), "at least 0"),
    Case("half a hit", dealer("phase_in: {hits: 1.5, within: 12 mo}"), "whole number"),
    Case(
        "a window shorter than a look",
        dealer("phase_in: {hits: 3, within: 2 w}"),
        "`within` (14 d) is shorter than `every`",
    ),
    Case("off at once", dealer("phase_out: 0 d"), "must be above zero"),
    Case(
        "off before the window ends",
        dealer("up_to: 3, phase_in: {hits: 3, within: 12 mo}, phase_out: 6 mo"),
        "phase_out (182.5 d) is shorter than the window of phase_in",
        "network.yaml:21:",
        "at least 1 y",
    ),
    Case(
        "listed but never stocked",
        dealer("policy: none, phase_in: {hits: 3, within: 12 mo}"),
        "the policy is none",
        "network.yaml:21:",
        "managed: true",
    ),
    Case(
        "managed and not",
        changed("turin: {served_by: gent,", "turin: {stock: managed, served_by: gent,").replace(
            DEALER, "  tiers: {dealer: {up_to: 3, managed: false}}"
        ),
        "the stock of dealer 'turin' is managed, and this says it is not",
        "network.yaml:21:",
        "independent",
    ),
    Case(
        "an unknown mode",
        changed("turin: {served_by: gent,", "turin: {stock: vmi, served_by: gent,"),
        "must be 'independent', 'managed' or 'consigned'",
        "network.yaml:12:",
    ),
    Case(
        "a hit list that forgets between plans",
        dealer("up_to: 3, managed: {every: 3 mo, window: 1 y}, phase_in: {hits: 1, within: 1 mo}"),
        "less than one period of managed.every",
    ),
]

ECONOMIC = [
    Case(
        "economic without holding",
        dealer("policy: economic").replace("costs: {holding: 22 %/y}", "costs: {rush: 9 EUR}"),
        "weighs the cost of holding",
        "network.yaml:21:",
        "holding: 22 %/y",
    ),
    Case(
        "economic for free",
        dealer("policy: economic"),
        "rush orders, and they are free",
        "network.yaml:21:",
        "costs: {rush: 15 EUR}",
    ),
    Case(
        "economic with a target",
        dealer("policy: economic, target: 95 %"),
        "policy 'economic' takes no 'target'",
        "network.yaml:21:",
        "review",
    ),
    Case(
        "rush by day",
        changed("costs: {holding: 22 %/y}", "costs: {holding: 22 %/y, rush: 4 EUR/d}"),
        "costs > rush",
        "network.yaml:22:",
    ),
]


@pytest.mark.parametrize("case", [*JOBS, *PLANS, *ECONOMIC], ids=lambda case: case.name)
def test_it_is_refused(case: Case, tmp_path: Path) -> None:
    """The message names the place, the problem and the remedy."""
    path = write(tmp_path, case.text, case.files)
    with pytest.raises(SimnetError) as caught:
        load(path)
    told = str(caught.value)
    assert case.says in told, told
    assert case.at in told, told
    assert case.remedy in told, told
    assert told.count("error: ") == 1, told


def test_what_is_wrong_in_cards_and_beside_them_is_told_at_once(tmp_path: Path) -> None:
    """A cell, lines of jobs that do not agree, the entry's own words, and another section."""
    cards = "job,date,part,site,quantity\n1,soon,hose,lyon,1\n2,2025-01-01,hose,lyon,1\n2,2025-01-02,hose,turin,1\n"
    text = jobs("{jobs: cards.csv, order_class: rush, at: lion, replays: exact}").replace("up_to: 3", "up_to: three")
    with pytest.raises(SimnetError) as caught:
        load(write(tmp_path, text, {"cards.csv": cards}))
    told = str(caught.value)
    for each in (
        "is no date such as",
        "job '2': the lines of a job have one date",
        "job '2': the lines of a job have one site",
        "unknown key 'replays'",
        "stocking > tiers > dealer > up_to",
    ):
        assert each in told, told
    with pytest.raises(SimnetError) as caught:
        load(
            write(
                tmp_path, text.replace(", replays: exact", "").replace("up_to: three", "up_to: 3"), {"cards.csv": cards}
            )
        )
    told = str(caught.value)
    for each in ("is no date such as", "no order class for customers 'rush'", "no site or tier 'lion'"):
        assert each in told, told


@pytest.mark.parametrize("entry", ["orders: lines.csv, replay: exact", "table: rates.csv"])
def test_what_is_wrong_beside_a_broken_table_is_told_with_it(entry: str, tmp_path: Path) -> None:
    """The names of an entry are checked though its table cannot be read, or is not there at all."""
    for files in ({"lines.csv": "part,date,quantity\nhose,soon,1\n", "rates.csv": "part,orders\nhose,many\n"}, {}):
        with pytest.raises(SimnetError) as caught:
            load(write(tmp_path, jobs(f"{{{entry}, order_class: rush, at: lion}}"), files))
        told = str(caught.value)
        assert "3 errors" in told, told
        assert "no order class for customers 'rush'" in told
        assert "no site or tier 'lion'" in told
