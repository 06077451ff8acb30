"""How the half-year of the letter was frozen, and once more with what belongs to no region."""

from collections.abc import Iterator
from datetime import date

from vpt_regio.demo import people, world
from vpt_regio.demo.agenda import Step
from vpt_regio.services.freeze import freeze
from vpt_regio.services.reopenings import reopen

PERIOD = "2011-2"
FROZEN_ON = date(2012, 2, 9)
REOPENED_ON = date(2012, 3, 12)
FROZEN_AGAIN_ON = date(2012, 3, 14)
REASON = (
    "Voorbeeld: de pilots en de cijferreeksen van de brief waren nog niet ingevoerd toen het"
    " halfjaar is vastgezet."
)


def steps() -> Iterator[Step]:
    """Yield the steps; the letter of 15 March cites the second version."""
    yield Step(FROZEN_ON, _freeze)
    yield Step(REOPENED_ON, _reopen)
    yield Step(FROZEN_AGAIN_ON, _freeze)


def _freeze() -> None:
    freeze(world.period(PERIOD), actor=world.person(people.OFFICER))


def _reopen() -> None:
    reopen(
        world.period(PERIOD),
        reason=REASON,
        expires_on=FROZEN_AGAIN_ON,
        actor=world.person(people.OFFICER),
    )
