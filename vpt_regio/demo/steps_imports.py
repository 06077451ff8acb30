"""How a region brought its progress form back: first with faults, then as it should be."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from io import BytesIO
from typing import Any

from flask import current_app

from vpt_regio import clock
from vpt_regio.demo import reports, world
from vpt_regio.demo.agenda import Step
from vpt_regio.services.imports import decide, preview, receive
from vpt_regio.workbooks.progress_form import form_file_name, write_progress_form
from vpt_regio.workbooks.progress_form_read import read_progress_form
from vpt_regio.workbooks.progress_form_source import read_form_source

REGION, PERIOD = "ijsselland", "2012-1"
LEADER = reports.leader(REGION)
BROUGHT_ON = date(2012, 7, 14)
BROUGHT_AGAIN_ON = date(2012, 7, 15)

# sheet → what was typed below each header, in the first rows
Typed = Mapping[str, list[Mapping[str, Any]]]

FAULTY: Typed = {
    "Activiteiten": [
        {"Status": "vertraagd", "Voortgang %": 0.1, "Resultaat": "Voorbeeld: er is een opzet."}
    ],
    "Oordeel": [{"RAG": "oranje", "Resultaat": reports.RESULTS, "Vooruitblik": "Voorbeeldtekst."}],
}
COMPLETE: Typed = {
    "Activiteiten": [
        {
            "Status": "vertraagd",
            "Voortgang %": 0.1,
            "Resultaat": "Voorbeeld: er is een opzet.",
            "Knelpunt": "Voorbeeld: de partners moeten nog akkoord gaan.",
        }
    ],
    "Oordeel": [
        {
            "RAG": "oranje",
            "Toelichting": "Voorbeeld: een van de activiteiten begon later.",
            "Resultaat": reports.RESULTS,
            "Vooruitblik": "Voorbeeldtekst.",
        }
    ],
}


def steps() -> Iterator[Step]:
    """Yield the steps; the report itself is begun before, and still a draft after."""
    yield Step(BROUGHT_ON, partial(_bring, FAULTY))
    yield Step(BROUGHT_AGAIN_ON, partial(_bring, COMPLETE))


def _bring(typed: Typed) -> None:
    """Download the form, fill it in, and hand it in; what can be taken over is."""
    leader, period = world.person(LEADER), world.period(PERIOD)
    secret = current_app.config["SECRET_KEY"]
    target = BytesIO()
    source = read_form_source(world.region(REGION), period)
    made_at = clock.now().replace(microsecond=0)
    write_progress_form(source, target, made_at=made_at, secret=secret)
    data = _filled_in(target, typed)
    read = read_progress_form(data, secret=secret)
    name = form_file_name(REGION, PERIOD)
    import_ = receive(data, name, read=read, period=period, actor=leader)
    if not import_.problems:
        keys = {line.key for line in preview(import_).lines if line.is_open}
        decide(import_, accepted_keys=keys, actor=leader)


def _filled_in(form: BytesIO, typed: Typed) -> bytes:
    # openpyxl takes a second to load, which only who reads or writes a file should wait for
    from openpyxl import load_workbook

    book = load_workbook(form)
    for title, rows in typed.items():
        sheet = book[title]
        columns = {cell.value: number for number, cell in enumerate(sheet[1], start=1)}
        for number, values in enumerate(rows, start=2):
            for header, value in values.items():
                sheet.cell(number, columns[header], value)
    target = BytesIO()
    book.save(target)
    return target.getvalue()
