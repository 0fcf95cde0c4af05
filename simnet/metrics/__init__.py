"""KPIs: each declared once with its definition, measured from exact sums, compared in pairs."""

from simnet.metrics.compare import Comparison, DesignResult, compare, measure
from simnet.metrics.frames import frame
from simnet.metrics.intervals import Difference, Estimate
from simnet.metrics.kpi import METRICS, Kpi, find, kpis
from simnet.metrics.metric import Metric
from simnet.metrics.ranking import Ranking, rank

__all__ = [
    "METRICS",
    "Comparison",
    "DesignResult",
    "Difference",
    "Estimate",
    "Kpi",
    "Metric",
    "Ranking",
    "compare",
    "find",
    "frame",
    "kpis",
    "measure",
    "rank",
]
