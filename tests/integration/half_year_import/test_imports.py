"""A form that comes back: held against what is there, taken over whole or not at all, undone."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.factories.contracts import make_agreement, make_contract, make_indicator
from tests.factories.covenants import make_appointment
from tests.factories.imports import MADE_AT, booking, download, fill, send_in
from tests.factories.people import make_person
from tests.factories.periods import Season, fill_report, make_report, make_season
from tests.factories.regions import make_region
from vpt_regio.domain.enums import ActivityStatus, Rag
from vpt_regio.domain.half_year_codes import ImportStatus
from vpt_regio.domain.indicator_codes import ContractStatus, Qualifier, Unit
from vpt_regio.domain.roles import Role
from vpt_regio.errors import Conflict, DomainError, Invalid, NotAllowed, SeveralErrors, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.audit import AuditDetail, AuditEntry
from vpt_regio.models.contracts import Agreement, Measurement
from vpt_regio.models.covenants import Expenditure, HoursEntry, ProjectLeaderAppointment
from vpt_regio.models.imports import Import
from vpt_regio.models.periods import ProgressReport
from vpt_regio.queries.reports import get_report
from vpt_regio.services import import_steps, imports
from vpt_regio.services.hours import book_hours, withdraw_hours
from vpt_regio.services.import_lines import LineState
from vpt_regio.services.reports import edit_report, start_report, submit_report
from vpt_regio.uow import unit_of_work
from vpt_regio.workbooks.progress_form_types import FormRead, Week

pytestmark = pytest.mark.usefixtures("context")

WEEK = Week(2012, 20)


def _season() -> tuple[Season, int, int]:
    """A season with an appointment and an agreement; with the ids of activity and appointment."""
    with unit_of_work():
        season = make_season()
        appointment = make_appointment(season.stage.region, season.stage.leader).id
        contract = make_contract(season.stage.region, author=season.stage.leader)
        make_agreement(contract, make_indicator(season.programme, unit=Unit.NUMBER))
    return season, download(season).activities[0].activity_id, appointment


def _filled(season: Season, activity: int, appointment: int, **more: Any) -> FormRead:
    """A form in which something of every sheet was filled in."""
    source = download(season)
    measured = {
        "cutoff_on": date(2012, 6, 30),
        "value": Decimal(45),
        "qualifier": Qualifier.EXACT,
        "source": "Registratie",
    }
    edits = {
        f"activity:{activity}": {"status": ActivityStatus.RUNNING, "percent": 40},
        "report": {"rag": Rag.GREEN, "results": "De campagne loopt."},
        f"measurement:{source.agreements[0].agreement_id}": measured,
    }
    weeks = [(appointment, WEEK, 30)]
    return fill(source, edits, weeks=weeks, bookings=[booking(125_00)], **more)


def _stored() -> tuple[int, ...]:
    tables = (Expenditure, HoursEntry, Measurement, ProgressReport)
    return tuple(
        db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables
    )


def _take_all(import_: Import) -> Import:
    keys = {line.key for line in imports.preview(import_).lines if line.is_open}
    return imports.decide(import_, accepted_keys=keys, actor=import_.uploaded_by)


def _report(season: Season) -> ProgressReport:
    report = get_report(season.stage.region.id, season.period.id)
    assert report is not None
    return report


def _problems(import_: Import) -> list[tuple[str, list[str], str]]:
    return [(one["sheet"], one["cells"], one["code"]) for one in import_.problems]


def test_a_preview_stores_nothing_and_names_every_value_old_and_new() -> None:
    season, activity, appointment = _season()
    with unit_of_work():
        import_ = send_in(season, _filled(season, activity, appointment))
    assert _stored() == (0, 0, 0, 0)
    assert import_.status is ImportStatus.PREVIEW
    assert import_.problems == []
    lines = {line.key: line for line in imports.preview(import_).lines}
    status = lines[f"activity:{activity}/status"]
    assert (status.current, status.new) == ({"status": None}, {"status": "running"})
    assert lines["report/rag"].new == {"rag": "green"}
    assert len(lines) == 7
    assert {line.state for line in lines.values()} <= {LineState.ADDED, LineState.CHANGED}


def test_what_is_accepted_is_taken_over_by_the_ordinary_services() -> None:
    season, activity, appointment = _season()
    with unit_of_work():
        import_ = send_in(season, _filled(season, activity, appointment))
    with unit_of_work():
        _take_all(import_)
    assert import_.status is ImportStatus.ACCEPTED
    assert _stored() == (1, 1, 1, 1)
    report = _report(season)
    assert (report.rag, report.results) == (Rag.GREEN, "De campagne loopt.")
    assert report.activities[0].percent == 40
    entry = db.session.scalars(select(HoursEntry)).one()
    assert (entry.quarters, entry.iso_week) == (30, 20)
    measured = db.session.scalars(select(Measurement)).one()
    assert (measured.value, measured.period_id) == (Decimal(45), season.period.id)


def test_one_audit_entry_of_the_decision_holds_the_hash_of_the_file() -> None:
    season, activity, appointment = _season()
    with unit_of_work():
        import_ = send_in(season, _filled(season, activity, appointment))
    with unit_of_work():
        _take_all(import_)
    query = (
        select(AuditEntry.action, AuditDetail.details)
        .join(AuditDetail, AuditDetail.seq == AuditEntry.seq)
        .where(AuditEntry.subject_type == "import", AuditEntry.subject_id == str(import_.id))
        .order_by(AuditEntry.seq)
    )
    found = db.session.execute(query).all()
    assert [row.action for row in found] == ["import.received", "import.accept"]
    assert found[-1].details["sha256"] == import_.sha256
    assert found[-1].details["taken"] == 7


def test_what_was_put_off_stays_as_it_was() -> None:
    season, activity, appointment = _season()
    with unit_of_work():
        import_ = send_in(season, _filled(season, activity, appointment))
    with unit_of_work():
        imports.decide(import_, accepted_keys={"report/rag"}, actor=import_.uploaded_by)
    assert import_.status is ImportStatus.ACCEPTED_WITH_NOTES
    assert _stored() == (0, 0, 0, 1)
    assert _report(season).results == ""


def test_every_problem_comes_at_once_at_its_cells_and_nothing_is_stored() -> None:
    season, _, appointment = _season()
    source = download(season)
    edits = {
        f"measurement:{source.agreements[0].agreement_id}": {
            "cutoff_on": date(2012, 6, 30),
            "value": Decimal(-1),
        },
    }
    bookings = [
        booking(-1),
        booking(9_000_000_00, "Te veel"),
    ]
    weeks = [(appointment, Week(2012, 50), 30)]
    with unit_of_work():
        import_ = send_in(season, fill(source, edits, weeks=weeks, bookings=bookings))
    assert import_.status is ImportStatus.REFUSED
    assert _stored() == (0, 0, 0, 0)
    codes = {(sheet, code) for sheet, _cells, code in _problems(import_)}
    assert codes >= {
        ("Metingen", "invalid"),
        ("Uren", "invalid"),
        ("Uitgaven", "invalid"),
        ("Uitgaven", "over_budget"),
    }
    assert all(cells for _sheet, cells, _code in _problems(import_))
    assert import_.returned is not None


def test_two_bookings_that_together_exceed_the_budget_are_refused() -> None:
    season, activity, _ = _season()
    bookings = [booking(50_000_00, f"Deel {part}", activity_id=activity) for part in (1, 2)]
    with unit_of_work():
        import_ = send_in(season, fill(download(season), bookings=bookings))
    assert _problems(import_) == [("Uitgaven", ["E301"], "over_budget")]


def test_a_form_of_another_region_tells_nothing_of_what_it_holds() -> None:
    season, activity, appointment = _season()
    with unit_of_work():
        other = make_region(season.programme, "zeeland")
        stranger = make_person(
            season.programme, Role.PROJECT_LEADER, region=other, email="leider.zeeland@vpt.example"
        )
        import_ = send_in(season, _filled(season, activity, appointment), actor=stranger)
    assert _problems(import_) == [("", [], "not_authorised")]
    assert import_.region_id == other.id
    assert (import_.changes, import_.notes, import_.returned) == ([], [], None)


def test_a_form_of_another_half_year_is_refused() -> None:
    season, activity, appointment = _season()
    read = _filled(season, activity, appointment)
    assert read.meta is not None
    object.__setattr__(read.meta, "period", "2011-2")
    with unit_of_work():
        import_ = send_in(season, read)
    assert [code for *_, code in _problems(import_)] == ["wrong_period"]


def test_a_report_that_was_handed_in_takes_nothing_in() -> None:
    season, activity, appointment = _season()
    read = _filled(season, activity, appointment)
    with unit_of_work():
        _take_all(send_in(season, read))
        report = fill_report(_report(season), season.stage.leader)
        submit_report(report, actor=season.stage.leader)
    with unit_of_work():
        import_ = send_in(season, read)
    assert [code for *_, code in _problems(import_)] == ["not_draft"]


def test_who_may_not_write_the_report_cannot_hand_a_form_in() -> None:
    season, activity, appointment = _season()
    read = _filled(season, activity, appointment)
    with pytest.raises(NotAllowed), unit_of_work():
        send_in(season, read, actor=season.officer)
    assert db.session.scalar(select(func.count()).select_from(Import)) == 0


class TestThreeWays:
    """What changed since the download, on either side."""

    def _twice(self, theirs: str, ours: str) -> tuple[Season, Import]:
        """A text that the application and the form both changed since the download."""
        season, _, _ = _season()
        with unit_of_work():
            make_report(season)
        source = download(season)
        with unit_of_work():
            self._write(season, ours)
        with unit_of_work():
            read = fill(source, {"report": {"results": theirs, "outlook": "Verder."}})
            import_ = send_in(season, read)
        return season, import_

    def _write(self, season: Season, results: str) -> None:
        report = _report(season)
        names = ("obstacles", "outlook", "rag", "rag_explanation")
        values = {name: getattr(report, name) for name in names}
        edit_report(report, **values, results=results, activities={}, actor=season.stage.leader)

    def test_both_sides_changed_is_a_conflict_that_a_person_settles(self) -> None:
        season, import_ = self._twice("Uit het formulier", "Uit de applicatie")
        shown = imports.preview(import_)
        assert [line.key for line in shown.of(LineState.CONFLICT)] == ["report/results"]
        actor = import_.uploaded_by
        with pytest.raises(Invalid) as refused, unit_of_work():
            imports.decide(import_, accepted_keys={"report/outlook"}, actor=actor)
        assert (refused.value.field, refused.value.code) == ("report/results", "conflict")
        with unit_of_work():
            imports.decide(
                import_, accepted_keys={"report/outlook"}, kept_keys={"report/results"}, actor=actor
            )
        report = _report(season)
        assert (report.results, report.outlook) == ("Uit de applicatie", "Verder.")

    def test_of_a_conflict_the_form_can_win(self) -> None:
        season, import_ = self._twice("Uit het formulier", "Uit de applicatie")
        with unit_of_work():
            _take_all(import_)
        assert _report(season).results == "Uit het formulier"

    def test_the_same_on_both_sides_is_no_change(self) -> None:
        _, import_ = self._twice("Hetzelfde", "Hetzelfde")
        states = {line.key: line.state for line in imports.preview(import_).lines}
        assert states["report/results"] is LineState.AGREED

    def test_what_the_form_left_alone_keeps_what_was_written_since(self) -> None:
        season, _, _ = _season()
        with unit_of_work():
            make_report(season)
        source = download(season)
        with unit_of_work():
            self._write(season, "Intussen geschreven")
        with unit_of_work():
            import_ = send_in(season, fill(source, {"report": {"outlook": "Verder."}}))
        with unit_of_work():
            _take_all(import_)
        assert _report(season).results == "Intussen geschreven"

    def test_a_preview_that_is_out_of_date_is_shown_anew_before_anything_is_stored(self) -> None:
        season, import_ = self._twice("Uit het formulier", "")
        seen = imports.preview(import_).seen
        with unit_of_work():
            self._write(season, "Nog net geschreven")
        keys = {"report/results", "report/outlook"}
        with pytest.raises(Conflict), unit_of_work():
            imports.decide(import_, accepted_keys=keys, seen=seen, actor=import_.uploaded_by)
        assert _report(season).results == "Nog net geschreven"
        shown = imports.preview(import_)
        assert shown.seen != seen
        assert [line.key for line in shown.of(LineState.CONFLICT)] == ["report/results"]


class TestTwice:
    """The same form, or the same row, comes again."""

    def test_the_same_file_again_is_told_and_books_nothing_twice(self) -> None:
        season, activity, appointment = _season()
        read = _filled(season, activity, appointment)
        with unit_of_work():
            first = send_in(season, read)
        with unit_of_work():
            _take_all(first)
        with unit_of_work():
            again = send_in(season, read)
        states = {line.state for line in imports.preview(again).lines}
        assert states == {LineState.AGREED, LineState.KNOWN}
        notes = {note["code"]: note["params"] for note in again.notes}
        assert set(notes) == {"same_file", "known_bookings", "nothing_new"}
        assert notes["same_file"]["person"] == season.stage.leader.name
        keys = {line.key for line in imports.preview(again).lines}
        with pytest.raises(SeveralErrors), unit_of_work():
            imports.decide(again, accepted_keys=keys, actor=again.uploaded_by)
        assert _stored() == (1, 1, 1, 1)

    def test_a_row_that_was_added_to_the_same_form_is_the_only_new_one(self) -> None:
        season, _, _ = _season()
        source = download(season)
        with unit_of_work():
            first = send_in(season, fill(source, bookings=[booking(125_00)]))
        with unit_of_work():
            _take_all(first)
        more = [booking(80_00, "Zaalhuur"), booking(125_00), booking(125_00)]
        with unit_of_work():
            second = send_in(season, fill(source, bookings=more), data=b"other")
        shown = imports.preview(second)
        assert [line.new["amount_cents"] for line in shown.of(LineState.KNOWN)] == [125_00]
        # twice in one form is meant twice
        added = [line.new["amount_cents"] for line in shown.of(LineState.ADDED)]
        assert sorted(map(str, added)) == ["12500", "8000"]

    def test_what_looks_booked_since_the_download_is_left_off(self) -> None:
        season, _, _ = _season()
        source = download(season)
        with unit_of_work():
            first = send_in(season, fill(source, bookings=[booking(125_00)]))
        with unit_of_work():
            _take_all(first)
        later = fill(source, bookings=[booking(125_00)], made_at=MADE_AT.replace(hour=10))
        with unit_of_work():
            second = send_in(season, later, data=b"other")
        shown = imports.preview(second)
        assert [line.state for line in shown.lines] == [LineState.ALIKE]

    def test_of_two_uploads_at_once_the_second_sees_that_something_changed(self) -> None:
        season, activity, appointment = _season()
        read = _filled(season, activity, appointment)
        with unit_of_work():
            first = send_in(season, read)
            second = send_in(season, read)
        seen = imports.preview(second).seen
        keys = {line.key for line in imports.preview(second).lines}
        with unit_of_work():
            _take_all(first)
        with pytest.raises(Conflict), unit_of_work():
            imports.decide(second, accepted_keys=keys, seen=seen, actor=second.uploaded_by)
        assert _stored() == (1, 1, 1, 1)


class TestAllOrNothing:
    """Whatever goes wrong, nothing of a form stays behind."""

    def test_one_refusal_at_the_end_leaves_nothing(self) -> None:
        season, activity, appointment = _season()
        with unit_of_work():
            import_ = send_in(season, _filled(season, activity, appointment))
        with unit_of_work():
            contract = db.session.scalars(select(Agreement)).one().contract
            contract.status, contract.evaluated_on = ContractStatus.EVALUATED, date(2012, 7, 2)
        before = _stored()
        with pytest.raises(DomainError), unit_of_work():
            _take_all(import_)
        assert _stored() == before
        assert import_.status is ImportStatus.PREVIEW

    def test_a_crash_in_the_middle_leaves_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        season, activity, appointment = _season()
        with unit_of_work():
            import_ = send_in(season, _filled(season, activity, appointment))

        def crash(*_given: object, **_more: object) -> None:
            raise RuntimeError("the machine stopped")

        monkeypatch.setattr(import_steps, "book_expenditure", crash)
        with pytest.raises(RuntimeError), unit_of_work():
            _take_all(import_)
        assert _stored() == (0, 0, 0, 0)
        assert import_.status is ImportStatus.PREVIEW


class TestUndo:
    """The whole form goes back, as long as nobody went on from it."""

    def _taken(self) -> tuple[Season, Import]:
        season, activity, appointment = _season()
        with unit_of_work():
            import_ = send_in(season, _filled(season, activity, appointment))
        with unit_of_work():
            _take_all(import_)
        return season, import_

    def test_everything_is_as_it_was(self) -> None:
        season, import_ = self._taken()
        with unit_of_work():
            imports.undo(import_, reason="Verkeerd bestand", actor=import_.uploaded_by)
        assert import_.status is ImportStatus.WITHDRAWN
        assert get_report(season.stage.region.id, season.period.id) is None
        assert db.session.scalars(select(HoursEntry)).all() == []
        amounts = db.session.scalars(select(Expenditure.amount_cents).order_by(Expenditure.id))
        assert list(amounts) == [125_00, -125_00]
        latest = db.session.scalars(
            select(Measurement).order_by(Measurement.revision_no.desc())
        ).first()
        assert latest is not None
        assert (latest.revision_no, latest.value) == (2, None)

    def test_what_is_gone_is_told_by_the_audit_record(self) -> None:
        _, import_ = self._taken()
        with unit_of_work():
            imports.undo(import_, actor=import_.uploaded_by)
        actions = ("hours.withdrawn", "report.start_withdrawn")
        query = select(AuditEntry.action, AuditDetail.details).join(AuditEntry.detail)
        found = db.session.execute(query.where(AuditEntry.action.in_(actions)))
        told = {row.action: row.details for row in found}
        assert told["hours.withdrawn"] == {"week": "2012-W20", "hours": "7,5", "note": ""}
        assert told["report.start_withdrawn"] == {"period": "2012-1"}

    def test_what_was_there_before_the_form_stays(self) -> None:
        season, activity, appointment = _season()
        leader = season.stage.leader
        with unit_of_work():
            start_report(season.stage.region, season.period, actor=leader)
            held = db.session.get_one(ProjectLeaderAppointment, appointment)
            book_hours(held, iso_year=2012, iso_week=20, quarters=12, note="Overleg", actor=leader)
        with unit_of_work():
            _take_all(import_ := send_in(season, _filled(season, activity, appointment)))
        with unit_of_work():
            imports.undo(import_, actor=leader)
        entry = db.session.scalars(select(HoursEntry)).one()
        assert (entry.quarters, entry.note) == (12, "Overleg")
        report = _report(season)
        assert (report.rag, report.results, report.activities[0].percent) == (None, "", None)

    def test_a_report_that_somebody_went_on_with_stays(self) -> None:
        season, import_ = self._taken()
        with unit_of_work():
            _report(season).outlook = "Volgend halfjaar gaan we door."
        with unit_of_work():
            imports.undo(import_, actor=import_.uploaded_by)
        assert (_report(season).results, bool(_report(season).outlook)) == ("", True)

    def test_hours_that_another_undo_took_out_are_in_the_way(self) -> None:
        season, import_ = self._taken()
        leader = season.stage.leader
        with unit_of_work():
            booked = db.session.scalars(select(HoursEntry)).one()
            appointment = booked.appointment
            withdraw_hours(booked, actor=leader)
        with unit_of_work():
            # on SQLite this week gets the number of the one that is gone
            book_hours(appointment, iso_year=2012, iso_week=21, quarters=30, actor=leader)
        with pytest.raises(Conflict, match="al teruggedraaid"), unit_of_work():
            imports.undo(import_, actor=import_.uploaded_by)

    def test_afterwards_the_same_form_can_be_taken_again(self) -> None:
        season, import_ = self._taken()
        with unit_of_work():
            imports.undo(import_, actor=import_.uploaded_by)
        source = download(season)
        with unit_of_work():
            read = fill(source, bookings=[booking(125_00)])
            again = send_in(season, read)
        assert [line.state for line in imports.preview(again).lines] == [LineState.ADDED]

    def test_what_was_changed_since_is_in_the_way(self) -> None:
        season, import_ = self._taken()
        with unit_of_work():
            fill_report(_report(season), season.stage.leader)
            db.session.scalars(select(HoursEntry)).one().quarters = 31
            _report(season).rag = Rag.RED
        with pytest.raises(SeveralErrors) as refused, unit_of_work():
            imports.undo(import_, actor=import_.uploaded_by)
        assert len(refused.value.errors) == 2
        assert import_.status is ImportStatus.ACCEPTED

    def test_a_report_that_was_handed_in_is_in_the_way(self) -> None:
        season, import_ = self._taken()
        with unit_of_work():
            report = fill_report(_report(season), season.stage.leader)
            submit_report(report, actor=season.stage.leader)
        with pytest.raises(WrongState), unit_of_work():
            imports.undo(import_, actor=import_.uploaded_by)


def test_a_form_that_is_discarded_changes_nothing() -> None:
    season, activity, appointment = _season()
    with unit_of_work():
        import_ = send_in(season, _filled(season, activity, appointment))
    with unit_of_work():
        imports.discard(import_, actor=import_.uploaded_by)
    assert import_.status is ImportStatus.WITHDRAWN
    assert _stored() == (0, 0, 0, 0)
