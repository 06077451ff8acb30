"""One sentence of a letter, taken apart: its numbers, pairs of numbers, periods and directions."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from vpt_regio.domain.rules.letter_masks import Period, periods_in
from vpt_regio.domain.rules.letter_numbers import Nearness, Number, NumberUnit, numbers_in
from vpt_regio.domain.rules.letter_words import (
    Direction,
    comparison_at,
    directions_in,
    is_alike,
    stems,
    steps_back,
    words,
)

LEVELS = (NumberUnit.COUNT, NumberUnit.EURO, NumberUnit.PERCENT)
CLAIMS = (NumberUnit.PERCENT, NumberUnit.POINTS, NumberUnit.TIMES)
MOST_BETWEEN = 90

_FROM = re.compile(r"\bvan(?: (?:in totaal|gemiddeld|nog|de|het))?\s*$", re.IGNORECASE)
_VIA = re.compile(r"\bvia(?: de| het)?\s*$", re.IGNORECASE)
_TO = re.compile(
    r"\b(?:naar|tot|op)(?: (?:in totaal|gemiddeld|inmiddels|nu|uiteindelijk|de|het|nog))?\s*$",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"\b(?:tegenover|tegen|ten opzichte van|vergeleken met|in vergelijking met)"
    r"(?: (?:nog|de|het|in|over|tijdens|jaarwisseling|die|eerdere|het jaar))*\s*[^\w]*$",
    re.IGNORECASE,
)
_WAS_BEFORE = re.compile(r"\((?:was|waren|voorheen|eerder)(?: nog)?\s*$", re.IGNORECASE)
_MORE = re.compile(r"^ (?:[\w’'-]+ )?(?:meer|minder|hoger|lager|extra)\b", re.IGNORECASE)
_AGES = re.compile(
    r"^ ?(?:jaar|jarigen?|uur|km|kilometer|weken|maanden|dagen|minuten|meter)\b", re.IGNORECASE
)
_CHANGED_WITH = re.compile(
    r"\b(?:met|toename van|afname van|stijging van|daling van) $", re.IGNORECASE
)
_WERE = re.compile(
    r"\b(?:waren|was|bedroeg|bedroegen|ging|lag) (?:dat|dit|het)(?: er)?(?: nog)?(?: om| op)? $",
    re.IGNORECASE,
)
# "…, waar dat er in 2010 nog 91 waren", "…, toen 120 zaken speelden", "12 minder dan de 40 zaken"
_WHERE_THEN = re.compile(
    r", (?:(?:waar|terwijl|toen) (?:dat|dit|het er)\b[^.;,0-9]{0,50}|toen(?: er)?(?: nog)? )$",
    re.IGNORECASE,
)
_MORE_THAN = re.compile(
    r"\b(?:meer|minder|hoger|lager)(?: [\w’'-]+)? dan(?: de| het| die)?(?: in)?(?: totaal)? $",
    re.IGNORECASE,
)
_ALONE = re.compile(r"[,.;:)]|$| (?:waren|was|bedroeg)\b", re.IGNORECASE)
_COUNTED_NEXT = re.compile(r" (?!waren|was|bedroeg)[^\W\d_]")
_UNSIGNED = re.compile(r"^(?: in [^.;,0-9]{1,30})? (?:naar|tot|op) $", re.IGNORECASE)
_WAS = re.compile(r"^ (?:bedroeg|bedroegen|was|waren|uitkwam|uitkomt)\b", re.IGNORECASE)
_LANDED = re.compile(r" op $", re.IGNORECASE)
# "gedaald tot 66%", "kwam uit op 66%": how much it became, not by how much it changed
_BECAME = re.compile(
    r"\b(?:tot|naar)(?: (?:ruim|bijna|circa|ongeveer))? $|"
    r"\b(?:kwam|komt|lag|ligt|staat|stond|uitgekomen)\b(?: [^\W\d_]+){0,4} op $",
    re.IGNORECASE,
)
_AS = re.compile(r"^\) als [^.;:()]{1,60} \($", re.IGNORECASE)
_NAAR = re.compile(r"\bnaar(?: [\w’'-]+)?\s*$", re.IGNORECASE)
_THEN = re.compile(
    r"^\s*(?:[,.;:)(]|$|in [12]|in het|in dezelfde |vorige? |een |het (?:jaar|vorige)|over |"
    r"tijdens |eerder|toen)"
)
_IN_PERIOD = re.compile(
    r"^[^.;,()]{0,40}?\b(?:in|over|tijdens|bij|eind|medio|begin)(?: de| het)?"
    r"(?: jaarwisseling| seizoen| jaar| peiling van)? ?$",
    re.IGNORECASE,
)
_NEXT = re.compile(r"\b(?:en|maar|tegen|tegenover|naar|terwijl)\b")
_BEFORE_NUMBER = re.compile(r"^[ :]{0,2}(?:[\w’'-]+ ){0,5}$")
_PENALTY = 60
_BREAK = re.compile(r"[,;:]| en | maar | terwijl | en$")


@dataclass(frozen=True)
class Pair:
    """Two numbers of a sentence that it holds against each other."""

    old: Number
    new: Number
    start: int
    end: int


@dataclass(frozen=True)
class Sentence:
    """A sentence, read once."""

    text: str

    @cached_property
    def numbers(self) -> list[Number]:
        return numbers_in(self.text)

    @cached_property
    def counted(self) -> list[Number]:
        """The numbers that say how much there is of something: not "één", nor "ten minste"."""
        borders = (Nearness.AT_LEAST, Nearness.AT_MOST)
        return [
            one
            for one in self.numbers
            if one.unit in LEVELS
            and one.nearness not in borders
            and not (one.is_word and one.value == 1)
            and not (one.is_word and one.unit is NumberUnit.PERCENT)
            and not _AGES.match(self.text[one.end :])
        ]

    @cached_property
    def periods(self) -> list[Period]:
        return periods_in(self.text)

    @cached_property
    def directions(self) -> list[Direction]:
        return directions_in(self.text)

    @cached_property
    def relative(self) -> list[tuple[int, int, int]]:
        return steps_back(self.text)

    @cached_property
    def comparisons(self) -> list[tuple[int, int]]:
        """Where the sentence names what it compares with: from the words to the last period."""
        spans = []
        for start, end in comparison_at(self.text):
            reach = end
            places = [(p.start, p.end) for p in self.periods]
            places += [(begin, stop) for begin, stop, _ in self.relative]
            for begin, stop in sorted(places):
                between = self.text[reach:begin]
                if begin >= reach and _continues(between, is_first=reach == end):
                    reach = stop
            if reach > end:
                spans.append((start, reach))
        return spans

    @cached_property
    def pairs(self) -> list[Pair]:
        """The numbers that the sentence holds against each other, the old one first."""
        levels = [
            one
            for one in self.numbers
            # "twee minder dan in 2010" is a difference itself
            if one.unit in LEVELS and not _MORE.match(self.text[one.end :])
        ]
        found = [*self._from_to(levels), *self._against(levels)]
        return found or self._in_periods(levels)

    @cached_property
    def claims(self) -> list[Number]:
        """The percentages, points and multiples that are no side of a pair."""
        sides = {one.start for pair in self.pairs for one in (pair.old, pair.new)}
        sides |= {one.start for one in self.numbers if _VIA.search(self.text[: one.start])}
        return [
            one
            for one in self.numbers
            if one.unit in CLAIMS and one.start not in sides and not self._is_level(one)
        ]

    def _is_level(self, number: Number) -> bool:
        """Tell whether a percentage is how much it was: "toen het verzuim nog 5,6% bedroeg"."""
        if number.unit is not NumberUnit.PERCENT or number.is_word:
            return False
        before = self.text[: number.start]
        if self._is_multiplied and before.endswith("(") and self.text.startswith(")", number.end):
            return True
        start = max((before.rfind(one) for one in (", ", "; ", ": ", "(")), default=0)
        is_changed = any(start <= one.at < number.start for one in self.directions)
        if _BECAME.search(before):
            is_back = bool(_LANDED.search(before))
            return is_changed or is_back or NumberUnit.POINTS in {n.unit for n in self.numbers}
        return bool(_WAS.match(self.text[number.end :])) and not is_changed

    @cached_property
    def _is_multiplied(self) -> bool:
        """Whether it is said how many times as large one thing is as another."""
        return any(one.unit is NumberUnit.TIMES for one in self.numbers) and " als " in self.text

    def way_of(self, start: int, end: int) -> int:
        """Return which way the words nearest to a place go: 1, -1, or 0 when there are none."""
        if not self.directions:
            return 0
        return min(self.directions, key=lambda one: self._distance(one.at, start, end)).way

    def _distance(self, at: int, start: int, end: int) -> int:
        between = self.text[at:start] if at < start else self.text[end:at]
        return len(between) + _PENALTY * len(_BREAK.findall(between))

    def _from_to(self, levels: list[Number]) -> list[Pair]:
        found = []
        for place, old in enumerate(levels):
            match = _FROM.search(self.text[: old.start])
            if match is None:
                continue
            for new in levels[place + 1 :]:
                before = self.text[: new.start]
                if len(self.text[old.end : new.start]) > MOST_BETWEEN:
                    break
                is_other = new.unit is NumberUnit.PERCENT and old.unit is not new.unit
                if is_other and not self._is_same_there(old, new):
                    # a percentage between "van" and "naar" is the claim about them
                    continue
                if _AGES.match(self.text[new.end :]) and not _NAAR.search(before):
                    break
                if _TO.search(before) and self._is_same_there(old, new):
                    found.append(Pair(old, new, match.start(), new.end))
                    break
                if not _VIA.search(before):
                    break
        return found

    def _is_same_there(self, old: Number, new: Number) -> bool:
        """Tell whether two numbers count the same: "van 66 naar 59%" leaves the first sign out."""
        if _is_same(old, new):
            return True
        is_left_out = (old.unit, new.unit) == (NumberUnit.COUNT, NumberUnit.PERCENT)
        return is_left_out and bool(_UNSIGNED.match(self._quiet[old.end : new.start]))

    def _against(self, levels: list[Number]) -> list[Pair]:
        found = []
        for new, old in pairwise(levels):
            before = self.text[: old.start]
            is_change = new.unit is NumberUnit.PERCENT and bool(self.directions)
            if is_change and _CHANGED_WITH.search(self.text[: new.start]):
                # "nam af met 14%, tegen 6% elders" holds two changes against each other
                continue
            if (
                self._is_then(old, new)
                or self._is_as_many(old, new)
                or self._is_where_then(old, new)
            ):
                found.append(Pair(old, new, new.start, old.end))
                continue
            in_period = _strip_period(before, self.periods)
            if not (_AGAINST.search(in_period) or _WAS_BEFORE.search(before)):
                continue
            is_near = old.start - new.end <= MOST_BETWEEN
            is_named = len(in_period) < len(before.rstrip())
            if _is_same(old, new) and is_near and (is_named or self._is_earlier(old, new)):
                found.append(Pair(old, new, new.start, old.end))
        return found

    def _is_then(self, old: Number, new: Number) -> bool:
        """Read "… driehonderd; vorig jaar waren dat er tweehonderd"."""
        back = [at for at, _, steps in self.relative if steps == 1]
        back += [one.start for one in self.periods]
        is_back = any(new.end <= at < old.start for at in back)
        between = self.text[new.end : old.start]
        is_alone = bool(_ALONE.match(self.text[old.end :]))
        return is_back and is_alone and _is_same(old, new) and bool(_WERE.search(between))

    @cached_property
    def _quiet(self) -> str:
        """The text with the periods made blank, at the same places."""
        text = self.text
        for one in self.periods:
            text = text[: one.start] + "#" * (one.end - one.start) + text[one.end :]
        return text

    def _is_where_then(self, old: Number, new: Number) -> bool:
        """Read "… 264 klachten, waar dat er in 2010 nog 91 waren"."""
        between = self._quiet[new.end : old.start]
        if not _is_same(old, new) or len(between) > 2 * MOST_BETWEEN:
            return False
        if not (_WHERE_THEN.search(between) or _MORE_THAN.search(between)):
            return False
        # what is counted is not named again, or is the same
        counted = words(self.text[old.end :][:40])[:1]
        is_next = bool(_COUNTED_NEXT.match(self.text[old.end :]))
        spoken = stems(self.text[: old.start])
        return not is_next or not counted or any(is_alike(stems(counted[0])[0], s) for s in spoken)

    def _is_as_many(self, old: Number, new: Number) -> bool:
        """Read "drie keer zoveel … (300) als … (100)"."""
        is_said = bool(_AS.match(self.text[new.end : old.start]))
        is_multiple = any(one.unit is NumberUnit.TIMES for one in self.numbers)
        return is_said and is_multiple and _is_same(old, new)

    def _is_earlier(self, old: Number, new: Number) -> bool:
        """Tell whether "tegen 173" is a number of before: not "twaalf tegen dertig agenten"."""
        after = self.text[old.end :]
        if _THEN.match(after):
            return True
        counted, before = words(after[:40])[:1], words(self.text[new.end : old.start])
        return bool(counted) and any(
            is_alike(stems(counted[0])[0], stems(one)[0]) for one in before
        )

    def _in_periods(self, levels: list[Number]) -> list[Pair]:
        """Pair two numbers that each stand with a period of their own."""
        counts = [one for one in levels if one.unit is not NumberUnit.PERCENT]
        levels = [one for one in levels if not _CHANGED_WITH.search(self.text[: one.start])]
        levels = counts or levels
        placed = [(self._period_of(one, levels), one) for one in levels]
        named = [(period, one) for period, one in placed if period is not None]
        if len(named) != 2 or len(levels) != 2 or not _is_same(named[0][1], named[1][1]):
            return []
        if named[0][0].key == named[1][0].key:
            return []
        named.sort(key=lambda one: (one[0].last, one[0].key))
        (_, old), (_, new) = named
        return [Pair(old, new, min(old.start, new.start), max(old.end, new.end))]

    def _period_of(self, number: Number, levels: list[Number]) -> Period | None:
        """Return the one period that stands right beside a number."""
        found = []
        for period in self.periods:
            if any(start <= period.start < end for start, end in self.comparisons):
                # "met 20% ten opzichte van 2010" is a change, not the number of 2010
                continue
            low, high = sorted(((number.start, number.end), (period.start, period.end)))
            between = self.text[low[1] : high[0]]
            if any(low[1] <= one.start < high[0] for one in levels):
                continue
            if any(low[1] <= one.start < high[0] for one in self.periods if one is not period):
                continue
            pattern = _IN_PERIOD if number.start < period.start else _BEFORE_NUMBER
            is_next = number.start < period.start and _NEXT.search(between)
            is_beside = pattern.match(between) and not is_next
            if is_beside or (number.start < period.start and between.strip() == "("):
                found.append(period)
        return found[0] if len(found) == 1 else None


def _continues(between: str, *, is_first: bool) -> bool:
    """Tell whether a period still belongs to what is compared with."""
    if re.search(r"[.;:()%]|[0-9]", between):
        return False
    if is_first:
        return len(between) <= 70
    return bool(re.fullmatch(r"(?:,| en| of| resp\.?| respectievelijk)[^,]{0,50}", between))


def _strip_period(before: str, periods: list[Period]) -> str:
    """Return the text before a number without the period right before it: tegen 2010 nog 173."""
    for period in periods:
        if period.end <= len(before) and re.fullmatch(
            r"[ :,(]*(?:nog |er |waren er |was dit )?", before[period.end :]
        ):
            head = before[: period.start]
            return re.sub(r"\b(?:in|over|tijdens)(?: de| het)?(?: jaarwisseling)? $", "", head)
    return before


def _is_same(one: Number, other: Number) -> bool:
    """Tell whether two numbers count the same."""
    return one.unit is other.unit
