# ruff: noqa: E501 - one case a line reads as the table it is
"""Settings that do nothing in the run at hand are remarked on, and those that mean two things are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from simnet.errors import SimnetError
from simnet.scenario import load
from tests.reader.samples import BASE, changed, write

DEFAULT, DEALER = "policy: base-stock, target: 95 %", "  tiers: {dealer: {up_to: 3}}"
RUN = "is no shorter than the run (1 y + 2 y), so"


def classes(text: str) -> str:
    """The base scenario with order classes."""
    return BASE + f"order_classes: {{{text}}}\n"


def dealer(text: str) -> str:
    """The base scenario with more of its dealers' settings."""
    return changed(DEALER, f"  tiers: {{dealer: {{up_to: 3, {text}}}}}")


REMARKS = [
    (changed("served_by: gent, lead_time: 3 d", "served_by: gent, lead_time: 3 d, pool: a, balance: 4 y").replace("weight: 0.8 kg, ", "").replace("name: two-tier", "name: two-tier\norder_classes: {stock: {lead_time: 1 d}}").replace("served_by: paris", "pool: a, served_by: paris"),
     f"dealers.turin.balance: 4 y {RUN} nothing is balanced"),
    (changed(DEFAULT, f"{DEFAULT}, review: 900 y"), f"stocking.default.review: 900 y {RUN} stock is looked at once, at its start"),
    (dealer("managed: {window: 10 y, every: 1 y}"), f"stocking.tiers.dealer.managed.window: 10 y {RUN} what was asked never fills it"),
    (dealer("managed: {window: 8 y, every: 4 y}"), f"stocking.tiers.dealer.managed.every: 4 y {RUN} no level is proposed"),
    (dealer("phase_in: {hits: 2, within: 5 y, every: 1 y}"), f"stocking.tiers.dealer.phase_in.within: 5 y {RUN} what was asked never fills it"),
    (dealer("phase_in: {hits: 2, within: 8 y, every: 4 y}"), f"stocking.tiers.dealer.phase_in.every: 4 y {RUN} no list is looked at"),
    (dealer("phase_out: 4 y"), f"stocking.tiers.dealer.phase_out: 4 y {RUN} no part leaves a list"),
    (changed("seed: 7", "seed: 7, windows: [5 y]"), f"run.windows.0: 5 y {RUN} every line that is served is within it"),
    (classes("day: {need_by: 4 y}"), f"order_classes.day.need_by: 4 y {RUN} no promise is broken"),
    (classes("day: {patience: 4 y}"), f"order_classes.day.patience: 4 y {RUN} nobody gives up"),
    (changed("served_by: gent, lead_time: 3 d", "served_by: gent, lead_time: 3000 d"), "dealers.turin.lead_time: 3000 d is no shorter than the run (1 y + 2 y), so hardly anything comes"),
    (changed("22 %/y", "22 %/d"), "costs.holding: 8,030 % a year of what a piece costs; most companies reckon 15 to 40 %/y"),
    (dealer("phase_in: {hits: 0, within: 1 y}"), "stocking.tiers.dealer.phase_in: with 0 hits every part is listed, as with phase_in: false"),
    (dealer("managed: {accept: 0 %}"), "stocking.tiers.dealer.managed: the dealer accepts 0 % of the proposals, so that no level ever changes"),
    (classes("warranty: {rank: 1}"), "no demand is of class warranty; order_class of an entry of demand says so"),
    (changed(DEFAULT, f"{DEFAULT}, reserve: {{day: 1}}") + "order_classes: {vor: {ask: []}}\n",
     "stocking.default.reserve: no class that is asked is better than day; what it leaves on the shelf is kept for nobody"),
    (changed("refilled_by: factory}", "refilled_by: factory, allocation: rank}") + "order_classes: {day: {rank: 5}}\n",
     "customers of day (rank 5) are served after replenishment (stock, rank 3)"),
    (classes("day: {will_fit: 100 %}"), "every customer of day who finds no part buys elsewhere (will_fit 100 %)"),
    (classes("day: {will_fit: {fast: 100 %, default: 5 %}}"), "every customer of day who finds no part of class fast buys elsewhere"),
    (classes("day: {ask: lateral, radius: 0 km}").replace("lyon:  {", "lyon:  {at: Lyon FR, ").replace("turin: {", "turin: {at: Turin IT, "), "order_classes.day.radius: within 0 km there is no sister"),
]  # fmt: skip
SENSIBLE = [
    BASE,
    dealer("phase_in: false"),
    dealer("phase_in: {hits: 2, within: 12 mo, every: 1 w}, phase_out: 18 mo"),
    dealer("managed: {window: 12 mo, every: 1 w, accept: 90 %}"),
    dealer("managed: false"),
    changed(DEFAULT, f"{DEFAULT}, review: 1 y"),
    classes("day: {patience: 1 y, need_by: 3 d, will_fit: 20 %, rank: 5}"),
    changed("every: 1 mo}", "every: 1 mo, order_class: vor}").replace(DEFAULT, f"{DEFAULT}, reserve: {{day: 1}}")
    + "order_classes: {vor: {ask: [], backorder: dealer, need_by: 30 d}}\n",
]


@pytest.mark.parametrize(("text", "told"), REMARKS, ids=[told[:60] for _, told in REMARKS])
def test_what_does_nothing_is_remarked_on(text: str, told: str, tmp_path: Path) -> None:
    """It is read, and told before the figures; nothing else is."""
    remarks = load(write(tmp_path, text, {})).remarks
    assert any(each.startswith(told) for each in remarks), remarks
    assert len(remarks) <= 2, remarks


@pytest.mark.parametrize("text", SENSIBLE)
def test_sensible_settings_are_not(text: str, tmp_path: Path) -> None:
    """No remark where everything has its effect."""
    assert load(write(tmp_path, text, {})).remarks == ()


def test_several_alike_are_one_sentence(tmp_path: Path) -> None:
    """The first is named, the others are counted."""
    text = changed(
        DEALER,
        "  tiers: {dealer: {up_to: 3, phase_out: 9 y}}\n  sites: {lyon: {phase_out: 9 y}, turin: {phase_out: 9 y}}",
    )
    remarks = load(write(tmp_path, text, {})).remarks
    assert remarks == (f"stocking.tiers.dealer.phase_out and 2 more: 9 y {RUN} no part leaves a list",)


ERRORS = [
    (
        changed("  hose: {cost", "  all: {cost").replace("part: hose", "part: filter"),
        "the name 'all' is taken: part: all of a demand means every part",
        "network.yaml:15:3",
        "give the part another name",
    ),
    (
        changed("class: fast}", "class: default}") + "order_classes: {day: {will_fit: {default: 10 %}}}\n",
        "'default' means all part classes that are not named, and one of the parts is called so",
        "network.yaml:24:34",
        "give that class another name",
    ),
]


@pytest.mark.parametrize(("text", "says", "at", "remedy"), ERRORS, ids=["all", "default"])
def test_words_of_two_meanings_are_refused(text: str, says: str, at: str, remedy: str, tmp_path: Path) -> None:
    """With place and remedy."""
    with pytest.raises(SimnetError) as caught:
        load(write(tmp_path, text, {}))
    told = str(caught.value)
    for each in (says, at, remedy):
        assert each in told, told


def test_names_with_dots_are_found_by_their_paths(tmp_path: Path) -> None:
    """Classes called `a.1` can be set, stocked by, and looked at."""
    text = (
        changed("class: fast}", "class: a.1}").replace(DEALER, f"{DEALER}\n  classes: {{a.1: {{target: 90 %}}}}")
        + "order_classes: {vor.2: {rank: 1}}\n"
    )
    path = write(tmp_path, text.replace("every: 1 mo}", "every: 1 mo, order_class: vor.2}"), {})
    found = load(path, [("stocking.classes.a.1.target", "80 %"), ("order_classes.vor.2.rank", "2")])
    assert found.stocking.classes["a.1"].target == 0.8
    assert found.order_classes["vor.2"].rank == 2
