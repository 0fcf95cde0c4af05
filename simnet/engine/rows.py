"""Rows: a bare pointer to records, the compiled clock's view of an array.

Numba counts the references of every array that a function receives. With ten arrays in the world and two dozen small
rules that was nine tenths of the time (0.3 against 4 million lines a second on the reference workload). A pointer
has nothing to count. The driver keeps the arrays alive; capacities stand in the COUNT record.
"""

from __future__ import annotations

import operator
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils as _cgutils
from numba.extending import intrinsic, models, overload, register_model

BYTES: Any = ir.IntType(8).as_pointer()
"""A plain byte pointer."""


class RowsType(types.Type):
    """Numba's type of a pointer to items of `dtype`: a record or a 64-bit integer."""

    def __init__(self, dtype: types.Type) -> None:
        self.dtype = dtype
        super().__init__(name=f"Rows({dtype})")


@register_model(RowsType)
class RowsModel(models.PrimitiveModel):
    """In machine code a plain byte pointer."""

    def __init__(self, manager: Any, fe_type: RowsType) -> None:
        super().__init__(manager, fe_type, BYTES)  # type: ignore[no-untyped-call]


def _rows(typing_context: Any, array: Any) -> Any:

    def make(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        data = context.make_array(signature.args[0])(context, builder, values[0]).data
        return builder.bitcast(data, BYTES)

    return RowsType(array.dtype)(array), make


rows: Any = intrinsic(_rows)
"""The rows of an array, without its reference count."""


cgutils: Any = _cgutils


def _rows_from(typing_context: Any, array: Any, first: Any) -> Any:

    def make(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        data = context.make_array(signature.args[0])(context, builder, values[0]).data
        return builder.bitcast(item_pointer(context, builder, array.dtype, data, builder.neg(values[1])), BYTES)

    return RowsType(array.dtype)(array, types.int64), make


rows_from: Any = intrinsic(_rows_from)
"""The rows of an array whose first item is item `first`: where a world has the records of some points at a time."""


def item_pointer(context: Any, builder: Any, dtype: Any, pointer: Any, index: Any) -> Any:
    """The address of item `index`, typed as the item's data."""
    size = context.get_constant(types.intp, context.get_abi_sizeof(context.get_data_type(dtype)))
    if isinstance(dtype, types.Record):
        size = context.get_constant(types.intp, dtype.size)
    address = cgutils.pointer_add(builder, pointer, builder.mul(index, size))
    if isinstance(dtype, types.Record):
        return builder.bitcast(address, context.get_value_type(dtype))
    return builder.bitcast(address, context.get_data_type(dtype).as_pointer())


def _get(typing_context: Any, from_rows: Any, index: Any) -> Any:
    """Item `index`: a record by reference, an integer by value."""

    def load(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        dtype = signature.args[0].dtype
        address = item_pointer(context, builder, dtype, values[0], values[1])
        return address if isinstance(dtype, types.Record) else builder.load(address)

    return from_rows.dtype(from_rows, types.intp), load


get: Any = intrinsic(_get)


def _put(typing_context: Any, to_rows: Any, index: Any, value: Any) -> Any:
    """Set integer item `index`."""

    def store(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        builder.store(values[2], item_pointer(context, builder, signature.args[0].dtype, values[0], values[1]))
        return context.get_dummy_value()

    return types.void(to_rows, types.intp, to_rows.dtype), store


put: Any = intrinsic(_put)


@overload(operator.getitem, strict=False)
def rows_getitem(from_rows: Any, index: Any) -> Any:
    """`rows[i]` in compiled rules."""
    if isinstance(from_rows, RowsType):
        return lambda from_rows, index: get(from_rows, index)
    return None


@overload(operator.setitem, strict=False)
def rows_setitem(to_rows: Any, index: Any, value: Any) -> Any:
    """`rows[i] = value` in compiled rules; integers only."""
    if isinstance(to_rows, RowsType):
        return lambda to_rows, index, value: put(to_rows, index, value)
    return None
