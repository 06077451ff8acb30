"""docs/avg.md names every table and column that says something about a person."""

import re
from pathlib import Path

from sqlalchemy import Column, Table

import vpt_regio.models.action_plans
import vpt_regio.models.audit
import vpt_regio.models.covenant_money
import vpt_regio.models.covenants
import vpt_regio.models.decisions
import vpt_regio.models.holds
import vpt_regio.models.jobs
import vpt_regio.models.periods
import vpt_regio.models.pilots
import vpt_regio.models.regions
import vpt_regio.models.remarks
import vpt_regio.models.subsidies  # noqa: F401
from vpt_regio.models.base import Base

PAGE = Path(__file__).resolve().parents[3] / "docs" / "avg.md"
ROW = re.compile(r"^\| `(\w+)` \| (.+?) \|", re.MULTILINE)
PERSONAL = re.compile(
    r"email|phone|^contact_|signatory|holder|^objector$|recipient|operator|employer|^details$|^fields$"
    r"|password|sign_in"
)


def _is_personal(column: Column[object]) -> bool:
    refers = any(key.column.table.name == "person" for key in column.foreign_keys)
    return refers or bool(PERSONAL.search(column.name))


def _tables() -> dict[str, Table]:
    return dict(Base.metadata.tables)


def test_every_personal_column_is_listed() -> None:
    rows = dict(ROW.findall(PAGE.read_text(encoding="utf-8")))
    personal = [
        (name, column.name)
        for name, table in _tables().items()
        for column in table.columns
        if _is_personal(column)
    ]
    assert len(personal) > 25
    assert [f"{t}.{c}" for t, c in personal if f"`{c}`" not in rows.get(t, "")] == []


def test_the_name_of_a_person_is_listed() -> None:
    rows = dict(ROW.findall(PAGE.read_text(encoding="utf-8")))
    assert "`name`" in rows["person"]
    assert "contact_name" in rows["region_partner"]
    # hours are those of the person who is appointed
    assert "hours_entry" in rows


def test_what_is_listed_exists() -> None:
    tables = _tables()
    for name, columns in ROW.findall(PAGE.read_text(encoding="utf-8")):
        named = re.findall(r"`(\w+)`", columns)
        assert set(named) <= set(tables[name].columns.keys()), name
