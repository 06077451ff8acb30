"""What *Mijn werk* lists: the shape of an entry, and which status asks something of whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, true

from vpt_regio import clock, policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.models.people import Person

SOON = timedelta(weeks=6)


@dataclass(frozen=True)
class WorkItem:
    """One thing to do, or one thing to wait for.

    `title` and `why` are Dutch source text with places for `params`. `since` is the day from
    which it waits, `due_on` the last day for it; None when nothing sets them.
    """

    title: str
    why: str
    endpoint: str
    args: Mapping[str, Any]
    params: Mapping[str, Any] = field(default_factory=dict)
    since: date | None = None
    due_on: date | None = None
    is_overdue: bool = False


@dataclass(frozen=True)
class ComingDay:
    """A day that comes near; `what` is Dutch source text with places for `params`."""

    due_on: date
    what: str
    endpoint: str
    args: Mapping[str, Any]
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """What a status asks: of whoever has `permission`; whoever has `waits` can only wait."""

    permission: Permission
    title: str
    why: str
    waits: Permission | None = None
    waiting: str = ""


class Reach:
    """In which regions a person has each permission; asked often, so remembered."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self._known: dict[Permission, frozenset[int] | None] = {}

    def regions(self, *permissions: Permission) -> frozenset[int] | None:
        """Return the regions in which one of the permissions holds; None stands for all."""
        found: frozenset[int] = frozenset()
        for permission in permissions:
            regions = self._regions(permission)
            if regions is None:
                return None
            found |= regions
        return found

    def covers(self, permission: Permission | None, region_id: int) -> bool:
        if permission is None:
            return False
        regions = self._regions(permission)
        return regions is None or region_id in regions

    def anywhere(self, permission: Permission) -> bool:
        return self._regions(permission) != frozenset()

    def _regions(self, permission: Permission) -> frozenset[int] | None:
        if permission not in self._known:
            self._known[permission] = policies.visible_regions(self.person, permission)
        return self._known[permission]


PLAN_STEPS: Mapping[StrEnum, Step] = {
    ActionPlanStatus.DRAFT: Step(
        Permission.ACTION_PLAN_EDIT,
        N_("Plan van aanpak %(region)s schrijven"),
        N_("Het plan is nog een concept."),
    ),
    ActionPlanStatus.RETURNED: Step(
        Permission.ACTION_PLAN_EDIT,
        N_("Plan van aanpak %(region)s aanpassen"),
        N_("De accountmanager heeft het plan teruggestuurd met opmerkingen."),
        Permission.ACTION_PLAN_RETURN,
        N_("Bij de projectleider: u hebt het plan teruggestuurd."),
    ),
    ActionPlanStatus.WITHDRAWN: Step(
        Permission.ACTION_PLAN_EDIT,
        N_("Plan van aanpak %(region)s aanpassen"),
        N_("De indiening is ingetrokken. Begin een nieuwe versie en dien die in."),
    ),
    ActionPlanStatus.SUBMITTED: Step(
        Permission.ACTION_PLAN_TAKE_UP,
        N_("Plan van aanpak %(region)s in behandeling nemen"),
        N_("De projectleider heeft het plan ingediend."),
        Permission.ACTION_PLAN_EDIT,
        N_("Bij de accountmanager: het plan is ingediend."),
    ),
    ActionPlanStatus.IN_REVIEW: Step(
        Permission.ACTION_PLAN_REVIEW,
        N_("Plan van aanpak %(region)s beoordelen"),
        N_("Het plan is in behandeling."),
        Permission.ACTION_PLAN_EDIT,
        N_("Bij de accountmanager: het plan is in behandeling."),
    ),
    ActionPlanStatus.PROVISIONALLY_ADOPTED: Step(
        Permission.ACTION_PLAN_APPROVE,
        N_("Plan van aanpak %(region)s goedkeuren"),
        N_("Het plan is voorlopig vastgesteld en wacht op goedkeuring namens de minister."),
        Permission.ACTION_PLAN_VIEW,
        N_("Het plan is voorlopig vastgesteld. Een ander keurt het goed namens de minister."),
    ),
}

REPORT_STEPS: Mapping[StrEnum, Step] = {
    ReportStatus.DRAFT: Step(
        Permission.REPORT_EDIT,
        N_("Rapportage %(region)s over %(period)s schrijven"),
        N_("De rapportage is nog een concept."),
    ),
    ReportStatus.RETURNED: Step(
        Permission.REPORT_EDIT,
        N_("Rapportage %(region)s over %(period)s aanpassen"),
        N_("De accountmanager heeft de rapportage teruggestuurd."),
        Permission.REPORT_RETURN,
        N_("Bij de projectleider: u hebt de rapportage teruggestuurd."),
    ),
    ReportStatus.SUBMITTED: Step(
        Permission.REPORT_ACCEPT,
        N_("Rapportage %(region)s over %(period)s beoordelen"),
        N_("De projectleider heeft de rapportage ingediend."),
        Permission.REPORT_EDIT,
        N_("Bij de accountmanager: de rapportage is ingediend."),
    ),
}

ABOVE_MANDATE = N_("Bij een mandaathouder: het bedrag van het plan is hoger dan u mag goedkeuren.")

WAITING_TITLES = {
    "plan": N_("Plan van aanpak %(region)s"),
    "report": N_("Rapportage %(region)s over %(period)s"),
}


def permissions_of(steps: Mapping[StrEnum, Step]) -> Iterable[Permission]:
    """Return every permission that makes a person see one of the steps."""
    for step in steps.values():
        yield step.permission
        if step.waits is not None:
            yield step.waits


def oldest_first(items: Iterable[WorkItem]) -> tuple[WorkItem, ...]:
    """Order by the day from which it waits, then by the last day for it; unknown days last."""
    return tuple(sorted(items, key=lambda item: (item.since or date.max, item.due_on or date.max)))


def work_item(
    title: str,
    why: str,
    endpoint: str,
    args: Mapping[str, Any],
    *,
    params: Mapping[str, Any],
    since: date | None,
    due_on: date | None = None,
) -> WorkItem:
    """Return an entry, which is overdue when its last day has passed."""
    is_overdue = due_on is not None and due_on < clock.today()
    return WorkItem(title, why, endpoint, args, params, since, due_on, is_overdue)


def within(column: Any, regions: frozenset[int] | None) -> ColumnElement[bool]:
    """Return the condition that a region is one of these; None stands for all of them."""
    return true() if regions is None else column.in_(sorted(regions))


def is_soon(day: date) -> bool:
    """Tell whether a day lies in the next weeks, today included."""
    return clock.today() <= day <= clock.today() + SOON


def day_of(moment: datetime) -> date:
    """Return the day of an instant in Amsterdam."""
    return moment.astimezone(clock.AMSTERDAM).date()
