"""Results over regions: per indicator one value, and what stands behind it, in a few SELECTs.

Everybody sees what was measured for half-years that are closed. What was measured for another
half-year is seen by those who may read the contracts of the region, and by nobody else.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import groupby

from sqlalchemy import select

from vpt_regio import policies
from vpt_regio.domain.indicator_codes import Aggregation, Attainment, Qualifier
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.aggregation import Contribution
from vpt_regio.domain.rules.indicators import Change, Value, change
from vpt_regio.domain.rules.results import Joint, LeftOut, joint, own
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.extensions import db
from vpt_regio.models.contracts import Indicator
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.programmes import AgreementType, Programme
from vpt_regio.models.regions import Region
from vpt_regio.queries.agreement_values import AgreementStanding, IndicatorFacts, standings
from vpt_regio.queries.half_year_values import in_half_year, limited, ran_in
from vpt_regio.queries.region_row import SETTLED_PERIODS
from vpt_regio.standing import standing

Told = tuple[Value, date | None]
Read = Callable[[AgreementStanding], Told | None]


@dataclass(frozen=True)
class Look:
    """What is asked: by whom, what was known on which day, and for which half-year.

    Without a half-year the last measurement counts. `readable` are the regions of which the
    person may see everything (None: all).
    """

    as_of: date
    periods: tuple[ReportingPeriod, ...]
    readable: frozenset[int] | None
    period: ReportingPeriod | None = None

    @property
    def day(self) -> date:
        """The day by which regions are brought together."""
        return min(self.as_of, self.period.ends_on) if self.period else self.as_of

    def at(self, as_of: date, period_code: str | None = None) -> "Look":
        """Return the same for an earlier day; a half-year that had not begun stands for none."""
        periods = tuple(one for one in self.periods if one.starts_on <= as_of)
        period = next((one for one in periods if one.code == period_code), None)
        return replace(self, as_of=as_of, periods=periods, period=period)

    @property
    def closed(self) -> list[ReportingPeriod]:
        return [period for period in self.periods if period.status in SETTLED_PERIODS]

    def reads(self, region_id: int) -> bool:
        return self.readable is None or region_id in self.readable


@dataclass(frozen=True)
class RegionResult:
    """One region in the result of an indicator, with what counts for it since a merger.

    `agreements` are those that may be seen, as they stood; `hidden` counts the others.
    """

    region_id: int
    code: str
    name: str
    is_readable: bool
    agreements: tuple[AgreementStanding, ...]
    hidden: int
    baseline: Joint
    now: Joint
    target: Joint
    left_out: Mapping[LeftOut, int]

    @property
    def counts(self) -> Counter[Attainment]:
        return Counter(one.attainment for one in self.agreements)


@dataclass(frozen=True)
class IndicatorResult:
    """An indicator over all regions that agreed something on it.

    `change` is from baseline to now over the agreements that have both, of `compared` regions.
    """

    indicator: IndicatorFacts
    regions: tuple[RegionResult, ...]
    baseline: Joint
    now: Joint
    target: Joint
    change: Change | None
    compared: int

    @property
    def counts(self) -> Counter[Attainment]:
        return sum((region.counts for region in self.regions), Counter[Attainment]())

    @property
    def hidden(self) -> int:
        return sum(region.hidden for region in self.regions)

    @property
    def agreements(self) -> int:
        return self.hidden + sum(len(region.agreements) for region in self.regions)

    @property
    def incomplete(self) -> list[RegionResult]:
        """The regions of which something does not count."""
        return [region for region in self.regions if region.left_out]


@dataclass(frozen=True)
class HalfYearResult:
    """The result at the end of one half-year."""

    period: ReportingPeriod
    result: IndicatorResult


def list_result_periods(programme: Programme, *, as_of: date) -> tuple[ReportingPeriod, ...]:
    """Return the half-years of which there can be results on a day, in their order."""
    query = (
        select(ReportingPeriod)
        .where(
            ReportingPeriod.programme_id == programme.id,
            ReportingPeriod.status != PeriodStatus.PLANNED,
            ReportingPeriod.starts_on <= as_of,
        )
        .order_by(ReportingPeriod.starts_on, ReportingPeriod.id)
    )
    return tuple(db.session.scalars(query))


def list_agreement_types(programme: Programme) -> dict[str, str]:
    """Return the kinds of agreements by code, each by its newest name, in their order."""
    query = (
        select(AgreementType)
        .where(AgreementType.programme_id == programme.id)
        .order_by(AgreementType.list_version, AgreementType.position)
    )
    return {one.code: one.name for one in db.session.scalars(query)}


def get_indicator(indicator_id: int) -> Indicator | None:
    """Return an indicator by its id."""
    return db.session.get(Indicator, indicator_id)


def look_of(person: Person, programme: Programme, *, as_of: date) -> Look:
    """Return what a person sees of results as they were known on a day."""
    return Look(
        as_of=as_of,
        periods=list_result_periods(programme, as_of=as_of),
        readable=policies.visible_regions(person, Permission.CONTRACT_VIEW),
    )


def national_results(
    look: Look, programme: Programme, *, type_code: str | None = None
) -> list[IndicatorResult]:
    """Return the result of every national indicator on which something was agreed, by name."""
    indicators = list(
        db.session.scalars(
            select(Indicator.id)
            .where(Indicator.programme_id == programme.id, Indicator.region_id.is_(None))
            .order_by(Indicator.id)
        )
    )
    found = standings(as_of=look.as_of, indicator_ids=indicators)
    if type_code:
        wanted = _types_of(programme, type_code)
        found = [one for one in found if one.agreement_type_id in wanted]
    found.sort(key=lambda one: (one.indicator.name, one.indicator.id))  # keeps the order within
    groups = [list(group) for _, group in groupby(found, key=lambda one: one.indicator.id)]
    names = _names_of(found, [look])
    results = [_result(look, group, names) for group in groups]
    return [result for result in results if result.regions]


def indicator_results(
    look: Look, indicator: IndicatorFacts
) -> tuple[IndicatorResult, list[HalfYearResult]]:
    """Return the result of one indicator, and that at the end of each half-year that had any."""
    found = standings(as_of=look.as_of, indicator_ids=[indicator.id])
    looks = [replace(look, period=period) for period in look.periods]
    names = _names_of(found, [look, *looks])
    trend = [
        HalfYearResult(one.period, result)
        for one in looks
        if one.period and (result := _result(one, found, names, indicator)).regions
    ]
    return _result(look, found, names, indicator), trend


def _types_of(programme: Programme, code: str) -> frozenset[int]:
    query = (
        select(AgreementType.id)
        .where(AgreementType.programme_id == programme.id, AgreementType.code == code)
        .order_by(AgreementType.id)
    )
    return frozenset(db.session.scalars(query))


def _names_of(
    found: Iterable[AgreementStanding], looks: Iterable[Look]
) -> Mapping[int, tuple[str, str]]:
    """Return code and name of regions and of those in which they went up; asks only if needed."""
    names = {one.region_id: (one.region_code, one.region_name) for one in found}
    holders = {standing().holder(region_id, look.day) for look in looks for region_id in names}
    missing = sorted(holders - names.keys())
    if missing:
        query = select(Region.id, Region.code, Region.name).where(Region.id.in_(missing))
        for region_id, code, name in db.session.execute(query.order_by(Region.id)):
            names[region_id] = (code, name)
    return names


@dataclass(frozen=True)
class _Place:
    """An agreement as it is seen, or None when its values may not be seen, for a region."""

    region_id: int
    seen: AgreementStanding | None


def _result(
    look: Look,
    found: Sequence[AgreementStanding],
    names: Mapping[int, tuple[str, str]],
    indicator: IndicatorFacts | None = None,
) -> IndicatorResult:
    facts = indicator or found[0].indicator
    relevant = [one for one in found if look.period is None or ran_in(one, look.period)]
    places = [
        _Place(standing().holder(one.region_id, look.day), _seen(one, look)) for one in relevant
    ]
    region_ids = sorted({place.region_id for place in places}, key=lambda key: names[key][1])
    regions = [
        _region(look, facts, [one for one in places if one.region_id == key], key, names[key])
        for key in region_ids
    ]
    compared = [one for one in places if one.seen and _baseline(one.seen) and _now(one.seen)]
    before, after = _joint(compared, facts, _baseline), _joint(compared, facts, _now)
    # what counts on one side only would show as a change
    is_fair = before.regions == after.regions and not (before.left_out or after.left_out)
    return IndicatorResult(
        indicator=facts,
        regions=tuple(regions),
        baseline=_joint(places, facts, _baseline),
        now=_joint(places, facts, _now),
        target=_joint(places, facts, _target),
        change=change(_number(before), _number(after), facts.unit) if is_fair else None,
        compared=after.regions if is_fair else 0,
    )


def _seen(one: AgreementStanding, look: Look) -> AgreementStanding | None:
    readable = look.reads(one.region_id)
    if look.period is not None:
        is_open = look.period.status not in SETTLED_PERIODS
        return None if is_open and not readable else in_half_year(one, look.period)
    if readable:
        return one
    if not look.closed:
        return None
    seen = limited(one, look.closed, until=look.closed[-1].ends_on)
    return seen if seen.latest else None


def _region(
    look: Look,
    facts: IndicatorFacts,
    places: Sequence[_Place],
    region_id: int,
    name: tuple[str, str],
) -> RegionResult:
    seen = tuple(place.seen for place in places if place.seen)
    return RegionResult(
        region_id=region_id,
        code=name[0],
        name=name[1],
        is_readable=look.reads(region_id),
        agreements=seen,
        hidden=len(places) - len(seen),
        baseline=own(*_values(places, facts, _baseline)),
        now=own(*_values(places, facts, _now)),
        target=own(*_values(places, facts, _target)),
        left_out=Counter(
            reason for place in places if (reason := _why_left_out(place.seen, facts)) is not None
        ),
    )


def _why_left_out(seen: AgreementStanding | None, facts: IndicatorFacts) -> LeftOut | None:
    if seen is None:
        return LeftOut.NOT_CLOSED
    told = _now(seen)
    if told is None:
        return LeftOut.NOT_MEASURED
    value, _ = told
    has_counts = value.numerator is not None and value.denominator is not None
    if facts.aggregation is Aggregation.WEIGHTED and not has_counts:
        return LeftOut.NO_COUNTS
    return None


def _joint(places: Iterable[_Place], facts: IndicatorFacts, read: Read) -> Joint:
    return joint(*_values(places, facts, read))


def _values(
    places: Iterable[_Place], facts: IndicatorFacts, read: Read
) -> tuple[list[Contribution], Aggregation]:
    return [_contribution(place, facts, read) for place in places], facts.aggregation


def _contribution(place: _Place, facts: IndicatorFacts, read: Read) -> Contribution:
    told = read(place.seen) if place.seen else None
    value, day = told or (None, None)
    return Contribution(
        region_id=place.region_id,
        unit=facts.unit,
        value=value.number if value else None,
        numerator=value.numerator if value else None,
        denominator=value.denominator if value else None,
        measured_on=day,
        qualifier=value.qualifier if value else Qualifier.EXACT,
    )


def _baseline(seen: AgreementStanding) -> Told | None:
    found = seen.baseline
    return (found.value, found.measured_on) if found else None


def _target(seen: AgreementStanding) -> Told | None:
    found = seen.target
    return (found.value, found.holds_from) if found else None


def _now(seen: AgreementStanding) -> Told | None:
    found = seen.latest
    return (found.value, found.cutoff_on) if found and found.value else None


def _number(told: Joint) -> Fraction | None:
    return told.value.number if told.value else None
