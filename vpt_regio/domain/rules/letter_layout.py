"""Plain text as paragraphs, items of lists and tables; words that a line broke are made whole."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from vpt_regio.domain.rules.letter_document import Block, LetterTable, Paragraph
from vpt_regio.domain.rules.letter_masks import periods_in
from vpt_regio.domain.rules.letter_tables import cell_number

_ITEM = re.compile(r"^\s*(?:[•●▪◦*‣�]|[-–−]|o|[a-z]\)|\(?[0-9]{1,2}[.)]\)?)\s+(?=\S)")
_NUMBERED = re.compile(r"^\s*[0-9]{1,2}[.)]?\s{1,3}(?=[A-Z])")
_SPACES = re.compile(r"[\u00a0\u2009\u202f]")
_CUT = re.compile(r"[^\W\d_]-$")
_LAST_NUMBERS = re.compile(
    r"^(?P<label>[^0-9]*?[^\W\d_][^0-9]*?)[ :]+(?P<cells>(?:€ ?)?[0-9][0-9 .,%€+−-]*)$"
)
_VALUE = re.compile(r"(?:€ ?)?[-−+]?[0-9]+(?:\.[0-9]{3})*(?:,[0-9]+|,-)?(?: ?%)?|[-–]")
_AMOUNT_LINE = re.compile(r"^(?:€|EUR) ?[0-9][0-9 .]*(?:,[0-9]{2}|,[-–−=]{1,2})?$")
_SENTENCE_END = re.compile(
    r"(?<!\b[A-Z]\.)(?<!\bnr\.)(?<!\bca\.)(?<!\bart\.)(?<!\bo\.a\.)"
    r"(?<!\bdr\.)(?<!\bmr\.)(?<!\bdrs\.)(?<!\bresp\.)(?<!\bd\.d\.)(?<![Tt]\.o\.v\.)(?<!\bm\.n\.)"
    r"(?<=[.!?])[)»”’'\"]?[0-9]{0,2}\s+(?=[\"'«“‘(]*[A-ZÀ-Þ0-9€•])"
)
LONGEST_LABEL = 80
LONGEST_ROW = 300
FEWEST_AMOUNTS = 3
LONGEST_LINE = 160
LONGEST_CAPTION = 150
_CAPTION = re.compile(
    r"(?:tabel|overzicht|grafiek|figuur)\b(?: [0-9]+[a-z]?\b|[:.])", re.IGNORECASE
)
_AMOUNT_HEADING = re.compile(r"bedrag|subsidie|kosten|budget|toegekend", re.IGNORECASE)


def sentences(text: str) -> list[str]:
    """Return the sentences of a paragraph."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part and part.strip()]


def blocks_of(text: str) -> list[Block]:
    """Return the paragraphs and the tables of plain text."""
    lines = [_SPACES.sub(" ", line).rstrip() for line in text.splitlines()]
    # lines that no page could hold were not broken to fit one: each is a paragraph then
    is_whole = any(len(line) > LONGEST_LINE for line in lines)
    found: list[Block] = []
    place, tables = 0, 0
    pending: list[str] = []
    while place < len(lines):
        taken = _table_at(lines, place)
        if taken is None:
            pending.append(lines[place])
            place += 1
            continue
        rows, used, has_own_header = taken
        tables += 1
        header: list[str] = []
        title = _title_above(pending)
        if not has_own_header:
            header, title = _header_above(pending, len(rows[0]) - 1)
        found += _paragraphs(pending, is_whole=is_whole)
        place += used
        below = _caption_below(lines, place, is_captioned=has_own_header)
        all_rows = [header, *rows] if header else rows
        found.append(
            LetterTable(
                tuple(tuple(row) for row in all_rows),
                title=f"{title} {below}".strip(),
                origin=f"tabel {tables} in de brief",
            )
        )
        pending = []
    found += _paragraphs(pending, is_whole=is_whole)
    return [*found, *_amount_table(found, tables + 1)]


def _amount_table(blocks: Sequence[Block], number: int) -> list[Block]:
    """Return the amounts that stand on lines of their own as a table, one row for each.

    Text taken from a page shows a table with texts in its cells like that. The heading is that
    which names the amounts: without one they are no table.
    """
    texts = [block.text if isinstance(block, Paragraph) else "" for block in blocks]
    amounts = [place for place, text in enumerate(texts) if _AMOUNT_LINE.match(text)]
    if len(amounts) < FEWEST_AMOUNTS:
        return []
    heading = next(
        (i for i in range(amounts[0] - 1, -1, -1) if _AMOUNT_HEADING.search(texts[i])), None
    )
    if heading is None or len(texts[heading]) > LONGEST_LABEL:
        return []
    header = " ".join(texts[max(0, heading - 1) : heading + 1])
    starts = [heading, *amounts]
    rows = [
        (next((one for one in texts[before + 1 : at] if one), "")[:LONGEST_LABEL], texts[at])
        for before, at in pairwise(starts)
    ]
    return [LetterTable((("", header), *rows), origin=f"tabel {number} in de brief")]


def _table_at(lines: Sequence[str], place: int) -> tuple[list[list[str]], int, bool] | None:
    """Return the rows of a table that begins at a line, how many lines it takes, and whether
    its header is among them."""
    split = _separator(lines[place])
    if split is not None:
        rows, used = _separated(lines, place, split)
        if len(rows) > 1 and any(cell_number(cell) for row in rows[1:] for cell in row[1:]):
            return rows, used, True
    rows, used = _loose(lines, place)
    return (rows, used, False) if rows else None


def _separator(line: str) -> str | None:
    if line.count("|") > 1:
        return r"\s*\|\s*"
    if "\t" in line.strip():
        return r"\t"
    return r" {2,}" if len(re.split(r" {2,}", line.strip())) > 1 else None


def _separated(lines: Sequence[str], place: int, split: str) -> tuple[list[list[str]], int]:
    """Read lines of which the cells stand apart by a mark, a tab or wide spaces."""
    rows: list[list[str]] = []
    used = 0
    for line in _from(lines, place):
        if _separator(line) != split:
            break
        used += 1
        trimmed = line.strip("\r\n") if split == r"\t" else line.strip()
        cells = re.split(split, trimmed.strip("|") if "\\|" in split else trimmed)
        if not all(re.fullmatch(r"[:\- ]*", cell) for cell in cells):
            rows.append([cell.strip() for cell in cells])
    return rows, used


def _from(lines: Sequence[str], place: int) -> Iterator[str]:
    """Yield the lines from a place on; a slice would copy them all, at every line of a letter."""
    return (lines[number] for number in range(place, len(lines)))


def _loose(lines: Sequence[str], place: int) -> tuple[list[list[str]], int]:
    """Read lines of a label and numbers behind it, as text taken from a page shows a table."""
    if not any(one.isdigit() for one in lines[place]):
        return [], 0
    width = _header_width(lines, place)
    rows: list[list[str]] = []
    used = 0
    for line in _from(lines, place):
        row = _loose_row(line, width)
        if row is None or (rows and len(row) != len(rows[0])):
            break
        rows.append(row)
        used += 1
    return rows, used


def _header_width(lines: Sequence[str], place: int) -> int:
    """Return how many periods the nearest line above names, when it names nothing else."""
    for line in reversed(lines[max(0, place - 2) : place]):
        if line.strip():
            periods = periods_in(line)
            rest = "".join(c for c in _without(line, periods) if c.isalnum())
            return len(periods) if not rest else 0
    return 0


def _loose_row(line: str, width: int) -> list[str] | None:
    row = line.strip()
    if len(row) > LONGEST_ROW or not row[-1:] or row[-1].isalpha():
        return None
    match = _LAST_NUMBERS.match(row)
    if match is None or len(match["label"]) > LONGEST_LABEL:
        return None
    cells = _cells(match["cells"].strip(), width)
    return [match["label"].strip(), *cells] if len(cells) >= 2 else None


def _cells(text: str, width: int) -> list[str]:
    """Cut numbers apart; a space may group thousands when that gives as many as the header has."""
    single = _VALUE.findall(text)
    if "".join(single).replace(" ", "") != text.replace(" ", ""):
        return []
    if width and len(single) != width:
        grouped = re.findall(
            r"(?:€ ?)?[1-9][0-9]{0,2}(?: [0-9]{3})+(?! ?[0-9])|" + _VALUE.pattern, text
        )
        return grouped if len(grouped) == width else []
    return single


def _header_above(pending: list[str], width: int) -> tuple[list[str], str]:
    """Take the header of a loose table from the lines above it; they are cut from `pending`."""
    while pending and not pending[-1].strip():
        pending.pop()
    if not pending:
        return [], ""
    line = pending[-1].strip()
    periods = periods_in(line)
    if len(periods) == width and len(_without(line, periods).split()) <= 2:
        header = [period.text for period in periods]
    elif len(line.split()) == width:
        header = line.split()
    elif len(line.split()) == width + 1 and not line.endswith((".", ":")):
        header = line.split()[1:]
    else:
        return [], line
    pending.pop()
    title = next((one.strip() for one in reversed(pending) if one.strip()), "")
    return ["", *header], "" if title.endswith((".", ",", ";")) else title


def _without(line: str, periods: Sequence[object]) -> str:
    for period in periods_in(line) if periods else []:
        line = line.replace(period.text, " ", 1)
    return line.strip()


def _caption_below(lines: Sequence[str], place: int, *, is_captioned: bool) -> str:
    """Return the line below a table that says what it shows: short, and no sentence.

    Below a table with a header of its own it must call itself a caption (`is_captioned`).
    """
    for line in lines[place : place + 2]:
        text = line.strip()
        if text and is_captioned:
            return text if is_caption(text) and len(text) <= LONGEST_CAPTION else ""
        if text:
            return "" if text.endswith(".") or len(text) > LONGEST_LABEL + 10 else text
    return ""


def is_caption(text: str) -> bool:
    """Tell whether a line is the title of a table or a figure."""
    return bool(_CAPTION.match(text.strip()))


def _title_above(pending: Sequence[str]) -> str:
    """Return the line above a table that says what it shows: its caption, or the heading."""
    line = next((one.strip() for one in reversed(pending) if one.strip()), "")
    is_title = is_caption(line) or not line.endswith((".", ":", ",", ";"))
    return line if is_title and len(line) <= LONGEST_CAPTION else ""


def _paragraphs(lines: Sequence[str], *, is_whole: bool) -> Iterator[Block]:
    """Join lines into paragraphs; a blank line or the mark of an item begins a new one.

    `is_whole` tells that each line is a paragraph already.
    """
    current: list[str] = []
    is_item = False
    for one in [*lines, ""]:
        line = one
        begins = bool(_ITEM.match(line)) or (bool(_NUMBERED.match(line)) and not current)
        is_next = is_whole or not line.strip() or begins
        if current and (is_next or _AMOUNT_LINE.match(line.strip())):
            yield Paragraph(_joined(current), is_item)
            current, is_item = [], False
        if line.strip():
            if not current:
                is_item = begins
                line = _ITEM.sub("", line) if begins else line
            current.append(line.strip())


def _joined(lines: Sequence[str]) -> str:
    text = ""
    for line in lines:
        is_cut = bool(_CUT.search(text[-2:])) and line[:1].islower()
        if is_cut and not re.match(r"(?:en|of|en/of)\b", line):
            text = text[:-1] + line
        else:
            text = f"{text} {line}" if text else line
    return re.sub(r" +", " ", text)
