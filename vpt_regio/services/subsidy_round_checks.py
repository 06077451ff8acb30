"""What a subsidy round must answer to: when it is written, opened, changed and finished."""

from dataclasses import asdict, dataclass

from vpt_regio import clock
from vpt_regio.domain.fuzzy_date import FuzzyDate
from vpt_regio.domain.rules.subsidy_outcomes import PENDING
from vpt_regio.domain.rules.subsidy_terms import COMPLETION_DAYS, DECISION_DAYS, SETTLEMENT_DAYS
from vpt_regio.domain.rules.subsidy_window import Window
from vpt_regio.domain.subsidy_codes import RoundStatus
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflow import Guard
from vpt_regio.domain.workflows.subsidies import SUBSIDY_ROUND
from vpt_regio.errors import DomainError, Invalid, WrongState
from vpt_regio.models.people import Person
from vpt_regio.models.subsidies import SubsidyRound
from vpt_regio.queries.subsidy_outcomes import meter_on, outcomes_on
from vpt_regio.queries.subsidy_rounds import state_of, window_of
from vpt_regio.services import transitions

LONGEST_TERM = 3660


@dataclass(frozen=True)
class RoundData:
    """What a round is; the days may be vague while it is planned, amounts are cents."""

    name: str
    opens: FuzzyDate | None = None
    closes: FuzzyDate | None = None
    closing_inclusive: bool = True
    ceiling_cents: int | None = None
    decision_days: int = DECISION_DAYS
    completion_days: int = COMPLETION_DAYS
    settlement_days: int = SETTLEMENT_DAYS
    conditions: str = ""
    source: str = ""

    @property
    def days(self) -> dict[str, FuzzyDate | None]:
        return {"opens": self.opens, "closes": self.closes}


@dataclass(frozen=True)
class Unlisted:
    """What a source tells beyond the applications that are listed; None is not known."""

    applications: int | None = 0
    granted: int | None = 0
    granted_cents: int | None = None


@transitions.guard(SUBSIDY_ROUND, Guard.COMPLETE)
def _is_complete(in_round: SubsidyRound, _actor: Person) -> list[DomainError]:
    errors: list[DomainError] = []
    scheme = in_round.scheme
    if not scheme.legal_basis and not scheme.is_incidental:
        errors.append(
            Invalid(
                N_(
                    "De regeling heeft geen wettelijke grondslag."
                    " Vul die in, of geef aan dat het om incidentele subsidies gaat."
                )
            )
        )
    if scheme.is_incidental and scheme.starts_on is None:
        errors.append(
            Invalid(
                N_(
                    "Vul bij de regeling de eerste dag in:"
                    " incidentele subsidies mogen hoogstens vier jaar duren."
                )
            )
        )
    window = window_of(in_round)
    if window is None:
        message = N_("Vul de eerste en de laatste dag van de ronde precies in.")
        errors.append(Invalid(message))
    elif window.is_closed(clock.now()):
        errors.append(Invalid(N_("De laatste dag van de ronde is al voorbij.")))
    return errors


@transitions.guard(SUBSIDY_ROUND, Guard.WINDOW_CLOSED)
def _is_closed(in_round: SubsidyRound, _actor: Person) -> list[DomainError]:
    if state_of(in_round) is RoundStatus.CLOSED:
        return []
    window = window_of(in_round)
    return [
        Invalid(
            N_("De ronde is nog open. Aanvragen kan tot en met %(day)s."),
            params={"day": window.last_day.strftime("%d-%m-%Y") if window else "?"},
        )
    ]


@transitions.guard(SUBSIDY_ROUND, Guard.ALL_DECIDED)
def _is_decided(in_round: SubsidyRound, _actor: Person) -> list[DomainError]:
    outcomes = outcomes_on(clock.today(), rounds=[in_round])[in_round.id]
    waiting = [str(one.application.number) for one in outcomes if one.status in PENDING]
    if not waiting:
        return []
    return [
        Invalid(
            N_("Er is nog niet beslist over aanvraag %(numbers)s."),
            params={"numbers": ", ".join(waiting)},
        )
    ]


def shape_errors(data: RoundData) -> list[DomainError]:
    errors: list[DomainError] = []
    if not data.name:
        errors.append(Invalid(N_("Vul de naam van de ronde in."), field="name"))
    errors += _window_errors(data)
    if data.ceiling_cents is not None and data.ceiling_cents <= 0:
        message = N_("Het plafond moet hoger zijn dan € 0. Laat het leeg als er geen plafond is.")
        errors.append(Invalid(message, field="ceiling_cents"))
    for name in ("decision_days", "completion_days", "settlement_days"):
        if not 0 < getattr(data, name) <= LONGEST_TERM:
            message = N_("Vul een aantal dagen in van 1 tot en met %(most)s.")
            errors.append(Invalid(message, field=name, params={"most": LONGEST_TERM}))
    return errors


def _window_errors(data: RoundData) -> list[DomainError]:
    opens, closes = data.opens, data.closes
    if opens is None or closes is None or opens.on is None or closes.on is None:
        return []
    if opens.is_exact and closes.is_exact:
        try:
            Window(opens.on, closes.on, data.closing_inclusive)
        except ValueError:
            message = N_("Tussen de eerste dag en de sluitingsdag kan niemand aanvragen.")
            return [Invalid(message, field="closes")]
        return []
    if closes.on < opens.on:
        message = N_("De sluitingsdag kan niet vóór de eerste dag liggen.")
        return [Invalid(message, field="closes")]
    return []


def promise_errors(in_round: SubsidyRound, before: RoundData, data: RoundData) -> list[DomainError]:
    """Return what may not change any more in a round that was announced."""
    errors: list[DomainError] = _window_promises(in_round, data)
    for name in ("decision_days", "completion_days", "settlement_days"):
        if getattr(data, name) != getattr(before, name):
            message = N_("De ronde is bekendgemaakt. Deze termijn verandert niet meer.")
            errors.append(Invalid(message, field=name))
    granted = meter_on(clock.today(), in_round).granted_cents
    if data.ceiling_cents is not None and data.ceiling_cents < granted:
        message = N_("Er is al meer toegekend dan dit plafond.")
        errors.append(Invalid(message, field="ceiling_cents"))
    return errors


def _window_promises(in_round: SubsidyRound, data: RoundData) -> list[DomainError]:
    old, now = _require_open(in_round), clock.now()
    exact = [day.on for day in (data.opens, data.closes) if day and day.is_exact and day.on]
    if len(exact) < len(data.days):
        message = N_("Een open ronde heeft een precieze eerste dag en sluitingsdag.")
        return [Invalid(message, field="closes")]
    new = Window(exact[0], exact[1], data.closing_inclusive)
    errors: list[DomainError] = []
    if new.opens_on != old.opens_on and (not old.is_too_early(now) or new.opens_on > old.opens_on):
        message = N_("De ronde is bekendgemaakt. De eerste dag wordt niet meer later.")
        if not old.is_too_early(now):
            message = N_("De eerste dag is al geweest en verandert niet meer.")
        errors.append(Invalid(message, field="opens"))
    if new.end != old.end and old.is_closed(now):
        message = N_("De ronde is gesloten. De sluitingsdag verandert niet meer.")
        errors.append(Invalid(message, field="closes"))
    elif new.end < old.end:
        message = N_("De ronde is bekendgemaakt. De sluitingsdag kan alleen later worden.")
        errors.append(Invalid(message, field="closes"))
    return errors


def source_errors(source: str) -> list[DomainError]:
    if source:
        return []
    return [Invalid(N_("Vul in uit welke bron deze aantallen komen."), field="source")]


def unlisted_errors(unlisted: Unlisted) -> list[DomainError]:
    errors: list[DomainError] = [
        Invalid(N_("Vul een aantal van 0 of meer in, of laat het leeg."), field=name)
        for name, value in asdict(unlisted).items()
        if value is not None and value < 0
    ]
    more, granted = unlisted.applications, unlisted.granted
    if more is not None and granted is not None and granted > more:
        message = N_("Er kunnen niet meer aanvragen zijn toegekend dan er zijn gedaan.")
        errors.append(Invalid(message, field="granted"))
    if granted == 0 and unlisted.granted_cents:
        message = N_("Zonder toegekende aanvragen is er ook geen bedrag.")
        errors.append(Invalid(message, field="granted_cents"))
    return errors


def _require_open(in_round: SubsidyRound) -> Window:
    """Return the window of a round that was announced; raises WrongState for any other."""
    window = window_of(in_round)
    if in_round.status is not RoundStatus.OPEN or window is None:
        raise WrongState(
            N_("Deze ronde is %(state)s. Er kan niet worden aangevraagd."),
            params={"state": SUBSIDY_ROUND.state(state_of(in_round)).label},
        )
    return window
