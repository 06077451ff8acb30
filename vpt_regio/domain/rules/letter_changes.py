"""The changes that a letter claims: percentages, points, multiples, differences, directions."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vpt_regio.domain.rules.letter_agreement import plain, shown
from vpt_regio.domain.rules.letter_document import Finding, FindingKind
from vpt_regio.domain.rules.letter_follow import pair_before
from vpt_regio.domain.rules.letter_judgement import KINDS, Operands, Verdict, finding_of, judge
from vpt_regio.domain.rules.letter_judgement import stated as stated_of
from vpt_regio.domain.rules.letter_numbers import Number, NumberUnit
from vpt_regio.domain.rules.letter_sentence import LEVELS, Pair, Sentence
from vpt_regio.domain.rules.letter_subjects import (
    Mention,
    Story,
    compared_with,
    current_period,
    is_about_something_else,
    is_ambiguous,
    is_narrowed,
    mentions_in,
    point_of,
    spans_of,
)
from vpt_regio.domain.rules.letter_tables import Point, Series
from vpt_regio.domain.rules.letter_words import stems

# met 13 toegenomen, een daling van 34, 45 meer dan
_BY = re.compile(r"\bmet(?: (?:in totaal|nog))?\s*$", re.IGNORECASE)
_CHANGED_BY = re.compile(
    r"\b(?:toe|af|toegenomen|afgenomen|steeg|stegen|gestegen|daalde[n]?|gedaald|groeide[n]?|gegroeid)"
    r" met $",
    re.IGNORECASE,
)
_SAYS_NO_MORE = re.compile(r"^(?:[,.;(]| van |$)", re.IGNORECASE)
_CHANGED_NEXT = re.compile(r"^(?: [\w’'-]+){0,3} (?:toe|af|ge)[a-z]*(?:nomen|stegen|daald|groeid)")
_CHANGE_OF = re.compile(
    r"\b(?:toename|afname|stijging|daling|groei|vermindering|verhoging|verlaging|verschil)"
    r"(?: in totaal)? (?:van|met)\s*$",
    re.IGNORECASE,
)
_MORE = re.compile(r"^(?: [\w’'-]+){0,2} (?:meer|minder|hoger|lager)(?: [\w’'-]+)? dan\b", re.I)
_COMPARED_NEXT = re.compile(r"^ (?:meer|minder|hoger|lager)\b")
_OF_WHOLE = re.compile(
    r"^ (?:van|uit) (?:de|het|alle|deze|die|dit|dat|hun|onze|hen|ons|uw)\b", re.IGNORECASE
)
# what is aimed at or foreseen, and what goes on every year, does not follow from two numbers
_NOT_A_FACT = re.compile(
    r"\b(?:per jaar|jaarlijkse?|gemiddelde?|doel|doelen|doelstelling(?:en)?|streef\w*|streven|"
    r"ambitie|beoog\w*|beogen|moet|moeten|zal|zullen|(?<!dat )wil|willen|verwacht\w*|"
    r"verwachting|prognose|raming|geraamd\w*|zou|zouden|wens|mikt|gericht op)\b",
    re.IGNORECASE,
)
# where a sentence goes on to say something else
_GOES_ON = re.compile(r";|, (?:terwijl|maar|waarbij|en|hoewel|al) ")
# "steeg met 46%; gemiddeld kostte het € 887, tegen € 913": the pair is of something else
_ELSEWHERE = re.compile(r"; (?!van\b)|\bgemiddelde?\b")

NO_SUBJECT = "geen bekende cijfers gevonden waar deze zin over gaat"
NO_PERIOD = "niet duidelijk waarmee vergeleken wordt"
MANY = "er zijn meer cijfers waarop dit kan slaan"
NOT_A_FACT = "de zin gaat over een doel, een verwachting of een gemiddelde"
NARROWED = "de zin gaat over een deel waarvan geen cijfers bekend zijn"


@dataclass(frozen=True)
class Unread(Finding):
    """A claim that was not tied to two known numbers; `number` is where it stands."""

    number: Number


@dataclass(frozen=True)
class Scene:
    """A sentence in its story, with the known series, and those that it names."""

    sentence: Sentence
    story: Story
    known: Sequence[Series]
    mentions: Sequence[Mention]


def change_findings(
    sentence: Sentence, story: Story, known: Sequence[Series], taken: set[int]
) -> Iterator[Finding]:
    """Yield what a sentence claims of changes; `taken` are places of numbers told already."""
    scene = Scene(sentence, story, known, mentions_in(sentence.text, known))
    claims = [one for one in sentence.claims if one.start not in taken]
    by_claim = _pairs_of(sentence, claims)
    free = [one for one in claims if one.start not in by_claim]
    for claim in claims:
        way = sentence.way_of(claim.start, claim.end)
        taken.add(claim.start)
        if claim.start in by_claim:
            pair = by_claim[claim.start]
            yield finding_of(sentence.text, claim, _operands(pair), way)
        elif (earlier := _pair_before(sentence, claim, story)) is not None:
            yield finding_of(sentence.text, claim, _operands(*earlier), way)
        else:
            order = free.index(claim)
            yield _from_series(scene, claim, order, len(free))
    yield from _differences(scene, taken)
    used = {id(pair) for pair in by_claim.values()}
    for pair in sentence.pairs:
        if id(pair) not in used:
            yield from _direction(sentence, pair, taken)


def _pair_before(sentence: Sentence, claim: Number, story: Story) -> tuple[Pair, str] | None:
    if is_no_fact(sentence, claim) or _is_share(sentence, claim):
        return None
    return pair_before(sentence, claim, story)


def _operands(pair: Pair, where: str = "de zin zelf") -> Operands:
    unit = pair.new.unit if pair.new.unit is not NumberUnit.COUNT else pair.old.unit
    return Operands(pair.old.value, pair.new.value, unit, where)


def _pairs_of(sentence: Sentence, claims: Sequence[Number]) -> dict[int, Pair]:
    """Return which pair of numbers each claim is about, by the place of the claim."""
    found: dict[int, Pair] = {}
    free = list(sentence.pairs)
    if len(free) == 1 and len(claims) == 1 and _may_be_of(sentence, claims[0], free[0]):
        return {claims[0].start: free[0]}
    for claim in claims:
        later = [
            pair
            for pair in free
            if pair.start >= claim.end
            and not any(claim.end <= other.start < pair.start for other in claims)
        ]
        if later and _may_be_of(sentence, claim, later[0]):
            found[claim.start] = later[0]
            free.remove(later[0])
    for claim in claims:
        before = [
            pair
            for pair in free
            if pair.end <= claim.start
            and not any(pair.end <= other.start < claim.start for other in claims)
        ]
        if claim.start not in found and before and _may_be_of(sentence, claim, before[-1]):
            found[claim.start] = before[-1]
            free.remove(before[-1])
    return found


def _may_be_of(sentence: Sentence, claim: Number, pair: Pair) -> bool:
    """Tell whether a claim can be about a pair: not when it is a share, or points of counts."""
    units = {pair.old.unit, pair.new.unit}
    if pair.start >= claim.end and _ELSEWHERE.search(sentence.text, claim.end, pair.end):
        return False
    if claim.unit is NumberUnit.POINTS:
        return NumberUnit.PERCENT in units
    return not _is_share(sentence, claim)


def is_no_fact(sentence: Sentence, claim: Number) -> bool:
    """Tell whether a claim is about what is aimed at, expected or goes on every year."""
    breaks = list(_GOES_ON.finditer(sentence.text))
    start = max((one.end() for one in breaks if one.end() <= claim.start), default=0)
    ends = (one.start() for one in breaks if one.start() >= claim.end)
    return bool(_NOT_A_FACT.search(sentence.text[start : min(ends, default=len(sentence.text))]))


def _is_share(sentence: Sentence, claim: Number) -> bool:
    return claim.unit is NumberUnit.PERCENT and bool(_OF_WHOLE.match(sentence.text[claim.end :]))


def _from_series(scene: Scene, claim: Number, order: int, count: int) -> Finding:
    """Return the finding on a claim of which the numbers must come from elsewhere.

    It is number `order` of the `count` claims that the sentence makes in the same way.
    """
    sentence, story, known = scene.sentence, scene.story, scene.known
    way = sentence.way_of(claim.start, claim.end)
    if is_no_fact(sentence, claim):
        return unknown(sentence.text, claim, NOT_A_FACT)
    if _is_share(sentence, claim) or (
        not way and not claim.sign and claim.unit is not NumberUnit.TIMES
    ):
        return unknown(sentence.text, claim, NO_SUBJECT)
    several = count > 1 and "resp" in sentence.text.lower()
    mention = _mention_for(scene, claim, order, several=several)
    series = mention.series if mention else None
    if mention and is_ambiguous(mention, known):
        return unknown(sentence.text, claim, MANY)
    if (
        series is None
        and story.subject is not None
        and not is_about_something_else(sentence, story)
    ):
        series = story.subject
    if series is None or not series.points:
        return unknown(sentence.text, claim, NO_SUBJECT)
    narrowed = (
        is_narrowed(sentence, mention, claim.start, story) if mention else story.is_subject_narrowed
    )
    candidates = _candidates(scene, series, order, count)
    if not candidates and series.rank < 0:
        # the paragraph names the subject, but not the period: a table may
        same = [one for one in known if one.rank >= 0 and stems(one.label) == stems(series.label)]
        series = same[0] if len(same) == 1 else series
        candidates = _candidates(scene, series, order, count) if same else []
    if not candidates:
        return unknown(sentence.text, claim, NO_PERIOD)
    return _best(sentence, claim, way, series, candidates, narrowed=narrowed)


def _best(
    sentence: Sentence,
    claim: Number,
    way: int,
    series: Series,
    candidates: Sequence[tuple[Point, Point]],
    *,
    narrowed: bool,
) -> Finding:
    """Return the finding on the first two numbers that agree, or else on the first ones."""
    verdicts: list[tuple[Operands, Verdict]] = []
    for old, new in candidates:
        operands = Operands.of(series, old, new)
        verdicts.append((operands, judge(claim, operands, way)))
    operands = next((one for one, verdict in verdicts if verdict.agrees), verdicts[0][0])
    finding = finding_of(sentence.text, claim, operands, way)
    if finding.agrees is False and narrowed:
        return unknown(sentence.text, claim, NARROWED)
    return finding


def _mention_for(scene: Scene, claim: Number, order: int, *, several: bool) -> Mention | None:
    """Return which of the named series a claim is about."""
    sentence, mentions = scene.sentence, scene.mentions
    if not mentions:
        return None
    if several and len(mentions) > 1 and all(one.at < claim.start for one in mentions):
        return mentions[order] if order < len(mentions) else None
    others = [one for one in sentence.claims if one.start != claim.start]
    before = [
        one
        for one in mentions
        if one.at < claim.start and not any(one.at < o.start < claim.start for o in others)
    ]
    after = [
        one
        for one in mentions
        if one.at >= claim.end and not any(claim.end <= o.start < one.at for o in others)
    ]
    if after and before and _COMPARED_NEXT.match(sentence.text[claim.end :]):
        return after[0]
    if before:
        return before[-1]
    if after:
        return after[0]
    one_series = len({one.series for one in mentions}) == 1
    return mentions[0] if one_series and _goes_on(scene, claim, others) else None


def _goes_on(scene: Scene, claim: Number, others: Sequence[Number]) -> bool:
    """Tell whether a later claim is still about the subject of the claim before it."""
    earlier = [one.end for one in others if one.end <= claim.start]
    between = scene.sentence.text[max(earlier, default=0) : claim.start]
    return not is_about_something_else(Sentence(between), scene.story)


def _candidates(scene: Scene, series: Series, order: int, count: int) -> list[tuple[Point, Point]]:
    """Return which two numbers of a series a claim may compare, the likeliest first."""
    sentence, story = scene.sentence, scene.story
    spans = spans_of(sentence, series)
    if spans:
        own_span = spans[order : order + 1] if len(spans) == count else []
        return spans if len(spans) == 1 else own_span
    compared = compared_with(sentence) or story.compared
    if len(compared) > 1:
        compared = compared[order : order + 1] if len(compared) == count else ()
    news = _news(sentence, story, series)
    if compared:
        found = [(point_of(compared[0], new, series), new) for new in news]
        return [(old, new) for old, new in found if old is not None]
    own = {p.key for p in sentence.periods}
    if not own and len(series.points) == 2:
        return [(series.points[0], series.points[1])]
    return []


def _news(sentence: Sentence, story: Story, series: Series) -> list[Point]:
    own = current_period(sentence)
    if own is not None:
        point = series.at(own)
        return [point] if point else []
    keys = [story.current] if story.current else []
    points = [series.at(key) for key in keys]
    return list(dict.fromkeys([*[one for one in points if one], series.points[-1]]))


def _differences(scene: Scene, taken: set[int]) -> Iterator[Finding]:
    """Yield the differences in numbers: met 13 toegenomen, een daling van 34, 45 meer dan."""
    sentence = scene.sentence
    sides = {one.start for pair in sentence.pairs for one in (pair.old, pair.new)}
    found = [
        one
        for one in sentence.numbers
        if one.unit in (NumberUnit.COUNT, NumberUnit.EURO)
        and one.start not in sides | taken
        and _is_difference(sentence, one)
    ]
    for number in found:
        way = sentence.way_of(number.start, number.end)
        pairs = [one for one in sentence.pairs if one.new.unit is number.unit]
        if len(found) == 1 and len(pairs) == 1 and way:
            taken.add(number.start)
            yield finding_of(sentence.text, number, _operands(pairs[0]), way)
        elif way and not pairs and not sentence.claims:
            finding = _from_series(scene, number, found.index(number), len(found))
            if finding.agrees is not None:
                taken.add(number.start)
                yield finding


def _is_difference(sentence: Sentence, number: Number) -> bool:
    before, after = sentence.text[: number.start], sentence.text[number.end :]
    if _CHANGE_OF.search(before):
        return True
    if _BY.search(before):
        is_said = _CHANGED_BY.search(before) and _SAYS_NO_MORE.match(after)
        return bool(is_said or _CHANGED_NEXT.match(after))
    return bool(_MORE.match(after))


def _direction(sentence: Sentence, pair: Pair, taken: set[int]) -> Iterator[Finding]:
    """Yield whether the words go the way that the numbers of the sentence go."""
    way = _way_beside(sentence, pair)
    if not way or pair.new.unit not in LEVELS or pair.old.value == pair.new.value:
        return
    taken.update((pair.old.start, pair.new.start))
    rises = pair.new.value > pair.old.value
    unit = NumberUnit.POINTS if pair.new.unit is NumberUnit.PERCENT else pair.new.unit
    step = min(pair.old.step, pair.new.step)
    old, new = plain(pair.old.value, pair.old.unit), plain(pair.new.value, pair.new.unit)
    agrees = rises == (way > 0)
    cause = "" if agrees else "De richting klopt niet, of ‘van’ en ‘naar’ zijn verwisseld. "
    yield Finding(
        text=sentence.text,
        claim=f"{'stijging' if way > 0 else 'daling'} van {old} naar {new}",
        kind=FindingKind.DIRECTION,
        stated="stijging" if way > 0 else "daling",
        computed=shown(pair.new.value - pair.old.value, step=step, unit=unit),
        agrees=agrees,
        explanation=f"{cause}Berekend uit de zin zelf: van {old} naar {new}.",
    )


def _way_beside(sentence: Sentence, pair: Pair) -> int:
    """Return which way the words of the same part of the sentence go: not those before a ";"."""
    before = sentence.text[: pair.start]
    start = max(before.rfind(";"), *(m.end() for m in _GOES_ON.finditer(before)), 0)
    after = _GOES_ON.search(sentence.text, pair.end)
    end = after.start() if after else len(sentence.text)
    said = [one for one in sentence.directions if start <= one.at < end]
    way = sentence.way_of(pair.start, pair.end)
    return way if any(one.way == way for one in said) else 0


def unknown(text: str, number: Number, why: str) -> Unread:
    """Return a claim that cannot be tied to two known numbers."""
    return Unread(
        text=text,
        claim=number.text,
        kind=KINDS[number.unit],
        stated=stated_of(number),
        computed="",
        agrees=None,
        explanation=f"Niet te controleren: {why}.",
        number=number,
    )


def told(story: Story, sentence: Sentence, known: Sequence[Series]) -> None:
    """Take in what a sentence spoke of, for those that follow it in its paragraph."""
    mentions = mentions_in(sentence.text, known)
    if mentions:
        is_one = len({one.series for one in mentions}) == 1 and not is_ambiguous(mentions[0], known)
        story.subject = mentions[0].series if is_one else None
        story.is_subject_narrowed = is_narrowed(sentence, mentions[-1], len(sentence.text), story)
    elif sentence.numbers and is_about_something_else(sentence, story):
        story.subject = None
    compared = compared_with(sentence)
    if compared:
        story.compared = compared if len(compared) == 1 else ()
    story.current = current_period(sentence) or story.current
    story.before = sentence
