"""Pydantic's findings in the analyst's words, at the place in the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from simnet.errors import did_you_mean, shorten
from simnet.scenario.nodes import Loc, Node, Problems, dotted


def complain(error: ValidationError, model: Any, node: Node, problems: Problems, loc: Loc = ()) -> None:
    """Add a problem for each of pydantic's findings about `node`, which stands at `loc` of the scenario."""
    findings = error.errors(include_url=False)
    extra = [tuple(found["loc"]) for found in findings if found["type"] == "extra_forbidden"]
    seen: set[tuple[Any, ...]] = set()
    for found in findings:
        below, taken = node.follow(found["loc"])
        last = () if len(taken) == len(found["loc"]) else tuple(found["loc"][-1:])
        what = (*below.mark, *last, found["msg"])
        if found["type"] != "missing" and what in seen:
            continue  # an alias: written once, and wrong wherever it is referred to
        seen.add(what)
        kind, inner = found["type"], tuple(found["loc"])
        if kind == "extra_forbidden":
            _unknown(inner, model, node, problems, loc)
        elif kind == "missing" and _misspelled(inner, extra):
            continue
        elif kind == "missing":
            below, taken = node.follow(inner[:-1])
            known = below.key(str(inner[-1]))
            problems.add(known.mark, f"needs '{inner[-1]}'", path=(*loc, *taken))
        else:
            below, taken = node.follow(inner)
            message, remedy = _words(found, below)
            mark = _named(below, message) or _mark(node, taken, below)
            problems.add(mark, message, path=(*loc, *taken), remedy=remedy)


def _mark(node: Node, taken: Loc, below: Node) -> Any:
    """A faulty key is shown itself: pydantic names it in its place."""
    return below.mark if taken else node.mark


def _named(node: Node, message: str) -> Any:
    """The place of the first value of a map that a message names in backquotes: better than the map's brace."""
    keys = re.findall(r"`(\w+)`", message) if node.kind == "map" else ()
    return next((found.mark for key in keys if (found := node.get(key)) is not None), None)


def _misspelled(missing: Loc, extra: list[Loc]) -> bool:
    """Whether the missing key stands there with a typing error: one typo is one problem."""
    beside = [str(loc[-1]) for loc in extra if loc[:-1] == missing[:-1]]
    return any(did_you_mean(name, [str(missing[-1])]) for name in beside)


def _unknown(inner: Loc, model: Any, node: Node, problems: Problems, loc: Loc) -> None:
    parent, taken = node.follow(inner[:-1])
    name = str(inner[-1])
    known = sorted(keys_at(model, inner[:-1]))
    where = dotted((*loc, *taken)) or "the scenario"
    remedy = did_you_mean(name, known) or (f"known are {', '.join(known)}" if 0 < len(known) <= 12 else None)
    problems.add(parent.key(name).mark, f"unknown key '{shorten(name)[1:-1]}' in {where}", remedy=remedy)


def _words(found: Any, node: Node) -> tuple[str, str | None]:
    """The message and the remedy for one finding."""
    context: Mapping[str, Any] = found.get("ctx", {})
    kind: str = found["type"]
    if kind == "value_error":
        return str(context.get("error", found["msg"])), None
    if kind == "literal_error":
        return _choices(str(context.get("expected", "")), node)
    words = _KINDS.get(kind)
    if words is not None:
        return words(context, node), None
    return f"{str(found['msg']).lower()}, not {node.describe()}", None


def _choices(expected: str, node: Node) -> tuple[str, str | None]:
    names = [name.strip("'") for name in expected.replace(" or ", ", ").split(", ")]
    return f"must be {expected}, not {node.describe()}", did_you_mean(node.text, names)


def _fixed(text: str) -> Callable[[Mapping[str, Any], Node], str]:
    return lambda _context, node: f"{text}, not {node.describe()}"


_KINDS: dict[str, Callable[[Mapping[str, Any], Node], str]] = {
    "model_type": _fixed("must be a map"),
    "model_attributes_type": _fixed("must be a map"),
    "dict_type": _fixed("must be a map of names"),
    "list_type": _fixed("must be a list"),
    "tuple_type": _fixed("must be a list"),
    "string_type": _fixed("must be a text"),
    "int_parsing": _fixed("must be a whole number"),
    "int_from_float": _fixed("must be a whole number"),
    "int_type": _fixed("must be a whole number"),
    "float_parsing": _fixed("must be a number"),
    "float_type": _fixed("must be a number"),
    "finite_number": _fixed("must be a finite number"),
    "greater_than": lambda context, node: f"must be above {context.get('gt')}, not {node.describe()}",
    "greater_than_equal": lambda context, node: f"must be at least {context.get('ge')}, not {node.describe()}",
    "less_than": lambda context, node: f"must be under {context.get('lt')}, not {node.describe()}",
    "less_than_equal": lambda context, node: f"must be at most {context.get('le')}, not {node.describe()}",
    "too_short": lambda context, _node: f"needs {context.get('min_length')} items, not {context.get('actual_length')}",
    "too_long": lambda context, _node: f"takes {context.get('max_length')} items, not {context.get('actual_length')}",
    "invalid_key": _fixed("must have plain words as keys"),
}


def keys_at(model: Any, loc: Loc) -> set[str]:
    """The keys known at `loc` below a model; steps that are tags of a union lead nowhere and are skipped."""
    here = list(_models(model))
    for step in loc:
        below = [each for candidate in here for each in _below(candidate, step)]
        here = below or here
    return {_name(name, info) for each in here if _is_model(each) for name, info in each.model_fields.items()}


def _below(candidate: Any, step: str | int) -> Iterator[Any]:
    if _is_model(candidate):
        for name, info in candidate.model_fields.items():
            if step in (name, info.alias):
                yield from _models(info.annotation)
    elif get_origin(candidate) is dict:
        yield from _models(get_args(candidate)[1])
    elif get_origin(candidate) in (list, tuple) and isinstance(step, int):
        yield from _models(get_args(candidate)[0])


def _models(annotation: Any) -> Iterator[Any]:
    """The types that an annotation allows, unwrapped."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _models(get_args(annotation)[0])
    elif origin in (Union, UnionType):
        for each in get_args(annotation):
            yield from _models(each)
    elif annotation is not type(None):
        yield annotation


def _is_model(candidate: Any) -> bool:
    return isinstance(candidate, type) and issubclass(candidate, BaseModel)


def _name(name: str, info: Any) -> str:
    return str(info.alias or name)
