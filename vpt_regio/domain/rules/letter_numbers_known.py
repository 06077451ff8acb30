"""Numbers that a letter repeats: beside the table, the figure set or the sheet they come from."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from vpt_regio.domain.rules.letter_agreement import agreement, plain
from vpt_regio.domain.rules.letter_document import Finding, FindingKind
from vpt_regio.domain.rules.letter_judgement import stated
from vpt_regio.domain.rules.letter_numbers import Nearness, Number, NumberUnit
from vpt_regio.domain.rules.letter_sentence import LEVELS, Sentence
from vpt_regio.domain.rules.letter_subjects import (
    Mention,
    Story,
    current_period,
    is_ambiguous,
    is_narrowed,
    mentions_in,
)
from vpt_regio.domain.rules.letter_tables import Grid, Series, is_total
from vpt_regio.domain.rules.letter_words import is_alike, stems

_POINTER = re.compile(
    r"\bzie (?:de )?(?:bijlage|tabel|onderstaand|hieronder)|\bonderstaande? (?:tabel|overzicht)",
    re.IGNORECASE,
)
_WORDS_AFTER = re.compile(r"^(?: ?\(?[\w’'-]+\)?){1,6}")
_MORE = re.compile(r"^(?: [\w’'-]+){0,2} (?:meer|minder|hoger|lager|extra)\b", re.IGNORECASE)
_TOTAL = re.compile(r"\b(?:in totaal|totaal|totale|samen|gezamenlijk)\b", re.IGNORECASE)


def number_findings(
    sentence: Sentence,
    story: Story,
    series: Sequence[Series],
    grids: Sequence[Grid],
    taken: set[int],
) -> Iterator[Finding]:
    """Yield the numbers of a sentence that are known; `taken` are places told already."""
    mentions = mentions_in(sentence.text, series)
    for number in sentence.numbers:
        if number.unit not in LEVELS or number.start in taken:
            continue
        finding = (
            _in_series(sentence, story, number, mentions, series)
            or _in_grid(sentence, story, number, grids)
            or _count_of_rows(sentence, number, grids)
        )
        if finding is not None:
            taken.add(number.start)
            yield finding
    yield from _half_known_pairs(sentence, story, mentions, series)


def _in_series(
    sentence: Sentence,
    story: Story,
    number: Number,
    mentions: Sequence[Mention],
    series: Sequence[Series],
) -> Finding | None:
    """Hold a number against the series of which the name stands right behind it."""
    mention = next((one for one in mentions if _is_right_behind(sentence, number, one)), None)
    if mention is None or is_ambiguous(mention, series):
        return None
    found = mention.series
    if found.unit is not number.unit or _MORE.match(sentence.text[number.end :]):
        return None
    key = current_period(sentence)
    named = found.at(key) if key else None
    if named is not None:
        agrees = agreement(number, named.value)
        if agrees is False and not _is_only_about(sentence, story, number, mention):
            return None
        return _number(sentence.text, number, named.value, found.named(named), agrees=agrees)
    same = [point for point in found.points if agreement(number, point.value)]
    if len(same) != 1 or sentence.periods:
        return None
    return _number(sentence.text, number, same[0].value, found.named(same[0]), agrees=True)


def _is_only_about(sentence: Sentence, story: Story, number: Number, mention: Mention) -> bool:
    """Tell whether a sentence says nothing more than this number of this subject."""
    known = {*story.vocabulary, *stems(mention.series.context), *stems(mention.series.label)}
    between = sentence.text[number.end : mention.at]
    return (
        _is_whole_story(sentence, number)
        and not stems(between)
        and not is_narrowed(sentence, mention, len(sentence.text), story)
        and _is_all_said(mention.series.label, sentence)
        and all(any(is_alike(one, other) for other in known) for one in stems(sentence.text))
    )


def _is_all_said(label: str, sentence: Sentence) -> bool:
    """Tell whether a sentence says the whole label: "inspecties" is more than those with a fine."""
    spoken = stems(sentence.text)
    return all(any(is_alike(one, other) for other in spoken) for one in stems(label))


def _is_right_behind(sentence: Sentence, number: Number, mention: Mention) -> bool:
    between = sentence.text[number.end : mention.at]
    return mention.at >= number.end and bool(re.fullmatch(r"(?: [\w’'-]+){0,2} ", between))


def _is_whole_story(sentence: Sentence, number: Number) -> bool:
    """Tell whether this is the only number of its kind, so that it cannot be of a part."""
    return sum(1 for one in sentence.numbers if one.unit is number.unit) == 1


def _half_known_pairs(
    sentence: Sentence, story: Story, mentions: Sequence[Mention], series: Sequence[Series]
) -> Iterator[Finding]:
    """Yield the side of a pair that is unknown, when the other side is known in the same series."""
    for pair in sentence.pairs:
        before = [one for one in mentions if one.at < pair.start]
        if not before or is_ambiguous(before[-1], series):
            continue
        mention = before[-1]
        found = mention.series
        latest = found.points[-1] if found.points else None
        if latest is None or found.unit is not pair.new.unit or latest.value != pair.new.value:
            continue
        if is_narrowed(sentence, mention, pair.start, story):
            continue
        values = [point.value for point in found.points]
        previous = found.before(latest, 1)
        is_relative = any(steps == 1 for _, _, steps in sentence.relative)
        if pair.old.value not in values and previous is not None and is_relative:
            yield _number(
                sentence.text, pair.old, previous.value, found.named(previous), agrees=False
            )


def _in_grid(
    sentence: Sentence, story: Story, number: Number, grids: Sequence[Grid]
) -> Finding | None:
    """Hold a number against the one cell of which row and column are both named."""
    if sentence.periods or not _is_whole_story(sentence, number) or sentence.pairs:
        return None
    found: list[tuple[Fraction, str, int]] = []
    spoken = stems(sentence.text)
    for grid in grids:
        rows = [i for i, label in enumerate(grid.labels) if _is_named(label, sentence)]
        if not rows and _TOTAL.search(sentence.text):
            rows = [i for i, label in enumerate(grid.labels) if is_total(label)]
        for row in rows:
            for column, header in enumerate(grid.headers):
                value = grid.values[row][column]
                wanted = stems(header)
                if value is None or grid.units[row][column] is not number.unit or not wanted:
                    continue
                if all(any(is_alike(one, other) for other in spoken) for one in wanted):
                    found.append((value, grid.where(row, column), grid.rank))
    values = {value for value, _, _ in found}
    if len(values) != 1:
        return None
    value, where, _rank = found[0]
    agrees = agreement(number, value)
    if agrees is False and _has_more(sentence, story, number, where):
        return None
    return _number(sentence.text, number, value, where, agrees=agrees)


def _is_named(label: str, sentence: Sentence) -> bool:
    """Tell whether a sentence names a row by its whole label."""
    name = label.strip()
    if len(name) < 3 or not stems(name) or is_total(name):
        return False
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", sentence.text))


def _has_more(sentence: Sentence, story: Story, number: Number, where: str) -> bool:
    """Tell whether the sentence says more than the cell: then it may be about a part of it."""
    known = [*stems(where), *story.vocabulary]
    return any(
        not any(is_alike(one, other) for other in known) for one in stems(sentence.text)
    ) or (number.nearness is not Nearness.EXACT)


def _count_of_rows(sentence: Sentence, number: Number, grids: Sequence[Grid]) -> Finding | None:
    """Hold a count against the rows of a table of the letter that says what is counted."""
    pointer = _POINTER.search(sentence.text)
    if pointer is None or number.unit is not NumberUnit.COUNT:
        return None
    after = _WORDS_AFTER.match(sentence.text[number.end :])
    spoken = stems(after.group()) if after else []
    for grid in grids:
        rows = [label for label in grid.labels if not is_total(label)]
        named = stems(" ".join([*grid.headers, grid.title]))
        if grid.rank or not any(is_alike(a, b) for a in spoken for b in named):
            continue
        others = [one for one in sentence.numbers if one.unit is number.unit and one != number]
        if number.value == len(rows):
            where = f"{grid.origin}: {len(rows)} rijen"
            return _number(sentence.text, number, Fraction(len(rows)), where, agrees=True)
        if not others:
            where = f"{grid.origin}: {len(rows)} rijen"
            return _number(sentence.text, number, Fraction(len(rows)), where, agrees=False)
    return None


def _number(
    text: str, number: Number, value: Fraction, where: str, *, agrees: bool | None
) -> Finding:
    explanation = f"Het getal staat in {where}."
    if agrees is False:
        explanation = f"Dit getal staat anders in {where}. Is het na een wijziging blijven staan?"
    elif agrees is None:
        explanation = f"Niet te controleren: lijkt op het getal in {where}."
    return Finding(
        text=text,
        claim=number.text,
        kind=FindingKind.NUMBER,
        stated=stated(number),
        computed=plain(value, number.unit),
        agrees=agrees,
        explanation=explanation,
    )
