"""Studies: a scenario with its designs, run and compared; what notebooks and the command line call."""

from simnet.study.reopened import Reopened, reopen
from simnet.study.result import Result
from simnet.study.study import Study, load
from simnet.study.sweep import Sweep

__all__ = ["Reopened", "Result", "Study", "Sweep", "load", "reopen"]
