"""A pilot follows the decisions on its application."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from tests.factories.people import make_person
from tests.factories.regions import make_programme, make_region
from tests.factories.subsidies import (
    make_application,
    make_decider,
    make_instalment,
    make_limits,
    make_payment,
    make_round,
    make_scheme,
)
from vpt_regio.domain.roles import Role
from vpt_regio.domain.subsidy_codes import PilotStatus
from vpt_regio.errors import Invalid, NotAllowed, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.applications import SubsidyApplication
from vpt_regio.models.people import Person
from vpt_regio.models.subsidies import SubsidyRound
from vpt_regio.services.pilots import award, lapse
from vpt_regio.uow import unit_of_work

DECIDED = date(2012, 7, 16)


class Stage:
    """A round, an application of € 15.000 in Limburg, and who decides on it."""

    def __init__(self) -> None:
        programme = make_programme()
        make_limits(programme)
        self.round: SubsidyRound = make_round(make_scheme(programme))
        region = make_region(programme, code="limburg")
        self.application: SubsidyApplication = make_application(self.round, region=region)
        self.decider: Person = make_decider(programme)
        self.officer: Person = make_person(programme, Role.POLICY_OFFICER)
        self.leader: Person = make_person(programme, Role.PROJECT_LEADER, region=region)


@pytest.fixture
def stage(context: Flask) -> Iterator[Stage]:
    with unit_of_work():
        yield Stage()


def test_a_grant_makes_a_pilot_of_what_was_applied_for(stage: Stage) -> None:
    pilot = award(stage.application, amount_cents=12_000_00, on=DECIDED, actor=stage.decider)
    assert (pilot.granted_cents, pilot.status) == (12_000_00, PilotStatus.AWARDED)
    assert (pilot.title, pilot.points) == (stage.application.title, ["Eerste punt", "Tweede punt"])
    assert [region.code for region in pilot.regions] == ["limburg"]
    assert (pilot.arrangement, pilot.is_by_analogy, pilot.award_order) == (1, True, 1)
    assert pilot.settlement_request_due == date(2013, 11, 30)


@pytest.mark.parametrize(
    ("cents", "number"),
    [(24_999_99, 1), (25_000_00, 2), (124_999_99, 2), (125_000_00, 3)],
)
def test_the_arrangement_follows_from_the_amount(stage: Stage, cents: int, number: int) -> None:
    wanted = make_application(stage.round, amounts=(125_000_00,))
    pilot = award(wanted, amount_cents=cents, on=date(2013, 7, 1), actor=stage.decider)
    assert (pilot.arrangement, pilot.is_by_analogy) == (number, False)


def test_pilots_of_a_round_take_the_next_place(stage: Stage) -> None:
    other = make_application(stage.round)
    elsewhere = make_application(make_round(stage.round.scheme))
    placed = [
        award(one, amount_cents=1_00, on=DECIDED, actor=stage.decider).award_order
        for one in (other, stage.application, elsewhere)
    ]
    assert placed == [1, 2, 1]


def test_a_new_decision_changes_the_grant_of_the_same_pilot(stage: Stage) -> None:
    first = award(stage.application, amount_cents=15_000_00, on=DECIDED, actor=stage.decider)
    again = award(stage.application, amount_cents=9_000_00, on=DECIDED, actor=stage.decider)
    assert again.id == first.id
    assert first.granted_cents == 9_000_00


def test_a_grant_never_goes_below_what_was_paid(stage: Stage) -> None:
    pilot = award(stage.application, amount_cents=15_000_00, on=DECIDED, actor=stage.decider)
    make_payment(pilot, 10_000_00, recorder=stage.officer)
    with pytest.raises(Invalid) as refused:
        award(stage.application, amount_cents=9_999_99, on=DECIDED, actor=stage.decider)
    assert refused.value.code == "paid"
    award(stage.application, amount_cents=10_000_00, on=DECIDED, actor=stage.decider)
    assert pilot.granted_cents == 10_000_00


def test_a_grant_never_goes_below_what_is_planned_nor_above_what_was_asked(stage: Stage) -> None:
    pilot = award(stage.application, amount_cents=15_000_00, on=DECIDED, actor=stage.decider)
    make_instalment(pilot, 12_000_00)
    with pytest.raises(Invalid, match="termijnen"):
        award(stage.application, amount_cents=11_999_99, on=DECIDED, actor=stage.decider)
    with pytest.raises(Invalid, match="gevraagd"):
        award(stage.application, amount_cents=15_000_01, on=DECIDED, actor=stage.decider)


def test_a_settled_pilot_keeps_its_grant(stage: Stage) -> None:
    pilot = award(stage.application, amount_cents=15_000_00, on=DECIDED, actor=stage.decider)
    pilot.settled_cents, pilot.settled_on = 15_000_00, DECIDED
    pilot.status = PilotStatus.SETTLED
    with pytest.raises(WrongState):
        award(stage.application, amount_cents=14_000_00, on=DECIDED, actor=stage.decider)


def test_a_rejection_lets_a_pilot_lapse_and_a_grant_brings_it_back(stage: Stage) -> None:
    pilot = award(stage.application, amount_cents=15_000_00, on=DECIDED, actor=stage.decider)
    make_instalment(pilot, 12_000_00)
    lapse(pilot, actor=stage.decider)
    assert pilot.status is PilotStatus.LAPSED
    assert pilot.instalments == []
    award(stage.application, amount_cents=5_000_00, on=DECIDED, actor=stage.decider)
    assert (pilot.status, pilot.granted_cents) == (PilotStatus.AWARDED, 5_000_00)


def test_a_pilot_that_was_paid_does_not_lapse(stage: Stage) -> None:
    pilot = award(stage.application, amount_cents=15_000_00, on=DECIDED, actor=stage.decider)
    make_payment(pilot, 1, recorder=stage.officer)
    db.session.expire(pilot, ["payments"])
    with pytest.raises(Invalid, match="0,01 betaald"):
        lapse(pilot, actor=stage.decider)


def test_only_the_ministry_awards(stage: Stage) -> None:
    with pytest.raises(NotAllowed):
        award(stage.application, amount_cents=1_00, on=DECIDED, actor=stage.leader)
