"""`vpt workbook-docs`: describe every sheet and column of the half-year workbook."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click

from vpt_regio.cli import group
from vpt_regio.workbooks.half_year import half_year_workbook
from vpt_regio.workbooks.half_year_explanation import MEANINGS
from vpt_regio.workbooks.half_year_meanings import COLUMN_MEANINGS, SHEET_MEANINGS
from vpt_regio.workbooks.spec import Column, Kind, Sheet, Total, Workbook

FILE = Path(__file__).parents[2] / "docs" / "workbook.md"
NOTHING = "–"
COVERAGE = "coverage"
KIND_NAMES = {
    Kind.TEXT: "tekst",
    Kind.LONG_TEXT: "lange tekst",
    Kind.INTEGER: "heel getal",
    Kind.DECIMAL: "getal met twee decimalen",
    Kind.NUMBER: "getal",
    Kind.MONEY: "bedrag in euro's",
    Kind.PERCENT: "percentage",
    Kind.EXACT_PERCENT: "percentage met één decimaal",
    Kind.DATE: "datum",
    Kind.LINK: "link",
    Kind.MIXED: "waarde in de eenheid van de rij",
}
TOTAL_NAMES = {Total.SUM: "som", Total.COUNT: "aantal", Total.LABEL: "opschrift"}
INTRODUCTION = """\
# Het werkboek van een halfjaar

Het werkboek is een bestand met de stand van alle regio's. U maakt het bij een halfjaar: met
*Werkboek maken* voor Excel, met *Werkboek als ODS maken* voor OpenDocument. Beide hebben dezelfde
bladen en kolommen. Loopt het halfjaar nog, dan zijn de cijfers **voorlopig**. Is het vastgezet,
dan krijgt u het bestand van de nieuwste versie: dat verandert niet meer.

[//]: # "Gemaakt met `flask --app wsgi vpt workbook-docs`. Niet met de hand wijzigen."

## Voor alle bladen

- De namen van bladen en kolommen en hun volgorde liggen vast. Nieuwe kolommen komen vóór
  *Link*, nieuwe bladen achteraan.
- De koppen staan in rij 1. Elk blad met gegevens is een Excel-tabel. Haar naam staat bij het blad.
- Een lege cel betekent: niet bekend of niet gemeten. Een 0 betekent dat er niets was.
- Bedragen, datums en percentages zijn echte getallen. Een vage datum, zoals ‘eind 2010’, is tekst.
- Een formule bevat ook haar uitkomst. U ziet het getal dus ook in een programma dat niet rekent.
- Tekst die met `=` begint, wordt nooit uitgevoerd."""


@group.command("workbook-docs")
@click.option(
    "--output",
    default=FILE,
    show_default="docs/workbook.md",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write.",
)
def workbook_docs(output: Path) -> None:
    """Write the page about the half-year workbook."""
    output.write_text(page(), encoding="utf-8")
    click.echo(output)


def declaration() -> Workbook:
    """Return the workbook as declared, without the measures, which are data."""
    source: Any = SimpleNamespace(measures=())
    return half_year_workbook(source)


def page() -> str:
    """Return the text of the page; the same declarations give the same text."""
    lines = [INTRODUCTION, ""]
    for number, sheet in enumerate(declaration().sheets, start=1):
        lines += [f"## Blad {number}: {sheet.title}", "", SHEET_MEANINGS[sheet.key], ""]
        lines += [*_columns(sheet), ""] if isinstance(sheet, Sheet) else [*_meanings(), ""]
    return "\n".join(lines)


def _meanings() -> Iterator[str]:
    yield "Het blad legt deze woorden uit:"
    yield ""
    for label, meaning in MEANINGS:
        yield f"- **{label}**: {meaning}"


def _columns(sheet: Sheet) -> Iterator[str]:
    yield f"Excel-tabel: `{sheet.table_name}`"
    yield ""
    yield "| Kolom | Soort | Betekenis | Totaal of formule |"
    yield "|---|---|---|---|"
    for column in sheet.columns:
        if sheet.key == COVERAGE and column.key == "awareness":
            yield (
                f"| *een kolom per maatregel* | {KIND_NAMES[Kind.INTEGER]} | Aantal activiteiten "
                "voor deze maatregel; ‘n.v.t.’ als het plan haar weglaat (de reden is een notitie)."
                f" | {TOTAL_NAMES[Total.SUM]} |"
            )
        meaning = COLUMN_MEANINGS[sheet.key][column.key]
        kind = KIND_NAMES[column.kind]
        yield f"| {column.header} | {kind} | {meaning} | {_computed(sheet, column)} |"
    for chart in sheet.charts:
        yield ""
        yield f"Grafiek: {chart.title}."


def _computed(sheet: Sheet, column: Column) -> str:
    parts = [TOTAL_NAMES[column.total]] if column.total else []
    if column.formula:
        headers = {c.key: f"[{c.header}]" for c in sheet.columns}
        parts.append(f"`{column.formula.format_map(headers)}`")
    return ", ".join(parts) or NOTHING
