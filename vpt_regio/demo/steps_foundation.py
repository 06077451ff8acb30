"""How the programme, its people, regions, partners, covenants and half-years came to be."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from vpt_regio.demo import covenants, people, programme, regions, steps_covenants, world
from vpt_regio.demo.accounts import ACCOUNTS, PASSWORD
from vpt_regio.demo.agenda import Step
from vpt_regio.domain.enums import OrganisationKind
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import Role
from vpt_regio.extensions import db
from vpt_regio.models.programmes import AgreementType, Measure, PolicyLine, Programme, Sector
from vpt_regio.queries.programmes import get_programme
from vpt_regio.services import programmes as programme_service
from vpt_regio.services import regions as region_service
from vpt_regio.services.appointments import appoint_project_leader
from vpt_regio.services.mandates import arrange_stand_in, give_mandate, give_sub_mandate
from vpt_regio.services.mergers import merge_regions
from vpt_regio.services.organisations import add_partner, create_organisation, end_partner
from vpt_regio.services.people import create_person, give_role, set_password
from vpt_regio.services.periods import (
    close_period,
    create_period,
    open_period,
    send_letter,
    start_collecting,
)
from vpt_regio.services.sign_in import find_person

START = programme.GO_LIVE
QUARTERS_IN_HOUR = 4
PARTNER_THAT_LEFT = ("Jeugdzorg", "midden-west-brabant", date(2012, 2, 24))


def steps() -> Iterator[Step]:
    """Yield the steps; those of one day stand in the order in which they need each other."""
    yield Step(START, create_programme_with_lists)
    yield Step(START, _ministry)
    for facts in regions.REGIONS_2010:
        yield Step(START, partial(_region, facts))
    yield Step(regions.MERGED_ON, partial(_region, regions.SUCCESSOR))
    yield Step(regions.MERGED_ON, _merger)
    yield Step(people.LIMBURG_FROM, partial(_region, regions.LIMBURG))
    for facts in regions.REGIONS_2012:
        yield Step(covenants.TWO_REGIONS.recorded_on, partial(_region, facts))
    yield from _people()
    yield Step(START, _mandates)
    yield Step(people.SUB_MANDATED_ON, _sub_mandate)
    for stand_in in people.STAND_INS:
        yield Step(stand_in.arranged_on, partial(_stand_in, stand_in))
    yield from steps_covenants.first_steps()
    yield from _books()
    for period in programme.PERIODS:
        yield from _period(period)


def _people() -> Iterator[Step]:
    for facts in people.REGIONAL:
        for role in facts.roles:
            yield Step(role.starts_on, partial(_give_role, facts, role))


def _books() -> Iterator[Step]:
    for appointment in people.APPOINTMENTS:
        yield Step(appointment.starts_on, partial(_appoint, appointment))
    for appointment in people.APPOINTMENTS:
        # a region that came out of a merger goes on with the partners of those before it
        if appointment.email.startswith("projectleider.") and appointment.region != people.BRABANT:
            yield Step(appointment.starts_on, partial(_partners, appointment))
    kind, code, left_on = PARTNER_THAT_LEFT
    yield Step(left_on, partial(_partner_leaves, kind, code, left_on))


def create_programme_with_lists() -> None:
    """Make the programme with its lists as they were at its beginning."""
    vpt = programme_service.create_programme(
        code=programme.CODE,
        name=programme.NAME,
        ministry=programme.MINISTRY,
        minister_title=programme.MINISTER,
        started_words=programme.STARTED,
        ended_words=programme.ENDED,
        actor=None,
    )
    covenant, letter = programme.LIMBURG_COVENANT, programme.LETTER
    kinds = programme.AGREEMENT_TYPES_SOURCE
    _list(vpt, Measure, programme.MEASURES, programme.MEASURES_VERSION, covenant)
    _list(vpt, PolicyLine, programme.POLICY_LINES, programme.POLICY_LINES_VERSION, letter)
    _list(vpt, Sector, programme.SECTORS, programme.SECTORS_VERSION, letter)
    version = programme.AGREEMENT_TYPES_VERSION
    _list(vpt, AgreementType, programme.AGREEMENT_TYPES, version, kinds)


def _list(
    vpt: Programme,
    kind: type[Measure | PolicyLine | Sector | AgreementType],
    entries: Sequence[programme.Entry],
    version: str,
    source: str,
) -> None:
    for position, entry in enumerate(entries, start=1):
        own = {"short_name": entry.short_name} if kind is Measure else {}
        made = kind(
            code=entry.code,
            position=position,
            name=entry.name,
            list_version=version,
            source=source,
            **own,
        )
        programme_service.load_entry(vpt, made, actor=None)


def _ministry() -> None:
    vpt = get_programme()
    names = {account.email: account.name for account in ACCOUNTS}
    administrator = create_person(
        vpt, email=people.ADMINISTRATOR, name=names[people.ADMINISTRATOR], actor=None
    )
    give_role(
        administrator,
        role=Role.ADMINISTRATOR,
        region=None,
        starts_on=START,
        ends_on=None,
        actor=None,
    )
    set_password(administrator, PASSWORD)
    for facts in people.MINISTRY:
        for role in facts.roles:
            _give_role(facts, role)


def _give_role(facts: people.PersonFacts, role: people.RoleFacts) -> None:
    administrator = world.person(people.ADMINISTRATOR)
    person = find_person(facts.email)
    if person is None:
        person = create_person(
            get_programme(), email=facts.email, name=facts.name, actor=administrator
        )
        if facts.email in {account.email for account in ACCOUNTS}:
            set_password(person, PASSWORD)
    give_role(
        person,
        role=role.role,
        region=world.region(role.region) if role.region else None,
        starts_on=role.starts_on,
        ends_on=role.ends_on,
        actor=administrator,
    )
    # the role counts from the next question on
    db.session.expire(person)


def _mandates() -> None:
    for facts in people.MANDATES:
        give_mandate(
            world.person(facts.email),
            permission=facts.permission,
            on_behalf_of=programme.MINISTER,
            reference=facts.reference,
            max_amount_cents=facts.max_amount_cents,
            allows_sub_mandate=facts.allows_sub_mandate,
            starts_on=START,
            ends_on=None,
            actor=world.person(people.ADMINISTRATOR),
        )


def _sub_mandate() -> None:
    facts = people.SUB_MANDATE
    give_sub_mandate(
        world.mandate(people.HOLDER, facts.permission),
        person=world.person(facts.email),
        reference=facts.reference,
        max_amount_cents=facts.max_amount_cents,
        starts_on=people.SUB_MANDATED_ON,
        ends_on=None,
        actor=world.person(people.ADMINISTRATOR),
    )


def _stand_in(facts: people.StandInFacts) -> None:
    arrange_stand_in(
        world.mandate(people.HOLDER, Permission.ACTION_PLAN_APPROVE),
        person=world.person(people.DEPUTY_HOLDER),
        starts_on=facts.starts_on,
        ends_on=facts.ends_on,
        actor=world.person(people.ADMINISTRATOR),
    )


def _region(facts: regions.RegionFacts) -> None:
    officer = world.person(people.OFFICER)
    region = region_service.create_region(
        get_programme(),
        code=facts.code,
        name=facts.name,
        territory_type=facts.territory,
        designated=facts.designated,
        source=facts.source,
        tiles=facts.tiles,
        actor=officer,
    )
    region_service.step(region, "designate", actor=officer)


def _merger() -> None:
    merge_regions(
        world.region(regions.SUCCESSOR.code),
        [world.region(code) for code in regions.MERGED_CODES],
        merged_on=regions.MERGED_ON,
        words=regions.MERGED_WORDS,
        reason=regions.MERGER_REASON,
        actor=world.person(people.OFFICER),
    )


def _appoint(facts: people.AppointmentFacts) -> None:
    region = world.region(facts.region)
    appoint_project_leader(
        region,
        person=world.person(facts.email),
        quarters_per_week=facts.hours_per_week * QUARTERS_IN_HOUR,
        starts_on=facts.starts_on,
        ends_on=facts.ends_on,
        employer=f"Werkgever in {region.name} (voorbeeld)",
        is_deputy=facts.is_deputy,
        actor=world.person(people.OFFICER),
    )


def partner_name(kind: str, region_name: str) -> str:
    """Return the name of a partner of a region; no source names one, so it is an example."""
    return f"{kind} {region_name} (voorbeeld)"


def _partners(facts: people.AppointmentFacts) -> None:
    leader, region = world.person(facts.email), world.region(facts.region)
    for kind in programme.PARTNER_KINDS:
        organisation = create_organisation(
            get_programme(),
            name=partner_name(kind.name, region.name),
            kind=kind.kind,
            sector_id=world.sector(kind.sector).id if kind.sector else None,
            actor=leader,
        )
        word = kind.name.lower().replace(" ", "-")
        add_partner(
            region,
            organisation.id,
            joined_on=facts.starts_on,
            contact_name=f"Contactpersoon {kind.name}",
            contact_email=f"{word}.{region.code}@vpt.example",
            # only the contact of the police agreed to be published
            is_publishable=kind.kind is OrganisationKind.POLICE,
            actor=leader,
        )


def _partner_leaves(kind: str, code: str, left_on: date) -> None:
    region = world.region(code)
    name = partner_name(kind, region.name)
    partner = next(p for p in region.partners if p.organisation.name == name)
    end_partner(partner, left_on=left_on, actor=world.person(f"projectleider.{code}@vpt.example"))


def _period(facts: programme.Period) -> Iterator[Step]:
    first_day = max(facts.starts_on, START)
    yield Step(first_day, partial(_open_period, facts))
    yield Step(
        facts.collected_on,
        lambda: start_collecting(world.period(facts.code), actor=world.person(people.OFFICER)),
    )
    if facts.closed_on is None:
        return
    yield Step(
        facts.letter_on,
        lambda: send_letter(world.period(facts.code), actor=world.person(people.OFFICER)),
    )
    yield Step(
        facts.closed_on,
        lambda: close_period(world.period(facts.code), actor=world.person(people.OFFICER)),
    )


def _open_period(facts: programme.Period) -> None:
    officer = world.person(people.OFFICER)
    period = create_period(
        get_programme(),
        code=facts.code,
        name=facts.name,
        sequence_no=facts.sequence_no,
        starts_on=facts.starts_on,
        ends_on=facts.ends_on,
        letter_on=facts.letter_on,
        actor=officer,
    )
    open_period(period, actor=officer)
