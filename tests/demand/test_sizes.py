"""Order sizes: the draws have the stated law."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pydantic import BaseModel, ValidationError
from scipy import stats

from simnet.demand.sizes import SIZES, Fixed, Geometric, Size, SizeLike, draw_geometric, parse_size
from simnet.streams import mix_array, stream_key, uniform_array

CASES: dict[str, Any] = {
    "one": "1",
    "four": "4",
    "geometric": {"geometric": {"mean": "1.5"}},
    "geometric of one": {"geometric": {"mean": "1"}},
    "geometric, long": {"geometric": {"mean": "80"}},
    "geometric, too long for a table": {"geometric": {"mean": "5000"}},
    "negative binomial": {"negative_binomial": {"mean": "3", "var_to_mean": "2"}},
    "negative binomial, wide": {"negative_binomial": {"mean": "20", "var_to_mean": "60"}},
    "table": {"table": {"1": "60 %", "2": "25 %", "5": "15 %"}},
    "table with a gap": {"table": {"7": "100 %", "3": "0 %"}},
}
N = 400_000
DRAWS = mix_array(stream_key(1, 0, "sizes"), np.arange(N))


@pytest.fixture(params=CASES.values(), ids=CASES.keys())
def size(request: pytest.FixtureRequest) -> Any:
    """One size of each kind, and the extremes."""
    return parse_size(request.param)


def test_every_size_has_a_case() -> None:
    """A distribution in the list is one that the cases reach."""
    assert {type(parse_size(case)) for case in CASES.values()} == set(SIZES)


def test_pmf_has_the_moments(size: Any) -> None:
    """The pmf adds up to one and has the stated mean and variance; no line is of zero pieces."""
    assert isinstance(size, SizeLike)
    pmf = size.pmf(size.longest())
    sizes = np.arange(len(pmf))
    assert len(size.pmf(3)) == 4
    assert pmf[0] == 0
    assert pmf.sum() == pytest.approx(1)
    assert (pmf * sizes).sum() == pytest.approx(size.mean)
    assert (pmf * (sizes - size.mean) ** 2).sum() == pytest.approx(size.variance, rel=1e-9, abs=1e-9)


def test_draws_follow_the_pmf(size: Any) -> None:
    """Chi-square over the sizes with 50 or more expected in 400,000 draws; false alarm chance 1e-8 a case."""
    drawn = size.draw(DRAWS)
    assert drawn.dtype == np.int64
    assert drawn.min() >= 1
    expected = size.pmf(size.longest()) * N
    counts = np.bincount(drawn, minlength=len(expected))[: len(expected)]
    often = expected >= 50
    if often.sum() > 1:
        rest_expected, rest = N - expected[often].sum(), N - counts[often].sum()
        statistic = ((counts[often] - expected[often]) ** 2 / expected[often]).sum()
        statistic += (rest - rest_expected) ** 2 / rest_expected if rest_expected > 50 else 0.0
        assert statistic < stats.chi2.isf(1e-8, often.sum())
    assert abs(drawn.mean() - size.mean) <= 6 * (size.variance / N) ** 0.5


def test_draws_are_the_exact_inverse_cdf(size: Any) -> None:
    """Each draw is the least size whose cdf exceeds the uniform, so a larger draw is never smaller."""
    order = np.argsort(DRAWS[:20_000])
    drawn = size.draw(DRAWS[:20_000][order])
    u = uniform_array(DRAWS[:20_000][order])
    cdf = np.cumsum(size.pmf(size.longest()))
    assert (np.diff(drawn) >= 0).all()
    assert (cdf[drawn] >= u - 1e-12).all()
    assert (cdf[drawn - 1] <= u + 1e-12).all()


@pytest.mark.parametrize("mean", [1.0, 1.01, 1.5, 7.0, 300.0])
def test_closed_form_equals_the_table(mean: float) -> None:
    """Streams with means of their own draw the same sizes as streams that share the mean."""
    table = Geometric(mean=mean).draw(DRAWS)
    assert np.array_equal(draw_geometric(DRAWS, np.full(N, mean)), table)


def test_extreme_draws() -> None:
    """The first and the last of the 2**64 draws are sizes too."""
    ends = np.array([0, 2**64 - 1], dtype=np.uint64)
    assert draw_geometric(ends, np.array([1.0, 1.0])).tolist() == [1, 1]
    assert Geometric(mean=2).draw(ends).tolist() == draw_geometric(ends, np.array([2.0, 2.0])).tolist()
    assert parse_size({"table": {"2": "50 %", "9": "50 %"}}).draw(ends).tolist() == [2, 9]


class Line(BaseModel):
    """A model with a size as a field."""

    size: Size = Fixed()


WRONG: list[tuple[Any, tuple[str | int, ...], str]] = [
    ("0", (), "greater than or equal to 1"),
    ("1.5", (), "whole number"),
    ("x", (), "is not a number"),
    ({}, (), "needs one form"),
    ({"geometrc": {"mean": "2"}}, (), "did you mean 'geometric'?"),
    ({"zzz": {"mean": "2"}}, (), "use geometric, negative_binomial or table"),
    ({"geometric": {"mean": "0.5"}}, ("geometric", "mean"), "greater than or equal to 1"),
    ({"geometric": {"mean": "2", "var": "1"}}, ("geometric", "var"), "Extra inputs"),
    (
        {"negative_binomial": {"mean": "3", "var_to_mean": "0.5"}},
        ("negative_binomial",),
        "must be above 0.6667",
    ),
    ({"table": {"1": "60 %"}}, (), "the shares add up to 60 %"),
    ({"table": {"0": "100 %"}}, ("table", "0", "[key]"), "greater than or equal to 1"),
]


@pytest.mark.parametrize(("value", "place", "message"), WRONG)
def test_messages_name_place_and_remedy(value: Any, place: tuple[str | int, ...], message: str) -> None:
    """A wrong size is told at its innermost place, in words for a person."""
    with pytest.raises(ValidationError) as caught:
        Line.model_validate({"size": value})
    errors = caught.value.errors()
    assert [error["loc"] for error in errors] == [("size", *place)]
    assert message in errors[0]["msg"]


def test_equal_size_tables_are_one_key_of_a_dict() -> None:
    """Planners group points by size, so a size table has a hash that equals that of its equal."""
    one, other = (parse_size({"table": {"1": "60 %", "2": "40 %"}}) for _ in range(2))
    assert {one: "found"}[other] == "found"
