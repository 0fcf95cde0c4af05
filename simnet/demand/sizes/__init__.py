"""Order sizes: one file a distribution. A new one is one file, one line in `SIZES`, one in `parse_size`."""

from simnet.demand.sizes.base import LARGEST, SizeLike
from simnet.demand.sizes.fixed import Fixed
from simnet.demand.sizes.geometric import Geometric, draw_geometric
from simnet.demand.sizes.negative_binomial import NegativeBinomial
from simnet.demand.sizes.parse import AnySize, Size, parse_size
from simnet.demand.sizes.size_table import SizeTable

SIZES = (Fixed, Geometric, NegativeBinomial, SizeTable)

__all__ = [
    "LARGEST",
    "SIZES",
    "AnySize",
    "Fixed",
    "Geometric",
    "NegativeBinomial",
    "Size",
    "SizeLike",
    "SizeTable",
    "draw_geometric",
    "parse_size",
]
