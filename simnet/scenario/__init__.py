"""What the analyst writes: read with positions, checked, and told apart by design."""

from simnet.scenario.editor import json_schema
from simnet.scenario.load import Book, load
from simnet.scenario.scenario import Change, Costs, Expectation, OpeningTable, Run, Scenario

__all__ = ["Book", "Change", "Costs", "Expectation", "OpeningTable", "Run", "Scenario", "json_schema", "load"]
