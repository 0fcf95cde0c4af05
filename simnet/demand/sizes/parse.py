"""The forms in which an order size is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationError, WithJsonSchema
from pydantic_core import InitErrorDetails

from simnet.demand.sizes.fixed import Fixed
from simnet.demand.sizes.geometric import Geometric
from simnet.demand.sizes.negative_binomial import NegativeBinomial
from simnet.demand.sizes.size_table import SizeTable
from simnet.errors import did_you_mean, shorten
from simnet.units import SHARE_PATTERN

AnySize = Fixed | Geometric | NegativeBinomial | SizeTable
FORMS: Mapping[str, type[Geometric] | type[NegativeBinomial]] = {
    "geometric": Geometric,
    "negative_binomial": NegativeBinomial,
}


def parse_size(value: object) -> AnySize:
    """Return the size distribution that `value` describes.

    Forms: `2`; `{geometric: {mean: 1.5}}`; `{negative_binomial: {mean: 3, var_to_mean: 2}}`;
    `{table: {1: 60 %, 2: 25 %, 5: 15 %}}`. Raises ValueError (a pydantic one carries the inner place).
    """
    if isinstance(value, AnySize):
        return value
    if not isinstance(value, Mapping):
        return _fixed(value)
    if len(value) != 1:
        raise ValueError("needs one form, such as 2 or {geometric: {mean: 1.5}}")
    form, inner = next(iter(value.items()))
    if form == "table":
        return SizeTable.model_validate({"table": inner})
    if form not in FORMS:
        near = did_you_mean(str(form), [*FORMS, "table"])
        raise ValueError(f"unknown form {shorten(form)}; {near or 'use geometric, negative_binomial or table'}")
    try:
        return FORMS[form].model_validate(inner)
    except ValidationError as error:
        raise _under(form, error) from None


def _fixed(value: object) -> Fixed:
    try:
        return Fixed.model_validate({"pieces": value})
    except ValidationError as error:
        raise ValueError(error.errors()[0]["msg"].removeprefix("Value error, ")) from None


def _under(key: str, error: ValidationError) -> ValidationError:
    """Return the error with its places one level down, so that a message points at the right line."""
    details: list[Any] = [
        InitErrorDetails(type=e["type"], loc=(key, *e["loc"]), input=e["input"], ctx=e.get("ctx", {}))
        for e in error.errors(include_url=False)
    ]
    return ValidationError.from_exception_data(error.title, details)


def _keys(about: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "additionalProperties": False, "description": about}


_MEAN = {"type": "number", "minimum": 1, "description": "Mean pieces on a line."}
_VAR = {"type": "number", "minimum": 0, "description": "The spread: variance over the mean."}
_TABLE = {
    "type": "object",
    "additionalProperties": {"type": "string", "pattern": f"^{SHARE_PATTERN}$", "examples": ["60 %"]},
    "description": "Sizes and how often each is met; together 100 %.",
    "examples": [{"1": "60 %", "2": "25 %", "5": "15 %"}],
}
_MAP = _keys(
    "A distribution.",
    geometric=_keys("Mostly one piece, now and then many.", mean=_MEAN),
    negative_binomial=_keys("Mean and spread of one's own.", mean=_MEAN, var_to_mean=_VAR),
    table=_TABLE,
)
_SCHEMA: dict[str, Any] = {"anyOf": [{"type": "integer", "minimum": 1}, _MAP]}
Size = Annotated[AnySize, BeforeValidator(parse_size), WithJsonSchema(_SCHEMA)]
"""An order size as a field: number or map in, one of the distributions out."""
