"""How large a catalog is, and what follows from its size."""

from __future__ import annotations

from dataclasses import dataclass

WHOLE = 300_000
"""Parts of a large truck maker's catalog; the network below belongs to it, a smaller catalog has a smaller one."""
DEALERS = 2_000
LINES_A_PART = 10_000_000 / WHOLE
"""Demand lines a year: ten million in the whole network. Assumed: docs/catalog.md."""
DEALERS_A_SUPPORT, SUPPORTS_A_REGION = 50, 20 / 3
"""40 support warehouses for 2,000 dealers, 6 regional ones for these."""
MOST_PARTS, MOST_SITES = 5_000_000, 20_000
MOST_LINES = 10**10


@dataclass(frozen=True)
class Plan:
    """The numbers that a catalog is made from."""

    parts: int
    dealers: int
    regions: int
    support: int
    lines: int
    """Demand lines a year of the whole network."""
    seed: int = 1

    @classmethod
    def of(
        cls,
        parts: int,
        *,
        dealers: int | None = None,
        regions: int | None = None,
        support: int | None = None,
        lines: int | None = None,
        seed: int = 1,
    ) -> Plan:
        """What is asked, the rest in proportion; `ValueError` where the numbers do not fit one another."""
        if dealers is None:  # dealers grow with the root of the catalog: ten times the parts, three times the dealers
            dealers = max(round(DEALERS * (parts / WHOLE) ** 0.5), support or 0, regions or 0, 3)
        if support is None:
            support = max(1, round(dealers / DEALERS_A_SUPPORT), min(regions or 0, dealers))
        if regions is None:
            regions = max(1, round(support / SUPPORTS_A_REGION))
        plan = cls(parts, dealers, regions, support, round(parts * LINES_A_PART) if lines is None else lines, seed)
        plan._check()
        return plan

    def _check(self) -> None:
        for name, value, most in (
            ("parts", self.parts, MOST_PARTS), ("dealers", self.dealers, MOST_SITES),
            ("support warehouses", self.support, MOST_SITES), ("regional warehouses", self.regions, MOST_SITES),
            ("lines a year", self.lines, MOST_LINES),
        ):  # fmt: skip
            if not 1 <= value <= most:
                raise ValueError(f"{value:,} {name}: it must be 1 to {most:,}")
        if self.regions > self.support:
            above = f"under {self.regions:,} regional ones: some refill none"
            raise ValueError(f"{self.support:,} support warehouses {above}")
        if self.support > self.dealers:
            raise ValueError(f"{self.dealers:,} dealers under {self.support:,} support warehouses: some serve none")
        if self.lines < self.parts / 100:
            raise ValueError(f"{self.lines:,} lines a year for {self.parts:,} parts: at least one a part in 100 years")
