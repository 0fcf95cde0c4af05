"""What every lead time promises; a new one is tested by being listed in `LEAD_TIMES`."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pydantic import BaseModel, ConfigDict, ValidationError

from simnet.leadtime import LEAD_TIMES, SHAPE_ONE, SHAPE_SIZE, LeadTime, LeadTimeLike, parse_lead_time
from simnet.streams import mix_array, stream_key

CASES: dict[str, Any] = {
    "constant": "30 d",
    "zero": "0 d",
    "gamma": {"mean": "45 d", "cv": "0.5"},
    "gamma, nearly constant": {"mean": "45 d", "cv": "0.01"},
    "exponential": {"mean": "3 d", "cv": "1"},
    "gamma, wild": {"mean": "3 d", "cv": "4"},
    "lognormal": {"mean": "45 d", "cv": "0.5", "shape": "lognormal"},
    "lognormal, heavy": {"mean": "45 d", "cv": "5", "shape": "lognormal"},
    "uniform": {"uniform": {"from": "5 d", "to": "9 d"}},
    "uniform from zero": {"uniform": {"from": "0 d", "to": "1 d"}},
    "table": {"table": {"10 d": "50 %", "40 d": "30 %", "0 d": "20 %"}},
    "mixture": {
        "mixture": [{"share": "90 %", "mean": "5 d"}, {"share": "10 %", "mean": "30 d", "cv": "0.4"}]
    },
    "mixture of all": {
        "mixture": [
            {"share": "20 %", "uniform": {"from": "5 d", "to": "9 d"}},
            {"share": "30 %", "table": {"1 d": "50 %", "7 d": "50 %"}},
            {"share": "50 %", "mean": "20 d", "cv": "0.9", "shape": "lognormal"},
        ]
    },
}
SHARES = np.linspace(0.0005, 0.9995, 1999)


@pytest.fixture(params=CASES.values(), ids=CASES.keys())
def lead_time(request: pytest.FixtureRequest) -> LeadTimeLike:
    """One lead time of each kind, and the extremes."""
    return parse_lead_time(request.param)


def test_every_lead_time_has_a_case() -> None:
    """A distribution in the list is one that the cases reach."""
    assert {type(parse_lead_time(case)) for case in CASES.values()} == set(LEAD_TIMES)


def test_it_is_a_lead_time(lead_time: LeadTimeLike) -> None:
    """It offers the whole protocol, and can be shared: frozen and equal by value."""
    assert isinstance(lead_time, LeadTimeLike)
    assert parse_lead_time(lead_time) is lead_time
    hash(lead_time.shape())


def test_the_tables_mean_is_exact(lead_time: LeadTimeLike) -> None:
    """The mean of the unit table is one, to the last bit of the fixed point."""
    table = lead_time.unit_table()
    assert table.dtype == np.int64
    assert len(table) == SHAPE_SIZE
    assert int(table.sum()) == SHAPE_SIZE * SHAPE_ONE
    assert table.min() >= 0
    assert (np.diff(table) >= 0).all()


def test_the_table_has_the_spread(lead_time: LeadTimeLike) -> None:
    """The table's cv is the distribution's, less what lies within bins (most in the tail of heavy ones)."""
    table = lead_time.unit_table() / SHAPE_ONE
    loose = 0.15 if lead_time.cv > 2 else 0.002
    assert table.std() <= lead_time.cv * (1 + 1e-6) + 1e-6
    assert table.std() == pytest.approx(lead_time.cv, rel=loose, abs=1e-6)


def test_quantiles_rise_and_invert_the_cdf(lead_time: LeadTimeLike) -> None:
    """The quantile is the first duration that a share does not exceed."""
    q = lead_time.quantile(SHARES)
    assert (np.diff(q) >= 0).all()
    assert (q >= 0).all()
    assert (lead_time.cdf(q * (1 + 1e-9)) >= SHARES - 1e-6).all()
    above = q > 1
    assert (lead_time.cdf(q[above] * (1 - 1e-9)) <= SHARES[above] + 1e-6).all()


def test_the_mean_is_that_of_the_quantiles(lead_time: LeadTimeLike) -> None:
    """The stated mean agrees with the partial mean at the far end."""
    far = np.array([max(lead_time.mean, 1.0) * 1e9])
    assert lead_time.partial(far)[0] == pytest.approx(lead_time.mean)
    assert lead_time.cdf(far)[0] == pytest.approx(1.0)


def test_only_constants_have_no_shape(lead_time: LeadTimeLike) -> None:
    """A lead time without a shape is always its mean."""
    assert (lead_time.shape() is None) == (lead_time.cv == 0)


def test_drawn_minutes_have_the_mean(lead_time: LeadTimeLike) -> None:
    """200,000 draws by the integer formula: within 6 standard errors (chance of a false alarm 2e-9 each)."""
    draws = mix_array(stream_key(1, 0, "lane", "gent", "lyon"), np.arange(200_000))
    mean = round(lead_time.mean)
    minutes = (mean * lead_time.unit_table()[draws >> np.uint64(52)] + (1 << 23)) >> 24
    assert minutes.min() >= 0
    # A wild mean has a skewed sampling error; the spread of the table itself is what counts.
    error = 6 * mean * lead_time.cv / 200_000**0.5 + 0.5
    assert abs(minutes.mean() - lead_time.mean) < error


def test_shape_does_not_depend_on_the_mean() -> None:
    """Lanes of the same kind and cv share one table, whatever their means."""
    short, long = (parse_lead_time({"mean": mean, "cv": "0.5"}) for mean in ("2 d", "90 d"))
    assert short.shape() == long.shape()
    assert np.array_equal(short.unit_table(), long.unit_table())
    other = parse_lead_time({"mean": "2 d", "cv": "0.5", "shape": "lognormal"})
    assert other.shape() != short.shape()


def test_a_spread_of_zero_is_a_constant() -> None:
    """`cv: 0` stands for no spread, so that a sweep may start there."""
    assert parse_lead_time({"mean": "2 d", "cv": "0"}) == parse_lead_time("2 d")


class Lane(BaseModel):
    """A model with a lead time as a field, as the scenario has them."""

    model_config = ConfigDict(extra="forbid")
    lead_time: LeadTime


WRONG: list[tuple[Any, tuple[str | int, ...], str]] = [
    ("30", (), "needs a unit, such as '30 d'"),
    ({"men": "3 d"}, (), "did you mean 'mean'?"),
    ({}, (), "needs one of mean, uniform, table, mixture"),
    ({"mean": "3 d", "table": {}}, (), "has both `mean` and `table`"),
    ({"mean": "45 d", "cv": "x"}, ("cv",), "is not a number"),
    ({"mean": "45 d", "cv": "30"}, ("cv",), "less than or equal to 20"),
    ({"mean": "0 d", "cv": "0.5"}, ("mean",), "greater than 0"),
    ({"mean": "45 d", "cv": "0.5", "shap": "gamma"}, ("shap",), "Extra inputs"),
    ({"mean": "45 d", "cv": "0.5", "shape": "normal"}, (), "unknown shape 'normal'; use gamma or lognormal"),
    ({"mean": "45 d", "shape": "lognormal"}, (), "needs a spread, such as cv: 0.5"),
    ({"uniform": {"from": "5 d", "to": "4"}}, ("uniform", "to"), "needs a unit"),
    ({"uniform": {"from": "5 d", "to": "4 d"}}, ("uniform",), "`to` must be longer than `from`"),
    ({"uniform": {"from": "5 d", "to": "9 d"}, "cv": "1"}, (), "`uniform` stands alone"),
    ({"table": {"10 d": "50 %", "40 d": "40 %"}}, (), "the shares add up to 90 %"),
    ({"table": {"0 d": "100 %"}}, (), "every duration is zero"),
    ({"mixture": "5 d"}, (), "mixture needs a list"),
    ({"mixture": []}, (), "the shares add up to 0 %"),
    ({"mixture": [{"share": "100 %", "mean": "5"}]}, ("mixture", 0, "mean"), "needs a unit"),
    ({"mixture": [{"share": "100 %", "mean": "0 d"}]}, (), "every component is zero"),
]


@pytest.mark.parametrize(("value", "place", "message"), WRONG)
def test_messages_name_place_and_remedy(value: Any, place: tuple[str | int, ...], message: str) -> None:
    """A wrong lead time is told at its innermost place, in words for a person."""
    with pytest.raises(ValidationError) as caught:
        Lane.model_validate({"lead_time": value})
    errors = caught.value.errors()
    assert [error["loc"] for error in errors] == [("lead_time", *place)]
    assert message in errors[0]["msg"]
