"""What performance contracts ask of a person: to get them signed, finished or evaluated."""

from datetime import date, timedelta

from vpt_regio import clock
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.contracts import ContractStatus
from vpt_regio.models.contracts import PerformanceContract
from vpt_regio.queries.contracts import ContractRow, contract_query, rows_of
from vpt_regio.queries.work_items import Reach, WorkItem, day_of, within, work_item

LONG_A_DRAFT = timedelta(days=30)
OPEN = (ContractStatus.DRAFT, ContractStatus.SIGNING, ContractStatus.AGREED)

Items = tuple[list[WorkItem], list[WorkItem]]


def contract_items(reach: Reach) -> Items:
    """Return what contracts ask of a person, and what of them waits for others."""
    to_do: list[WorkItem] = []
    waiting: list[WorkItem] = []
    for row in _open_contracts(reach):
        mine, others = _items_of(row, reach)
        to_do += mine
        waiting += others
    return to_do, waiting


def _open_contracts(reach: Reach) -> list[ContractRow]:
    regions = reach.regions(Permission.CONTRACT_EDIT, Permission.CONTRACT_EVALUATE)
    query = contract_query().where(
        PerformanceContract.status.in_(OPEN), within(PerformanceContract.region_id, regions)
    )
    return rows_of(query.order_by(PerformanceContract.id))


def _items_of(row: ContractRow, reach: Reach) -> Items:
    writes = reach.covers(Permission.CONTRACT_EDIT, row.contract.region_id)
    if row.status is ContractStatus.DRAFT and writes:
        return _draft_items(row), []
    if row.status is ContractStatus.SIGNING:
        return _signing_items(row, writes=writes)
    if row.status is ContractStatus.ENDED:
        return _ended_items(row, reach)
    return [], []


def _draft_items(row: ContractRow) -> list[WorkItem]:
    since = day_of(row.contract.updated_at)
    if clock.today() - since <= LONG_A_DRAFT:
        return []
    why = N_("Het contract ligt al meer dan 30 dagen als concept.")
    return [_item(row, N_("Prestatiecontract ‘%(title)s’ afmaken"), why, since=since)]


def _signing_items(row: ContractRow, *, writes: bool) -> Items:
    since = row.signing.since or day_of(row.contract.updated_at)
    if writes:
        title = N_("Handtekeningen ophalen onder prestatiecontract ‘%(title)s’")
        why = N_("%(signed)s van %(total)s getekend. Nog niet: %(unsigned)s.")
        return [_item(row, title, why, since=since, endpoint="contract_signatures.index")], []
    why = N_("Bij de partijen: %(signed)s van %(total)s getekend. Nog niet: %(unsigned)s.")
    return [], [_item(row, N_("Prestatiecontract ‘%(title)s’ (%(region)s)"), why, since=since)]


def _ended_items(row: ContractRow, reach: Reach) -> Items:
    contract = row.contract
    since = contract.ends_on + timedelta(days=1)
    judges = reach.covers(Permission.CONTRACT_EVALUATE, contract.region_id)
    if judges and contract.author_id != reach.person.id:
        title = N_("Prestatiecontract ‘%(title)s’ (%(region)s) evalueren")
        why = N_("Het contract is afgelopen.")
        return [_item(row, title, why, since=since, endpoint="contract_evaluation.evaluate")], []
    why = N_("Bij de accountmanager: het contract is afgelopen en wordt geëvalueerd.")
    return [], [_item(row, N_("Prestatiecontract ‘%(title)s’ (%(region)s)"), why, since=since)]


def _item(
    row: ContractRow,
    title: str,
    why: str,
    *,
    since: date,
    endpoint: str = "contracts.show",
) -> WorkItem:
    contract = row.contract
    return work_item(
        title,
        why,
        endpoint,
        {"contract_id": contract.id},
        params={
            "title": contract.title,
            "region": contract.region.name,
            "signed": row.signing.signed,
            "total": row.signing.total,
            "unsigned": ", ".join(one.name for one in row.signing.unsigned),
        },
        since=since,
    )
