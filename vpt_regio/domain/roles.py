"""The roles a person may hold; each role is held with a scope, a start and an end."""

from enum import StrEnum

from vpt_regio.domain.text import N_


class Role(StrEnum):
    PROJECT_LEADER = "project_leader"
    ACCOUNT_MANAGER = "account_manager"
    POLICY_OFFICER = "policy_officer"
    MANDATE_HOLDER = "mandate_holder"
    ADMINISTRATOR = "administrator"
    READER = "reader"


ROLE_LABELS: dict[Role, str] = {
    Role.PROJECT_LEADER: N_("regionaal projectleider"),
    Role.ACCOUNT_MANAGER: N_("accountmanager"),
    Role.POLICY_OFFICER: N_("beleidsmedewerker"),
    Role.MANDATE_HOLDER: N_("mandaathouder"),
    Role.ADMINISTRATOR: N_("functioneel beheerder"),
    Role.READER: N_("lezer"),
}

REGIONAL_ROLES: frozenset[Role] = frozenset({Role.PROJECT_LEADER, Role.ACCOUNT_MANAGER})
"""Roles that always name a region."""

NATIONAL_ROLES: frozenset[Role] = frozenset(
    {Role.POLICY_OFFICER, Role.MANDATE_HOLDER, Role.ADMINISTRATOR}
)
"""Roles that never name a region. A reader is in neither set: with or without a region."""

APPLICANT = "applicant"
"""Stands where a role stands in the audit record, for whoever acted by the link of an applicant."""
