"""Writing the half-year workbook of the small programme, and reading it back."""

import io
from datetime import datetime
from typing import Any

import openpyxl

from tests.factories.half_year import HalfYear, make_half_year
from vpt_regio.clock import AMSTERDAM
from vpt_regio.services.workbooks import write_half_year
from vpt_regio.uow import unit_of_work

MADE_AT = datetime(2012, 7, 16, 9, 30, tzinfo=AMSTERDAM)

HEADERS = {
    "Regio's": "Code · Regio · Status · Accountmanager · Projectleider(s) · Convenant · Getekend op"
    " · Eindigt uiterlijk op · Verlengd · Voorschot · Aanvulling · Begroot · Besteed in halfjaar"
    " · Besteed totaal · Resteert · Besteed % · Urennorm halfjaar · Uren gemaakt · Uren %"
    " · Status plan · Plan goedgekeurd op · Maatregelen gedekt · Maatregelen totaal"
    " · Prestatiecontracten · Afspraken gehaald · Afspraken totaal · Status rapportage · Oordeel"
    " · Toelichting oordeel · Link",
    "Convenanten": "Nummer · Regio('s) · Wederpartij · Getekend op · Oorspronkelijke einddatum"
    " · Geldende einddatum · Aantal verlengingen · Voorschot · Aanvulling · Uren per week"
    " · Plan uiterlijk op · Status · Link",
    "Plannen van aanpak": "Regio · Versie · Status · Ingediend op · Voorlopig vastgesteld op"
    " · Oordeel toereikendheid · Tekort · Goedgekeurd op · Goedgekeurd door · Namens"
    " · Kenmerk besluit · Begroot · Aantal activiteiten · Overeenstemming analyse"
    " · Overeenstemming aanpak · Link",
    "Dekking maatregelen": "Regio · Norm stellen · Melden · Verhalen schade · Bewustwording"
    " · Gedekt · Link",
    "Activiteiten": "Regio · Nr · Activiteit · Hoofdlijn · Maatregelen · Doelgroep · Trekker"
    " · Start · Einde · Begroot · Besteed in halfjaar · Besteed totaal · Status · Voortgang %"
    " · Resultaat · Knelpunt · Vervolg · Link",
    "Prestatieafspraken": "Regio · Contract · Afspraak · Soort · Verantwoordelijke · Indicator"
    " · Eenheid · Richting · Nulmeting · Streefwaarde · Streefdatum · Laatste meting · Peildatum"
    " · Verandering · Soort verandering · Doelbereik % · Gehaald · Bron · Stand · Link",
    "Metingen": "Regio · Afspraak · Indicator · Peildatum · Waarde · Teller · Noemer"
    " · Kwalificatie · Bron · Revisie · Link",
    "Uren en uitgaven": "Regio · Soort · Projectleider · Datum · Week · Omschrijving · Activiteit"
    " · Fase · Uren · Bedrag · Correctie op · Link",
    "Subsidierondes": "Regeling · Ronde · Opent · Sluit · Sluitdag telt mee · Plafond · Aanvragen"
    " · Toegekend · Gedeeltelijk toegekend · Afgewezen · Ingetrokken · In behandeling"
    " · Gevraagd bedrag · Toegekend bedrag · Link",
    "Pilots": "Ronde · Organisatie · Plaats · Regio · Titel · Gevraagd bedrag · Toegekend bedrag"
    " · Besluit · Arrangement · Loopt tot · Betaald · Vastgesteld bedrag · Terugvordering · Status"
    " · Uitkomst · Link",
    "Bijlage pilots": "Organisatie · Beschrijving van de pilot · Toegekend subsidiebedrag",
    "Cijfers": "Cijferreeks · Categorie · Periode · Waarde · Kwalificatie · Peildatum · Bron"
    " · Revisie · Vorige periode · Verandering % · Verandering procentpunt · Eenheid · Gedrukt"
    " · Reeks in grafiek · Link",
    "Toezeggingen": "Soort · Omschrijving · Vindplaats · Gedaan op · Termijn · Stand van zaken"
    " · Afgedaan met · Link",
    "Vergelijking": "Regio · Kerncijfer · Vorig halfjaar · Dit halfjaar · Verschil · Toelichting",
    "Cijfercontrole": "Onderwerp · Bron zegt · Berekend · Klopt · Toelichting",
}


def cents(euros: float) -> int:
    return round(euros * 100)


def total(book: openpyxl.Workbook, title: str, header: str) -> Any:
    """What stands in the totals row below a header."""
    sheet = book[title]
    names = [cell.value for cell in sheet[1]]
    return sheet[sheet.max_row][names.index(header)].value


def make() -> HalfYear:
    with unit_of_work():
        return make_half_year()


def written(half_year: HalfYear) -> bytes:
    target = io.BytesIO()
    write_half_year(
        half_year.period,
        target,
        made_at=MADE_AT,
        made_by="beleidsmedewerker",
        base_url="https://vpt.example",
    )
    return target.getvalue()


def read(file: bytes, *, values: bool = True) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(file), data_only=values)


def rows(book: openpyxl.Workbook, title: str) -> list[dict[str, Any]]:
    """The rows of a sheet by header, without the totals row."""
    header, *body = book[title].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in body if row[0] != "Totaal"]


def dump(file: bytes) -> str:
    """Every cell of every sheet as text: its value, with its formula, note and link."""
    values, formulas = read(file), read(file, values=False)
    lines = []
    for sheet in values.worksheets:
        lines.append(f"## {sheet.title}")
        for row in sheet.iter_rows():
            said = [_said(cell, formulas[sheet.title][cell.coordinate]) for cell in row]
            lines.append("|".join(said).replace("\n", "\\n").rstrip("|"))
    return "\n".join(lines) + "\n"


def _said(cell: Any, written: Any) -> str:
    value = cell.value
    said = "" if value is None else f"{value:%Y-%m-%d}" if cell.is_date else str(value)
    if written.data_type == "f":
        said += f" {{{written.value}}}"
    if cell.comment:
        said += f" [{cell.comment.text}]"
    if cell.hyperlink and cell.hyperlink.target:
        said += f" -> {cell.hyperlink.target}"
    return said
