"""What a reader sees of a table, whatever kind of file it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from vpt_regio.archives import DAMAGED
from vpt_regio.domain.text import N_
from vpt_regio.workbooks.parse import RawCell

# the number of a row, counted from 1, and its cells as its file has them
Line = tuple[int, Sequence[Any]]

MAX_ROWS: Final = 10_000
MAX_COLUMNS: Final = 200

TOO_MANY_ROWS: Final = N_("De tabel is te lang. Gebruik hoogstens %(most)s rijen.")


@dataclass(frozen=True)
class CellMessage:
    """Something to tell about cells: Dutch text with %(name)s places for ``params``.

    ``sheet`` is empty for a CSV file; ``cells`` is empty when it concerns the whole file or sheet.
    """

    sheet: str
    cells: tuple[str, ...]
    message: str
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def cell(self) -> str:
        """The cells in one text: "F17, F19", or "regel 4, kolom Waarde; regel 6, kolom Waarde"."""
        return (", " if self.sheet else "; ").join(self.cells)

    def __str__(self) -> str:
        text = self.message % self.params if self.params else self.message
        place = " ".join(part for part in (self.sheet, self.cell) if part)
        return f"{place}: {text}" if place else text


class CellProblem(CellMessage):
    """Why a file is refused, with what to do about it."""


class CellNote(CellMessage):
    """What a reader of the preview should know, though the file can be taken."""


class UnreadableError(Exception):
    """The file or the sheet cannot be read; ``message`` says what to do."""

    def __init__(self, message: str = DAMAGED, **params: Any) -> None:
        super().__init__(message)
        self.message = message
        self.params = params


class Grid(Protocol):
    """An opened table: its rows from the top, counted as its program counts them."""

    sheet: str
    """The name of the sheet; empty for a CSV file."""
    notes: list[CellNote]
    says_numbers: bool
    """Whether the file tells a number from a text that looks like one."""

    def rows(self) -> Iterator[Line]:
        """Give the rows that are not blank; raises UnreadableError where the file breaks."""

    def cell(self, number: int, row: Sequence[Any], index: int) -> RawCell:
        """Return the cell of a row in the column with this index, counted from 0."""

    def address(self, number: int, index: int, header: str) -> str:
        """Return how a person finds a cell: "C4", or "regel 4, kolom Waarde"."""
