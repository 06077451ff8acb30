"""What is wrong with the rows of a file of earlier subsidies, each at its cells."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from vpt_regio import clock
from vpt_regio.domain.fuzzy_date import FuzzyDate
from vpt_regio.domain.rules.subsidy_outcomes import GRANTED_IN_SOME_WAY
from vpt_regio.domain.text import N_
from vpt_regio.services.subsidy_import_preview import (
    Known,
    Names,
    PilotRow,
    RoundRow,
    is_finished,
    key_of,
)
from vpt_regio.services.subsidy_round_checks import shape_errors, unlisted_errors
from vpt_regio.workbooks.read import CellMessage, CellProblem, ReadRow, TableRead
from vpt_regio.workbooks.subsidy_form import SubsidyTables

MOST_ROWS = 200
"""Of one sheet: storing them takes a few seconds, in which nobody else can write."""
MOST_TEXT = 1_000_000
"""Characters: what was read is kept in the page until it is taken over."""

TOO_MANY = N_("Lees hoogstens %(most)s regels tegelijk in. Verdeel ze over meer bestanden.")
TOO_MUCH = N_("Er staat te veel tekst in dit bestand. Verdeel het over meer bestanden.")
TWICE = N_("Deze regel staat er meer dan één keer. Laat er één staan.")
NOT_GRANTED = N_(
    "Een toegekend bedrag hoort bij een toekenning. Maak de cel leeg of verander het besluit."
)
MORE_THAN_ASKED = N_("Er kan niet meer zijn toegekend dan is gevraagd. Controleer de bedragen.")
IN_FUTURE = N_("Deze dag moet nog komen. Hier staan alleen eerdere rondes en besluiten.")
NOT_FINISHED = N_(
    "Deze ronde bestaat al en is niet afgehandeld. Leg de aanvraag vast bij de ronde zelf."
)
AMBIGUOUS = N_("Er zijn meer rondes met deze naam. Geef een van beide eerst een andere naam.")
ASK_INCLUSIVE = N_("Vul ja of nee in: kon op de dag van sluiting nog worden aangevraagd?")

# the field of a rule → the column of the form
_COLUMNS = {
    "name": "round",
    "opens": "opens",
    "closes": "closes",
    "ceiling_cents": "ceiling",
    "applications": "applications",
    "granted": "granted",
    "granted_cents": "granted_amount",
}


def problems_of(tables: SubsidyTables, known: Known) -> list[CellMessage]:
    """Return everything for which a file is refused."""
    found = _Problems()
    _check_twice(found, tables.rounds, ("scheme", "round"))
    _check_twice(found, tables.pilots, ("scheme", "round", "organisation", "title"))
    for row in tables.rounds.rows:
        _check_round(found, tables.rounds, row, known)
    for row in tables.pilots.rows:
        _check_pilot(found, tables.pilots, row, known)
    return [*tables.problems, *found.all(), *_size_problems(tables)]


def round_row(row: ReadRow) -> RoundRow:
    """Return a row of the sheet of rounds, of which a value with a problem is None."""
    values = row.values
    return RoundRow(
        scheme=values["scheme"] or "",
        round=values["round"] or "",
        source=values["source"] or "",
        opens=values["opens"],
        closes=values["closes"],
        inclusive=values["inclusive"],
        ceiling_cents=values["ceiling"],
        applications=values["applications"],
        granted=values["granted"],
        granted_cents=values["granted_amount"],
    )


def pilot_row(row: ReadRow) -> PilotRow:
    """Return a row of the sheet of applications, of which a value with a problem is None."""
    values = row.values
    return PilotRow(
        scheme=values["scheme"] or "",
        round=values["round"] or "",
        organisation=values["organisation"] or "",
        title=values["title"] or "",
        outcome=values["outcome"],
        source=values["source"] or "",
        place=values["place"] or "",
        region_id=values["region"],
        description=values["description"] or "",
        requested_cents=values["requested"],
        granted_cents=values["granted"],
        decided=values["decided"],
    )


class _Problems:
    """Problems in the order in which they came up; equal ones are one, over all their cells."""

    def __init__(self) -> None:
        self._cells: dict[tuple[str, str], list[str]] = defaultdict(list)

    def add(self, table: TableRead, row: ReadRow, column: str, message: str) -> None:
        """Add a problem at the cell of a column, or of the first that the file has."""
        cell = row.cells.get(column) or next(iter(row.cells.values()))
        self._cells[table.sheet, message].append(cell)

    def all(self) -> list[CellMessage]:
        return [
            CellProblem(sheet, tuple(dict.fromkeys(cells)), message)
            for (sheet, message), cells in self._cells.items()
        ]


def _check_twice(found: _Problems, table: TableRead, columns: tuple[str, ...]) -> None:
    rows: dict[Names, list[ReadRow]] = defaultdict(list)
    for row in table.rows:
        if all(row.values[column] for column in columns):
            rows[key_of(*(row.values[column] for column in columns))].append(row)
    for same in rows.values():
        for row in same if len(same) > 1 else ():
            found.add(table, row, columns[-1], TWICE)


def _check_round(found: _Problems, table: TableRead, row: ReadRow, known: Known) -> None:
    read = round_row(row)
    for day in ("opens", "closes"):
        if _is_to_come(row.values[day]):
            found.add(table, row, day, IN_FUTURE)
    closes = read.closes
    if closes and closes.is_exact and _is_blank(row, "inclusive"):
        found.add(table, row, "inclusive", ASK_INCLUSIVE)
    for error in (*shape_errors(read.data), *unlisted_errors(read.unlisted)):
        # what a cell itself lacks was told when it was read
        if error.field in _COLUMNS and not (error.field == "name" and not read.round):
            found.add(table, row, _COLUMNS[error.field], error.message)
    if len(known.rounds(read.key)) > 1:
        found.add(table, row, "round", AMBIGUOUS)


def _check_pilot(found: _Problems, table: TableRead, row: ReadRow, known: Known) -> None:
    read = pilot_row(row)
    granted, asked = read.granted_cents, read.requested_cents
    if row.values["outcome"] is not None and granted is not None:
        if read.outcome not in GRANTED_IN_SOME_WAY:
            found.add(table, row, "granted", NOT_GRANTED)
        elif asked is not None and granted > asked:
            found.add(table, row, "granted", MORE_THAN_ASKED)
    if _is_to_come(read.decided):
        found.add(table, row, "decided", IN_FUTURE)
    rounds = known.rounds(read.round_key)
    if len(rounds) > 1:
        found.add(table, row, "round", AMBIGUOUS)
    elif rounds and not is_finished(rounds[0]) and known.application(read) is None:
        found.add(table, row, "round", NOT_FINISHED)


def _size_problems(tables: SubsidyTables) -> Iterator[CellMessage]:
    for table in (tables.pilots, tables.rounds):
        if len(table.rows) > MOST_ROWS:
            yield CellProblem(table.sheet, (), TOO_MANY, {"most": MOST_ROWS})
    if _size((*tables.pilots.rows, *tables.rounds.rows)) > MOST_TEXT:
        yield CellProblem("", (), TOO_MUCH)


def _size(rows: Iterable[ReadRow]) -> int:
    return sum(len(value) for row in rows for value in row.values.values() if _is_text(value))


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_to_come(day: FuzzyDate | None) -> bool:
    return day is not None and day.on is not None and day.on > clock.today()


def _is_blank(row: ReadRow, column: str) -> bool:
    raw = row.raw.get(column)
    return raw is None or (isinstance(raw, str) and not raw.strip())
