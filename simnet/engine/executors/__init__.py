"""Executors: where the tasks of a study are done, on one machine or on a cluster, behind one function.

`perform(tasks, work, where)` yields each task with its result, or with a Failure, as they are done. Where is read from
words such as `dask://host:8786`. A worker that is lost costs time, never a result; the order never matters.
"""

from simnet.engine.executors.failure import Failure, TaskError, raise_failures
from simnet.engine.executors.parcel import travels
from simnet.engine.executors.perform import engaged, perform
from simnet.engine.executors.where import Where, processors, read_where

__all__ = [
    "Failure",
    "TaskError",
    "Where",
    "engaged",
    "perform",
    "processors",
    "raise_failures",
    "read_where",
    "travels",
]
