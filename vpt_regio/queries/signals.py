"""What asks for attention, each with the rule and the data that raised it and the next step."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from vpt_regio.domain.fuzzy_date import format_dutch_date
from vpt_regio.domain.money import format_euro_sentence
from vpt_regio.domain.percentages import round_half_up
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.covenant_clock import ClockSignal, clock_signal, days_left
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.domain.workflows.covenants import CovenantStatus
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.policies import visible_regions
from vpt_regio.queries.agreement_signals import agreement_signals
from vpt_regio.queries.agreement_values import AgreementStanding, standings
from vpt_regio.queries.hold_signals import hold_signals
from vpt_regio.queries.overview import RegionRow, current_period, region_rows
from vpt_regio.queries.signal import SIGNAL_LABELS, Severity, Signal, SignalKind
from vpt_regio.queries.subsidy_signals import subsidy_signals
from vpt_regio.queries.subsidy_watch import SubsidyWatch, watch_subsidies
from vpt_regio.standing import Standing, standing

REVIEW_DAYS = 14

__all__ = ["SIGNAL_LABELS", "Severity", "Signal", "SignalKind", "list_signals", "signals_of"]


@dataclass(frozen=True)
class _Situation:
    """One region on one day."""

    row: RegionRow
    period: ReportingPeriod | None
    today: date

    @property
    def is_active(self) -> bool:
        return self.row.status is RegionStatus.ACTIVE

    @property
    def runs(self) -> bool:
        """Whether the region is active under a covenant in force."""
        return self.is_active and self.row.covenant_status is CovenantStatus.IN_FORCE


def list_signals(person: Person, today: date, limit: int | None = None) -> list[Signal]:
    """Return what asks for attention in the regions whose details a person may see."""
    programme, period = current_period(today)
    rows = region_rows(person, period, today, programme_id=programme.id)
    visible = visible_regions(person, Permission.CONTRACT_VIEW)
    agreements = standings(as_of=today, region_ids=visible)
    subsidies = watch_subsidies(person, programme.id)
    return signals_of(rows, period, today, standing(), agreements, subsidies=subsidies)[:limit]


def signals_of(
    rows: Iterable[RegionRow],
    period: ReportingPeriod | None,
    today: date,
    stands: Standing | None = None,
    agreements: Iterable[AgreementStanding] = (),
    *,
    subsidies: SubsidyWatch | None = None,
) -> list[Signal]:
    """Return the signals of these rows, their holds, agreements and subsidies; most important
    first."""
    shown = [row for row in rows if row.sees_details]
    found = [
        signal
        for row in shown
        for check in _CHECKS
        for signal in check(_Situation(row, period, today))
    ]
    if stands is not None:
        found += [signal for row in shown for signal in hold_signals(row, stands, today)]
        found += agreement_signals(shown, agreements, stands, today)
    if subsidies is not None:
        found += subsidy_signals(shown, subsidies, today)
    kinds = list(SignalKind)
    return sorted(found, key=lambda s: (-s.severity, kinds.index(s.kind), -s.days, s.place))


_CLOCK_SEVERITY = {
    ClockSignal.WITHIN_180_DAYS: Severity.LOW,
    ClockSignal.WITHIN_90_DAYS: Severity.MEDIUM,
    ClockSignal.WITHIN_30_DAYS: Severity.HIGH,
    ClockSignal.EXPIRED: Severity.HIGH,
}

_CLOCK_TEXTS = {
    SignalKind.COVENANT_EXPIRED: (
        N_("Een actieve regio heeft een convenant dat van kracht is."),
        N_("Convenant %(number)s eindigde op %(end)s, %(days)s dagen geleden."),
        N_("Convenant %(number)s liep tot %(end)s."),
        N_("Sluit een nieuw convenant, of leg vast dat de regio stopt of zelf verdergaat."),
    ),
    SignalKind.COVENANT_ENDS: (
        N_("Een signaal komt 180, 90 en 30 dagen voor het einde van het convenant."),
        N_("Convenant %(number)s eindigt uiterlijk op %(end)s, over %(days)s dagen."),
        N_("Convenant %(number)s loopt tot %(end)s."),
        N_("Bespreek met de regio wat er na het convenant gebeurt."),
    ),
}
"""Rule, data for an exact end, data for a vague one (which counts no days), next step."""

_EXTENSION_DRAFTED = N_("Er ligt een verlenging in concept. Laat de minister die ondertekenen.")


def _covenant(now: _Situation) -> Iterable[Signal]:
    end = now.row.latest_end_on
    runs_or_ran = now.row.covenant_status in (CovenantStatus.IN_FORCE, CovenantStatus.EXPIRED)
    if not now.is_active or now.row.latest_end is None or end is None or not runs_or_ran:
        return
    signal = clock_signal(end, now.today)
    if signal is None:
        return
    is_past = signal is ClockSignal.EXPIRED
    kind = SignalKind.COVENANT_EXPIRED if is_past else SignalKind.COVENANT_ENDS
    rule, exact, vague, next_step = _CLOCK_TEXTS[kind]
    left = days_left(end, now.today)
    endpoint, arguments = "covenants.show", {"covenant_id": now.row.covenant_id}
    if now.row.drafted_extension_id is not None and not is_past:
        next_step, endpoint = _EXTENSION_DRAFTED, "amendments.show"
        arguments |= {"amendment_id": now.row.drafted_extension_id}
    yield Signal(
        kind,
        _CLOCK_SEVERITY[signal],
        now.row,
        rule,
        exact if now.row.latest_end.is_exact else vague,
        next_step,
        endpoint,
        arguments,
        {
            "number": str(now.row.covenant_number),
            "end": now.row.latest_end.display(),
            "days": str(abs(left)),
        },
        days=-left,
    )


def _plan_overdue(now: _Situation) -> Iterable[Signal]:
    due = now.row.plan_due_on
    is_approved = now.row.plan_status is ActionPlanStatus.APPROVED
    if not now.runs or due is None or due >= now.today or is_approved:
        return
    yield Signal(
        SignalKind.PLAN_OVERDUE,
        Severity.HIGH,
        now.row,
        N_("Op de dag die het convenant noemt, is het plan van aanpak goedgekeurd."),
        N_("Het plan moest klaar zijn op %(due)s. Er is nog geen goedgekeurd plan."),
        N_("Spreek met de projectleider af wanneer het plan komt."),
        "regions.plan",
        {"code": now.row.code},
        {"due": format_dutch_date(due)},
        days=(now.today - due).days,
    )


def _plan_waiting(now: _Situation) -> Iterable[Signal]:
    submitted_on = now.row.latest_submitted_on
    waits = now.row.latest_status in (ActionPlanStatus.SUBMITTED, ActionPlanStatus.IN_REVIEW)
    # the plan of a region that went up is in that row too
    is_own = now.row.plan_region_id == now.row.region_id
    if not waits or submitted_on is None or not is_own:
        return
    days = (now.today - submitted_on).days
    if days <= REVIEW_DAYS:
        return
    yield Signal(
        SignalKind.PLAN_WAITING,
        Severity.MEDIUM,
        now.row,
        N_("Een ingediend plan wacht hoogstens twee weken op de accountmanager."),
        N_("Versie %(version)s is ingediend op %(day)s, %(days)s dagen geleden."),
        N_("Beoordeel het plan: stuur het terug of stel het voorlopig vast."),
        "plan_reviews.show",
        {"plan_id": now.row.plan_id},
        {
            "version": str(now.row.latest_version_no),
            "day": format_dutch_date(submitted_on),
            "days": str(days),
        },
        days=days,
    )


def _activities(now: _Situation) -> Iterable[Signal]:
    """An early end leaves activities of a plan that was handed in before outside the covenant."""
    end, until = now.row.latest_end, now.row.activities_until
    is_handed_in = now.row.plan_status not in (None, ActionPlanStatus.DRAFT)
    if not now.is_active or not is_handed_in or until is None or end is None or end.on is None:
        return
    if not end.is_exact or until <= end.on:
        return
    yield Signal(
        SignalKind.ACTIVITIES_AFTER_END,
        Severity.MEDIUM,
        now.row,
        N_("De activiteiten van het plan vallen binnen de looptijd van het convenant."),
        N_("De laatste activiteit loopt tot %(until)s. Het convenant eindigt op %(end)s."),
        N_("Spreek af welke activiteiten vervallen of eerder klaar zijn, en pas het plan aan."),
        "action_plans.show",
        {"plan_id": now.row.plan_id},
        {"until": format_dutch_date(until), "end": end.display()},
        days=(until - end.on).days,
    )


_HOURS_RULE = N_(
    "De projectleider werkt gemiddeld over vier weken minstens de uren van het convenant."
)
_FORECAST_RULE = N_("Een halfjaar komt met de aanstellingen die er zijn uit op de norm.")
_HOURS_DATA = {
    (True, False, False): N_(
        "Gemiddeld %(average)s uur per week in de laatste vier weken. De norm is %(norm)s uur."
    ),
    (True, True, False): N_(
        "Gemiddeld %(average)s uur per week in de laatste vier weken. De norm is %(norm)s uur."
        " Het halfjaar komt naar verwachting uit op %(forecast)s van %(total)s uur."
    ),
    (True, True, True): N_(
        "Gemiddeld %(average)s uur per week in de laatste vier weken. De norm is %(norm)s uur."
        " Het halfjaar komt naar verwachting uit op %(forecast)s van %(total)s uur."
        " Weken zonder projectleider: %(weeks)s."
    ),
    (False, True, False): N_(
        "Het halfjaar komt naar verwachting uit op %(forecast)s van %(total)s uur."
    ),
    (False, True, True): N_(
        "Het halfjaar komt naar verwachting uit op %(forecast)s van %(total)s uur."
        " Weken zonder projectleider: %(weeks)s."
    ),
}
"""What is said, by: below the average, short at the end, with weeks without a leader."""


def _hours(now: _Situation) -> Iterable[Signal]:
    row, norm, average = now.row, now.row.recent_norm, now.row.recent_hours
    if not now.runs:
        return
    is_below = norm is not None and average is not None and average < norm
    falls_short = (
        row.hours_norm is not None
        and row.hours_forecast is not None
        and row.hours_forecast < row.hours_norm
    )
    if not is_below and not falls_short:
        return
    yield Signal(
        SignalKind.HOURS_BELOW_NORM,
        Severity.MEDIUM if is_below else Severity.LOW,
        row,
        _HOURS_RULE if is_below else _FORECAST_RULE,
        _HOURS_DATA[(is_below, falls_short, falls_short and row.weeks_without_leader > 0)],
        N_("Vraag de projectleider om de uren bij te werken, of regel vervanging."),
        "hours.index",
        {"code": row.code},
        {
            "average": _number(average or 0),
            "norm": _number(norm or 0),
            "forecast": _number(row.hours_forecast or 0),
            "total": _number(row.hours_norm or 0),
            "weeks": str(row.weeks_without_leader),
        },
    )


def _report(now: _Situation) -> Iterable[Signal]:
    is_late = now.row.report_status in (ReportStatus.LATE, ReportStatus.MISSING)
    due, period = now.row.reports_due_on, now.period
    if not is_late or period is None or due is None:
        return
    yield Signal(
        SignalKind.REPORT_LATE,
        Severity.HIGH,
        now.row,
        N_("Elke actieve regio dient haar rapportage op tijd in."),
        N_("De rapportage over %(period)s moest binnen zijn op %(due)s."),
        N_("Vraag de projectleider om de rapportage nu in te dienen."),
        "reports.show",
        {"code": period.code, "region_code": now.row.code},
        {"period": period.name, "due": format_dutch_date(due)},
        days=(now.today - due).days,
    )


def _spending(now: _Situation) -> Iterable[Signal]:
    spent, budget = now.row.spent_total_cents, now.row.budget_cents
    if spent is None or budget is None or spent <= budget:
        return
    yield Signal(
        SignalKind.SPENDING_ABOVE_PLAN,
        Severity.HIGH,
        now.row,
        N_("Een regio besteedt niet meer dan er in het plan is begroot."),
        N_("Besteed is %(spent)s. Begroot is %(budget)s."),
        N_("Bekijk de uitgaven en pas zo nodig het plan aan."),
        "expenditures.index",
        {"code": now.row.code},
        {"spent": format_euro_sentence(spent), "budget": format_euro_sentence(budget)},
    )


def _people(now: _Situation) -> Iterable[Signal]:
    if now.runs and not now.row.project_leaders:
        yield Signal(
            SignalKind.NO_PROJECT_LEADER,
            Severity.HIGH,
            now.row,
            N_("Een regio met een convenant heeft een projectleider."),
            N_("Op dit moment is er geen projectleider aangesteld."),
            N_("Stel een projectleider of een vervanger aan."),
            "appointments.index",
            {"code": now.row.code},
        )
    if now.is_active and not now.row.account_managers:
        yield Signal(
            SignalKind.NO_ACCOUNT_MANAGER,
            Severity.HIGH,
            now.row,
            N_("Een actieve regio heeft een accountmanager."),
            N_("Op dit moment heeft niemand deze rol voor de regio."),
            N_("Vraag de functioneel beheerder om een accountmanager toe te wijzen."),
            "regions.show",
            {"code": now.row.code},
        )


_CHECKS: tuple[Callable[[_Situation], Iterable[Signal]], ...] = (
    _covenant,
    _plan_overdue,
    _plan_waiting,
    _activities,
    _hours,
    _report,
    _spending,
    _people,
)


def _number(value: Any) -> str:
    text = f"{round_half_up(value, 1):f}"
    return text.removesuffix(".0").replace(".", ",")
