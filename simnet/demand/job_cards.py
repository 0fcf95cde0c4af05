"""Jobs as data: recipes of lines that belong together, written as kinds or read from job cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from simnet.demand.history import CellError, parse_when
from simnet.demand.sizes import LARGEST
from simnet.units import Rate, parse_quantity

if TYPE_CHECKING:
    from numpy.typing import NDArray


def _parts(value: object) -> dict[str, int]:
    """Parts with their pieces; a list is one piece of each, as often as it is named."""
    if isinstance(value, str):
        value = [value]
    if isinstance(value, Sequence):
        names = [str(name).strip() for name in value]
        value = {name: names.count(name) for name in names}
    if not isinstance(value, Mapping) or not value or not all(str(name).strip() for name in value):
        raise ValueError("needs the parts of the job, such as {belt: 1, pulley: 2} or [belt, pulley]")
    found = {str(name).strip(): parse_quantity(pieces) for name, pieces in value.items()}
    for name, pieces in found.items():
        if not 1 <= pieces <= LARGEST:
            raise ValueError(f"{name}: a line asks for at least 1 piece and at most {LARGEST:,}, not {pieces}")
    return found


_PIECES = {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string"}]}
_PARTS_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"type": "object", "additionalProperties": _PIECES, "minProperties": 1},
        {"type": "array", "items": {"type": "string"}, "minItems": 1},
        {"type": "string"},
    ]
}


class JobKind(BaseModel):
    """One kind of job: how often it comes to each site, and the lines it asks for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    orders: Rate
    """Jobs per time, such as `3 per month`."""
    parts: Annotated[dict[str, int], BeforeValidator(_parts), WithJsonSchema(_PARTS_SCHEMA)] = Field(
        examples=[{"belt": 1, "pulley": 2}]
    )
    """Its parts and their pieces: `{belt: 1, pulley: 2}`, or a list, one piece of each."""
    name: str | None = Field(default=None, examples=["belt-change"])
    """Names its chance; left out, its parts do. A kind with a name meets the same days whatever its parts."""

    @property
    def key(self) -> str:
        """What its chance is keyed by."""
        return self.name if self.name is not None else " + ".join(sorted(self.parts))


@dataclass(frozen=True, eq=False)
class Recipes:
    """The lines of some jobs: those of job j are start[j] to start[j + 1]."""

    start: NDArray[Any]
    part: NDArray[Any]
    """Index into part names (int64)."""
    quantity: NDArray[Any]

    def __len__(self) -> int:
        return len(self.start) - 1


class JobCards:
    """Past jobs: who needed which parts together, and when. Lines of quantity 0 are left out.

    The lines of a card have its name, its date and its site; a card is listed by its first line.
    """

    def __init__(
        self,
        job: Sequence[str],
        when: Sequence[object],
        part: Sequence[str],
        quantity: Sequence[object],
        site: Sequence[str] | None = None,
    ) -> None:
        import numpy as np

        columns = (when, part, quantity, job if site is None else site)
        if any(len(column) != len(job) for column in columns):
            raise ValueError("the columns are not equally long")
        pieces = [parse_quantity(each) for each in quantity]
        kept = [row for row, each in enumerate(pieces) if each > 0]
        if not kept:
            raise ValueError("the job cards have no line of at least one piece")
        self.names, card = _code([job[row] for row in kept])
        self.part_names, parts = _code([part[row] for row in kept])
        first = np.unique(card, return_index=True)[1]
        dates = _of_card(kept, card, [parse_when(when[row]) for row in kept], "date", first)
        self.site_names: tuple[str, ...] = ()
        self.site = np.zeros(len(first), dtype=np.int64)
        if site is not None:
            self.site_names, sites = _code([site[row] for row in kept])
            self.site = np.array(_of_card(kept, card, sites.tolist(), "site", first), dtype=np.int64)
        self.month, self.day = np.array(dates, dtype=np.int64).reshape(-1, 2).T.copy()
        self.first_month = int(self.month.min())
        self.months = int(self.month.max()) - self.first_month + 1
        order = np.argsort(card, kind="stable")
        start = np.concatenate([[0], np.cumsum(np.bincount(card))]).astype(np.int64)
        self.recipes = Recipes(start, parts[order], np.array(pieces, dtype=np.int64)[kept][order])

    def __len__(self) -> int:
        return len(self.names)

    @property
    def lines(self) -> int:
        """Lines on all cards."""
        return len(self.recipes.part)


def recipes_of(kinds: Sequence[JobKind]) -> tuple[tuple[str, ...], Recipes]:
    """The parts that kinds of jobs name, and their lines."""
    import numpy as np

    names = [name for kind in kinds for name in kind.parts]
    part_names, part = _code(names)
    start = np.cumsum([0, *(len(kind.parts) for kind in kinds)]).astype(np.int64)
    pieces = np.array([each for kind in kinds for each in kind.parts.values()], dtype=np.int64)
    return part_names, Recipes(start, part, pieces)


def _code(names: Sequence[str]) -> tuple[tuple[str, ...], NDArray[Any]]:
    """The different names in order of first appearance, and the index of each."""
    import numpy as np

    numbers: dict[str, int] = {}
    codes = [numbers.setdefault(str(name), len(numbers)) for name in names]
    return tuple(numbers), np.array(codes, dtype=np.int64)


def _of_card(rows: Sequence[int], card: NDArray[Any], values: Sequence[Any], column: str, first: Any) -> list[Any]:
    """One value a card; CellError where its lines do not agree."""
    found = [values[at] for at in first.tolist()]
    for at, (number, value) in enumerate(zip(card.tolist(), values, strict=True)):
        if value != found[number]:
            raise CellError(rows[at], column, f"the lines of a job have one {column}, and its first line has another")
    return found
