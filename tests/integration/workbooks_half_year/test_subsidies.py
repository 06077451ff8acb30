"""The sheets about subsidies: what is not known, who is in the annex, and what cannot move."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
from sqlalchemy import event, select

from tests.factories.half_year import HalfYear
from tests.factories.subsidies import (
    make_application,
    make_decision,
    make_declared,
    make_payment,
    make_pilot,
    make_pilot_without_grant,
    make_recovery,
    make_round,
)
from tests.integration.workbooks_half_year.reading import read, rows, total, written
from vpt_regio import clock
from vpt_regio.domain.roles import Role
from vpt_regio.domain.subsidy_codes import (
    ApplicationStatus,
    NoticeKind,
    PilotOutcome,
    PilotStatus,
    ProposalKind,
)
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.domain.workflows.pilots import PILOT
from vpt_regio.extensions import db
from vpt_regio.models.audit import TransitionRecord
from vpt_regio.models.decisions import Decision, DecisionKind
from vpt_regio.models.pilot_reports import ChangeNotice
from vpt_regio.models.pilots import Pilot
from vpt_regio.queries.workbook_subsidies import stream_annex, stream_pilots, stream_rounds
from vpt_regio.services import audit
from vpt_regio.services.pilots import record_outcome
from vpt_regio.uow import unit_of_work

CASH = ("Gevraagd bedrag", "Toegekend bedrag", "Betaald", "Vastgesteld bedrag", "Terugvordering")
SOURCE = "brief van maart 2012"
DAY = date(2012, 7, 16)
LATER = datetime(2012, 7, 18, 10, tzinfo=UTC)


def test_what_a_source_does_not_tell_is_blank_and_says_so(book: openpyxl.Workbook) -> None:
    declared, own = rows(book, "Subsidierondes")
    assert [declared[name] for name in ("Aanvragen", "Toegekend", "Gedeeltelijk toegekend")] == [
        7,
        None,
        None,
    ]
    assert (declared["Opent"], declared["Toegekend bedrag"]) == ("november 2011", 42_061)
    note = book["Subsidierondes"]["H2"].comment.text
    assert "zeven aanvragen, waarvan twee (gedeeltelijk) toegekend" in note
    assert SOURCE in note
    counted = ("Aanvragen", "Toegekend", "Gedeeltelijk toegekend", "Afgewezen", "Ingetrokken")
    assert [own[name] for name in counted] == [4, 0, 1, 1, 1]
    assert (own["In behandeling"], own["Sluitdag telt mee"]) == (1, "nee")
    pilot = rows(book, "Pilots")[0]
    assert [pilot[name] for name in CASH] == [None, 22_061, None, None, None]
    assert SOURCE in book["Pilots"]["K2"].comment.text
    assert len(book["Subsidierondes"]._charts) == 1


def test_the_annex_has_the_pilots_awarded_in_the_half_year(
    half_year: HalfYear, book: openpyxl.Workbook
) -> None:
    assert rows(book, "Bijlage pilots") == [
        {
            "Organisatie": "Ziekenhuis Midden, Roermond",
            "Beschrijving van de pilot": "• Eerste punt\n• Tweede punt",
            "Toegekend subsidiebedrag": 12_345.67,
        }
    ]
    assert total(book, "Bijlage pilots", "Toegekend subsidiebedrag") == 12_345.67
    before = stream_annex(half_year.programme.id, date(2011, 7, 1), date(2011, 12, 31))
    names = [(one.pilot.organisation_name, one.granted_cents) for one in before]
    assert names == [("Werkplein Venlo", 22_061_00), ("Zorghuis Oost", 20_000_00)]


def test_what_comes_later_never_changes_a_closed_half_year(half_year: HalfYear) -> None:
    with unit_of_work():
        half_year.period.status = PeriodStatus.CLOSED
    before = written(half_year)
    with unit_of_work():
        _go_on(half_year)
    assert written(half_year) == before
    with unit_of_work():
        half_year.period.ends_on = date(2012, 7, 14)
    pilot = rows(read(written(half_year)), "Pilots")[2]
    assert [pilot[name] for name in CASH] == [15_000, 14_000, 7_000, 5_000, 2_000]
    assert (pilot["Status"], pilot["Uitkomst"]) == ("vastgesteld", "opschalen")
    assert pilot["Loopt tot"].date() == date(2013, 12, 31)


def _go_on(half_year: HalfYear) -> None:
    """Let everything happen to a pilot, and to its round, in the first half of July."""
    stage = half_year.subsidies
    pilot, application = stage.pilot, stage.decision.application
    assert application is not None
    people: dict[str, Any] = {"author": stage.officer, "decider": stage.decider}
    kind = ProposalKind.PARTIAL_GRANT
    again = {"amount_cents": 14_000_00, "replaces": stage.decision, "reference": "2012-S9"}
    make_decision(application, kind, decided_on=date(2012, 7, 3), **again, **people)
    pilot.granted_cents, pilot.arrangement = 14_000_00, 2
    received_at = datetime(2012, 7, 2, 9, tzinfo=UTC)
    late = make_application(
        stage.round, number=9, status=ApplicationStatus.REJECTED, received_at=received_at
    )
    make_decision(late, decided_on=date(2012, 7, 3), **people)
    make_pilot(late, award_order=9)
    _change_end(half_year)
    settled = _settle(half_year)
    make_recovery(pilot, settled, 2_000_00, recorder=stage.officer, demanded_on=date(2012, 7, 9))
    pilot.outcome, pilot.outcome_on = PilotOutcome.SCALE_UP, date(2012, 7, 10)
    pilot.outcome_reason = "Er waren minder ruzies."
    db.session.flush()


def _change_end(half_year: HalfYear) -> None:
    stage = half_year.subsidies
    db.session.add(
        ChangeNotice(
            pilot=stage.pilot,
            kind=NoticeKind.DELAY,
            explanation="Het wordt later.",
            proposed_end_on=date(2013, 12, 31),
            noticed_on=date(2012, 6, 29),
            answer="Akkoord.",
            answered_on=date(2012, 7, 4),
            answered_by=stage.officer,
            is_agreed=True,
        )
    )
    stage.pilot.ends_on = date(2013, 12, 31)


def _settle(half_year: HalfYear) -> Decision:
    stage = half_year.subsidies
    pilot, on = stage.pilot, date(2012, 7, 9)
    decision = Decision(
        programme_id=pilot.programme_id,
        kind=DecisionKind.SUBSIDY_SETTLED,
        pilot=pilot,
        reference="2012-V1",
        decided_on=on,
        decided_by=stage.decider,
        role=Role.MANDATE_HOLDER,
        mandate_id=stage.decision.mandate_id,
        amount_cents=5_000_00,
        note="Minder gedaan.",
    )
    entry = audit.record("pilot.settle", pilot, actor=stage.decider)
    step = TransitionRecord(
        workflow=PILOT.code,
        subject_id=pilot.id,
        transition="settle",
        from_state=PilotStatus.AWARDED.value,
        to_state=PilotStatus.SETTLED.value,
        effective_on=on,
        at=entry.at,
        audit_seq=entry.seq,
    )
    db.session.add_all([decision, step])
    pilot.status, pilot.settled_cents, pilot.settled_on = PilotStatus.SETTLED, 5_000_00, on
    pilot.settlement_ground = "not_done"
    db.session.flush()
    return decision


def test_what_is_recorded_after_the_letter_is_not_in_it(half_year: HalfYear) -> None:
    stage, scheme = half_year.subsidies, half_year.subsidies.round.scheme
    with unit_of_work():
        half_year.period.status, half_year.period.letter_on = PeriodStatus.CLOSED, DAY
    before = written(half_year)
    with clock.at(LATER), unit_of_work():
        # all of it is dated in the half-year
        pilot, day = stage.pilot, date(2012, 6, 26)
        record_outcome(pilot, PilotOutcome.STOP, reason="Te duur.", on=day, actor=stage.officer)
        make_payment(stage.pilot, 500_00, recorder=stage.officer, paid_on=date(2012, 6, 26))
        declared = stage.round.scheme.rounds[0]
        known = db.session.scalars(select(Pilot).where(Pilot.source == SOURCE)).first()
        assert known is not None
        make_payment(known, 500_00, recorder=stage.officer, paid_on=date(2012, 6, 26))
        late = make_declared(declared, 5_000_00, declared_on=date(2012, 6, 1))
        make_pilot(late, granted_cents=5_000_00, award_order=9)
        make_round(scheme, status="decided", opens_on=date(2010, 1, 1), closes_on=None)
        make_pilot_without_grant(half_year.programme, half_year.limburg, starts_on=date(2012, 3, 1))
    assert written(half_year) == before
    programme_id, ends_on = half_year.programme.id, half_year.period.ends_on
    after = [
        len(list(stream_pilots(programme_id, ends_on, known_on=day))) for day in (DAY, LATER.date())
    ]
    assert after[1] - after[0] == 2


def test_a_payment_of_later_does_not_tell_that_nothing_was_paid(half_year: HalfYear) -> None:
    before = rows(read(written(half_year)), "Pilots")[0]
    assert before["Betaald"] is None
    with unit_of_work():
        known = db.session.scalars(select(Pilot).where(Pilot.source == SOURCE)).first()
        assert known is not None
        make_payment(known, 500_00, recorder=half_year.subsidies.officer, paid_on=date(2012, 7, 5))
    assert rows(read(written(half_year)), "Pilots")[0] == before


def test_many_rounds_take_few_queries(half_year: HalfYear) -> None:
    stage, day = half_year.subsidies, date(2012, 7, 14)
    few = _count_queries(half_year.programme.id, day)
    with unit_of_work():
        for number in range(3, 15):
            in_round = make_round(stage.round.scheme, number=number)
            application = make_application(in_round, number=1)
            make_decision(application, author=stage.officer, decider=stage.decider)
            pilot = make_pilot(application, regions=(half_year.limburg,))
            make_payment(pilot, 10_00, recorder=stage.officer)
    assert _count_queries(half_year.programme.id, day) == few
    assert len(list(stream_pilots(half_year.programme.id, day))) == 5 + 12


def _count_queries(programme_id: int, day: date) -> int:
    with _statements() as statements:
        list(stream_rounds(programme_id, day))
        for one in stream_pilots(programme_id, day):
            _said = [region.name for region in one.pilot.regions], one.round and one.round.name
    return len(statements)


@contextmanager
def _statements() -> Iterator[list[str]]:
    db.session.rollback()
    statements: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("SELECT"):
            statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield statements
    event.remove(db.engine, "before_cursor_execute", note)
