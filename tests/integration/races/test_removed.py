"""Somebody sends a form about what another person removes at the same moment: that is told."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.factories.contracts import make_agreement, make_contract, make_indicator
from tests.factories.people import make_person
from tests.factories.regions import make_programme, make_region
from tests.factories.world_results import make_national_results
from tests.integration.races.test_races import Send, SignIn, together
from vpt_regio.domain.indicator_codes import ContractStatus
from vpt_regio.domain.roles import Role
from vpt_regio.extensions import db
from vpt_regio.models.audit import AuditEntry
from vpt_regio.uow import unit_of_work
from vpt_regio.web import handling

LEADER, OFFICER = "leider@vpt.example", "beleid@vpt.example"
PROMISE = {
    "statement": "Wij doen dit altijd.",
    "free_type": "Eigen soort",
    "responsible_id": "1",
    "target_value": "60",
    "target_day": "31-12-2013",
}
REMOVALS = [
    (LEADER, "/afspraken/1/verwijderen", "contract.agreement_removed"),
    (OFFICER, "/doelen/1/verwijderen", "target.removed"),
    (OFFICER, "/cijfers/reeks/uitspraken/1/verwijderen", "figure_set.claim_removed"),
]


@pytest.fixture
def records(app: Flask) -> None:
    """An agreement in a draft, and a claim and a target of the programme."""
    with app.app_context(), unit_of_work():
        programme = make_programme()
        region = make_region(programme)
        leader = make_person(programme, Role.PROJECT_LEADER, region=region, email=LEADER)
        officer = make_person(programme, Role.POLICY_OFFICER, email=OFFICER)
        contract = make_contract(region, status=ContractStatus.DRAFT, author=leader)
        make_agreement(contract, make_indicator(programme))
        make_national_results(programme, officer)


def count(app: Flask, action: str) -> int:
    with app.app_context():
        return len(
            db.session.scalars(select(AuditEntry.seq).where(AuditEntry.action == action)).all()
        )


@pytest.mark.usefixtures("records")
@pytest.mark.parametrize(("email", "url", "action"), REMOVALS)
def test_what_two_remove_at_once_is_removed_once(
    app: Flask, sign_in: SignIn, email: str, url: str, action: str
) -> None:
    sends = [Send(sign_in(email), url, {}) for _ in range(2)]
    assert sorted(together(*(one.status for one in sends))) == [303, 404]
    assert count(app, action) == 1


@pytest.mark.usefixtures("records")
@pytest.mark.parametrize(
    ("email", "removal", "url"),
    [
        *((email, url, url) for email, url, _action in REMOVALS),
        (LEADER, "/afspraken/1/verwijderen", "/afspraken/1/bewerken"),
    ],
)
def test_a_form_about_what_was_just_removed_finds_nothing(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, email: str, removal: str, url: str
) -> None:
    other, store, removed = sign_in(email), handling.write, []

    def write(work: Callable[[], Any]) -> Any:
        # the page was looked up; before it stores anything, the other person removes the record
        if not removed:
            removed.append(removal)
            assert other.post(removal).status_code == 303
        return store(work)

    monkeypatch.setattr(handling, "write", write)
    answer = sign_in(email).post(url, data=PROMISE)
    assert answer.status_code == 404
    assert "Deze pagina bestaat niet" in answer.text
