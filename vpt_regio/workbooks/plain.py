"""Cells and declarations as plain JSON values, and back: what a snapshot keeps of a workbook.

A value keeps its type: cents stay whole numbers, fractions stay fractions. Canonical JSON gives
the same text for the same values on every machine.
"""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from numbers import Integral
from typing import Any, Final

from vpt_regio.workbooks.spec import (
    Chart,
    Column,
    Kind,
    Placement,
    Rule,
    Sheet,
    TextRow,
    TextSheet,
    TextStyle,
    Total,
    Typed,
)

WORDS: Final = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.LINK})
_CODE: Final = frozenset({"get", "note", "parse", "check", "choices", "limits"})
_ENUMS: Final = {"total": Total, "rule": Rule, "placement": Placement, "style": TextStyle}


def canonical(value: object) -> str:
    """Return a plain value as the one JSON text that it has."""
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )


def to_plain(value: object, kind: Kind) -> Any:
    """Return the value of a cell as JSON; raises TypeError for what no cell can hold."""
    if isinstance(value, Typed):
        return {"kind": str(value.kind), "value": to_plain(value.value, value.kind)}
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str(value)
    return int(value) if isinstance(value, Integral) else _tagged(value, kind)


def _tagged(value: object, kind: Kind) -> Any:
    if isinstance(value, datetime):
        return {"date": value.date().isoformat()}
    for name, (accepted, text) in _WRITTEN.items():
        if isinstance(value, accepted):
            return {name: text(value)}
    if kind in WORDS:
        return str(value)
    raise TypeError(f"a cell of kind {kind} cannot hold {value!r}")


def from_plain(plain: Any, kind: Kind, base_url: str) -> object:
    """Return the value of a cell again; a path in a column of links gets its site."""
    if isinstance(plain, dict):
        if "kind" in plain:
            own = Kind(plain["kind"])
            return Typed(own, from_plain(plain["value"], own, base_url))
        ((name, text),) = plain.items()
        return _READ[name](text)
    if kind is Kind.LINK and isinstance(plain, str):
        return full_address(plain, base_url)
    return plain


def full_address(path: str, base_url: str) -> str:
    """Return the address of a path of the application; any other address stays as it is."""
    return f"{base_url}{path}" if path.startswith("/") else path


_WRITTEN: Final[dict[str, tuple[type, Any]]] = {
    "date": (date, date.isoformat),
    "decimal": (Decimal, str),
    "fraction": (Fraction, lambda value: f"{value.numerator}/{value.denominator}"),
    "float": (float, lambda value: repr(float(value))),
}
_READ: Final[dict[str, Any]] = {
    "date": date.fromisoformat,
    "decimal": Decimal,
    "fraction": Fraction,
    "float": float,
}


def plain_sheet(sheet: Sheet | TextSheet) -> dict[str, Any]:
    """Return the declaration of a sheet without its code: enough to make the sheet again."""
    if isinstance(sheet, TextSheet):
        return {"text": True, **_plain_fields(sheet, ("key", "title", "contents", "hidden"))}
    return {
        **_plain_fields(sheet, ("key", "title", "hidden", "protected")),
        "columns": [_plain_column(column) for column in sheet.columns],
        "charts": [_plain_fields(chart, _names(Chart)) for chart in sheet.charts],
    }


def _plain_column(column: Column) -> dict[str, Any]:
    return {**_plain_fields(column, _names(Column)), "noted": column.note is not None}


def column_of(plain: dict[str, Any], get: Any, note: Any) -> Column:
    """Return a column again, with the functions that read it."""
    values = _typed_fields(plain, Column)
    return Column(**values, get=get, note=note if plain["noted"] else None)


def chart_of(plain: dict[str, Any]) -> Chart:
    """Return a chart again."""
    return Chart(**_typed_fields(plain, Chart))


def plain_line(line: TextRow) -> dict[str, Any]:
    """Return a line of a text sheet as JSON values."""
    return {
        **_plain_fields(line, ("label", "kind", "link", "style")),
        "value": to_plain(line.value, line.kind),
    }


def line_of(plain: dict[str, Any], base_url: str) -> TextRow:
    """Return a line of a text sheet again."""
    kind = Kind(plain["kind"])
    link = plain["link"]
    return TextRow(
        label=plain["label"],
        value=from_plain(plain["value"], kind, base_url),
        kind=kind,
        link=full_address(link, base_url) if link else link,
        style=TextStyle(plain["style"]),
    )


def _names(declared: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(declared) if field.name not in _CODE)


def _plain_fields(thing: object, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: _plain_field(getattr(thing, name)) for name in names}


def _plain_field(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, str) else value


def _typed_fields(plain: dict[str, Any], declared: type) -> dict[str, Any]:
    """What a later version of the application no longer declares is passed over."""
    values = {name: plain[name] for name in _names(declared) if name in plain}
    for name, value in values.items():
        if isinstance(value, list):
            values[name] = tuple(value)
        elif name in _ENUMS and value is not None:
            values[name] = _ENUMS[name](value)
    if declared is Column:
        values["kind"] = Kind(values["kind"])
    return values
