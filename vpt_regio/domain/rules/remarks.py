"""Where a remark stands in a text, and what became of that place since."""

import re

LIKENESS = 0.5
"""The part of their words that two texts share before one counts as the other, rewritten."""

SHORT = 80
"""Characters of a remark that stand in a list or message."""


def paragraphs_of(text: str) -> list[str]:
    """Return the paragraphs of a text in their order; on a page they are numbered from 1.

    Each line with something on it is a paragraph, as people write them in a form.
    """
    return [line.strip() for line in text.split("\n") if line.strip()]


def find_again(quote: str, texts: list[str], *, place: int | None = None) -> str | None:
    """Return what stands in a later version where `quote` stood, or None when it is gone.

    The same text comes first, then the one most like it, then the one at the same place
    (counted from 1).
    """
    if quote in texts:
        return quote
    best = max(texts, key=lambda text: likeness(quote, text), default=None)
    if best is not None and likeness(quote, best) >= LIKENESS:
        return best
    if place is not None and place <= len(texts):
        return texts[place - 1]
    return None


def likeness(one: str, other: str) -> float:
    """Return which part of the different words of two texts they share, from 0 to 1."""
    mine, theirs = _words(one), _words(other)
    return len(mine & theirs) / len(mine | theirs) if mine and theirs else 0.0


def shortened(text: str, maximum: int = SHORT) -> str:
    """Return the beginning of a text on one line, at most `maximum` characters and a mark."""
    line = " ".join(text.split())
    return line if len(line) <= maximum else f"{line[:maximum].rstrip()}…"


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))
