"""What amendments of covenants, and covenants that run out, ask of a person.

Everything follows from the covenants that *Mijn werk* reads anyway: no queries of its own.
"""

from collections.abc import Sequence

from vpt_regio import clock
from vpt_regio.domain.enums import AMENDMENT_LABELS, AmendmentKind, AmendmentStatus
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.covenant_clock import ClockSignal, clock_signal, signalled_since
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.covenants import CovenantStatus
from vpt_regio.models.covenants import Covenant, CovenantAmendment
from vpt_regio.queries.work_items import Reach, WorkItem, day_of, work_item


def amendment_items(
    reach: Reach, covenants: Sequence[Covenant]
) -> tuple[list[WorkItem], list[WorkItem]]:
    """Return the drafts of which a person may record the signature, and those others must."""
    to_do: list[WorkItem] = []
    waiting: list[WorkItem] = []
    for amendment in _drafts(covenants):
        is_own = amendment.drafted_by_id == reach.person.id
        if _covers(reach, Permission.COVENANT_SIGN, amendment.covenant) and not is_own:
            to_do.append(
                _item(
                    amendment,
                    N_("Ondertekening van de wijziging van convenant %(number)s vastleggen"),
                    N_("De wijziging (%(kind)s) wacht op de handtekening van de minister."),
                )
            )
        elif is_own or _covers(reach, Permission.COVENANT_AMEND, amendment.covenant):
            waiting.append(
                _item(
                    amendment,
                    N_("Wijziging van convenant %(number)s"),
                    N_("Bij een beleidsmedewerker: de wijziging (%(kind)s) moet ondertekend."),
                )
            )
    return to_do, waiting


def ending_items(reach: Reach, covenants: Sequence[Covenant]) -> list[WorkItem]:
    """Return the covenants in force within 180, 90 or 30 days of their end, for who watches them.

    One whose regions all have a covenant that lasts longer asks nothing any more.
    """
    items = []
    today = clock.today()
    running = [found for found in covenants if found.status is CovenantStatus.IN_FORCE]
    for covenant in running:
        end = covenant.last_day
        if end is None or not _watches(reach, covenant) or _is_succeeded(covenant, running):
            continue
        if clock_signal(end, today) in (None, ClockSignal.EXPIRED):
            continue
        drafted = [a for a in _drafts([covenant]) if a.kind is AmendmentKind.EXTENSION]
        why = (
            N_("Het eindigt uiterlijk op %(end)s. Er ligt een verlenging in concept.")
            if drafted
            else N_("Het eindigt uiterlijk op %(end)s. Bespreek of het wordt verlengd.")
        )
        words = covenant.latest_end.display() if covenant.latest_end else ""
        items.append(
            work_item(
                N_("Convenant %(number)s loopt af"),
                why,
                "covenants.show",
                {"covenant_id": covenant.id},
                params={"number": covenant.number, "end": words},
                since=signalled_since(end, today),
                due_on=end,
            )
        )
    return items


def _drafts(covenants: Sequence[Covenant]) -> list[CovenantAmendment]:
    return [
        amendment
        for covenant in covenants
        for amendment in covenant.amendments
        if amendment.status is AmendmentStatus.DRAFT
    ]


def _item(amendment: CovenantAmendment, title: str, why: str) -> WorkItem:
    return work_item(
        title,
        why,
        "amendments.show",
        {"covenant_id": amendment.covenant_id, "amendment_id": amendment.id},
        params={
            "number": amendment.covenant.number,
            "kind": AMENDMENT_LABELS[amendment.kind],
        },
        since=day_of(amendment.created_at),
        due_on=amendment.covenant.latest_end_on,
    )


def _covers(reach: Reach, permission: Permission, covenant: Covenant) -> bool:
    return any(reach.covers(permission, region_id) for region_id in covenant.region_ids)


def _watches(reach: Reach, covenant: Covenant) -> bool:
    manages = _covers(reach, Permission.COVENANT_MANAGE, covenant)
    return manages or _covers(reach, Permission.COVENANT_AMEND, covenant)


def _is_succeeded(covenant: Covenant, running: Sequence[Covenant]) -> bool:
    end = covenant.last_day
    later = {
        region_id
        for other in running
        if other is not covenant and (other.last_day is None or (end and other.last_day > end))
        for region_id in other.region_ids
    }
    return covenant.region_ids <= later
