"""The tables of a letter, asked what each number of its sentences says of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from vpt_regio.domain.rules.letter_agreement import plain, shown
from vpt_regio.domain.rules.letter_beside import agreeing_step
from vpt_regio.domain.rules.letter_document import Finding, FindingKind
from vpt_regio.domain.rules.letter_facts import Facts, facts_of
from vpt_regio.domain.rules.letter_judgement import stated
from vpt_regio.domain.rules.letter_misses import miss_of
from vpt_regio.domain.rules.letter_numbers import Number
from vpt_regio.domain.rules.letter_scene import Scene, Step, scene_of
from vpt_regio.domain.rules.letter_sentence import Sentence
from vpt_regio.domain.rules.letter_tables import Grid
from vpt_regio.domain.rules.letter_totals import additions

KINDS = {
    "same": FindingKind.NUMBER,
    "rows": FindingKind.LIST,
    "change": FindingKind.CHANGE,
    "difference": FindingKind.DIFFERENCE,
    "times": FindingKind.FACTOR,
    "share": FindingKind.SHARE,
    "left": FindingKind.SHARE,
    "sum": FindingKind.TOTAL,
    "balance": FindingKind.TOTAL,
    "rest": FindingKind.DIFFERENCE,
    "piece": FindingKind.PART,
}
WORDS = {"sum": " + ", "balance": " − ", "rest": " − ", "piece": " gedeeld door "}


class TablesSaid:
    """The tables of a letter as facts; `headings` say under which heading each of them stands."""

    def __init__(self, grids: Sequence[Grid], headings: Mapping[str, str]) -> None:
        self.headings = headings
        self.facts: list[Facts] = []
        for grid in grids:
            sums = [one.total for one in additions(grid, ()) if _adds_all(grid, one.parts)]
            self.facts.append(facts_of(grid, sums=sums))

    def scene(self, sentence: Sentence, earlier: Sequence[Sentence], heading: str) -> Scene:
        """Return a sentence beside the tables; `earlier` is the paragraph before it."""
        return scene_of(sentence, earlier, self.facts, self.headings, heading)

    def finding(self, scene: Scene, number: Number) -> Finding | None:
        """Return what the tables say of a number that the words alone did not settle."""
        step = agreeing_step(scene, number)
        return told(scene.sentence, number, step) if step is not None else None

    def miss(self, scene: Scene, number: Number) -> Finding | None:
        """Return what a number should have been, when a slip shows what was meant."""
        found = miss_of(scene, number)
        if found is None:
            return None
        right = told(scene.sentence, number, found.step)
        return replace(right, agrees=False, explanation=f"{found.cause} {right.explanation}")


def _adds_all(grid: Grid, parts: Sequence[int]) -> bool:
    return len(parts) == len(grid.labels) - 1


def told(sentence: Sentence, number: Number, step: Step) -> Finding:
    """Return the finding on a number that meets what follows from the tables."""
    computed = shown(step.value, step=number.step, unit=number.unit)
    return Finding(
        text=sentence.text,
        claim=number.text,
        kind=FindingKind.POINTS if number.unit.value == "points" else KINDS[step.kind],
        stated=stated(number),
        computed=plain(step.value, number.unit) if step.kind == "same" else computed,
        agrees=True,
        explanation=explained(step),
    )


def explained(step: Step) -> str:
    """Return in Dutch from which cells a number follows, and how."""
    if step.kind == "same":
        return f"Het getal staat in {step.facts[0].where}."
    if step.kind == "rows":
        return f"Geteld: {plain(step.value)} rijen in {step.facts[0].where.split(', ')[0]}."
    values = [plain(one.value, one.unit) for one in step.facts]
    if step.kind in WORDS:
        numbers = WORDS[step.kind].join(values)
    elif step.kind == "share":
        numbers = f"{' + '.join(values[:-1])} van {values[-1]}"
    elif step.kind == "left":
        numbers = f"{values[0]} − {values[1]}, van {values[2]}"
    else:
        numbers = f"van {values[0]} naar {values[1]}"
    return f"Berekend uit {where_of(step)}: {numbers}."


def where_of(step: Step) -> str:
    """Return where the first and the last of the cells stand."""
    first, last = step.facts[0].where, step.facts[-1].where
    origin = first.split(", ")[0]
    return f"{first}, en {last.removeprefix(f'{origin}, ')}" if first != last else first
