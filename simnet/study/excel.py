"""A result as a workbook: what the sums do not know of the parts comes from the scenarios."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simnet.report.points import Points
    from simnet.study.result import Result


def workbook(result: Result, points: Points | None = None) -> bytes:
    """The bytes of report.xlsx; `points` are those of a sweep."""
    from simnet.report.excel import excel
    from simnet.report.excel_cuts import Catalog

    catalogs = {}
    for label, (study, name) in zip(result.designs, result.asked, strict=True):
        parts = study.design(name).parts
        catalogs[label] = Catalog(parts.names, parts.part_class, parts.supplier, parts.cost)
    return excel(result.comparison, result.story(), catalogs, points)
