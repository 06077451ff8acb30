"""The form of an application: its rows and choices, and what was filled in."""

import re
from datetime import datetime, time
from typing import Any

from flask import request
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.forms.applications import ApplicationForm, ContentForm, rows_for, with_lines
from vpt_regio.models.applications import SubsidyApplication
from vpt_regio.models.programmes import Programme
from vpt_regio.queries.organisations import list_organisations
from vpt_regio.queries.people import list_region_choices
from vpt_regio.queries.programmes import list_measures
from vpt_regio.services.application_contents import MOST_LINES, ApplicationData, LineData
from vpt_regio.web.handling import make_form

ROW = re.compile(r"line_([0-9]{1,2})_(?:description|amount)")


def content_form(
    form_type: type[ContentForm],
    programme: Programme,
    application: SubsidyApplication | None = None,
) -> ContentForm:
    """Return the form of an application, or of a new one, with a few blank rows."""
    rows = _rows_sent() or rows_for(len(application.lines) if application else 0)
    choices: dict[str, list[tuple[Any, str]]] = {
        "measure_ids": _measures(programme, application),
    }
    if issubclass(form_type, ApplicationForm):
        choices["organisation_id"] = [
            ("", _("staat niet in het register")),
            *((one.id, one.name) for one in list_organisations()),
        ]
        choices["region_id"] = [
            ("", _("geen regio")),
            *((one.id, one.name) for one in list_region_choices(programme)),
        ]
    return make_form(with_lines(form_type, rows), application, choices=choices)


def written(form: ContentForm) -> ApplicationData:
    """Return what was filled in; blank rows are no lines."""
    place: dict[str, int | None] = {}
    if isinstance(form, ApplicationForm):
        place = {
            "region_id": form.region_id.data,
            "organisation_id": form.organisation_id.data,
        }
    return ApplicationData(
        organisation_name=form.organisation_name.data,
        place=form.place.data,
        contact_name=form.contact_name.data,
        contact_email=form.contact_email.data.lower(),
        title=form.title.data,
        description=form.description.data,
        hypothesis=form.hypothesis.data,
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
        measure_ids=tuple(form.measure_ids.data or ()),
        lines=tuple(
            LineData(words.data, amount.data)
            for words, amount in form.line_fields()
            if words.data or amount.data is not None
        ),
        **place,
    )


def grid_rows(form: ContentForm) -> list[tuple[str, list[tuple[Any, str]]]]:
    """Return the rows of the budget for `input_grid`."""
    return [
        (str(row), [(words, ""), (amount, "")])
        for row, (words, amount) in enumerate(form.line_fields(), 1)
    ]


def moment_of(form: Any) -> datetime | None:
    """Return the instant of a day and a time in Dutch local time; None when left blank."""
    day, at = form.received_at.data, form.received_time.data
    if day is None or at is None:
        return None
    return datetime.combine(day, at if isinstance(at, time) else time(), clock.AMSTERDAM)


def _rows_sent() -> int:
    """Return how many rows came with what was sent; 0 when nothing was."""
    rows = [int(found[1]) for name in request.form if (found := ROW.fullmatch(name))]
    return min(max(rows, default=0), MOST_LINES)


def _measures(
    programme: Programme, application: SubsidyApplication | None
) -> list[tuple[Any, str]]:
    """Return the measures of today, and those that were chosen when they still held."""
    found = {one.id: one for one in list_measures(programme, on=clock.today())}
    if application is not None:
        found |= {one.id: one for one in application.measures}
    chosen = sorted(found.values(), key=lambda one: (one.position, one.id))
    return [(one.id, one.name) for one in chosen]
