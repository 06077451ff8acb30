"""Every life cycle of the programme, by the code that the history stores."""

from vpt_regio.domain.workflow import Workflow
from vpt_regio.domain.workflows.action_plans import ACTION_PLAN, ActionPlanStatus
from vpt_regio.domain.workflows.commitments import COMMITMENT, CommitmentStatus
from vpt_regio.domain.workflows.contracts import CONTRACT, ContractStatus
from vpt_regio.domain.workflows.covenants import (
    COVENANT,
    COVENANT_AMENDMENT,
    FINAL_ACCOUNT,
    AmendmentStatus,
    CovenantStatus,
    FinalAccountStatus,
)
from vpt_regio.domain.workflows.imports import IMPORT, ImportStatus
from vpt_regio.domain.workflows.periods import PERIOD, PeriodStatus
from vpt_regio.domain.workflows.pilots import PILOT, PILOT_FINAL_REPORT
from vpt_regio.domain.workflows.regions import REGION, RegionStatus
from vpt_regio.domain.workflows.remarks import REMARK, RemarkStatus
from vpt_regio.domain.workflows.reports import REPORT, ReportStatus
from vpt_regio.domain.workflows.subsidies import (
    SUBSIDY_APPLICATION,
    SUBSIDY_PROPOSAL,
    SUBSIDY_ROUND,
)

__all__ = [
    "ACTION_PLAN",
    "ALL",
    "COMMITMENT",
    "CONTRACT",
    "COVENANT",
    "COVENANT_AMENDMENT",
    "FINAL_ACCOUNT",
    "IMPORT",
    "PERIOD",
    "PILOT",
    "PILOT_FINAL_REPORT",
    "REGION",
    "REMARK",
    "REPORT",
    "SUBSIDY_APPLICATION",
    "SUBSIDY_PROPOSAL",
    "SUBSIDY_ROUND",
    "ActionPlanStatus",
    "AmendmentStatus",
    "CommitmentStatus",
    "ContractStatus",
    "CovenantStatus",
    "FinalAccountStatus",
    "ImportStatus",
    "PeriodStatus",
    "RegionStatus",
    "RemarkStatus",
    "ReportStatus",
]

ALL: dict[str, Workflow] = {
    workflow.code: workflow
    for workflow in (
        REGION,
        COVENANT,
        COVENANT_AMENDMENT,
        FINAL_ACCOUNT,
        ACTION_PLAN,
        REMARK,
        CONTRACT,
        SUBSIDY_ROUND,
        SUBSIDY_APPLICATION,
        SUBSIDY_PROPOSAL,
        PILOT,
        PILOT_FINAL_REPORT,
        PERIOD,
        REPORT,
        IMPORT,
        COMMITMENT,
    )
}
