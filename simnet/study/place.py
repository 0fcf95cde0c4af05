"""Where the work of a question is done: its workers stay engaged from one design and batch to the next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from simnet.engine.executors import engaged, read_where

if TYPE_CHECKING:
    from simnet.study.runs import Question


@contextmanager
def at_work(question: Question, wanted: bool = True) -> Iterator[Question]:
    """The question with the workers of its place at hand; nobody is engaged where nothing is to be run."""
    if question.on is None or not wanted:
        yield question
        return
    with engaged(read_where(question.on, question.workers)) as where:
        yield replace(question, on=where)
