"""Lead times: one file a distribution.

A lead time is drawn as `(mean * table[h >> 52] + (1 << 23)) >> 24` minutes, where `h` is a 64-bit draw
(`simnet.streams`), `mean` whole minutes and `table` the distribution's `unit_table()`. A new distribution is
one file, one line in `LEAD_TIMES` and one in `parse_lead_time`; the contract test then covers it.
"""

from simnet.leadtime.base import SHAPE_BITS, SHAPE_ONE, SHAPE_SIZE, Distribution, LeadTimeLike, unit_table
from simnet.leadtime.constant import Constant
from simnet.leadtime.gamma import Gamma
from simnet.leadtime.lognormal import Lognormal
from simnet.leadtime.mixture import Component, Mixture
from simnet.leadtime.parse import LeadTime, parse_lead_time
from simnet.leadtime.table import Table
from simnet.leadtime.uniform import Uniform

LEAD_TIMES = (Constant, Gamma, Lognormal, Uniform, Table, Mixture)

__all__ = [
    "LEAD_TIMES",
    "SHAPE_BITS",
    "SHAPE_ONE",
    "SHAPE_SIZE",
    "Component",
    "Constant",
    "Distribution",
    "Gamma",
    "LeadTime",
    "LeadTimeLike",
    "Lognormal",
    "Mixture",
    "Table",
    "Uniform",
    "parse_lead_time",
    "unit_table",
]
