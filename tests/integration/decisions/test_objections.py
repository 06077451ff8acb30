"""Objections: recorded, late, put off, settled, and shown."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.factories.action_plans import Stage, make_approved, make_stage
from tests.factories.people import give_role, make_person
from vpt_regio import clock
from vpt_regio.domain.enums import ObjectionOutcome
from vpt_regio.domain.roles import Role
from vpt_regio.domain.rules.objections import is_late, last_day_to_decide, last_day_to_object
from vpt_regio.errors import Conflict, DomainError, NotAllowed, SeveralErrors, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.decisions import Decision, Objection
from vpt_regio.models.people import Person
from vpt_regio.queries.my_work import my_work
from vpt_regio.services.objections import extend_objection, record_objection, settle_objection
from vpt_regio.uow import unit_of_work

OFFICER = "beleid@vpt.example"
TODAY = date(2012, 7, 16)
DECIDED = date(2012, 5, 1)


def _refused(work: Callable[[], object]) -> DomainError:
    with pytest.raises(DomainError) as caught, unit_of_work():
        work()
    return caught.value


class House:
    """A decision of 1 May 2012 by the mandate holder's account manager, and a policy officer."""

    def __init__(self) -> None:
        with clock.at(DECIDED):
            self.stage: Stage = make_stage()
            make_approved(self.stage)
        self.officer: Person = make_person(self.stage.programme, Role.POLICY_OFFICER, email=OFFICER)
        self.decision = db.session.scalars(select(Decision).order_by(Decision.id.desc())).first()

    def object_(self, received_on: date = date(2012, 6, 1)) -> Objection:
        assert self.decision is not None
        return record_objection(
            self.decision,
            received_on=received_on,
            objector="Gemeente",
            grounds="Het bedrag is te laag.",
            actor=self.officer,
        )


@pytest.fixture
def house(context: Flask) -> House:
    with unit_of_work():
        return House()


def test_the_terms_of_an_objection() -> None:
    assert last_day_to_object(DECIDED) == date(2012, 6, 12)
    assert not is_late(decided_on=DECIDED, received_on=date(2012, 6, 12))
    assert is_late(decided_on=DECIDED, received_on=date(2012, 6, 13))
    in_time = last_day_to_decide(decided_on=DECIDED, received_on=date(2012, 5, 10))
    assert in_time == date(2012, 7, 24)
    late = last_day_to_decide(decided_on=DECIDED, received_on=date(2012, 7, 10))
    assert late == date(2012, 8, 21)


def test_a_late_objection_is_recorded_as_well(house: House) -> None:
    with unit_of_work():
        in_time = house.object_()
        late = house.object_(date(2012, 7, 10))
    assert (in_time.due_on, late.due_on) == (date(2012, 7, 24), date(2012, 8, 21))


def test_an_objection_says_everything_that_is_wrong(house: House) -> None:
    assert _refused(lambda: house.object_(date(2012, 4, 30))).field == "received_on"
    assert _refused(lambda: house.object_(date(2012, 7, 17))).field == "received_on"
    decision = house.decision
    assert decision is not None
    both = _refused(
        lambda: record_objection(
            decision, received_on=date(2012, 4, 1), objector=" ", grounds="", actor=house.officer
        )
    )
    assert isinstance(both, SeveralErrors)
    by_manager = _refused(
        lambda: record_objection(
            decision, received_on=TODAY, objector="x", grounds="", actor=house.stage.manager
        )
    )
    assert isinstance(by_manager, NotAllowed)


def test_a_term_is_extended_with_a_reason(house: House) -> None:
    with unit_of_work():
        objection = house.object_()
    nothing = _refused(
        lambda: extend_objection(
            objection, extended_to=date(2012, 7, 24), reason="", actor=house.officer
        )
    )
    assert isinstance(nothing, SeveralErrors)
    assert [part.field for part in nothing.errors] == ["extended_to", "extension_reason"]
    seen = objection.version
    with unit_of_work():
        extend_objection(
            objection,
            extended_to=date(2012, 9, 4),
            reason="Er is een hoorzitting.",
            actor=house.officer,
        )
    assert objection.decide_by == date(2012, 9, 4)
    stale = _refused(
        lambda: settle_objection(
            objection,
            outcome=ObjectionOutcome.FOUNDED,
            outcome_on=TODAY,
            note="x",
            actor=house.officer,
            expected_version=seen,
        )
    )
    assert isinstance(stale, Conflict)


def test_an_objection_is_settled_once_and_not_by_who_decided(house: House) -> None:
    with unit_of_work():
        objection = house.object_()
        decision = house.decision
        assert decision is not None
        holder = house.stage.holder

    def settle(actor: Person, note: str = "Het bedrag klopt.", on: date = TODAY) -> Objection:
        return settle_objection(
            objection,
            outcome=ObjectionOutcome.UNFOUNDED,
            outcome_on=on,
            note=note,
            actor=actor,
        )

    assert _refused(lambda: settle(house.officer, note=" ")).field == "outcome_note"
    early = _refused(lambda: settle(house.officer, on=date(2012, 5, 31)))
    assert early.field == "outcome_on"
    with unit_of_work():
        settle(holder)
    assert objection.outcome is ObjectionOutcome.UNFOUNDED
    again = _refused(lambda: settle(house.officer))
    assert isinstance(again, WrongState)
    with unit_of_work():
        second = house.object_()
        # somebody with two roles decided by mandate and may not judge the objection
        decider = house.stage.manager
        give_role(decider, Role.POLICY_OFFICER, programme=house.stage.programme)
    own = _refused(
        lambda: settle_objection(
            second,
            outcome=ObjectionOutcome.FOUNDED,
            outcome_on=TODAY,
            note="x",
            actor=decider,
        )
    )
    assert own.code == "own_decision"


def test_an_objection_waits_in_my_work_until_it_is_settled(house: House) -> None:
    def items() -> list[tuple[str, bool]]:
        found = my_work(house.officer).to_do
        texts = [(item.title % item.params, item.is_overdue) for item in found]
        return [one for one in texts if one[0].startswith("Beslissen op bezwaar")]

    with unit_of_work():
        objection = house.object_()
    (item,) = items()
    assert not item[1]
    with clock.at(date(2012, 7, 25)):
        (late,) = items()
    assert late[1]
    with unit_of_work():
        settle_objection(
            objection,
            outcome=ObjectionOutcome.WITHDRAWN,
            outcome_on=TODAY,
            note="Ingetrokken.",
            actor=house.officer,
        )
    assert items() == []


def test_the_pages_of_a_decision_and_its_objections(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    with app.app_context(), unit_of_work():
        house = House()
        decision = house.decision
        assert decision is not None
        page, reference = f"/besluiten/{decision.id}", decision.reference
        leader, holder = house.stage.leader.email, house.stage.holder.email
        elsewhere = make_stage("groningen", programme=house.stage.programme).leader.email
    officer = sign_in(OFFICER)
    listed = officer.get("/besluiten?soort=plan_approved&jaar=2012").text
    assert reference in listed
    assert officer.get("/besluiten?jaar=1999").status_code == 422
    assert reference not in sign_in(elsewhere).get("/besluiten").text
    assert sign_in(elsewhere).get(page).status_code == 404
    shown = sign_in(leader).get(page).text
    assert "12 juni 2012" in shown
    assert "Bezwaar vastleggen" not in shown
    wrong = officer.post(f"{page}/bezwaren/nieuw", data={"objector": "Gemeente"})
    assert wrong.status_code == 422
    data = {"received_on": "13-6-2012", "objector": "Gemeente", "grounds": "Te laag bedrag."}
    assert officer.post(f"{page}/bezwaren/nieuw", data=data).status_code == 303
    shown = officer.get(page).text
    assert "na de termijn ontvangen" in shown
    with app.app_context():
        address = f"{page}/bezwaren/{db.session.scalars(select(Objection.id)).one()}"
    assert "Nieuwe laatste dag" in officer.get(f"{address}/verlengen").text
    extension = {"extended_to": "1-10-2012", "extension_reason": "Hoorzitting"}
    assert officer.post(f"{address}/verlengen", data=extension).status_code == 303
    outcome = {"outcome": "founded", "outcome_on": "16-7-2012", "outcome_note": "Klopt."}
    assert officer.post(f"{address}/afhandelen", data=outcome).status_code == 303
    again = officer.post(f"{address}/afhandelen", data=outcome)
    assert again.status_code == 409
    mandated = sign_in(holder)
    assert f"{page}/vervangen" in mandated.get(page).text
    assert "Een bezwaar is gegrond" in mandated.get(page).text
    new = {"note": "Akkoord met een hoger bedrag.", "reason": "Het bezwaar is gegrond."}
    assert mandated.post(f"{page}/vervangen", data={**new, "reason": ""}).status_code == 422
    replaced = mandated.post(f"{page}/vervangen", data=new)
    assert replaced.status_code == 303
    assert "Akkoord met een hoger bedrag." in mandated.get(replaced.location).text
    old = mandated.get(page).text
    assert "Dit besluit geldt niet meer" in old
    assert "Het bezwaar is gegrond." in old
    assert mandated.post(f"{page}/vervangen", data=new).status_code == 409
