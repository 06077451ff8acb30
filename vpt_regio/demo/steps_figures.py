"""How the figures of the letter came in, with its claims and the targets of the programme."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import partial

from vpt_regio.demo import figures, people, world
from vpt_regio.demo.agenda import Step
from vpt_regio.domain.indicator_codes import Qualifier
from vpt_regio.models.figures import FigureCategory, FigurePeriod, FigureSet
from vpt_regio.queries.programmes import get_programme
from vpt_regio.services.figure_claims import ClaimContent, create_claim
from vpt_regio.services.figure_deliveries import FigureEntry, deliver
from vpt_regio.services.figures import CategoryEntry, PeriodEntry, create_set
from vpt_regio.services.targets import TargetInput, add_target


def steps() -> Iterator[Step]:
    """Yield the steps, the day after the letter."""
    for facts in figures.SETS:
        yield Step(figures.RECORDED_ON, partial(_set, facts))
    for target, start in figures.TARGETS:
        yield Step(figures.RECORDED_ON, partial(_target, target, start))


def _set(facts: figures.SetFacts) -> None:
    officer = world.person(people.OFFICER)
    made = create_set(
        get_programme(),
        code=facts.code,
        title=facts.title,
        unit=facts.unit,
        description=facts.description,
        total_code=facts.total_code,
        categories=[
            CategoryEntry(row.name, part_of=row.part_of, adds_up=row.adds_up) for row in facts.rows
        ],
        periods=[
            PeriodEntry(column.label, starts_on=column.starts_on, ends_on=column.ends_on)
            for column in facts.columns
        ],
        actor=officer,
    )
    deliver(
        made,
        source=facts.source,
        cutoff_on=facts.cutoff_on,
        entries=list(_entries(made, facts)),
        scope_note=facts.scope_note,
        actor=officer,
    )
    for claim in facts.claims:
        create_claim(made, _claim(made, claim, facts.source), actor=officer)


def _entries(made: FigureSet, facts: figures.SetFacts) -> Iterator[FigureEntry]:
    for row in facts.rows:
        for column, number in zip(facts.columns, row.figures, strict=True):
            category, period = _find(made, (row.name, column.label))
            yield FigureEntry(
                category.id,
                period.id,
                Decimal(number),
                facts.qualifier,
                printed=f"ruim {number}" if facts.qualifier is Qualifier.MORE_THAN else "",
            )


def _claim(made: FigureSet, claim: figures.ClaimFacts, source: str) -> ClaimContent:
    places = (_find(made, place) for place in claim.places)
    return ClaimContent(
        subject=claim.subject,
        kind=claim.kind,
        operands=[(category.id, period.id) for category, period in places],
        stated=claim.stated,
        decimals=claim.decimals,
        qualifier=claim.qualifier,
        source="" if claim.stated is None else source,
        explanation=claim.explanation,
    )


def _target(target: TargetInput, start: tuple[str, figures.Place] | None) -> None:
    if start is not None:
        code, place = start
        category, period = _find(world.figure_set(code), place)
        target = replace(target, category=category, from_period=period)
    add_target(get_programme(), target, actor=world.person(people.OFFICER))


def _find(made: FigureSet, place: figures.Place) -> tuple[FigureCategory, FigurePeriod]:
    name, label = place
    category = next(row for row in made.categories if row.name == name)
    period = next(column for column in made.periods if column.label == label)
    return category, period
