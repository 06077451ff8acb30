"""The rules that an amendment of a covenant is held against: when drafted, and when signed."""

from dataclasses import dataclass
from datetime import date

from vpt_regio import clock
from vpt_regio.domain.enums import AmendmentKind, AmendmentStatus, CovenantStatus
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflow import Guard
from vpt_regio.domain.workflows.covenants import COVENANT_AMENDMENT
from vpt_regio.errors import DomainError, Invalid, NotAllowed, WrongState
from vpt_regio.models.action_plans import SufficiencyCheck
from vpt_regio.models.covenants import Covenant, CovenantAmendment, CovenantParty
from vpt_regio.models.people import Person
from vpt_regio.models.regions import RegionMerger
from vpt_regio.queries.amendments import list_mergers_of, plan_versions_checked
from vpt_regio.queries.final_accounts import is_handed_in
from vpt_regio.queries.history import has_done
from vpt_regio.services import transitions
from vpt_regio.services.covenant_checks import day_in_words

WRITING = ("covenant.amendment_drafted", "covenant.amendment_changed")


@dataclass(frozen=True)
class AmendmentContent:
    """What an amendment says; which of the values are needed follows from its kind.

    Money is in cents. `check` is the sufficiency check that led to a supplement.
    """

    reason: str
    document_reference: str = ""
    new_end_on: date | None = None
    new_plan_due_on: date | None = None
    amount_cents: int | None = None
    leaving_party: CovenantParty | None = None
    party_name: str = ""
    party_signatory: str = ""
    merger: RegionMerger | None = None
    check: SufficiencyCheck | None = None


def standing_errors(covenant: Covenant) -> list[DomainError]:
    """Return why a covenant cannot be amended: it must be signed, not ended early, not closed.

    One that expired may be amended still: what was signed in time is sometimes recorded later.
    """
    if covenant.status is CovenantStatus.IN_FORCE:
        return []
    reasons = {
        CovenantStatus.DRAFT: N_(
            "Het convenant is nog een concept. Wijzig het concept zelf, tot het is ondertekend."
        ),
        CovenantStatus.TERMINATED: N_(
            "Het convenant is voortijdig beëindigd. Een wijziging is niet meer mogelijk."
        ),
        CovenantStatus.CLOSED: N_(
            "Het convenant is afgesloten. Een wijziging is niet meer mogelijk."
        ),
    }
    return [WrongState(reasons[covenant.status])]


def content_errors(
    covenant: Covenant,
    kind: AmendmentKind,
    content: AmendmentContent,
    *,
    besides: CovenantAmendment | None = None,
) -> list[DomainError]:
    """Return everything that is wrong with what an amendment is to say."""
    by_kind = {
        AmendmentKind.EXTENSION: _extension_errors,
        AmendmentKind.AMOUNT: _amount_errors,
        AmendmentKind.PARTY: _party_errors,
    }
    if kind is AmendmentKind.MERGER:
        errors = _merger_errors(covenant, content.merger, besides)
    else:
        errors = by_kind[kind](covenant, content)
    if not content.reason:
        errors.append(Invalid(N_("Vul de reden van de wijziging in."), field="reason"))
    return errors


def _extension_errors(covenant: Covenant, content: AmendmentContent) -> list[DomainError]:
    new_end, end = content.new_end_on, covenant.latest_end_on
    if new_end is None:
        return [Invalid(N_("Vul de nieuwe einddatum in."), field="new_end_on")]
    errors: list[DomainError] = []
    if end is not None and new_end <= end:
        errors.append(
            Invalid(
                N_("De nieuwe einddatum moet na %(day)s liggen: dat is de einddatum die nu geldt."),
                field="new_end_on",
                params={"day": day_in_words(end)},
            )
        )
    elif end is None and covenant.signed_on is not None and new_end <= covenant.signed_on:
        errors.append(
            Invalid(
                N_("De nieuwe einddatum moet na de ondertekening op %(day)s liggen."),
                field="new_end_on",
                params={"day": day_in_words(covenant.signed_on)},
            )
        )
    if is_handed_in(covenant, covenant.region_ids):
        message = N_(
            "Over dit convenant is al een eindverantwoording ingediend."
            " Verlengen kan daarom niet meer. Sluit een nieuw convenant."
        )
        errors.append(WrongState(message))
    return errors + _plan_day_errors(covenant, new_end, content.new_plan_due_on)


def _plan_day_errors(covenant: Covenant, new_end: date, due_on: date | None) -> list[DomainError]:
    if due_on is None:
        return []
    if due_on > new_end:
        return [
            Invalid(
                N_("Het plan moet er zijn vóór het convenant eindigt op %(day)s."),
                field="new_plan_due_on",
                params={"day": day_in_words(new_end)},
            )
        ]
    if covenant.signed_on is not None and due_on < covenant.signed_on:
        return [
            Invalid(
                N_("Het convenant is pas op %(day)s ondertekend. Kies een latere dag."),
                field="new_plan_due_on",
                params={"day": day_in_words(covenant.signed_on)},
            )
        ]
    return []


def _amount_errors(covenant: Covenant, content: AmendmentContent) -> list[DomainError]:
    errors: list[DomainError] = []
    if content.amount_cents is None or content.amount_cents <= 0:
        message = N_("Een aanvulling is een bedrag groter dan nul.")
        errors.append(Invalid(message, field="amount_cents"))
    if content.check is not None:
        version = plan_versions_checked([content.check.id]).get(content.check.id)
        if version is None or version.plan.covenant_id != covenant.id:
            errors.append(
                Invalid(N_("Deze toets op toereikendheid hoort bij een ander convenant."))
            )
    return errors


def _party_errors(covenant: Covenant, content: AmendmentContent) -> list[DomainError]:
    errors: list[DomainError] = []
    present = covenant.parties_now
    if not content.party_name:
        errors.append(Invalid(N_("Vul in welke partij erbij komt."), field="party_name"))
    leaving = content.leaving_party
    if leaving is not None and leaving not in present:
        message = N_("Deze partij is geen partij meer bij het convenant. Kies een andere.")
        errors.append(Invalid(message, field="leaving_party"))
    names = {party.name.lower() for party in present if party is not leaving}
    if content.party_name.lower() in names:
        message = N_("Deze partij is al partij bij het convenant.")
        errors.append(Invalid(message, field="party_name"))
    return errors


def _merger_errors(
    covenant: Covenant, merger: RegionMerger | None, besides: CovenantAmendment | None
) -> list[DomainError]:
    if merger is None:
        return [Invalid(N_("Kies de samenvoeging waar het om gaat."), field="merger")]
    if merger not in list_mergers_of(covenant):
        message = N_("Deze samenvoeging geldt niet voor een regio van dit convenant.")
        return [Invalid(message, field="merger")]
    known = (AmendmentStatus.DRAFT, AmendmentStatus.SIGNED)
    others = [a for a in covenant.amendments if a is not besides and a.status in known]
    if any(other.merger_id == merger.id for other in others):
        message = N_("Voor deze samenvoeging is er al een wijziging van dit convenant.")
        return [Invalid(message, field="merger")]
    return []


@transitions.guard(COVENANT_AMENDMENT, Guard.NOT_AUTHOR)
def _is_not_author(amendment: CovenantAmendment, actor: Person) -> list[DomainError]:
    if actor.id != amendment.drafted_by_id and not has_done(actor, WRITING, amendment):
        return []
    return [
        NotAllowed(
            N_(
                "U hebt aan deze wijziging geschreven."
                " Een andere beleidsmedewerker legt de ondertekening vast."
            )
        )
    ]


@transitions.guard(COVENANT_AMENDMENT, Guard.DATES_VALID)
def _dates_are_valid(amendment: CovenantAmendment, _actor: Person) -> list[DomainError]:
    """Everything is held against what counts now: much may have been signed since the draft."""
    covenant = amendment.covenant
    wrong_standing = standing_errors(covenant)
    if wrong_standing:
        return wrong_standing
    errors = content_errors(covenant, amendment.kind, stored_content(amendment), besides=amendment)
    if amendment.kind is AmendmentKind.PARTY and not amendment.party_signatory:
        message = N_("Vul bij het concept in wie er tekent voor %(party)s.")
        errors.append(Invalid(message, params={"party": amendment.party_name}))
    return errors + _signature_errors(amendment)


def stored_content(amendment: CovenantAmendment) -> AmendmentContent:
    """Return what an amendment says, as it is stored."""
    return AmendmentContent(
        reason=amendment.reason,
        document_reference=amendment.document_reference,
        new_end_on=amendment.new_end_on,
        new_plan_due_on=amendment.new_plan_due_on,
        amount_cents=amendment.amount_cents,
        leaving_party=amendment.leaving_party,
        party_name=amendment.party_name,
        party_signatory=amendment.party_signatory,
        merger=amendment.merger,
    )


def _signature_errors(amendment: CovenantAmendment) -> list[DomainError]:
    """A covenant is amended while it runs: from its signature up to the end that held."""
    day, covenant = amendment.signed_on, amendment.covenant
    if day is None:
        return []
    if day > clock.today():
        message = N_("De datum van ondertekening kan niet in de toekomst liggen.")
        return [Invalid(message, field="signed_on")]
    if covenant.signed_on is not None and day < covenant.signed_on:
        return [
            Invalid(
                N_("Het convenant zelf is pas op %(day)s ondertekend."),
                field="signed_on",
                params={"day": day_in_words(covenant.signed_on)},
            )
        ]
    end = covenant.latest_end_on
    if end is not None and day > end:
        return [
            Invalid(
                N_(
                    "Het convenant liep tot en met %(day)s. Een wijziging die daarna is"
                    " ondertekend, kan niet meer gelden. Sluit een nieuw convenant."
                ),
                field="signed_on",
                params={"day": day_in_words(end)},
            )
        ]
    return []
