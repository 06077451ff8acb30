"""The closed lists: every member has a label, and the values are fit to be stored."""

from collections.abc import Mapping
from enum import StrEnum

import pytest

from vpt_regio.domain import enums, subsidy_codes
from vpt_regio.domain.permissions import PERMISSION_LABELS, Permission
from vpt_regio.domain.roles import NATIONAL_ROLES, REGIONAL_ROLES, ROLE_LABELS, Role
from vpt_regio.domain.rules.covenant_clock import CLOCK_SIGNAL_LABELS, ClockSignal
from vpt_regio.domain.rules.deadlines import DEADLINE_LABELS, WEEKS_BEFORE_LETTER, DeadlineKind
from vpt_regio.domain.rules.subsidy_arrangement import DUTY_LABELS, Duty
from vpt_regio.domain.rules.sufficiency import VERDICT_LABELS, Verdict
from vpt_regio.domain.workflow import GUARD_LABELS, INPUT_LABELS, Guard, Input

LABELS: list[tuple[type[StrEnum], Mapping[StrEnum, str]]] = [
    (Role, ROLE_LABELS),
    (Permission, PERMISSION_LABELS),
    (ClockSignal, CLOCK_SIGNAL_LABELS),
    (DeadlineKind, DEADLINE_LABELS),
    (Verdict, VERDICT_LABELS),
    (Guard, GUARD_LABELS),
    (Input, INPUT_LABELS),
    (enums.AgreementLevel, enums.AGREEMENT_LEVEL_LABELS),
    (enums.WatchDuty, enums.WATCH_DUTY_LABELS),
    (enums.DutyScore, enums.DUTY_SCORE_LABELS),
    (enums.Phase, enums.PHASE_LABELS),
    (enums.Rag, enums.RAG_LABELS),
    (enums.ActivityStatus, enums.ACTIVITY_STATUS_LABELS),
    (enums.OrganisationKind, enums.ORGANISATION_KIND_LABELS),
    (enums.PartyRole, enums.PARTY_ROLE_LABELS),
    (enums.TerritoryType, enums.TERRITORY_TYPE_LABELS),
    (enums.PlanSection, enums.PLAN_SECTION_LABELS),
    (subsidy_codes.ProposalKind, subsidy_codes.PROPOSAL_KIND_LABELS),
    (subsidy_codes.RejectionGround, subsidy_codes.REJECTION_GROUND_LABELS),
    (subsidy_codes.SettlementGround, subsidy_codes.SETTLEMENT_GROUND_LABELS),
    (subsidy_codes.RevocationGround, subsidy_codes.REVOCATION_GROUND_LABELS),
    (subsidy_codes.PilotOutcome, subsidy_codes.PILOT_OUTCOME_LABELS),
    (subsidy_codes.ProgressState, subsidy_codes.PROGRESS_STATE_LABELS),
    (subsidy_codes.NoticeKind, subsidy_codes.NOTICE_KIND_LABELS),
    (subsidy_codes.MoneyDirection, subsidy_codes.MONEY_DIRECTION_LABELS),
    (subsidy_codes.CountKind, subsidy_codes.COUNT_KIND_LABELS),
    (Duty, DUTY_LABELS),
]


@pytest.mark.parametrize(
    ("codes", "labels"), LABELS, ids=lambda value: getattr(value, "__name__", "")
)
def test_every_code_has_its_own_dutch_label(
    codes: type[StrEnum], labels: Mapping[StrEnum, str]
) -> None:
    assert list(labels) == list(codes)
    assert all(label == label.strip() != "" for label in labels.values())
    assert len(set(labels.values())) == len(labels)


def test_permissions_read_as_resource_and_action() -> None:
    for permission in Permission:
        resource, _, action = permission.value.partition(":")
        assert permission.name == f"{resource}_{action}".upper()


def test_a_reader_is_the_only_role_with_or_without_a_region() -> None:
    assert not REGIONAL_ROLES & NATIONAL_ROLES
    assert set(Role) - REGIONAL_ROLES - NATIONAL_ROLES == {Role.READER}


def test_the_watch_duties_stand_under_four_headings_once_each() -> None:
    under_headings = [duty for group in enums.WATCH_DUTY_HEADINGS.values() for duty in group]
    assert len(enums.WATCH_DUTY_HEADINGS) == 4
    assert under_headings == list(enums.WatchDuty)


def test_every_deadline_has_its_distance_to_the_letter() -> None:
    weeks = [WEEKS_BEFORE_LETTER[kind] for kind in DeadlineKind]
    assert weeks == sorted(weeks, reverse=True)
    assert weeks[-1] == 0
