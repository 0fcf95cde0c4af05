"""Demand classes by Syntetos, Boylan and Croston (2005), from the law of demand and from draws of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import simnet as sn
from simnet.demand.block import Moments
from simnet.demand.sizes import Fixed, Geometric
from simnet.study.demand_classes import CLASSES, class_shares, classify, months_of
from simnet.units import MONTH
from tests.cli.commands import tiny


def stream(rate: float, size: object, **more: object) -> Moments:
    """Return the moments of one stream, its rate in lines a month."""
    mean = np.array([size.mean])  # type: ignore[attr-defined]
    return Moments(np.array([rate / MONTH]), mean, size, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("moments", "name"),
    [
        (stream(20.0, Fixed(pieces=1)), "smooth"),
        (stream(3.0, Geometric(mean=20.0)), "erratic"),
        (stream(0.3, Fixed(pieces=1)), "intermittent"),
        (stream(0.3, Geometric(mean=20.0)), "lumpy"),
        (stream(0.9, Fixed(pieces=2), period=MONTH, chance=np.array([0.9])), "smooth"),
        (stream(0.1, Fixed(pieces=2), period=MONTH, chance=np.array([0.1])), "intermittent"),
    ],
)
def test_the_four_classes(moments: Moments, name: str) -> None:
    """Frequent or rare, even or uneven."""
    month = months_of(moments)
    assert CLASSES[int(classify(month.mean, month.variance, month.none)[0])] == name


@pytest.mark.parametrize(("chance", "name"), [(0.76, "smooth"), (0.75, "intermittent")])
def test_the_limit_between_frequent_and_rare(chance: float, name: str) -> None:
    """A demand in three months of four is 1.33 months apart: over the limit of 1.32."""
    month = months_of(stream(chance, Fixed(pieces=1), period=MONTH, chance=np.array([chance])))
    assert CLASSES[int(classify(month.mean, month.variance, month.none)[0])] == name


@pytest.mark.parametrize("rate", [0.2, 1.0, 4.0])
def test_moments_of_a_month_match_draws(rate: float) -> None:
    """Mean, variance and chance of nothing of a compound Poisson month, against a plain simulation."""
    chance = np.random.default_rng(5)
    lines = chance.poisson(rate, 200_000)
    pieces = np.array([chance.geometric(1 / 3, count).sum() for count in lines])
    month = months_of(stream(rate, Geometric(mean=3.0)))
    assert month.mean[0] == pytest.approx(pieces.mean(), rel=0.02)
    assert month.variance[0] == pytest.approx(pieces.var(), rel=0.05)
    assert month.none[0] == pytest.approx((pieces == 0).mean(), abs=0.002)


def test_nothing_asked_has_no_class() -> None:
    """A stream without demand is left out."""
    month = months_of(stream(0.0, Fixed(pieces=1)))
    assert int(classify(month.mean, month.variance, month.none)[0]) == -1


def test_parts_are_steadier_than_parts_at_sites(tmp_path: Path) -> None:
    """Two rare demands of one part make a more frequent one; shares add up to one."""
    network = sn.load(tiny(tmp_path, **{"orders: 2 per month": "orders: 1 per month"})).network()
    parts, sites = class_shares(network, by_site=False), class_shares(network, by_site=True)
    assert parts == {"smooth": 1.0, "erratic": 0.0, "intermittent": 0.0, "lumpy": 0.0}
    assert sites == {"smooth": 0.5, "erratic": 0.0, "intermittent": 0.5, "lumpy": 0.0}
