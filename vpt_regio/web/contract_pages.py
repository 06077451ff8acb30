"""What the pages about a performance contract share: steps, findings with links, rows of tables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.domain.indicator_codes import ReferenceKind
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.contracts import Finding, Place, end_gaps, gaps, left_parties, warnings
from vpt_regio.domain.workflows.contracts import CONTRACT, ContractStatus
from vpt_regio.models.contracts import ContractSignature, PerformanceContract
from vpt_regio.models.regions import Region
from vpt_regio.queries.agreement_standing import AgreementStanding, Measured, Reference
from vpt_regio.queries.contract_facts import (
    HELD,
    Attained,
    end_facts_of,
    facts_of,
    reference,
    summary_of,
)
from vpt_regio.queries.contracts import ContractRow, Signing, has_written
from vpt_regio.web.authorize import may
from vpt_regio.web.filters import day, long_day, plain_day, state_label, state_tone
from vpt_regio.web.i18n import label
from vpt_regio.web.measured import attainment_badge
from vpt_regio.web.measured import measured as measured_words
from vpt_regio.web.session import current_person

Line = tuple[str, str | None]


@dataclass(frozen=True)
class NextStep:
    """What comes next for a contract: what blocks it, and what is worth a look, with links.

    `is_ready` tells that a person with the right may take the step now.
    """

    title: str
    blocks: tuple[Line, ...] = ()
    warnings: tuple[Line, ...] = ()
    is_ready: bool = False


def next_step(
    contract: PerformanceContract, signing: Signing, agreements: list[AgreementStanding]
) -> NextStep | None:
    """Return what comes next; None for a contract that is closed."""
    if contract.status is ContractStatus.DRAFT:
        facts = facts_of(contract, agreements)
        blocks = _lines(contract, gaps(facts))
        title = _("Ter ondertekening aanbieden")
        return NextStep(title, blocks, _lines(contract, warnings(facts)), not blocks)
    if contract.status is ContractStatus.SIGNING:
        return NextStep(_("Ondertekenen"), *_signing_lines(contract, signing, agreements))
    if contract.status is ContractStatus.AGREED:
        return _evaluation_step(contract, agreements)
    return None


def party_rows(contract: PerformanceContract, signing: Signing) -> list[list[Any]]:
    """Return each party with its signature: who, in which function, when, on what, by whom."""
    rows: list[list[Any]] = []
    for state in signing.parties:
        name = state.party.organisation.name
        signature = state.signature
        if signature is None:
            rows.append([name, _unsigned_cell(contract, signing), "", "", "", ""])
        else:
            done = {"text": _("getekend"), "badge": "success"}
            rows.append([name, done, *signature_cells(signature)])
    return rows


def signature_cells(signature: ContractSignature) -> list[Any]:
    """Return who signed (with the function), when, on what document, and who recorded it."""
    return [
        {"text": signature.signatory, "note": signature.signatory_position},
        day(signature.signed_on),
        signature.document_reference or None,
        signature.recorded_by.name,
    ]


def lapsed_rows(
    contract: PerformanceContract, signatures: Iterable[ContractSignature]
) -> list[list[Any]]:
    """Return the signatures that do not count any more, each with the reason."""
    withdrawals = {one.withdraws_id: one for one in contract.signatures if one.withdraws_id}
    rows = []
    for signature in signatures:
        withdrawal = withdrawals.get(signature.id)
        why = _("vervallen: het contract is teruggenomen")
        if withdrawal is not None:
            why = _("ingetrokken: %(reason)s", reason=withdrawal.reason)
        rows.append([signature.organisation.name, *signature_cells(signature), why])
    return rows


def agreement_rows(agreements: Iterable[AgreementStanding]) -> list[list[Any]]:
    """Return each agreement: who answers for it, from where to where, and how it stands."""
    return [
        [
            {"text": f"{one.number}. {one.statement}", "url": agreement_url(one.id)},
            one.responsible_name,
            one.indicator.name,
            {"text": _way(one), "note": _due_words(one)},
            _latest_cell(one),
            attainment_badge(one.attainment),
        ]
        for one in agreements
    ]


def list_row(row: ContractRow, attained: Mapping[int, Attained], *, with_region: bool) -> list[Any]:
    """Return a contract in a list: how far its signing is, and what of it was achieved."""
    contract = row.contract
    cells: list[Any] = [
        {
            "text": contract.title,
            "url": url_for("contracts.show", contract_id=contract.id),
            "note": _("nummer %(number)s", number=contract.number),
        },
        {
            "text": state_label(CONTRACT.code, row.status),
            "badge": state_tone(CONTRACT.code, row.status),
        },
        _(
            "%(first)s t/m %(last)s",
            first=plain_day(contract.starts_on),
            last=plain_day(contract.ends_on),
        ),
        signing_words(row.signing),
        row.agreements,
        _standing_words(row, attained.get(contract.id)),
    ]
    if with_region:
        region = contract.region
        cells.insert(
            1,
            {"text": region.name, "url": url_for("contracts.of_region", code=region.code)},
        )
    return cells


def list_headers(*, with_region: bool) -> list[str]:
    """Return the headers that belong to `list_row`."""
    place = [_("Regio")] if with_region else []
    return [
        _("Contract"),
        *place,
        _("Status"),
        _("Looptijd"),
        _("Ondertekening"),
        _("Afspraken"),
        _("Stand van de afspraken"),
    ]


def attained_words(found: Attained) -> str:
    """Return how many agreements stand in which way, such as "1 gehaald, 2 op koers"."""
    parts = [
        _("%(number)s gehaald", number=found.met),
        _("%(number)s op koers", number=found.on_course) if found.on_course else "",
        _("%(number)s achter op schema", number=found.behind) if found.behind else "",
        _("%(number)s niet gemeten", number=found.not_measured) if found.not_measured else "",
        _("%(number)s niet te bepalen", number=found.unknown) if found.unknown else "",
    ]
    return ", ".join(part for part in parts if part)


def contract_rows(region: Region) -> list[tuple[str, Any]]:
    """Return how the contracts of a region stand, for the card on its page.

    Empty without contracts, and for whoever may not see them.
    """
    summary = summary_of(region) if may(Permission.CONTRACT_VIEW, region) else None
    if summary is None or not summary.rows:
        return []
    running = summary.count(ContractStatus.AGREED, ContractStatus.RUNNING)
    url = url_for("contracts.of_region", code=region.code)
    rows: list[tuple[str, Any]] = [
        (_("Overeengekomen of loopt"), {"text": running, "url": url}),
        (_("Te evalueren"), summary.count(ContractStatus.ENDED)),
    ]
    if summary.attained.total:
        rows.append((_("Afspraken"), attained_words(summary.attained)))
    for row in summary.signing:
        page = url_for("contracts.show", contract_id=row.contract.id)
        cell = {"text": signing_words(row.signing), "url": page, "note": row.contract.title}
        rows.append((_("Ter ondertekening"), cell))
    if drafts := summary.count(ContractStatus.DRAFT):
        rows.append((_("Concept"), drafts))
    return rows


def signing_words(signing: Signing) -> str:
    """Return how far the signing is, such as "3 van 5 getekend"."""
    if not signing.total:
        return _("nog geen partijen")
    return _("%(signed)s van %(total)s getekend", signed=signing.signed, total=signing.total)


def end_words(measured: Measured | None, one: AgreementStanding) -> str | None:
    """Return a measured value with its day, such as "60 op 31 december 2013"."""
    if measured is None or measured.value is None:
        return None
    words = measured_words(measured, one.indicator.unit, one.indicator.decimals)
    return _("%(value)s op %(day)s", value=words, day=long_day(measured.cutoff_on))


def reference_words(one: AgreementStanding, found: Reference | None, *, missing: str) -> str:
    """Return a baseline or a target in the unit of its indicator."""
    unit, decimals = one.indicator.unit, one.indicator.decimals
    return measured_words(found, unit, decimals, missing=missing)


def target_words(one: AgreementStanding) -> str:
    """Return the target that holds, or that there is none yet."""
    target = reference(one, ReferenceKind.TARGET)
    return reference_words(one, target, missing=_("nog geen streefwaarde"))


def agreement_url(agreement_id: int) -> str:
    return url_for("agreements.show", agreement_id=agreement_id)


def _standing_words(row: ContractRow, found: Attained | None) -> str:
    if row.status not in HELD:
        return _("het contract geldt niet")
    return attained_words(found) if found else _("geen afspraken")


def _signing_lines(
    contract: PerformanceContract, signing: Signing, agreements: list[AgreementStanding]
) -> tuple[tuple[Line, ...], tuple[Line, ...], bool]:
    here = url_for("contract_signatures.index", contract_id=contract.id)
    url = here if may(Permission.CONTRACT_SIGN, contract) else None
    blocks = tuple(
        (_("%(party)s heeft nog niet getekend.", party=organisation.name), url)
        for organisation in signing.unsigned
    )
    unsigned = {organisation.id for organisation in signing.unsigned}
    gone = tuple(
        (
            _(
                "%(party)s is geen partner van de regio meer en heeft nog niet getekend."
                " Neem het contract terug en kies de partijen opnieuw.",
                party=party.name,
            ),
            None,
        )
        for party in left_parties(facts_of(contract, agreements))
        if party.organisation_id in unsigned
    )
    return blocks, gone, not blocks


def _evaluation_step(
    contract: PerformanceContract, agreements: list[AgreementStanding]
) -> NextStep:
    title, today = _("Evalueren"), clock.today()
    found = end_gaps(end_facts_of(agreements), today=today)
    blocks = tuple((label(gap.message, **gap.params), _finding_url(contract, gap)) for gap in found)
    may_judge = may(Permission.CONTRACT_EVALUATE, contract)
    if may_judge and has_written(current_person(), contract):
        own = _("U hebt zelf aan dit contract geschreven. Iemand anders moet het evalueren.")
        return NextStep(title, ((own, None), *blocks))
    # why there is no end value is asked for on the page of the evaluation
    return NextStep(title, blocks, is_ready=not any(gap.code == "not_due" for gap in found))


def _lines(contract: PerformanceContract, findings: Iterable[Finding]) -> tuple[Line, ...]:
    return tuple(
        (label(one.message, **one.params), _finding_url(contract, one)) for one in findings
    )


def _finding_url(contract: PerformanceContract, finding: Finding) -> str | None:
    """Return where a finding is repaired, for whoever may."""
    if contract.status is ContractStatus.AGREED:
        return agreement_url(finding.agreement_id) if finding.agreement_id else None
    if not may(Permission.CONTRACT_EDIT, contract):
        return None
    if finding.place is Place.PARTIES:
        return url_for("contract_parties.index", contract_id=contract.id)
    if finding.agreement_id is None:
        return url_for("agreements.new", contract_id=contract.id)
    return url_for("agreements.edit", agreement_id=finding.agreement_id)


def _unsigned_cell(contract: PerformanceContract, signing: Signing) -> Any:
    if contract.status is not ContractStatus.SIGNING:
        return {"text": _("niet getekend"), "badge": "inactive"}
    since = _("sinds %(day)s", day=long_day(signing.since)) if signing.since else ""
    return {"text": _("moet nog tekenen"), "badge": "warning", "note": since}


def _way(one: AgreementStanding) -> str:
    baseline = reference(one, ReferenceKind.BASELINE)
    return f"{reference_words(one, baseline, missing=_('niet gemeten'))} → {target_words(one)}"


def _due_words(one: AgreementStanding) -> str:
    target = reference(one, ReferenceKind.TARGET)
    if target is None or target.due_on is None:
        return _("geen deadline")
    return _("uiterlijk %(day)s", day=long_day(target.due_on))


def _latest_cell(one: AgreementStanding) -> Any:
    latest = one.latest
    words = measured_words(latest, one.indicator.unit, one.indicator.decimals)
    if latest is None:
        return words
    return {"text": words, "note": _("peildatum %(day)s", day=long_day(latest.cutoff_on))}
