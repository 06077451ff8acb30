"""The closed lists of the half-year: imports, snapshots, letters, commitments, texts."""

from enum import StrEnum
from typing import Final

from vpt_regio.domain.text import N_


class ImportStatus(StrEnum):
    """What became of an uploaded form; the last four are the outcomes that people know."""

    PREVIEW = "preview"
    ACCEPTED = "accepted"
    ACCEPTED_WITH_NOTES = "accepted_with_notes"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class FileKind(StrEnum):
    """The files that are made from a snapshot."""

    WORKBOOK_XLSX = "workbook_xlsx"
    WORKBOOK_ODS = "workbook_ods"
    ANNEX_WORD = "annex_word"
    ANNEX_PDF = "annex_pdf"


FILE_LABELS: dict[FileKind, str] = {
    FileKind.WORKBOOK_XLSX: N_("Voortgangsoverzicht (Excel)"),
    FileKind.WORKBOOK_ODS: N_("Voortgangsoverzicht (ODS)"),
    FileKind.ANNEX_WORD: N_("Bijlage bij de brief (Word)"),
    FileKind.ANNEX_PDF: N_("Bijlage bij de brief (PDF)"),
}

FILE_ENDINGS: dict[FileKind, str] = {
    FileKind.WORKBOOK_XLSX: "xlsx",
    FileKind.WORKBOOK_ODS: "ods",
    FileKind.ANNEX_WORD: "docx",
    FileKind.ANNEX_PDF: "pdf",
}


class CommitmentKind(StrEnum):
    PROMISE = "promise"
    MOTION = "motion"
    QUESTION = "question"


COMMITMENT_KIND_LABELS: dict[CommitmentKind, str] = {
    CommitmentKind.PROMISE: N_("toezegging"),
    CommitmentKind.MOTION: N_("motie"),
    CommitmentKind.QUESTION: N_("vraag"),
}


class CommitmentStatus(StrEnum):
    """``OVERDUE`` follows from the day it is due and is never stored."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    PARTLY_FULFILLED = "partly_fulfilled"
    FULFILLED = "fulfilled"
    LAPSED = "lapsed"
    OVERDUE = "overdue"


class AnnexChapter(StrEnum):
    """The chapters of the annex with texts that people write, in the order of the letter."""

    INTRODUCTION = "introduction"
    POLICY_LINE = "policy_line"
    REGION = "region"
    DEPARTMENT = "department"
    CLOSING = "closing"


ANNEX_CHAPTER_LABELS: dict[AnnexChapter, str] = {
    AnnexChapter.INTRODUCTION: N_("Inleiding"),
    AnnexChapter.POLICY_LINE: N_("Hoofdlijnen van het beleid"),
    AnnexChapter.REGION: N_("Regio's"),
    AnnexChapter.DEPARTMENT: N_("Bijdragen van andere ministeries"),
    AnnexChapter.CLOSING: N_("Afsluiting"),
}


class TextAction(StrEnum):
    """What somebody did with a text of the annex."""

    WRITTEN = "written"
    SIGNED_OFF = "signed_off"
    SEEN = "seen"


TEXT_ACTION_LABELS: dict[TextAction, str] = {
    TextAction.WRITTEN: N_("geschreven"),
    TextAction.SIGNED_OFF: N_("akkoord"),
    TextAction.SEEN: N_("wijziging gezien"),
}


class KeyFigure(StrEnum):
    """What is held against the last letter, for each region."""

    STATUS = "status"
    COVENANT_END = "covenant_end"
    AVAILABLE = "available"
    SPENT_TOTAL = "spent_total"
    LEFT = "left"
    HOURS = "hours"
    MEASURES_COVERED = "measures_covered"
    AGREEMENTS_MET = "agreements_met"


KEY_FIGURE_LABELS: dict[KeyFigure, str] = {
    KeyFigure.STATUS: N_("Status van de regio"),
    KeyFigure.COVENANT_END: N_("Einddatum van het convenant"),
    KeyFigure.AVAILABLE: N_("Voorschot en aanvulling"),
    KeyFigure.SPENT_TOTAL: N_("Besteed totaal"),
    KeyFigure.LEFT: N_("Resteert"),
    KeyFigure.HOURS: N_("Uren gemaakt"),
    KeyFigure.MEASURES_COVERED: N_("Maatregelen gedekt"),
    KeyFigure.AGREEMENTS_MET: N_("Afspraken gehaald"),
}

STOCKS: Final = frozenset(
    {
        KeyFigure.STATUS,
        KeyFigure.COVENANT_END,
        KeyFigure.AVAILABLE,
        KeyFigure.SPENT_TOTAL,
        KeyFigure.LEFT,
        KeyFigure.MEASURES_COVERED,
    }
)
"""Figures that go on: how a half-year opens is how the last one closed, or it is explained."""
