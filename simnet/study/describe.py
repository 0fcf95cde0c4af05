"""What simnet understood: the scenario in words, for `show`, notebooks and the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simnet.report import Story

if TYPE_CHECKING:
    from simnet.study.result import Result
    from simnet.study.study import Study


def describe(study: Study, design: str | None = None) -> str:
    """What was understood, in a few lines."""
    scenario = study.scenario
    return f"{scenario.name}: {len(scenario.warehouses)} warehouses, {len(scenario.dealers)} dealers"


def story_of(result: Result) -> Story:
    """What the report tells besides numbers."""
    from simnet.ledger.audit import CHECKS

    study = result.asked[0][0]
    changes = {
        label: [(change.path, change.old or "", change.new or "") for change in asked.scenario.changes(name)]
        for label, (asked, name) in zip(result.designs, result.asked, strict=True)
    }
    return Story(
        title=study.name,
        about=study.scenario.about,
        changes=changes,
        checks=[check.law for check in CHECKS],
        provenance=result.provenance,
        command=f"simnet compare {study.path.name if study.path else study.name}",
    )
