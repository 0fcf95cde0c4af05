"""Charts: one file each, each a function that draws on a matplotlib `Axes` it is given."""

from simnet.report.charts.chart import Chart, svg
from simnet.report.charts.cost import COST
from simnet.report.charts.fill import FILL
from simnet.report.charts.monthly import MONTHLY_FILL, MONTHLY_STOCK
from simnet.report.charts.stock import STOCK
from simnet.report.charts.wait import WAIT

CHARTS = [FILL, WAIT, STOCK, COST, MONTHLY_FILL, MONTHLY_STOCK]
"""The charts of the report, in its order. A new one is one file and a name here."""

__all__ = ["CHARTS", "Chart", "svg"]
