"""What is told of a progress form that came back: messages, and a stable code for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from vpt_regio.domain.fuzzy_date import FAR_AWAY
from vpt_regio.domain.text import N_, TEXT_PROBLEMS
from vpt_regio.workbooks import gate, parse, read, read_grid, read_xlsx
from vpt_regio.workbooks import progress_form_cells as cells
from vpt_regio.workbooks import progress_form_meta as meta

NO_FORM_SHEET: Final = N_(
    "Het blad %(sheet)s ontbreekt. Zet het terug, of download een nieuw formulier."
)
UNKNOWN_ROW: Final = N_(
    "Deze rij hoort niet bij dit formulier. Haal hem weg, of download een nieuw formulier."
)
ROW_TWICE: Final = N_("Deze rij staat er meer dan één keer. Laat er één staan.")
ROW_MIXED: Final = N_(
    "Deze rij is door elkaar geraakt: een vergrendelde cel hoort bij een andere rij."
    " Download een nieuw formulier en neem uw gegevens over."
)
NO_JUDGEMENT: Final = N_("De rij met het oordeel is weg. Download een nieuw formulier.")
DELAYED: Final = N_("Deze activiteit is vertraagd. Leg bij Knelpunt uit waarom.")
NO_EXPLANATION: Final = N_("Leg uit waarom het oordeel oranje of rood is.")
NO_HOURS: Final = N_("Vul de uren in. Is er in deze week niet gewerkt? Vul dan 0 in.")
DUPLICATE_WEEK: Final = N_("Deze week staat er voor deze projectleider al. Laat er één staan.")
BOOKING_CHANGED: Final = N_(
    "Een uitgave die al is geboekt, verandert niet. Zet de oude waarde terug."
    " Een fout verbetert u in de applicatie."
)
DENOMINATOR_ZERO: Final = N_(
    "De noemer moet hoger zijn dan 0. Is er niets geteld? Laat teller en noemer dan leeg en leg"
    " bij Toelichting uit waarom."
)
OTHER_SHARE: Final = N_(
    "Dit percentage volgt niet uit de teller en de noemer. Verbeter een van de drie, of laat"
    " deze cel leeg."
)
CLEARED: Final = N_(
    "Een meting die is vastgelegd, kunt u niet leegmaken. Zet de oude waarde terug."
)
WRONG_PROGRAMME: Final = N_("Dit formulier is van een ander programma: %(found)s.")
WRONG_REGION: Final = N_("Dit formulier is van de regio %(found)s en niet van %(wanted)s.")
WRONG_PERIOD: Final = N_("Dit formulier is van het halfjaar %(found)s en niet van %(wanted)s.")

ROWS_GONE: Final = N_(
    "%(count)s rijen van het formulier staan niet meer in het bestand. Daar verandert niets."
)
EXTRA_SHEET: Final = N_("Het blad %(title)s hoort niet bij het formulier en is niet gelezen.")

CODES: Final[Mapping[str, str]] = {
    gate.TOO_LARGE: "file_too_large",
    gate.NOT_EXCEL: "not_excel",
    gate.LOCKED_OR_OLD: "locked_or_old",
    gate.TOO_MANY_PARTS: "too_many_parts",
    gate.UNPACKED_TOO_LARGE: "unpacked_too_large",
    gate.TOO_MANY_CELLS: "too_many_cells",
    gate.DAMAGED: "damaged",
    gate.ACTIVE: "macros",
    gate.EXTERNAL: "external_data",
    gate.DOCTYPE: "doctype",
    meta.NOT_A_FORM: "not_a_form",
    meta.OTHER_VERSION: "wrong_form_version",
    meta.BAD_SIGNATURE: "bad_signature",
    WRONG_PROGRAMME: "wrong_programme",
    WRONG_REGION: "wrong_region",
    WRONG_PERIOD: "wrong_period",
    NO_FORM_SHEET: "missing_sheet",
    read.EMPTY: "empty_file",
    read.NO_HEADER: "missing_column",
    read.NO_COLUMN: "missing_column",
    read.TWICE: "column_twice",
    read.BLANK: "blank",
    read_grid.TOO_MANY_ROWS: "too_many_rows",
    read_xlsx.MERGED: "merged_cell",
    read_xlsx.TOO_MANY_MERGED: "too_many_merged",
    read_xlsx.CELL_ERROR: "cell_error",
    read_xlsx.NO_RESULT: "formula_without_result",
    UNKNOWN_ROW: "unknown_row",
    ROW_TWICE: "row_twice",
    ROW_MIXED: "row_mixed",
    NO_JUDGEMENT: "missing_row",
    NO_HOURS: "blank",
    DELAYED: "delayed_without_obstacle",
    NO_EXPLANATION: "explanation_missing",
    DUPLICATE_WEEK: "duplicate_week",
    BOOKING_CHANGED: "booking_changed",
    DENOMINATOR_ZERO: "denominator_zero",
    OTHER_SHARE: "share_differs",
    CLEARED: "measurement_cleared",
    cells.NOT_0_TO_100: "progress_out_of_range",
    cells.NOT_WHOLE_PERCENT: "not_whole",
    cells.NOT_QUARTERS: "not_quarters",
    cells.NEGATIVE: "negative",
    cells.NEGATIVE_AMOUNT: "negative",
    cells.TOO_MANY_HOURS: "too_many_hours",
    cells.NOT_A_WEEK: "not_a_week",
    cells.NO_SUCH_WEEK: "not_a_week",
    cells.WEEK_OUTSIDE: "outside_period",
    cells.DAY_OUTSIDE: "outside_period",
    cells.OTHER_ACTIVITY: "not_in_list",
    cells.OTHER_LEADER: "not_in_list",
    parse.NOT_A_NUMBER: "not_a_number",
    parse.NOT_WHOLE: "not_whole",
    parse.TOO_LARGE: "number_too_large",
    parse.WHOLE_TOO_LARGE: "number_too_large",
    parse.DECIMAL_POINT: "decimal_point",
    parse.OTHER_UNIT: "other_unit",
    parse.NOT_AN_AMOUNT: "not_an_amount",
    parse.NOT_EUROS: "other_unit",
    parse.NOT_CENTS: "not_cents",
    parse.NOT_A_PERCENTAGE: "not_a_percentage",
    parse.ASK_PERCENTAGE: "ask_percentage",
    parse.NOT_A_DATE: "not_a_date",
    parse.NO_SUCH_DAY: "no_such_day",
    FAR_AWAY: "not_a_date",
    parse.LOST_DATE: "lost_date",
    parse.BECAME_DATE: "became_date",
    parse.TOO_LONG: "too_long",
    parse.NOT_A_CHOICE: "not_in_list",
    parse.NOT_YES_OR_NO: "not_in_list",
    TEXT_PROBLEMS["control_characters"]: "control_characters",
    TEXT_PROBLEMS["too_long"]: "too_long",
    read.MISSING: "column_missing",
    read.IGNORED: "extra_column",
    read.NUMBER_AS_TEXT: "number_as_text",
    read.DATE_AS_TEXT: "date_as_text",
    read.GROUPED: "grouped",
    read_xlsx.HIDDEN_ROWS: "hidden_rows",
    ROWS_GONE: "rows_gone",
    EXTRA_SHEET: "extra_sheet",
}
"""Message → code; a message that is not here has the code ``invalid``."""


def code_of(message: str) -> str:
    """Return the stable code of a message."""
    return CODES.get(message, "invalid")
