"""Tiers are made by naming them, so a name mistyped once is remarked on."""

from __future__ import annotations

from pathlib import Path

import pytest

import simnet as sn
from simnet.scenario.likeness import alike

WORLD = """
simnet: 1
name: tiers
run: {{start: 2026-01-01, length: 90 d, replications: 1}}
suppliers: {{works: {{lead_time: 5 d}}}}
warehouses: {{{sites}}}
dealers: {{lyon: {{served_by: w0, lead_time: 2 d}}}}
parts: {{filter: {{cost: 10 EUR, price: 20 EUR}}}}
demand: {{part: [filter], orders: 1 per day}}
stocking: {{default: {{up_to: 3}}}}
"""


@pytest.mark.parametrize(("tiers", "told"), [
    (["regional", "regional", "regoinal"], "tier regoinal has one site (w2) and is nearly called like tier regional"),
    (["regional", "Regional"], "tier Regional has one site (w1) and is nearly called like tier regional"),
    (["Hub", "hub", "hub", "hub", "Hub"], "tier Hub has 2 sites and is nearly called like tier hub"),
    (["support", "suport", "support", "support"], "tier suport has one site (w1)"),
    (["regional", "regional", "central"], ""),
    (["region-1", "region-1", "region-2"], ""),
    (["shop a", "shop a", "shop b"], ""),
    (["regional", "regional", "regoinal", "regoinal"], ""),  # twice is no accident
    (["north", "north", "south"], ""),
    (["hub", "hub", "hob"], ""),  # too short to tell
])  # fmt: skip
def test_a_tier_that_is_nearly_another(tmp_path: Path, tiers: list[str], told: str) -> None:
    """One site, and a name that is nearly that of another tier: one sentence, else none."""
    sites = ", ".join(f"w{n}: {{tier: {tier}, refilled_by: works}}" for n, tier in enumerate(tiers))
    path = tmp_path / "tiers.yaml"
    path.write_text(WORLD.format(sites=sites))
    found = [each for each in sn.load(path).design("tiers").remarks if each.startswith("tier ")]
    assert len(found) == bool(told)
    assert not told or found[0].startswith(told) and "write the names alike" in found[0]


@pytest.mark.parametrize(("one", "other", "same"), [
    ("regional", "regionnal", True), ("dealer", "dealers", True), ("dealer", "Dealer", True),
    ("dealer", "center", False),
    ("support-9", "support-12", False), ("field stock", "field-stock", True),
])  # fmt: skip
def test_what_is_taken_for_one_word(one: str, other: str, same: bool) -> None:
    """Letters that are swapped, doubled or left out; not numbers."""
    assert alike(one, other) is same


@pytest.mark.parametrize(("classes", "told"), [
    (["slow", "slow", "Slow"], "class Slow has one part (p2) and is nearly called like class slow"),
    (["slow", "slow", "slwo", "fast"], ""),  # too short to tell a slip from a word
    (["medium", "medium", "meduim"], "class meduim has one part (p2)"),
    (["a", "b", "c"], ""),
])  # fmt: skip
def test_a_class_that_is_nearly_another(tmp_path: Path, classes: list[str], told: str) -> None:
    """As of tiers: one part in a class of its own by a slip of the hand."""
    parts = ", ".join(f"p{n}: {{cost: 1 EUR, price: 2 EUR, class: {each}}}" for n, each in enumerate(classes))
    path = tmp_path / "tiers.yaml"
    text = WORLD.format(sites="w0: {refilled_by: works}")
    path.write_text(text.replace("filter: {cost: 10 EUR, price: 20 EUR}", parts).replace("part: [filter], ", ""))
    found = [each for each in sn.load(path).design("tiers").remarks if each.startswith("class ")]
    assert len(found) == bool(told)
    assert not told or found[0].startswith(told)
