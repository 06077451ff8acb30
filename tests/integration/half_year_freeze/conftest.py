"""A half-year of the small programme that may be frozen, and its frozen version."""

from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from tests.factories.half_year import make_half_year
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.extensions import db
from vpt_regio.models.board import ReconciliationNote, ReportExplanation
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ProgressReport, ReportingPeriod
from vpt_regio.models.regions import Region
from vpt_regio.models.snapshots import Snapshot
from vpt_regio.queries.reconciliation import unexplained
from vpt_regio.queries.snapshots import latest_snapshot, list_deliveries
from vpt_regio.services.freeze import freeze
from vpt_regio.uow import unit_of_work

DAY = date(2012, 7, 16)


@dataclass(frozen=True)
class Ready:
    """Identifiers only: every unit of work reads its records anew."""

    period_id: int
    limburg_id: int

    @property
    def period(self) -> ReportingPeriod:
        return db.session.get_one(ReportingPeriod, self.period_id)

    @property
    def limburg(self) -> Region:
        return db.session.get_one(Region, self.limburg_id)

    @property
    def snapshot(self) -> Snapshot:
        found = latest_snapshot(self.period)
        assert found is not None
        return found


def person(email: str) -> Person:
    return db.session.scalars(select(Person).where(Person.email == email)).one()


def officer() -> Person:
    return person("beleid@vpt.example")


def make_ready() -> Ready:
    """Make the small programme with everything accepted or explained."""
    with unit_of_work():
        made = make_half_year()
        period, limburg = made.period, made.limburg
        for one in list_deliveries(period):
            if one.report is not None:
                accept(one.report)
            else:
                db.session.add(
                    ReportExplanation(
                        period=period,
                        region=one.region,
                        reason="De projectleider was ziek.",
                        written_by=officer(),
                        written_on=DAY,
                    )
                )
        for row in unexplained(period):
            db.session.add(
                ReconciliationNote(
                    period_id=period.id,
                    region_id=row.region_id,
                    key_figure=row.key_figure,
                    explanation="De vorige brief telde anders.",
                    written_by_id=officer().id,
                    written_on=DAY,
                )
            )
        return Ready(period.id, limburg.id)


def accept(report: ProgressReport) -> None:
    report.accepted_by, report.accepted_on = person("accountmanager@vpt.example"), DAY
    report.status = ReportStatus.ACCEPTED
    db.session.flush()


@pytest.fixture
def ready(context: Flask) -> Ready:
    return make_ready()


@pytest.fixture
def frozen(ready: Ready) -> Ready:
    with unit_of_work():
        freeze(ready.period, actor=officer())
    return ready
