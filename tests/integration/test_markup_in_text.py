"""Markup that people type stays text on every page: nothing of it becomes an element."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import html5lib
import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from sqlalchemy import Enum, String, Table, text, update
from sqlalchemy.orm import Session

from tests.factories.action_plans import assess, make_in_review, make_stage
from tests.factories.world import World, make_world
from vpt_regio.extensions import db
from vpt_regio.models.audit import APPEND_ONLY_TABLES
from vpt_regio.models.pilot_reports import ChangeNotice
from vpt_regio.models.programmes import Programme
from vpt_regio.uow import unit_of_work

DAY = date(2012, 7, 12)
# every one of them would leave an element or an attribute that is named after MARK
MARK = "xss"
PAYLOADS = (
    "<xss>",
    "<script xss>alert(1)</script>",
    "</script><script xss>",
    "</title><xss>",
    "</textarea><xss>",
    "</select><xss>",
    "</style><xss>",
    "</svg><xss>",
    "--><xss><!--",
    "<!--><xss>-->",
    "]]><xss>",
    "<img src=x onxss=1>",
    "<img/src=x/onxss=1>",
    '" onxss="1',
    "' onxss='1",
    "` onxss=`1",
    '"><xss>',
    "'><xss>",
    "&#60;xss&#62;<xss>",
    "&lt;xss&gt;<xss a>",
    "\\u003cxss\\u003e<xss b>",
    "<svg onxss=1>",
    "<math><xss>",
    "<a href=javascript:xss>",
    "javascript:xss",
    "<iframe srcdoc='<xss>'>",
    "<xss\tonxss=1>",
    "<scr<script>ipt xss>",
    "{{ '<xss>'|safe }}",
    "%(xss)s{xss}<xss>",
)
ALL = " ".join(PAYLOADS)
# short enough for the columns that hold a name or a number
SHORT = "'\"><xss onxss=1>"
# codes, secrets and addresses: nobody types them, or a rule says what they look like
CODES = {"code", "email", "status", "key", "url", "kind", "tile", "workflow", "password_hash"}
# only an amendment or an annex text of one kind may hold it; it shows as the name of a party, and
# as the head of a text whose words are marked up too
RULED = {"party_name", "department"}
NOT_TYPED = {
    "audit_entry",
    "audit_detail",
    "transition_record",
    "alembic_version",
    "user_session",
    "snapshot",  # the application writes it, and proves by a hash that nothing in it changed
}


def _columns(table: Table) -> Iterator[tuple[str, str]]:
    """Give each column with text that a person typed, with what to put in it."""
    for column in table.columns:
        is_text = isinstance(column.type, String) and not isinstance(column.type, Enum)
        if not is_text or column.foreign_keys or column.name in CODES:
            continue
        if column.name.endswith(("precision", "hash", "sha256", "stored_name")):
            continue
        length = column.type.length
        yield column.name, ALL if length is None or length >= len(ALL) else SHORT[:length]


@pytest.fixture
def pages(app: Flask) -> list[str]:
    """Put markup in every text of two regions; return the address of every page of one."""
    with app.app_context(), unit_of_work() as session:
        world = make_world()
        stage = make_stage("reviewed", programme=session.query(Programme).one())
        plan = assess(make_in_review(stage), stage).plan
        plan_id = plan.id
        session.flush()
        answered = {"answer": "Ja", "answered_on": DAY, "answered_by_id": stage.manager.id}
        session.execute(update(ChangeNotice).values(**answered))
        _open_for_writing(session)
        for table in db.metadata.sorted_tables:
            values = dict(_columns(table))
            for column in [c for c in values if c in RULED or _is_unique(table, c)]:
                values.pop(column)
            if values and table.name not in NOT_TYPED:
                session.execute(table.update().values(**values))
    return [*_readable(app, world), f"/plannen/{plan_id}/beoordeling", f"/plannen/{plan_id}"]


def _open_for_writing(session: Session) -> None:
    """Take away what keeps append-only tables as they are: this database is thrown away."""
    if session.get_bind().dialect.name == "postgresql":
        for table in APPEND_ONLY_TABLES:
            session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        return
    names = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for name in session.scalars(names).all():
        session.execute(text(f"DROP TRIGGER {name}"))


def _is_unique(table: Table, column: str) -> bool:
    constraints: list[Any] = [c for c in table.constraints if hasattr(c, "columns")]
    return any(
        column in constraint.columns and type(constraint).__name__ == "UniqueConstraint"
        for constraint in constraints
    )


def _readable(app: Flask, world: World) -> list[str]:
    found = []
    with app.test_request_context():
        for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.endpoint):
            view = app.view_functions[rule.endpoint]
            if "GET" in (rule.methods or ()) and hasattr(view, "vpt_permission"):
                if rule.endpoint.startswith("jobs."):
                    continue
                found.append(url_for(rule.endpoint, **world.values["limburg"].of(rule)))
    return found


def _live(page: str) -> list[str]:
    """Return the elements and attributes of a page that came from typed text."""
    root = html5lib.parse(page, namespaceHTMLElements=False)
    found = []
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if MARK in element.tag:
            found.append(f"<{element.tag}>")
        for name, value in element.attrib.items():
            is_script = str(value).strip().lower().startswith("javascript:") and name != "value"
            if MARK in str(name) or is_script:
                found.append(f"<{element.tag} {name}={value[:40]!r}>")
    return found


@pytest.mark.parametrize(
    "email",
    [
        "leader.limburg@vpt.example",
        "manager.reviewed@vpt.example",
        "officer@vpt.example",
        "admin@vpt.example",
    ],
)
def test_markup_stays_text(
    app: Flask, pages: list[str], sign_in: Callable[..., FlaskClient], email: str
) -> None:
    client = sign_in(email)
    opened, shown = 0, 0
    for address in pages:
        response = client.get(address)
        assert response.status_code < 500, address
        if response.status_code == 200 and response.mimetype == "text/html":
            opened += 1
            shown += MARK in response.text
            assert _live(response.text) == [], address
    assert opened > 10
    assert shown > opened / 2
