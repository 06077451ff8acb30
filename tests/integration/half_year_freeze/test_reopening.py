"""Opening a frozen half-year again: a decision, a term, and the version that comes of it."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from sqlalchemy import text

from tests.integration.half_year_freeze.conftest import DAY, Ready, accept, officer, person
from vpt_regio import clock
from vpt_regio.domain.half_year_codes import FileKind
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.errors import Conflict, DomainError, NotAllowed, PeriodFrozen, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.periods import ProgressReport
from vpt_regio.models.regions import Region
from vpt_regio.models.snapshots import Reopening
from vpt_regio.queries.reports import get_report
from vpt_regio.queries.snapshots import list_snapshots, open_reopening, read_lines
from vpt_regio.services.annex_files import frozen_annex
from vpt_regio.services.freeze import freeze, freeze_problems
from vpt_regio.services.reopenings import end_reopening, reopen
from vpt_regio.services.reports import withdraw_report
from vpt_regio.services.snapshot_files import file_of
from vpt_regio.uow import unit_of_work

UNTIL = DAY + timedelta(days=7)
REASON = "Het oordeel klopt niet."


def report_of(ready: Ready) -> ProgressReport:
    found = get_report(ready.limburg_id, ready.period_id)
    assert found is not None
    return found


def open_limburg(ready: Ready) -> None:
    with unit_of_work():
        reopen(
            ready.period,
            region=ready.limburg,
            reason=REASON,
            expires_on=UNTIL,
            actor=officer(),
        )


def change_everything(ready: Ready) -> None:
    """Change Limburg, which is open again, and a region that is not."""
    with unit_of_work():
        report = report_of(ready)
        report.rag_explanation = "De campagne is begonnen."
        for region in db.session.query(Region).filter(Region.code == "oost"):
            region.status = type(region.status)("ended")
        accept(report)


def test_the_next_version_renews_one_region_and_lists_each_change(frozen: Ready) -> None:
    first = file_of(frozen.snapshot, FileKind.WORKBOOK_XLSX).content
    open_limburg(frozen)
    assert report_of(frozen).status is ReportStatus.RETURNED
    (problem,) = freeze_problems(frozen.period)
    assert str(problem).startswith("Regio Limburg:")
    assert "beëindig de heropening" in str(problem)
    change_everything(frozen)
    with unit_of_work():
        second = freeze(frozen.period, actor=officer())
        assert second.version_no == 2
    newest, oldest = list_snapshots(frozen.period)
    lines = list(read_lines(newest, "sheet:regions"))
    before = list(read_lines(oldest, "sheet:regions"))
    assert [now for now, was in zip(lines, before, strict=True) if now != was] == [
        line for line in lines if line["regions"] == ["limburg"]
    ]
    assert list(read_lines(newest, "sheet:covenants")) == list(
        read_lines(oldest, "sheet:covenants")
    )
    book = openpyxl.load_workbook(io.BytesIO(file_of(newest, FileKind.WORKBOOK_XLSX).content))
    header, *errata = [row for row in book["Errata"].iter_rows(values_only=True) if any(row)]
    assert header == ("Blad", "Rij", "Kolom", "Was", "Wordt", "Reden", "Besluit")
    assert [row[:5] for row in errata] == [
        (
            "Regio's",
            "2: limburg",
            "Toelichting oordeel",
            "De campagne\nbegint later.",
            "De campagne is begonnen.",
        )
    ]
    assert errata[0][5:] == (REASON, "HO-2012-1-1")
    told = {row[0]: row[1] for row in book["Toelichting"].iter_rows(values_only=True)}
    assert "Verwerkt in versie 2." in told["Heropening HO-2012-1-1"]
    assert file_of(oldest, FileKind.WORKBOOK_XLSX).content == first
    ended = db.session.query(Reopening).one()
    assert (ended.closed_on, ended.snapshot_id) == (clock.today(), newest.id)
    with pytest.raises(WrongState), unit_of_work():
        freeze(frozen.period, actor=officer())


def test_what_belongs_to_no_region_is_opened_by_itself(frozen: Ready) -> None:
    with unit_of_work():
        reopen(frozen.period, reason="Een bedrag.", expires_on=UNTIL, actor=officer())
    assert report_of(frozen).status is ReportStatus.ACCEPTED
    with unit_of_work():
        db.session.execute(
            db.metadata.tables["subsidy_scheme"].update().values(name="Andere regeling")
        )
        report_of(frozen).rag_explanation = "Niet opengesteld."
    with unit_of_work():
        freeze(frozen.period, actor=officer())
    errata = list(read_lines(frozen.snapshot, "sheet:errata"))
    assert {line["cells"][0] for line in errata} == {"Subsidierondes"}
    assert {line["cells"][4]["value"] for line in errata} == {"Andere regeling"}


def test_what_counts_over_regions_is_counted_over_what_was_frozen(frozen: Ready) -> None:
    with unit_of_work():
        reopen(frozen.period, reason="Een bedrag.", expires_on=UNTIL, actor=officer())
    with unit_of_work():
        for statement in (
            "UPDATE region SET status = 'ended'",
            "UPDATE expenditure SET amount_cents = amount_cents + 700",
            "UPDATE budget_line SET amount_cents = amount_cents + 700",
            "UPDATE activity_progress SET status = 'cancelled', result = 'Anders'",
            "UPDATE agreement SET statement = 'Anders'",
        ):
            db.session.execute(text(statement))
        report_of(frozen).status = ReportStatus.RETURNED
    with unit_of_work():
        freeze(frozen.period, actor=officer())
    newest, oldest = list_snapshots(frozen.period)
    now, was = frozen_annex(newest), frozen_annex(oldest)
    assert now is not None
    assert was is not None
    for key in ("inleiding", "hoofdlijnen", "regios", "contracten"):
        assert was.chapter(key) is not None
        assert now.chapter(key) == was.chapter(key)
    told = {line["label"] for line in read_lines(newest, "explanation")}
    assert "Oost" in told
    assert "Limburg" not in told


def test_a_reopening_expires_by_itself(frozen: Ready) -> None:
    open_limburg(frozen)
    with clock.at(UNTIL + timedelta(days=1)):
        assert open_reopening(frozen.period, frozen.limburg_id, on=clock.today()) is None
        with pytest.raises(WrongState, match="heropening"), unit_of_work():
            freeze(frozen.period, actor=officer())
        with pytest.raises(WrongState, match="geldt niet meer"), unit_of_work():
            end_reopening(db.session.query(Reopening).one(), actor=officer())


def test_only_while_it_is_open_does_the_report_change(frozen: Ready) -> None:
    leader = person("projectleider.limburg@vpt.example")
    with unit_of_work():
        report = report_of(frozen)
        report.status = ReportStatus.SUBMITTED
    with pytest.raises(PeriodFrozen), unit_of_work():
        withdraw_report(report_of(frozen), actor=leader)
    open_limburg(frozen)
    with unit_of_work():
        withdraw_report(report_of(frozen), actor=leader)
    with unit_of_work():
        end_reopening(db.session.query(Reopening).one(), actor=officer())
    assert db.session.query(Reopening).one().snapshot_id is None
    assert open_reopening(frozen.period, frozen.limburg_id, on=DAY) is None


def test_what_is_wrong_is_told_at_once(frozen: Ready) -> None:
    open_limburg(frozen)
    wrong = {"region": frozen.limburg, "reason": " ", "expires_on": date(2012, 7, 1)}
    with pytest.raises(DomainError) as refused, unit_of_work():
        reopen(frozen.period, actor=officer(), **wrong)
    assert [error.field for error in refused.value.errors] == ["region", "reason", "expires_on"]
    with pytest.raises(NotAllowed), unit_of_work():
        reopen(
            frozen.period,
            reason=REASON,
            expires_on=UNTIL,
            actor=person("accountmanager@vpt.example"),
        )
    with pytest.raises(Conflict), unit_of_work():
        end_reopening(db.session.query(Reopening).one(), actor=officer(), expected_version=99)


def test_what_is_not_frozen_need_not_be_opened(ready: Ready) -> None:
    assert ready.period.status is PeriodStatus.COLLECTING
    with pytest.raises(WrongState, match="niet vastgezet"), unit_of_work():
        reopen(ready.period, reason=REASON, expires_on=UNTIL, actor=officer())
