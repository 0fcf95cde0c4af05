"""What the fields of a model mean, read from the text under each when somebody asks.

Pydantic can do this for every model as it is loaded; that is four tenths of a second of each command, for texts that
only the schema and `simnet explain` tell.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from functools import cache

from pydantic import BaseModel


def described(model: type[BaseModel]) -> dict[str, str]:
    """The text under each field, those of the classes it is built on included."""
    found: dict[str, str] = {}
    for each in reversed(model.__mro__):
        if issubclass(each, BaseModel) and each is not BaseModel:
            found |= own(each)
    texts = {name: field.description for name, field in model.model_fields.items() if field.description}
    return {name: text for name, text in {**found, **texts}.items() if name in model.model_fields}


@cache
def own(model: type[BaseModel]) -> dict[str, str]:
    """The text under each field that the class itself writes; nothing where its source cannot be read."""
    try:
        body = ast.parse(textwrap.dedent(inspect.getsource(model))).body[0]
    except (OSError, TypeError, SyntaxError, IndexError):
        return {}
    lines = body.body if isinstance(body, ast.ClassDef) else []
    return {
        field.target.id: inspect.cleandoc(below.value.value)
        for field, below in zip(lines, lines[1:], strict=False)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        and isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant)
        and isinstance(below.value.value, str)
    }  # fmt: skip
