"""A sentence beside the tables of its letter: what it names of them, and of which period."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from vpt_regio.domain.rules.letter_facts import ADDABLE, Fact, Facts
from vpt_regio.domain.rules.letter_naming import Spoken, spoken_of
from vpt_regio.domain.rules.letter_numbers import Number, NumberUnit
from vpt_regio.domain.rules.letter_sentence import Sentence
from vpt_regio.domain.rules.letter_shares import clause_of, is_way_said

_ELSEWHERE = re.compile(
    r"\b(?:landelijke?|elders|europees|europese|buitenland\w*|naar verwachting|verwacht\w*|"
    r"schat\w*|geschat\w*|prognose|raming|volgens (?!de tabel|tabel|het overzicht)\w+|"
    r"naar het oordeel)\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"^(?: [\w’'-]+){0,3} (?:meer|minder|hoger|lager|extra|gestegen|gedaald|toegenomen|afgenomen|"
    r"verminderd|toe|af|gegroeid|gekrompen)\b",
    re.IGNORECASE,
)
_CHANGE_OF = re.compile(
    r"\b(?:toename|afname|stijging|daling|groei|krimp|vermindering|verlies|aanwas|winst|verschil|"
    r"terugloop)(?: in totaal)? (?:van|met)\s*$|"
    r"\b(?:gegroeid|gestegen|gedaald|toegenomen|afgenomen|verminderd|steeg|daalde) met\s*$",
    re.IGNORECASE,
)
_OF_WHOLE = re.compile(r"^ (?:van|uit) (?:de|het|alle|deze|die|dit|dat)\b", re.IGNORECASE)
_BY = re.compile(r"\bmet(?: in totaal| nog)?\s*$", re.IGNORECASE)
_AGAIN = re.compile(
    r"(?:\(|\b(?:oftewel|ofwel|of|dat is|dus|hetgeen neerkomt op|wat neerkomt op))(?: met)? $",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Step:
    """A number that follows from some facts: what it is called, and the facts."""

    kind: str
    value: Fraction
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Table:
    """A table with what the sentence and those before it name of it."""

    facts: Facts
    spoken: Spoken
    carried: tuple[str, ...]
    is_here: bool

    def rows(self, number: Number) -> list[str]:
        """Return which rows a number may be of, the likeliest first."""
        named = self.spoken.nearest(number)
        carried = [] if self.is_row_before(number) else list(self.carried)
        return list(dict.fromkeys([*named, *carried]))[:4]

    def is_row_before(self, number: Number) -> bool:
        """Tell whether the sentence names a row before it comes to a number."""
        return any(one.at < number.start for one in self.spoken.rows)

    @property
    def is_named(self) -> bool:
        return bool(self.spoken.rows or self.spoken.measures)

    @cached_property
    def measures(self) -> list[str]:
        return [one.name for one in self.spoken.measures]


@dataclass(frozen=True)
class Scene:
    """A sentence beside the tables of its letter."""

    sentence: Sentence
    earlier: Sequence[Sentence]
    tables: tuple[Table, ...]

    @cached_property
    def compared(self) -> set[str]:
        """The periods that the sentence compares with."""
        spans = self.sentence.comparisons
        periods = self.sentence.periods
        return {p.key for p in periods if any(a <= p.start < b for a, b in spans)}

    @cached_property
    def own(self) -> list[str]:
        """The periods that the sentence is about, or else the one before it."""
        keys = [p.key for p in self.sentence.periods if p.key not in self.compared]
        if not keys and self.earlier:
            keys = [p.key for p in self.earlier[-1].periods]
        return list(dict.fromkeys(keys))

    def is_silent(self, number: Number) -> bool:
        """Tell whether a number is of another place, or of what somebody thinks or expects."""
        start, end = clause_of(self.sentence, number)
        return bool(_ELSEWHERE.search(self.sentence.text[start:end]))

    def is_change(self, number: Number) -> bool:
        """Tell whether the words make a number a change: 45 minder, een daling met 45."""
        if number.unit is NumberUnit.PERCENT and _OF_WHOLE.match(self.sentence.text[number.end :]):
            return False
        if number.unit is NumberUnit.PERCENT:
            is_said = is_way_said(self.sentence, number) or bool(number.sign)
            return is_said or self._says_change_again(number)
        before, after = self.sentence.text[: number.start], self.sentence.text[number.end :]
        is_by = _BY.search(before) and is_way_said(self.sentence, number)
        return bool(is_by or _CHANGED.match(after) or _CHANGE_OF.search(before))

    def _says_change_again(self, number: Number) -> bool:
        """Tell whether a percentage says once more what changed: een daling met 45, oftewel 3%."""
        before = [one for one in self.sentence.numbers if one.end <= number.start]
        if not before or before[-1].unit not in ADDABLE:
            return False
        between = self.sentence.text[before[-1].end : number.start]
        return bool(_AGAIN.search(between)) and self.is_change(before[-1])


def scene_of(
    sentence: Sentence,
    earlier: Sequence[Sentence],
    tables: Sequence[Facts],
    headings: Mapping[str, str],
    heading: str,
) -> Scene:
    """Return a sentence with what it names of each table; `headings` say where those stand."""
    found = []
    for facts in tables:
        carried: tuple[str, ...] = ()
        for before in reversed(earlier[-2:]):
            carried = carried or tuple(one.name for one in spoken_of(before, facts).rows)
        is_here = headings.get(facts.origin) == heading
        found.append(Table(facts, spoken_of(sentence, facts), carried, is_here))
    found.sort(key=lambda one: (not one.spoken.rows, not one.is_named, not one.is_here))
    return Scene(sentence, earlier, tuple(found))


def facts_now(scene: Scene, facts: Sequence[Fact]) -> list[Fact]:
    """Return the facts of the periods that the sentence is about; the last when it says none."""
    keys = {one.key for one in scene.sentence.periods}
    periods = sorted({one.period for one in facts if one.period})
    own = [one for one in periods if one in keys]
    carried = [one for one in periods[:-1] if one in scene.own]
    periods = own or [*periods[-1:], *carried]
    return [one for one in facts if one.period in periods or one.period is None]


def measures_of(table: Table) -> list[str]:
    """Return the columns, those that are named first."""
    others = [one for one in table.facts.measures if one not in table.measures]
    return [*table.measures, *others][:4]


def digits_of(number: Number) -> int:
    return len(str(abs(int(number.value / number.step)))) if number.step else 1
