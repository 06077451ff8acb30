"""The lists of the programme: a new version, another entry, a text put right."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from tests.factories.action_plans import Stage, make_stage
from tests.factories.people import make_person
from tests.integration.lists.versions import NINTH, list_of, second_version
from vpt_regio import clock
from vpt_regio.domain.roles import Role
from vpt_regio.errors import Conflict, DomainError, NotAllowed, SeveralErrors
from vpt_regio.extensions import db
from vpt_regio.models.audit import AuditEntry
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import AgreementType, Measure, Programme
from vpt_regio.queries.programmes import list_agreement_types, list_measures
from vpt_regio.queries.same_entries import same_measures
from vpt_regio.services.lists import (
    Added,
    Kept,
    add_entry,
    correct_entry,
    entry_part,
    start_version,
)
from vpt_regio.services.programmes import load_entry
from vpt_regio.uow import unit_of_work

NEW_YEAR = date(2015, 1, 1)
TODAY = date(2012, 7, 16)


@pytest.fixture
def stage(context: Flask) -> Stage:
    with unit_of_work():
        return make_stage()


@pytest.fixture
def admin(stage: Stage) -> Person:
    with unit_of_work():
        return make_person(stage.programme, Role.ADMINISTRATOR, email="beheer@vpt.example")


def _refused(work: Callable[[], object]) -> dict[str | None, str]:
    with pytest.raises(DomainError) as caught, unit_of_work():
        work()
    error = caught.value
    parts = error.errors if isinstance(error, SeveralErrors) else [error]
    return {part.field: str(part) for part in parts}


def test_a_new_version_follows_the_old_one_without_a_gap(stage: Stage, admin: Person) -> None:
    old = list_measures(stage.programme, on=TODAY)
    with unit_of_work():
        second_version(admin, starts_on=NEW_YEAR)
    assert {one.valid_until for one in old} == {date(2014, 12, 31)}
    assert list_measures(stage.programme, on=date(2014, 12, 31)) == old
    new = list_measures(stage.programme, on=NEW_YEAR)
    assert [one.code for one in new] == ["M1", "M2", "M3", "M9"]
    assert [one.successor_id for one in old] == [one.id for one in new[:3]]
    assert all(same_measures().are_same(a.id, b.id) for a, b in zip(old, new, strict=False))
    entry = db.session.query(AuditEntry).filter_by(action="programme.list_started").one()
    assert entry.detail.details["entries"]["M9"] == NINTH.name


def test_what_is_dropped_may_go_up_in_another(stage: Stage, admin: Person) -> None:
    one, two, three = list_measures(stage.programme, on=TODAY)
    with unit_of_work():
        start_version(
            list_of(),
            list_version="2013",
            starts_on=date(2013, 1, 1),
            kept=[
                Kept(one, "Samen", "Samen"),
                Kept(two, "", is_dropped=True, goes_on_as="M1"),
                Kept(three, "", is_dropped=True),
            ],
            added=[Added("", "", "", "nieuw1")],
            actor=admin,
        )
    (new,) = list_measures(stage.programme, on=date(2013, 1, 1))
    same = same_measures()
    assert same.are_same(one.id, new.id)
    assert same.are_same(two.id, new.id)
    assert not same.are_same(three.id, new.id)
    found = list_of()
    assert len(found.lines()) == 3
    assert sum(line[0] is not None for line in found.lines()) == 3


def test_codes_that_change_places_stay_apart(stage: Stage) -> None:
    """A successor goes before the code, and a circle of successors ends."""
    one, two, three = list_measures(stage.programme, on=TODAY)
    with unit_of_work() as session:
        new = [
            Measure(
                programme_id=stage.programme.id,
                code=code,
                position=1,
                name=code,
                short_name=code,
                list_version="2015",
                valid_from=NEW_YEAR,
            )
            for code in ("M1", "M2")
        ]
        session.add_all(new)
        session.flush()
        one.successor_id, two.successor_id = new[1].id, new[0].id
        other = Programme(code="ander", name="Ander", ministry="M", minister_title="m")
        session.add(other)
        session.flush()
        foreign = Measure(
            programme_id=other.id,
            code="M3",
            position=1,
            name="M3",
            short_name="M3",
            list_version="1",
        )
        session.add(foreign)
    same = same_measures()
    assert same.are_same(one.id, new[1].id)
    assert same.are_same(two.id, new[0].id)
    assert not same.are_same(one.id, two.id)
    assert not same.are_same(three.id, foreign.id)
    with unit_of_work():
        new[0].successor_id, new[1].successor_id = new[1].id, new[0].id
    assert same_measures().key(new[0].id) == new[0].id


def test_three_versions_are_one_chain(stage: Stage, admin: Person) -> None:
    first = list_measures(stage.programme, on=TODAY)[0]
    with unit_of_work():
        second_version(admin, starts_on=NEW_YEAR)
    with unit_of_work():
        last = second_version(admin, starts_on=date(2017, 1, 1), name="2017", added=())
    assert same_measures().key(first.id) == last[0].id
    assert [version.name for version in list_of().versions] == ["2012", "VNG-2015", "2017"]


def test_every_error_of_a_version_comes_at_once(stage: Stage, admin: Person) -> None:
    one, two, three = list_measures(stage.programme, on=TODAY)
    errors = _refused(
        lambda: start_version(
            list_of(),
            list_version="2012",
            starts_on=date(2012, 7, 15),
            kept=[
                Kept(one, " ", "Kort"),
                Kept(two, "Twee", "x" * 61, goes_on_as="M1"),
                Kept(three, "", is_dropped=True, goes_on_as="M7"),
            ],
            added=[Added("M1", "Weer een", "Een", "nieuw1"), Added("", "Naam", "", "nieuw2")],
            actor=admin,
        )
    )
    assert set(errors) == {
        "list_version",
        "starts_on",
        f"name_{one.id}",
        f"short_name_{two.id}",
        f"goes_on_as_{two.id}",
        f"goes_on_as_{three.id}",
        "code_nieuw1",
        "code_nieuw2",
        "short_name_nieuw2",
    }
    assert "ingediend" in errors["starts_on"]
    assert len(list_of().versions) == 1


def test_a_version_needs_an_entry_and_a_day(stage: Stage, admin: Person) -> None:
    listed = list_measures(stage.programme, on=TODAY)
    errors = _refused(
        lambda: start_version(
            list_of(),
            list_version="2013",
            starts_on=None,
            kept=[Kept(one, "", is_dropped=True) for one in listed],
            added=[],
            actor=admin,
        )
    )
    assert set(errors) == {"starts_on", None}
    with unit_of_work():
        second_version(admin, starts_on=NEW_YEAR)
    too_early = _refused(lambda: second_version(admin, starts_on=NEW_YEAR, name="2016", added=()))
    assert "01-01-2015" in too_early["starts_on"]


def test_somebody_else_was_first(stage: Stage, admin: Person) -> None:
    seen = list_of()
    assert seen.last is not None
    kept = [Kept(entry, entry.name, entry.short_name) for entry in seen.last.entries]
    with unit_of_work():
        second_version(admin, starts_on=NEW_YEAR)
    with pytest.raises(Conflict), unit_of_work():
        start_version(
            seen,
            list_version="2016",
            starts_on=date(2016, 1, 1),
            kept=kept,
            added=[],
            actor=admin,
        )


def test_only_an_administrator_changes_lists(stage: Stage, admin: Person) -> None:
    entry = list_measures(stage.programme, on=TODAY)[0]
    for work in (
        lambda: second_version(stage.manager, starts_on=NEW_YEAR),
        lambda: add_entry(
            list_of(), code="M9", name="N", short_name="N", starts_on=TODAY, actor=stage.leader
        ),
        lambda: correct_entry(
            list_of(), entry=entry, name="N", short_name="N", reason="Fout", actor=stage.holder
        ),
    ):
        with pytest.raises(NotAllowed), unit_of_work():
            work()


def test_an_entry_comes_to_the_running_version(stage: Stage, admin: Person) -> None:
    with unit_of_work():
        add_entry(
            list_of(),
            code="M9",
            name="Gastvrijheid",
            short_name="Gast",
            starts_on=date(2012, 8, 1),
            actor=admin,
        )
    assert len(list_measures(stage.programme, on=date(2012, 7, 31))) == 3
    assert [one.code for one in list_measures(stage.programme, on=date(2012, 8, 1))][-1] == "M9"
    errors = _refused(
        lambda: add_entry(
            list_of(), code="M9", name="", short_name="", starts_on=date(2012, 7, 1), actor=admin
        )
    )
    assert set(errors) == {"code", "name", "short_name", "starts_on"}


def test_a_typing_error_is_put_right_with_its_reason(stage: Stage, admin: Person) -> None:
    entry = list_measures(stage.programme, on=TODAY)[0]
    seen = entry_part(entry).version
    with unit_of_work():
        correct_entry(
            list_of(),
            entry=entry,
            name="Maatregel één",
            short_name="Eén",
            reason="Accent vergeten",
            expected_version=seen,
            actor=admin,
        )
    assert (entry.name, entry.valid_until) == ("Maatregel één", None)
    row = db.session.query(AuditEntry).filter_by(action="programme.entry_corrected").one()
    assert row.detail.details["before"]["name"] == "Maatregel 1"
    assert row.detail.details["after"]["name"] == "Maatregel één"
    with pytest.raises(Conflict), unit_of_work():
        correct_entry(
            list_of(),
            entry=entry,
            name="Anders",
            short_name="A",
            reason="x",
            expected_version=seen,
            actor=admin,
        )
    errors = _refused(
        lambda: correct_entry(
            list_of(), entry=entry, name=" ", short_name="", reason=" ", actor=admin
        )
    )
    assert set(errors) == {"name", "short_name", "reason"}


def test_a_list_without_short_names_and_without_a_version(stage: Stage, admin: Person) -> None:
    kinds = list_of("soorten-afspraken")
    assert kinds.versions == ()
    assert (
        "Maak eerst een versie."
        in _refused(lambda: add_entry(kinds, code="A1", name="Norm", starts_on=TODAY, actor=admin))[
            None
        ]
    )
    with unit_of_work():
        start_version(
            kinds,
            list_version="2012",
            starts_on=TODAY,
            kept=[],
            added=[Added("A1", "Norm stellen", "", "nieuw1")],
            actor=admin,
        )
    assert [one.name for one in list_agreement_types(stage.programme, on=TODAY)] == ["Norm stellen"]


def test_a_loader_adds_kinds_of_agreements(stage: Stage) -> None:
    with unit_of_work():
        kind = AgreementType(code="A1", position=1, name="Norm", list_version="2012")
        load_entry(stage.programme, kind, actor=None)
    assert db.session.query(AgreementType).one().code == "A1"
    with clock.at(NEW_YEAR):
        assert list_agreement_types(stage.programme, on=clock.today())[0].name == "Norm"
