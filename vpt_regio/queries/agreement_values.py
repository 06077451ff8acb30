"""What was agreed and what was measured, as it was known on a day.

An earlier day knows only what was recorded by the end of it: a later revision or correction never
changes what this module returns for that day. Every number is an exact fraction in the unit of its
indicator; None is "not measured", never 0.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import Any

from sqlalchemy import select

from vpt_regio import clock
from vpt_regio.domain.indicator_codes import (
    ContractStatus,
    Qualifier,
)
from vpt_regio.domain.rules.indicators import Value
from vpt_regio.domain.workflows.contracts import CONTRACT
from vpt_regio.extensions import db
from vpt_regio.models.contracts import (
    Agreement,
    Indicator,
    IndicatorRevision,
    Measurement,
    PerformanceContract,
)
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.programmes import AgreementType
from vpt_regio.models.regions import Organisation, Region
from vpt_regio.queries.agreement_standing import (
    AgreementStanding,
    IndicatorFacts,
    Measured,
    Reference,
    Series,
)
from vpt_regio.queries.as_of import Extent, status_on

__all__ = [
    "HOLDING",
    "AgreementStanding",
    "IndicatorFacts",
    "Measured",
    "Reference",
    "Series",
    "indicator_facts",
    "series",
    "standing_of",
    "standings",
    "value_of",
]

HOLDING = frozenset({ContractStatus.AGREED, ContractStatus.EVALUATED})
"""The stored statuses of a contract that holds, or held."""


def standings(
    *,
    as_of: date,
    region_ids: Collection[int] | None = None,
    contract_ids: Collection[int] | None = None,
    agreement_ids: Collection[int] | None = None,
    indicator_ids: Collection[int] | None = None,
    contract_statuses: Collection[ContractStatus] | None = HOLDING,
) -> list[AgreementStanding]:
    """Return how agreements stood on a day, by region name, contract number and number.

    None sets no limit. `contract_statuses` are stored statuses on that day (so not running or
    ended). Three queries, whatever there is; `region_ids` are those of the records themselves:
    for a region with what went up in it, give its branch (queries.lineage).
    """
    query = _agreements(as_of, contract_statuses)
    for column, ids in (
        (PerformanceContract.region_id, region_ids),
        (PerformanceContract.id, contract_ids),
        (Agreement.id, agreement_ids),
        (Indicator.id, indicator_ids),
    ):
        if ids is not None:
            query = query.where(column.in_(sorted(ids)))
    rows = db.session.execute(query).all()
    recorded = series([row.Agreement.id for row in rows], as_of=as_of)
    return [_standing(row, recorded[row.Agreement.id], as_of) for row in rows]


def standing_of(agreement_id: int, *, as_of: date) -> AgreementStanding:
    """Return how one agreement stood on a day, whatever the status of its contract.

    Raises LookupError when there is no such agreement.
    """
    found = standings(as_of=as_of, agreement_ids=[agreement_id], contract_statuses=None)
    if not found:
        raise LookupError(agreement_id)
    return found[0]


def series(agreement_ids: Collection[int], *, as_of: date) -> dict[int, Series]:
    """Return all that was recorded by the end of a day of these agreements, by their id.

    Two queries; an agreement of which nothing was recorded has an empty series.
    """
    ids = sorted(agreement_ids)
    references = _grouped(db.session.execute(_references(ids, as_of)), _reference)
    measurements = _grouped(db.session.execute(_measurements(ids, as_of)), _measured)
    return {
        number: Series(tuple(references.get(number, ())), tuple(measurements.get(number, ())))
        for number in ids
    }


def value_of(record: IndicatorRevision | Measurement) -> Value | None:
    """Return what a stored row says, with its counts; None when it was not measured."""
    return None if record.number is None else _value(record, record.number)


def _value(record: IndicatorRevision | Measurement, number: Fraction) -> Value:
    return Value(
        number,
        Qualifier(record.qualifier),
        None if record.numerator is None else Fraction(record.numerator),
        None if record.denominator is None else Fraction(record.denominator),
    )


def _agreements(as_of: date, statuses: Collection[ContractStatus] | None) -> Any:
    status = status_on(CONTRACT, PerformanceContract, _extent(as_of))
    query = (
        select(
            Agreement,
            PerformanceContract,
            Region,
            Indicator,
            Organisation.name.label("responsible"),
            AgreementType.name.label("type_name"),
            status.label("status"),
        )
        .join(PerformanceContract, PerformanceContract.id == Agreement.contract_id)
        .join(Region, Region.id == PerformanceContract.region_id)
        .join(Indicator, Indicator.id == Agreement.indicator_id)
        .join(Organisation, Organisation.id == Agreement.responsible_id)
        .outerjoin(AgreementType, AgreementType.id == Agreement.agreement_type_id)
        .order_by(
            Region.name, Region.id, PerformanceContract.number, Agreement.number, Agreement.id
        )
    )
    if statuses is None:
        return query
    return query.where(status.in_([str(one) for one in statuses]))


def _extent(as_of: date) -> Extent:
    # only the day matters here: the status of a contract does not depend on a period
    return Extent(0, 0, as_of, as_of, as_of, is_past=as_of < clock.today())


def _references(ids: Sequence[int], as_of: date) -> Any:
    return (
        select(IndicatorRevision, Person.name)
        .join(Person, Person.id == IndicatorRevision.recorded_by_id)
        .where(IndicatorRevision.agreement_id.in_(ids), IndicatorRevision.recorded_on <= as_of)
        .order_by(
            IndicatorRevision.agreement_id,
            IndicatorRevision.kind,
            IndicatorRevision.revision_no,
        )
    )


def _measurements(ids: Sequence[int], as_of: date) -> Any:
    return (
        select(Measurement, Person.name, ReportingPeriod.code)
        .join(Person, Person.id == Measurement.recorded_by_id)
        .outerjoin(ReportingPeriod, ReportingPeriod.id == Measurement.period_id)
        .where(Measurement.agreement_id.in_(ids), Measurement.recorded_on <= as_of)
        .order_by(Measurement.agreement_id, Measurement.cutoff_on, Measurement.revision_no)
    )


def _grouped(rows: Iterable[Any], made: Any) -> dict[int, list[Any]]:
    by_agreement = groupby(rows, key=lambda row: row[0].agreement_id)
    return {number: [made(row) for row in group] for number, group in by_agreement}


def _reference(row: Any) -> Reference:
    revision, recorded_by = row
    return Reference(
        id=revision.id,
        kind=revision.kind,
        revision_no=revision.revision_no,
        value=_value(revision, revision.number),
        measured_on=revision.measured_on,
        due_on=revision.due_on,
        holds_from=revision.holds_from,
        reason=revision.reason,
        source=revision.source,
        document_reference=revision.document_reference,
        recorded_by=recorded_by,
        recorded_on=revision.recorded_on,
    )


def _measured(row: Any) -> Measured:
    measurement, recorded_by, period_code = row
    return Measured(
        id=measurement.id,
        cutoff_on=measurement.cutoff_on,
        revision_no=measurement.revision_no,
        value=value_of(measurement),
        source=measurement.source,
        note=measurement.note,
        reason=measurement.reason,
        period_id=measurement.period_id,
        period_code=period_code,
        is_late=measurement.is_late,
        recorded_by=recorded_by,
        recorded_on=measurement.recorded_on,
        recorded_at=measurement.recorded_at,
    )


def _standing(row: Any, recorded: Series, as_of: date) -> AgreementStanding:
    agreement, contract, region = row.Agreement, row.PerformanceContract, row.Region
    return AgreementStanding(
        as_of=as_of,
        id=agreement.id,
        number=agreement.number,
        statement=agreement.statement,
        type_name=row.type_name or agreement.free_type,
        agreement_type_id=agreement.agreement_type_id,
        responsible_id=agreement.responsible_id,
        responsible_name=row.responsible,
        no_end_value_reason=agreement.no_end_value_reason,
        contract_id=contract.id,
        contract_number=contract.number,
        contract_title=contract.title,
        contract_status=ContractStatus(row.status),
        contract_starts_on=contract.starts_on,
        contract_ends_on=contract.ends_on,
        region_id=region.id,
        region_code=region.code,
        region_name=region.name,
        indicator=indicator_facts(row.Indicator),
        series=recorded,
    )


def indicator_facts(indicator: Indicator) -> IndicatorFacts:
    return IndicatorFacts(
        id=indicator.id,
        name=indicator.name,
        definition=indicator.definition,
        unit=indicator.unit,
        direction=indicator.direction,
        aggregation=indicator.aggregation,
        decimals=indicator.decimals,
        numerator_label=indicator.numerator_label,
        denominator_label=indicator.denominator_label,
        source_system=indicator.source_system,
        region_id=indicator.region_id,
    )
