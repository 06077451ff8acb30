"""The figure check of a letter: every claim that can be found, beside what follows.

A claim agrees or disagrees only when it is tied to two known numbers. The numbers of the letter
itself come first: of the sentence, of its paragraph, of the tables. Then those that are known
beside the letter, as tables with a rank.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache

from vpt_regio.domain.rules.letter_bound import bound_findings
from vpt_regio.domain.rules.letter_changes import Unread, change_findings, told
from vpt_regio.domain.rules.letter_counts import count_findings
from vpt_regio.domain.rules.letter_document import (
    Block,
    Finding,
    FindingKind,
    LetterDocument,
    LetterTable,
    Paragraph,
)
from vpt_regio.domain.rules.letter_doubt import doubted
from vpt_regio.domain.rules.letter_layout import is_caption, sentences
from vpt_regio.domain.rules.letter_lists import MOST_ITEMS
from vpt_regio.domain.rules.letter_near import near_finding
from vpt_regio.domain.rules.letter_near_counts import near_counts
from vpt_regio.domain.rules.letter_numbers_known import number_findings
from vpt_regio.domain.rules.letter_scene import Scene
from vpt_regio.domain.rules.letter_sentence import Sentence
from vpt_regio.domain.rules.letter_story import paragraph_series
from vpt_regio.domain.rules.letter_subjects import Story
from vpt_regio.domain.rules.letter_tables import Grid, grid_of, series_of
from vpt_regio.domain.rules.letter_tables_said import TablesSaid
from vpt_regio.domain.rules.letter_totals import table_findings
from vpt_regio.domain.rules.letter_words import stems

OFTEN = 3
LONGEST_SENTENCE = 2_000
LONGEST_WORD = 200
MOST_NUMBERS = 40
MOST_SERIES = 400
SHOWN = 120
TOO_LONG = "Niet te controleren: deze zin is te lang om te lezen. Maak er kortere zinnen van."
LONGEST_HEADING = 90
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD}}}")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w'’-]+")


def check_letter(
    letter: LetterDocument,
    known: Sequence[LetterTable] = (),
    bound: Mapping[str, str] | None = None,
) -> list[Finding]:
    """Return what a letter claims beside what follows, in the order of the letter.

    `known` are tables from beside the letter; `bound` maps the tag of each field that the annex
    ties to a number to how it should read.
    """
    own = [grid_of(block) for block in letter.blocks if isinstance(block, LetterTable)]
    beside = [grid_of(table) for table in known]
    grids = [grid for grid in [*own, *beside] if grid is not None]
    reader = _Reader(letter, grids)
    found = list(reader.findings())
    return found + bound_findings(letter.bound, bound or {})


class _Reader:
    """Goes through a letter from top to bottom."""

    def __init__(self, letter: LetterDocument, grids: Sequence[Grid]) -> None:
        self.letter = letter
        self.grids = grids
        series = [one for grid in grids for one in series_of(grid)]
        own = [one for one in series if one.rank == 0]
        self.series = [*own[:MOST_SERIES], *series[len(own) :]]
        texts = [block.text for block in letter.blocks if isinstance(block, Paragraph)]
        counted = Counter(stem for text in texts for stem in stems(text))
        self.often = frozenset(stem for stem, count in counted.items() if count >= OFTEN)
        self.names = frozenset(
            stem
            for text in texts
            for match in _NAME.finditer(text)
            for stem in stems(match.group())
        )
        self.headings = dict(self._table_headings())
        self.said = TablesSaid([one for one in grids if one.rank == 0], self.headings)

    def _table_headings(self) -> Iterator[tuple[str, str]]:
        """Yield under which heading each table of the letter stands."""
        heading = ""
        for block in self.letter.blocks:
            if isinstance(block, LetterTable):
                yield block.origin, heading
            elif _is_heading(block):
                heading = block.text

    def findings(self) -> Iterator[Finding]:
        heading = ""
        own = iter([one for one in self.grids if one.rank == 0])
        for place, block in enumerate(self.letter.blocks):
            if isinstance(block, LetterTable):
                grid = grid_of(block)
                if grid is not None:
                    yield from table_findings(next(own), self.grids)
                continue
            if _is_heading(block):
                heading = block.text
            yield from self._paragraph(block, place, heading)

    def _paragraph(self, block: Paragraph, at: int, heading: str) -> Iterator[Finding]:
        """Yield what the paragraph that is block number `at` claims."""
        texts = sentences(block.text)
        read = [one for text in texts if (one := _sentence(text)) is not None]
        yield from (_unread(text) for text in texts if _sentence(text) is None)
        named = frozenset(stems(heading))
        origins = {grid.origin for grid in self.grids}
        story = Story(
            vocabulary=set(named),
            often=self.often,
            names=named & self.names,
            elsewhere=frozenset(o for o in origins if self.headings.get(o) != heading),
        )
        known = [*paragraph_series(read), *self.series]
        listed = _list_above(self.letter.blocks, at)
        for place, sentence in enumerate(read):
            taken: set[int] = set()
            is_last = place == len(read) - 1
            items = _items(self.letter.blocks, at + 1) if is_last else []
            if sentence.numbers:
                earlier = read[:place] or listed
                counts = count_findings(sentence, items, taken)
                found = [doubted(sentence, earlier, one) for one in counts]
                changes = change_findings(sentence, story, known, taken)
                found += [self._second_look(sentence, earlier, one) for one in changes]
                found += number_findings(sentence, story, self.series, self.grids, taken)
                scene = self.said.scene(sentence, earlier, heading)
                found = self._beside_tables(scene, found, taken)
                found += near_counts(sentence, earlier, taken)
                yield from self._missed(scene, found, taken)
            told(story, sentence, known)
            story.vocabulary.update(stems(sentence.text))

    def _second_look(
        self, sentence: Sentence, earlier: Sequence[Sentence], found: Finding
    ) -> Finding:
        """Try the arithmetic of the neighbourhood on a claim that the words did not tie."""
        if not isinstance(found, Unread):
            return doubted(sentence, earlier, found)
        return near_finding(sentence, earlier, found.number) or found

    def _beside_tables(
        self, scene: Scene, found: Sequence[Finding], taken: set[int]
    ) -> list[Finding]:
        """Ask the tables of the letter for what the words of the sentence did not settle."""
        settled = [
            (self.said.finding(scene, one.number) if isinstance(one, Unread) else None) or one
            for one in found
        ]
        for number in scene.sentence.numbers:
            beside = None if number.start in taken else self.said.finding(scene, number)
            if beside is not None:
                taken.add(number.start)
                settled.append(beside)
        return settled

    def _missed(
        self, scene: Scene, found: Sequence[Finding], taken: Collection[int]
    ) -> Iterator[Finding]:
        """Yield the findings, and what is still open where a slip shows what was meant."""
        for one in found:
            yield (self.said.miss(scene, one.number) if isinstance(one, Unread) else None) or one
        free = [one for one in scene.sentence.numbers if one.start not in taken]
        yield from (miss for one in free if (miss := self.said.miss(scene, one)) is not None)


def _is_readable(text: str) -> bool:
    """Tell whether a text is short enough for a sentence: what a person wrote is."""
    return len(text) <= LONGEST_SENTENCE and not _LONG_WORD.search(text)


@lru_cache(maxsize=200)
def _sentence(text: str) -> Sentence | None:
    """Return a text as a sentence; None when it holds more than a reader can take apart."""
    read = Sentence(text) if _is_readable(text) else None
    return read if read is not None and len(read.numbers) <= MOST_NUMBERS else None


def _unread(text: str) -> Finding:
    start = f"{text[:SHOWN]}…"
    return Finding(start, start, FindingKind.NUMBER, "", "", None, TOO_LONG)


def _is_heading(block: Paragraph) -> bool:
    is_short = len(block.text) <= LONGEST_HEADING and not is_caption(block.text)
    return is_short and not block.is_item and not block.text.endswith((".", ":", ";", ","))


def _list_above(blocks: Sequence[Block], at: int) -> list[Sentence]:
    """Return the items of the list that ends right above a block, as one sentence."""
    items: list[str] = []
    for block in reversed(blocks[max(0, at - MOST_ITEMS) : at]):
        if not isinstance(block, Paragraph) or not block.is_item:
            break
        items.insert(0, block.text.rstrip(".;, "))
    text = "; ".join(items)
    read = _sentence(text) if items else None
    return [read] if read is not None else []


def _items(blocks: Sequence[Block], at: int) -> list[str]:
    """Return the items of the list that begins at a block; no more than can be counted."""
    found = []
    for block in blocks[at : at + MOST_ITEMS + 1]:
        if not isinstance(block, Paragraph) or not block.is_item:
            break
        found.append(block.text)
    return found
