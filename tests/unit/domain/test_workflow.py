"""The vocabulary itself: a declaration that contradicts itself cannot be constructed."""

from dataclasses import replace

import pytest

from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.workflow import Derivation, State, Tone, Transition, Workflow


def _state(code: str, **flags: bool) -> State:
    return State(code, code, Tone.NEUTRAL, **flags)


def _step(code: str, source: str, target: str) -> Transition:
    return Transition(
        code=code,
        label=code,
        sources=(source,),
        target=target,
        permission=Permission.REGION_MANAGE,
        done="{actor} deed dit.",
    )


SOUND = Workflow(
    code="lamp",
    label="Lamp",
    initial="off",
    states=(
        _state("off"),
        _state("on"),
        _state("broken", is_final=True),
        _state("stolen", is_final=True, is_imported=True),
        _state("hot", is_derived=True),
    ),
    transitions=(
        _step("switch_on", "off", "on"),
        _step("switch_off", "on", "off"),
        _step("break", "on", "broken"),
    ),
    derivations=(Derivation("on", "hot", "Hij brandt lang."),),
)


def test_a_sound_declaration_answers_questions() -> None:
    assert SOUND.state("hot").is_derived
    assert SOUND.transition("break").target == "broken"
    assert [step.code for step in SOUND.transitions_from("on")] == ["switch_off", "break"]
    assert SOUND.transitions_from("broken") == ()
    assert SOUND.stored_states() == ("off", "on", "broken", "stolen")
    assert SOUND.labels()["hot"] == "hot"


@pytest.mark.parametrize("code", ["", "green"])
def test_unknown_codes_are_an_error(code: str) -> None:
    with pytest.raises(KeyError):
        SOUND.state(code)
    with pytest.raises(KeyError):
        SOUND.transition(code)


def test_a_state_may_end_by_a_date_alone() -> None:
    workflow = Workflow(
        code="ticket",
        label="Kaartje",
        initial="valid",
        states=(_state("valid"), _state("expired", is_derived=True)),
        transitions=(),
        derivations=(Derivation("valid", "expired", "De dag is voorbij."),),
    )
    assert workflow.stored_states() == ("valid",)


BROKEN: list[tuple[str, dict[str, object], str]] = [
    ("state twice", {"states": (*SOUND.states, _state("on"))}, "duplicate state on"),
    (
        "transition twice",
        {"transitions": (*SOUND.transitions, _step("break", "off", "broken"))},
        "duplicate transition break",
    ),
    ("unknown start", {"initial": "green"}, "unknown initial state green"),
    ("derived start", {"initial": "hot"}, "unknown initial state hot"),
    (
        "unknown source",
        {"transitions": (*SOUND.transitions, _step("paint", "green", "on"))},
        "transition paint uses unknown state green",
    ),
    (
        "derived target",
        {"transitions": (*SOUND.transitions, _step("warm", "on", "hot"))},
        "transition warm uses unknown state hot",
    ),
    (
        "no source",
        {"transitions": (*SOUND.transitions, replace(_step("x", "on", "off"), sources=()))},
        "transition x has no source",
    ),
    (
        "nobody in the history",
        {"transitions": (*SOUND.transitions, replace(_step("x", "on", "off"), done="Gedaan."))},
        "transition x does not name its actor in the history",
    ),
    (
        "unreachable",
        {"states": (*SOUND.states, _state("dim", is_final=True))},
        "state dim cannot be reached",
    ),
    (
        "final with exit",
        {"transitions": (*SOUND.transitions, _step("repair", "broken", "off"))},
        "final state broken has an exit",
    ),
    (
        "dead end",
        {
            "states": (*SOUND.states, _state("dim")),
            "transitions": (*SOUND.transitions, _step("dim", "on", "dim")),
        },
        "state dim has no exit and is not final",
    ),
    ("derived without rule", {"derivations": ()}, "derived state hot has no derivation"),
    (
        "derivation to a stored state",
        {"derivations": (*SOUND.derivations, Derivation("on", "off", ""))},
        "derivation leads to off, which is not a derived state",
    ),
    (
        "derivation from nowhere",
        {"derivations": (Derivation("green", "hot", ""),)},
        "derivation starts from unknown state green",
    ),
]


@pytest.mark.parametrize(
    ("changes", "problem"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN]
)
def test_a_contradiction_is_refused(changes: dict[str, object], problem: str) -> None:
    with pytest.raises(ValueError, match=f"^lamp: {problem}$"):
        replace(SOUND, **changes)
