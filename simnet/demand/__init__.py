"""Demand models: one file a model.

A model is a law of demand lines. The network builder gives it streams (parts at sites, each with a key); it
gives back the lines of a replication, and to planners the moments. A model of one's own is a class with

    def draw(self, streams: Streams, clock: Clock) -> Lines
    def moments(self, targets: Targets) -> Moments

(the protocol `DemandModel`), passed through the Python API. To be written in a scenario as `model: NAME` it
is a subclass of `Entry` and is named by an entry point in the group `simnet.demand`. A model must take all
chance from the keys (`simnet.streams.mix_array(streams.key, n)`), so that a new stream changes no other.

A built-in model is one file and one line in `DEMAND_MODELS`; the contract test then covers it.
"""

from simnet.demand.block import DemandModel, Lines, Moments, StreamBlock, Streams, Targets, make_blocks
from simnet.demand.clock import Clock
from simnet.demand.entry import Entry, RateEntry
from simnet.demand.history import CellError, History, parse_when
from simnet.demand.history_moments import HistoryMoments, history_moments
from simnet.demand.intermittent import Intermittent
from simnet.demand.job_cards import JobCards, JobKind
from simnet.demand.jobs import Jobs
from simnet.demand.parse import DEMAND_MODELS, DemandEntry, find_demand_model, parse_demand
from simnet.demand.poisson import Poisson
from simnet.demand.replay import Replay
from simnet.demand.table import LAW_COLUMNS, NUMBER_COLUMNS, TEXT_COLUMNS, DemandTable

__all__ = [
    "DEMAND_MODELS",
    "LAW_COLUMNS",
    "NUMBER_COLUMNS",
    "TEXT_COLUMNS",
    "CellError",
    "Clock",
    "DemandEntry",
    "DemandModel",
    "DemandTable",
    "Entry",
    "History",
    "HistoryMoments",
    "Intermittent",
    "JobCards",
    "JobKind",
    "Jobs",
    "Lines",
    "Moments",
    "Poisson",
    "RateEntry",
    "Replay",
    "StreamBlock",
    "Streams",
    "Targets",
    "find_demand_model",
    "history_moments",
    "make_blocks",
    "parse_demand",
    "parse_when",
]
