"""The annex as a PDF that can be read out (PDF/UA-1), with the same content as the Word document.

Only the fonts that come with the typesetter are used, and nothing tells when or where it was made:
the same content gives the same bytes.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

from vpt_regio.documents.annex_content import AnnexContent, to_plain
from vpt_regio.documents.annex_table import CAPTION, HEADERS, TOTAL, UNKNOWN, AnnexTable
from vpt_regio.documents.letters import UNPRINTABLE
from vpt_regio.domain.money import format_euro_letter

STANDARD: Final = "ua-1"
# a document says nothing of when it was made: the seconds since 1970 of 1 January 2012
MOMENT = 1_325_376_000


def write_annex_pdf(content: AnnexContent) -> bytes:
    """Return the annex as a tagged PDF."""
    # it takes a while to load, which only who makes a PDF should wait for
    import typst

    data = to_plain(content) | {"pilots": _pilots(content.pilots)}
    return typst.compile(
        _layout(),
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards=STANDARD,
        sys_inputs={"data": UNPRINTABLE.sub("", json.dumps(data, ensure_ascii=False))},
        timestamp=MOMENT,
    )


@cache
def _layout() -> bytes:
    return Path(__file__).with_name("annex.typ").read_bytes()


def _pilots(table: AnnexTable) -> dict[str, Any]:
    return {
        "title": table.title,
        "caption": CAPTION,
        "sentences": [[one.tag, one.text] for one in table.sentences],
        "headers": list(HEADERS),
        "rows": [
            {
                "organisation": row.organisation,
                "points": list(row.points),
                "amount": _amount(row.cents),
            }
            for row in table.rows
        ],
        "total": [TOTAL, _amount(table.total_cents)],
    }


def _amount(cents: int | None) -> str:
    return UNKNOWN if cents is None else format_euro_letter(cents)
