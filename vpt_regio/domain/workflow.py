"""The vocabulary in which a life cycle is declared, and the check on each declaration.

A workflow is data: buttons, tags, filters, diagrams and the column check follow from it.
Services implement the guards and collect the inputs; nothing here touches a record.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_


class Tone(StrEnum):
    """The colour family of a state's tag; never the only carrier of meaning."""

    NEUTRAL = "neutral"
    ACTIVE = "active"
    SUCCESS = "success"
    WARNING = "warning"
    DANGER = "danger"
    INACTIVE = "inactive"


class Guard(StrEnum):
    """Conditions on a transition that services check against the record."""

    COMPLETE = "complete"
    IN_FORCE = "in_force"
    NOT_AUTHOR = "not_author"
    VALID_MANDATE = "valid_mandate"
    SUFFICIENCY_FILLED = "sufficiency_filled"
    DUTIES_SCORED = "duties_scored"
    HAS_REMARK = "has_remark"
    DATES_VALID = "dates_valid"
    PARTIES_COMPLETE = "parties_complete"
    RAG_EXPLAINED = "rag_explained"
    ONE_COLLECTING = "one_collecting"
    NO_OPEN_MUST = "no_open_must"
    NEWEST_VERSION = "newest_version"
    ACCOUNTS_SETTLED = "accounts_settled"
    NO_FROZEN_PERIOD = "no_frozen_period"
    ALL_SIGNED = "all_signed"
    END_VALUES = "end_values"
    WINDOW_OPEN = "window_open"
    WINDOW_CLOSED = "window_closed"
    ALL_DECIDED = "all_decided"
    ASKED_ONCE = "asked_once"
    WITHIN_TERM = "within_term"
    TERM_PASSED = "term_passed"
    PROPOSED = "proposed"
    WITHIN_CEILING = "within_ceiling"
    WITHIN_FIVE_YEARS = "within_five_years"
    NOTHING_PAID = "nothing_paid"
    MONEY_EVEN = "money_even"
    OUTCOME_KNOWN = "outcome_known"
    ALL_REPORTED = "all_reported"
    DIFFERENCES_EXPLAINED = "differences_explained"
    LETTER_REGISTERED = "letter_registered"
    STILL_DRAFT = "still_draft"
    ANSWERED_BY_LETTER = "answered_by_letter"


GUARD_LABELS: dict[Guard, str] = {
    Guard.COMPLETE: N_("Alle verplichte onderdelen zijn ingevuld."),
    Guard.IN_FORCE: N_("Het convenant is van kracht."),
    Guard.NOT_AUTHOR: N_("De beslisser heeft het stuk niet zelf geschreven."),
    Guard.VALID_MANDATE: N_("De beslisser heeft een geldig mandaat."),
    Guard.SUFFICIENCY_FILLED: N_("De toets op toereikendheid is ingevuld."),
    Guard.DUTIES_SCORED: N_("Alle punten waarop wordt toegezien hebben een oordeel."),
    Guard.HAS_REMARK: N_("Er is minstens één opmerking gemaakt."),
    Guard.DATES_VALID: N_("De einddatum ligt na de datum van ondertekening."),
    Guard.PARTIES_COMPLETE: N_("De minister en minstens één wederpartij zijn vastgelegd."),
    Guard.RAG_EXPLAINED: N_("Het oordeel is ingevuld en toegelicht."),
    Guard.ONE_COLLECTING: N_("Er is geen ander halfjaar waarvoor de uitvraag loopt."),
    Guard.NO_OPEN_MUST: N_("Er staat geen opmerking meer open die opgelost moet zijn."),
    Guard.NEWEST_VERSION: N_("Er is geen nieuwere versie van het plan."),
    Guard.ACCOUNTS_SETTLED: N_("De eindverantwoording is aangenomen en het geld is verrekend."),
    Guard.NO_FROZEN_PERIOD: N_("Er is sindsdien geen halfjaar vastgezet."),
    Guard.ALL_SIGNED: N_("Elke partij heeft getekend."),
    Guard.END_VALUES: N_("Elke afspraak heeft een eindwaarde of een reden waarom die ontbreekt."),
    Guard.WINDOW_OPEN: N_("De ronde is open."),
    Guard.WINDOW_CLOSED: N_("De ronde is gesloten."),
    Guard.ALL_DECIDED: N_("Over elke aanvraag is beslist."),
    Guard.ASKED_ONCE: N_("Er is nog niet eerder om een aanvulling gevraagd."),
    Guard.WITHIN_TERM: N_("De termijn voor de aanvulling is niet voorbij."),
    Guard.TERM_PASSED: N_("Er loopt geen termijn voor een aanvulling."),
    Guard.PROPOSED: N_("Er ligt een voorstel voor dit besluit."),
    Guard.WITHIN_CEILING: N_("De toekenning past binnen het subsidieplafond."),
    Guard.WITHIN_FIVE_YEARS: N_("De vaststelling is niet langer dan vijf jaar geleden."),
    Guard.NOTHING_PAID: N_("Er is nog niets betaald."),
    Guard.MONEY_EVEN: N_("Er is niets meer te betalen of terug te krijgen."),
    Guard.OUTCOME_KNOWN: N_("De uitkomst van de pilot is vastgelegd."),
    Guard.ALL_REPORTED: N_("Van elke regio is de rapportage aangenomen of haar gemis uitgelegd."),
    Guard.DIFFERENCES_EXPLAINED: N_("Elk verschil met de vorige brief is uitgelegd."),
    Guard.LETTER_REGISTERED: N_("De brief over dit halfjaar is geregistreerd."),
    Guard.STILL_DRAFT: N_("De rapportage is nog een concept, of teruggestuurd."),
    Guard.ANSWERED_BY_LETTER: N_("Er is een brief aangewezen die de toezegging afdoet."),
}
"""The condition as a Dutch sentence that is true when the guard is met."""


class Input(StrEnum):
    """What a person must supply to make a transition."""

    NOTE = "note"
    SIGNED_ON = "signed_on"


INPUT_LABELS: dict[Input, str] = {
    Input.NOTE: N_("Toelichting"),
    Input.SIGNED_ON: N_("Datum van ondertekening"),
}


@dataclass(frozen=True)
class State:
    """One state of a life cycle.

    ``is_final``: no transition leaves it. ``is_derived``: it follows from dates and is never
    stored. ``is_imported``: a record may begin in it, although no transition leads to it.
    """

    code: str
    label: str
    tone: Tone
    is_final: bool = False
    is_derived: bool = False
    is_imported: bool = False


@dataclass(frozen=True)
class Transition:
    """One step between two stored states.

    ``label`` is the button; ``done`` the sentence in the history, with ``{actor}`` in it.
    ``is_decision``: a decision record is made. ``is_effect``: the step follows from another
    one, so it has no button.
    """

    code: str
    label: str
    sources: tuple[str, ...]
    target: str
    permission: Permission
    guards: tuple[Guard, ...] = ()
    requires: tuple[Input, ...] = ()
    done: str = ""
    is_decision: bool = False
    is_effect: bool = False


@dataclass(frozen=True)
class Derivation:
    """How a derived state appears: ``source`` is a stored state, or None while no row exists."""

    source: str | None
    target: str
    when: str


@dataclass(frozen=True)
class Workflow:
    """A life cycle; construction raises ``ValueError`` when the declaration contradicts itself."""

    code: str
    label: str
    initial: str
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
    derivations: tuple[Derivation, ...] = ()

    def __post_init__(self) -> None:
        for problem in self._problems():
            raise ValueError(f"{self.code}: {problem}")

    def state(self, code: str) -> State:
        """Return a state, stored or derived; raises ``KeyError`` when there is none."""
        for state in self.states:
            if state.code == code:
                return state
        raise KeyError(code)

    def transition(self, code: str) -> Transition:
        """Return a transition; raises ``KeyError`` when there is none."""
        for transition in self.transitions:
            if transition.code == code:
                return transition
        raise KeyError(code)

    def transitions_from(self, code: str) -> tuple[Transition, ...]:
        """Return the transitions that may leave a state, effects included, as declared."""
        return tuple(step for step in self.transitions if code in step.sources)

    def stored_states(self) -> tuple[str, ...]:
        """Return the codes that a row may hold, for the column's check."""
        return tuple(str(state.code) for state in self.states if not state.is_derived)

    def labels(self) -> dict[str, str]:
        """Return code → Dutch label of every state, stored and derived."""
        return {str(state.code): state.label for state in self.states}

    def _problems(self) -> Iterable[str]:
        yield from self._naming_problems()
        yield from self._transition_problems()
        yield from self._derivation_problems()
        yield from self._reach_problems()

    def _naming_problems(self) -> Iterable[str]:
        for code in _duplicates(state.code for state in self.states):
            yield f"duplicate state {code}"
        for code in _duplicates(step.code for step in self.transitions):
            yield f"duplicate transition {code}"
        if self.initial not in self.stored_states():
            yield f"unknown initial state {self.initial}"

    def _transition_problems(self) -> Iterable[str]:
        stored = self.stored_states()
        for step in self.transitions:
            for code in (*step.sources, step.target):
                if code not in stored:
                    yield f"transition {step.code} uses unknown state {code}"
            if not step.sources:
                yield f"transition {step.code} has no source"
            if "{actor}" not in step.done:
                yield f"transition {step.code} does not name its actor in the history"

    def _derivation_problems(self) -> Iterable[str]:
        stored = self.stored_states()
        derived = {state.code for state in self.states if state.is_derived}
        for rule in self.derivations:
            if rule.target not in derived:
                yield f"derivation leads to {rule.target}, which is not a derived state"
            if rule.source is not None and rule.source not in stored:
                yield f"derivation starts from unknown state {rule.source}"
        for code in sorted(derived - {rule.target for rule in self.derivations}):
            yield f"derived state {code} has no derivation"

    def _reach_problems(self) -> Iterable[str]:
        reachable = self._reachable()
        derived_exits = {rule.source for rule in self.derivations}
        for state in self.states:
            if state.is_derived:
                continue
            if state.code not in reachable and not state.is_imported:
                yield f"state {state.code} cannot be reached"
            has_exit = bool(self.transitions_from(state.code))
            if state.is_final and has_exit:
                yield f"final state {state.code} has an exit"
            if not state.is_final and not has_exit and state.code not in derived_exits:
                yield f"state {state.code} has no exit and is not final"

    def _reachable(self) -> set[str]:
        found = {self.initial, *(state.code for state in self.states if state.is_imported)}
        waiting = sorted(found)
        while waiting:
            for step in self.transitions_from(waiting.pop()):
                if step.target not in found:
                    found.add(step.target)
                    waiting.append(step.target)
        return found


def _duplicates(codes: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    twice: list[str] = []
    for code in codes:
        if code in seen:
            twice.append(code)
        seen.add(code)
    return twice
