"""Shapes of real spare parts, as quantiles and rank correlations: what synthetic catalogs are drawn from.

[raf]     5,000 spare parts x 84 months (de Haan 2021): price, demand a month; a random half of the series
[parts]   2,674 car parts x 51 months (Hyndman et al. 2008): pieces an order; a random half of the series
[oil]     4,333 maintenance parts with a delivery time, 1997-2001 (Khue Nguyen; de Haan 2021)
[scms]    10,324 shipments of USAID's Supply Chain Management System, 2006-2015: spread of lead times
"""

from __future__ import annotations

# Purchase price of a part, GBP read as EUR (assumed at par) [raf], q01 to q99; the ends are assumed.
COST = [
    (0.0, 0.02), (0.01, 0.02), (0.05, 0.0989), (0.10, 0.3028), (0.25, 1.8432), (0.50, 11.3085),
    (0.75, 71.9468), (0.90, 243.118), (0.95, 500.3864), (0.99, 1475.18), (1.0, 4000.0),
]  # fmt: skip
# Pieces a month of one operator's part [raf].
PIECES = [
    (0.0, 0.036), (0.01, 0.0476), (0.05, 0.0833), (0.10, 0.1071), (0.25, 0.1548), (0.50, 0.3571),
    (0.75, 1.1786), (0.90, 3.4286), (0.95, 6.4298), (0.99, 19.6502), (1.0, 65.083),
]  # fmt: skip
# Pieces on an order line, mean of a part [parts].
SIZE = [
    (0.0, 1.0), (0.05, 1.0), (0.10, 1.125), (0.25, 1.3333), (0.50, 1.6), (0.75, 2.0541), (0.90, 3.0),
    (0.95, 5.0), (0.99, 9.56), (1.0, 9.56),
]  # fmt: skip
# Days from order to receipt at the supplier [oil].
DELIVERY = [
    (0.0, 8.0), (0.01, 8.0), (0.05, 14.0), (0.10, 17.0), (0.25, 29.0), (0.50, 56.0), (0.75, 86.0),
    (0.90, 107.0), (0.95, 140.0), (0.99, 209.0), (1.0, 209.0),
]  # fmt: skip
# Rank correlations of cost, pieces, size, delivery [raf]; pieces with size [parts].
SPEARMAN = [
    [1.000, -0.570, -0.594, 0.366],
    [-0.570, 1.000, 0.698, -0.179],
    [-0.594, 0.698, 1.000, -0.189],
    [0.366, -0.179, -0.189, 1.000],
]
# Standard deviation of a lead time over its mean: median within a lane, and of shipments by sea [scms].
SUPPLIER_CV, SEA_CV = 0.53, 0.35


def weight_kg(cost: float, size: float) -> float:
    """Return the weight of a piece: 15 EUR of cost weigh a kilogram, less than in proportion (assumed)."""
    return float(max(0.01, (cost / 15) ** 0.7 / size**0.2))
