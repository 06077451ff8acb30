"""What uploaded forms ask of a person: a choice on what is taken over, or a better form."""

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased, joinedload

from vpt_regio.domain.half_year_codes import ImportStatus
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.extensions import db
from vpt_regio.models.imports import Import
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.queries.work_items import Reach, WorkItem, day_of, within, work_item

_ASKS = (ImportStatus.PREVIEW, ImportStatus.REFUSED)
_RUNNING = (PeriodStatus.OPEN, PeriodStatus.COLLECTING)


def import_items(reach: Reach) -> list[WorkItem]:
    """Return the forms that a person uploaded and that wait for their choice or came back.

    Only the last one of a region and a half-year counts. One query.
    """
    later = aliased(Import)
    is_last = ~exists().where(
        later.region_id == Import.region_id,
        later.period_id == Import.period_id,
        later.id > Import.id,
    )
    query = (
        select(Import)
        .join(ReportingPeriod, ReportingPeriod.id == Import.period_id)
        .where(
            Import.uploaded_by_id == reach.person.id,
            Import.status.in_(_ASKS),
            ReportingPeriod.status.in_(_RUNNING),
            within(Import.region_id, reach.regions(Permission.REPORT_EDIT)),
            is_last,
        )
        .options(joinedload(Import.region), joinedload(Import.period))
        .order_by(Import.id)
    )
    return [_item(one) for one in db.session.scalars(query)]


def _item(import_: Import) -> WorkItem:
    if import_.status is ImportStatus.PREVIEW:
        title = N_("Formulier van %(region)s verwerken")
        why = N_("Kies wat u overneemt uit het formulier over %(period)s.")
    else:
        title = N_("Formulier van %(region)s verbeteren")
        why = N_("Het formulier over %(period)s is geweigerd. Bekijk wat er niet klopt.")
    return work_item(
        title,
        why,
        "imports.show",
        {"import_id": import_.id},
        params={"region": import_.region.name, "period": import_.period.code},
        since=day_of(import_.uploaded_at),
    )
