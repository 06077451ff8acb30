"""The targets of the programme: adding, changing and removing them, each with its source."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from vpt_regio import policies
from vpt_regio.domain.indicator_codes import ChangeKind, Direction
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.figure_values import LARGEST
from vpt_regio.domain.rules.targets import UNFIT_UNIT, fits
from vpt_regio.domain.text import N_
from vpt_regio.errors import DomainError, Invalid, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.figures import FigureCategory, FigurePeriod, ProgrammeTarget
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Programme
from vpt_regio.services import audit, transitions


@dataclass(frozen=True)
class TargetInput:
    """What somebody fills in about a target; `change` is signed: a fall of a quarter is −25."""

    name: str
    subject: str
    change: Decimal
    change_kind: ChangeKind
    direction: Direction
    source: str
    starts_on: date | None = None
    ends_on: date | None = None
    period_words: str = ""
    explanation: str = ""
    category: FigureCategory | None = None
    from_period: FigurePeriod | None = None


def add_target(programme: Programme, target: TargetInput, *, actor: Person) -> ProgrammeTarget:
    """Add a target beside the others; raises NotAllowed, or every reason together."""
    role = policies.require(actor, Permission.FIGURE_MANAGE, programme)
    raise_all(_problems(target))
    made = ProgrammeTarget(programme_id=programme.id, **vars(target))
    db.session.add(made)
    db.session.flush()
    details = {"name": made.name, "after": _values(made)}
    audit.record("target.added", made, actor=actor, role=role, details=details)
    return made


def edit_target(
    made: ProgrammeTarget,
    target: TargetInput,
    *,
    actor: Person,
    expected_version: int | None = None,
) -> ProgrammeTarget:
    """Change a target; what it said before stays in the audit record. Raises as `add_target`."""
    role = policies.require(actor, Permission.FIGURE_MANAGE, made)
    transitions.check_version(made, expected_version)
    raise_all(_problems(target))
    before = _values(made)
    for name, value in vars(target).items():
        setattr(made, name, value)
    db.session.flush()
    details = {"name": made.name, "before": before, "after": _values(made)}
    audit.record("target.changed", made, actor=actor, role=role, details=details)
    return made


def remove_target(
    made: ProgrammeTarget, *, actor: Person, expected_version: int | None = None
) -> None:
    """Take a target away that was entered by mistake; the audit record keeps what it said."""
    role = policies.require(actor, Permission.FIGURE_MANAGE, made)
    transitions.check_version(made, expected_version)
    details = {"name": made.name, "before": _values(made)}
    audit.record("target.removed", made, actor=actor, role=role, details=details)
    db.session.delete(made)
    db.session.flush()


def _values(made: ProgrammeTarget) -> dict[str, Any]:
    values = {name: getattr(made, name) for name in TargetInput.__dataclass_fields__}
    return values | {
        "change": f"{made.change:f}",
        "category": made.category.name if made.category else None,
        "from_period": made.from_period.label if made.from_period else None,
    }


def _problems(target: TargetInput) -> list[DomainError]:
    required = {
        "name": (target.name, N_("Vul een naam in.")),
        "subject": (target.subject, N_("Vul in wat er moet veranderen.")),
        "source": (target.source, N_("Vul de bron van het doel in.")),
    }
    errors: list[DomainError] = [
        Invalid(message, field=field)
        for field, (text, message) in required.items()
        if not text.strip()
    ]
    return errors + _change_problems(target) + _day_problems(target) + _figure_problems(target)


def _change_problems(target: TargetInput) -> list[DomainError]:
    is_up = target.direction is Direction.UP
    if target.change == 0:
        return [Invalid(N_("Een doel zonder verandering is geen doel."), field="change")]
    if abs(target.change) >= LARGEST:
        return [Invalid(N_("Dit getal is te groot."), field="change")]
    if (target.change > 0) is not is_up:
        message = N_(
            "De verandering en de richting spreken elkaar tegen: een daling is een getal onder nul."
        )
        return [Invalid(message, field="change")]
    return []


def _day_problems(target: TargetInput) -> list[DomainError]:
    if target.starts_on and target.ends_on and target.starts_on >= target.ends_on:
        return [Invalid(N_("De laatste dag moet na de eerste dag liggen."), field="ends_on")]
    return []


def _figure_problems(target: TargetInput) -> list[DomainError]:
    category, period = target.category, target.from_period
    if category is None and period is None:
        return []
    if category is None or period is None:
        message = N_(
            "Kies een cijfer én de periode waarmee het vergelijken begint, of geen van beide."
        )
        return [Invalid(message, field="from_period" if category else "category")]
    if category.figure_set_id != period.figure_set_id:
        message = N_("Deze periode hoort bij een andere cijferreeks.")
        return [Invalid(message, field="from_period")]
    if not fits(target.change_kind, category.figure_set.unit):
        return [Invalid(UNFIT_UNIT, field="change_kind")]
    return []
