"""Agreements that stay behind, or are due without a value: signals of that."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from vpt_regio.domain.fuzzy_date import format_dutch_date
from vpt_regio.domain.indicator_codes import Attainment
from vpt_regio.domain.text import N_
from vpt_regio.queries.agreement_values import AgreementStanding
from vpt_regio.queries.region_row import RegionRow
from vpt_regio.queries.signal import Severity, Signal, SignalKind
from vpt_regio.queries.work_of_agreements import RUNNING, is_due_soon
from vpt_regio.standing import Standing


def agreement_signals(
    rows: Sequence[RegionRow],
    agreements: Iterable[AgreementStanding],
    stands: Standing,
    today: date,
) -> Iterable[Signal]:
    """Return a signal for each agreement that runs and stays behind or is nearly due.

    Only those of these rows count; a region stands in for what went up in it.
    """
    by_region = {row.region_id: row for row in rows}
    for one in agreements:
        row = by_region.get(stands.holder(one.region_id, today))
        runs = one.contract_status in RUNNING and one.contract_starts_on <= today
        if row is None or not runs:
            continue
        if one.attainment is Attainment.BEHIND:
            yield _behind(row, one)
        if is_due_soon(one, today):
            yield _due(row, one, today)


def _behind(row: RegionRow, one: AgreementStanding) -> Signal:
    return Signal(
        SignalKind.AGREEMENT_BEHIND,
        Severity.MEDIUM,
        row,
        N_("Een afspraak ligt op schema tussen de nulmeting en de streefwaarde."),
        N_("Afspraak %(number)s van contract %(contract)s loopt achter op schema."),
        N_("Bespreek met de partijen wat er nodig is om de streefwaarde te halen."),
        "agreements.show",
        {"agreement_id": one.id},
        _params(one),
    )


def _due(row: RegionRow, one: AgreementStanding, today: date) -> Signal:
    due_on = one.due_on or one.contract_ends_on
    return Signal(
        SignalKind.TARGET_DUE,
        Severity.LOW,
        row,
        N_("Een signaal komt 30 dagen voor de deadline als er nog geen eindwaarde is."),
        N_("De deadline van afspraak %(number)s van contract %(contract)s is %(due)s."),
        N_("Spreek af wie op de deadline meet en de meting vastlegt."),
        "agreements.show",
        {"agreement_id": one.id},
        {**_params(one), "due": format_dutch_date(due_on)},
        days=(today - due_on).days,
    )


def _params(one: AgreementStanding) -> dict[str, Any]:
    return {"number": str(one.number), "contract": one.contract_title}
