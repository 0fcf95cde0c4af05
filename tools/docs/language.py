"""The tables of docs/language.md: every key of the language, read from the models that read scenarios."""

from __future__ import annotations

from simnet.demand import DEMAND_MODELS
from simnet.scenario.explain import Explained, keys_of, models, named_things
from simnet.scenario.named import SECTIONS
from simnet.scenario.parts import PART_COLUMNS
from simnet.scenario.schema import ABOUT_TABLE
from simnet.scenario.spelling import flow
from tools.docs.regions import code, table

REQUIRED = "none: it must be written"
HEAD = ("Key", "Meaning", "Written as", "Default", "Example")


def chosen(what: str) -> list[Explained]:
    """The keys that a region asks for: `Poisson Intermittent but Jobs` is what those two share and jobs lack."""
    of, _, but = what.partition(" but ")
    first, *others = of.split()
    wanted = [keys_of(name) for name in others]
    without = [each for name in but.split() for each in keys_of(name)]
    return [key for key in keys_of(first) if all(key in keys for keys in wanted) and key not in without]


def covered(what: str) -> set[tuple[str, str]]:
    """The keys of models that a region tells, as (model, key)."""
    return {(name, key.path) for key in chosen(what) for name in what.partition(" but ")[0].split()}


def keys(what: str, _: str) -> str:
    """A table of keys."""
    return table(HEAD, map(row, chosen(what)))


def row(key: Explained) -> tuple[str, ...]:
    """One key's line."""
    default = {REQUIRED: "required", "left out": ""}.get(key.default, key.default)
    return f"`{key.path}`", key.meaning, key.written, default, code(key.example)


def things(what: str, _: str) -> str:
    """Policies, demand models or lead times by their name."""
    named = named_things()
    demand = {model.__name__.lower() for model in DEMAND_MODELS}
    kinds = {
        "policies": [name for name, each in named.items() if each.example.startswith("policy")],
        "demand": [name for name in named if name in demand],
        "lead times": [name for name, each in named.items() if not each.example and name not in demand],
    }
    if what == "policies":
        rows = ((code(name), named[name].meaning, ", ".join(code(key) for key, _ in named[name].keys))
                for name in kinds[what])  # fmt: skip
        return table(("Policy", "Meaning", "Keys"), rows)
    said = ((name, *named[name].meaning.removesuffix(".").partition("; written ")) for name in kinds[what])
    return table(("Name", "Meaning", "Written"), ((name, meaning + ".", form) for name, meaning, _, form in said))


def columns(_: str, __: str) -> str:
    """The columns of the tables of names and of parts."""
    rows = (
        (code(name), ", ".join(map(code, of))) for name, of in {**SECTIONS, "parts": ("part", *PART_COLUMNS)}.items()
    )
    return table(("Table", "Columns"), rows)


def spec(_: str, __: str) -> str:
    """What may stand beside `table:`."""
    rows = (
        (code(name), each["description"], ", ".join(code(flow(one)) for one in each.get("enum", each.get("examples"))))
        for name, each in ABOUT_TABLE.items()
    )
    return table(("Key", "Meaning", "Such as"), rows)


WRITERS = {"keys": keys, "things": things, "columns": columns, "spec": spec}
__all__ = ["WRITERS", "chosen", "covered", "models"]
