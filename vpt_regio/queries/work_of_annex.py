"""What the texts of the annex ask of an account manager: to agree, or to see what was changed."""

from datetime import date

from sqlalchemy import and_, func, or_, select

from vpt_regio.domain.half_year_codes import AnnexChapter
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.extensions import db
from vpt_regio.models.annex_texts import AnnexText, AnnexTextVersion
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.regions import Region
from vpt_regio.queries.region_row import SETTLED_PERIODS
from vpt_regio.queries.work_items import Reach, WorkItem, day_of, within, work_item

CHANGED = N_("Wijziging bekijken in de tekst over %(region)s voor de bijlage van %(period)s")
AGREE = N_("Akkoord geven op de tekst over %(region)s voor de bijlage van %(period)s")


def annex_items(reach: Reach) -> list[WorkItem]:
    """Return the texts to agree with, and those that were changed after the agreement."""
    if not reach.anywhere(Permission.ANNEX_SIGN_OFF):
        return []
    unsigned = and_(
        ReportingPeriod.status.not_in(SETTLED_PERIODS),
        func.coalesce(AnnexText.signed_off_no, 0) != AnnexText.latest_no,
    )
    # a change stays to be seen after the freeze
    unseen = and_(
        AnnexText.signed_off_no.is_not(None),
        AnnexText.signed_off_no != AnnexText.latest_no,
        func.coalesce(AnnexText.seen_no, 0) != AnnexText.latest_no,
    )
    query = (
        select(AnnexText, Region.name, ReportingPeriod, AnnexTextVersion)
        .join(AnnexText.region)
        .join(AnnexText.period)
        .join(
            AnnexTextVersion,
            and_(
                AnnexTextVersion.annex_text_id == AnnexText.id,
                AnnexTextVersion.version_no == AnnexText.latest_no,
            ),
        )
        .where(
            AnnexText.chapter == AnnexChapter.REGION,
            AnnexTextVersion.body != "",
            within(AnnexText.region_id, reach.regions(Permission.ANNEX_SIGN_OFF)),
            or_(unsigned, unseen),
        )
        .order_by(AnnexText.id)
    )
    return [
        _item(text, name, period, day_of(version.written_at))
        for text, name, period, version in db.session.execute(query)
    ]


def _item(text: AnnexText, region: str, period: ReportingPeriod, since: date) -> WorkItem:
    is_changed = text.signed_off_no is not None and text.seen_no != text.latest_no
    why = (
        N_("Na uw akkoord is de tekst gewijzigd. U ziet wat er is veranderd.")
        if is_changed
        else N_("De tekst staat klaar. Lees hem en geef akkoord, of verbeter hem.")
    )
    return work_item(
        CHANGED if is_changed else AGREE,
        why,
        "annex_texts.show",
        {"code": period.code, "text_id": text.id},
        params={"region": region, "period": period.name},
        since=since,
    )
