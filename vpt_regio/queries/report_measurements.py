"""What a half-year report says of agreements: as it is known now, or as it was submitted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import select

from vpt_regio import clock
from vpt_regio.domain.indicator_codes import Attainment, ContractStatus, Qualifier, Unit
from vpt_regio.domain.rules.indicators import Change, Value, change
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.extensions import db
from vpt_regio.models.contracts import PerformanceContract
from vpt_regio.models.periods import ProgressReport, ReportingPeriod
from vpt_regio.queries.agreement_values import HOLDING, AgreementStanding, Measured, standings
from vpt_regio.queries.half_year_values import in_half_year, is_of
from vpt_regio.queries.lineage import branch_of

SUBMITTED = (ReportStatus.SUBMITTED, ReportStatus.ACCEPTED)


@dataclass(frozen=True)
class DatedValue:
    """A value with its day: measured on, or due on for a target."""

    value: Value
    day: date | None


@dataclass(frozen=True)
class ReportedMeasurement:
    """What was measured for the half-year; without a value `note` tells why."""

    cutoff_on: date
    revision_no: int
    value: Value | None
    source: str
    note: str
    reason: str
    is_late: bool


@dataclass(frozen=True)
class ReportedAgreement:
    """One agreement in the report on a half-year.

    `previous` is the last value before it; the baseline when nothing was measured before. `target`
    is the one that held at the end of the half-year.
    """

    agreement_id: int
    contract: int
    number: int
    region: str
    statement: str
    indicator: str
    unit: Unit
    decimals: int
    previous: DatedValue | None
    measurement: ReportedMeasurement | None
    target: DatedValue | None
    attainment: Attainment

    @property
    def change(self) -> Change | None:
        return change(_number(self.previous), _number(self.measurement), self.unit)


@dataclass(frozen=True)
class ReportLine:
    """An agreement as the report tells it.

    `newer` is what is known now when that is something else than was submitted. `can_record`
    tells that its contract still takes measurements.
    """

    told: ReportedAgreement
    newer: ReportedAgreement | None = None
    can_record: bool = False

    @property
    def is_missing(self) -> bool:
        return self.can_record and self.told.measurement is None


def report_lines(report: ProgressReport) -> list[ReportLine]:
    """Return the agreements of a report: as submitted while that stands, else as of today."""
    known = agreement_lines(report.region_id or report.region.id, report.period)
    if report.status not in SUBMITTED or not report.submissions:
        return known
    now = {line.told.agreement_id: line.told for line in known}
    stored = report.submissions[-1].content.get("agreements", [])
    return [_submitted_line(reported_of(entry), now) for entry in stored]


def agreement_lines(region_id: int, period: ReportingPeriod) -> list[ReportLine]:
    """Return the agreements of the contracts that ran in a half-year, as they are known today.

    They are of a region and of what went up in it by the end of the period. Of a contract that was
    signed only afterwards they are those that were measured for it. One query without contracts,
    else four.
    """
    contracts = _contracts(region_id, period)
    if not contracts:
        return []
    found = standings(as_of=clock.today(), contract_ids=list(contracts))
    lines = [
        (
            one,
            ReportLine(_reported(one, period), None, one.contract_status is ContractStatus.AGREED),
        )
        for one in found
    ]
    return [line for one, line in lines if contracts[one.contract_id] or line.told.measurement]


def unmeasured(report: ProgressReport) -> list[ReportedAgreement]:
    """Return the agreements of which a report still has to say something."""
    lines = agreement_lines(report.region_id or report.region.id, report.period)
    return [line.told for line in lines if line.is_missing]


def content_of(reported: ReportedAgreement) -> dict[str, Any]:
    """Return what a report says of an agreement as plain values: numbers as exact fractions."""
    told = reported.measurement
    return {
        **{name: getattr(reported, name) for name in _PLAIN},
        "unit": str(reported.unit),
        "attainment": str(reported.attainment),
        "previous": _dated_content(reported.previous),
        "target": _dated_content(reported.target),
        "measurement": told
        and {
            **{name: getattr(told, name) for name in _PLAIN_OF_MEASUREMENT},
            "cutoff_on": told.cutoff_on.isoformat(),
            "value": _value_content(told.value),
        },
    }


def reported_of(content: Mapping[str, Any]) -> ReportedAgreement:
    """Return what a submitted report said of an agreement."""
    told = content["measurement"]
    return ReportedAgreement(
        **{name: content[name] for name in _PLAIN},
        unit=Unit(content["unit"]),
        attainment=Attainment(content["attainment"]),
        previous=_dated_of(content["previous"]),
        target=_dated_of(content["target"]),
        measurement=told
        and ReportedMeasurement(
            **{name: told[name] for name in _PLAIN_OF_MEASUREMENT},
            cutoff_on=date.fromisoformat(told["cutoff_on"]),
            value=_value_of(told["value"]),
        ),
    )


_PLAIN = (
    "agreement_id",
    "contract",
    "number",
    "region",
    "statement",
    "indicator",
    "decimals",
)
_PLAIN_OF_MEASUREMENT = ("revision_no", "source", "note", "reason", "is_late")


def _contracts(region_id: int, period: ReportingPeriod) -> dict[int, bool]:
    """Return the contracts that ran in a half-year, each with whether it held by its end."""
    members = branch_of(region_id, day=min(period.ends_on, clock.today()))
    query = (
        select(PerformanceContract.id, PerformanceContract.agreed_on <= period.ends_on)
        .where(
            PerformanceContract.region_id.in_(members),
            PerformanceContract.status.in_(list(HOLDING)),
            PerformanceContract.starts_on <= period.ends_on,
            PerformanceContract.ends_on >= period.starts_on,
        )
        .order_by(PerformanceContract.id)
    )
    return {contract_id: bool(held) for contract_id, held in db.session.execute(query)}


def _reported(standing: AgreementStanding, period: ReportingPeriod) -> ReportedAgreement:
    of_period = in_half_year(standing, period)
    latest, target = of_period.latest, of_period.target
    return ReportedAgreement(
        agreement_id=standing.id,
        contract=standing.contract_number,
        number=standing.number,
        region=standing.region_name,
        statement=standing.statement,
        indicator=standing.indicator.name,
        unit=standing.indicator.unit,
        decimals=standing.indicator.decimals,
        previous=_previous(of_period, standing, period),
        measurement=_measurement(latest) if latest else None,
        target=DatedValue(target.value, target.due_on) if target else None,
        attainment=of_period.attainment,
    )


def _previous(
    of_period: AgreementStanding, standing: AgreementStanding, period: ReportingPeriod
) -> DatedValue | None:
    before = of_period.latest.cutoff_on if of_period.latest else period.ends_on
    earlier = [
        one
        for one in standing.series.latest_revisions
        if one.value and one.cutoff_on < before and not is_of(one, period)
    ]
    if earlier and earlier[-1].value:
        return DatedValue(earlier[-1].value, earlier[-1].cutoff_on)
    baseline = of_period.baseline
    return DatedValue(baseline.value, baseline.measured_on) if baseline else None


def _measurement(one: Measured) -> ReportedMeasurement:
    return ReportedMeasurement(
        cutoff_on=one.cutoff_on,
        revision_no=one.revision_no,
        value=one.value,
        source=one.source,
        note=one.note,
        reason=one.reason,
        is_late=one.is_late,
    )


def _submitted_line(told: ReportedAgreement, now: Mapping[int, ReportedAgreement]) -> ReportLine:
    known = now.get(told.agreement_id)
    is_newer = known is not None and _place(known) != _place(told)
    return ReportLine(told, known if is_newer else None)


def _place(reported: ReportedAgreement) -> tuple[date, int] | None:
    """Return which row of the measurements it is: a day and a revision, given once."""
    told = reported.measurement
    return (told.cutoff_on, told.revision_no) if told else None


def _dated_content(dated: DatedValue | None) -> dict[str, Any] | None:
    if dated is None:
        return None
    day = dated.day.isoformat() if dated.day else None
    return {"value": _value_content(dated.value), "day": day}


def _dated_of(content: Mapping[str, Any] | None) -> DatedValue | None:
    value = _value_of(content["value"]) if content else None
    if content is None or value is None:
        return None
    return DatedValue(value, date.fromisoformat(content["day"]) if content["day"] else None)


def _value_content(value: Value | None) -> dict[str, str | None] | None:
    if value is None:
        return None
    counts = {"numerator": value.numerator, "denominator": value.denominator}
    return {
        "number": str(value.number),
        "qualifier": str(value.qualifier),
        **{name: None if count is None else str(count) for name, count in counts.items()},
    }


def _value_of(content: Mapping[str, Any] | None) -> Value | None:
    if content is None:
        return None
    counts = {
        name: None if content[name] is None else Fraction(content[name])
        for name in ("numerator", "denominator")
    }
    return Value(Fraction(content["number"]), Qualifier(content["qualifier"]), **counts)


def _number(one: DatedValue | ReportedMeasurement | None) -> Fraction | None:
    return one.value.number if one and one.value else None
