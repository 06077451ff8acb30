"""Dutch sentences of the annex: words and bound numbers put together as a letter writes them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TypeAlias

from vpt_regio.documents.annex_content import Block, Bullets, NumberKind, Paragraph, Run, Runs
from vpt_regio.domain.dutch_counts import in_words
from vpt_regio.domain.fuzzy_date import MONTHS
from vpt_regio.domain.indicator_codes import Qualifier, Unit
from vpt_regio.domain.money import format_euro_letter
from vpt_regio.domain.percentages import round_half_up

Part: TypeAlias = str | Run
Parts: TypeAlias = Sequence[Part]

WHOLE = 100
NO_BREAK_SPACE = "\u00a0"
# "28 684", "nr. 325", "€ 12" and "8 maart" are each read as one
_ONE_WORD = re.compile(
    r"(?<![\d.,])\d{2} (?=\d{3}\b)|\bnr\. (?=\d)|€ (?=\d)"
    rf"|\b\d{{1,2}} (?=(?:{'|'.join(MONTHS)})\b)"
)
BULLET_MARKS = ("- ", "• ", "* ")
ENDS = (".", "!", "?", ":", ";")
BEFORE = {
    Qualifier.EXACT: "",
    Qualifier.CIRCA: "ongeveer ",
    Qualifier.MORE_THAN: "meer dan ",
    Qualifier.ALMOST: "bijna ",
}


def count(tag: str, number: int) -> Run:
    """Return a count in the words of a letter; none is "geen"."""
    words = in_words(number) if number else "geen"
    return Run(words, tag=tag, value=str(number), kind=NumberKind.COUNT)


def counted(tag: str, number: int, one: str, many: str) -> list[Part]:
    """Return a count with what is counted: "één regio", "geen regio's"."""
    return [count(tag, number), f" {one if number == 1 else many}"]


def number_cell(tag: str, number: int) -> Run:
    """Return a count in digits, for a table."""
    return Run(_grouped(number), tag=tag, value=str(number), kind=NumberKind.COUNT)


def euros(tag: str, cents: int) -> Run:
    """Return an amount as a letter writes it."""
    text = format_euro_letter(cents)
    return Run(text, tag=tag, value=str(cents), kind=NumberKind.CENTS)


def percent(tag: str, part_of_one: Fraction) -> Run:
    """Return a share as a percentage with at most one decimal: 1 is 100%."""
    exact = part_of_one * WHOLE
    return Run(f"{decimal(exact)}%", tag=tag, value=str(exact), kind=NumberKind.PERCENT)


def hours(tag: str, amount: Fraction) -> Run:
    """Return hours, without their unit."""
    text = decimal(amount, decimals=2)
    return Run(text, tag=tag, value=str(amount), kind=NumberKind.HOURS)


def measured(
    tag: str,
    number: Fraction,
    unit: Unit,
    *,
    decimals: int = 1,
    qualifier: Qualifier = Qualifier.EXACT,
) -> Run:
    """Return a value in its unit with what is known of it: "ongeveer 40", "66,7%", "ja"."""
    kind = NumberKind.PERCENT if unit is Unit.PERCENT else NumberKind.VALUE
    text = f"{BEFORE[qualifier]}{in_unit(number, unit, decimals=decimals)}"
    return Run(text, tag=tag, value=str(number), kind=kind)


def in_unit(number: Fraction, unit: Unit, *, decimals: int = 1) -> str:
    """Return a value in its unit, rounded half up."""
    if unit is Unit.YES_NO:
        return "ja" if number else "nee"
    if unit is Unit.EURO:
        return format_euro_letter(int(round_half_up(number * WHOLE)))
    text = decimal(number, decimals=decimals)
    if unit is Unit.PERCENT:
        return f"{text}%"
    if unit is Unit.DAYS:
        return f"{text} {'dag' if number == 1 else 'dagen'}"
    return text


def decimal(number: Fraction, *, decimals: int = 1) -> str:
    """Return a number in Dutch, with decimals only where there are any."""
    rounded = round_half_up(number, decimals)
    whole, _, rest = f"{abs(rounded):f}".partition(".")
    rest = rest.rstrip("0")
    sign = "-" if rounded < 0 else ""
    return f"{sign}{_grouped(int(whole))}{',' + rest if rest else ''}"


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def sentence(*parts: Part) -> Runs:
    """Return parts as one sentence: a capital at the start, a full stop at the end."""
    runs = runs_of(parts)
    if not runs:
        return ()
    first = replace(runs[0], text=_capital(runs[0].text))
    runs = (first, *runs[1:])
    if runs[-1].text.rstrip().endswith(ENDS):
        return runs
    return runs_of([*runs, "."])


def runs_of(parts: Iterable[Part]) -> Runs:
    """Return parts as runs; words that follow each other become one."""
    found: list[Run] = []
    for part in parts:
        run = Run(part) if isinstance(part, str) else part
        if not run.text:
            continue
        if found and not run.is_bound and not found[-1].is_bound:
            found[-1] = Run(found[-1].text + run.text)
        else:
            found.append(run)
    return tuple(found)


def _capital(text: str) -> str:
    if text.startswith("één"):
        return f"Eén{text[3:]}"
    return text[:1].upper() + text[1:]


def paragraph(*sentences: Runs) -> Paragraph:
    """Return sentences as one paragraph; empty ones are left out."""
    parts: list[Part] = []
    for one in sentences:
        if one:
            parts += [*([" "] if parts else []), *one]
    return Paragraph(runs_of(parts))


def paragraphs(*found: Paragraph) -> tuple[Paragraph, ...]:
    """Return the paragraphs that say something."""
    return tuple(one for one in found if one.runs)


def of_which(tag: str, in_period: int, spent: int) -> list[Part]:
    """Return which part of what was spent fell in the half-year, as the end of a sentence."""
    if not spent:
        return []
    if not in_period:
        return [", niets daarvan in dit halfjaar"]
    if in_period == spent:
        return [", geheel in dit halfjaar"]
    return [", waarvan ", euros(tag, in_period), " in dit halfjaar"]


def listed(items: Sequence[Parts]) -> list[Part]:
    """Return items as a list in a sentence: "a, b en c"."""
    found: list[Part] = []
    for place, item in enumerate(items):
        if place:
            found.append(" en " if place == len(items) - 1 else ", ")
        found += item
    return found


def names_listed(names: Sequence[str]) -> str:
    """Return names as a list in a sentence."""
    return "".join(str(part) for part in listed([[name] for name in names]))


def held_together(text: str) -> str:
    """Return a text in which numbers of papers, amounts and days do not break over two lines."""
    return _ONE_WORD.sub(lambda found: found[0].replace(" ", NO_BREAK_SPACE), text)


def written(body: str) -> tuple[Block, ...]:
    """Return what people wrote: a paragraph for each line, and points where lines begin so."""
    blocks: list[Block] = []
    points: list[Runs] = []
    for line in [*held_together(body).splitlines(), ""]:
        text = line.strip()
        if text.startswith(BULLET_MARKS):
            points.append((Run(text[2:].strip()),))
            continue
        if points:
            blocks.append(Bullets(tuple(points)))
            points = []
        if text:
            blocks.append(Paragraph((Run(text),), is_written=True))
    return tuple(blocks)
