"""How every region stands: one typed row a region, in a fixed number of SELECTs.

It serves the national view, the region page, the board of the half-year and the workbook.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from vpt_regio import clock, policies
from vpt_regio.domain.fuzzy_date import FuzzyDate
from vpt_regio.domain.money import split_by_weight
from vpt_regio.domain.rules.covenant_clock import status_at
from vpt_regio.domain.rules.deadlines import last_day
from vpt_regio.domain.rules.hours_meter import Stint
from vpt_regio.domain.rules.hours_norm import AVERAGED_WEEKS, NormTerm, averaged_norm, norm_between
from vpt_regio.domain.rules.reports import board_status
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.domain.workflows.covenants import CovenantStatus
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.extensions import db
from vpt_regio.models.covenants import Covenant
from vpt_regio.models.mixins import fuzzy
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.programmes import Programme
from vpt_regio.queries import overview_statements as statements
from vpt_regio.queries.hours_norm import norm_term
from vpt_regio.queries.overview_lineage import OwnRow, known_sum, with_lineage
from vpt_regio.queries.overview_statements import Scope
from vpt_regio.queries.region_row import SETTLED_PERIODS, RegionRow, national_fields
from vpt_regio.standing import standing

__all__ = ["SETTLED_PERIODS", "RegionRow", "current_period", "region_rows"]


def current_period(day: date) -> tuple[Programme, ReportingPeriod | None]:
    """Return the programme and the period to look at: collecting, else around the day, else last.

    Raises LookupError while there is no programme.
    """
    found = db.session.execute(statements.current_period(day)).first()
    if found is None:
        raise LookupError("no programme: make one first with `vpt programme create`")
    return found[0], found[1]


def region_rows(
    person: Person | None,
    period: ReportingPeriod | None,
    as_of: date,
    *,
    programme_id: int | None = None,
    region_id: int | None = None,
) -> list[RegionRow]:
    """Return how each region (or one) stands on a day, in the order of their names.

    Covenants, money, hours, plans and people are as of the day; the report is the one on the
    period as it stands now. With a person, what they may not see stays None; without one,
    everything is filled. `programme_id` is for a programme without a period. What went up in
    another region by the day counts there.
    """
    scope = _scope(period, as_of, programme_id, region_id)
    covenants = _covenants(scope)
    versions = _versions(scope)
    people = _people(scope)
    before = _states_before(as_of)
    visible = None if person is None else policies.visible_regions(person)
    own: dict[int, OwnRow] = {}
    for found in db.session.execute(statements.regions(scope)):
        row = _region(found, people, before, period)
        shares = covenants.get(row.region_id, [])
        row = _with_covenant(row, found, shares, scope)
        row = _with_plan(row, versions.get((row.covenant_id, row.region_id), []), before)
        own[row.region_id] = OwnRow(
            row, [share.norm for share in shares], people.stints.get(row.region_id, ())
        )
    return [
        row if visible is None or row.region_id in visible else national_fields(row, period)
        for row in with_lineage(own, scope)
        if region_id in (None, row.region_id)
    ]


def _scope(
    period: ReportingPeriod | None, as_of: date, programme_id: int | None, region_id: int | None
) -> Scope:
    region_ids = None if region_id is None else standing().branch(region_id, as_of)
    if period is None:
        if programme_id is None:
            raise ValueError("a period or a programme is needed")
        return Scope(programme_id, as_of, region_ids=region_ids)
    return Scope(
        period.programme_id,
        as_of,
        period_id=period.id,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        region_ids=region_ids,
    )


@dataclass(frozen=True)
class _People:
    """The names of managers and leaders on the day, and the appointments in the period."""

    names: Mapping[tuple[int, str], tuple[str, ...]]
    stints: Mapping[int, Sequence[Stint]]


def _people(scope: Scope) -> _People:
    names: dict[tuple[int, str], tuple[str, ...]] = defaultdict(tuple)
    stints: dict[int, list[Stint]] = defaultdict(list)
    for found in db.session.execute(statements.people(scope)):
        hours = Fraction(found.quarters, 4)
        stint = Stint(found.starts_on, found.ends_on, hours, bool(found.is_deputy))
        if stint.holds_on(scope.as_of):
            names[(found.region_id, found.what)] += (found.name,)
        if found.what == "leader":
            stints[found.region_id].append(stint)
    return _People(names, stints)


def _states_before(as_of: date) -> dict[tuple[str, int], str]:
    """Return the state on the day of every record that moved on since."""
    states: dict[tuple[str, int], str] = {}
    if as_of < clock.today():
        for workflow, subject_id, state in db.session.execute(statements.later_steps(as_of)):
            states.setdefault((workflow, subject_id), state)
    return states


def _region(
    found: Any,
    people: _People,
    before: dict[tuple[str, int], str],
    period: ReportingPeriod | None,
) -> RegionRow:
    status = RegionStatus(before.get(("region", found.id), found.status))
    return RegionRow(
        region_id=found.id,
        code=found.code,
        name=found.name,
        status=status,
        tiles=tuple(sorted((found.tiles or "").split(","))) if found.tiles else (),
        account_managers=people.names.get((found.id, "manager"), ()),
        project_leaders=people.names.get((found.id, "leader"), ()),
        measures_total=found.measures_total,
        report_id=found.report_id,
        report_status=_report_status(found, status, period),
        reports_due_on=last_day(found.reports_due_on, found.extended_to),
        rag=found.rag,
        rag_explanation=found.rag_explanation or "",
    )


def _report_status(
    found: Any, status: RegionStatus, period: ReportingPeriod | None
) -> ReportStatus | None:
    """Return None when no report is asked for.

    That is: without a period, of a region not active, and when the covenants were over before it.
    """
    if period is None:
        return None
    came_later = found.designated_on is not None and found.designated_on > period.ends_on
    went_up_later = found.id in standing().merged_after(period.ends_on)
    is_active = status is RegionStatus.ACTIVE or went_up_later
    is_active = is_active and not found.was_over and not came_later
    if not found.report_id and (not is_active or period.status is PeriodStatus.PLANNED):
        return None
    return board_status(
        found.report_status,
        today=clock.today(),
        due_on=found.reports_due_on,
        letter_on=period.letter_on,
        is_settled=period.status in SETTLED_PERIODS,
        extended_to=found.extended_to,
    )


@dataclass(frozen=True)
class _Share:
    """A covenant as one of its regions has part in it."""

    covenant: Covenant
    latest_end: FuzzyDate | None
    is_extended: bool
    advance_cents: int | None
    supplement_cents: int
    spent_cents: int | None
    part: Fraction
    plan_due_on: date | None
    drafted_extension_id: int | None

    @property
    def norm(self) -> NormTerm:
        ends_on = self.latest_end.on if self.latest_end else None
        return norm_term(self.covenant, part=self.part, ends_on=ends_on)

    def status_on(self, day: date) -> CovenantStatus:
        """Return the status on a day; what is over by now was in force within its term."""
        covenant = self.covenant
        last_day = covenant.ended_on or (self.latest_end.on if self.latest_end else None)
        return status_at(covenant.status, last_day, day, ended_on=covenant.ended_on)

    def end_on(self, day: date) -> FuzzyDate | None:
        """Return the end as it was known on a day: an early end shows since it came."""
        ended_on = self.covenant.ended_on
        if ended_on is not None and (ended_on < day or day >= clock.today()):
            return FuzzyDate.exactly(ended_on)
        return self.latest_end


def _covenants(scope: Scope) -> dict[int, list[_Share]]:
    """Return the covenants of each region, oldest first, with amounts divided by share."""
    by_covenant: dict[int, list[Any]] = defaultdict(list)
    for found in db.session.execute(statements.shares(scope)):
        by_covenant[found.Covenant.id].append(found)
    by_region: dict[int, list[_Share]] = defaultdict(list)
    for rows in by_covenant.values():
        for region_id, part in _divided(rows):
            by_region[region_id].append(part)
    for parts in by_region.values():
        parts.sort(key=lambda part: (part.covenant.signed_on or date.min, part.covenant.id))
    return by_region


def _divided(rows: list[Any]) -> list[tuple[int, _Share]]:
    covenant: Covenant = rows[0].Covenant
    weights = [row.weight for row in rows]
    advances: list[int | None] = [None] * len(rows)
    if covenant.advance_cents is not None:
        advances = list(split_by_weight(covenant.advance_cents, weights))
    supplements = split_by_weight(int(rows[0].supplement or 0), weights)
    extended_end = fuzzy(rows[0].new_end_on, rows[0].new_end_precision, rows[0].new_end_words)
    return [
        (
            row.region_id,
            _Share(
                covenant=covenant,
                latest_end=extended_end or covenant.original_end,
                is_extended=row.extension_id is not None,
                advance_cents=advances[number],
                supplement_cents=supplements[number],
                spent_cents=None if row.spent is None else int(row.spent),
                part=Fraction(row.weight, sum(weights)),
                plan_due_on=row.plan_due_on or covenant.plan_due_on,
                drafted_extension_id=row.drafted_extension_id,
            ),
        )
        for number, row in enumerate(rows)
    ]


def _with_covenant(row: RegionRow, found: Any, shares: list[_Share], scope: Scope) -> RegionRow:
    """Add the covenant in force on the day, else the last one."""
    spent = None if found.spent is None else int(found.spent)
    quarters = None if found.quarters is None else int(found.quarters)
    # what was booked for a successor on the covenants of regions that had gone up in it
    outside = None if found.spent_outside is None else int(found.spent_outside)
    recent_hours = Fraction(int(found.recent_quarters or 0), 4 * AVERAGED_WEEKS)
    if not shares:
        return replace(
            row,
            spent_in_period_cents=spent,
            spent_total_cents=outside,
            hours_quarters=quarters,
            recent_hours=recent_hours if found.recent_quarters else None,
        )
    in_force = [s for s in shares if s.status_on(scope.as_of) is CovenantStatus.IN_FORCE]
    shown = (in_force or shares)[-1]
    covenant = shown.covenant
    # without a known advance the money of this covenant is not followed here: no booking is no zero
    is_followed = covenant.advance_cents is not None
    terms = [share.norm for share in shares]
    norm = norm_between(terms, scope.starts_on, scope.ends_on)
    monday = scope.as_of - timedelta(days=scope.as_of.weekday())
    return replace(
        row,
        covenant_id=covenant.id,
        covenant_number=covenant.number,
        covenant_status=shown.status_on(scope.as_of),
        signed=covenant.signed,
        latest_end=shown.end_on(scope.as_of),
        drafted_extension_id=shown.drafted_extension_id,
        extended=shown.is_extended,
        plan_due_on=shown.plan_due_on,
        hours_per_week=shown.norm.hours_per_week,
        advance_cents=shown.advance_cents,
        supplement_cents=shown.supplement_cents,
        spent_in_period_cents=_or_zero(spent, is_followed and scope.period_id is not None),
        spent_total_cents=_or_zero(known_sum([shown.spent_cents, outside]), is_followed),
        hours_norm=norm,
        hours_quarters=_or_zero(quarters, norm is not None),
        recent_hours=recent_hours,
        recent_norm=averaged_norm(terms, monday=monday),
    )


def _or_zero(total: int | None, is_known: bool) -> int | None:  # noqa: FBT001
    return 0 if total is None and is_known else total


def _versions(scope: Scope) -> dict[tuple[int | None, int], list[Any]]:
    """Return the versions that existed on the day by (covenant, region), oldest first."""
    by_plan: dict[tuple[int | None, int], list[Any]] = defaultdict(list)
    for found in db.session.execute(statements.plan_versions(scope)):
        made_on = found.created_at.astimezone(clock.AMSTERDAM).date()
        if min(made_on, found.submitted_on or made_on) <= scope.as_of:
            by_plan[(found.covenant_id, found.region_id)].append(found)
    return by_plan


def _with_plan(
    row: RegionRow, versions: list[Any], before: dict[tuple[str, int], str]
) -> RegionRow:
    if not versions:
        return row
    states = [
        ActionPlanStatus(before.get(("action_plan", found.id), found.status)) for found in versions
    ]
    position = _holding(states)
    shown = versions[-1 if position is None else position]
    status = states[-1 if position is None else position]
    is_approved = status in (ActionPlanStatus.APPROVED, ActionPlanStatus.SUPERSEDED)
    is_adopted = is_approved or status is ActionPlanStatus.PROVISIONALLY_ADOPTED
    return replace(
        row,
        budget_cents=None if position is None else int(shown.budget or 0),
        plan_region_id=row.region_id,
        plan_id=shown.plan_id,
        plan_version_id=shown.id,
        plan_version_no=shown.version_no,
        plan_status=status,
        activities_until=shown.activities_until,
        plan_submitted_on=None if status is ActionPlanStatus.DRAFT else shown.submitted_on,
        plan_adopted_on=shown.provisionally_adopted_on if is_adopted else None,
        plan_approved_on=shown.approved_on if is_approved else None,
        latest_version_id=versions[-1].id,
        latest_version_no=versions[-1].version_no,
        latest_status=states[-1],
        latest_submitted_on=versions[-1].submitted_on,
        measures_covered=shown.covered,
        measures_exempt=shown.exempt,
        measures_total=shown.total,
    )


def _holding(states: list[ActionPlanStatus]) -> int | None:
    """Return the position of the version that holds: approved, else provisionally adopted."""
    for wanted in (ActionPlanStatus.APPROVED, ActionPlanStatus.PROVISIONALLY_ADOPTED):
        if wanted in states:
            return len(states) - 1 - states[::-1].index(wanted)
    return None
