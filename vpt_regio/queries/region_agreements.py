"""How many contracts each region has and what of its agreements was reached.

It is one column of the statement of all regions, so that the national view needs no query more.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, String, cast, func, select, type_coerce
from sqlalchemy.orm import aliased

from vpt_regio import clock
from vpt_regio.domain.indicator_codes import Attainment, Direction, ReferenceKind, Unit
from vpt_regio.domain.rules.indicators import AttainmentFacts, attainment, percent_of
from vpt_regio.domain.workflows.contracts import CONTRACT
from vpt_regio.models.base import SCALE
from vpt_regio.models.contracts import (
    Agreement,
    Indicator,
    IndicatorRevision,
    Measurement,
    PerformanceContract,
)
from vpt_regio.models.regions import Region
from vpt_regio.queries.agreement_values import HOLDING
from vpt_regio.queries.as_of import Extent, status_on
from vpt_regio.queries.overview_statements import Scope

PART, END = ":", ","


@dataclass(frozen=True)
class AgreementTally:
    """The contracts of a region that hold or held on a day, and their agreements."""

    contracts: int = 0
    met: int = 0
    total: int = 0


def agreed(scope: Scope) -> ColumnElement[str | None]:
    """Return, for the region of a statement, its agreements with target and value, as one text."""
    day = scope.as_of
    extent = Extent(scope.programme_id, 0, day, day, day, is_past=day < clock.today())
    status = status_on(CONTRACT, PerformanceContract, extent)
    texts: list[ColumnElement[str]] = [
        cast(Agreement.contract_id, String),
        cast(Indicator.unit, String),
        cast(Indicator.direction, String),
        *_texts(IndicatorRevision),
        *_texts(Measurement),
    ]
    line = reduce(lambda text, one: text + PART + one, texts)
    return (
        select(func.aggregate_strings(line, END))
        .select_from(Agreement)
        .join(PerformanceContract, PerformanceContract.id == Agreement.contract_id)
        .join(Indicator, Indicator.id == Agreement.indicator_id)
        .outerjoin(IndicatorRevision, IndicatorRevision.id == _target(scope))
        .outerjoin(Measurement, Measurement.id == _measurement(scope))
        .where(
            PerformanceContract.region_id == Region.id,
            status.in_([str(one) for one in HOLDING]),
        )
        .correlate(Region)
        .scalar_subquery()
    )


def tally_of(text: str | None) -> AgreementTally:
    """Count what `agreed` returned for a region."""
    lines = [line.split(PART) for line in text.split(END)] if text else []
    return AgreementTally(
        contracts=len({line[0] for line in lines}),
        met=sum(_is_met(line) for line in lines),
        total=len(lines),
    )


def _is_met(line: list[str]) -> bool:
    facts = AttainmentFacts(
        unit=Unit(line[1]),
        direction=Direction(line[2]),
        baseline=None,
        baseline_on=None,
        target=_number(line[3:6]),
        due_on=None,
        value=_number(line[6:9]),
        measured_on=None,
    )
    # what is reached does not depend on the day
    return attainment(facts, today=clock.today()) is Attainment.MET


def _number(stored: Iterable[str]) -> Fraction | None:
    value, numerator, denominator = (int(text) if text else None for text in stored)
    if numerator is not None and denominator is not None:
        return percent_of(numerator, denominator)
    return None if value is None else Fraction(value, 10**SCALE)


def _texts(record: type[IndicatorRevision | Measurement]) -> list[ColumnElement[str]]:
    stored: list[Any] = [record.value, record.numerator, record.denominator]
    return [func.coalesce(cast(type_coerce(one, BigInteger), String), "") for one in stored]


def _target(scope: Scope) -> Any:
    """Return the target that held on the day: the last recorded one that had begun."""
    revision = aliased(IndicatorRevision)
    return (
        select(revision.id)
        .where(
            revision.agreement_id == Agreement.id,
            revision.kind == ReferenceKind.TARGET,
            revision.holds_from <= scope.as_of,
            revision.recorded_on <= scope.as_of,
        )
        .order_by(revision.revision_no.desc())
        .limit(1)
        .correlate(Agreement)
        .scalar_subquery()
    )


def _measurement(scope: Scope) -> Any:
    """Return the last revision of the last day that was known on the day."""
    measurement = aliased(Measurement)
    return (
        select(measurement.id)
        .where(
            measurement.agreement_id == Agreement.id,
            measurement.recorded_on <= scope.as_of,
        )
        .order_by(measurement.cutoff_on.desc(), measurement.revision_no.desc())
        .limit(1)
        .correlate(Agreement)
        .scalar_subquery()
    )
