"""People, roles and mandates: the rules, and that sessions end with the rights."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.factories.people import give_role as role_of
from tests.factories.people import make_person
from tests.factories.regions import make_programme, make_region
from vpt_regio.domain.history import sentence_of
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import Role
from vpt_regio.errors import (
    Conflict,
    DomainError,
    DuplicateValue,
    Invalid,
    NotAllowed,
    SeveralErrors,
    WrongState,
)
from vpt_regio.extensions import db
from vpt_regio.models.audit import AuditEntry
from vpt_regio.models.people import OneTimeLink, Person, RoleAssignment, UserSession
from vpt_regio.models.programmes import Programme
from vpt_regio.models.regions import Region
from vpt_regio.queries.people import PeopleFilter, list_people
from vpt_regio.services import mandates, one_time_links, people
from vpt_regio.services.sessions import start_session
from vpt_regio.uow import unit_of_work, write

pytestmark = pytest.mark.usefixtures("context")

TODAY, YESTERDAY, TOMORROW = date(2012, 7, 16), date(2012, 7, 15), date(2012, 7, 17)


class World:
    """A programme with a region, two administrators and somebody to work on."""

    def __init__(self) -> None:
        self.programme: Programme = make_programme()
        self.region: Region = make_region(self.programme)
        self.admin = make_person(self.programme, Role.ADMINISTRATOR, name="Beheerder")
        self.reader = make_person(self.programme, Role.READER, name="Lezer")
        self.someone = make_person(self.programme, name="Iemand", email="iemand@vpt.example")


@pytest.fixture
def world(context: object) -> World:
    return write(World)


def give(world: World, role: Role, region: Region | None = None, **changes) -> RoleAssignment:
    values = {"starts_on": TODAY, "ends_on": None, "actor": world.admin, **changes}
    return write(lambda: people.give_role(world.someone, role=role, region=region, **values))


def actions() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq)))


def running_sessions() -> int:
    return db.session.query(UserSession).filter_by(ended_at=None).count()


def test_an_administrator_adds_somebody(world: World) -> None:
    person = write(
        lambda: people.create_person(
            world.programme, email=" Nieuw@VPT.example", name=" Nieuw ", actor=world.admin
        )
    )
    assert (person.email, person.name, person.is_active) == ("nieuw@vpt.example", "Nieuw", True)
    assert person.password_hash is None
    assert actions() == ["person.created"]


@pytest.mark.parametrize(
    "email",
    [
        *("", "iemand", "iemand@", "@vpt.example", "a b@vpt.example", "a@b", "a@@b.nl"),
        *("a,b@vpt.example", "a@b.nl\nx", f"{'a' * 65}@vpt.example", f"a@{'b' * 250}.nl"),
        "a@vpt..nl",
    ],
)
def test_an_address_that_is_none_is_refused(world: World, email: str) -> None:
    with pytest.raises(Invalid) as caught, unit_of_work():
        people.create_person(world.programme, email=email, name="Nieuw", actor=world.admin)
    assert caught.value.field == "email"


def test_an_address_belongs_to_one_person(world: World) -> None:
    with pytest.raises(DuplicateValue) as caught, unit_of_work():
        people.create_person(
            world.programme, email="IEMAND@vpt.example", name="Nog iemand", actor=world.admin
        )
    assert caught.value.field == "email"


def test_every_error_is_told_at_once(world: World) -> None:
    with pytest.raises(SeveralErrors) as caught, unit_of_work():
        people.create_person(world.programme, email="x", name=" ", actor=world.admin)
    assert [error.field for error in caught.value.errors] == ["name", "email"]


def test_only_an_administrator_manages_people(world: World) -> None:
    attempts = [
        lambda: people.create_person(
            world.programme, email="x@vpt.example", name="X", actor=world.reader
        ),
        lambda: people.change_person(
            world.someone,
            email="x@vpt.example",
            name="X",
            actor=world.reader,
            expected_version=None,
        ),
        lambda: people.give_role(
            world.someone,
            role=Role.READER,
            region=None,
            starts_on=TODAY,
            ends_on=None,
            actor=world.reader,
        ),
        lambda: people.deactivate(world.someone, reason="x", actor=world.reader),
        lambda: people.reactivate(world.someone, reason="x", actor=world.reader),
        lambda: people.sign_out_everywhere(world.someone, actor=world.reader),
        lambda: people.end_role(world.admin.roles[0], ends_on=TODAY, actor=world.reader),
    ]
    for attempt in attempts:
        with pytest.raises(NotAllowed):
            write(attempt)
    assert actions() == []


def test_a_change_of_address_voids_open_links(world: World) -> None:
    write(lambda: one_time_links.make_link(world.someone, actor=world.admin))
    write(
        lambda: people.change_person(
            world.someone,
            email="anders@vpt.example",
            name="Iemand",
            actor=world.admin,
            expected_version=world.someone.version,
        )
    )
    assert db.session.scalars(select(OneTimeLink.used_at)).one() is not None
    with pytest.raises(Conflict), unit_of_work():
        people.change_person(
            world.someone, email="x@vpt.example", name="X", actor=world.admin, expected_version=1
        )


@pytest.mark.parametrize(
    ("role", "in_region", "field"),
    [
        (Role.PROJECT_LEADER, False, "region"),
        (Role.ACCOUNT_MANAGER, False, "region"),
        (Role.POLICY_OFFICER, True, "region"),
        (Role.MANDATE_HOLDER, True, "region"),
        (Role.ADMINISTRATOR, True, "region"),
        (Role.PROJECT_LEADER, True, None),
        (Role.POLICY_OFFICER, False, None),
        (Role.READER, True, None),
        (Role.READER, False, None),
    ],
)
def test_a_role_asks_for_a_region_or_none(
    world: World, role: Role, in_region: bool, field: str | None
) -> None:
    region = world.region if in_region else None
    if field is None:
        assert give(world, role, region).holds_on(TODAY)
        name = "person.regional_role_given" if in_region else "person.role_given"
        assert actions() == [name]
        return
    with pytest.raises(Invalid) as caught:
        give(world, role, region)
    assert caught.value.field == field


def test_a_period_runs_forward_and_a_role_is_held_once(world: World) -> None:
    with pytest.raises(Invalid) as backwards:
        give(world, Role.READER, ends_on=YESTERDAY)
    assert backwards.value.field == "ends_on"
    give(world, Role.READER, starts_on=TODAY, ends_on=TODAY)
    with pytest.raises(DuplicateValue) as twice:
        give(world, Role.READER, starts_on=YESTERDAY)
    assert twice.value.field == "role"
    give(world, Role.READER, world.region, starts_on=TODAY)
    give(world, Role.READER, starts_on=TOMORROW)


def test_nobody_changes_their_own_access(world: World) -> None:
    admin = world.admin
    attempts = [
        lambda: people.give_role(
            admin, role=Role.READER, region=None, starts_on=TODAY, ends_on=None, actor=admin
        ),
        lambda: people.end_role(admin.roles[0], ends_on=TODAY, actor=admin),
        lambda: people.deactivate(admin, reason="weg", actor=admin),
    ]
    for attempt in attempts:
        with pytest.raises(Invalid, match="uw eigen toegang"):
            write(attempt)


@pytest.mark.parametrize(("ends_on", "left"), [(YESTERDAY, 0), (TODAY, 0), (TOMORROW, 1)])
def test_losing_a_role_ends_the_sessions(world: World, ends_on: date, left: int) -> None:
    assignment = give(world, Role.READER, starts_on=date(2012, 1, 1))
    write(lambda: start_session(world.someone))
    write(lambda: people.end_role(assignment, ends_on=ends_on, actor=world.admin))
    assert running_sessions() == left
    assert assignment.ends_on == ends_on


def test_a_role_ends_once_and_not_before_it_began(world: World) -> None:
    assignment = give(world, Role.READER, starts_on=YESTERDAY)
    with pytest.raises(Invalid) as caught, unit_of_work():
        people.end_role(assignment, ends_on=date(2012, 7, 1), actor=world.admin)
    assert caught.value.field == "ends_on"
    write(lambda: people.end_role(assignment, ends_on=YESTERDAY, actor=world.admin))
    with pytest.raises(WrongState), unit_of_work():
        people.end_role(assignment, ends_on=TODAY, actor=world.admin)


def test_closing_an_account_ends_everything_at_once(world: World) -> None:
    write(lambda: start_session(world.someone))
    token = write(lambda: one_time_links.make_link(world.someone, actor=world.admin))
    write(lambda: people.deactivate(world.someone, reason="uit dienst", actor=world.admin))
    assert running_sessions() == 0
    assert one_time_links.find_link(token) is None
    assert world.someone.roles_on(TODAY) == []
    with pytest.raises(WrongState):
        give(world, Role.READER)
    with pytest.raises(WrongState), unit_of_work():
        people.deactivate(world.someone, reason="nog eens", actor=world.admin)
    write(lambda: people.reactivate(world.someone, reason="terug", actor=world.admin))
    assert running_sessions() == 0
    with pytest.raises(WrongState), unit_of_work():
        people.reactivate(world.someone, reason="nog eens", actor=world.admin)


@pytest.mark.parametrize("change", [people.deactivate, people.reactivate])
def test_a_reason_is_asked(world: World, change) -> None:
    if change is people.reactivate:
        write(lambda: people.deactivate(world.someone, reason="weg", actor=world.admin))
    with pytest.raises(Invalid) as caught, unit_of_work():
        change(world.someone, reason="  ", actor=world.admin)
    assert caught.value.field == "reason"


def mandate_for(world: World, person: Person, **changes):
    values = {
        "permission": Permission.ACTION_PLAN_APPROVE,
        "on_behalf_of": "de minister",
        "reference": "2012-01",
        "max_amount_cents": 50_000_00,
        "starts_on": TODAY,
        "ends_on": None,
        "actor": world.admin,
        **changes,
    }
    return write(lambda: mandates.give_mandate(person, **values))


@pytest.fixture
def holder(world: World) -> Person:
    return write(lambda: make_person(world.programme, Role.MANDATE_HOLDER))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"permission": Permission.PERSON_MANAGE}, "permission"),
        ({"on_behalf_of": " "}, "on_behalf_of"),
        ({"reference": ""}, "reference"),
        ({"max_amount_cents": -1}, "max_amount_cents"),
        ({"ends_on": YESTERDAY}, "ends_on"),
    ],
)
def test_a_mandate_is_complete(world: World, holder: Person, changes: dict, field: str) -> None:
    with pytest.raises(DomainError) as caught:
        mandate_for(world, holder, **changes)
    assert caught.value.field == field


def test_a_mandate_asks_for_a_role_that_may_decide(world: World, holder: Person) -> None:
    with pytest.raises(Invalid) as caught:
        mandate_for(world, world.reader)
    assert caught.value.field == "person"
    write(lambda: role_of(world.admin, Role.MANDATE_HOLDER, programme=world.programme))
    with pytest.raises(Invalid, match="uzelf geen mandaat"):
        mandate_for(world, world.admin)
    with pytest.raises(NotAllowed):
        mandate_for(world, holder, actor=world.reader)


def test_a_mandate_is_given_and_ends(world: World, holder: Person) -> None:
    mandate = mandate_for(world, holder, starts_on=YESTERDAY, max_amount_cents=None)
    assert mandate.holds_on(TODAY)
    with pytest.raises(Invalid) as caught, unit_of_work():
        mandates.end_mandate(mandate, ends_on=date(2012, 1, 1), actor=world.admin)
    assert caught.value.field == "ends_on"
    write(lambda: mandates.end_mandate(mandate, ends_on=YESTERDAY, actor=world.admin))
    assert not mandate.holds_on(TODAY)
    with pytest.raises(WrongState), unit_of_work():
        mandates.end_mandate(mandate, ends_on=TODAY, actor=world.admin)
    assert actions() == ["mandate.given", "mandate.ended"]
    for action in actions():
        assert "{person}" in sentence_of(action)


def test_the_list_is_narrowed_down(world: World) -> None:
    leader = write(
        lambda: make_person(
            world.programme, Role.PROJECT_LEADER, region=world.region, name="Projectleider"
        )
    )
    former = write(
        lambda: make_person(world.programme, Role.READER, name="Oud-lezer", ends_on=YESTERDAY)
    )
    write(lambda: people.deactivate(world.someone, reason="weg", actor=world.admin))

    def names(**wanted) -> list[str]:
        return [person.name for person in list_people(PeopleFilter(**wanted), on=TODAY)]

    assert names() == ["Beheerder", "Iemand", "Lezer", "Oud-lezer", "Projectleider"]
    assert names(role=Role.READER) == ["Lezer"]
    assert names(region_id=world.region.id) == [leader.name]
    assert names(text="LEZER") == ["Lezer", former.name]
    assert names(text="iemand@vpt") == ["Iemand"]
    assert names(text="100%") == []
    assert names(is_active=False) == ["Iemand"]
