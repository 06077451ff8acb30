"""How an agreement stands: what was agreed, what was measured, and what follows from both.

Every number is an exact fraction in the unit of its indicator; None is "not measured", never 0.
"""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import cached_property
from itertools import groupby

from vpt_regio.domain.indicator_codes import (
    Aggregation,
    Attainment,
    ContractStatus,
    Direction,
    ReferenceKind,
    Unit,
)
from vpt_regio.domain.rules import indicators as rules
from vpt_regio.domain.rules.indicators import AttainmentFacts, Change, Value


@dataclass(frozen=True)
class IndicatorFacts:
    """What is measured, and how its values may be told and taken together."""

    id: int
    name: str
    definition: str
    unit: Unit
    direction: Direction
    aggregation: Aggregation
    decimals: int
    numerator_label: str
    denominator_label: str
    source_system: str
    region_id: int | None


@dataclass(frozen=True)
class Reference:
    """One revision of a baseline or a target; `is_target` tells which."""

    id: int
    kind: ReferenceKind
    revision_no: int
    value: Value
    measured_on: date | None
    due_on: date | None
    holds_from: date
    reason: str
    source: str
    document_reference: str
    recorded_by: str
    recorded_on: date

    @property
    def is_target(self) -> bool:
        return self.kind is ReferenceKind.TARGET


@dataclass(frozen=True)
class Measured:
    """One revision of the measurement of a day; `value` is None when it was not measured."""

    id: int
    cutoff_on: date
    revision_no: int
    value: Value | None
    source: str
    note: str
    reason: str
    period_id: int | None
    period_code: str | None
    is_late: bool
    recorded_by: str
    recorded_on: date
    recorded_at: datetime

    @property
    def number(self) -> Fraction | None:
        return self.value.number if self.value else None

    @property
    def is_corrected(self) -> bool:
        return self.revision_no > 1


@dataclass(frozen=True)
class Series:
    """All that was recorded of an agreement: references by kind and revision, measurements by
    cut-off day and revision."""

    references: tuple[Reference, ...] = ()
    measurements: tuple[Measured, ...] = ()

    def of_kind(self, kind: ReferenceKind) -> tuple[Reference, ...]:
        return tuple(one for one in self.references if one.kind is kind)

    def holding(self, kind: ReferenceKind, day: date) -> Reference | None:
        """Return the revision that holds on a day: the last recorded one that began by then."""
        begun = [one for one in self.of_kind(kind) if one.holds_from <= day]
        return begun[-1] if begun else None

    @cached_property
    def latest_revisions(self) -> tuple[Measured, ...]:
        """The last revision for each cut-off day, in the order of those days."""
        by_day = groupby(self.measurements, key=lambda one: one.cutoff_on)
        return tuple(list(revisions)[-1] for _, revisions in by_day)


@dataclass(frozen=True)
class AgreementStanding:
    """How one agreement stands, as it was known on `as_of`.

    `latest` is what is known of the last cut-off day: it may be that it was not measured.
    `previous` is the last measured value before that day.
    """

    as_of: date
    id: int
    number: int
    statement: str
    type_name: str
    agreement_type_id: int | None
    responsible_id: int
    responsible_name: str
    no_end_value_reason: str
    contract_id: int
    contract_number: int
    contract_title: str
    contract_status: ContractStatus
    contract_starts_on: date
    contract_ends_on: date
    region_id: int
    region_code: str
    region_name: str
    indicator: IndicatorFacts
    series: Series

    @property
    def baseline(self) -> Reference | None:
        return self.series.holding(ReferenceKind.BASELINE, self.as_of)

    @property
    def target(self) -> Reference | None:
        return self.series.holding(ReferenceKind.TARGET, self.as_of)

    @property
    def earlier_baselines(self) -> tuple[Reference, ...]:
        return self._earlier(ReferenceKind.BASELINE, self.baseline)

    @property
    def earlier_targets(self) -> tuple[Reference, ...]:
        return self._earlier(ReferenceKind.TARGET, self.target)

    @property
    def latest(self) -> Measured | None:
        return next(reversed(self.series.latest_revisions), None)

    @property
    def previous(self) -> Measured | None:
        earlier = self.series.latest_revisions[:-1]
        return next((one for one in reversed(earlier) if one.value), None)

    @property
    def latest_value(self) -> Measured | None:
        """The last day that was measured, when `latest` itself was not."""
        return next((one for one in reversed(self.series.latest_revisions) if one.value), None)

    @property
    def due_on(self) -> date | None:
        return self.target.due_on if self.target else None

    @property
    def change(self) -> Change | None:
        """The change from the baseline to the latest measurement."""
        return rules.change(_number(self.baseline), self._measured, self.indicator.unit)

    @property
    def change_since_previous(self) -> Change | None:
        old = self.previous.number if self.previous else None
        return rules.change(old, self._measured, self.indicator.unit)

    @property
    def target_share(self) -> Fraction | None:
        """Which part of the way from baseline to target was covered; 1 is reached."""
        return rules.target_share(_number(self.baseline), self._measured, _number(self.target))

    @property
    def distance(self) -> Fraction | None:
        """What is still missing, in the unit; 0 when the target is reached."""
        return rules.distance(self._measured, _number(self.target), self.indicator.direction)

    @property
    def attainment(self) -> Attainment:
        facts = AttainmentFacts(
            unit=self.indicator.unit,
            direction=self.indicator.direction,
            baseline=_number(self.baseline),
            baseline_on=self.baseline.measured_on if self.baseline else None,
            target=_number(self.target),
            due_on=self.due_on,
            value=self._measured,
            measured_on=self.latest.cutoff_on if self.latest else None,
        )
        return rules.attainment(facts, today=self.as_of)

    @property
    def region_ids(self) -> frozenset[int]:
        return frozenset({self.region_id})

    @property
    def _measured(self) -> Fraction | None:
        return self.latest.number if self.latest else None

    def _earlier(self, kind: ReferenceKind, present: Reference | None) -> tuple[Reference, ...]:
        known = self.series.of_kind(kind)
        return tuple(one for one in known if present and one.revision_no < present.revision_no)


def _number(reference: Reference | None) -> Fraction | None:
    return reference.value.number if reference else None
