"""What the analyst writes: read with positions, checked, and told apart by design."""

from simnet.scenario.load import Book, load
from simnet.scenario.scenario import Change, Costs, Expectation, OpeningTable, Run, Scenario
from simnet.scenario.schema import json_schema

__all__ = ["Book", "Change", "Costs", "Expectation", "OpeningTable", "Run", "Scenario", "json_schema", "load"]
