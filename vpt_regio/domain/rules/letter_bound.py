"""Numbers that the annex ties to the figures: edited since, or taken away."""

import re
from collections.abc import Mapping, Sequence

from vpt_regio.domain.rules.letter_document import BoundNumber, Finding, FindingKind


def bound_findings(found: Sequence[BoundNumber], known: Mapping[str, str]) -> list[Finding]:
    """Return each bound number that reads otherwise than its figure, and each that is gone.

    A field of which the tag is none of ours, such as a title, is no bound number.
    A letter without any bound number was not made from the annex: then nothing is gone.
    """
    families = {_family(tag) for tag in known}
    findings = [
        _read(one, known.get(one.tag))
        for one in found
        if one.tag in known or (_family(one.tag) in families and _family(one.tag) != one.tag)
    ]
    present = {one.tag for one in found}
    if any(one.tag in known for one in found):
        findings += [_gone(tag, text) for tag, text in known.items() if tag not in present]
    return findings


def _family(tag: str) -> str:
    """Return what comes before the part of a tag that names one record."""
    return re.split(r"[:./-]", tag)[0]


def _read(one: BoundNumber, expected: str | None) -> Finding:
    text, agrees = " ".join(one.text.split()), None
    if expected is None:
        explanation = f"Niet te controleren: het veld ‘{one.tag}’ hoort niet bij deze versie."
    else:
        agrees = text == " ".join(expected.split())
        explanation = f"Gekoppeld aan het veld ‘{one.tag}’."
        if not agrees:
            explanation = f"Dit getal is met de hand gewijzigd. {explanation}"
    return Finding(
        one.sentence or text, text, FindingKind.BOUND, text, expected or "", agrees, explanation
    )


def _gone(tag: str, text: str) -> Finding:
    explanation = f"Het gekoppelde getal van het veld ‘{tag}’ staat niet meer in de tekst."
    return Finding("", text, FindingKind.BOUND, "", text, None, explanation)
