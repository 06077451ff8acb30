"""Whatever people do with a plan and its remarks, in any order: no remark and no word is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.factories.action_plans import Stage, assess, make_in_review, make_stage
from tests.factories.remarks import make_must
from vpt_regio.domain.enums import PlanSection, RemarkWeight
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.domain.workflows.remarks import REMARK, RemarkStatus
from vpt_regio.errors import DomainError
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import ActionPlan
from vpt_regio.models.remarks import Remark, RemarkEntry
from vpt_regio.queries.remarks import list_remark_lines, unsettled_musts
from vpt_regio.services.action_plans import submit_plan, withdraw_plan
from vpt_regio.services.decisions import adopt_plan, approve_plan, refuse_plan
from vpt_regio.services.plan_reviews import return_plan, take_up_plan
from vpt_regio.services.plan_versions import start_new_version
from vpt_regio.services.remarks import (
    answer_remark,
    make_remark,
    reopen_remark,
    settle_remark,
    withdraw_remark,
)
from vpt_regio.uow import unit_of_work

STEPS = (
    "remark",
    "answer",
    "settle",
    "reopen",
    "take_back",
    "return",
    "follow",
    "submit",
    "withdraw",
    "take_up",
    "adopt",
    "approve",
    "refuse",
)
step = st.tuples(st.sampled_from(STEPS), st.integers(0, 5))


class Played:
    """A plan on which steps are played; what was said is written down beside it."""

    def __init__(self) -> None:
        self.stage: Stage = make_stage()
        version = make_in_review(self.stage)
        self.plan: ActionPlan = version.plan
        self.said: dict[int, list[tuple[str, str]]] = {}
        self.words = 0
        self._remember(make_must(version, self.stage))

    def play(self, name: str, number: int) -> None:
        remarks = sorted(self.said)
        remark = db.session.get_one(Remark, remarks[number % len(remarks)]) if remarks else None
        self.words += 1
        text = f"Woord {self.words}"
        if name == "remark":
            weight = RemarkWeight.MUST if number % 2 else RemarkWeight.COULD
            self._remember(
                make_remark(
                    self.plan.latest,
                    section=list(PlanSection)[number],
                    weight=weight,
                    body=text,
                    actor=self.stage.manager,
                )
            )
        elif name in ("answer", "settle", "reopen") and remark is not None:
            self._say(name, remark, text)
        elif name == "take_back" and remark is not None:
            withdraw_remark(self.plan.latest, remark=remark, actor=self.stage.manager)
            del self.said[remark.id]
        else:
            self._step(name)

    def _say(self, name: str, remark: Remark, text: str) -> None:
        services: dict[str, Callable[..., Any]] = {
            "answer": answer_remark,
            "settle": settle_remark,
            "reopen": reopen_remark,
        }
        actor = self.stage.leader if name == "answer" else self.stage.manager
        services[name](remark, note=text, actor=actor)
        self.said[remark.id].append((name, text))

    def _step(self, name: str) -> None:
        stage, latest = self.stage, self.plan.latest
        steps: dict[str, Callable[[], object]] = {
            "return": lambda: return_plan(latest, actor=stage.manager),
            "follow": lambda: start_new_version(self.plan, actor=stage.leader),
            "submit": lambda: submit_plan(latest, actor=stage.leader),
            "withdraw": lambda: withdraw_plan(latest, actor=stage.leader),
            "take_up": lambda: take_up_plan(latest, actor=stage.manager),
            "adopt": lambda: adopt_plan(assess(latest, stage), actor=stage.manager),
            "approve": lambda: approve_plan(latest, actor=stage.manager),
            "refuse": lambda: refuse_plan(latest, note="Nee", actor=stage.holder),
        }
        if name in steps:
            steps[name]()

    def check(self) -> None:
        """Compare what is kept with what was said."""
        lines = list_remark_lines(self.plan.latest, before_review_ends=True)
        assert {
            line.remark.id: [(entry.step, entry.body) for entry in line.entries] for line in lines
        } == self.said
        for line in lines:
            last = line.entries[-1].step if line.entries else None
            expected = REMARK.transition(last).target if last else RemarkStatus.OPEN
            assert line.status == line.remark.status == expected
        if self.plan.latest.status is ActionPlanStatus.APPROVED:
            assert unsettled_musts(self.plan) == []

    def _remember(self, remark: Remark) -> None:
        db.session.flush()
        self.said[remark.id] = []


@pytest.mark.usefixtures("context")
def test_no_path_loses_a_remark_or_a_word(app: Flask) -> None:
    # the way through a whole return, so that every run goes deep
    opening = [("return", 0), ("follow", 0), ("answer", 0), ("submit", 0), ("take_up", 0)]

    @given(st.booleans(), st.lists(step, max_size=14))
    @settings(
        max_examples=12,
        deadline=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def play(goes_deep: bool, steps: list[tuple[str, int]]) -> None:
        with unit_of_work() as session:
            played = Played()
            for name, number in (opening if goes_deep else []) + steps:
                with session.no_autoflush:
                    saved = session.begin_nested()
                    try:
                        played.play(name, number)
                        saved.commit()
                    except DomainError:
                        saved.rollback()
                        session.info.pop("audit_head", None)
                session.flush()
                played.check()
            entries = db.session.query(RemarkEntry).count()
            assert entries == sum(len(words) for words in played.said.values())
            session.rollback()

    play()
