"""Cells: a site and a part class, as one number (site x part classes + part class)."""

from __future__ import annotations

import numpy as np

from simnet.integers import Integers, kinds_of
from simnet.network.network import Network


def cells_of_points(network: Network) -> Integers:
    """The cell of each stocking point."""
    part = np.ascontiguousarray(network.points["part"])
    return np.asarray(network.points["site"] * len(network.class_names) + network.part_class[part])


def own_cells(network: Network) -> Integers:
    """The cells that have stocking points, rising."""
    return kinds_of(cells_of_points(network), network.sites * len(network.class_names))[0]
