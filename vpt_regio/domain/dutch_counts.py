"""Counts as Dutch letters write them: small and round ones in words, the others in digits."""

_WORDS = {
    0: "nul",
    1: "één",
    2: "twee",
    3: "drie",
    4: "vier",
    5: "vijf",
    6: "zes",
    7: "zeven",
    8: "acht",
    9: "negen",
    10: "tien",
    11: "elf",
    12: "twaalf",
    13: "dertien",
    14: "veertien",
    15: "vijftien",
    16: "zestien",
    17: "zeventien",
    18: "achttien",
    19: "negentien",
    20: "twintig",
    30: "dertig",
    40: "veertig",
    50: "vijftig",
    60: "zestig",
    70: "zeventig",
    80: "tachtig",
    90: "negentig",
    100: "honderd",
}


def in_words(number: int) -> str:
    """Return a count for a sentence: ``elf``, ``dertig``, but ``21``, ``112`` and ``1.250``.

    In words are the counts up to twenty and the tens up to a hundred. Raises ``ValueError`` on
    a negative count.
    """
    if number < 0:
        raise ValueError("negative_count")
    return _WORDS.get(number) or f"{number:,}".replace(",", ".")
