"""The write door, the audit chain and the append-only tables."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.factories.people import make_person
from tests.factories.regions import make_programme, make_region
from vpt_regio.database import writing
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import Role
from vpt_regio.errors import Conflict, DuplicateValue
from vpt_regio.extensions import db
from vpt_regio.models.people import Person
from vpt_regio.models.regions import Region
from vpt_regio.policies import can, visible_regions
from vpt_regio.services import audit
from vpt_regio.uow import unit_of_work

pytestmark = pytest.mark.usefixtures("context")


def test_a_write_outside_the_unit_of_work_is_refused_by_the_database() -> None:
    db.session.add(Person(email="x@vpt.example", name="X"))
    with pytest.raises(DBAPIError, match=r"read-?only"):
        db.session.flush()


def test_a_failed_unit_of_work_leaves_nothing() -> None:
    def make_and_fail() -> None:
        with unit_of_work():
            make_programme()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        make_and_fail()
    assert db.session.query(Region).count() == 0
    assert not writing.get()


def test_a_duplicate_names_its_field() -> None:
    with unit_of_work():
        programme = make_programme()
        make_person(programme, email="dubbel@vpt.example")
    with pytest.raises(DuplicateValue) as caught, unit_of_work():
        make_person(programme, email="dubbel@vpt.example")
    assert caught.value.field == "email"


def test_a_stale_record_is_a_conflict() -> None:
    with unit_of_work():
        region = make_region(make_programme())

    def change_after_somebody_else() -> None:
        with unit_of_work() as session:
            loaded = session.get_one(Region, region.id)
            session.execute(text("UPDATE region SET version = version + 1"))
            loaded.name = "Anders"

    with pytest.raises(Conflict):
        change_after_somebody_else()


def _three_entries() -> None:
    with unit_of_work():
        programme = make_programme()
        person = make_person(programme, Role.ADMINISTRATOR)
        for number in range(3):
            audit.record("person.created", person, actor=person, details={"number": number})


def test_the_chain_verifies_and_numbers_follow() -> None:
    _three_entries()
    assert audit.verify(db.session()) is None


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entry SET action = 'x'", "DELETE FROM audit_entry"]
)
def test_the_database_refuses_to_change_the_record(statement: str) -> None:
    _three_entries()
    with pytest.raises(Exception, match="append-only"), unit_of_work() as session:
        session.execute(text(statement))


def test_changed_particulars_are_noticed() -> None:
    _three_entries()
    with unit_of_work() as session:
        session.execute(text("UPDATE audit_detail SET salt = 'other' WHERE seq = 2"))
    broken = audit.verify(db.session())
    assert broken is not None
    assert broken.seq == 2


def test_erased_particulars_keep_the_chain_whole() -> None:
    _three_entries()
    with unit_of_work() as session:
        session.execute(text("DELETE FROM audit_detail WHERE seq = 2"))
    assert audit.verify(db.session()) is None


def test_what_is_undone_to_a_savepoint_leaves_no_gap_in_the_chain() -> None:
    with unit_of_work() as session:
        person = make_person(make_programme(), Role.ADMINISTRATOR)
        audit.record("person.created", person, actor=person)
        attempt = session.begin_nested()
        audit.record("person.changed", person, actor=person)
        attempt.rollback()
        kept = audit.record("person.changed", person, actor=person)
    assert kept.seq == 2
    assert audit.verify(db.session()) is None


def test_a_region_is_a_wall() -> None:
    with unit_of_work():
        programme = make_programme()
        own, other = make_region(programme), make_region(programme, "groningen")
        leader = make_person(programme, Role.PROJECT_LEADER, region=own)
        officer = make_person(programme, Role.POLICY_OFFICER)
    assert can(leader, Permission.ACTION_PLAN_EDIT, own)
    assert not can(leader, Permission.ACTION_PLAN_EDIT, other)
    assert can(leader, Permission.REGION_VIEW, other)
    assert visible_regions(leader) == {own.id}
    assert visible_regions(officer) is None
