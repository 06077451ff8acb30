"""What the pages of covenants tell of amendments: each change, old → new, and who did what."""

from collections.abc import Mapping
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from vpt_regio.domain.enums import AMENDMENT_LABELS, AmendmentKind
from vpt_regio.domain.fuzzy_date import FuzzyDate
from vpt_regio.domain.rules.covenant_deadlines import COVENANT_DEADLINE_LABELS
from vpt_regio.models.action_plans import PlanVersion
from vpt_regio.models.audit import AuditEntry
from vpt_regio.models.covenants import Covenant, CovenantAmendment
from vpt_regio.models.regions import RegionMerger
from vpt_regio.queries.covenants import deadlines_of
from vpt_regio.web.filters import euro, long_day, vague
from vpt_regio.web.i18n import label

UNKNOWN = "–"


def timeline_of(
    covenant: Covenant,
    *,
    with_details: bool,
    recorders: Mapping[int, AuditEntry],
    checked: Mapping[int, PlanVersion],
) -> list[dict[str, Any]]:
    """Return the covenant as signed and each of its changes, in the order in which they hold.

    Who may not see details gets signed changes only, without amounts and names.
    """
    shown = [a for a in covenant.amendments if with_details or _is_public(a)]
    entries = [_original(covenant, with_details=with_details)]
    before = _Standing(covenant)
    for amendment in sorted(shown, key=_order):
        entry = {
            "id": amendment.id,
            "kind": label(AMENDMENT_LABELS[amendment.kind]),
            "status": amendment.status,
            "when": vague(amendment.signed) if amendment.is_signed else None,
            "change": change_of(amendment, before),
            "reason": amendment.reason,
            "url": _url(amendment) if with_details else None,
            "people": _people(amendment, recorders) if with_details else [],
            "cause": cause_of(amendment, checked) if with_details else None,
        }
        entries.append(entry)
        if amendment.is_signed:
            before.take(amendment)
    return entries


class _Standing:
    """What held before the next change."""

    def __init__(self, covenant: Covenant) -> None:
        self.end = covenant.original_end
        self.plan_due_on = covenant.plan_due_on
        self.available = covenant.advance_cents

    def take(self, amendment: CovenantAmendment) -> None:
        if amendment.amount_cents and self.available is not None:
            self.available += amendment.amount_cents
        self.end = amendment.new_end or self.end
        self.plan_due_on = amendment.new_plan_due_on or self.plan_due_on


def standing_before(amendment: CovenantAmendment) -> _Standing:
    """Return what held before an amendment: by those signed before it."""
    covenant = amendment.covenant
    before = _Standing(covenant)
    for other in sorted(covenant.signed_amendments, key=_order):
        if other is amendment:
            break
        before.take(other)
    return before


def change_of(amendment: CovenantAmendment, before: _Standing) -> list[tuple[str, str, str]]:
    """Return what an amendment changes: (what, old, new)."""
    if amendment.kind is AmendmentKind.EXTENSION:
        changes = [(_("Uiterste einddatum"), _vague(before.end), _vague(amendment.new_end))]
        if amendment.new_plan_due_on:
            old = long_day(before.plan_due_on) or UNKNOWN
            new = long_day(amendment.new_plan_due_on) or UNKNOWN
            changes.append((_("Plan van aanpak klaar op"), old, new))
        return changes
    if amendment.kind is AmendmentKind.AMOUNT:
        added = amendment.amount_cents or 0
        known = before.available
        if known is None:
            return [(_("Beschikbaar bedrag"), UNKNOWN, f"+ {euro(added)}")]
        return [(_("Beschikbaar bedrag"), str(euro(known)), str(euro(known + added)))]
    if amendment.kind is AmendmentKind.PARTY:
        leaving = amendment.leaving_party
        return [(_("Partij"), leaving.name if leaving else UNKNOWN, amendment.party_name)]
    if amendment.merger is None:
        return []
    return [(_("Regio's"), *merger_in_words(amendment.merger))]


def merger_in_words(merger: RegionMerger) -> tuple[str, str]:
    """Return the regions that went up, and the one they became."""
    names = ", ".join(region.name for region in merger.predecessors)
    return names or UNKNOWN, merger.successor.name


def cause_of(amendment: CovenantAmendment, checked: Mapping[int, PlanVersion]) -> str | None:
    """Return the sufficiency check that led to a supplement, in words."""
    version = checked.get(amendment.sufficiency_check_id or 0)
    if version is None:
        return None
    return _(
        "Naar aanleiding van de toets op toereikendheid van plan versie %(number)s.",
        number=version.version_no,
    )


def deadline_rows(covenant: Covenant) -> list[list[Any]]:
    """Return the days that hang on a covenant: what, when, when at first, why it moved."""
    rows = []
    for deadline in deadlines_of(covenant):
        name = label(COVENANT_DEADLINE_LABELS[deadline.kind])
        what = f"{name} {deadline.year}" if deadline.year else name
        moved = bool(deadline.reason)
        first = vague(deadline.original) if deadline.original and moved else None
        why = label(deadline.reason, **deadline.params) if moved else _("zoals afgesproken")
        rows.append([what, vague(deadline.due), first or _("hetzelfde"), why])
    return rows


def _original(covenant: Covenant, *, with_details: bool) -> dict[str, Any]:
    values = [
        (_("Uiterste einddatum"), "", _vague(covenant.original_end)),
        (_("Plan van aanpak klaar op"), "", long_day(covenant.plan_due_on) or UNKNOWN),
    ]
    if with_details:
        values.append((_("Voorschot"), "", euro(covenant.advance_cents) or UNKNOWN))
    return {
        "id": None,
        "kind": _("Zoals ondertekend"),
        "status": None,
        "when": vague(covenant.signed),
        "change": values,
        "reason": "",
        "url": None,
        "people": [],
        "cause": None,
    }


def _is_public(amendment: CovenantAmendment) -> bool:
    return amendment.is_signed and amendment.kind is not AmendmentKind.AMOUNT


def _order(amendment: CovenantAmendment) -> tuple[bool, Any, int]:
    """Signed ones first, by day; one without a known day was taken over and comes before."""
    day = amendment.signed_on.toordinal() if amendment.signed_on else 0
    return (not amendment.is_signed, day, amendment.id)


def _vague(value: FuzzyDate | None) -> str:
    return vague(value) or UNKNOWN


def _url(amendment: CovenantAmendment) -> str:
    return url_for("amendments.show", covenant_id=amendment.covenant_id, amendment_id=amendment.id)


def _people(amendment: CovenantAmendment, recorders: Mapping[int, AuditEntry]) -> list[str]:
    lines = []
    if amendment.drafted_by is not None:
        lines.append(_("Opgesteld door %(person)s.", person=amendment.drafted_by.name))
    recorded = recorders.get(amendment.id)
    if recorded is not None and recorded.actor is not None:
        lines.append(_("Ondertekening vastgelegd door %(person)s.", person=recorded.actor.name))
    return lines
