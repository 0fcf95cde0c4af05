"""Jobs: customer orders of several lines, such as a repair, that come together at one site in one minute."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator
from pydantic.json_schema import SkipJsonSchema

from simnet.demand.entry import Entry
from simnet.demand.job_cards import JobCards, JobKind, Recipes, recipes_of

if TYPE_CHECKING:
    from simnet.demand.block import Lines, Moments, Streams, Targets
    from simnet.demand.clock import Clock


def _listed(value: object) -> object:
    """One kind alone is a list of one."""
    return (value,) if isinstance(value, (Mapping, JobKind)) else value


def _form(value: object) -> str:
    """Which of its forms `jobs` has."""
    if isinstance(value, JobCards):
        return "cards"
    return "table" if isinstance(value, str) else "kinds"


@dataclass(frozen=True, eq=False)
class Wanted:
    """The parts that jobs name, and the sites where their cards say one: pairs of names by index."""

    part_names: tuple[str, ...]
    site_names: tuple[str, ...]
    part: Any
    site: Any


class Jobs(Entry):
    """Jobs of some kinds, or job cards; written `{jobs: [{orders: 3 per month, parts: {belt: 1, pulley: 2}}]}`.

    Every kind comes to each site of `at` by chance, one by one (Poisson). Job cards (`jobs: cards.csv`, with the
    columns job, date, part, quantity and possibly site) come again as they did:

    - `exact`: each card on its date, laid on the run like a history; at any minute of that day.
    - `bootstrap`: whole cards, drawn at random among all of the same site, at the rate at which they were observed.

    A card without a site comes to one of the sites of `at`, by their shares.
    """

    by_part: ClassVar[bool] = True
    in_jobs: ClassVar[bool] = True

    model: Literal["jobs"] | None = None
    """`jobs`; may be left out."""
    jobs: Annotated[
        Annotated[str, Tag("table")]
        | Annotated[SkipJsonSchema[JobCards], Tag("cards")]
        | Annotated[tuple[JobKind, ...], Tag("kinds")],
        Discriminator(_form),
        BeforeValidator(_listed),
    ] = Field(examples=[[{"orders": "3 per month", "parts": {"belt": 1, "pulley": 2}}]])
    """Kinds of jobs, or job cards: a table with the columns job, date, part, quantity, and possibly site."""
    replay: Literal["exact", "bootstrap"] | None = None
    """How job cards are used; left out: exact."""
    split: Literal["each", "share"] | None = None
    """Of kinds: `each` site has so many jobs, or that is the total, divided over the sites by their `share`."""

    dates: Literal["dmy", "mdy", "ymd"] | None = None
    """For job cards: the order of day, month and year, where the dates do not settle it."""

    @model_validator(mode="after")
    def _check_jobs(self) -> Self:
        if self.part is not None or self.parts is not None or self.part_class is not None:
            raise ValueError("jobs name their parts themselves; leave out `part`, `parts` and `class`")
        if isinstance(self.jobs, str):
            raise ValueError(f"must be kinds of jobs, or a table of job cards such as cards.csv, not '{self.jobs:.40}'")
        if isinstance(self.jobs, tuple):
            if not self.jobs:
                raise ValueError("needs a kind of job, such as {orders: 3 per month, parts: [belt, pulley]}")
            if self.replay is not None or self.dates is not None:
                word = "replay" if self.replay is not None else "dates"
                raise ValueError(f"`{word}` is about job cards, and these are kinds of jobs")
        elif self.split is not None:
            raise ValueError("`split` is about kinds of jobs; job cards go to a site whole, by the sites' shares")
        return self

    @property
    def kinds(self) -> tuple[JobKind, ...]:
        """The kinds of jobs; none where there are job cards."""
        return self.jobs if isinstance(self.jobs, tuple) else ()

    @property
    def cards(self) -> JobCards | None:
        """The job cards, once read; None where there are kinds."""
        if isinstance(self.jobs, str):
            raise TypeError(f"the job cards {self.jobs} have not been read")
        return None if isinstance(self.jobs, tuple) else self.jobs

    @property
    def keys(self) -> list[str]:
        """What the chance of each kind is keyed by, all different."""
        found: Counter[str] = Counter()
        keys = []
        for kind in self.kinds:
            again = found[kind.key]
            keys.append(f"{kind.key} #{again + 1}" if again else kind.key)
            found[kind.key] += 1
        return keys

    @property
    def part_names(self) -> tuple[str, ...]:
        """The parts of all jobs."""
        return self.cards.part_names if self.cards is not None else recipes_of(self.kinds)[0]

    @property
    def recipes(self) -> Recipes:
        """The lines of each kind, or of each card."""
        return self.cards.recipes if self.cards is not None else recipes_of(self.kinds)[1]

    @property
    def wanted(self) -> Wanted:
        """Which parts are asked, and at which sites where the cards say so."""
        import numpy as np

        names, recipes, cards = self.part_names, self.recipes, self.cards
        sites: Sequence[str] = cards.site_names if cards is not None else ()
        if cards is None or not sites:
            return Wanted(names, (), np.arange(len(names)), np.zeros(len(names), dtype=np.int64))
        return Wanted(names, tuple(sites), recipes.part, np.repeat(cards.site, np.diff(recipes.start)))

    def draw(self, streams: Streams, clock: Clock) -> Lines:
        """Return the lines in [0, horizon), each with the number of its job."""
        from simnet.demand import job_draws

        if self.cards is None:
            found = job_draws.of_kinds(self, streams, clock)
        elif self.replay == "bootstrap":
            found = job_draws.bootstrap(self.cards, streams, clock)
        else:
            found = job_draws.exact(self.cards, streams, clock)
        return job_draws.lines_of(self, found, streams.targets)

    def cells(self, clock: Clock) -> Any:
        """Return the borders of days for cards on their dates, else of months."""
        return clock.days() if self.cards is not None and self.replay != "bootstrap" else clock.month_start

    def moments(self, targets: Targets) -> Moments:
        """Return the rate of each stream's lines and their mean size; geometric where a part's pieces differ."""
        from simnet.demand import job_draws

        return job_draws.moments(self, targets)

    def spans(self, targets: Targets) -> tuple[Any, Any]:
        """Return the first and the last part of each job: parts that share one are simulated together."""
        from simnet.demand import job_draws

        return job_draws.spans(self, targets)
