"""Who sees decisions on subsidies, what replaces them, and what they ask of whom."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.people import make_person
from tests.factories.regions import make_programme, make_region
from tests.factories.subsidies import (
    make_application,
    make_decider,
    make_decision,
    make_pilot,
    make_proposal,
    make_round,
    make_scheme,
)
from vpt_regio.domain.roles import Role
from vpt_regio.domain.subsidy_codes import ApplicationStatus, ProposalKind, ProposalStatus
from vpt_regio.errors import WrongState
from vpt_regio.models.decisions import DecisionKind
from vpt_regio.queries.decisions import DecisionFilter, page_of_decisions
from vpt_regio.queries.my_work import my_work
from vpt_regio.services.decisions import replace_decision
from vpt_regio.services.objections import record_objection
from vpt_regio.uow import unit_of_work


def test_a_region_sees_its_grants_and_never_a_rejection(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    with app.app_context():
        with unit_of_work():
            programme = make_programme()
            regions = {name: make_region(programme, name) for name in ("limburg", "groningen")}
            in_round = make_round(make_scheme(programme))
            officer, decider = make_person(programme, Role.POLICY_OFFICER), make_decider(programme)
            leader, manager = (
                make_person(programme, role, region=regions["limburg"])
                for role in (Role.PROJECT_LEADER, Role.ACCOUNT_MANAGER)
            )
            made = {}
            for name, kind in (
                ("limburg", ProposalKind.GRANT),
                ("groningen", ProposalKind.GRANT),
                ("limburg", ProposalKind.REJECTION),
            ):
                application = make_application(in_round, region=regions[name])
                decision = make_decision(application, kind, author=officer, decider=decider)
                if kind is ProposalKind.GRANT:
                    make_pilot(application, regions=(regions[name],))
                made[name, kind] = decision.id
        own = made["limburg", ProposalKind.GRANT]
        rejection, rejected = made["limburg", ProposalKind.REJECTION], application.id

        def listed(person: object, **wanted: object) -> set[int]:
            page = page_of_decisions(person, DecisionFilter(**wanted), page=1)  # type: ignore[arg-type]
            return {one.id for one in page.items}

        assert listed(leader) == listed(manager) == {own}
        assert listed(officer) == set(made.values())
        region = frozenset({regions["limburg"].id})
        assert listed(officer, regions=region) == {own, rejection}
        assert listed(officer, kind=DecisionKind.SUBSIDY_REJECTED) == {rejection}
        emails = leader.email, manager.email, officer.email
    leader_email = emails[0]
    for email, can_see_all in zip(emails, (False, False, True), strict=True):
        client = sign_in(email)
        assert client.get("/besluiten").status_code == 200
        assert client.get(f"/besluiten/{own}").status_code == 200
        for other in (rejection, made["groningen", ProposalKind.GRANT]):
            assert client.get(f"/besluiten/{other}").status_code == (200 if can_see_all else 404)
        page = client.get(f"/subsidies/aanvragen/{rejected}")
        assert page.status_code == (404 if email == leader_email else 200)
        assert (f'href="/besluiten/{rejection}"' in page.text) is can_see_all
        assert client.post(f"/besluiten/{rejection}/brief").status_code == (
            303 if can_see_all else 404
        )


@pytest.mark.usefixtures("context")
def test_a_decision_on_a_subsidy_is_replaced_by_a_new_proposal_only() -> None:
    with unit_of_work():
        programme = make_programme()
        officer, decider = make_person(programme, Role.POLICY_OFFICER), make_decider(programme)
        application = make_application(make_round(make_scheme(programme)))
        decision = make_decision(application, author=officer, decider=decider)
    with pytest.raises(WrongState, match="nieuw voorstel"), unit_of_work():
        replace_decision(decision, note="Anders.", reason="Fout.", actor=decider)


@pytest.mark.usefixtures("context")
def test_my_work_tells_each_person_what_waits_for_them() -> None:
    with unit_of_work():
        programme = make_programme()
        in_round = make_round(make_scheme(programme))
        officer = make_person(programme, Role.POLICY_OFFICER)
        decider = make_decider(programme, maximum=15_000_00)
        manager = make_person(programme, Role.ACCOUNT_MANAGER, region=make_region(programme))
        for cents in (15_000_00, 15_000_01):
            application = make_application(in_round, amounts=(cents,))
            make_proposal(application, ProposalKind.GRANT, author=officer, amount_cents=cents)
        make_proposal(make_application(in_round), ProposalKind.REJECTION, author=decider)
        returned = make_proposal(
            make_application(in_round),
            ProposalKind.REJECTION,
            author=officer,
            status=ProposalStatus.SENT_BACK,
        )
        # eight weeks after the 29th of May it is the 24th of July
        due = returned.application
        completed = make_application(
            in_round,
            status=ApplicationStatus.INCOMPLETE,
            completion_asked_on=date(2012, 7, 6),
        )
        rejected = make_decision(
            make_application(in_round),
            ProposalKind.REJECTION,
            author=officer,
            decider=make_person(programme, Role.MANDATE_HOLDER),
        )
        record_objection(
            rejected,
            received_on=date(2012, 7, 10),
            objector="Stichting",
            grounds="",
            actor=officer,
        )
    work = my_work(decider)
    titles = [item.title for item in work.to_do]
    assert sum("Beslissen over voorstel" in title for title in titles) == 1
    assert any("bezwaar" in title for title in titles)
    assert [item.why for item in work.waiting] == ["Bij een mandaathouder: u hebt dit voorgesteld."]
    work = my_work(officer)
    found = {item.endpoint: item for item in work.to_do}
    assert found["proposals.show"].args == {"proposal_id": returned.id}
    assert found["applications.show"].args == {"application_id": due.id}
    assert found["applications.show"].due_on == date(2012, 7, 24)
    assert not found["applications.show"].is_overdue
    elsewhere = [item for item in work.waiting if item.endpoint == "applications.show"]
    assert [item.args for item in elsewhere] == [{"application_id": completed.id}]
    assert my_work(manager).to_do == ()
