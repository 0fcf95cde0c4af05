"""What a stocking policy is told about a (part, site): one `Item`, or many at once as `Items`.

Arrays keep the compiled levels of a million points a few vector operations away; the scalar `Item` is for
a policy of one's own that reads better one point at a time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from simnet.planning.arrays import Floats, Ints


class Size(Protocol):
    """The pieces on one demand line: a distribution on 1, 2, ..."""

    @property
    def mean(self) -> float:
        """Pieces on a line, on average."""

    def pmf(self, n_max: int, /) -> Floats:
        """Chance of each size, index = size, up to `n_max` pieces."""


class OnePiece:
    """Every line asks for one piece: the size of an item that names none."""

    mean = 1.0

    def pmf(self, n_max: int) -> Floats:
        """All the chance on size 1."""
        import numpy as np

        chances = np.zeros(max(n_max, 1) + 1)
        chances[1] = 1.0
        return chances


class Levels(NamedTuple):
    """The four numbers of a stocking policy (law 7), in pieces; `review`, the policy's own, in minutes."""

    trigger: int
    up_to: int
    lot: int
    review: int = 0


class LevelArrays(NamedTuple):
    """Trigger, up-to and lot of many points, in pieces, in the order of their `Items`."""

    trigger: Ints
    up_to: Ints
    lot: Ints


@dataclass(frozen=True)
class Item:
    """One part at one site, as its policy sees it when the levels are set."""

    rate: float
    """Demand lines a minute, on average over the horizon."""
    size: Size = field(default_factory=OnePiece)
    """Pieces on a line."""
    lead_mean: float = 0.0
    """Mean replenishment lead time, minutes."""
    lead_cv: float = 0.0
    """Coefficient of variation of the lead time."""
    period: float = 0.0
    """Minutes of a demand period with at most one line; 0 = lines at any time (Poisson)."""
    chance: float = 0.0
    """Chance of a line in a period (only with `period`)."""
    pack: int = 1
    """Orders are multiples of this many pieces."""
    minimum: int = 0
    """The least pieces an order may hold."""
    cost: int = 0
    """Purchase cost of a piece, 1/10,000 of the currency."""
    price: int = 0
    """Sales price of a piece, 1/10,000 of the currency."""
    weight: int = 0
    """Grams a piece."""
    order_cost: float = 0.0
    """Cost of placing one replenishment order, 1/10,000 of the currency (0 = not given)."""
    holding: float = 0.0
    """Cost of holding, as a share of the piece's cost a minute (0 = not given)."""
    rush: float = 0.0
    """What a piece costs more when it is not on the shelf: surcharge and handling, 1/10,000 of the currency."""
    part: str = ""
    """Name of the part."""
    site: str = ""
    """Name of the site."""
    tier: str = ""
    """Tier of the site."""
    part_class: str = "all"
    """Class of the part."""


@dataclass(frozen=True)
class Items:
    """Many points at once: one array a field of `Item`, all of one length; `size` points into `sizes`.

    Build it with `Items.of`, which fills what is left out and repeats single values.
    """

    sizes: Sequence[Size]
    """The distinct sizes."""
    size: Ints
    """Index of each point's size in `sizes`."""
    rate: Floats
    lead_mean: Floats
    lead_cv: Floats
    period: Floats
    chance: Floats
    pack: Ints
    minimum: Ints
    cost: Ints
    price: Ints
    weight: Ints
    order_cost: Floats
    holding: Floats
    rush: Floats
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Optional names by point: `part`, `site`, `tier`, `part_class`."""

    def __len__(self) -> int:
        return len(self.rate)

    @classmethod
    def of(
        cls,
        rate: Any,
        *,
        sizes: Sequence[Size] | None = None,
        names: Mapping[str, Sequence[str]] | None = None,
        **values: Any,
    ) -> Items:
        """Items from arrays or single values; a field left out has the default of `Item`."""
        import numpy as np

        rates = np.atleast_1d(np.asarray(rate, dtype=np.float64))
        arrays = {}
        for name, (default, kind) in _COLUMNS.items():
            value = np.asarray(values.pop(name, default), dtype=kind)
            arrays[name] = np.broadcast_to(value, rates.shape)
        if values:
            raise TypeError(f"unknown field of Items: {', '.join(values)}")
        return cls(sizes=sizes or [OnePiece()], rate=rates, names=names or {}, **arrays)

    def item(self, index: int) -> Item:
        """One point as a plain `Item`."""
        arrays = [name for name in ("rate", *_COLUMNS) if name != "size"]
        scalars: dict[str, Any] = {name: getattr(self, name)[index].item() for name in arrays}
        words: dict[str, Any] = {name: str(column[index]) for name, column in self.names.items()}
        return Item(size=self.sizes[int(self.size[index])], **scalars, **words)

    @classmethod
    def one(cls, item: Item) -> Items:
        """A single item as arrays of length one."""
        values = {name: getattr(item, name) for name in _COLUMNS if name != "size"}
        return cls.of(item.rate, sizes=[item.size], **values)


_FLOATS = ("lead_mean", "lead_cv", "period", "chance", "order_cost", "holding", "rush")
_INTS = ("pack", "minimum", "cost", "price", "weight")
_DEFAULTS = {each.name: each.default for each in fields(Item)}
_COLUMNS: Mapping[str, tuple[Any, str]] = {
    "size": (0, "int64"),
    **{name: (_DEFAULTS[name], "float64") for name in _FLOATS},
    **{name: (_DEFAULTS[name], "int64") for name in _INTS},
}
