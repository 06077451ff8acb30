"""The declared life cycles, written out as tables: who may go where, and on what condition."""

from enum import StrEnum

import pytest

from vpt_regio.domain.enums import (
    ActionPlanStatus,
    AmendmentStatus,
    CovenantStatus,
    FinalAccountStatus,
    PeriodStatus,
    RegionStatus,
    RemarkStatus,
    ReportStatus,
)
from vpt_regio.domain.half_year_codes import CommitmentStatus, ImportStatus
from vpt_regio.domain.indicator_codes import ContractStatus
from vpt_regio.domain.subsidy_codes import (
    ApplicationStatus,
    FinalReportStatus,
    PilotStatus,
    ProposalStatus,
    RoundStatus,
)
from vpt_regio.domain.workflow import Guard, Workflow
from vpt_regio.domain.workflows import (
    ACTION_PLAN,
    ALL,
    COMMITMENT,
    CONTRACT,
    COVENANT,
    COVENANT_AMENDMENT,
    FINAL_ACCOUNT,
    IMPORT,
    PERIOD,
    PILOT,
    PILOT_FINAL_REPORT,
    REGION,
    REMARK,
    REPORT,
    SUBSIDY_APPLICATION,
    SUBSIDY_PROPOSAL,
    SUBSIDY_ROUND,
)

STATUSES: list[tuple[Workflow, type[StrEnum]]] = [
    (REGION, RegionStatus),
    (COVENANT, CovenantStatus),
    (COVENANT_AMENDMENT, AmendmentStatus),
    (FINAL_ACCOUNT, FinalAccountStatus),
    (ACTION_PLAN, ActionPlanStatus),
    (REMARK, RemarkStatus),
    (CONTRACT, ContractStatus),
    (SUBSIDY_ROUND, RoundStatus),
    (SUBSIDY_APPLICATION, ApplicationStatus),
    (SUBSIDY_PROPOSAL, ProposalStatus),
    (PILOT, PilotStatus),
    (PILOT_FINAL_REPORT, FinalReportStatus),
    (PERIOD, PeriodStatus),
    (REPORT, ReportStatus),
    (COMMITMENT, CommitmentStatus),
    (IMPORT, ImportStatus),
]

DECIDABLE = "under_assessment granted partially_granted granted_some rejected"

STEPS = {
    "region": {
        "designate": ("exploring", "active", "region:manage", "", ""),
        "end": ("active", "ended", "region:manage", "", ""),
        "continue_unfunded": ("active", "continued_unfunded", "region:manage", "", ""),
        "merge": ("active", "merged", "region:merge", "", ""),
        "unmerge": ("merged", "active", "region:merge", "no_frozen_period", "note"),
    },
    "covenant": {
        "sign": (
            "draft",
            "in_force",
            "covenant:sign",
            "parties_complete dates_valid",
            "signed_on",
        ),
        "terminate": ("in_force", "terminated", "covenant:terminate", "valid_mandate", "note"),
        "close": ("in_force terminated", "closed", "covenant:close", "accounts_settled", ""),
    },
    "covenant_amendment": {
        "sign": ("draft", "signed", "covenant:sign", "not_author dates_valid", "signed_on"),
        "withdraw": ("draft", "withdrawn", "covenant:amend", "", "note"),
    },
    "final_account": {
        "submit": ("draft returned", "submitted", "final_account:submit", "complete", ""),
        "withdraw": ("submitted", "draft", "final_account:submit", "", ""),
        "return": ("submitted", "returned", "final_account:review", "", "note"),
        "accept": ("submitted", "accepted", "final_account:review", "not_author", ""),
    },
    "action_plan": {
        "submit": ("draft", "submitted", "action_plan:submit", "complete in_force", ""),
        "withdraw": ("submitted", "withdrawn", "action_plan:submit", "", ""),
        "take_up": ("submitted", "in_review", "action_plan:take_up", "", ""),
        "return": ("in_review", "returned", "action_plan:return", "has_remark", ""),
        "adopt": (
            "in_review",
            "provisionally_adopted",
            "action_plan:adopt",
            "sufficiency_filled duties_scored in_force not_author",
            "",
        ),
        "approve": (
            "provisionally_adopted",
            "approved",
            "action_plan:approve",
            "valid_mandate not_author in_force no_open_must",
            "",
        ),
        "refuse": (
            "in_review provisionally_adopted",
            "refused",
            "action_plan:refuse",
            "not_author valid_mandate",
            "note",
        ),
        "supersede": ("approved", "superseded", "action_plan:approve", "", ""),
        "reopen": (
            "provisionally_adopted approved refused",
            "in_review",
            "decision:replace",
            "newest_version not_author valid_mandate",
            "note",
        ),
        "reinstate": ("superseded", "approved", "decision:replace", "", ""),
    },
    "remark": {
        "answer": ("open answered", "answered", "action_plan:edit", "", "note"),
        "settle": ("open answered", "settled", "action_plan:review", "", ""),
        "reopen": ("answered settled", "open", "action_plan:review", "", "note"),
    },
    "performance_contract": {
        "offer": ("draft", "signing", "contract:edit", "complete", ""),
        "take_back": ("signing", "draft", "contract:edit", "", "note"),
        "conclude": ("signing", "agreed", "contract:sign", "all_signed", ""),
        "evaluate": ("agreed", "evaluated", "contract:evaluate", "end_values not_author", "note"),
        "cancel": ("draft signing", "cancelled", "contract:edit", "", "note"),
    },
    "subsidy_round": {
        "open": ("planned", "open", "subsidy:manage", "complete", ""),
        "finish": ("open", "decided", "subsidy:manage", "window_closed all_decided", ""),
        "cancel": ("planned", "cancelled", "subsidy:manage", "", "note"),
    },
    "subsidy_application": {
        "submit": ("draft", "received", "application:write", "window_open complete", ""),
        "arrive_late": ("draft", "too_late", "application:record", "window_closed", "note"),
        "ask_completion": (
            "received under_assessment",
            "incomplete",
            "application:record",
            "asked_once",
            "note",
        ),
        "complete": ("incomplete", "received", "application:write", "within_term complete", ""),
        "take_up": (
            "received incomplete too_late",
            "under_assessment",
            "application:assess",
            "term_passed",
            "",
        ),
        "grant": (
            DECIDABLE,
            "granted",
            "application:decide",
            "proposed not_author valid_mandate within_ceiling",
            "",
        ),
        "grant_in_part": (
            DECIDABLE,
            "partially_granted",
            "application:decide",
            "proposed not_author valid_mandate within_ceiling",
            "",
        ),
        "reject": (
            DECIDABLE,
            "rejected",
            "application:decide",
            "proposed not_author valid_mandate",
            "",
        ),
        "withdraw": (
            "draft received incomplete under_assessment too_late",
            "withdrawn",
            "application:write",
            "",
            "note",
        ),
    },
    "subsidy_proposal": {
        "decide": ("open", "decided", "application:view", "", ""),
        "send_back": ("open", "sent_back", "proposal:send_back", "not_author", "note"),
        "withdraw": ("open", "withdrawn", "application:assess", "", ""),
        "lapse": ("open", "withdrawn", "application:write", "", ""),
    },
    "pilot": {
        "report": ("awarded", "reported", "pilot:report", "", ""),
        "return_report": ("reported", "awarded", "pilot:manage", "", "note"),
        "settle": (
            "awarded reported",
            "settled",
            "settlement:decide",
            "proposed not_author valid_mandate",
            "",
        ),
        "settle_anew": (
            "settled closed",
            "settled",
            "settlement:decide",
            "proposed not_author valid_mandate",
            "",
        ),
        "revoke": (
            "awarded reported settled closed",
            "revoked",
            "pilot:revoke",
            "proposed not_author valid_mandate within_five_years",
            "",
        ),
        "lapse": ("awarded", "lapsed", "application:decide", "nothing_paid", ""),
        "award_again": ("lapsed", "awarded", "application:decide", "", ""),
        "close": ("settled revoked", "closed", "pilot:manage", "money_even outcome_known", ""),
        "end": ("without_grant", "ended", "pilot:manage", "outcome_known", ""),
    },
    "pilot_final_report": {
        "submit": ("draft returned", "submitted", "pilot:report", "complete", ""),
        "return": ("submitted", "returned", "pilot:manage", "not_author", "note"),
        "accept": ("submitted", "accepted", "pilot:manage", "not_author", ""),
    },
    "period": {
        "open": ("planned", "open", "period:manage", "", ""),
        "collect": ("open", "collecting", "period:manage", "one_collecting", ""),
        "freeze": (
            "collecting",
            "frozen",
            "period:freeze",
            "all_reported differences_explained",
            "",
        ),
        "send": ("frozen", "sent", "period:manage", "letter_registered", ""),
        "close": ("sent", "closed", "period:manage", "", ""),
    },
    "report": {
        "submit": ("draft returned", "submitted", "report:submit", "complete", ""),
        "withdraw": ("submitted", "draft", "report:submit", "", ""),
        "return": ("submitted", "returned", "report:return", "", "note"),
        "accept": ("submitted", "accepted", "report:accept", "not_author", ""),
        "reopen": ("accepted", "returned", "period:reopen", "", "note"),
    },
    "import": {
        "accept": ("preview", "accepted", "report:edit", "still_draft", ""),
        "accept_with_notes": (
            "preview",
            "accepted_with_notes",
            "report:edit",
            "still_draft",
            "",
        ),
        "refuse": ("preview", "refused", "report:edit", "", ""),
        "discard": ("preview", "withdrawn", "report:edit", "", ""),
        "undo": ("accepted accepted_with_notes", "withdrawn", "report:edit", "still_draft", ""),
    },
    "commitment": {
        "start": ("open", "in_progress", "commitment:manage", "", ""),
        "fulfil_partly": (
            "open in_progress",
            "partly_fulfilled",
            "commitment:manage",
            "answered_by_letter",
            "",
        ),
        "fulfil": (
            "open in_progress partly_fulfilled",
            "fulfilled",
            "commitment:manage",
            "answered_by_letter",
            "",
        ),
        "lapse": ("open in_progress partly_fulfilled", "lapsed", "commitment:manage", "", "note"),
    },
}


def test_every_life_cycle_is_known_by_its_code() -> None:
    assert list(ALL) == list(STEPS)
    assert all(ALL[code].code == code for code in ALL)


@pytest.mark.parametrize("code", list(STEPS))
def test_steps_are_as_agreed(code: str) -> None:
    declared = {
        step.code: (
            " ".join(step.sources),
            step.target,
            step.permission.value,
            " ".join(step.guards),
            " ".join(step.requires),
        )
        for step in ALL[code].transitions
    }
    assert declared == STEPS[code]


@pytest.mark.parametrize(("workflow", "statuses"), STATUSES, ids=list(STEPS))
def test_states_and_status_codes_are_the_same_list(
    workflow: Workflow, statuses: type[StrEnum]
) -> None:
    assert [state.code for state in workflow.states] == list(statuses)
    assert all(label.strip() for label in workflow.labels().values())


def test_what_follows_from_dates_is_never_stored() -> None:
    assert "expired" not in COVENANT.stored_states()
    assert REPORT.stored_states() == ("draft", "submitted", "returned", "accepted")
    assert "closed" not in SUBSIDY_ROUND.stored_states()
    assert not {"running", "finished"} & set(PILOT.stored_states())


def test_decisions_and_effects_of_a_plan() -> None:
    decisions = {step.code for step in ACTION_PLAN.transitions if step.is_decision}
    effects = {step.code for step in ACTION_PLAN.transitions if step.is_effect}
    assert decisions == {"adopt", "approve", "refuse", "reopen"}
    assert effects == {"supersede", "reinstate"}


def test_nobody_decides_on_money_alone() -> None:
    deciding = [
        step
        for workflow in (SUBSIDY_APPLICATION, PILOT)
        for step in workflow.transitions
        if step.is_decision
    ]
    assert {step.code for step in deciding} == {
        "grant",
        "grant_in_part",
        "reject",
        "settle",
        "settle_anew",
        "revoke",
    }
    assert all(
        {Guard.PROPOSED, Guard.NOT_AUTHOR, Guard.VALID_MANDATE} <= {*step.guards}
        for step in deciding
    )
