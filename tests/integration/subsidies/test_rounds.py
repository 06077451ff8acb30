"""Schemes and rounds: planning, opening, what stays as announced, finishing, and history."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest

from tests.factories.people import make_person
from tests.factories.regions import make_programme
from tests.factories.subsidies import (
    make_application,
    make_decider,
    make_decision,
    make_round,
    make_scheme,
)
from vpt_regio import clock
from vpt_regio.domain.fuzzy_date import FuzzyDate
from vpt_regio.domain.history import sentence_of
from vpt_regio.domain.roles import Role
from vpt_regio.domain.rules.subsidy_arrangement import arrangement_of
from vpt_regio.domain.subsidy_codes import ApplicationStatus, CountKind, RoundStatus
from vpt_regio.errors import (
    Conflict,
    DomainError,
    DuplicateValue,
    Invalid,
    NotAllowed,
    SeveralErrors,
    WrongState,
)
from vpt_regio.extensions import db
from vpt_regio.models.audit import AuditEntry
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Programme
from vpt_regio.models.subsidies import SubsidyRound, SubsidyScheme
from vpt_regio.queries.subsidy_outcomes import counts_on, sentence_on
from vpt_regio.queries.subsidy_rounds import list_limits, state_of, window_of
from vpt_regio.services.subsidy_round_checks import RoundData, Unlisted
from vpt_regio.services.subsidy_rounds import (
    cancel_round,
    declare_unlisted,
    edit_round,
    finish_round,
    import_round,
    open_round,
    start_round,
)
from vpt_regio.services.subsidy_schemes import (
    SchemeData,
    edit_scheme,
    import_scheme_count,
    set_limits,
    start_scheme,
)
from vpt_regio.uow import unit_of_work

pytestmark = pytest.mark.usefixtures("context")

TODAY = date(2012, 7, 16)
OPENS, CLOSES = date(2012, 9, 3), date(2012, 10, 29)
DATA = RoundData(
    name="Najaar 2012",
    opens=FuzzyDate.exactly(OPENS),
    closes=FuzzyDate.exactly(CLOSES),
    ceiling_cents=200_000_00,
)


@dataclass
class Stage:
    programme: Programme
    scheme: SubsidyScheme
    officer: Person
    holder: Person

    def planned(self, **values: object) -> SubsidyRound:
        return start_round(self.scheme, data=replace(DATA, **values), actor=self.officer)

    def opened(self, **values: object) -> SubsidyRound:
        in_round = self.planned(**values)
        open_round(in_round, actor=self.officer)
        return in_round


@pytest.fixture
def stage() -> Iterator[Stage]:
    with unit_of_work():
        programme = make_programme()
        yield Stage(
            programme=programme,
            scheme=make_scheme(programme),
            officer=make_person(programme, Role.POLICY_OFFICER),
            holder=make_person(programme, Role.MANDATE_HOLDER),
        )


def problems(error: pytest.ExceptionInfo[DomainError]) -> dict[str | None, str]:
    found = error.value
    errors = found.errors if isinstance(found, SeveralErrors) else [found]
    return {one.field: str(one) for one in errors}


def test_a_round_goes_from_plan_to_open_to_closed_to_decided(stage: Stage) -> None:
    in_round = stage.planned()
    assert (in_round.number, in_round.status) == (1, RoundStatus.PLANNED)

    open_round(in_round, actor=stage.officer)
    assert state_of(in_round) is RoundStatus.OPEN
    with clock.at(CLOSES), pytest.raises(Invalid, match="29-10-2012"):
        finish_round(in_round, actor=stage.officer)

    application = make_application(in_round, received_at=datetime(2012, 9, 5, tzinfo=UTC))
    with clock.at(date(2012, 10, 30)):
        assert state_of(in_round) is RoundStatus.CLOSED
        with pytest.raises(Invalid, match=f"aanvraag {application.number}"):
            finish_round(in_round, actor=stage.officer)
        make_decision(application, author=stage.officer, decider=make_decider(stage.programme))
        finish_round(in_round, actor=stage.officer)
    assert in_round.status is RoundStatus.DECIDED
    for entry in db.session.query(AuditEntry).filter_by(subject_type="subsidy_round"):
        assert sentence_of(entry.action)


@pytest.mark.parametrize(
    ("inclusive", "at", "state"),
    [
        # winter time began on 28 October: an hour from UTC, and midnight in Amsterdam
        (True, datetime(2012, 10, 29, 22, 59, 59, tzinfo=UTC), RoundStatus.OPEN),
        (True, datetime(2012, 10, 29, 23, 0, tzinfo=UTC), RoundStatus.CLOSED),
        (False, datetime(2012, 10, 28, 22, 59, 59, tzinfo=UTC), RoundStatus.OPEN),
        (False, datetime(2012, 10, 28, 23, 0, tzinfo=UTC), RoundStatus.CLOSED),
    ],
)
def test_a_round_closes_at_midnight(
    stage: Stage, inclusive: bool, at: datetime, state: RoundStatus
) -> None:
    in_round = stage.opened(closing_inclusive=inclusive)

    assert state_of(in_round, at) is state


def test_everything_that_is_wrong_with_a_round_is_said_at_once(stage: Stage) -> None:
    with pytest.raises(SeveralErrors) as refused:
        stage.planned(
            name="",
            closes=FuzzyDate.exactly(OPENS),
            closing_inclusive=False,
            ceiling_cents=0,
            decision_days=0,
        )

    assert set(problems(refused)) == {"name", "closes", "ceiling_cents", "decision_days"}


def test_a_round_opens_only_when_it_says_all_that_applicants_need(stage: Stage) -> None:
    scheme = make_scheme(stage.programme, legal_basis="")
    in_round = start_round(
        scheme,
        data=replace(DATA, opens=FuzzyDate.parse("najaar 2012")),
        actor=stage.officer,
    )
    assert window_of(in_round) is None

    with pytest.raises(SeveralErrors) as refused:
        open_round(in_round, actor=stage.officer)
    assert len(refused.value.errors) == 2

    scheme.is_incidental, scheme.starts_on = True, date(2012, 1, 1)
    edit_round(in_round, data=DATA, actor=stage.officer)
    with clock.at(date(2012, 10, 30)), pytest.raises(Invalid, match="al voorbij"):
        open_round(in_round, actor=stage.officer)
    open_round(in_round, actor=stage.officer)


def test_what_was_announced_only_gets_better(stage: Stage) -> None:
    in_round = stage.opened()
    make_decision(
        make_application(in_round), author=stage.officer, decider=make_decider(stage.programme)
    )

    def change(**values: object) -> SubsidyRound:
        return edit_round(in_round, data=replace(DATA, **values), actor=stage.officer)

    with clock.at(date(2012, 9, 4)), pytest.raises(SeveralErrors) as refused:
        change(
            opens=FuzzyDate.exactly(date(2012, 9, 2)),
            closing_inclusive=False,
            decision_days=70,
            ceiling_cents=14_999_99,
        )
    assert set(problems(refused)) == {"opens", "closes", "decision_days", "ceiling_cents"}

    change(closes=FuzzyDate.exactly(date(2012, 11, 5)), ceiling_cents=15_000_00)
    assert (in_round.closes_on, in_round.ceiling_cents) == (date(2012, 11, 5), 15_000_00)
    with clock.at(date(2012, 11, 6)), pytest.raises(Invalid, match="gesloten"):
        change(closes=FuzzyDate.exactly(date(2012, 11, 12)), ceiling_cents=15_000_00)


def test_only_a_policy_officer_manages_rounds(stage: Stage) -> None:
    in_round = stage.planned()

    with pytest.raises(NotAllowed):
        start_round(stage.scheme, data=DATA, actor=stage.holder)
    with pytest.raises(NotAllowed):
        open_round(in_round, actor=stage.holder)
    with pytest.raises(Conflict):
        edit_round(in_round, data=DATA, actor=stage.officer, expected_version=99)
    with pytest.raises(Invalid):
        cancel_round(in_round, note="", actor=stage.officer)
    cancel_round(in_round, note="Er is geen geld voor.", actor=stage.officer)
    with pytest.raises(WrongState):
        edit_round(in_round, data=DATA, actor=stage.officer)


def test_a_round_of_a_source_counts_what_it_declares_and_invents_nothing(stage: Stage) -> None:
    data = RoundData(name="November 2011", opens=FuzzyDate.parse("november 2011"), source="Brief")
    with pytest.raises(SeveralErrors) as refused:
        import_round(
            stage.scheme,
            data=replace(data, source=""),
            unlisted=Unlisted(applications=5, granted=6),
            actor=stage.officer,
        )
    assert set(problems(refused)) == {"source", "granted"}

    in_round = import_round(
        stage.scheme, data=data, unlisted=Unlisted(applications=None), actor=stage.officer
    )
    db.session.expire_all()
    assert in_round.status is RoundStatus.DECIDED
    assert counts_on(TODAY, [in_round])[in_round.id].applications is None

    declare_unlisted(
        in_round, unlisted=Unlisted(11, 6, 161_361_00), source="Brief", actor=stage.officer
    )
    counts = counts_on(TODAY, [in_round])[in_round.id]
    assert (counts.applications, counts.granted_in_some_way) == (11, 6)
    assert (counts.granted_cents, counts.rejected) == (161_361_00, None)
    assert sentence_on(TODAY, in_round).startswith("elf aanvragen, waarvan zes")
    with pytest.raises(WrongState):
        declare_unlisted(
            stage.planned(), unlisted=Unlisted(1, 1), source="Brief", actor=stage.officer
        )


def test_a_scheme_has_a_name_of_its_own(stage: Stage) -> None:
    scheme = start_scheme(stage.programme, data=SchemeData(name="Stimulering"), actor=stage.officer)

    with pytest.raises(DuplicateValue):
        start_scheme(stage.programme, data=SchemeData(name="Stimulering"), actor=stage.officer)
    with pytest.raises(Invalid) as refused:
        edit_scheme(
            scheme,
            data=SchemeData("Stimulering", starts_on=TODAY, ends_on=date(2012, 7, 15)),
            actor=stage.officer,
        )
    assert refused.value.field == "ends_on"
    changed = edit_scheme(
        scheme, data=SchemeData("Stimulering", is_incidental=True), actor=stage.officer
    )
    assert changed.is_incidental


def test_counts_of_a_historic_scheme_are_kept_as_the_source_gives_them(stage: Stage) -> None:
    def add(number: int, from_year: int, source: str = "Brief") -> None:
        import_scheme_count(
            stage.scheme,
            kind=CountKind.GRANTED,
            from_year=from_year,
            to_year=2010,
            number=number,
            source=source,
            actor=stage.officer,
        )

    add(112, 2008)
    add(45, 2010)
    with pytest.raises(DuplicateValue):
        add(44, 2010)
    with pytest.raises(SeveralErrors) as refused:
        add(-1, 2011, source="")
    assert set(problems(refused)) == {"to_year", "number", "source"}
    assert [one.number for one in stage.scheme.counts] == [112, 45]


def test_new_limits_hold_from_their_day_on(stage: Stage) -> None:
    def add(second: int, third: int, holds_from: date, source: str = "Kader") -> None:
        set_limits(
            stage.programme,
            second_from_cents=second,
            third_from_cents=third,
            holds_from=holds_from,
            source=source,
            actor=stage.officer,
        )

    add(25_000_00, 125_000_00, date(2013, 7, 1))
    with pytest.raises(SeveralErrors) as refused:
        add(0, 0, date(2013, 7, 1), source="")
    assert set(problems(refused)) == {
        "second_from_cents",
        "third_from_cents",
        "holds_from",
        "source",
    }
    add(30_000_00, 150_000_00, date(2015, 1, 1))

    def number(cents: int, on: date) -> tuple[int, bool]:
        found = arrangement_of(cents, list_limits(stage.programme), on=on)
        assert found is not None
        return found.number, found.by_analogy

    assert number(24_999_99, TODAY) == (1, True)
    assert number(25_000_00, date(2014, 12, 31)) == (2, False)
    assert number(25_000_00, date(2015, 1, 1)) == (1, False)


def test_a_round_with_applications_too_late_is_not_finished(stage: Stage) -> None:
    in_round = make_round(stage.scheme)
    make_application(in_round, status=ApplicationStatus.TOO_LATE)

    with pytest.raises(Invalid, match="nog niet beslist"):
        finish_round(in_round, actor=stage.officer)
