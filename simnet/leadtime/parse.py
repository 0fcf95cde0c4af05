"""The forms in which a lead time is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import PlainValidator, ValidationError, WithJsonSchema
from pydantic_core import InitErrorDetails

from simnet.errors import did_you_mean, shorten
from simnet.leadtime.constant import Constant
from simnet.leadtime.gamma import Gamma
from simnet.leadtime.lognormal import Lognormal
from simnet.leadtime.mixture import Mixture
from simnet.leadtime.table import Table
from simnet.leadtime.uniform import Uniform
from simnet.units import DURATION_PATTERN, SHARE_PATTERN, parse_duration

AnyLeadTime = Constant | Gamma | Lognormal | Uniform | Table | Mixture
FORMS = ("mean", "uniform", "table", "mixture")
SHAPES: dict[str, type[Gamma] | type[Lognormal]] = {"gamma": Gamma, "lognormal": Lognormal}
"""What a mean and a cv may be of."""


def parse_lead_time(value: object) -> AnyLeadTime:
    """Return the lead time that `value` describes.

    Forms: `30 d`; `{mean: 45 d, cv: 0.5}` (gamma); the same with `shape: lognormal`;
    `{uniform: {from: 5 d, to: 9 d}}`; `{table: {10 d: 50 %, 40 d: 50 %}}`;
    `{mixture: [{share: 90 %, mean: 5 d}, ...]}`. Raises ValueError (a pydantic one carries the inner place).
    """
    if isinstance(value, AnyLeadTime):
        return value
    if not isinstance(value, Mapping):
        return Constant(mean=parse_duration(value))
    form = _form(value)
    if form == "uniform":
        return _uniform(_inner(value, form))
    if form == "table":
        return Table.model_validate({**value})
    return _mixture(value) if form == "mixture" else _by_mean(value)


def _form(value: Mapping[str, Any]) -> str:
    found = [form for form in FORMS if form in value]
    if len(found) == 1:
        return found[0]
    if found:
        raise ValueError(f"has both `{found[0]}` and `{found[1]}`; use one of them")
    near = next((hint for key in value if (hint := did_you_mean(str(key), FORMS))), None)
    hint = f"; {near}" if near else "; write 30 d or {mean: 30 d, cv: 0.5}"
    raise ValueError(f"needs one of mean, uniform, table, mixture{hint}")


def _inner(value: Mapping[str, Any], form: str) -> Any:
    extra = [key for key in value if key != form]
    if extra:
        raise ValueError(f"has `{extra[0]}` beside `{form}`; `{form}` stands alone")
    return value[form]


def _uniform(inner: Any) -> Uniform:
    try:
        return Uniform.model_validate(inner)
    except ValidationError as error:
        raise _under("uniform", error) from None


def _by_mean(value: Mapping[str, Any]) -> AnyLeadTime:
    rest = {key: item for key, item in value.items() if key != "shape"}
    shape = str(value.get("shape", "gamma"))
    if shape not in SHAPES:
        raise ValueError(f"unknown shape {shorten(shape)}; use {' or '.join(SHAPES)}")
    cv = rest.get("cv")
    if cv is None or _is_zero(cv):
        if cv is None and "shape" in value:
            raise ValueError(f"the shape {shape} needs a spread, such as cv: 0.5")
        return Constant.model_validate({key: item for key, item in rest.items() if key != "cv"})
    return SHAPES[shape].model_validate(rest)


def _is_zero(cv: object) -> bool:
    try:
        return float(str(cv)) == 0
    except ValueError:
        return False


def _mixture(value: Mapping[str, Any]) -> Mixture:
    items = _inner(value, "mixture")
    if not isinstance(items, (list, tuple)):
        raise ValueError("mixture needs a list, such as [{share: 90 %, mean: 5 d}, {share: 10 %, ...}]")
    return Mixture.model_validate({"mixture": items})


def _under(key: str, error: ValidationError) -> ValidationError:
    """Return the error with its places one level down, so that a message points at the right line."""
    details = [
        InitErrorDetails(type=e["type"], loc=(key, *e["loc"]), input=e["input"], ctx=e.get("ctx", {}))
        for e in error.errors(include_url=False)
    ]
    return ValidationError.from_exception_data(error.title, details)


def _text(pattern: str, example: str, about: str) -> dict[str, Any]:
    return {"type": "string", "pattern": f"^{pattern}$", "examples": [example], "description": about}


def _keys(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "additionalProperties": False}


_SHARE = _text(SHARE_PATTERN, "95 %", "How often.")
_ENDS = {
    "from": _text(DURATION_PATTERN, "30 d", "The shortest."),
    "to": _text(DURATION_PATTERN, "30 d", "The longest."),
}
_FORMS: dict[str, Any] = {
    "mean": _text(DURATION_PATTERN, "30 d", "The mean."),
    "cv": {"type": "number", "minimum": 0, "description": "The spread: standard deviation over the mean."},
    "shape": {"enum": list(SHAPES), "description": "The shape of the spread; gamma if left out."},
    "uniform": {**_keys(**_ENDS), "description": "Anything between two lead times, all equally likely."},
    "table": {
        "type": "object",
        "additionalProperties": _SHARE,
        "description": "Lead times and how often each is met; together 100 %.",
        "examples": [{"10 d": "50 %", "40 d": "50 %"}],
    },
}
_MIXTURE = {
    "type": "array",
    "items": _keys(share=_SHARE, lead_time={}, **_FORMS),
    "description": "One of several lead times, each with its share.",
}
_MAP = {**_keys(**_FORMS, mixture=_MIXTURE), "examples": [{"mean": "45 d", "cv": 0.5}]}
_SCHEMA: dict[str, Any] = {
    "anyOf": [{"type": "string", "pattern": f"^{DURATION_PATTERN}$", "examples": ["30 d"]}, _MAP]
}
LeadTime = Annotated[AnyLeadTime, PlainValidator(parse_lead_time), WithJsonSchema(_SCHEMA)]
"""A lead time as a field: text or map in, one of the distributions out; what SHAPES names is one too."""
