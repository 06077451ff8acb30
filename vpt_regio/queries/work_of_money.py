"""What the money of covenants asks of a person: to pay, to account for, to review, to close."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from vpt_regio.domain.enums import (
    AmendmentKind,
    FinalAccountStatus,
    FundingInstrument,
    PaymentKind,
)
from vpt_regio.domain.money import format_euro_sentence
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.covenants import CovenantStatus
from vpt_regio.models.covenant_money import FinalAccount
from vpt_regio.models.covenants import Covenant
from vpt_regio.models.regions import Region
from vpt_regio.queries.covenant_money import (
    CovenantMoney,
    accountability_due,
    asks_final_account,
    final_account_due,
    has_run_out,
    money_of_all,
)
from vpt_regio.queries.final_accounts import is_writable, writable_from
from vpt_regio.queries.work_items import Reach, WorkItem, day_of, work_item

# money asks for nothing before the signature, and nothing any more after closing
WITH_MONEY = (CovenantStatus.IN_FORCE, CovenantStatus.TERMINATED)


def money_items(
    reach: Reach, covenants: Sequence[Covenant]
) -> tuple[list[WorkItem], list[WorkItem]]:
    """Return what a person is to do about the money of covenants, and what others are to do."""
    signed = [covenant for covenant in covenants if covenant.status in WITH_MONEY]
    to_do: list[WorkItem] = []
    waiting: list[WorkItem] = []
    for money in money_of_all(signed).values():
        if _covers(reach, Permission.PAYMENT_RECORD, money.covenant):
            to_do += _payments(money)
        if _covers(reach, Permission.COVENANT_MANAGE, money.covenant):
            to_do += _funding(money.covenant)
        if _covers(reach, Permission.COVENANT_CLOSE, money.covenant):
            to_do += _closing(money)
        for region in money.covenant.regions:
            more, others = _of_region(reach, money, region)
            to_do += more
            waiting += others
    return to_do, waiting


def _payments(money: CovenantMoney) -> Iterable[WorkItem]:
    """Return what is to be paid, and what is to come back."""
    covenant, whole = money.covenant, money.whole
    left = (covenant.advance_cents or 0) - money.paid_of(PaymentKind.ADVANCE)
    if left > 0 and whole.to_pay:
        yield _money_item(
            covenant,
            N_("Voorschot van convenant %(number)s betalen"),
            N_("Het convenant is ondertekend. Nog te betalen: %(amount)s."),
            cents=min(left, whole.to_pay),
            since=covenant.signed_on,
        )
    for amendment in covenant.signed_amendments:
        if amendment.kind is not AmendmentKind.AMOUNT or not whole.to_pay:
            continue
        paid = money.paid_of(PaymentKind.SUPPLEMENT, amendment.id)
        left = (amendment.amount_cents or 0) - paid
        if left > 0:
            yield _money_item(
                covenant,
                N_("Aanvulling van convenant %(number)s betalen"),
                N_("De aanvulling is ondertekend. Nog te betalen: %(amount)s."),
                cents=min(left, whole.to_pay),
                since=amendment.signed_on,
            )
    if whole.to_repay:
        yield _money_item(
            covenant,
            N_("Terugbetaling onder convenant %(number)s vastleggen"),
            N_("De eindverantwoording is aangenomen. Nog terug te ontvangen: %(amount)s."),
            cents=whole.to_repay,
            since=_settled_on(money),
        )


def _money_item(
    covenant: Covenant, title: str, why: str, *, cents: int, since: date | None
) -> WorkItem:
    return work_item(
        title,
        why,
        "covenant_money.show",
        {"covenant_id": covenant.id},
        params={"number": covenant.number, "amount": format_euro_sentence(cents)},
        since=since,
    )


def _funding(covenant: Covenant) -> Iterable[WorkItem]:
    """Return that it is still to be said how the money is given: that decides what is asked."""
    if covenant.funding is FundingInstrument.UNKNOWN:
        yield work_item(
            N_("Vastleggen hoe het geld van convenant %(number)s wordt verstrekt"),
            N_("Daarvan hangt af hoe de regio het geld verantwoordt."),
            "covenants.funding",
            {"covenant_id": covenant.id},
            params={"number": covenant.number},
            since=covenant.signed_on,
        )


def _closing(money: CovenantMoney) -> Iterable[WorkItem]:
    covenant = money.covenant
    if has_run_out(covenant) and all(position.is_even for position in money.regions.values()):
        yield work_item(
            N_("Convenant %(number)s afsluiten"),
            N_("Het convenant is voorbij en het geld is verrekend."),
            "covenant_closing.closing",
            {"covenant_id": covenant.id},
            params={"number": covenant.number},
            since=_settled_on(money) or covenant.last_day,
        )


def _settled_on(money: CovenantMoney) -> date | None:
    days = [account.accepted_on for account in money.accounts.values() if account.accepted_on]
    return max(days, default=None)


def _of_region(
    reach: Reach, money: CovenantMoney, region: Region
) -> tuple[list[WorkItem], list[WorkItem]]:
    if not asks_final_account(money.covenant):
        return list(_years(reach, money, region)), []
    account = money.accounts.get(region.id)
    if account is None or account.status is FinalAccountStatus.DRAFT:
        is_due = is_writable(money.covenant)
        writes = reach.covers(Permission.FINAL_ACCOUNT_SUBMIT, region.id)
        return ([_to_write(money, region)] if is_due and writes else []), []
    if account.status is FinalAccountStatus.ACCEPTED:
        return list(_to_repay(reach, money, region, account)), []
    return _under_review(reach, money, region, account)


def _to_write(money: CovenantMoney, region: Region) -> WorkItem:
    return _account_item(
        money.covenant,
        region,
        N_("Eindverantwoording %(region)s schrijven"),
        N_("Convenant %(number)s is voorbij of eindigt binnenkort."),
        since=money.covenant.ended_on or writable_from(money.covenant),
        due_on=final_account_due(money.covenant),
    )


_REVIEW: Mapping[FinalAccountStatus, tuple[str, str, str]] = {
    FinalAccountStatus.SUBMITTED: (
        N_("Eindverantwoording %(region)s beoordelen"),
        N_("De projectleider heeft de eindverantwoording ingediend."),
        N_("Bij de accountmanager: de eindverantwoording is ingediend."),
    ),
    FinalAccountStatus.RETURNED: (
        N_("Eindverantwoording %(region)s aanpassen"),
        N_("De accountmanager heeft de eindverantwoording teruggestuurd."),
        N_("Bij de projectleider: u hebt de eindverantwoording teruggestuurd."),
    ),
}
"""Title and reason for who is to act, and the reason for who waits."""


def _under_review(
    reach: Reach, money: CovenantMoney, region: Region, account: FinalAccount
) -> tuple[list[WorkItem], list[WorkItem]]:
    title, why, waiting = _REVIEW[account.status]
    acts, waits = Permission.FINAL_ACCOUNT_REVIEW, Permission.FINAL_ACCOUNT_SUBMIT
    is_returned = account.status is FinalAccountStatus.RETURNED
    if is_returned:
        acts, waits = waits, acts
    since = day_of(account.updated_at) if is_returned else account.submitted_on
    due_on = final_account_due(money.covenant) if is_returned else None
    if reach.covers(acts, region.id):
        item = _account_item(money.covenant, region, title, why, since=since, due_on=due_on)
        return [item], []
    if reach.covers(waits, region.id):
        title = N_("Eindverantwoording %(region)s")
        return [], [_account_item(money.covenant, region, title, waiting, since=since)]
    return [], []


def _to_repay(
    reach: Reach, money: CovenantMoney, region: Region, account: FinalAccount
) -> Iterable[WorkItem]:
    cents = money.regions[region.id].to_repay
    if cents and reach.covers(Permission.FINAL_ACCOUNT_SUBMIT, region.id):
        yield _account_item(
            money.covenant,
            region,
            N_("Geld van %(region)s terugbetalen"),
            N_("De eindverantwoording is aangenomen. Nog terug te betalen: %(amount)s."),
            since=account.accepted_on,
            cents=cents,
        )


def _years(reach: Reach, money: CovenantMoney, region: Region) -> Iterable[WorkItem]:
    """Return the years that a region has still to account for with its annual accounts."""
    if not reach.covers(Permission.ACCOUNTABILITY_RECORD, region.id):
        return
    for year in money.unstated_years(region.id):
        yield work_item(
            N_("Verantwoording van %(region)s over %(year)s vastleggen"),
            N_("Convenant %(number)s is een specifieke uitkering."),
            "covenant_money.statement",
            {"covenant_id": money.covenant.id, "region_code": region.code},
            params={
                "region": region.name,
                "year": str(year),
                "number": money.covenant.number,
            },
            since=date(year + 1, 1, 1),
            due_on=accountability_due(year),
        )


def _account_item(
    covenant: Covenant,
    region: Region,
    title: str,
    why: str,
    *,
    since: date | None,
    due_on: date | None = None,
    cents: int = 0,
) -> WorkItem:
    return work_item(
        title,
        why,
        "final_accounts.show",
        {"covenant_id": covenant.id, "region_code": region.code},
        params={
            "region": region.name,
            "number": covenant.number,
            "amount": format_euro_sentence(cents),
        },
        since=since,
        due_on=due_on,
    )


def _covers(reach: Reach, permission: Permission, covenant: Covenant) -> bool:
    return any(reach.covers(permission, region_id) for region_id in covenant.region_ids)
