"""Subsidies that ask for attention: decisions, completions, settlements, ceilings, recoveries."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Final

from vpt_regio.domain.fuzzy_date import format_dutch_date
from vpt_regio.domain.money import format_euro_sentence
from vpt_regio.domain.subsidy_codes import ApplicationStatus
from vpt_regio.domain.text import N_
from vpt_regio.models.applications import SubsidyApplication
from vpt_regio.queries.applications import decision_due
from vpt_regio.queries.region_row import RegionRow
from vpt_regio.queries.settlements import settlement_due_on
from vpt_regio.queries.signal import Severity, Signal, SignalKind
from vpt_regio.queries.subsidy_watch import SubsidyWatch, WatchedPilot, WatchedRound

SETTLEMENT_SOON: Final = timedelta(weeks=4)
RECOVERY_SOON: Final = timedelta(days=180)
RECOVERY_NOW: Final = timedelta(days=30)
NEARLY_USED: Final = Fraction(9, 10)


def subsidy_signals(
    rows: Sequence[RegionRow], watch: SubsidyWatch, today: date
) -> Iterable[Signal]:
    """Return the signals of what a person watches, each with the row of its region.

    What lies in no region or in several has no row; only who sees the whole country gets those.
    """
    places = _Places(rows, is_national=watch.is_national)
    for in_round in watch.rounds:
        yield from _ceiling(in_round)
    for application in watch.applications:
        regions = {application.region_id} if application.region_id else set()
        for row in places.of(regions):
            yield from _application(application, row, today)
    for pilot in watch.pilots:
        for row in places.of(pilot.region_ids):
            yield from _settlement(pilot, row, today)
            yield from _recovery(pilot, row, today)


class _Places:
    """In which row a signal stands: one, none for the whole country, or nowhere."""

    def __init__(self, rows: Sequence[RegionRow], *, is_national: bool) -> None:
        # what went up in another region is in the row of that one
        self._row_of = {row.region_id: row for row in rows} | {
            member: row for row in rows for member in row.members
        }
        self._is_national = is_national

    def of(self, region_ids: Collection[int]) -> Sequence[RegionRow | None]:
        found = {
            row.region_id: row
            for region_id in sorted(region_ids)
            if (row := self._row_of.get(region_id)) is not None
        }
        if self._is_national and len(found) != 1:
            return [None]
        return list(found.values())[:1]


def _application(
    application: SubsidyApplication, row: RegionRow | None, today: date
) -> Iterable[Signal]:
    arguments = {"application_id": application.id}
    params = {"number": str(application.number), "round": application.round.name}
    due_on = application.completion_due_on
    is_incomplete = application.status is ApplicationStatus.INCOMPLETE
    if is_incomplete and due_on is not None and due_on < today:
        yield Signal(
            SignalKind.COMPLETION_OVERDUE,
            Severity.MEDIUM,
            row,
            N_("Een aanvrager vult zijn aanvraag binnen de termijn aan."),
            N_("Aanvraag %(number)s van %(round)s moest op %(due)s zijn aangevuld."),
            N_("Neem de aanvraag in behandeling zoals zij is."),
            "applications.show",
            arguments,
            {**params, "due": format_dutch_date(due_on)},
            days=(today - due_on).days,
        )
    clock = decision_due(application, today=today)
    if clock is not None and clock.is_overdue and not clock.is_paused:
        yield Signal(
            SignalKind.DECISION_OVERDUE,
            Severity.HIGH,
            row,
            N_("Op een aanvraag wordt binnen de termijn beslist."),
            N_("Over aanvraag %(number)s van %(round)s moest op %(due)s zijn beslist."),
            N_("Beslis nu, of laat de aanvrager weten dat het later wordt."),
            "applications.show",
            arguments,
            {**params, "due": format_dutch_date(clock.due_on)},
            days=(today - clock.due_on).days,
        )


def _settlement(watched: WatchedPilot, row: RegionRow | None, today: date) -> Iterable[Signal]:
    due_on = settlement_due_on(watched.pilot)
    if due_on is None or due_on - today > SETTLEMENT_SOON:
        return
    yield Signal(
        SignalKind.SETTLEMENT_DUE,
        Severity.HIGH if due_on < today else Severity.MEDIUM,
        row,
        N_("Een subsidie wordt binnen de termijn vastgesteld."),
        N_("De subsidie van pilot %(title)s moest op %(due)s zijn vastgesteld.")
        if due_on < today
        else N_("De subsidie van pilot %(title)s wordt uiterlijk op %(due)s vastgesteld."),
        N_("Stel voor op welk bedrag de subsidie wordt vastgesteld."),
        "pilots.show",
        {"pilot_id": watched.pilot.id},
        _of_pilot(watched, due=format_dutch_date(due_on)),
        days=(today - due_on).days,
    )


def _recovery(watched: WatchedPilot, row: RegionRow | None, today: date) -> Iterable[Signal]:
    last_day, to_recover = watched.pilot.claimable_until, watched.money.to_recover_cents
    if last_day is None or not to_recover:
        return
    left = last_day - today
    is_past = left < timedelta(0)
    if watched.unclaimed_cents and not is_past:
        yield _unclaimed(watched, row, last_day)
    if left > RECOVERY_SOON:
        return
    yield Signal(
        SignalKind.RECOVERY_EXPIRES,
        Severity.HIGH if left <= RECOVERY_NOW else Severity.MEDIUM,
        row,
        N_("Geld wordt teruggevorderd voordat dat niet meer mag: tot vijf jaar na het besluit."),
        N_("Van pilot %(title)s kon %(amount)s tot en met %(due)s worden teruggevorderd.")
        if is_past
        else N_("Van pilot %(title)s kan %(amount)s tot en met %(due)s worden teruggevorderd."),
        N_("Sluit de pilot af: dit bedrag kan niet meer worden teruggevorderd.")
        if is_past
        else N_("Stuur een herinnering, of leg vast waarom de terugvordering vervalt."),
        "pilots.show" if is_past else "recoveries.index",
        {"pilot_id": watched.pilot.id},
        _of_pilot(
            watched,
            due=format_dutch_date(last_day),
            amount=format_euro_sentence(to_recover),
        ),
        days=-left.days,
    )


def _unclaimed(watched: WatchedPilot, row: RegionRow | None, last_day: date) -> Signal:
    return Signal(
        SignalKind.RECOVERY_MISSING,
        Severity.MEDIUM,
        row,
        N_("Wat een ontvanger te veel heeft, wordt teruggevorderd."),
        N_("Van pilot %(title)s is %(amount)s niet teruggevorderd. Dat kan tot en met %(due)s."),
        N_("Vorder het bedrag terug."),
        "recoveries.index",
        {"pilot_id": watched.pilot.id},
        _of_pilot(
            watched,
            due=format_dutch_date(last_day),
            amount=format_euro_sentence(watched.unclaimed_cents),
        ),
    )


def _of_pilot(watched: WatchedPilot, **params: str) -> Mapping[str, Any]:
    return {"title": watched.pilot.title, **params}


def _ceiling(watched: WatchedRound) -> Iterable[Signal]:
    meter, in_round = watched.meter, watched.round
    used, left = meter.granted_share, meter.left_cents
    if used is None or left is None or used < NEARLY_USED:
        return
    yield Signal(
        SignalKind.CEILING_NEARLY_USED,
        Severity.HIGH if meter.is_over else Severity.MEDIUM,
        None,
        N_("Een signaal komt als 90% van een subsidieplafond is toegekend."),
        N_("Van %(round)s is %(granted)s van %(ceiling)s toegekend.")
        if meter.is_over
        else N_("Van %(round)s is %(granted)s van %(ceiling)s toegekend. Over is %(left)s."),
        N_("Ga na welke aanvragen nog binnen het plafond passen."),
        "subsidy_rounds.show",
        {"round_id": in_round.id},
        {
            "round": in_round.name,
            "granted": format_euro_sentence(meter.granted_cents),
            "ceiling": format_euro_sentence(meter.ceiling_cents or 0),
            "left": format_euro_sentence(left),
        },
    )
