"""The progress form of a region: what a project leader downloads, fills in anywhere, and sends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, BinaryIO, Final

from vpt_regio.domain.half_year import iso_weeks_between
from vpt_regio.workbooks.progress_form_columns import (
    META_SHEET,
    OPEN_ROWS,
    README,
    TITLE,
    TITLES,
    Line,
    form_sheets,
)
from vpt_regio.workbooks.progress_form_meta import MetaLine, meta_lines, meta_of
from vpt_regio.workbooks.progress_form_types import (
    FormMeta,
    FormSheet,
    FormSource,
    Week,
    keyed_rows,
)
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


@dataclass(frozen=True)
class FormFile:
    """What a form is written from; ``lists`` are the words of activities, leaders and weeks."""

    source: FormSource
    meta: FormMeta
    secret: str

    @property
    def weeks(self) -> list[str]:
        """The weeks of the half-year, by their codes."""
        return [
            str(Week(*one)) for one in iso_weeks_between(self.source.starts_on, self.source.ends_on)
        ]

    @property
    def lists(self) -> Sequence[Sequence[str]]:
        return (list(self.meta.activities), list(self.meta.leaders), self.weeks)


def form_file_name(region: str, period: str) -> str:
    """The name under which a form is downloaded."""
    return f"vpt-formulier-{period}-{region}.xlsx"


def write_progress_form(
    source: FormSource, target: BinaryIO, *, made_at: datetime, secret: str
) -> None:
    """Write the form of a region and a half-year to a file that can seek.

    The same source, moment and secret give the same bytes.
    """
    # openpyxl takes a second to load, which only who writes a file should wait for
    from vpt_regio.workbooks.write import write

    file = form_file(source, made_at=made_at, secret=secret)
    write(form_workbook(file), file, target, made_at=made_at)


def form_file(source: FormSource, *, made_at: datetime, secret: str) -> FormFile:
    """Return what a form is written from: the source and what is signed of it."""
    return FormFile(source, meta_of(source, made_at=made_at), secret)


def form_workbook(file: FormFile) -> Workbook:
    """Return the declaration of the form."""
    return Workbook(
        key="progress_form",
        title=lambda file: f"{TITLE} {file.source.region_name} {file.source.period_name}",
        sheets=(
            TextSheet("readme", README, _explain, protected=True),
            *form_sheets(file.meta, _rows).values(),
            meta_sheet(),
        ),
        properties=lambda file: Properties(
            subject=file.source.programme_name,
            description=f"Halfjaar {file.source.period}",
            category=TITLE,
        ),
        page_header=lambda file: f"{file.source.region_name} · {file.source.period_name}",
    )


def meta_sheet() -> Sheet:
    """The hidden sheet by which a file is known."""
    return Sheet(
        "vpt",
        META_SHEET,
        tuple(
            Column(key, header, Kind.TEXT, 20, _getter(key))
            for key, header in (
                ("name", "Naam"),
                ("value", "Waarde"),
                ("activity", "Activiteiten"),
                ("leader", "Projectleiders"),
                ("week", "Weken"),
            )
        ),
        _meta_lines,
        hidden=True,
        protected=True,
    )


def _getter(key: str) -> Any:
    return lambda line: getattr(line, key)


def _meta_lines(file: FormFile) -> list[MetaLine]:
    return meta_lines(file.meta, file.lists, secret=file.secret)


def _rows(sheet: FormSheet, file: FormFile) -> Iterable[Line]:
    return (Line(key, item) for found, key, item in keyed_rows(file.source) if found is sheet)


def _explain(file: FormFile) -> Iterable[TextRow]:
    source = file.source
    yield TextRow(f"{TITLE} {source.region_name}", style=TextStyle.TITLE)
    yield TextRow("Programma", source.programme_name)
    yield TextRow("Halfjaar", source.period_name)
    yield TextRow("Van", source.starts_on, Kind.DATE)
    yield TextRow("Tot en met", source.ends_on, Kind.DATE)
    if source.due_on is not None:
        yield TextRow("Inleveren uiterlijk op", source.due_on, Kind.DATE)
    if source.contact:
        yield TextRow("Vragen? Neem contact op met", source.contact)
    yield TextRow("Gedownload op", file.meta.downloaded_at.strftime("%d-%m-%Y %H:%M"))
    yield TextRow("")
    yield TextRow("Zo vult u het formulier in", style=TextStyle.HEADING)
    for number, words in enumerate(_STEPS, start=1):
        yield TextRow(f"Stap {number}", words)
    yield TextRow("")
    yield TextRow("De bladen", style=TextStyle.HEADING)
    for sheet in FormSheet:
        yield TextRow(TITLES[sheet], _SHEETS[sheet], link=sheet.value)
    yield TextRow("")
    yield TextRow("De kleuren en de cellen", style=TextStyle.HEADING)
    for label, words in _LEGEND:
        yield TextRow(label, words)


_STEPS: Final = (
    "Vul alleen de gele cellen in. De andere cellen zijn vergrendeld.",
    "Een lege cel betekent: niet bekend. Een nul betekent: nul.",
    "U mag rijen sorteren en kolommen verplaatsen. Verwijder geen kolommen of bladen.",
    "Bewaar het bestand als .xlsx. Kies in de applicatie bij uw rapportage Formulier inlezen.",
    "U ziet dan eerst wat er verandert. Pas als u kiest voor Verwerken, wordt het opgeslagen.",
)
_SHEETS: Final = {
    FormSheet.ACTIVITIES: "Kies bij elke activiteit een status en vul de voortgang in."
    " Bij ‘vertraagd’ is een knelpunt verplicht. Besteed in halfjaar volgt uit de uitgaven.",
    FormSheet.MEASUREMENTS: "Vul bij elke afspraak de peildatum en de waarde in, met de bron."
    " Bij een percentage vult u de teller en de noemer in. Is er niet gemeten?"
    " Leg dan bij Toelichting uit waarom.",
    FormSheet.HOURS: "Vul per week de uren in, per kwartier: 7,5 is zeven en een half uur."
    f" Onder de weken staan {OPEN_ROWS} open rijen.",
    FormSheet.EXPENDITURES: "Bovenaan staat wat al is geboekt; dat verandert niet. Vul nieuwe"
    f" uitgaven in op de {OPEN_ROWS} open rijen. De datum ligt in het halfjaar.",
    FormSheet.JUDGEMENT: "Kies groen, oranje of rood, en schrijf de teksten van de rapportage."
    " Bij oranje en rood is een toelichting verplicht.",
}
_LEGEND: Final = (
    ("Gele cel", "Deze cel vult u in."),
    ("Witte cel", "Deze cel is vergrendeld: hij komt uit de applicatie."),
    ("Rode cel met een opmerking", "Deze cel moet u verbeteren. De opmerking zegt hoe."),
    ("Bedragen", "In euro's, bijvoorbeeld 1.234,50. Een andere eenheid mag niet."),
    ("Datums", "Dag-maand-jaar, bijvoorbeeld 15-03-2012."),
    ("Percentages", "Een getal met een procentteken, bijvoorbeeld 75%."),
)


def with_sheets(workbook: Workbook, *, first: Sheet | None = None, **sheets: Sheet) -> Workbook:
    """Return the workbook with some of its sheets replaced, and with one put in front."""
    replaced = tuple(sheets.get(sheet.key, sheet) for sheet in workbook.sheets)
    return replace(workbook, sheets=((first, *replaced) if first else replaced))
