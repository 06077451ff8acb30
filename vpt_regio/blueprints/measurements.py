"""Recording what was measured for an agreement, and correcting it."""

from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.domain.indicator_codes import Qualifier
from vpt_regio.domain.permissions import Permission
from vpt_regio.forms.measured import MEASURED, NOT_MEASURED, MeasurementForm, measurement_form
from vpt_regio.models.contracts import Agreement, Measurement
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.queries.agreements import (
    get_agreement,
    get_measurement,
    list_reported_periods,
)
from vpt_regio.services.measurements import (
    MeasurementContent,
    correct_measurement,
    latest_revision,
    record_measurement,
)
from vpt_regio.web.addresses import code_asked
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.session import current_person

bp = Blueprint("measurements", __name__)


def load_agreement(agreement_id: int) -> Agreement | None:
    return get_agreement(agreement_id)


def load_measurement(measurement_id: int) -> Measurement | None:
    return get_measurement(measurement_id)


@bp.get("/afspraken/<int:agreement_id>/metingen/nieuw")
@authorize(Permission.MEASUREMENT_RECORD, load_agreement)
def new(agreement: Agreement) -> ResponseReturnValue:
    return _page(agreement, _form(agreement))


@bp.post("/afspraken/<int:agreement_id>/metingen/nieuw")
@authorize(Permission.MEASUREMENT_RECORD, load_agreement)
def create(agreement: Agreement) -> ResponseReturnValue:
    form = _form(agreement)
    return handle(
        form,
        lambda: record_measurement(
            agreement,
            cutoff_on=form["cutoff_on"].data,
            content=_content(agreement, form),
            reason=form["reason"].data,
            actor=current_person(),
        ),
        page=lambda: _page(agreement, form),
        success=_way_back(agreement),
        message=_("De meting is vastgelegd."),
    )


@bp.get("/metingen/<int:measurement_id>/verbeteren")
@authorize(Permission.MEASUREMENT_RECORD, load_measurement)
def correct(measurement: Measurement) -> ResponseReturnValue:
    latest = _latest(measurement)
    form = _form(measurement.agreement, latest)
    form.version.data = str(latest.revision_no)
    return _page(measurement.agreement, form, latest)


@bp.post("/metingen/<int:measurement_id>/verbeteren")
@authorize(Permission.MEASUREMENT_RECORD, load_measurement)
def save_correction(measurement: Measurement) -> ResponseReturnValue:
    agreement = measurement.agreement
    form = _form(agreement, measurement)
    return handle(
        form,
        lambda: correct_measurement(
            measurement,
            content=_content(agreement, form),
            reason=form["reason"].data,
            actor=current_person(),
            expected_revision=form.expected_version,
        ),
        page=lambda: _page(agreement, form, _latest(measurement)),
        success=_address_of(agreement),
        message=_("De meting is verbeterd. De eerdere waarde blijft zichtbaar."),
        obj=_Stored(measurement),
    )


class _Stored:
    """The last revision of a measurement under the names of the form's fields.

    Read at each use: after a conflict it is that of the other person.
    """

    def __init__(self, measurement: Measurement) -> None:
        self._measurement = measurement

    def __getattr__(self, name: str) -> Any:
        latest = _latest(self._measurement)
        if name == "version":
            return latest.revision_no
        if name == "is_measured":
            return NOT_MEASURED if latest.number is None else MEASURED
        # each correction has a reason of its own
        return "" if name == "reason" else getattr(latest, name)


def _form(agreement: Agreement, measurement: Measurement | None = None) -> MeasurementForm:
    form_type = measurement_form(agreement.indicator, is_correction=measurement is not None)
    periods = [(one.id, one.name) for one in _periods(agreement, measurement)]
    first = _("zoals nu") if measurement else _("het halfjaar van de peildatum")
    return make_form(
        form_type,
        _Stored(measurement) if measurement else None,
        choices={"period_id": [("", first), *periods]},
        data=_asked_period(agreement) if measurement is None else None,
    )


def _asked_period(agreement: Agreement) -> dict[str, Any] | None:
    """Return the half-year of the report that somebody came from, as a first choice."""
    code = code_asked("halfjaar")
    found = [one.id for one in _periods(agreement, None) if one.code == code]
    return {"period_id": found[0]} if found else None


def _content(agreement: Agreement, form: MeasurementForm) -> MeasurementContent:
    periods = {one.id: one for one in _periods(agreement, None)}
    return MeasurementContent(
        given=form.given(),
        is_measured=form["is_measured"].data == MEASURED,
        qualifier=form["qualifier"].data or Qualifier.EXACT,
        source=form["source"].data,
        note=form["note"].data,
        period=periods.get(form["period_id"].data),
    )


def _periods(agreement: Agreement, measurement: Measurement | None) -> list[ReportingPeriod]:
    """Return the half-years that can be chosen, with the one that was chosen before."""
    found = list_reported_periods(agreement.contract)
    kept = measurement.period if measurement else None
    return found if kept is None or kept in found else [*found, kept]


def _latest(measurement: Measurement) -> Measurement:
    return latest_revision(measurement.agreement, measurement.cutoff_on) or measurement


def _page(
    agreement: Agreement, form: MeasurementForm, measurement: Measurement | None = None
) -> str:
    return render_template(
        "measurements/edit.html",
        agreement=agreement,
        indicator=agreement.indicator,
        measurement=measurement,
        form=form,
        back=_address_of(agreement) if measurement else _way_back(agreement),
    )


def _way_back(agreement: Agreement) -> str:
    """Return the report that somebody came from, else the page of the agreement."""
    code, region_code = code_asked("halfjaar"), code_asked("regio")
    if not (code and region_code):
        return _address_of(agreement)
    return url_for("reports.edit", code=code, region_code=region_code)


def _address_of(agreement: Agreement) -> str:
    return url_for("agreements.show", agreement_id=agreement.id)
