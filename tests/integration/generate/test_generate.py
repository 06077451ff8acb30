"""The synthetic programme: the same for a seed, whole, and through the rules of the services."""

import io
import re

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.integration.workbooks_half_year.reading import MADE_AT, cents, read, rows
from vpt_regio.demo import world
from vpt_regio.demo.generate import Size, count_steps, generate
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.domain.workflows.contracts import ContractStatus
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import Activity, PlanVersion
from vpt_regio.models.contracts import Measurement, PerformanceContract
from vpt_regio.models.covenants import Expenditure
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.programmes import Programme
from vpt_regio.models.regions import Region
from vpt_regio.services import audit
from vpt_regio.services.workbooks import write_half_year

SMALL = Size(regions=2, years=1, scale=1, seed=7)
FILES: dict[int, bytes] = {}


def workbook() -> bytes:
    target = io.BytesIO()
    write_half_year(
        world.period("2012-1"),
        target,
        made_at=MADE_AT,
        made_by="test",
        base_url="https://vpt.example",
    )
    return target.getvalue()


@pytest.mark.usefixtures("context")
def test_a_seed_gives_one_programme_on_every_database() -> None:
    told: list[int] = []
    generate(SMALL, tell=told.append)
    assert sum(told) == count_steps(SMALL)
    file = workbook()
    # this test runs once for each database; the first one leaves its file for the other
    assert FILES.setdefault(SMALL.seed, file) == file
    assert audit.verify(db.session()) is None


@pytest.mark.usefixtures("context")
def test_it_is_whole_and_clearly_fictitious() -> None:
    generate(SMALL)
    statuses = db.session.scalars(select(ReportingPeriod.status).order_by(ReportingPeriod.code))
    assert list(statuses) == [PeriodStatus.CLOSED, PeriodStatus.COLLECTING]
    plans = db.session.scalars(select(PlanVersion.status))
    assert list(plans) == [ActionPlanStatus.APPROVED] * SMALL.regions
    assert db.session.scalar(select(func.count(Activity.id))) == 8 * SMALL.regions
    contracts = db.session.scalars(select(PerformanceContract.status))
    assert list(contracts) == [ContractStatus.AGREED] * SMALL.regions
    # two agreements, in both half-years of the one year
    assert db.session.scalar(select(func.count(Measurement.id))) == 2 * 2 * SMALL.regions
    names = db.session.scalars(select(Region.name))
    assert all(re.fullmatch(r"Voorbeeldregio \d{3}", name) for name in names)
    emails = db.session.scalars(select(Person.email))
    assert all(email.endswith("@voorbeeld.example") for email in emails)


@pytest.mark.usefixtures("context")
def test_its_workbook_agrees_with_the_database() -> None:
    generate(SMALL)
    period = world.period("2012-1")
    in_period = select(func.sum(Expenditure.amount_cents)).where(
        Expenditure.booked_on.between(period.starts_on, period.ends_on)
    )
    booked = int(db.session.scalar(in_period) or 0)
    book = read(workbook())
    assert sum(cents(row["Bedrag"]) for row in rows(book, "Uren en uitgaven") if row["Bedrag"]) == (
        booked
    )
    assert sum(cents(row["Besteed in halfjaar"]) for row in rows(book, "Regio's")) == booked
    assert sum(cents(row["Besteed in halfjaar"]) for row in rows(book, "Activiteiten")) == booked


def test_an_existing_programme_is_left_alone(app: Flask) -> None:
    arguments = ["vpt", "generate", "--regions", "1", "--years", "1"]
    first = app.test_cli_runner().invoke(args=arguments)
    assert (first.exit_code, first.stdout) == (0, "Loaded 1 regions over 1 years.\n")
    second = app.test_cli_runner().invoke(args=arguments)
    assert second.exit_code == 2
    assert "there is a programme already" in second.stderr
    with app.app_context():
        assert db.session.scalar(select(func.count(Programme.id))) == 1


@pytest.mark.parametrize("option", ["--regions", "--years", "--scale"])
def test_nothing_is_not_a_size(app: Flask, option: str) -> None:
    result = app.test_cli_runner().invoke(args=["vpt", "generate", option, "0"])
    assert result.exit_code == 2
