"""Charts: one file each, each a function that draws on a matplotlib `Axes` it is given."""

from typing import Any

from simnet.report.charts.amounts_by_month import BACKLOG, STOCK
from simnet.report.charts.causes import CAUSES_BY_DAYS, CAUSES_BY_LINES
from simnet.report.charts.chart import Chart
from simnet.report.charts.class_wait import CLASS_WAIT
from simnet.report.charts.cost import COST
from simnet.report.charts.dealers import DEALERS
from simnet.report.charts.demand import DEMAND
from simnet.report.charts.fill import FILL
from simnet.report.charts.fill_by_class import FILL_BY_CLASS
from simnet.report.charts.fill_by_month import FILL_BY_MONTH
from simnet.report.charts.fill_by_site import FILL_BY_SITE
from simnet.report.charts.ladder import LADDER
from simnet.report.charts.map import MAP
from simnet.report.charts.picture import svg
from simnet.report.charts.rush import RUSH
from simnet.report.charts.stock_value import STOCK_BY_CLASS, STOCK_VALUE
from simnet.report.charts.tradeoff import TRADEOFF
from simnet.report.charts.wait import WAIT
from simnet.report.charts.warmup import WARMUP
from simnet.report.charts.waterfall import WATERFALL

CHARTS: list[Chart[Any]] = [
    MAP,
    LADDER, FILL, FILL_BY_CLASS, FILL_BY_SITE, DEALERS, FILL_BY_MONTH, WAIT, CLASS_WAIT, BACKLOG, RUSH,
    STOCK, STOCK_VALUE, STOCK_BY_CLASS,
    COST, WATERFALL,
    TRADEOFF,
    CAUSES_BY_LINES, CAUSES_BY_DAYS,
    DEMAND,
    WARMUP,
]  # fmt: skip
"""The charts of the report, in its order. A new one is one file and a name here."""

__all__ = ["CHARTS", "Chart", "svg"]
