"""Progress forms as they are read back, without the file: filled in, sorted out, sent in."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from tests.factories.periods import Season
from vpt_regio.clock import AMSTERDAM
from vpt_regio.domain.enums import Phase
from vpt_regio.extensions import db
from vpt_regio.models.imports import Import
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.regions import Region
from vpt_regio.services.imports import receive
from vpt_regio.workbooks.progress_form_meta import meta_of
from vpt_regio.workbooks.progress_form_source import read_form_source
from vpt_regio.workbooks.progress_form_types import (
    FIELDS,
    FormRead,
    FormRow,
    FormSheet,
    FormSource,
    Week,
    hours_key,
    keyed_rows,
)

MADE_AT = datetime(2012, 7, 10, 9, tzinfo=AMSTERDAM)


def download(season: Season) -> FormSource:
    """What the form of a region is filled with now."""
    region = db.session.get_one(Region, season.stage.region.id)
    period = db.session.get_one(ReportingPeriod, season.period.id)
    return read_form_source(region, period)


def fill(
    source: FormSource,
    edits: Mapping[str, Mapping[str, Any]] | None = None,
    *,
    weeks: Sequence[tuple[int, Week, int]] = (),
    bookings: Sequence[Mapping[str, Any]] = (),
    made_at: datetime = MADE_AT,
) -> FormRead:
    """The form after somebody filled it in: other values by row key, weeks and bookings."""
    rows = [
        _row(sheet, number, key, _values(item, sheet) | dict((edits or {}).get(key, {})))
        for number, (sheet, key, item) in enumerate(keyed_rows(source), start=2)
    ]
    by_key = {row.key: row for row in rows}
    for appointment_id, week, quarters in weeks:
        key = hours_key(appointment_id, week)
        values = {"quarters": quarters, "note": "", "appointment_id": appointment_id, "week": week}
        number = by_key[key].number if key in by_key else 100 + len(by_key)
        by_key[key] = _row(FormSheet.HOURS, number, key, values)
    new = [
        replace(
            _row(FormSheet.EXPENDITURES, number, f"expenditure:new:{number}", dict(values)),
            is_new=True,
        )
        for number, values in enumerate(bookings, start=300)
    ]
    return FormRead(meta=meta_of(source, made_at=made_at), rows=(*by_key.values(), *new))


def booking(cents: int, description: str = "Drukwerk", **changes: Any) -> dict[str, Any]:
    """A new row of the sheet on expenditures."""
    return {
        "booked_on": date(2012, 5, 1),
        "description": description,
        "activity_id": None,
        "phase": Phase.IMPLEMENTATION,
        "amount_cents": cents,
        **changes,
    }


def send_in(
    season: Season,
    read: FormRead,
    *,
    data: bytes = b"PK filled in",
    actor: Person | None = None,
    name: str = "formulier.xlsx",
) -> Import:
    """Hand a form in, in the unit of work that is open."""
    person = db.session.get_one(Person, (actor or season.stage.leader).id)
    period = db.session.get_one(ReportingPeriod, season.period.id)
    return receive(data, name, read=read, period=period, actor=person)


def _values(item: Any, sheet: FormSheet) -> dict[str, Any]:
    values = {name: getattr(item, name) for name in FIELDS[sheet]}
    if sheet is FormSheet.HOURS:
        values |= {"appointment_id": item.appointment_id, "week": item.week}
    return values


def _row(sheet: FormSheet, number: int, key: str, values: Mapping[str, Any]) -> FormRow:
    cells = {name: f"{chr(65 + place)}{number}" for place, name in enumerate(FIELDS[sheet])}
    return FormRow(sheet, number, key, values, cells, dict(values))
