"""A chart drawn in one pass is the chart that matplotlib would write."""

from __future__ import annotations

from typing import Any

import pytest

from simnet.metrics import Comparison, compare
from simnet.report.charts import CHARTS, Chart, picture, svg
from simnet.report.scene import Scene
from tests.metrics import flowing


@pytest.fixture(scope="module")
def two() -> Comparison:
    """Two designs with an order flow."""
    return compare([flowing.design("a"), flowing.design("b", (5, 6, 8))])


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.key)
def test_one_pass_gives_the_bytes_of_savefig(
    chart: Chart[Any], two: Comparison, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where texts were measured before, in another figure."""
    scene = Scene(two)
    if not chart.shown(chart.of(scene)):
        pytest.skip("the flow has nothing for it")
    found = [svg(chart, scene), svg(chart, scene)]
    monkeypatch.setattr(picture, "drawn_once", lambda figure, _: picture.as_svg(figure))
    assert found == [svg(chart, scene)] * 2
