"""The shape of a signal: what it is about, how much it matters, and the next step."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Any

from vpt_regio.domain.text import N_
from vpt_regio.queries.region_row import RegionRow


class SignalKind(StrEnum):
    """In the order of their weight when they are equally severe."""

    COVENANT_EXPIRED = "covenant_expired"
    REPORT_LATE = "report_late"
    SPENDING_ABOVE_PLAN = "spending_above_plan"
    HOLD_ENDS = "hold_ends"
    NO_PROJECT_LEADER = "no_project_leader"
    NO_ACCOUNT_MANAGER = "no_account_manager"
    PLAN_OVERDUE = "plan_overdue"
    PLAN_WAITING = "plan_waiting"
    ACTIVITIES_AFTER_END = "activities_after_end"
    HOURS_BELOW_NORM = "hours_below_norm"
    COVENANT_ENDS = "covenant_ends"
    AGREEMENT_BEHIND = "agreement_behind"
    TARGET_DUE = "target_due"
    DECISION_OVERDUE = "decision_overdue"
    SETTLEMENT_DUE = "settlement_due"
    RECOVERY_EXPIRES = "recovery_expires"
    RECOVERY_MISSING = "recovery_missing"
    COMPLETION_OVERDUE = "completion_overdue"
    CEILING_NEARLY_USED = "ceiling_nearly_used"


SIGNAL_LABELS: dict[SignalKind, str] = {
    SignalKind.COVENANT_EXPIRED: N_("Convenant verlopen"),
    SignalKind.REPORT_LATE: N_("Rapportage te laat"),
    SignalKind.SPENDING_ABOVE_PLAN: N_("Meer besteed dan gepland"),
    SignalKind.HOLD_ENDS: N_("Stilzetting loopt af"),
    SignalKind.NO_PROJECT_LEADER: N_("Geen projectleider"),
    SignalKind.NO_ACCOUNT_MANAGER: N_("Geen accountmanager"),
    SignalKind.PLAN_OVERDUE: N_("Plan over tijd"),
    SignalKind.PLAN_WAITING: N_("Plan wacht op beoordeling"),
    SignalKind.ACTIVITIES_AFTER_END: N_("Activiteiten na het einde"),
    SignalKind.HOURS_BELOW_NORM: N_("Te weinig uren"),
    SignalKind.COVENANT_ENDS: N_("Convenant loopt af"),
    SignalKind.AGREEMENT_BEHIND: N_("Afspraak loopt achter"),
    SignalKind.TARGET_DUE: N_("Deadline van een afspraak"),
    SignalKind.DECISION_OVERDUE: N_("Subsidiebesluit te laat"),
    SignalKind.SETTLEMENT_DUE: N_("Subsidie vaststellen"),
    SignalKind.RECOVERY_EXPIRES: N_("Terugvordering verjaart"),
    SignalKind.RECOVERY_MISSING: N_("Nog niet teruggevorderd"),
    SignalKind.COMPLETION_OVERDUE: N_("Aanvulling niet ontvangen"),
    SignalKind.CEILING_NEARLY_USED: N_("Subsidieplafond bijna bereikt"),
}


class Severity(IntEnum):
    """How much it matters; the highest comes first in a list."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3


@dataclass(frozen=True)
class Signal:
    """Something that asks for attention in one region, or in the country as a whole (None).

    `rule`, `data` and `next_step` are Dutch source strings; fill `data` with `params` after
    translation. `endpoint` with `arguments` is the page where the next step can be taken.
    `days` tells how long it has been so, or is left: it orders what is equally severe.
    """

    kind: SignalKind
    severity: Severity
    region: RegionRow | None
    rule: str
    data: str
    next_step: str
    endpoint: str
    arguments: Mapping[str, Any]
    params: Mapping[str, str] = field(default_factory=dict)
    days: int = 0

    @property
    def place(self) -> tuple[str, str]:
        """The name and code of the region, to sort by; what is of no region comes first."""
        return (self.region.name, self.region.code) if self.region else ("", "")
