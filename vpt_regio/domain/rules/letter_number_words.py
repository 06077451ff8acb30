"""Dutch words for numbers, fractions and multiples."""

import re
from fractions import Fraction
from typing import Final

_ONES: Final = {
    "nul": 0,
    "een": 1,
    "twee": 2,
    "drie": 3,
    "vier": 4,
    "vijf": 5,
    "zes": 6,
    "zeven": 7,
    "acht": 8,
    "negen": 9,
    "tien": 10,
    "elf": 11,
    "twaalf": 12,
    "dertien": 13,
    "veertien": 14,
    "vijftien": 15,
    "zestien": 16,
    "zeventien": 17,
    "achttien": 18,
    "negentien": 19,
}
_TENS: Final = {
    "twintig": 20,
    "dertig": 30,
    "veertig": 40,
    "vijftig": 50,
    "zestig": 60,
    "zeventig": 70,
    "tachtig": 80,
    "negentig": 90,
}
_PLAIN = str.maketrans("éëèöï", "eeeoi")
NUMBER_WORD: Final = re.compile(
    r"(?<![\w-])(?!een\b)(?:één|[a-zéëèöï]*(?:nul|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien"
    r"|elf|twaalf|tig|honderd|duizend))(?![\w-])",
    re.IGNORECASE,
)
"""A word that may be a number; ``een`` alone is an article."""


def word_value(word: str) -> int | None:
    """Return the number that a word stands for: ``vijfenzestigduizend``; None for another word."""
    return _value(word.lower().translate(_PLAIN))


def _value(word: str) -> int | None:
    if word in _ONES:
        return _ONES[word]
    for name, size in (("duizend", 1000), ("honderd", 100)):
        before, found, after = word.partition(name)
        if found and after != "en":
            return _joined(before, after.removeprefix("en"), size)
    return _tens(word)


def _joined(before: str, after: str, size: int) -> int | None:
    many = 1 if not before else _value(before)
    rest = 0 if not after else _value(after)
    if many is None or rest is None or rest >= size:
        return None
    return many * size + rest


def _tens(word: str) -> int | None:
    for name, value in _TENS.items():
        if word == name:
            return value
        one = word.removesuffix("en" + name)
        if word.endswith("en" + name) and 1 <= _ONES.get(one, 0) <= 9:
            return value + _ONES[one]
    return None


def _word(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE)


PARTS: Final = (
    (_word("(?:een |één )?kwart(?= |[.,;)]|$)"), Fraction(1, 4)),
    (_word("driekwart|drie kwart"), Fraction(3, 4)),
    (_word("(?:de |een )helft"), Fraction(1, 2)),
    (_word("(?:een|één) derde"), Fraction(1, 3)),
    (_word("(?:een|één) vijfde"), Fraction(1, 5)),
    (_word("(?:een|één) tiende"), Fraction(1, 10)),
)
"""Fractions of a whole."""

_SMALL = "|".join([name for name, value in _ONES.items() if value] + ["één", "[0-9]{1,2}"])
SO_MANY_OF: Final = _word(
    rf"(?P<part>{_SMALL}) op (?:de|elke|iedere) (?P<whole>{_SMALL}|twintig|honderd)"
)
"""Shares such as "drie op de tien"."""

PARTS_OF: Final = {
    name: number
    for number, name in enumerate(("derde", "vierde", "vijfde", "zesde", "zevende", "achtste"), 3)
}
SO_MANY_PARTS: Final = _word(rf"(?P<part>twee|drie|vier|vijf) ?(?P<whole>{'|'.join(PARTS_OF)})")
"""Shares such as "twee vijfde"."""


def share_value(part: str, whole: str) -> Fraction | None:
    """Return the share that "drie op de tien" or "twee vijfde" is; None when it is none."""
    top, bottom = _small(part), PARTS_OF.get(whole.lower()) or _small(whole)
    return Fraction(top, bottom) if top and bottom and top < bottom else None


def _small(text: str) -> int | None:
    return int(text) if text.isdigit() else word_value(text)


TIMES: Final = (
    (_word("verdubbeld|verdubbelde|verdubbelt|verdubbelden|verdubbelen|verdubbeling"), Fraction(2)),
    (_word("verdrievoudigd|verdrievoudigde|verdrievoudiging"), Fraction(3)),
    (_word("verviervoudigd|verviervoudigde|verviervoudiging"), Fraction(4)),
    (_word("vervijfvoudigd|vervijfvoudigde|vervijfvoudiging"), Fraction(5)),
    (_word("vertienvoudigd|vertienvoudigde|vertienvoudiging"), Fraction(10)),
    (_word("gehalveerd|halveerde|halveerden|halveert|halvering"), Fraction(1, 2)),
    (_word("anderhalf (?:keer|maal)(?: zo \\w+)?"), Fraction(3, 2)),
    (_word("twee[eë]nhalf (?:keer|maal)(?: zo ?\\w+)?"), Fraction(5, 2)),
)
"""What one number is times another."""
