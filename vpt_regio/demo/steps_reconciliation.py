"""Fiction: a difference with the last letter that is explained; others still wait."""

from collections.abc import Iterator
from datetime import date

from vpt_regio.demo import people, world
from vpt_regio.demo.agenda import Step
from vpt_regio.domain.half_year_codes import KeyFigure
from vpt_regio.services.reconciliation import explain

EXPLAINED_ON = date(2012, 7, 13)
EXPLAINED_REGIONS = ("amsterdam-amstelland", "groningen")


def steps() -> Iterator[Step]:
    """Yield the steps."""
    yield Step(EXPLAINED_ON, _explain)


def _explain() -> None:
    for code in EXPLAINED_REGIONS:
        explain(
            world.period("2012-1"),
            world.region(code),
            KeyFigure.COVENANT_END,
            explanation="Voorbeeld: de einddatum kwam na de vorige brief in het register.",
            actor=world.person(people.OFFICER),
        )
