"""How steps are taken in a history of a plan, and the way that most plans go."""

from datetime import date
from random import Random
from typing import Any, ClassVar

from tests.integration.stateful.history import History, pick
from tests.integration.stateful.scene import DECIDERS, MANDATE, Scene
from tests.integration.stateful.shadow import Shadow
from vpt_regio.domain.enums import (
    AgreementLevel,
    DutyScore,
    ExemptionVerdict,
    PlanSection,
    RemarkWeight,
    WatchDuty,
)
from vpt_regio.models.action_plans import PlanVersion
from vpt_regio.models.covenants import CovenantAmendment
from vpt_regio.models.decisions import Decision
from vpt_regio.models.holds import Hold
from vpt_regio.models.remarks import Remark
from vpt_regio.services import action_plans, activities, decisions, plan_reviews, remarks
from vpt_regio.services.exemptions import judge_exemption
from vpt_regio.services.holds import lift_hold
from vpt_regio.services.plan_versions import start_new_version

FIRST_DAY = date(2012, 7, 16)


class Steps(History):
    """One plan from its first draft on."""

    scene: ClassVar[Scene]
    shadow_of = Shadow
    first_day = FIRST_DAY

    @property
    def version(self) -> PlanVersion:
        return self.scene.the_plan().latest

    def look(self) -> None:
        version = self.version
        self.state = str(version.status)
        self.has_activities = bool(version.activities)
        self.has_budget_lines = bool(version.budget_lines)
        self.has_exemptions = bool(version.exemptions)
        self.known = {
            model for model in (Remark, Decision, CovenantAmendment) if self.all_of(model)
        }

    def exists(self, model: Any) -> bool:
        return model in self.known

    def activity(self, cents: int | None, measures: int = 3) -> dict[str, Any]:
        return {
            "title": "Campagne",
            "measures": self.scene.measures()[:measures],
            "policy_line": self.scene.policy_line(),
            "is_awareness": True,
            "owner": self.scene.the_partner(),
            "starts_on": date(2012, 9, 1),
            "ends_on": date(2013, 6, 30),
            "implementation_cents": cents,
        }

    def place(self, place: str, number: int) -> dict[str, Any]:
        if place == "paragraph":
            return {"paragraph_no": number}
        if place == "activity":
            said = pick(self.version.activities, number)
            return {"activity": said.activity if said else None}
        if place == "line":
            return {"budget_line_no": number}
        if place == "measure":
            return {"measure": pick(self.scene.measures(), number)}
        return {}

    # the way that most plans go ------------------------------------------------------------

    def walk(self, random: Random, steps: int) -> None:
        """Let people do what is expected of them in the present state, some steps long."""
        for _ in range(steps):
            for hold in self.all_of(Hold, Hold.lifted_on.is_(None)):
                self.attempt("manager", lift_hold, hold, reason="Weer verder.")
            moves = {
                "draft": [self.hand_in],
                "submitted": [self.take_up, self.take_up, self.take_up, self.withdraw],
                "in_review": [self.praise] * 3 + [self.criticise] * 3 + [self.refuse],
                "provisionally_adopted": [self.approve, self.approve, self.approve, self.reopen],
                "approved": [self.start, self.start, self.reopen, self.replace],
                "refused": [self.start, self.reopen],
            }
            random.choice(moves.get(self.state, [self.start]))(random)

    def hand_in(self, random: Random) -> None:
        cents = random.choice([80_000_00, MANDATE, MANDATE + 1])
        self.complete(cents, measures=random.choice([2, 3]))
        self.attempt("leader", action_plans.submit_plan, self.version)

    def withdraw(self, _random: Random) -> None:
        self.attempt("deputy", action_plans.withdraw_plan, self.version)

    def start(self, _random: Random) -> None:
        self.attempt("deputy", start_new_version, self.scene.the_plan())

    def take_up(self, _random: Random) -> None:
        self.attempt("manager", plan_reviews.take_up_plan, self.version)

    def approve(self, random: Random) -> None:
        who = random.choice(DECIDERS)
        self.attempt(who, decisions.approve_plan, self.version, note="Akkoord.")

    def approve_by_holder(self, _random: Random) -> None:
        self.attempt("holder", decisions.approve_plan, self.version, note="Akkoord.")

    def refuse(self, _random: Random) -> None:
        self.attempt("holder", decisions.refuse_plan, self.version, note="Dit kan niet.")

    def reopen(self, _random: Random) -> None:
        # who takes a decision back is one who may take it
        who = "manager" if self.state == "provisionally_adopted" else "holder"
        self.attempt(who, decisions.reopen_plan, self.version, note="Bij nader inzien.")

    def replace(self, _random: Random) -> None:
        decision = self.all_of(Decision)[-1]
        values = {"note": "Beter gezegd.", "reason": "Er stond een fout in."}
        self.attempt("holder", decisions.replace_decision, decision, **values)

    def complete(self, cents: int, *, measures: int = 3) -> None:
        """Write what a draft lacks, leave out the measures after so many, and answer remarks."""
        if not self.version.embedding:
            texts = dict.fromkeys(("problem_analysis", "approach", "embedding"), "De tekst.")
            self.attempt("leader", action_plans.edit_texts, self.version, **texts)
        if self.version.consensus_approach is None:
            level = {
                "consensus_analysis": AgreementLevel.FULL,
                "consensus_approach": AgreementLevel.NONE,
            }
            self.attempt("leader", action_plans.set_agreement, self.version, **level)
        activity = pick(self.version.activities, 0)
        content = self.activity(cents, measures)
        if activity is None:
            self.attempt("leader", activities.add_activity, self.version, **content)
        else:
            self.attempt("leader", activities.change_activity, activity, **content)
        reason = {"reason": f"Niet aan de orde in versie {self.version.version_no}."}
        for measure in self.scene.measures()[measures:]:
            values = {"measure": measure, **reason}
            self.attempt("leader", action_plans.exempt_measure, self.version, **values)
        for remark in self.all_of(Remark, Remark.status == "open"):
            self.attempt("leader", remarks.answer_remark, remark, note="Verwerkt.")

    def criticise(self, random: Random) -> None:
        values = {"section": PlanSection.APPROACH, "body": "Te kort.", "weight": RemarkWeight.MUST}
        self.attempt("manager", remarks.make_remark, self.version, **values)
        if random.random() < 0.3:
            remark = self.all_of(Remark)[-1]
            self.attempt("manager", remarks.withdraw_remark, self.version, remark=remark)
        for remark in self.all_of(Remark, Remark.status == "answered"):
            self.attempt("manager", remarks.reopen_remark, remark, note="Nog niet.")
        self.judge_all(ExemptionVerdict.REJECTED)
        sections = random.choice([[], [PlanSection.APPROACH, PlanSection.ACTIVITIES]])
        self.attempt("manager", plan_reviews.return_plan, self.version, sections=sections)

    def praise(self, _random: Random) -> None:
        for remark in self.all_of(Remark, Remark.status != "settled"):
            self.attempt("manager", remarks.settle_remark, remark)
        self.judge_all(ExemptionVerdict.ACCEPTED)
        scores = dict.fromkeys(WatchDuty, (DutyScore.SUFFICIENT, ""))
        self.attempt("manager", plan_reviews.score_duties, self.version, scores=scores)
        values = {"reasoning": "Genoeg."}
        self.attempt("manager", plan_reviews.check_sufficiency, self.version, **values)
        self.attempt("manager", decisions.adopt_plan, self.version)

    def judge_all(self, verdict: ExemptionVerdict) -> None:
        for exemption in list(self.version.exemptions):
            values = {"exemption": exemption, "verdict": verdict, "note": "Zo is het."}
            self.attempt("manager", judge_exemption, self.version, **values)
