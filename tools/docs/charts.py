"""The tables of docs/charts.md, from the registry of charts and the sizes of pictures."""

from __future__ import annotations

from simnet.report.charts import CHARTS
from simnet.report.charts.style import SIZES
from tools.docs.regions import code, table


def listed(_: str, __: str) -> str:
    """Every chart: its method, its title and how it is read."""
    return table(["method", "chart", "how to read it"], ([code(each.name), each.title, each.note] for each in CHARTS))


def sizes(_: str, __: str) -> str:
    """Every size: its inches and the pixels of a PNG."""
    rows = []
    for name, size in SIZES.items():
        high = "as the chart needs" if size.height is None else f"{size.height:g} in"
        rows.append([code(name), f"{size.width:.4g} in", high, f"{round(size.width * size.dpi):,} px"])
    return table(["size", "width", "height", "PNG, width"], rows)


WRITERS = {"charts": listed, "sizes": sizes}
