"""The annex as a PDF that can be read out (PDF/UA-1), with the same content as the Word document.

Only the fonts that come with the typesetter are used, and nothing tells when or where it was made:
the same content gives the same bytes.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, Final

from vpt_regio.documents.annex_content import AnnexContent, to_plain
from vpt_regio.documents.annex_table import CAPTION, HEADERS, TOTAL, UNKNOWN, AnnexTable
from vpt_regio.documents.letters import UNPRINTABLE
from vpt_regio.domain.money import format_euro_letter

STANDARD: Final = "ua-1"
# letters, signs and punctuation of Dutch and its neighbours, which the font has
SAFE: Final = re.compile(r"[\n\r\t -~\u00a0-\u017f–—‘’‚“”„•…€‑]")
IN_PLACE: Final = "\u25a1"
"""An empty square, for a character that the font does not have."""
MOST_TRIED: Final = 200
PROBE: Final = (
    b'#set document(title: "t")\n#set text(lang: "nl", font: "Libertinus Serif")\n'
    b"#text(sys.inputs.text)"
)
# a document says nothing of when it was made: the seconds since 1970 of 1 January 2012
MOMENT = 1_325_376_000


def write_annex_pdf(content: AnnexContent) -> bytes:
    """Return the annex as a tagged PDF."""
    # it takes a while to load, which only who makes a PDF should wait for
    import typst

    data = _clean(to_plain(content) | {"pilots": _pilots(content.pilots)})
    text = json.dumps(data, ensure_ascii=False)
    unknown = _without_a_glyph("".join(sorted({one for one in text if not SAFE.match(one)})))
    return typst.compile(
        _layout(),
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards=STANDARD,
        sys_inputs={"data": text.translate(dict.fromkeys(map(ord, unknown), IN_PLACE))},
        timestamp=MOMENT,
    )


def _clean(value: Any) -> Any:
    """Return JSON values without the characters that no document can hold."""
    if isinstance(value, dict):
        return {key: _clean(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_clean(one) for one in value]
    return UNPRINTABLE.sub("", value) if isinstance(value, str) else value


def _without_a_glyph(characters: str) -> str:
    """Return which of these characters the font cannot show, by trying them: halves of what fails.

    A document that can be read out may not hold one. Of very many at once nothing is tried.
    """
    if len(characters) > MOST_TRIED:
        return characters
    if not characters or _is_shown(characters):
        return ""
    if len(characters) == 1:
        return characters
    half = len(characters) // 2
    return _without_a_glyph(characters[:half]) + _without_a_glyph(characters[half:])


def _is_shown(characters: str) -> bool:
    import typst

    try:
        typst.compile(
            PROBE,
            format="pdf",
            ignore_system_fonts=True,
            pdf_standards=STANDARD,
            sys_inputs={"text": " ".join(characters)},
        )
    except typst.TypstError:
        return False
    return True


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
