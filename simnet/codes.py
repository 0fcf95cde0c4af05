"""Texts and other values of few kinds, as a number a row and a list of kinds."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar, overload

if TYPE_CHECKING:
    from simnet.integers import Integers

T = TypeVar("T")


class Coded(Sequence[T], Generic[T]):
    """A column of values of which there are few: a million rows of three classes hold a million small numbers."""

    __slots__ = ("codes", "kinds")

    def __init__(self, kinds: Sequence[T], codes: Integers) -> None:
        self.kinds = tuple(kinds)
        """The values; one may stand in no row."""
        self.codes = codes
        """Index into `kinds` of each row (int64)."""

    @classmethod
    def of(cls, values: Iterable[T]) -> Coded[T]:
        """Return the column of these values; equal ones, or the same object where it has no hash, share a kind."""
        import numpy as np

        if isinstance(values, Coded):
            return values
        values = list(values)
        keys: list[Hashable] = [value if isinstance(value, str) else id(value) for value in values]
        kinds = dict(zip(keys, values, strict=True))  # in order of appearance
        code = {key: at for at, key in enumerate(kinds)}
        return cls(tuple(kinds.values()), np.fromiter(map(code.__getitem__, keys), np.int64, len(keys)))

    def take(self, rows: Integers) -> Coded[T]:
        """Return the column of some rows; its kinds stay."""
        return Coded(self.kinds, self.codes[rows])

    @property
    def used(self) -> Integers:
        """Codes of the kinds that stand in a row, in order of appearance (int64)."""
        import numpy as np

        codes, first = np.unique(self.codes, return_index=True)
        found: Integers = codes[np.argsort(first)].astype(np.int64)
        return found

    def __len__(self) -> int:
        return len(self.codes)

    def __iter__(self) -> Iterator[T]:
        return map(self.kinds.__getitem__, self.codes.tolist())

    @overload
    def __getitem__(self, row: int) -> T: ...
    @overload
    def __getitem__(self, row: slice) -> Coded[T]: ...
    def __getitem__(self, row: int | slice) -> T | Coded[T]:
        return Coded(self.kinds, self.codes[row]) if isinstance(row, slice) else self.kinds[int(self.codes[row])]

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Sequence)
            and len(self) == len(other)
            and all(a == b for a, b in zip(self, other, strict=True))
        )

    def __hash__(self) -> int:
        return id(self)

    def __repr__(self) -> str:
        return f"Coded({list(self)!r})" if len(self) < 20 else f"Coded({len(self):,} rows of {len(self.kinds):,} kinds)"
