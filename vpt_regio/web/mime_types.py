"""The types of the files that are downloaded; the list of the machine itself may lack them."""

from typing import Final

EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODS: Final = "application/vnd.oasis.opendocument.spreadsheet"
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CSV: Final = "text/csv"
OTHER: Final = "application/octet-stream"

_BY_ENDING: Final = {
    ".xlsx": EXCEL,
    ".ods": ODS,
    ".docx": WORD,
    ".csv": CSV,
    ".pdf": "application/pdf",
    ".zip": "application/zip",
}


def type_of(name: str) -> str:
    """Return the type of a file by the ending of its name."""
    return next((kind for end, kind in _BY_ENDING.items() if name.lower().endswith(end)), OTHER)
