"""The letter of a decision: filled in once, from the template of that moment, and kept."""

import hashlib

from vpt_regio import policies
from vpt_regio.documents.default_template import default_template
from vpt_regio.documents.fields import Field
from vpt_regio.documents.letters import fill
from vpt_regio.domain.enums import PLAN_SECTION_LABELS, PartyRole
from vpt_regio.domain.fuzzy_date import format_dutch_date
from vpt_regio.domain.money import format_euro_letter
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import ROLE_LABELS
from vpt_regio.domain.rules.objections import last_day_to_object
from vpt_regio.domain.rules.sufficiency import VERDICT_LABELS
from vpt_regio.extensions import db
from vpt_regio.models.covenants import Covenant
from vpt_regio.models.decisions import DECISION_LABELS, Decision, DecisionKind, DecisionLetter
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Programme
from vpt_regio.queries.decision_letters import find_letter, newest_template, remarks_left_open
from vpt_regio.queries.programmes import get_programme
from vpt_regio.services import audit
from vpt_regio.services.decisions import is_on_subsidy
from vpt_regio.services.subsidy_letters import subsidy_fields

NOT_APPLICABLE = "niet van toepassing"


def render_letter(decision: Decision) -> tuple[bytes, str]:
    """Return the letter of a decision and the hash of its template; stores nothing."""
    template = newest_template(decision.kind, programme_id=decision.programme_id)
    content = template.content if template else default_template(decision.kind)
    values = {field.value: text for field, text in letter_fields(decision).items()}
    return fill(content, values), hashlib.sha256(content).hexdigest()


def keep_letter(
    decision: Decision, *, content: bytes, template_sha256: str, actor: Person
) -> DecisionLetter:
    """Keep the letter of a decision; when there is one by now, that one stays and is returned."""
    role = policies.require(actor, Permission.LETTER_MAKE, decision)
    earlier = find_letter(decision)
    if earlier is not None:
        return earlier
    letter = DecisionLetter(
        decision_id=decision.id,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        template_sha256=template_sha256,
    )
    db.session.add(letter)
    details = {"reference": decision.reference, "sha256": letter.sha256}
    audit.record("decision.letter_made", decision, actor=actor, role=role, details=details)
    return letter


def letter_fields(decision: Decision) -> dict[Field, str]:
    """Return the text of every field of a letter, in Dutch whatever the language of the page."""
    cents = decision.amount_cents
    role = ROLE_LABELS[decision.role].lower()
    on_behalf = decision.on_behalf_of
    return dict.fromkeys(Field, "") | {
        Field.REFERENCE: decision.reference,
        Field.DATE: format_dutch_date(decision.decided_on),
        Field.PROGRAMME: _programme(decision).name,
        Field.KIND: DECISION_LABELS[decision.kind],
        Field.AMOUNT: NOT_APPLICABLE if cents is None else format_euro_letter(cents),
        Field.OBJECTION: _objection_clause(decision),
        Field.ON_BEHALF_OF: f"Namens {on_behalf}," if on_behalf else "",
        Field.AUTHORITY: f"{decision.authority or role}",
        Field.SIGNER: decision.decided_by.name,
        **(subsidy_fields(decision) if is_on_subsidy(decision) else _plan_fields(decision)),
    }


def _plan_fields(decision: Decision) -> dict[Field, str]:
    return {
        Field.REGION: _regions(decision),
        Field.ADDRESSEE: _addressee(decision),
        Field.VERSION: _subject(decision),
        Field.TEXT: _text(decision),
        Field.SUFFICIENCY: _sufficiency(decision),
        Field.REMARKS: _remarks(decision),
    }


def _covenant(decision: Decision) -> Covenant:
    version = decision.plan_version
    covenant = version.plan.covenant if version else decision.covenant
    if covenant is None:
        raise LookupError("a decision is on a plan or on a covenant")
    return covenant


def _programme(decision: Decision) -> Programme:
    version = decision.plan_version
    return version.plan.region.programme if version else get_programme()


def _regions(decision: Decision) -> str:
    version = decision.plan_version
    if version is not None:
        return version.plan.region.name
    return ", ".join(region.name for region in _covenant(decision).regions)


def _addressee(decision: Decision) -> str:
    parties = [
        party.name for party in _covenant(decision).parties if party.role is PartyRole.COUNTERPARTY
    ]
    return "\n".join([*parties, f"Regio {_regions(decision)}"])


def _subject(decision: Decision) -> str:
    version = decision.plan_version
    if version is None:
        return f"convenant {_covenant(decision).number}"
    return f"versie {version.version_no} van het plan van aanpak"


def _text(decision: Decision) -> str:
    about = f"{_subject(decision)} van de regio {_regions(decision)}"
    on_behalf = f" namens {decision.on_behalf_of}" if decision.on_behalf_of else ""
    replaced = decision.replaces.reference if decision.replaces else ""
    first = {
        DecisionKind.PLAN_ADOPTED: f"Het besluit is: {about} is voorlopig vastgesteld.",
        DecisionKind.PLAN_APPROVED: f"Het besluit is: {about} is goedgekeurd{on_behalf}.",
        DecisionKind.PLAN_REFUSED: (
            f"Het besluit is: de goedkeuring van {about} is geweigerd{on_behalf}."
        ),
        DecisionKind.PLAN_REOPENED: (
            f"Het besluit is: besluit {replaced} over {about} is teruggenomen{on_behalf}."
            " Het plan is weer in behandeling."
        ),
        DecisionKind.COVENANT_TERMINATED: (
            f"Het besluit is: {about} is voortijdig beëindigd{on_behalf}."
        ),
    }[decision.kind]
    lines = [first]
    if replaced and decision.kind is not DecisionKind.PLAN_REOPENED:
        reason = decision.replacement_reason
        lines.append(f"Dit besluit komt in de plaats van besluit {replaced}. Reden: {reason}")
    return "\n".join([*lines, decision.note])


def _sufficiency(decision: Decision) -> str:
    check = decision.plan_version.sufficiency if decision.plan_version else None
    # a test of after the decision, once that was taken back, is not what it rested on
    if check is None or check.checked_on > decision.decided_on:
        return ""
    return (
        f"Het beschikbare geld ({format_euro_letter(check.available_cents)}) is voor de begroting"
        f" ({format_euro_letter(check.planned_cents)}) {VERDICT_LABELS[check.verdict]}."
    )


def _remarks(decision: Decision) -> str:
    version = decision.plan_version
    if version is None or decision.kind not in (
        DecisionKind.PLAN_ADOPTED,
        DecisionKind.PLAN_APPROVED,
    ):
        return ""
    remarks = remarks_left_open(version, on=decision.decided_on)
    lines = [f"– {PLAN_SECTION_LABELS[one.section]}: {one.body}" for one in remarks]
    return "\n".join(["Deze opmerkingen kunt u nog meenemen:", *lines]) if lines else ""


def _objection_clause(decision: Decision) -> str:
    """Return whether and until when an objection can be made.

    Source: General Administrative Law Act 3:45, 6:3, 6:5 and 6:7.
    """
    if decision.kind is DecisionKind.PLAN_ADOPTED:
        return (
            "Dit besluit bereidt een besluit over de goedkeuring voor. U kunt er alleen apart"
            " bezwaar tegen maken als het u los daarvan rechtstreeks in uw belang treft."
        )
    last_day = format_dutch_date(last_day_to_object(decision.decided_on))
    addressed_to = decision.on_behalf_of or _programme(decision).minister_title
    return (
        f"Bent u het niet eens met dit besluit? Dan kunt u tot en met {last_day} (zes weken)"
        f" bezwaar maken bij {addressed_to}. Zet in uw bezwaar uw naam en adres, de datum, het"
        f" kenmerk {decision.reference} en waarom u het niet eens bent, en onderteken het."
    )
