"""The final account of a region: writing, submitting, returning and accepting it."""

from datetime import date

from vpt_regio import clock, policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.covenant_money import Position
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflow import Guard
from vpt_regio.domain.workflows.covenants import FINAL_ACCOUNT, CovenantStatus, FinalAccountStatus
from vpt_regio.errors import DomainError, Invalid, NotAllowed, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.covenant_money import FinalAccount
from vpt_regio.models.covenants import Covenant
from vpt_regio.models.people import Person
from vpt_regio.models.regions import Region
from vpt_regio.queries.covenant_money import (
    asks_final_account,
    has_run_out,
    money_of,
    share_regions,
)
from vpt_regio.queries.final_accounts import (
    AccountPlace,
    find_account,
    is_handed_in,
    is_stated,
    is_writable,
    writable_from,
)
from vpt_regio.queries.history import has_done
from vpt_regio.services import account_notices as notices
from vpt_regio.services import audit, transitions
from vpt_regio.services.covenant_checks import day_in_words

EDITABLE = (FinalAccountStatus.DRAFT, FinalAccountStatus.RETURNED)
WRITING_ACTIONS = ("final_account.changed", "final_account.submit")


def start_account(covenant: Covenant, *, region: Region, actor: Person) -> FinalAccount:
    """Begin the final account of a region, or return the one there is.

    Raises NotAllowed or WrongState: it can be written from 30 days before the last day on.
    """
    place = AccountPlace(covenant, region, None)
    role = policies.require(actor, Permission.FINAL_ACCOUNT_SUBMIT, place)
    existing = find_account(covenant, region)
    if existing is not None:
        return existing
    raise_all(start_problems(covenant))
    account = FinalAccount(covenant=covenant, region=region, author=actor)
    db.session.add(account)
    db.session.flush()
    audit.record("final_account.started", account, actor=actor, role=role)
    return account


def start_problems(covenant: Covenant) -> list[DomainError]:
    """Return why no final account can be begun under a covenant today; nothing when it can."""
    if not asks_final_account(covenant):
        return [
            WrongState(
                N_(
                    "Dit is een specifieke uitkering. De regio verantwoordt het geld bij de"
                    " jaarrekening en schrijft geen eindverantwoording."
                )
            )
        ]
    if is_writable(covenant):
        return []
    since = writable_from(covenant)
    if since is None:
        return [WrongState(N_("Van dit convenant is geen einddatum bekend."))]
    if since <= clock.today():
        return [WrongState(N_("Dit convenant is al afgesloten."))]
    message = N_("De eindverantwoording kan vanaf %(day)s: 30 dagen voor de laatste dag.")
    return [WrongState(message, params={"day": day_in_words(since)})]


def edit_account(
    account: FinalAccount,
    *,
    results: str,
    explanation: str,
    actor: Person,
    expected_version: int | None = None,
) -> FinalAccount:
    """Save what was written so far; a draft may be incomplete."""
    role = policies.require(actor, Permission.FINAL_ACCOUNT_SUBMIT, account)
    transitions.check_version(account, expected_version)
    if account.status not in EDITABLE:
        state = FINAL_ACCOUNT.state(account.status).label
        message = N_("De eindverantwoording is ‘%(state)s’ en kan nu niet worden gewijzigd.")
        raise WrongState(message, params={"state": state})
    texts = {"results": results.strip(), "explanation": explanation.strip()}
    changed = [name for name, text in texts.items() if getattr(account, name) != text]
    for name in changed:
        setattr(account, name, texts[name])
    if changed:
        db.session.flush()
        details = {"fields": changed}
        audit.record("final_account.changed", account, actor=actor, role=role, details=details)
    return account


def submit_account(
    account: FinalAccount, *, actor: Person, expected_version: int | None = None
) -> None:
    """Hand a complete account in; its amounts are kept as they are at that moment."""
    _check(account, "submit", actor, expected_version)
    position = position_of(account)
    with db.session.no_autoflush:
        account.received_cents = position.paid
        account.spent_cents = position.spent
        account.unspent_cents = position.unspent
        account.submitted_by, account.submitted_on = actor, clock.today()
        amounts = {
            "received_cents": position.paid,
            "spent_cents": position.spent,
            "unspent_cents": position.unspent,
        }
        transitions.apply(account, "submit", workflow=FINAL_ACCOUNT, actor=actor, inputs=amounts)
    notices.tell_submitted(account, actor=actor)


def withdraw_account(
    account: FinalAccount, *, actor: Person, expected_version: int | None = None
) -> None:
    """Make a submitted account a draft again; its amounts are counted anew."""
    transitions.apply(
        account,
        "withdraw",
        workflow=FINAL_ACCOUNT,
        actor=actor,
        expected_version=expected_version,
    )
    _reopen(account)
    notices.tell_withdrawn(account, actor=actor)


def return_account(
    account: FinalAccount, *, note: str, actor: Person, expected_version: int | None = None
) -> None:
    """Send a submitted account back to the region, with what has to be better."""
    text = note.strip()
    transitions.apply(
        account,
        "return",
        workflow=FINAL_ACCOUNT,
        actor=actor,
        inputs={"note": text},
        expected_version=expected_version,
    )
    account.return_note = text
    _reopen(account)
    notices.tell_returned(account, actor=actor)


def accept_account(
    account: FinalAccount, *, actor: Person, expected_version: int | None = None
) -> None:
    """Accept a submitted account: what is unspent is to be paid back from then on.

    Raises NotAllowed for who wrote or submitted it, WrongState when amounts changed since.
    """
    _check(account, "accept", actor, expected_version)
    _require_same_amounts(account)
    with db.session.no_autoflush:
        account.accepted_by, account.accepted_on = actor, clock.today()
        transitions.apply(account, "accept", workflow=FINAL_ACCOUNT, actor=actor)
    notices.tell_accepted(account, actor=actor)


def position_of(account: FinalAccount) -> Position:
    """Return how the region of an account stands now, by its payments and bookings."""
    return money_of(account.covenant).regions[account.region.id]


def gaps_of(account: FinalAccount) -> list[DomainError]:
    """Return everything that keeps an account from being submitted, each at its field."""
    errors: list[DomainError] = []
    if not has_run_out(account.covenant):
        day = account.covenant.last_day
        message = N_("Indienen kan vanaf de laatste dag van het convenant: %(day)s.")
        params = {"day": day_in_words(day) if day else "?"}
        errors.append(Invalid(message, params=params))
    if not account.results:
        errors.append(Invalid(N_("Beschrijf de resultaten."), field="results"))
    position = position_of(account)
    if not account.explanation and position.unspent:
        message = N_("Niet al het geld is besteed. Leg uit waarom.")
        errors.append(Invalid(message, field="explanation"))
    if not account.explanation and position.is_overspent:
        message = N_("Er is meer besteed dan er beschikbaar was. Leg uit waarom.")
        errors.append(Invalid(message, field="explanation"))
    return errors


def require_account_open(covenant: Covenant, region: Region, *, booked_on: date) -> None:
    """Raise WrongState for a booking under a covenant that the region accounted for already.

    What a successor books counts for all that went up in it, so each of these must be open.
    """
    params = {"number": covenant.number, "year": str(booked_on.year)}
    if covenant.status is CovenantStatus.CLOSED:
        message = N_(
            "Convenant %(number)s is afgesloten."
            " Daarom kan hier niets meer worden geboekt of gecorrigeerd."
        )
        raise WrongState(message, params=params)
    region_ids = share_regions(covenant, region.id)
    if is_handed_in(covenant, region_ids):
        message = N_(
            "De eindverantwoording over convenant %(number)s is ingediend."
            " Daarom kan hier niets meer worden geboekt of gecorrigeerd."
        )
        raise WrongState(message, params=params)
    if is_stated(covenant, region_ids, booked_on.year):
        message = N_(
            "Over %(year)s is het geld van convenant %(number)s al verantwoord bij de jaarrekening."
            " Boek dit in een later jaar en noem de echte datum in de omschrijving."
        )
        raise WrongState(message, params=params)


@transitions.guard(FINAL_ACCOUNT, Guard.COMPLETE)
def _is_complete(account: FinalAccount, _actor: Person) -> list[DomainError]:
    return gaps_of(account)


@transitions.guard(FINAL_ACCOUNT, Guard.NOT_AUTHOR)
def _is_not_author(account: FinalAccount, actor: Person) -> list[DomainError]:
    wrote = actor.id in (account.author_id, account.submitted_by_id)
    if not wrote and not has_done(actor, WRITING_ACTIONS, account):
        return []
    message = N_(
        "U hebt deze eindverantwoording zelf geschreven of ingediend."
        " Een andere accountmanager moet die aannemen."
    )
    return [NotAllowed(message)]


def _check(account: FinalAccount, code: str, actor: Person, expected_version: int | None) -> None:
    """Check right, version and state before anything of the record is set."""
    step = FINAL_ACCOUNT.transition(code)
    policies.require(actor, step.permission, account)
    transitions.check_version(account, expected_version)
    transitions.check_state(account, step, FINAL_ACCOUNT)


def _reopen(account: FinalAccount) -> None:
    account.submitted_by, account.submitted_on = None, None
    account.received_cents = account.spent_cents = account.unspent_cents = None
    db.session.flush()


def _require_same_amounts(account: FinalAccount) -> None:
    now = position_of(account)
    kept = (account.received_cents, account.spent_cents, account.unspent_cents)
    if kept == (now.paid, now.spent, now.unspent):
        return
    raise WrongState(
        N_(
            "Na het indienen zijn er betalingen bij gekomen of gecorrigeerd. Stuur de"
            " eindverantwoording terug, zodat de bedragen weer kloppen."
        )
    )
