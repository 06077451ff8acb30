"""Counts as Dutch letters write them: small and round ones in words, the others in digits."""

_WORDS = dict(
    enumerate(
        (
            "nul één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien"
            " vijftien zestien zeventien achttien negentien twintig"
        ).split()
    )
) | {
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
