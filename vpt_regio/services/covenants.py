"""Covenants: drafting, signing, and taking over those of earlier years."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import null
from sqlalchemy.orm.attributes import flag_modified

from vpt_regio import clock, policies
from vpt_regio.domain.enums import (
    FUNDING_LABELS,
    AmendmentKind,
    FundingInstrument,
    PartyRole,
)
from vpt_regio.domain.fuzzy_date import UNKNOWN_WORDS, FuzzyDate, Precision
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.covenants import COVENANT, AmendmentStatus, CovenantStatus
from vpt_regio.errors import DomainError, Invalid, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.audit import AuditEntry, TransitionRecord
from vpt_regio.models.covenants import (
    DEFAULT_ADVANCE_CENTS,
    DEFAULT_HOURS_PER_WEEK,
    Covenant,
    CovenantAmendment,
    CovenantParty,
    CovenantRegion,
)
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Programme
from vpt_regio.models.regions import Region
from vpt_regio.queries.covenants import in_force_on
from vpt_regio.services import audit, transitions
from vpt_regio.services import covenant_checks as checks
from vpt_regio.services.covenant_checks import Party, day_in_words


def create_covenant(
    programme: Programme,
    *,
    number: str,
    title: str,
    regions: Sequence[Region],
    counterparties: Sequence[Party] = (),
    minister_signatory: str = "",
    advance_cents: int = DEFAULT_ADVANCE_CENTS,
    min_hours_per_week: int = DEFAULT_HOURS_PER_WEEK,
    original_end_on: date | None = None,
    plan_due_on: date | None = None,
    funding: FundingInstrument = FundingInstrument.UNKNOWN,
    actor: Person,
) -> Covenant:
    """Draft a covenant of the minister with one or more regions; return it."""
    role = policies.require(actor, Permission.COVENANT_MANAGE, programme)
    policies.require_moving(*regions)
    covenant = Covenant(programme_id=programme.id, status=CovenantStatus.DRAFT)
    values = {
        "number": number,
        "title": title,
        "advance_cents": advance_cents,
        "min_hours_per_week": min_hours_per_week,
        "original_end_on": original_end_on,
        "plan_due_on": plan_due_on,
        "funding": funding,
    }
    raise_all(checks.draft_errors(covenant, regions, counterparties, values))
    _set_values(covenant, values)
    _set_regions(covenant, regions)
    _set_parties(covenant, programme.minister_title, minister_signatory, counterparties)
    db.session.add(covenant)
    db.session.flush()
    audit.record("covenant.created", covenant, actor=actor, role=role, details=_details(covenant))
    return covenant


def edit_covenant(
    covenant: Covenant,
    *,
    number: str,
    title: str,
    regions: Sequence[Region],
    counterparties: Sequence[Party],
    minister_signatory: str,
    advance_cents: int,
    min_hours_per_week: int,
    original_end_on: date | None,
    plan_due_on: date | None,
    funding: FundingInstrument = FundingInstrument.UNKNOWN,
    actor: Person,
    expected_version: int | None = None,
) -> None:
    """Change a draft; raises WrongState once it is signed."""
    role = policies.require(actor, Permission.COVENANT_MANAGE, covenant)
    transitions.check_version(covenant, expected_version)
    require_draft(covenant)
    values = {
        "number": number,
        "title": title,
        "advance_cents": advance_cents,
        "min_hours_per_week": min_hours_per_week,
        "original_end_on": original_end_on,
        "plan_due_on": plan_due_on,
        "funding": funding,
    }
    raise_all(checks.draft_errors(covenant, regions, counterparties, values))
    before = _details(covenant)
    _set_values(covenant, values)
    _set_regions(covenant, regions)
    _set_parties(covenant, _minister_of(covenant), minister_signatory, counterparties)
    # parties and regions stand in tables of their own: the covenant counts as changed with them
    flag_modified(covenant, "updated_at")
    db.session.flush()
    details = {"before": before, "after": _details(covenant)}
    audit.record("covenant.changed", covenant, actor=actor, role=role, details=details)


def sign_covenant(
    covenant: Covenant,
    *,
    signed_on: date | None,
    actor: Person,
    expected_version: int | None = None,
) -> TransitionRecord:
    """Record the signature: the covenant enters into force on that day and is read-only since."""
    # the guards look at the date of the record; it must not reach the database before they agree
    with db.session.no_autoflush:
        if covenant.status is CovenantStatus.DRAFT:
            covenant.signed_on = signed_on
        return transitions.apply(
            covenant,
            "sign",
            workflow=COVENANT,
            actor=actor,
            inputs={"signed_on": signed_on},
            effective_on=signed_on,
            expected_version=expected_version,
        )


def record_funding(
    covenant: Covenant,
    *,
    funding: FundingInstrument,
    actor: Person,
    expected_version: int | None = None,
) -> None:
    """Record how the money of a signed covenant is given, once: as long as that is not known."""
    role = policies.require(actor, Permission.COVENANT_MANAGE, covenant)
    transitions.check_version(covenant, expected_version)
    raise_all(checks.funding_errors(covenant, funding))
    covenant.funding = funding
    db.session.flush()
    details = {"funding": FUNDING_LABELS[funding]}
    audit.record("covenant.funding_recorded", covenant, actor=actor, role=role, details=details)


def import_historic_covenant(
    programme: Programme,
    *,
    number: str,
    title: str,
    regions: Sequence[Region],
    signed: FuzzyDate | None,
    end: FuzzyDate | None,
    advance_cents: int | None,
    min_hours_per_week: int | None,
    parties: Sequence[Party],
    status: CovenantStatus,
    source: str,
    plan_due_on: date | None = None,
    actor: Person,
) -> Covenant:
    """Take over a covenant of earlier years as far as its source knows it.

    What the source leaves out stays unknown: a missing date is marked so, an amount stays None.
    """
    role = policies.require(actor, Permission.COVENANT_MANAGE, programme)
    if status in (CovenantStatus.DRAFT, CovenantStatus.EXPIRED):
        raise Invalid(N_("Neem alleen een ondertekend convenant over."), field="status")
    raise_all(checks.number_errors(programme.id, number) + checks.at_least_one(regions))
    covenant = Covenant(
        programme_id=programme.id,
        number=number,
        title=title,
        status=status,
        advance_cents=_or_null(advance_cents),
        min_hours_per_week=_or_null(min_hours_per_week),
        plan_due_on=plan_due_on,
        source=source,
        parties=[_party(party) for party in parties],
        **_fuzzy_columns("signed", signed),
        **_fuzzy_columns("original_end", end),
    )
    _set_regions(covenant, regions)
    db.session.add(covenant)
    db.session.flush()
    _record_import(covenant, actor=actor, role=role)
    return covenant


def import_historic_amendment(
    covenant: Covenant,
    *,
    kind: AmendmentKind,
    signed: FuzzyDate | None,
    new_end: FuzzyDate | None = None,
    amount_cents: int | None = None,
    reason: str,
    actor: Person,
) -> CovenantAmendment:
    """Take over an extension or a supplement of earlier years; the original values stay."""
    role = policies.require(actor, Permission.COVENANT_MANAGE, covenant)
    raise_all(checks.amendment_errors(covenant, kind, new_end, amount_cents, reason))
    is_extension = kind is AmendmentKind.EXTENSION
    amendment = CovenantAmendment(
        covenant=covenant,
        kind=kind,
        status=AmendmentStatus.SIGNED,
        amount_cents=None if is_extension else amount_cents,
        reason=reason,
        **_fuzzy_columns("signed", signed),
        **(_fuzzy_columns("new_end", new_end) if is_extension else {}),
    )
    db.session.add(amendment)
    db.session.flush()
    details = {
        "kind": kind,
        "signed": signed.display() if signed else None,
        "new_end": new_end.display() if new_end else None,
        "amount_cents": amount_cents,
        "note": reason,
    }
    audit.record("covenant.amendment_imported", covenant, actor=actor, role=role, details=details)
    return amendment


def require_in_force(covenant: Covenant, day: date) -> list[DomainError]:
    """Return why nothing may be decided under a covenant on a day; nothing when it is in force."""
    if in_force_on(covenant, day):
        return []
    if covenant.status is CovenantStatus.DRAFT:
        reason = WrongState(
            N_("Het convenant %(number)s is nog niet ondertekend."),
            params={"number": covenant.number},
        )
    elif covenant.signed_on is not None and day < covenant.signed_on:
        reason = WrongState(
            N_("Het convenant %(number)s is pas op %(day)s ondertekend."),
            params={"number": covenant.number, "day": day_in_words(covenant.signed_on)},
        )
    else:
        reason = _is_over(covenant)
    return [reason]


def _is_over(covenant: Covenant) -> WrongState:
    last_day = covenant.last_day
    params = {"number": covenant.number, "day": day_in_words(last_day) if last_day else ""}
    if covenant.status is CovenantStatus.TERMINATED and covenant.ended_on is None:
        return WrongState(N_("Het convenant %(number)s is voortijdig beëindigd."), params=params)
    messages = {
        CovenantStatus.IN_FORCE: N_(
            "Het convenant %(number)s liep tot en met %(day)s. Leg eerst een verlenging vast."
        ),
        CovenantStatus.TERMINATED: N_(
            "Het convenant %(number)s is voortijdig beëindigd. De laatste dag was %(day)s."
        ),
        CovenantStatus.CLOSED: N_(
            "Het convenant %(number)s liep tot en met %(day)s en is afgesloten."
        ),
    }
    return WrongState(messages[covenant.status], params=params)


def require_draft(covenant: Covenant) -> None:
    """Raise WrongState when the covenant is signed: it never changes after that."""
    if covenant.status is not CovenantStatus.DRAFT:
        raise WrongState(
            N_(
                "Dit convenant is ondertekend en verandert niet meer."
                " Een andere einddatum of een ander bedrag vraagt om een ondertekende wijziging."
            )
        )


def _minister_of(covenant: Covenant) -> str:
    return next(party.name for party in covenant.parties if party.role is PartyRole.MINISTER)


def _set_values(covenant: Covenant, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(covenant, name, value)


def _set_regions(covenant: Covenant, regions: Sequence[Region]) -> None:
    """Keep the shares that stay, so that a region never has two at once."""
    kept = [share for share in covenant.shares if share.region in regions]
    known = {share.region for share in kept}
    added = [CovenantRegion(region=region) for region in regions if region not in known]
    covenant.shares = kept + added


def _set_parties(
    covenant: Covenant, minister: str, signatory: str, counterparties: Sequence[Party]
) -> None:
    everyone = [Party(minister, signatory, PartyRole.MINISTER), *counterparties]
    covenant.parties = [_party(party) for party in everyone]


def _party(party: Party) -> CovenantParty:
    return CovenantParty(role=party.role, name=party.name, signatory=party.signatory)


def _fuzzy_columns(name: str, value: FuzzyDate | None) -> dict[str, Any]:
    """Return the three columns of a vague date; None is written down as not in the source."""
    known = value or FuzzyDate(None, Precision.UNKNOWN, UNKNOWN_WORDS)
    return {
        f"{name}_on": known.on,
        f"{name}_precision": str(known.precision),
        f"{name}_words": known.words or known.display(),
    }


def _or_null(value: int | None) -> Any:
    """Return SQL's NULL for None: a bare None would become the default of the column."""
    return null() if value is None else value


def _record_import(covenant: Covenant, *, actor: Person, role: str) -> None:
    """Write down the steps that led to the present state, on the days that are known."""
    details = {**_details(covenant), "status": covenant.status, "source": covenant.source}
    entry = audit.record("covenant.imported", covenant, actor=actor, role=role, details=details)
    in_force_from = covenant.signed_on or clock.today()
    steps = [(CovenantStatus.DRAFT, CovenantStatus.IN_FORCE, in_force_from)]
    if covenant.status is not CovenantStatus.IN_FORCE:
        steps.append(
            (CovenantStatus.IN_FORCE, covenant.status, covenant.latest_end_on or clock.today())
        )
    for step in steps:
        _record_imported_step(covenant, step, actor=actor, role=role, entry=entry)


def _record_imported_step(
    covenant: Covenant,
    step: tuple[CovenantStatus, CovenantStatus, date],
    *,
    actor: Person,
    role: str,
    entry: AuditEntry,
) -> None:
    before, after, effective_on = step
    db.session.add(
        TransitionRecord(
            workflow=COVENANT.code,
            subject_id=covenant.id,
            transition="imported",
            from_state=str(before),
            to_state=str(after),
            effective_on=effective_on,
            at=entry.at,
            actor_id=actor.id,
            actor_role=role,
            audit_seq=entry.seq,
        )
    )
    db.session.flush()


def _details(covenant: Covenant) -> dict[str, Any]:
    return {
        "number": covenant.number,
        "title": covenant.title,
        "regions": [region.code for region in covenant.regions],
        "parties": [[party.role, party.name, party.signatory] for party in covenant.parties],
        "signed": covenant.signed.display() if covenant.signed else None,
        "end": covenant.original_end.display() if covenant.original_end else None,
        "advance_cents": covenant.advance_cents,
        "min_hours_per_week": covenant.min_hours_per_week,
        "plan_due_on": covenant.plan_due_on,
        "funding": covenant.funding,
    }
