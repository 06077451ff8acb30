"""Rows of the first tables come through the migrations, up and down, and nothing is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from vpt_regio.errors import DomainError
from vpt_regio.extensions import db
from vpt_regio.uow import unit_of_work

Row = dict[str, Any]

NOW = "2012-07-16 10:00:00.000000"
STAMPS: Row = {"created_at": NOW, "updated_at": NOW}
CHANGED = (
    "covenant",
    "covenant_amendment",
    "region_merger",
    "plan_version",
    "budget_line",
    "remark",
    "measure_exemption",
    "mandate",
    "decision",
)
NO_END: Row = {"new_end_on": None, "new_end_precision": None, "new_end_words": ""}
TEXTS = dict.fromkeys(
    (
        "problem_analysis",
        "approach",
        "embedding",
        "consensus_analysis_note",
        "consensus_approach_note",
        "other_funding_note",
    ),
    "",
)


def _insert(table: str, **values: Any) -> None:
    names = ", ".join(values)
    places = ", ".join(f":{name}" for name in values)
    db.session.execute(text(f"INSERT INTO {table} ({names}) VALUES ({places})"), values)  # noqa: S608


def _rows(table: str) -> list[Row]:
    found = db.session.execute(text(f"SELECT * FROM {table} ORDER BY id")).mappings()  # noqa: S608
    rows = [dict(row) for row in found]
    db.session.rollback()
    return rows


def _all_rows() -> dict[str, list[Row]]:
    return {table: _rows(table) for table in CHANGED}


def _revision() -> str:
    revision: str = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    db.session.rollback()
    return revision


@pytest.fixture
def first_tables(context: Flask) -> dict[str, list[Row]]:
    """The first tables with rows in each that changes later; returns these rows."""
    downgrade("migrations", revision="0001")
    with unit_of_work():
        _insert_surroundings()
        _insert_covenant()
        _insert_plan()
        _insert_decisions()
    return _all_rows()


def _insert_surroundings() -> None:
    _insert(
        "programme",
        id=1,
        code="vpt",
        name="Programma",
        ministry="Ministerie",
        minister_title="de minister",
        started_words="",
        ended_words="",
        **STAMPS,
    )
    for key, code in ((1, "limburg"), (2, "groningen")):
        _insert(
            "region",
            id=key,
            code=code,
            name=code.title(),
            former_names="",
            territory_type="province",
            status="active",
            designated_words="",
            portfolio_holder="",
            source="",
            programme_id=1,
            version=1,
            **STAMPS,
        )
    for key, email in ((1, "leider@vpt.example"), (2, "manager@vpt.example")):
        _insert("person", id=key, email=email, name="Iemand", is_active=True, version=1, **STAMPS)
    _insert(
        "measure",
        id=1,
        code="M1",
        position=1,
        name="Maatregel",
        short_name="Maatregel",
        list_version="2012",
        source="",
        programme_id=1,
    )


def _insert_covenant() -> None:
    _insert(
        "covenant",
        id=1,
        number="C-1",
        title="Convenant",
        status="terminated",
        signed_on="2012-01-01",
        signed_words="",
        original_end_on="2013-12-31",
        original_end_words="",
        advance_cents=100_000_00,
        min_hours_per_week=20,
        funding_instrument="",
        source="De bron, met ‘aanhalingstekens’, komma's en (haakjes).",
        programme_id=1,
        version=3,
        **STAMPS,
    )
    common: Row = {"covenant_id": 1, "signed_words": "", "reason": "Er is meer tijd nodig."}
    extension: Row = {"new_end_on": "2014-06-30", "new_end_precision": "day"}
    extension |= {"new_end_words": "30 juni 2014", "amount_cents": None}
    _insert("covenant_amendment", id=1, kind="extension", **extension, **common, **STAMPS)
    amount: Row = {"amount_cents": 25_000_00, **NO_END}
    _insert("covenant_amendment", id=2, kind="amount", **amount, **common, **STAMPS)
    _insert(
        "region_merger",
        id=1,
        successor_id=1,
        merged_on="2012-03-01",
        merged_precision="month",
        merged_words="maart 2012",
        reason="Samen verder.",
        programme_id=1,
        **STAMPS,
    )


def _insert_plan() -> None:
    _insert("action_plan", id=1, region_id=1, covenant_id=1, **STAMPS)
    days: Row = {"submitted_on": "2012-02-01", "submitted_by_id": 1}
    days |= {"provisionally_adopted_on": "2012-03-01", "approved_on": "2012-04-01"}
    for key, status in ((1, "superseded"), (2, "approved"), (3, "refused")):
        _insert(
            "plan_version",
            id=key,
            action_plan_id=1,
            version_no=key,
            status=status,
            other_funding_cents=500_00,
            author_id=1,
            version=4,
            **TEXTS,
            **days,
            **STAMPS,
        )
    _insert("activity", id=1, action_plan_id=1, number=1, **STAMPS)
    said: Row = {"title": "Campagne", "description": "", "is_awareness": True, "target_group": ""}
    _insert("activity_version", id=1, plan_version_id=1, activity_id=1, version=1, **said, **STAMPS)
    # lines of the plan as a whole between one of an activity and those of another version
    for key, version, activity in ((1, 1, None), (2, 1, 1), (3, 1, None), (4, 2, None)):
        _insert(
            "budget_line",
            id=key,
            plan_version_id=version,
            activity_version_id=activity,
            phase="implementation",
            description=f"Regel {key}",
            amount_cents=key * 1_000_00,
            **STAMPS,
        )
    remark: Row = {"section": "approach", "body": "Werk dit uit.", "author_id": 2}
    _insert("remark", id=1, plan_version_id=1, made_on="2012-02-10", **remark, **STAMPS)
    _insert(
        "measure_exemption", id=1, plan_version_id=1, measure_id=1, reason="Niet hier.", **STAMPS
    )


def _insert_decisions() -> None:
    _insert(
        "mandate",
        id=1,
        person_id=2,
        permission="action_plan:approve",
        on_behalf_of="de minister",
        reference="M-1",
        max_amount_cents=100_000_00,
        starts_on="2012-01-01",
        programme_id=1,
        version=1,
        **STAMPS,
    )
    kinds = ((1, "plan_adopted", 1), (2, "plan_approved", 1), (3, "plan_refused", 3))
    for key, kind, version in kinds:
        _insert(
            "decision",
            id=key,
            kind=kind,
            plan_version_id=version,
            reference=f"VPT-2012-000{key}",
            decided_on="2012-04-01",
            decided_by_id=2,
            role="account_manager",
            on_behalf_of="de minister",
            mandate_id=1 if kind == "plan_approved" else None,
            note="Omdat het zo is.",
            programme_id=1,
            **STAMPS,
        )


def test_every_row_comes_through_with_what_it_said(first_tables: dict[str, list[Row]]) -> None:
    upgrade("migrations")
    now = _all_rows()
    for table, rows in first_tables.items():
        assert len(now[table]) == len(rows) > 0
        for before, after in zip(rows, now[table], strict=True):
            kept = {name: value for name, value in before.items() if name != "funding_instrument"}
            assert kept.items() <= after.items()


def test_what_is_new_says_what_was_so_already(first_tables: dict[str, list[Row]]) -> None:
    upgrade("migrations")
    now = _all_rows()
    assert [row["status"] for row in now["covenant_amendment"]] == ["signed", "signed"]
    assert [row["number"] for row in now["budget_line"]] == [1, None, 2, 1]
    assert [(row["funding"], row["ended_on"]) for row in now["covenant"]] == [("unknown", None)]
    assert [(row["weight"], row["status"]) for row in now["remark"]] == [("could", "open")]
    assert [row["quote"] for row in now["remark"]] == [""]
    assert [row["verdict"] for row in now["measure_exemption"]] == [None]
    assert [bool(row["allows_sub_mandate"]) for row in now["mandate"]] == [False]
    assert {row["replaces_id"] for row in now["decision"]} == {None}
    assert {row["authority"] for row in now["decision"]} == {""}
    assert [row["undo_reason"] for row in now["region_merger"]] == [""]


FINAL = (
    "UPDATE decision SET note = 'Anders.'",
    "DELETE FROM decision",
    "UPDATE payment SET amount_cents = 2",
    "DELETE FROM payment",
    "UPDATE decision_letter SET sha256 = 'anders'",
    "DELETE FROM decision_letter",
)


def test_what_is_final_stays_final(first_tables: dict[str, list[Row]]) -> None:
    upgrade("migrations")
    with unit_of_work():
        _insert_payment()
        letter: Row = {"content": b"x", "sha256": "x", "template_sha256": "x", "made_at": NOW}
        _insert("decision_letter", id=1, decision_id=2, **letter)
    for statement in FINAL:
        with pytest.raises(DBAPIError, match="append-only"), unit_of_work():
            db.session.execute(text(statement))


def _insert_payment() -> None:
    paid: Row = {"kind": "advance", "amount_cents": 1_00, "paid_on": "2012-02-01"}
    paid |= {"reference": "B-1", "reason": "", "recorded_by_id": 2}
    _insert("payment", id=1, covenant_id=1, **paid, **STAMPS)


BROKEN = (
    "UPDATE covenant_amendment SET status = 'anders'",
    "UPDATE covenant SET ended_on = '2013-01-01', status = 'in_force'",
    "UPDATE remark SET weight = 'anders'",
    "UPDATE measure_exemption SET verdict = 'accepted'",
    "UPDATE plan_version SET status = 'anders'",
    "UPDATE mandate SET stands_in_for_id = person_id",
    "UPDATE budget_line SET number = 1 WHERE id = 3",
)


def test_the_new_rules_hold_for_the_old_rows(first_tables: dict[str, list[Row]]) -> None:
    upgrade("migrations")
    for statement in BROKEN:
        with pytest.raises(DomainError, match=r"regel ck_|bestaat al"), unit_of_work():
            db.session.execute(text(statement))


def test_the_way_back_gives_the_old_rows(first_tables: dict[str, list[Row]]) -> None:
    upgrade("migrations")
    downgrade("migrations", revision="0001")
    assert _all_rows() == first_tables
    with pytest.raises(DBAPIError, match="append-only"), unit_of_work():
        db.session.execute(text("DELETE FROM decision"))


def _withdraw_a_version() -> None:
    db.session.execute(text("UPDATE plan_version SET status = 'withdrawn' WHERE id = 3"))


def _end_a_covenant_by_decision() -> None:
    decision: Row = {"kind": "covenant_terminated", "covenant_id": 1, "reference": "VPT-2012-0009"}
    decision |= {"decided_on": "2012-05-01", "decided_by_id": 2, "role": "mandate_holder"}
    decision |= {"on_behalf_of": "", "authority": "", "note": "Klaar.", "replacement_reason": ""}
    _insert("decision", id=9, programme_id=1, **decision, **STAMPS)


def _change_a_party() -> None:
    change: Row = {"kind": "party", "status": "draft", "party_name": "De provincie"}
    change |= {"reason": "Een ander.", "signed_words": "", "new_end_words": ""}
    change |= {"party_signatory": "", "document_reference": "", "version": 1}
    _insert("covenant_amendment", id=9, covenant_id=1, **change, **STAMPS)


def _draft_an_extension() -> None:
    change: Row = {"kind": "extension", "status": "draft", "new_end_on": "2015-12-31"}
    change |= {"reason": "Langer.", "signed_words": "", "new_end_words": "", "party_name": ""}
    change |= {"party_signatory": "", "document_reference": "", "version": 1}
    _insert("covenant_amendment", id=9, covenant_id=1, **change, **STAMPS)


def _call_a_remark_settled() -> None:
    db.session.execute(text("UPDATE remark SET status = 'settled'"))


def _accept_a_reason() -> None:
    db.session.execute(
        text("UPDATE measure_exemption SET verdict = 'accepted', judged_on = '2012-07-16'")
    )


def _stand_still() -> None:
    hold: Row = {"region_id": 1, "reason": "Onderzoek.", "starts_on": "2012-07-16"}
    hold |= {"placed_by_id": 2, "lift_reason": "", "programme_id": 1, "version": 1}
    _insert("hold", id=1, **hold, **STAMPS)


@pytest.mark.parametrize(
    "record",
    [
        _withdraw_a_version,
        _end_a_covenant_by_decision,
        _change_a_party,
        _draft_an_extension,
        _call_a_remark_settled,
        _accept_a_reason,
        _insert_payment,
        _stand_still,
    ],
)
def test_what_the_first_tables_cannot_hold_stops_the_way_back(
    first_tables: dict[str, list[Row]], record: Callable[[], None]
) -> None:
    upgrade("migrations")
    with unit_of_work():
        record()
    before, revision = {**_all_rows(), **_new_rows()}, _revision()
    # the command ends with an error code for what the migration itself refuses
    with pytest.raises((DBAPIError, SystemExit)):
        downgrade("migrations", revision="0001")
    db.engine.dispose()
    assert {**_all_rows(), **_new_rows()} == before
    assert _revision() == revision


def _new_rows() -> dict[str, list[Row]]:
    return {table: _rows(table) for table in ("payment", "hold", "remark_entry", "objection")}
