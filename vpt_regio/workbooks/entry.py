"""What helps a person to fill in a cell: lists to choose from, and bounds with a message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from vpt_regio.workbooks.cells import date_text
from vpt_regio.workbooks.spec import Choices, Column, Limits, Sheet, TextSheet

TITLE: Final = "Dit kan hier niet"
NOT_LISTED: Final = "Kies een waarde uit de lijst."
_MOST_INLINE: Final = 255  # characters that a list in a rule may take


def add_validation(
    worksheet: Worksheet,
    column: Column,
    area: str,
    source: Any,
    sheets: Sequence[Sheet | TextSheet],
) -> None:
    """Put the list or the bounds of a column on its cells; blank cells are left alone.

    Raises ValueError for a list that is too long for a rule and names no place.
    """
    if column.choices is not None:
        formula = _list_of(column.choices, source, sheets)
        rule = DataValidation(type="list", formula1=formula, error=NOT_LISTED) if formula else None
    elif column.limits is not None:
        rule = _bounds(column.limits(source))
    else:
        rule = None
    if rule is not None:
        rule.errorTitle, rule.showErrorMessage, rule.allowBlank = TITLE, True, True
        rule.add(area)
        worksheet.add_data_validation(rule)


def _list_of(choices: Choices, source: Any, sheets: Sequence[Sheet | TextSheet]) -> str | None:
    words = list(choices.words(source))
    if not words:
        return None
    if choices.place is None:
        inline = ",".join(words)
        if len(inline) > _MOST_INLINE or any("," in word or '"' in word for word in words):
            raise ValueError(f"the list {inline[:60]!r} needs a place of its own")
        return f'"{inline}"'
    key, column = choices.place
    sheet = next(one for one in sheets if isinstance(one, Sheet) and one.key == key)
    letter = get_column_letter(sheet.index(column) + 1)
    return f"'{sheet.title}'!${letter}$2:${letter}${len(words) + 1}"


def _bounds(limits: Limits) -> DataValidation:
    low, high = (
        date_text(bound) if isinstance(bound, date) else str(bound)
        for bound in (limits.low, limits.high)
    )
    return DataValidation(
        type=limits.allowed.value,
        operator="between",
        formula1=low,
        formula2=high,
        error=limits.message,
    )
