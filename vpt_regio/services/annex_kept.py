"""What the annex of a next version is counted over: rows of its sheets, most of them kept.

What was not opened again counts as it was frozen, whatever has changed in the records since.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import select

from vpt_regio.documents.annex_content import AnnexContent, Block, Bullets, Paragraph, Section
from vpt_regio.domain.enums import ACTIVITY_STATUS_LABELS, ActivityStatus
from vpt_regio.domain.indicator_codes import ATTAINMENT_LABELS, Attainment
from vpt_regio.extensions import db
from vpt_regio.models.contracts import Agreement
from vpt_regio.workbooks.frozen import part_key
from vpt_regio.workbooks.half_year_activities import ACTIVITIES
from vpt_regio.workbooks.half_year_results import AGREEMENTS
from vpt_regio.workbooks.spec import Sheet

STATUSES: dict[str, ActivityStatus] = {
    label: status for status, label in ACTIVITY_STATUS_LABELS.items()
}
ATTAINMENTS: dict[str, Attainment] = {label: one for one, label in ATTAINMENT_LABELS.items()}


class KeptActivity(NamedTuple):
    """An activity as its row tells it; money in cents."""

    region: str
    title: str
    policy_line: str | None
    status: ActivityStatus | None
    result: str
    budget_cents: int
    spent_total_cents: int
    spent_in_period_cents: int


class KeptAgreement(NamedTuple):
    """An agreement as its row tells it."""

    contract_id: int
    attainment: Attainment


@dataclass(frozen=True)
class Kept:
    """The annex of the version before, and the rows of the sheets of this one.

    `agreements` go with the name of their region and its code.
    """

    old: AnnexContent
    activities: Sequence[KeptActivity]
    agreements: Sequence[tuple[str, str, KeptAgreement]]
    with_national: bool

    def sections(self, chapter: str) -> tuple[Section, ...]:
        found = self.old.chapter(chapter)
        return found.sections if found else ()


def kept_of(old: AnnexContent, parts: Mapping[str, Sequence[Any]], *, with_national: bool) -> Kept:
    """Return what the next annex is counted over, from the lines of the sheets by part."""
    activities = [
        KeptActivity(
            cells["region"],
            cells["title"],
            cells["policy_line"],
            STATUSES.get(cells["status"]),
            cells["result"] or "",
            cells["budget"] or 0,
            cells["spent_total"] or 0,
            cells["spent_in_period"] or 0,
        )
        for cells, _codes in _rows(ACTIVITIES, parts)
    ]
    rows = list(_rows(AGREEMENTS, parts))
    contracts = _contracts([_id_in(cells["link"]) for cells, _codes in rows])
    agreements = [
        (
            cells["region"],
            ",".join(codes),
            KeptAgreement(contracts[_id_in(cells["link"])], ATTAINMENTS[cells["attainment"]]),
        )
        for cells, codes in rows
    ]
    return Kept(old, activities, agreements, with_national)


def written_in(section: Section, results: str) -> tuple[Block, ...]:
    """Return what people wrote in a section; `results` introduces points that were counted."""
    blocks = list(section.blocks)
    before = blocks[-2] if len(blocks) > 1 else None
    if isinstance(before, Paragraph) and "".join(run.text for run in before.runs) == results:
        blocks = blocks[:-2]
    return tuple(
        one for one in blocks if isinstance(one, Bullets) or getattr(one, "is_written", False)
    )


def _rows(
    sheet: Sheet, parts: Mapping[str, Sequence[Any]]
) -> list[tuple[dict[str, Any], list[str]]]:
    keys = [column.key for column in sheet.columns]
    return [
        (dict(zip(keys, line["cells"], strict=True)), line["regions"])
        for line in parts[part_key(sheet)]
    ]


def _id_in(link: str) -> int:
    return int(link.rsplit("/", 1)[-1])


def _contracts(agreement_ids: Sequence[int]) -> dict[int, int]:
    """An agreement never moves to another contract, so that the record may be asked."""
    query = select(Agreement.id, Agreement.contract_id).where(Agreement.id.in_(agreement_ids))
    return {row.id: row.contract_id for row in db.session.execute(query)}
