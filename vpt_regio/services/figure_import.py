"""Figures from a file: it is read and compared first; what was seen is what is stored."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from vpt_regio import policies
from vpt_regio.domain.indicator_codes import Qualifier
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_, file_name_of
from vpt_regio.errors import DomainError, DuplicateValue, Invalid, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.figures import FigureDelivery, FigureSet
from vpt_regio.models.people import Person
from vpt_regio.queries.figure_tables import FigureTable, Place
from vpt_regio.services import transitions
from vpt_regio.services.figure_deliveries import (
    NOTHING_NEW,
    STOPPED,
    FigureEntry,
    deliver,
    differs,
)
from vpt_regio.workbooks.figure_form import figure_sheet
from vpt_regio.workbooks.read import CellNote, CellProblem, ReadRow, TableRead, read_table
from vpt_regio.workbooks.read_grid import CellMessage

LONGEST_FILE_NAME = 200

UNREADABLE = N_("Deze cijfers zijn niet meer te lezen. Kies het bestand opnieuw.")
REFUSED = N_(
    "Het bestand is niet ingelezen. Verbeter wat er in de tabel hieronder staat."
    " Kies het bestand daarna opnieuw."
)
NO_VALUES = N_("De kolom %(column)s ontbreekt.")
TWICE = N_("%(category)s in %(period)s staat er meer dan één keer.")
LOOSE = N_(
    "Hier staat geen waarde, maar wel een kwalificatie of een gedrukte waarde. Vul de waarde in,"
    " of vul onbekend in als de bron de waarde niet kent."
)
LEFT_OUT = N_("Deze cel is leeg en is overgeslagen. Wat er al staat, blijft staan.")


@dataclass(frozen=True)
class FigureFile:
    """What a file holds for a set: its figures, or every reason why it is refused.

    `problems` are those at cells; `errors` are about the whole file.
    """

    name: str
    sha256: str
    entries: tuple[FigureEntry, ...] = ()
    problems: tuple[CellMessage, ...] = ()
    notes: tuple[CellMessage, ...] = ()
    errors: tuple[DomainError, ...] = ()


@dataclass(frozen=True)
class FigureDraft:
    """Figures that were shown before they are stored, with what they were compared with.

    `seen_number` is the last delivery of that moment (0: none), `version` that of the set.
    """

    entries: tuple[FigureEntry, ...]
    file_name: str
    sha256: str
    seen_number: int
    version: int


def check_file(table: FigureTable, content: bytes, file_name: str) -> FigureFile:
    """Read a file for the set of a table and tell everything why it would be refused.

    Nothing is stored and nothing raises; reading may take a while.
    """
    name = file_name_of(file_name, most=LONGEST_FILE_NAME, otherwise="cijfers")
    empty = FigureFile(name, hashlib.sha256(content).hexdigest())
    if errors := file_errors(table.figure_set, empty.sha256):
        return replace(empty, errors=tuple(errors))
    found = _read(empty, table, content)
    if found.problems:
        return replace(found, errors=(Invalid(REFUSED),))
    if not any(differs(one, table.cells[one.place].figure) for one in found.entries):
        return replace(found, errors=(Invalid(NOTHING_NEW),))
    return found


def _read(file: FigureFile, table: FigureTable, content: bytes) -> FigureFile:
    """Return the file with its figures.

    A blank value is left out. Without a column for qualifiers a figure that stays the same keeps
    its qualifier.
    """
    found = read_table(content, file.name, figure_sheet(table.figure_set))
    problems: list[CellMessage] = [*found.problems]
    if found.columns and "value" not in found.columns:
        problems.append(CellProblem(found.sheet, (), NO_VALUES, {"column": "Waarde"}))
    problems += _twice(table, found)
    problems += _at_values(found, _loose(found), CellProblem, LOOSE)
    blank = [row for row in found.rows if _is_left_out(row)]
    return replace(
        file,
        entries=() if problems else tuple(_entries(table, found)),
        problems=tuple(problems),
        notes=(*found.notes, *_at_values(found, blank, CellNote, LEFT_OUT)),
    )


def draft_of(
    table: FigureTable, entries: Iterable[FigureEntry], *, file_name: str, sha256: str
) -> FigureDraft:
    """Return figures as they are shown beside a table; what has no place there is left out."""
    return FigureDraft(
        entries=tuple(one for one in entries if one.place in table.cells),
        file_name=file_name,
        sha256=sha256,
        seen_number=max((one.number for one in table.deliveries), default=0),
        version=table.figure_set.version,
    )


def _is_left_out(row: ReadRow) -> bool:
    raw = row.raw.get("value")
    return raw is None or (isinstance(raw, str) and not raw.strip())


def _loose(found: TableRead) -> list[ReadRow]:
    """Return the rows that say something of a value that is not there."""
    return [
        row
        for row in found.rows
        if _is_left_out(row) and (row.values["qualifier"] or row.values["printed"])
    ]


def _at_values(
    found: TableRead, rows: Iterable[ReadRow], kind: type[CellMessage], message: str
) -> list[CellMessage]:
    """Return one message over the values of these rows; none without rows."""
    cells = tuple(row.cells["value"] for row in rows if "value" in row.cells)
    return [kind(found.sheet, cells, message)] if cells else []


def _twice(table: FigureTable, found: TableRead) -> list[CellMessage]:
    by_place: dict[Place, list[str]] = defaultdict(list)
    for row in found.rows:
        place = row.values["category"], row.values["period"]
        if None not in place:
            by_place[place].append(row.cells["category"])
    return [
        CellProblem(found.sheet, tuple(cells), TWICE, _names(table, place))
        for place, cells in by_place.items()
        if len(cells) > 1
    ]


def _names(table: FigureTable, place: Place) -> Mapping[str, str]:
    cell = table.cells[place]
    return {"category": cell.category.name, "period": cell.period.label}


def _entries(table: FigureTable, found: TableRead) -> Iterable[FigureEntry]:
    says_how_sure = "qualifier" in found.columns
    for row in found.rows:
        if _is_left_out(row):
            continue
        place = row.values["category"], row.values["period"]
        value, qualifier = row.values["value"], row.values["qualifier"]
        present = table.cells[place]
        if not says_how_sure and value == present.value:
            qualifier = present.qualifier
        yield FigureEntry(*place, value, qualifier or Qualifier.EXACT, row.values["printed"] or "")


def file_errors(figure_set: FigureSet, sha256: str) -> list[DomainError]:
    """Return why no file, or not this file, can be taken for a set."""
    if figure_set.retired_on is not None:
        return [WrongState(STOPPED)]
    query = (
        select(FigureDelivery)
        .where(FigureDelivery.figure_set_id == figure_set.id, FigureDelivery.sha256 == sha256)
        .order_by(FigureDelivery.number)
    )
    before = db.session.scalars(query).first()
    if before is None:
        return []
    message = N_(
        "Dit bestand is al ingelezen: het is levering %(number)s, vastgelegd op %(day)s."
        " Kies een ander bestand."
    )
    params = {"number": before.number, "day": before.recorded_on.strftime("%d-%m-%Y")}
    return [DuplicateValue(message, params=params)]


def take_over(
    figure_set: FigureSet,
    draft: FigureDraft,
    *,
    source: str,
    cutoff_on: date,
    actor: Person,
    scope_note: str = "",
    reason: str = "",
) -> FigureDelivery:
    """Store what was shown as one delivery.

    Raises Conflict when figures came in, or the set changed, since it was shown; DuplicateValue
    when the same file was taken before.
    """
    policies.require(actor, Permission.FIGURE_MANAGE, figure_set)
    transitions.check_version(figure_set, draft.version)
    raise_all(file_errors(figure_set, draft.sha256))
    return deliver(
        figure_set,
        source=source,
        cutoff_on=cutoff_on,
        scope_note=scope_note,
        reason=reason,
        entries=draft.entries,
        file_name=draft.file_name,
        sha256=draft.sha256,
        seen_number=draft.seen_number,
        actor=actor,
    )
