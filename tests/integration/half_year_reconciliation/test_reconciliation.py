"""How a half-year opens against how the last letter closed: rows, explanations, the page."""

import io
import json
import zlib
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.half_year import HalfYear, make_half_year
from vpt_regio.domain.enums import RegionStatus
from vpt_regio.domain.half_year_codes import KeyFigure
from vpt_regio.domain.rules.reconciliation import (
    ComparisonRow,
    RegionChange,
    from_plain,
    to_plain,
)
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.errors import Invalid, NotAllowed, PeriodFrozen, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.covenants import Expenditure
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.regions import MergedRegion, Region, RegionMerger
from vpt_regio.models.snapshots import Snapshot, SnapshotPart
from vpt_regio.queries.reconciliation import (
    comparison,
    comparison_rows,
    region_figures,
    unexplained,
)
from vpt_regio.services.reconciliation import explain
from vpt_regio.uow import unit_of_work

OFFICER = "beleid@vpt.example"
PAGE = "/halfjaren/2012-1/vergelijking"
GAP = f"{PAGE}/oost/spent_total/uitleg"


@pytest.fixture
def half_year(context: Flask) -> HalfYear:
    with unit_of_work():
        return make_half_year()


def _row(rows: list[ComparisonRow], code: str, figure: KeyFigure) -> ComparisonRow:
    return next(row for row in rows if (row.code, row.key_figure) == (code, figure))


def _officer() -> Person:
    return db.session.query(Person).filter_by(email=OFFICER).one()


def _region(code: str) -> Region:
    return db.session.query(Region).filter_by(code=code).one()


def test_a_figure_opens_as_the_last_letter_closed_or_is_listed(half_year: HalfYear) -> None:
    rows = comparison(half_year.period)
    noord = _row(rows, "noord", KeyFigure.AVAILABLE)
    assert (noord.previous, noord.opening, noord.must_explain) == (60_000_00, 50_000_01, True)
    assert not noord.is_unexplained
    listed = [(row.code, row.key_figure) for row in unexplained(half_year.period)]
    assert listed == [("oost", KeyFigure.SPENT_TOTAL)]
    limburg = _row(rows, "limburg", KeyFigure.SPENT_TOTAL)
    # nothing was booked before the half-year began: what came in it is no gap but a difference
    assert (limburg.previous, limburg.current, limburg.must_explain) == (None, 2_200_99, False)
    assert limburg.differs


def test_what_is_booked_late_in_a_frozen_half_year_shows_as_a_gap(half_year: HalfYear) -> None:
    with unit_of_work() as session:
        booking = session.get_one(Expenditure, half_year.bookings[0].id)
        covenant = _row(comparison(half_year.period), "noord", KeyFigure.LEFT)
        session.add(
            Expenditure(
                region_id=covenant.region_id,
                covenant_id=2,
                phase=booking.phase,
                booked_on=date(2011, 12, 30),
                description="Te laat geboekt",
                amount_cents=99_00,
                booked_by_id=booking.booked_by_id,
            )
        )
    listed = {(row.code, row.key_figure) for row in unexplained(half_year.period)}
    assert {("noord", KeyFigure.SPENT_TOTAL), ("noord", KeyFigure.LEFT)} <= listed


def test_new_merged_ended_and_extended_regions_are_named(half_year: HalfYear) -> None:
    with unit_of_work() as session:
        merger = RegionMerger(
            programme_id=half_year.programme.id,
            successor=_region("noord"),
            merged_on=date(2012, 4, 1),
            reason="Samen sterker.",
        )
        session.add(merger)
        session.flush()
        session.add(MergedRegion(region_id=_region("oost").id, merger_id=merger.id))
        _region("oost").status = RegionStatus.MERGED
    found = {
        (row.code, row.change.kind): row.change.params
        for row in comparison(half_year.period)
        if row.change
    }
    assert found == {
        ("noord", RegionChange.SUCCESSOR): {"names": "Oost"},
        ("oost", RegionChange.MERGED): {"names": "Noord & Midden"},
        ("zeeland", RegionChange.NEW): {},
    }


def test_without_an_earlier_letter_there_is_nothing_to_explain(half_year: HalfYear) -> None:
    before = db.session.query(ReportingPeriod).filter_by(code="2011-2").one()
    rows = comparison(before)
    assert unexplained(before) == []
    assert {row.letter for row in rows} == {""}
    assert not any(row.differs for row in rows)


def test_lines_of_a_snapshot_give_the_same_rows_again(half_year: HalfYear) -> None:
    regions = region_figures(half_year.period)
    lines = json.loads(json.dumps([to_plain(region) for region in regions]))
    again = [from_plain(line) for line in lines]
    assert again == regions
    assert comparison_rows(again) == comparison(half_year.period)


def test_the_newest_version_of_the_last_letter_counts(half_year: HalfYear) -> None:
    first = db.session.query(Snapshot).one()
    with unit_of_work() as session:
        session.add(
            Snapshot(
                period_id=first.period_id,
                version_no=2,
                taken_at=first.taken_at,
                taken_by_id=first.taken_by_id,
                office="beleidsmedewerker",
                manifest="{}",
                sha256="3" * 64,
                audit_seq=first.audit_seq,
                parts=[_part_without_gaps(half_year.period)],
            )
        )
    assert unexplained(half_year.period) == []


def _part_without_gaps(period: ReportingPeriod) -> SnapshotPart:
    lines = [{**to_plain(one), "closing": dict(one.opening)} for one in region_figures(period)]
    content = zlib.compress("\n".join(json.dumps(line) for line in lines).encode())
    return SnapshotPart(
        position=1, key="key_figures", line_count=len(lines), content=content, sha256="4" * 64
    )


def test_an_explanation_takes_a_gap_off_the_list(half_year: HalfYear) -> None:
    with unit_of_work():
        explain(
            half_year.period,
            _region("oost"),
            KeyFigure.SPENT_TOTAL,
            explanation="  De boeking stond bij een andere regio. ",
            actor=_officer(),
        )
    assert unexplained(half_year.period) == []
    row = _row(comparison(half_year.period), "oost", KeyFigure.SPENT_TOTAL)
    assert row.explanation == "De boeking stond bij een andere regio."


@pytest.mark.parametrize(
    ("figure", "words", "by", "error"),
    [
        (KeyFigure.SPENT_TOTAL, " ", OFFICER, Invalid),
        (KeyFigure.SPENT_TOTAL, "x" * 2001, OFFICER, Invalid),
        (KeyFigure.LEFT, "Geen verschil.", OFFICER, WrongState),
        (KeyFigure.HOURS, "Geen stand.", OFFICER, WrongState),
        (KeyFigure.SPENT_TOTAL, "Mag ik niet.", "accountmanager@vpt.example", NotAllowed),
    ],
)
def test_what_cannot_be_explained_is_refused(
    half_year: HalfYear, figure: KeyFigure, words: str, by: str, error: type[Exception]
) -> None:
    actor = db.session.query(Person).filter_by(email=by).one()
    with pytest.raises(error), unit_of_work():
        explain(half_year.period, _region("oost"), figure, explanation=words, actor=actor)


def test_a_frozen_half_year_keeps_its_explanations(half_year: HalfYear) -> None:
    with unit_of_work():
        half_year.period.status = PeriodStatus.FROZEN
    with pytest.raises(PeriodFrozen), unit_of_work():
        explain(
            half_year.period,
            _region("oost"),
            KeyFigure.SPENT_TOTAL,
            explanation="Te laat.",
            actor=_officer(),
        )


@pytest.fixture
def page(app: Flask, sign_in: Callable[..., FlaskClient]) -> FlaskClient:
    with app.app_context(), unit_of_work():
        make_half_year()
    return sign_in(OFFICER)


def test_the_page_shows_differences_and_takes_explanations(page: FlaskClient) -> None:
    shown = page.get(PAGE).text
    assert "1 verschil is nog niet uitgelegd" in shown
    assert "De vorige brief sloot met" in shown
    assert "Status van de regio" not in page.get(f"{PAGE}?regio=oost").text
    assert "Status van de regio" in page.get(f"{PAGE}?regio=oost&toon=alles").text
    refused = page.post(GAP, data={"explanation": " "})
    assert (refused.status_code, "Leg uit waar het verschil" in refused.text) == (422, True)
    done = page.post(GAP, data={"explanation": "Stond bij een andere regio."})
    assert done.status_code == 303
    shown = page.get(PAGE).text
    assert "Alle verschillen met de vorige brief zijn uitgelegd." in shown
    assert "Stond bij een andere regio." in page.get(GAP).text


def test_addresses_that_mean_nothing_lead_nowhere(page: FlaskClient) -> None:
    assert page.get(f"{PAGE}/oost/onzin/uitleg").status_code == 404
    assert page.get(f"{PAGE}/nergens/spent_total/uitleg").status_code == 404
    assert page.get(f"{PAGE}?toon=onzin").status_code == 422


def test_the_comparison_downloads_as_it_is_filtered(page: FlaskClient) -> None:
    answer = page.get(f"{PAGE}.xlsx?toon=verschillen&regio=oost")
    book: Any = openpyxl.load_workbook(io.BytesIO(answer.data))
    rows = list(book["Vergelijking"].iter_rows(min_row=2, values_only=True))
    assert [row[:4] for row in rows] == [("Oost", "Besteed totaal", 12.5, 0)]
    assert page.get(f"{PAGE}.ods").data[30:38] == b"mimetype"
