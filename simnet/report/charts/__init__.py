"""Charts: one file each, each a function that draws on a matplotlib `Axes` it is given."""

from typing import Any

from simnet.report.charts.causes import CAUSES_BY_DAYS, CAUSES_BY_LINES
from simnet.report.charts.chart import Chart, svg
from simnet.report.charts.class_wait import CLASS_WAIT
from simnet.report.charts.cost import COST
from simnet.report.charts.fill import FILL
from simnet.report.charts.ladder import LADDER
from simnet.report.charts.monthly import MONTHLY_FILL, MONTHLY_STOCK
from simnet.report.charts.rush import RUSH
from simnet.report.charts.stock import STOCK
from simnet.report.charts.tradeoff import TRADEOFF
from simnet.report.charts.wait import WAIT

CHARTS: list[Chart[Any]] = [
    LADDER, CLASS_WAIT, FILL, WAIT, CAUSES_BY_LINES, CAUSES_BY_DAYS, STOCK, COST, TRADEOFF, RUSH, MONTHLY_FILL,
    MONTHLY_STOCK,
]  # fmt: skip
"""The charts of the report, in its order. A new one is one file and a name here."""

__all__ = ["CHARTS", "Chart", "svg"]
