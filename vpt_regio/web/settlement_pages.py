"""What the pages about a settlement and a recovery share: reasons, facts, rows of tables."""

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.domain.subsidy_codes import FinalReportStatus, PilotStatus, ProposalKind
from vpt_regio.domain.workflows.pilots import PILOT_FINAL_REPORT
from vpt_regio.models.decisions import DecisionKind
from vpt_regio.models.pilots import Pilot, PilotPayment
from vpt_regio.queries.settlements import (
    RecoveryState,
    asks_report,
    decisions_of,
    settlement_due_on,
    standing_decision,
)
from vpt_regio.services.recoveries import demand_problems
from vpt_regio.services.settlements import proposing_problems
from vpt_regio.web.filters import day, euro, long_day
from vpt_regio.web.i18n import label, message_of

Row = tuple[str, Any]


@dataclass(frozen=True)
class RecoveryView:
    """A recovery as its page shows it."""

    id: int
    title: str
    facts: list[Row]
    receipts: list[list[Any]]
    may_receive: bool
    may_cancel: bool


def money_rows(pilot: Pilot) -> list[Row]:
    """Return how the money of a pilot stands: to the cent what is due, paid and still open."""
    money = pilot.money
    if money is None:
        return []
    rows: list[Row] = [(_("Toegekend"), euro(money.granted_cents))]
    if money.settled_cents is not None:
        rows.append((_("Vastgesteld"), euro(money.settled_cents)))
    if pilot.revoked_on is not None:
        rows.append((_("Ingetrokken op"), long_day(pilot.revoked_on)))
    rows += [
        (_("Betaald"), euro(money.paid_cents)),
        (_("Terugbetaald"), euro(money.recovered_cents)),
    ]
    barred = pilot.barred_cents_on(clock.today())
    if barred:
        rows.append((_("Niet meer terug te vorderen"), euro(barred)))
    elif money.to_recover_cents:
        rows.append((_("Nog terug te betalen"), euro(money.to_recover_cents)))
    else:
        rows.append((_("Nog te betalen"), euro(money.payable_cents)))
    return rows


def barred_words(pilot: Pilot) -> str:
    """Return what can no longer be claimed back, and since when; empty when there is none."""
    cents, last_day = pilot.barred_cents_on(clock.today()), pilot.claimable_until
    if not cents or last_day is None:
        return ""
    words = _(
        "De ontvanger heeft %(amount)s te veel. Terugvorderen kon tot en met %(day)s, dus dit"
        " bedrag is verjaard. Het blijft in de optelling staan.",
        amount=euro(cents),
        day=long_day(last_day),
    )
    if pilot.status is PilotStatus.CLOSED:
        return words
    return f"{words} {_('De pilot kan wel worden afgesloten.')}"


def anew_lines(pilot: Pilot) -> list[str]:
    """Return that a decision will take the place of the standing settlement, if there is one."""
    standing = standing_decision(pilot, DecisionKind.SUBSIDY_SETTLED)
    if standing is None or pilot.settled_cents is None:
        return []
    return [
        _(
            "De subsidie is vastgesteld op %(amount)s met besluit %(reference)s van %(day)s."
            " Het nieuwe besluit komt daarvoor in de plaats.",
            amount=euro(standing.amount_cents),
            reference=standing.reference,
            day=long_day(standing.decided_on),
        ),
        _(
            "Wat de ontvanger moet terugbetalen of nog krijgt, volgt uit het nieuwe bedrag."
            " Loopt er een terugvordering die nu te hoog is? Die vervalt, en er komt zo nodig een"
            " lagere voor in de plaats."
        ),
    ]


def proposing_lines(pilot: Pilot, kind: ProposalKind) -> list[str]:
    """Return why nothing can be proposed now."""
    return [message_of(problem) for problem in proposing_problems(pilot, kind)]


def report_lines(pilot: Pilot) -> list[str]:
    """Return what the final report asks for before a settlement is proposed."""
    status = pilot.final_report.status if pilot.final_report else None
    if status is FinalReportStatus.SUBMITTED:
        return [_("Het eindverslag is nog niet beoordeeld. Neem het aan of stuur het terug.")]
    if status is FinalReportStatus.ACCEPTED:
        return []
    if asks_report(pilot):
        return [_("Er is nog geen aangenomen eindverslag. Zonder verslag stelt u ambtshalve vast.")]
    return [_("Bij dit bedrag hoeft de ontvanger geen eindverslag in te dienen.")]


def settlement_facts(pilot: Pilot) -> list[Row]:
    """Return when the settlement was asked for, until when to decide, and on what."""
    report = pilot.final_report
    due_on = settlement_due_on(pilot)
    requested = pilot.settlement_requested_on
    return [
        (
            _("Eindverslag"),
            label(PILOT_FINAL_REPORT.state(report.status).label) if report else _("nog niet"),
        ),
        (_("Vaststelling gevraagd op"), long_day(requested) if requested else _("nog niet")),
        (
            _("Uiterlijk te beslissen op"),
            _due_cell(due_on) if due_on else _("er loopt geen termijn"),
        ),
    ]


def decision_rows(pilot: Pilot) -> list[list[Any]]:
    """Return the decisions on a pilot, newest first: reference, what, when, by whom."""
    return [
        [
            {
                "text": one.reference,
                "url": url_for("decisions.show", decision_id=one.id),
            },
            day(one.decided_on),
            one.decided_by.name,
            euro(one.amount_cents),
        ]
        for one in decisions_of(pilot)
    ]


def demand_reason(pilot: Pilot) -> str:
    """Return why nothing can be claimed back now; empty when it can, or when a claim stands."""
    problems = [one for one in demand_problems(pilot) if one.code != "demanded_already"]
    return " ".join(message_of(problem) for problem in problems)


def may_demand(pilot: Pilot) -> bool:
    return not demand_problems(pilot)


def recovery_view(state: RecoveryState) -> RecoveryView:
    """Return a recovery with its terms, what came in, and what may be done with it."""
    recovery = state.recovery
    facts: list[Row] = [
        (_("Stand"), _standing(state)),
        (
            _("Volgt uit besluit"),
            {
                "text": recovery.decision.reference,
                "url": url_for("decisions.show", decision_id=recovery.decision_id),
            },
        ),
        (_("Teruggevorderd"), euro(recovery.amount_cents)),
        (_("Ontvangen"), euro(state.received_cents)),
        (_("Nog te ontvangen"), euro(state.left_cents)),
        (_("Te betalen tot en met"), long_day(recovery.due_on)),
        (_("Verjaart na"), long_day(recovery.expires_on)),
    ]
    if recovery.cancelled_on is not None:
        facts.append((_("Vervallen op"), long_day(recovery.cancelled_on)))
        facts.append((_("Reden"), recovery.cancel_reason))
    is_closed = recovery.pilot.status is PilotStatus.CLOSED
    is_standing = recovery.cancelled_on is None and not is_closed
    return RecoveryView(
        id=recovery.id,
        title=_("Terugvordering van %(day)s", day=long_day(recovery.demanded_on)),
        facts=facts,
        receipts=[_receipt_row(row) for row in state.receipts],
        may_receive=is_standing and state.left_cents > 0,
        may_cancel=is_standing and not state.is_complete,
    )


def _standing(state: RecoveryState) -> dict[str, str]:
    if state.is_complete:
        return {"text": _("helemaal terugbetaald"), "badge": "success"}
    if state.recovery.cancelled_on is not None:
        return {"text": _("vervallen"), "badge": "inactive"}
    if state.left_cents == 0:
        return {"text": _("niets meer terug te betalen"), "badge": "success"}
    if clock.today() > state.recovery.expires_on:
        return {"text": _("verjaard"), "badge": "inactive"}
    if state.is_overdue(clock.today()):
        return {"text": _("te laat"), "badge": "danger"}
    return {"text": _("wacht op betaling"), "badge": "active"}


def _receipt_row(row: PilotPayment) -> list[Any]:
    """Return a booking; its own page tells how to correct it."""
    url = url_for("pilot_money.correct", pilot_id=row.pilot_id, pilot_payment_id=row.id)
    return [
        day(row.paid_on),
        {"text": row.reference, "url": url, "note": row.reason},
        row.recorded_by.name,
        euro(row.amount_cents),
    ]


def _due_cell(due_on: Any) -> Any:
    if clock.today() <= due_on:
        return long_day(due_on)
    return {"text": long_day(due_on), "note": _("De termijn is voorbij.")}
