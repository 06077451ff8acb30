"""Workbooks: one declaration of sheets and columns, and a writer that streams them to a file."""

from vpt_regio.workbooks.spec import (
    Chart,
    Column,
    Kind,
    Placement,
    Properties,
    Rule,
    Sheet,
    TextRow,
    TextSheet,
    TextStyle,
    Total,
    Workbook,
)

__all__ = [
    "Chart",
    "Column",
    "Kind",
    "Placement",
    "Properties",
    "Rule",
    "Sheet",
    "TextRow",
    "TextSheet",
    "TextStyle",
    "Total",
    "Workbook",
]
