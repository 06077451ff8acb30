"""Numbers that the annex ties to the figures: edited since, or taken away."""

from collections.abc import Mapping, Sequence

from vpt_regio.domain.rules.letter_document import BoundNumber, Finding, FindingKind


def bound_findings(found: Sequence[BoundNumber], known: Mapping[str, str]) -> list[Finding]:
    """Return each bound number that reads otherwise than its figure, and each that is gone.

    A letter without any bound number was not made from the annex: then nothing is gone.
    """
    findings = [_read(one, known.get(one.tag)) for one in found]
    present = {one.tag for one in found}
    if any(one.tag in known for one in found):
        findings += [_gone(tag, text) for tag, text in known.items() if tag not in present]
    return findings


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
