"""simnet: exact and fast simulation of after-sales (service parts) networks.

>>> import simnet as sn
>>> study = sn.load("scenario.yaml")        # doctest: +SKIP
>>> result = study.compare()                # doctest: +SKIP
>>> result.table()                          # doctest: +SKIP
>>> ax = result.plot.tradeoff()             # doctest: +SKIP
>>> sn.save(ax, "slide.png", size="slide")  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simnet.errors import Problem, SimnetError

if TYPE_CHECKING:
    from simnet.report.charts.picture import save
    from simnet.study import Reopened, Result, Study, Sweep, load, reopen

__all__ = ["Problem", "Reopened", "Result", "SimnetError", "Study", "Sweep", "load", "reopen", "save"]

_LATER = ("Reopened", "Result", "Study", "Sweep", "load", "reopen")
"""Loaded when first asked for: `simnet --help` needs none of NumPy and pandas."""


if not TYPE_CHECKING:  # a type checker knows the names above, and no others

    def __getattr__(name: str) -> Any:
        if name in _LATER:
            from simnet import study

            return getattr(study, name)
        if name == "save":
            from simnet.report.charts.picture import save

            return save
        raise AttributeError(f"module 'simnet' has no attribute '{name}'")


def __dir__() -> list[str]:
    return __all__
