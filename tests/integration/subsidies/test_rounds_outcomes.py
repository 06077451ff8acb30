"""What became of the applications of rounds on a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import null

from tests.factories.people import make_person
from tests.factories.regions import make_programme
from tests.factories.subsidies import (
    make_application,
    make_decider,
    make_decision,
    make_declared,
    make_round,
    make_scheme,
)
from tests.integration.periods.counting import statements
from vpt_regio import clock
from vpt_regio.domain.roles import Role
from vpt_regio.domain.subsidy_codes import ApplicationStatus, ProposalKind, RoundStatus
from vpt_regio.domain.workflows.subsidies import SUBSIDY_APPLICATION
from vpt_regio.extensions import db
from vpt_regio.models.applications import SubsidyApplication
from vpt_regio.models.decisions import Decision
from vpt_regio.models.people import Person
from vpt_regio.models.subsidies import SubsidyRound, SubsidyScheme
from vpt_regio.queries.subsidy_outcomes import counts_on, meter_on, outcomes_on, sentence_on
from vpt_regio.services import transitions
from vpt_regio.uow import unit_of_work

pytestmark = pytest.mark.usefixtures("context")

AMOUNTS = (20_000_00, 9_300_00, 50_000_00, 10_000_00, 22_061_00, 50_000_00)
DECLARED_ON, BEFORE, TODAY = date(2011, 12, 20), date(2011, 12, 19), date(2012, 7, 16)


@dataclass
class Stage:
    scheme: SubsidyScheme
    in_round: SubsidyRound
    author: Person
    decider: Person

    def declared(self) -> list[SubsidyApplication]:
        return [make_declared(self.in_round, cents, declared_on=DECLARED_ON) for cents in AMOUNTS]


@pytest.fixture
def stage() -> Iterator[Stage]:
    with unit_of_work():
        programme = make_programme()
        scheme = make_scheme(programme)
        yield Stage(
            scheme=scheme,
            in_round=make_round(
                scheme,
                status=RoundStatus.DECIDED,
                unlisted_applications=5,
                unlisted_granted=0,
            ),
            author=make_person(programme, Role.POLICY_OFFICER),
            decider=make_decider(programme),
        )


def test_the_round_of_november_tells_what_the_letter_tells(stage: Stage) -> None:
    stage.declared()

    counts = counts_on(TODAY, [stage.in_round])[stage.in_round.id]

    assert (counts.applications, counts.granted_in_some_way) == (11, 6)
    assert counts.granted_cents == 161_361_00
    # which of the six were granted in part, and what was asked, no source tells
    assert (counts.partially_granted, counts.rejected, counts.requested_cents) == (None,) * 3
    words = sentence_on(TODAY, stage.in_round)
    assert words == "elf aanvragen, waarvan zes (gedeeltelijk) toegekend"


def test_a_decision_takes_the_place_of_what_a_source_declares_from_its_day_on(
    stage: Stage,
) -> None:
    first = stage.declared()[0]
    make_decision(
        first,
        ProposalKind.REJECTION,
        author=stage.author,
        decider=stage.decider,
        decided_on=TODAY,
    )

    # a half-year that is closed does not move
    assert sentence_on(date(2012, 7, 15), stage.in_round).endswith("zes (gedeeltelijk) toegekend")
    assert sentence_on(TODAY, stage.in_round).endswith("vijf (gedeeltelijk) toegekend")
    assert counts_on(TODAY, [stage.in_round])[stage.in_round.id].granted_cents == 141_361_00


def test_a_later_decision_counts_from_its_own_day_on(stage: Stage) -> None:
    application = make_application(stage.in_round)
    first = make_decision(
        application, author=stage.author, decider=stage.decider, decided_on=date(2012, 7, 2)
    )
    values = {
        column.key: getattr(first, column.key)
        for column in Decision.__table__.columns
        if column.key != "id"
    }
    values |= {
        "reference": "S-vervanging",
        "amount_cents": 12_000_00,
        "decided_on": TODAY,
        "replaces_id": first.id,
        "replacement_reason": "Een bedrag was verkeerd.",
    }
    db.session.add(Decision(**values))
    db.session.flush()

    def granted(day: date) -> int | None:
        [outcome] = outcomes_on(day, rounds=[stage.in_round])[stage.in_round.id]
        return outcome.granted_cents

    assert granted(date(2012, 7, 1)) is None
    assert granted(date(2012, 7, 15)) == 15_000_00
    assert granted(TODAY) == 12_000_00
    assert meter_on(TODAY, stage.in_round).granted_cents == 12_000_00


def test_history_without_a_day_counts_from_the_opening_of_its_round(stage: Stage) -> None:
    stage.in_round.opens_on, stage.in_round.closes_on = date(2011, 11, 1), date(2011, 11, 30)
    stage.in_round.unlisted_applications = null()
    stage.declared()

    def statuses(day: date) -> set[ApplicationStatus]:
        return {one.status for one in outcomes_on(day, rounds=[stage.in_round])[stage.in_round.id]}

    assert statuses(date(2011, 10, 31)) == set()
    assert statuses(BEFORE) == {ApplicationStatus.UNDER_ASSESSMENT}
    assert statuses(DECLARED_ON) == {ApplicationStatus.GRANTED_SOME}
    # how many there were besides is not known: no total, not a zero
    assert counts_on(BEFORE, [stage.in_round])[stage.in_round.id].applications is None


def test_the_status_of_a_day_comes_from_the_history(stage: Stage) -> None:
    application = make_application(stage.in_round, status=ApplicationStatus.RECEIVED)
    draft = make_application(stage.in_round, status=ApplicationStatus.DRAFT)
    with clock.at(date(2012, 7, 10)):
        transitions.apply(
            application,
            "withdraw",
            workflow=SUBSIDY_APPLICATION,
            actor=stage.author,
            inputs={"note": "De aanvrager trekt zich terug."},
        )

    def statuses(day: date) -> list[ApplicationStatus]:
        return [one.status for one in outcomes_on(day, rounds=[stage.in_round])[stage.in_round.id]]

    assert draft.status is ApplicationStatus.DRAFT
    assert statuses(date(2012, 5, 28)) == []
    assert statuses(date(2012, 7, 9)) == [ApplicationStatus.RECEIVED]
    assert statuses(date(2012, 7, 10)) == [ApplicationStatus.WITHDRAWN]


def test_many_rounds_take_as_many_queries_as_one(stage: Stage) -> None:
    stage.declared()
    other = make_round(stage.scheme)
    for _number in range(3):
        make_decision(make_application(other), author=stage.author, decider=stage.decider)

    with statements() as one:
        counts_on(TODAY, [other])
    with statements() as both:
        found = counts_on(TODAY, [stage.in_round, other])

    assert found[other.id].granted == 3
    assert len(both) == len(one) == 2
