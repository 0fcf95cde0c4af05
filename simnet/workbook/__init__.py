"""A scenario as a workbook, and back as YAML with its tables."""

from simnet.workbook.convert import to_starter, to_workbook, to_yaml

__all__ = ["to_starter", "to_workbook", "to_yaml"]
