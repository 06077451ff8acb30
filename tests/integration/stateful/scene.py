"""Who takes part in the generated histories of a plan, and under which covenant."""

from dataclasses import dataclass

from tests.factories.action_plans import make_mandate
from tests.factories.covenants import make_covenant
from tests.factories.people import give_role, make_person
from tests.factories.regions import make_organisation, make_programme, make_region
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import Role
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import ActionPlan
from vpt_regio.models.covenants import Covenant
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Measure, PolicyLine
from vpt_regio.models.regions import Organisation, Region, RegionPartner
from vpt_regio.services.action_plans import start_plan
from vpt_regio.uow import write

ADVANCE = 150_000_00
SHARE = 100_000_00  # two of the three parts of the advance
MANDATE = 100_000_00

WRITERS = ("leader", "deputy", "writing_manager")
REVIEWERS = ("manager", "writing_manager")
DECIDERS = ("manager", "holder", "writing_manager")
EVERYBODY = ("leader", "deputy", "manager", "writing_manager", "holder", "officer", "admin")


@dataclass(frozen=True)
class Scene:
    """The keys of what a history starts from; nothing of a session is kept."""

    plan: int
    covenant: int
    region: int
    partner: int
    people: dict[str, int]

    def person(self, name: str) -> Person:
        return db.session.get_one(Person, self.people[name])

    def the_plan(self) -> ActionPlan:
        return db.session.get_one(ActionPlan, self.plan)

    def the_covenant(self) -> Covenant:
        return db.session.get_one(Covenant, self.covenant)

    def the_region(self) -> Region:
        return db.session.get_one(Region, self.region)

    def the_partner(self) -> Organisation:
        return db.session.get_one(Organisation, self.partner)

    def measures(self) -> list[Measure]:
        return db.session.query(Measure).order_by(Measure.position).all()

    def policy_line(self) -> PolicyLine:
        return db.session.query(PolicyLine).order_by(PolicyLine.position).first()


def set_scene() -> Scene:
    """Store a covenant of two regions, its people with their mandates, and an empty plan."""
    return write(_make)


def _make() -> Scene:
    programme = make_programme()
    region, other = make_region(programme, "limburg"), make_region(programme, "groningen")
    partner = make_organisation(programme, "Gemeente")
    db.session.add(RegionPartner(region=region, organisation=partner))
    covenant = make_covenant(region, other, advance_cents=ADVANCE)
    covenant.shares[0].weight = 2
    people = {
        "leader": make_person(programme, Role.PROJECT_LEADER, region=region),
        "deputy": make_person(programme, Role.PROJECT_LEADER, region=region),
        "manager": make_person(programme, Role.ACCOUNT_MANAGER, region=region),
        "writing_manager": make_person(programme, Role.ACCOUNT_MANAGER, region=region),
        "holder": make_person(programme, Role.MANDATE_HOLDER),
        "officer": make_person(programme, Role.POLICY_OFFICER),
        "admin": make_person(programme, Role.ADMINISTRATOR),
    }
    writing_manager = people["writing_manager"]
    give_role(writing_manager, Role.PROJECT_LEADER, programme=programme, region=region)
    approve, refuse = Permission.ACTION_PLAN_APPROVE, Permission.ACTION_PLAN_REFUSE
    make_mandate(people["manager"], approve, programme=programme, max_amount_cents=MANDATE)
    for name in ("holder", "writing_manager"):
        make_mandate(people[name], approve, programme=programme, max_amount_cents=None)
    make_mandate(people["holder"], refuse, programme=programme, max_amount_cents=None)
    plan = start_plan(covenant, region=region, actor=people["leader"])
    return Scene(
        plan=plan.id,
        covenant=covenant.id,
        region=region.id,
        partner=partner.id,
        people={name: person.id for name, person in people.items()},
    )
