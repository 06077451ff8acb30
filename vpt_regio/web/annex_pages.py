"""How the texts of the annex read on a page: their names, how they stand, and their versions."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from vpt_regio.documents.annex_table import TOTAL, UNKNOWN, AnnexTable
from vpt_regio.domain.half_year_codes import (
    ANNEX_CHAPTER_LABELS,
    TEXT_ACTION_LABELS,
    AnnexChapter,
)
from vpt_regio.domain.money import format_euro_letter
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import ROLE_LABELS, Role
from vpt_regio.models.annex_texts import AnnexText, AnnexTextVersion
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.policies import visible_regions
from vpt_regio.queries.annex_texts import list_texts
from vpt_regio.web.filters import bullets, plain_moment
from vpt_regio.web.i18n import label
from vpt_regio.web.session import current_person


def name_of(text: AnnexText) -> str:
    """Return what a text is about."""
    if text.region is not None:
        return text.region.name
    if text.policy_line is not None:
        return text.policy_line.name
    return text.department or label(ANNEX_CHAPTER_LABELS[text.chapter])


def standing_of(text: AnnexText) -> dict[str, str]:
    """Return how a text stands, as a cell with a badge."""
    if not text.body:
        return {"text": _("nog leeg"), "badge": "neutral"}
    if text.chapter is not AnnexChapter.REGION:
        return {"text": _("geschreven"), "badge": "success"}
    if text.is_signed_off:
        return {"text": _("akkoord"), "badge": "success"}
    if text.signed_off_no is not None:
        return {"text": _("gewijzigd na akkoord"), "badge": "warning"}
    return {"text": _("wacht op akkoord"), "badge": "active"}


def text_rows(texts: Sequence[AnnexText]) -> list[list[Any]]:
    """Return a row for each text: chapter, what it is about, how it stands, the last word."""
    return [
        [
            {"text": name_of(text), "url": address_of(text)},
            label(ANNEX_CHAPTER_LABELS[text.chapter]),
            standing_of(text),
            _last_word(text),
        ]
        for text in texts
    ]


def rows_of_own_regions(period: ReportingPeriod) -> list[list[Any]]:
    """Return the texts of the regions of an account manager; whoever sees all has a page for it."""
    regions = visible_regions(current_person(), Permission.ANNEX_VIEW)
    return text_rows(list_texts(period, region_ids=regions)) if regions else []


def address_of(text: AnnexText) -> str:
    return url_for("annex_texts.show", code=text.period.code, text_id=text.id)


def _last_word(text: AnnexText) -> str | None:
    newest = next(reversed(text.versions), None)
    return f"{newest.author.name}, {plain_moment(newest.written_at)}" if newest else None


def version_rows(text: AnnexText) -> list[list[Any]]:
    """Return the versions of a text, the newest first, each with a link to what changed in it."""
    return [
        [
            {
                "text": _("Versie %(number)s", number=one.version_no),
                "url": url_for(
                    "annex_texts.show",
                    code=text.period.code,
                    text_id=text.id,
                    versie=one.version_no,
                ),
            },
            label(TEXT_ACTION_LABELS[one.action]),
            _writer(one),
            plain_moment(one.written_at),
        ]
        for one in reversed(text.versions)
    ]


def _writer(version: AnnexTextVersion) -> str:
    if version.role not in set(Role):
        return version.author.name
    return f"{version.author.name} ({label(ROLE_LABELS[Role(version.role)])})"


def pilot_rows(table: AnnexTable) -> list[list[Any]]:
    """Return the rows of the table of pilots, with their total."""
    rows: list[list[Any]] = [
        [one.organisation, bullets(one.points), _amount(one.cents)] for one in table.rows
    ]
    return [*rows, [TOTAL, "", _amount(table.total_cents)]] if rows else []


def _amount(cents: int | None) -> str:
    return UNKNOWN if cents is None else format_euro_letter(cents)
