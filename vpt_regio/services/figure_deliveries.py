"""Figures that come in: each delivery adds what differs and leaves what was there before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select

from vpt_regio import clock, policies
from vpt_regio.domain.indicator_codes import Qualifier
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.figure_values import value_problem
from vpt_regio.domain.text import N_
from vpt_regio.errors import Conflict, DomainError, Invalid, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.figures import FigureDelivery, FigureRow, FigureSet
from vpt_regio.models.people import Person
from vpt_regio.queries.figure_tables import Figure
from vpt_regio.services import audit

STOPPED = N_("Deze cijferreeks is gestopt. Er kunnen geen cijfers meer bij.")
NOTHING_NEW = N_(
    "Deze levering verandert niets: er is geen cijfer ingevuld dat anders is dan wat er al staat."
)


@dataclass(frozen=True)
class FigureEntry:
    """A figure for one place; without a value the source says that it is not known.

    `printed` is how the source prints it, when that differs.
    """

    category_id: int
    period_id: int
    value: Decimal | None
    qualifier: Qualifier = Qualifier.EXACT
    printed: str = ""

    @property
    def place(self) -> tuple[int, int]:
        return self.category_id, self.period_id


def field_of(place: tuple[int, int]) -> str:
    """Return the name of the form field for a place: what is wrong with a figure is told there."""
    category_id, period_id = place
    return f"value_{category_id}_{period_id}"


def deliver(
    figure_set: FigureSet,
    *,
    source: str,
    cutoff_on: date,
    entries: Sequence[FigureEntry],
    actor: Person,
    scope_note: str = "",
    reason: str = "",
    file_name: str = "",
    sha256: str = "",
    seen_number: int | None = None,
) -> FigureDelivery:
    """Add the figures that differ from the present ones; refuse a delivery without any.

    A place that has a figure gets a next revision, for which a reason is required.
    `seen_number` is the last delivery that the person saw (0: none); raises Conflict when
    another one came in since.
    """
    role = policies.require(actor, Permission.FIGURE_MANAGE, figure_set)
    # two deliveries at once would give out the same revision
    db.session.execute(select(FigureSet.id).where(FigureSet.id == figure_set.id).with_for_update())
    last = _last_number(figure_set)
    if seen_number is not None and seen_number != last:
        raise Conflict(
            N_("Intussen is er een andere levering bij gekomen. Bekijk de cijfers en kies opnieuw.")
        )
    if figure_set.retired_on is not None:
        raise WrongState(STOPPED)
    present = _present(figure_set)
    raise_all(_heading_errors(source, cutoff_on) + _entry_errors(figure_set, entries))
    new = [entry for entry in entries if differs(entry, present.get(entry.place))]
    raise_all(_change_errors(new, present, reason))
    delivery = FigureDelivery(
        figure_set=figure_set,
        number=last + 1,
        source=source,
        cutoff_on=cutoff_on,
        scope_note=scope_note,
        reason=reason,
        file_name=file_name,
        sha256=sha256,
        recorded_by=actor,
        recorded_on=clock.today(),
    )
    delivery.rows = [_row(entry, present.get(entry.place)) for entry in new]
    db.session.add(delivery)
    db.session.flush()
    details = {
        "number": delivery.number,
        "source": source,
        "cutoff_on": cutoff_on,
        "figures": len(new),
        "revised": sum(entry.place in present for entry in new),
        "note": reason,
    }
    audit.record("figure_set.delivered", figure_set, actor=actor, role=role, details=details)
    return delivery


def _last_number(figure_set: FigureSet) -> int:
    query = select(func.max(FigureDelivery.number)).where(
        FigureDelivery.figure_set_id == figure_set.id
    )
    return db.session.scalar(query) or 0


def _present(figure_set: FigureSet) -> dict[tuple[int, int], FigureRow]:
    """Return the last revision of every place."""
    query = (
        select(FigureRow)
        .join(FigureRow.delivery)
        .where(FigureDelivery.figure_set_id == figure_set.id)
        .order_by(FigureRow.revision_no)
    )
    return {(row.category_id, row.period_id): row for row in db.session.scalars(query)}


def differs(entry: FigureEntry, row: FigureRow | Figure | None) -> bool:
    """Tell whether an entry says something else than the present figure of its place."""
    if row is None or (entry.value, entry.qualifier) != (row.value, row.qualifier):
        return True
    return bool(entry.printed) and entry.printed != row.printed


def _row(entry: FigureEntry, before: FigureRow | None) -> FigureRow:
    return FigureRow(
        category_id=entry.category_id,
        period_id=entry.period_id,
        revision_no=before.revision_no + 1 if before else 1,
        value=entry.value,
        qualifier=entry.qualifier,
        printed=entry.printed,
    )


def _heading_errors(source: str, cutoff_on: date) -> list[DomainError]:
    errors: list[DomainError] = []
    if not source.strip():
        errors.append(Invalid(N_("Vul in uit welke bron de cijfers komen."), field="source"))
    if cutoff_on > clock.today():
        errors.append(Invalid(N_("De peildatum ligt in de toekomst."), field="cutoff_on"))
    return errors


def _entry_errors(figure_set: FigureSet, entries: Iterable[FigureEntry]) -> list[DomainError]:
    categories = {category.id for category in figure_set.categories}
    periods = {period.id for period in figure_set.periods}
    errors: list[DomainError] = []
    seen: set[tuple[int, int]] = set()
    for entry in entries:
        if entry.category_id not in categories or entry.period_id not in periods:
            errors.append(Invalid(N_("Deze plaats hoort niet bij deze cijferreeks.")))
            continue
        field = field_of(entry.place)
        if entry.place in seen:
            errors.append(Invalid(N_("Voor deze plaats staan er twee cijfers."), field=field))
        seen.add(entry.place)
        errors += _value_errors(figure_set, entry, field)
    return errors


def _value_errors(figure_set: FigureSet, entry: FigureEntry, field: str) -> list[DomainError]:
    if entry.value is None:
        return []
    problem = value_problem(entry.value, figure_set.unit, figure_set.decimals)
    return [Invalid(problem.message, field=field, params=problem.params)] if problem else []


def _change_errors(
    new: Sequence[FigureEntry], present: dict[tuple[int, int], FigureRow], reason: str
) -> list[DomainError]:
    if not new:
        return [Invalid(NOTHING_NEW)]
    if any(entry.place in present for entry in new) and not reason.strip():
        return [
            Invalid(
                N_(
                    "Vul in waarom cijfers veranderen. Er staat al een cijfer op een plaats"
                    " die u invult."
                ),
                field="reason",
            )
        ]
    return []
