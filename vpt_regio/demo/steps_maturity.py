"""How inventories were held, and how far employers were judged to be."""

from collections.abc import Iterator
from functools import partial

from vpt_regio.demo import maturity, programme, world
from vpt_regio.demo.agenda import Step
from vpt_regio.demo.steps_foundation import partner_name
from vpt_regio.domain.fuzzy_date import FuzzyDate
from vpt_regio.services.inventories import add_finding, create_inventory
from vpt_regio.services.maturity import Judgement, record_levels


def steps() -> Iterator[Step]:
    """Yield the steps: an inventory with its findings, and then each employer."""
    for facts in maturity.INVENTORIES:
        yield Step(facts.held_on, partial(_inventory, facts))
        for kind, levels in facts.levels.items():
            yield Step(facts.held_on, partial(_judge, facts, kind, levels))


def _inventory(facts: maturity.InventoryFacts) -> None:
    author = world.person(maturity.AUTHOR)
    inventory = create_inventory(
        world.region(maturity.REGION),
        name=facts.name,
        held=FuzzyDate.exactly(facts.held_on),
        declared_organisations=facts.declared_organisations,
        source=facts.source,
        actor=author,
    )
    for finding in facts.findings:
        add_finding(inventory, body=finding.body, follow_up=finding.follow_up, actor=author)


def _judge(facts: maturity.InventoryFacts, kind: str, levels: tuple[int, ...]) -> None:
    region = world.region(maturity.REGION)
    measures = (world.measure(entry.code) for entry in programme.MEASURES)
    record_levels(
        region,
        organisation_id=world.organisation(partner_name(kind, region.name)).id,
        assessed_on=facts.held_on,
        judgements={
            measure.id: Judgement(level, maturity.EVIDENCE[level])
            for measure, level in zip(measures, levels, strict=True)
        },
        inventory_id=world.inventory(facts.name).id,
        actor=world.person(maturity.AUTHOR),
    )
