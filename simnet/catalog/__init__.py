"""Synthetic catalogs: parts, dealers and demand drawn from the shapes of public data sets, to try large networks.

Everything is a function of the seed and the row: the same bytes on every machine.
"""

from simnet.catalog.plan import Plan
from simnet.catalog.write import write

__all__ = ["Plan", "write"]
