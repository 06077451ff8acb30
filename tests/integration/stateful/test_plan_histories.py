"""Random histories of a plan: whatever people try, what must always be true stays true."""

from collections import Counter
from random import Random
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.integration.stateful.machine import PlanHistories
from tests.integration.stateful.scene import Scene, set_scene
from tests.integration.stateful.steps import Steps

# a history has some forty steps: it begins with a walk, and a rule may take several of them
HISTORIES = settings(
    max_examples=25,  # on each database: fifty in all
    stateful_step_count=10,
    deadline=None,
    derandomize=True,
    database=None,
    print_blob=False,
    # a history that fails is short enough to read
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
# what has to happen in some history, or else the histories prove nothing
HAPPENS = (
    "submit",
    "return",
    "adopt",
    "approve",
    "reopen",
    "remark answer",
    "remark settle",
    "refused",
)


@pytest.mark.usefixtures("context")
def test_what_must_be_true_stays_true_in_every_history() -> None:
    class Histories(PlanHistories):
        scene: ClassVar[Scene] = set_scene()
        counts: ClassVar[Counter[str]] = Counter()

    run_state_machine_as_test(Histories, settings=HISTORIES)
    assert [what for what in HAPPENS if not Histories.counts[what]] == []


@pytest.mark.usefixtures("context")
def test_a_history_goes_all_the_way() -> None:
    """The steps that the histories are made of lead to every state of a plan."""

    class Scripted(PlanHistories):
        scene: ClassVar[Scene] = set_scene()
        counts: ClassVar[Counter[str]] = Counter()

    history, random = Scripted(), Random(1)  # noqa: S311 - no secret
    try:
        reached = [_round(history, random, *steps) for steps in ROUNDS]
        states = [str(version.status) for version in history.scene.the_plan().versions]
    finally:
        history.teardown()
    assert reached == ["withdrawn", "returned", "approved", "approved", "in_review"]
    # the last decision was taken back, so that the version before it holds again
    assert states == ["withdrawn", "returned", "superseded", "approved", "in_review"]
    assert Scripted.counts["supersede"] == 2
    assert Scripted.counts["reinstate"] == 1


APPROVED = ("take_up", "praise", "approve_by_holder")
ROUNDS = (
    ("withdraw",),
    ("take_up", "criticise"),
    ("take_up", "refuse", "reopen", "praise", "approve_by_holder"),
    APPROVED,
    (*APPROVED, "reopen"),
)


def _round(history: Steps, random: Random, *steps: str) -> str:
    if history.state != "draft":
        history.start(random)
    history.hand_in(random)
    for step in steps:
        getattr(history, step)(random)
    return history.state
