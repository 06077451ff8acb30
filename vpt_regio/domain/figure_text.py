"""A figure as people type it in one line: "186", "ca. 40", "1.500.000 (1,5 mln)", "onbekend"."""

import re
from dataclasses import dataclass
from decimal import Decimal

from vpt_regio.domain.indicator_codes import QUALIFIER_LABELS, Qualifier, Unit
from vpt_regio.domain.numbers import parse_number, plain

NOT_KNOWN = frozenset({"onbekend", "niet bekend", "?"})
YES_OR_NO = {"ja": Decimal(1), "nee": Decimal(0), "1": Decimal(1), "0": Decimal(0)}
WORDS = {
    "ongeveer": Qualifier.CIRCA,
    "circa": Qualifier.CIRCA,
    "ca.": Qualifier.CIRCA,
    "ca": Qualifier.CIRCA,
    "meer dan": Qualifier.MORE_THAN,
    "ruim": Qualifier.MORE_THAN,
    "bijna": Qualifier.ALMOST,
    "precies": Qualifier.EXACT,
}
LONGEST_PRINT = 100

_LINE = re.compile(r"(?P<figure>[^()]*?)\s*(?:\((?P<printed>[^()]+)\))?")
_FIGURE = re.compile(
    rf"(?:(?P<word>{'|'.join(re.escape(word) for word in WORDS)}) )?(?P<number>.+)", re.IGNORECASE
)


@dataclass(frozen=True)
class TypedFigure:
    """A figure that was typed; without a value the source says that it is not known.

    `printed` is how the source prints it, when that differs from how we write it.
    """

    value: Decimal | None
    qualifier: Qualifier = Qualifier.EXACT
    printed: str = ""


def parse_figure(text: str, unit: Unit) -> TypedFigure:
    """Read a figure with the word before it and its print in brackets behind it.

    Raises ``ValueError`` for what is no figure in this unit. Whether it may be negative, and how
    many decimals it may have, is for the rules to say.
    """
    line = _LINE.fullmatch(plain(text))
    # what stands before the brackets may be its print as well
    if line is None or max(len(part or "") for part in line.groups()) > LONGEST_PRINT:
        raise ValueError("not_a_figure")
    printed = (line["printed"] or "").strip()
    if line["figure"].lower() in NOT_KNOWN:
        return TypedFigure(None, printed=printed)
    match = _FIGURE.fullmatch(line["figure"])
    if match is None:
        raise ValueError("not_a_figure")
    word = (match["word"] or "").lower()
    qualifier = WORDS[word] if word else Qualifier.EXACT
    if word and not printed and word != QUALIFIER_LABELS[qualifier]:
        printed = line["figure"]
    return TypedFigure(_number(match["number"], unit), qualifier, printed)


def write_figure(figure: TypedFigure) -> str:
    """Return the line that reads back as this figure."""
    if figure.value is None:
        line = "onbekend"
    else:
        line = f"{figure.value:f}".replace(".", ",")
        if figure.qualifier is not Qualifier.EXACT:
            line = f"{QUALIFIER_LABELS[figure.qualifier]} {line}"
    return f"{line} ({figure.printed})" if figure.printed else line


def _number(text: str, unit: Unit) -> Decimal:
    if unit is Unit.YES_NO:
        if text.lower() not in YES_OR_NO:
            raise ValueError("not_yes_or_no")
        return YES_OR_NO[text.lower()]
    if unit is Unit.PERCENT:
        text = text.removesuffix("%").rstrip()
    if unit is Unit.EURO:
        text = text.removeprefix("€").lstrip()
    return parse_number(text)
