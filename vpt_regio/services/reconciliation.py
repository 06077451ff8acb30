"""Explaining why a half-year does not open as the last letter closed."""

from vpt_regio import clock, policies
from vpt_regio.domain.half_year_codes import KEY_FIGURE_LABELS, KeyFigure
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.errors import Invalid, PeriodFrozen, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.board import ReconciliationNote
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.regions import Region
from vpt_regio.queries.reconciliation import Gap, note_of, row_of
from vpt_regio.services import audit, transitions
from vpt_regio.services.plan_parts import cleaned

EXPLANATION_LIMIT = 2_000  # characters


def explain(
    period: ReportingPeriod,
    region: Region,
    key_figure: KeyFigure,
    *,
    explanation: str,
    actor: Person,
    expected_version: int | None = None,
) -> ReconciliationNote:
    """Write down why a figure opens otherwise than the last letter closed, or put that right.

    The letter goes out with these words. Raises NotAllowed, Conflict, PeriodFrozen, WrongState
    when there is no difference, or Invalid without an explanation.
    """
    role = policies.require(actor, Permission.PERIOD_RECONCILE, period)
    gap = Gap(period, region, key_figure)
    _require_difference(gap)
    words = cleaned(explanation, field="explanation", maximum=EXPLANATION_LIMIT)
    if not words:
        raise Invalid(N_("Leg uit waar het verschil vandaan komt."), field="explanation")
    note = note_of(gap)
    if note is None:
        note = ReconciliationNote(period=period, region=region, key_figure=key_figure)
        db.session.add(note)
    else:
        transitions.check_version(note, expected_version)
    before = note.explanation or ""
    note.explanation = words
    note.written_by, note.written_on = actor, clock.today()
    db.session.flush()
    details = {
        "region": region.name,
        "figure": KEY_FIGURE_LABELS[key_figure],
        "note": words,
        "before": before,
    }
    audit.record("period.difference_explained", period, actor=actor, role=role, details=details)
    return note


def _require_difference(gap: Gap) -> None:
    if not gap.is_open:
        raise PeriodFrozen(
            N_("Dit halfjaar is vastgezet. De uitleg van verschillen verandert niet meer."),
            field="explanation",
        )
    row = row_of(gap)
    if row is None or not row.must_explain:
        raise WrongState(
            N_("Dit cijfer opent zoals de vorige brief sloot. Er valt niets uit te leggen."),
            field="explanation",
        )
