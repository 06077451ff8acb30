"""The form of earlier subsidies: a sheet of applications and one of rounds, to be read back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from vpt_regio.domain.fuzzy_date import FAR_AWAY, FarAway, FuzzyDate, check_year
from vpt_regio.domain.subsidy_codes import ApplicationStatus
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.subsidies import SUBSIDY_APPLICATION
from vpt_regio.errors import Invalid
from vpt_regio.models.regions import Region
from vpt_regio.workbooks import parse
from vpt_regio.workbooks.parse import RawCell, Reader, fold
from vpt_regio.workbooks.read import CellMessage, CellNote, TableRead, read_table
from vpt_regio.workbooks.read_xlsx import NO_SHEET
from vpt_regio.workbooks.spec import (
    Column,
    Kind,
    Properties,
    Sheet,
    TextRow,
    TextSheet,
    TextStyle,
    Workbook,
)

PILOTS: Final = "Pilots"
ROUNDS: Final = "Rondes"
LONGEST_NAME: Final = 200
LONGEST_PLACE: Final = 100
LONGEST_SOURCE: Final = 500

OTHER_REGION: Final = N_(
    "De regio %(name)s is niet bekend. Vul de code of de naam van een regio in."
    " Laat de cel leeg als de regio niet bekend is."
)
NOT_VAGUE: Final = N_(
    "Vul een datum in, zo precies als de bron: bijvoorbeeld 15 maart 2012, voorjaar 2010 of"
    " onbekend."
)
NOT_POSITIVE: Final = N_(
    "Vul een bedrag boven nul in. Laat de cel leeg als het bedrag niet bekend is."
)
NEGATIVE: Final = N_("Vul een aantal van 0 of meer in. Laat de cel leeg als het niet bekend is.")

OUTCOMES: Final = (
    ApplicationStatus.GRANTED,
    ApplicationStatus.PARTIALLY_GRANTED,
    ApplicationStatus.GRANTED_SOME,
    ApplicationStatus.REJECTED,
    ApplicationStatus.WITHDRAWN,
)
OUTCOME_LABELS: Final = {one: SUBSIDY_APPLICATION.state(one).label for one in OUTCOMES}
_outcome = parse.choice(OUTCOME_LABELS)


@dataclass(frozen=True)
class SubsidyTables:
    """What a file holds; a sheet that it does not have is without rows and columns.

    `problems` are all reasons why the file cannot be taken, `notes` what a reader should know.
    """

    pilots: TableRead
    rounds: TableRead
    problems: tuple[CellMessage, ...]
    notes: tuple[CellMessage, ...]


def subsidy_form() -> Workbook:
    """Return the file that a person fills in, made from the regions that can be named in it."""
    return Workbook(
        key="subsidy_form",
        title=lambda _regions: "Eerdere subsidies",
        sheets=(pilots_sheet(()), rounds_sheet(), _EXPLANATION),
        properties=lambda _regions: Properties(subject="Eerdere subsidierondes en pilots"),
    )


def read_subsidies(data: bytes, file_name: str, *, regions: Sequence[Region] = ()) -> SubsidyTables:
    """Read the sheets of an .xlsx, or the one table of a .csv: its columns tell which it is."""
    pilots = read_table(data, file_name, pilots_sheet(regions))
    rounds = read_table(data, file_name, rounds_sheet())
    pilots, rounds, notes = _present(pilots, rounds)
    # what is wrong with the whole file is found twice, and told once
    problems = {str(one): one for one in (*pilots.problems, *rounds.problems)}
    return SubsidyTables(
        pilots, rounds, tuple(problems.values()), (*notes, *pilots.notes, *rounds.notes)
    )


def _present(
    pilots: TableRead, rounds: TableRead
) -> tuple[TableRead, TableRead, tuple[CellMessage, ...]]:
    """Leave out a sheet that the file does not have, and say so; one of both must be there."""
    if pilots.columns and rounds.columns and pilots.sheet == rounds.sheet:
        if len(rounds.columns) > len(pilots.columns):
            return TableRead(), rounds, ()
        return pilots, TableRead(), ()
    absent = [_is_absent(pilots), _is_absent(rounds)]
    if absent == [False, True]:
        return pilots, TableRead(), _as_notes(rounds)
    if absent == [True, False]:
        return TableRead(), rounds, _as_notes(pilots)
    return pilots, rounds, ()


def _is_absent(table: TableRead) -> bool:
    return any(one.message == NO_SHEET for one in table.problems)


def _as_notes(table: TableRead) -> tuple[CellMessage, ...]:
    return tuple(CellNote(one.sheet, one.cells, one.message, one.params) for one in table.problems)


def pilots_sheet(regions: Sequence[Region]) -> Sheet:
    """Return the table of applications: who asked for what, and what a source says became of it.

    Read back, a region is its id; whatever is left blank is None, which is not known.
    """
    return Sheet(
        "pilots",
        PILOTS,
        (
            *_names(),
            _column("organisation", "Organisatie", 30, _text(LONGEST_NAME), required=True),
            _column("place", "Plaats", 18, _text(LONGEST_PLACE)),
            _column("region", "Regio", 20, _region(regions)),
            _column("title", "Titel", 34, _text(LONGEST_NAME), required=True),
            _column("description", "Beschrijving", 50, parse.text(lines=True), kind=Kind.LONG_TEXT),
            _money("requested", "Gevraagd bedrag"),
            _money("granted", "Toegekend bedrag"),
            _column("outcome", "Besluit", 22, _outcome, required=True),
            _column("decided", "Besloten op", 18, vague_day),
            _column("source", "Bron", 30, _text(LONGEST_SOURCE), required=True),
        ),
        _no_rows,
    )


def rounds_sheet() -> Sheet:
    """Return the table of rounds, with what a source counts beyond the applications it lists."""
    return Sheet(
        "rounds",
        ROUNDS,
        (
            *_names(),
            _column("opens", "Opent", 18, vague_day),
            _column("closes", "Sluit", 18, vague_day),
            _column("inclusive", "Sluitdag telt mee", 18, parse.yes_or_no),
            _money("ceiling", "Plafond"),
            _number("applications", "Aanvragen zonder regel"),
            _number("granted", "Toegekend zonder regel"),
            _money("granted_amount", "Bedrag zonder regel"),
            _column("source", "Bron", 30, _text(LONGEST_SOURCE), required=True),
        ),
        _no_rows,
    )


def vague_day(cell: RawCell) -> FuzzyDate:
    """Read a date as precise as a source has it: a date of Excel, a year, or words."""
    if isinstance(cell.value, date | datetime):
        return FuzzyDate.exactly(parse.day(cell))
    typed = str(parse.text(most=LONGEST_NAME)(cell))
    try:
        found = FuzzyDate.parse(typed)
        if found.on is not None:
            check_year(found.on)
    except FarAway as problem:
        raise Invalid(FAR_AWAY) from problem
    except ValueError as problem:
        raise Invalid(NOT_VAGUE) from problem
    return found


def _names() -> tuple[Column, Column]:
    return (
        _column("scheme", "Regeling", 30, _text(LONGEST_NAME), required=True),
        _column("round", "Ronde", 24, _text(LONGEST_NAME), required=True),
    )


def _column(
    key: str,
    header: str,
    width: float,
    reader: Reader,
    *,
    kind: Kind = Kind.TEXT,
    required: bool = False,
    check: Callable[..., Any] | None = None,
) -> Column:
    return Column(
        key,
        header,
        kind,
        width,
        _nothing,
        editable=True,
        parse=reader,
        required=required,
        check=check,
    )


def _text(most: int) -> Reader:
    return parse.text(most=most)


def _money(key: str, header: str) -> Column:
    return _column(key, header, 18, parse.money, kind=Kind.MONEY, check=_refuse_nothing)


def _number(key: str, header: str) -> Column:
    return _column(key, header, 22, parse.whole_number, kind=Kind.INTEGER, check=_refuse_negative)


def _refuse_nothing(cents: int) -> str | None:
    return None if cents > 0 else NOT_POSITIVE


def _refuse_negative(number: int) -> str | None:
    return None if number >= 0 else NEGATIVE


def _region(regions: Sequence[Region]) -> Reader:
    """Make a reader of regions by code or name."""
    ids = {fold(name): one.id for one in regions for name in (one.name, one.code)}
    as_text = parse.text()

    def read(cell: RawCell) -> int:
        typed = str(as_text(cell))
        if fold(typed) not in ids:
            raise Invalid(OTHER_REGION, params={"name": typed[:80]})
        return ids[fold(typed)]

    return read


def _nothing(_row: object) -> None:
    """The form is empty: nothing that is known already is written in it."""


def _no_rows(_regions: object) -> Iterable[object]:
    return ()


def _lines(regions: Sequence[Region]) -> Iterator[TextRow]:
    yield TextRow("Eerdere subsidies", style=TextStyle.TITLE)
    for label, text in _EXPLAINED:
        yield TextRow(label, text, Kind.LONG_TEXT)
    yield TextRow("Regio's", style=TextStyle.HEADING)
    for region in regions:
        yield TextRow(region.code, region.name)


_EXPLAINED: Final = (
    ("Leeg", "Een lege cel betekent: niet bekend. Vul niets in wat de bron niet zegt."),
    (
        PILOTS,
        "Elke regel is één aanvraag. Staat dezelfde titel van dezelfde organisatie er in die"
        " ronde al, dan verandert er niets.",
    ),
    ("Titel", "Een korte naam in uw eigen woorden."),
    ("Beschrijving", "In punten, elk op een eigen regel in de cel (Alt+Enter)."),
    ("Besluit", ", ".join(OUTCOME_LABELS.values()) + "."),
    (
        "Toegekend bedrag",
        "Alleen bij een toekenning. Is het bedrag bekend, dan komt de pilot in de lijst.",
    ),
    (
        "Besloten op",
        "Zo precies als de bron: 15 maart 2012, voorjaar 2010, 2010 of onbekend.",
    ),
    (
        ROUNDS,
        "Elke regel is één ronde. Dit blad is nodig als de bron meer van de ronde vertelt dan"
        " de aanvragen op het andere blad.",
    ),
    ("Sluitdag telt mee", "ja of nee. Verplicht als de dag van sluiting precies bekend is."),
    (
        "Aanvragen zonder regel",
        "Hoeveel aanvragen de bron noemt die geen eigen regel hebben. 0: die zijn er niet.",
    ),
    ("Toegekend zonder regel", "Hoeveel van die aanvragen zijn toegekend."),
    ("Bedrag zonder regel", "Wat daarvoor samen is toegekend."),
    ("Bron", "Het stuk waar dit in staat, bijvoorbeeld een brief met de datum."),
)
_EXPLANATION: Final = TextSheet("explanation", "Uitleg", _lines)
