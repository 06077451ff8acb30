"""Letters from random tables: nothing right is flagged, and what is wrong is."""

import random
from decimal import Decimal
from fractions import Fraction

import pytest

from vpt_regio.domain.percentages import change_percent, round_half_up
from vpt_regio.domain.rules.letter_check import check_letter
from vpt_regio.domain.rules.letter_document import FindingKind, LetterDocument
from vpt_regio.domain.rules.letter_layout import blocks_of

SUBJECTS = ("meldingen", "aangiften", "bezoekers", "trainingen", "aanvragen", "schadeclaims")
PHRASES = (
    "Het aantal {s} is met {p}% {done} ten opzichte van {o}.",
    "In {n} is het aantal {s} met {p} procent {done} vergeleken met {o}.",
    "Ten opzichte van {o} is er een {noun} van het aantal {s} van {p}%.",
    "Er waren in {n} {p}% {more} {s} dan in {o}.",
    "Het aantal {s} nam tussen {o} en {n} met {p}% {apart}.",
    "Het aantal {s} ging van {a} in {o} naar {b} in {n}, een {noun} van {p}%.",
    "Het aantal {s} is {done} ({p}%; van {a} naar {b}).",
    "Er kwamen {b} {s} binnen, tegenover {a} in {o}: een {noun} van {p}%.",
    "In {o} waren er {a} {s} en in {n} {b}, een {noun} van {p}%.",
    "In {o} waren er {a} {s}. In {n} waren er {b} {s}. Dat is een {noun} van {p}%"
    " ten opzichte van {o}.",
)
RISE = {"done": "gestegen", "noun": "toename", "more": "meer", "apart": "toe"}
FALL = {"done": "gedaald", "noun": "afname", "more": "minder", "apart": "af"}
SEEDS = range(60)


def printed(number: Decimal | int) -> str:
    return f"{number:,}".translate(str.maketrans(",.", ".,"))


def letter(seed: int, *, off: int) -> str:
    """Return a letter with a table and one claim in each phrase; `off` by so many last digits."""
    chance = random.Random(seed)  # noqa: S311 - for tests
    subjects = chance.sample(SUBJECTS, 3)
    first, count = chance.randint(2005, 2024), chance.choice((2, 3, 4))
    years = range(first, first + count)
    names = [f"{year}–{year + 1}" if seed % 3 else str(year) for year in years]
    shown = names[::-1] if chance.random() < 0.5 else names
    data = {
        s: dict(zip(names, chance.sample(range(40, 3000), count), strict=True)) for s in subjects
    }
    rows = ["  ".join(["Soort", *shown])]
    rows += ["  ".join([f"Aantal {s}", *(printed(data[s][n]) for n in shown)]) for s in subjects]
    claims = [_claim(chance, data, names, phrase, off) for phrase in PHRASES]
    return "\n\n".join(["\n".join(rows), *claims])


def _claim(
    chance: random.Random, data: dict[str, dict[str, int]], names: list[str], phrase: str, off: int
) -> str:
    subject = chance.choice(sorted(data))
    new = names[-1]
    old = chance.choice(names[:-1])
    a, b = data[subject][old], data[subject][new]
    change = change_percent(a, b) or Fraction(0)
    decimals = chance.choice((0, 0, 1))
    stated = round_half_up(abs(change), decimals) + Decimal(off).scaleb(-decimals)
    words = RISE if b > a else FALL
    places = {"s": subject, "o": old, "n": new, "a": printed(a), "b": printed(b)}
    return phrase.format(p=printed(max(stated, Decimal(0))), **places, **words)


def outcomes(text: str) -> list[bool | None]:
    found = check_letter(LetterDocument(tuple(blocks_of(text))))
    return [one.agrees for one in found if one.kind is FindingKind.CHANGE]


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_right_is_flagged(seed: int) -> None:
    assert outcomes(letter(seed, off=0)) == [True] * len(PHRASES)


@pytest.mark.parametrize("seed", SEEDS)
def test_everything_that_is_two_digits_off_is_flagged(seed: int) -> None:
    assert outcomes(letter(seed, off=2)) == [False] * len(PHRASES)
