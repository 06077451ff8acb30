"""Loading the demonstration programme: once, as a whole, through the services alone."""

from collections.abc import Iterator

from sqlalchemy import func, select

from vpt_regio.demo import (
    steps_annex,
    steps_board,
    steps_covenants,
    steps_figures,
    steps_foundation,
    steps_freeze,
    steps_imports,
    steps_letter_checks,
    steps_letters,
    steps_lists,
    steps_maturity,
    steps_pilots,
    steps_plans,
    steps_reconciliation,
    steps_regions,
    steps_results,
    steps_subsidies,
)
from vpt_regio.demo.agenda import Step, happen
from vpt_regio.extensions import db
from vpt_regio.models.programmes import Programme


def agenda() -> Iterator[Step]:
    """Yield everything that happened; on one day the programme comes before its regions' work."""
    # the letter about a half-year is there before the programme tells that it was sent
    yield from steps_letters.steps()
    yield from steps_foundation.steps()
    yield from steps_lists.steps()
    yield from steps_plans.steps()
    yield from steps_results.steps()
    yield from steps_maturity.steps()
    yield from steps_figures.steps()
    yield from steps_subsidies.steps()
    yield from steps_pilots.steps()
    yield from steps_regions.steps()
    yield from steps_covenants.steps()
    yield from steps_annex.steps()
    yield from steps_board.steps()
    yield from steps_imports.steps()
    yield from steps_freeze.steps()
    yield from steps_letter_checks.steps()
    yield from steps_reconciliation.steps()


def load() -> int:
    """Load the programme and return how many steps that took; 0 when there is one already.

    Call it inside a unit of work, so that a load that is broken off leaves nothing behind.
    """
    if db.session.scalar(select(func.count()).select_from(Programme)):
        return 0
    return happen(agenda())
