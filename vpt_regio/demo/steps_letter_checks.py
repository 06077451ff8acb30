"""How the figures of the draft letter were checked, three weeks before it went out."""

from collections.abc import Iterator
from datetime import date

from vpt_regio.demo import people, world
from vpt_regio.demo.agenda import Step
from vpt_regio.demo.letter_draft import DRAFT
from vpt_regio.queries.snapshots import latest_snapshot
from vpt_regio.services.letter_checks import check_against_version

PERIOD = "2011-2"
CHECKED_ON = date(2012, 2, 23)


def steps() -> Iterator[Step]:
    """Yield the step; it comes after the freeze of the half-year."""
    yield Step(CHECKED_ON, _check)


def _check() -> None:
    snapshot = latest_snapshot(world.period(PERIOD))
    if snapshot is None:
        raise LookupError(f"half-year {PERIOD} was not frozen")
    officer = world.person(people.OFFICER)
    check_against_version(snapshot, DRAFT.encode(), "conceptbrief.txt", actor=officer)
