"""Text of users, links, one instant, and a fixed number of queries."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import String, cast, event, func, insert, literal, select, update

from tests.factories.half_year import HalfYear
from tests.integration.workbooks_half_year.reading import (
    HEADERS,
    read,
    written,
)
from vpt_regio.database import writing
from vpt_regio.domain.enums import TerritoryType
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import ActivityVersion
from vpt_regio.models.applications import SubsidyApplication
from vpt_regio.models.contracts import Agreement, Indicator, PerformanceContract
from vpt_regio.models.covenants import CovenantParty, Expenditure, HoursEntry
from vpt_regio.models.figures import FigureCategory, FigureClaim, FigurePeriod, FigureSet
from vpt_regio.models.periods import ActivityProgress, ProgressReport
from vpt_regio.models.pilots import Pilot
from vpt_regio.models.programmes import PolicyLine
from vpt_regio.models.regions import Organisation, Region
from vpt_regio.models.subsidies import SubsidyRound, SubsidyScheme
from vpt_regio.queries.instant import one_instant
from vpt_regio.uow import unit_of_work

# each with the columns of the workbook that show it
TEXTS = (
    Region.name,
    CovenantParty.name,
    PolicyLine.name,
    PerformanceContract.title,
    Agreement.statement,
    Agreement.free_type,
    FigureSet.title,
    FigureClaim.subject,
    ActivityVersion.title,
    ActivityVersion.target_group,
    ActivityProgress.result,
    ActivityProgress.obstacle,
    ActivityProgress.next_step,
    ProgressReport.rag_explanation,
    HoursEntry.note,
    Expenditure.description,
    SubsidyScheme.name,
    SubsidyRound.name,
    SubsidyRound.source,
    Pilot.title,
    Pilot.organisation_name,
    Pilot.place,
    Pilot.description,
    SubsidyApplication.declared_source,
)
UNIQUE_TEXTS = (Organisation.name, Indicator.name, FigureCategory.name, FigurePeriod.label)
PAYLOADS = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "<f>1</f>&amp;")
OWN_FORMULA = re.compile(r"=([A-Z]+\d+[-+/()]*|\()+|=SUBTOTAL\(109,tbl_[a-z_]+\[[^]]+\]\)")
COPIED = [
    "region_id",
    "covenant_id",
    "activity_id",
    "phase",
    "booked_on",
    "description",
    "amount_cents",
    "corrects_id",
    "reason",
    "override_reason",
    "booked_by_id",
    "created_at",
    "updated_at",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_of_users_is_never_a_formula(half_year: HalfYear, payload: str) -> None:
    with unit_of_work() as session:
        for column in TEXTS:
            session.execute(update(column.class_).values({column.key: payload}))
        for column in UNIQUE_TEXTS:
            number = cast(column.class_.id, String)
            session.execute(update(column.class_).values({column.key: literal(payload) + number}))
    formulas = read(written(half_year), values=False)
    found = 0
    for title in HEADERS:
        for row in formulas[title].iter_rows(min_row=2):
            for cell in row:
                if cell.data_type == "f":
                    assert OWN_FORMULA.fullmatch(cell.value), cell.value
                found += payload.strip() in str(cell.value)
    assert found >= len(TEXTS + UNIQUE_TEXTS)


def test_links_lead_to_pages(half_year: HalfYear, app: Flask) -> None:
    book = read(written(half_year))
    addresses = {
        cell.hyperlink.target
        for title in HEADERS
        for row in book[title].iter_rows()
        for cell in row
        if cell.hyperlink
    }
    adapter = app.url_map.bind("vpt.example")
    endpoints = {adapter.match(urlsplit(address).path)[0] for address in addresses}
    assert endpoints == {
        "regions.show",
        "covenants.show",
        "action_plans.version",
        "hours.index",
        "expenditures.index",
        "agreements.show",
        "figures.show",
        "subsidy_rounds.show",
        "pilots.show",
        "commitments.show",
    }


def test_the_file_reads_one_instant(half_year: HalfYear) -> None:
    """A booking that is committed while the file is written is not in it."""
    seen = []
    with one_instant() as session:
        seen.append(session.scalar(select(func.count(Expenditure.id))))
        engine = db.engine
        token = writing.set(True)
        with engine.begin() as other:
            other.execute(update(Expenditure).values(description="later"))
            other.execute(
                insert(Expenditure).from_select(
                    COPIED, select(*(Expenditure.__table__.c[n] for n in COPIED))
                )
            )
        writing.reset(token)
        seen.append(session.scalar(select(func.count(Expenditure.id))))
    assert seen[0] == seen[1]
    assert db.session.scalar(select(func.count(Expenditure.id))) == 2 * (seen[0] or 0)


def test_the_number_of_queries_does_not_grow(half_year: HalfYear) -> None:
    def count() -> int:
        statements: list[str] = []

        def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            statements.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        written(half_year)
        event.remove(db.engine, "before_cursor_execute", note)
        return sum(statement.startswith("SELECT") for statement in statements)

    few = count()
    with unit_of_work() as session:
        for number in range(30):
            session.add(
                Region(
                    programme_id=half_year.programme.id,
                    code=f"extra-{number}",
                    name=f"Extra {number}",
                    territory_type=TerritoryType.PROVINCE,
                    status=RegionStatus.ACTIVE,
                )
            )
        copied = select(*(Expenditure.__table__.c[name] for name in COPIED))
        for _ in range(6):
            session.execute(insert(Expenditure).from_select(COPIED, copied))
    assert count() == few
