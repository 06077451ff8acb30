"""What agreements ask of a person: measurements to record, results that stay behind, deadlines.

Three queries for the agreements of every contract that runs, whatever there is.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import groupby

from vpt_regio import clock
from vpt_regio.domain.indicator_codes import Attainment, ContractStatus
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.queries.agreement_values import AgreementStanding, standings
from vpt_regio.queries.work_items import ComingDay, Reach, WorkItem, work_item

DUE_SOON = timedelta(days=30)
RUNNING = frozenset({ContractStatus.AGREED})


def agreement_items(
    reach: Reach, periods: Iterable[ReportingPeriod]
) -> tuple[list[WorkItem], list[ComingDay]]:
    """Return what a person must do for agreements of today, and which deadlines come near."""
    regions = reach.regions(Permission.MEASUREMENT_RECORD, Permission.CONTRACT_EVALUATE)
    if regions == frozenset():
        return [], []
    today = clock.today()
    running = [
        one
        for one in standings(as_of=today, region_ids=regions, contract_statuses=RUNNING)
        if one.contract_starts_on <= today
    ]
    measures = [one for one in running if _covers(reach, Permission.MEASUREMENT_RECORD, one)]
    watches = [one for one in running if _covers(reach, Permission.CONTRACT_EVALUATE, one)]
    items = [_behind_item(one) for one in watches if one.attainment is Attainment.BEHIND]
    for period in periods:
        if period.status is PeriodStatus.COLLECTING:
            items += _unmeasured_items(measures, period)
    return items, [_coming(one) for one in measures if is_due_soon(one, today)]


def is_measured_over(one: AgreementStanding, period: ReportingPeriod) -> bool:
    """Return whether a half-year has a measurement, or why there is none."""
    return any(
        found.period_id == period.id or period.starts_on <= found.cutoff_on <= period.ends_on
        for found in one.series.measurements
    )


def is_due_soon(one: AgreementStanding, today: date) -> bool:
    """Return whether a target is due within thirty days and nothing was measured on that day."""
    due_on = one.due_on
    if due_on is None or not today <= due_on <= today + DUE_SOON:
        return False
    return one.latest_value is None or one.latest_value.cutoff_on < due_on


def _unmeasured_items(
    agreements: Iterable[AgreementStanding], period: ReportingPeriod
) -> list[WorkItem]:
    """Return an entry for each contract with agreements that the half-year knows nothing of."""
    lacking = [
        one
        for one in agreements
        if one.contract_starts_on <= period.ends_on and not is_measured_over(one, period)
    ]
    return [
        _unmeasured_item(list(group), period)
        for _, group in groupby(lacking, key=lambda one: one.contract_id)
    ]


def _unmeasured_item(agreements: list[AgreementStanding], period: ReportingPeriod) -> WorkItem:
    numbers = ", ".join(str(one.number) for one in agreements)
    return work_item(
        N_("Metingen vastleggen voor prestatiecontract %(contract)s van %(region)s"),
        N_("Over %(period)s ontbreken metingen. Het gaat om afspraak: %(numbers)s."),
        "contracts.show",
        {"contract_id": agreements[0].contract_id},
        params={**_params(agreements[0]), "period": period.code, "numbers": numbers},
        since=period.ends_on,
    )


def _behind_item(one: AgreementStanding) -> WorkItem:
    return work_item(
        N_("Afspraak %(number)s van %(region)s loopt achter"),
        N_("De laatste meting ligt achter op schema. Bespreek dit met de projectleider."),
        "agreements.show",
        {"agreement_id": one.id},
        params=_params(one),
        since=one.latest.cutoff_on if one.latest else None,
        due_on=one.due_on,
    )


def _coming(one: AgreementStanding) -> ComingDay:
    return ComingDay(
        one.due_on or one.contract_ends_on,
        N_("Deadline van afspraak %(number)s van %(region)s, nog zonder eindwaarde"),
        "agreements.show",
        {"agreement_id": one.id},
        _params(one),
    )


def _params(one: AgreementStanding) -> Mapping[str, str]:
    return {
        "number": str(one.number),
        "contract": one.contract_title,
        "region": one.region_name,
    }


def _covers(reach: Reach, permission: Permission, one: AgreementStanding) -> bool:
    return reach.covers(permission, one.region_id)
