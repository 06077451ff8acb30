"""The histories of a plan: every step that somebody may try, by whoever, at any moment.

A step that is refused must say why and change nothing; after each step `Shadow` looks around.
"""

from datetime import timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from tests.integration.stateful.history import pick
from tests.integration.stateful.scene import (
    DECIDERS,
    EVERYBODY,
    MANDATE,
    REVIEWERS,
    WRITERS,
)
from tests.integration.stateful.steps import Steps
from vpt_regio import clock
from vpt_regio.domain.enums import (
    AgreementLevel,
    AmendmentKind,
    DutyScore,
    ExemptionVerdict,
    Phase,
    PlanSection,
    RemarkWeight,
    WatchDuty,
)
from vpt_regio.domain.permissions import Permission
from vpt_regio.models.covenants import CovenantAmendment
from vpt_regio.models.decisions import Decision
from vpt_regio.models.holds import Hold
from vpt_regio.models.people import Mandate
from vpt_regio.models.remarks import Remark
from vpt_regio.services import action_plans, activities, decisions, plan_reviews, remarks
from vpt_regio.services.amendment_checks import AmendmentContent
from vpt_regio.services.amendments import draft_amendment, sign_amendment, withdraw_amendment
from vpt_regio.services.exemptions import judge_exemption
from vpt_regio.services.holds import lift_hold, place_hold
from vpt_regio.services.mandates import end_mandate, give_mandate
from vpt_regio.services.plan_versions import start_new_version

TEXTS = st.sampled_from(["", "Een alinea.", "De eerste alinea.\n\nDe tweede alinea.", "Anders."])
NOTES = st.sampled_from(["", "Akkoord.", "Dit is nog niet goed."])
AMOUNTS = st.sampled_from([None, -1, 0, 1, 20_000_00, 80_000_00, MANDATE, MANDATE + 1])
SECTIONS = st.sampled_from(PlanSection)
PLACES = st.sampled_from(["section", "paragraph", "activity", "line", "measure"])
NUMBERS = st.integers(0, 5)
SEEDS = st.integers(0, 2**32 - 1)
writers, reviewers = st.sampled_from(WRITERS), st.sampled_from(REVIEWERS)
deciders, everybody = st.sampled_from(DECIDERS), st.sampled_from(EVERYBODY)


class PlanHistories(Steps):
    """The rules; each history starts from the same stored scene."""

    # the region writes ---------------------------------------------------------------------

    @precondition(lambda self: self.state == "draft")
    @rule(
        who=writers,
        field=st.sampled_from(["problem_analysis", "approach", "embedding"]),
        text=TEXTS,
    )
    def write(self, who: str, field: str, text: str) -> None:
        self.attempt(who, action_plans.edit_texts, self.version, **{field: text})

    @precondition(lambda self: self.state == "draft")
    @rule(who=writers, level=st.sampled_from([None, *AgreementLevel]))
    def agree(self, who: str, level: AgreementLevel | None) -> None:
        self.attempt(
            who,
            action_plans.set_agreement,
            self.version,
            consensus_analysis=level,
            consensus_approach=level,
        )

    @precondition(lambda self: self.state == "draft")
    @rule(who=writers, cents=AMOUNTS, measures=NUMBERS, number=NUMBERS, adds=st.booleans())
    def say_activity(
        self, who: str, cents: int | None, measures: int, number: int, adds: bool
    ) -> None:
        content = self.activity(cents, measures)
        activity = pick(self.version.activities, number)
        if adds or activity is None:
            self.attempt(who, activities.add_activity, self.version, **content)
        else:
            self.attempt(who, activities.change_activity, activity, **content)

    @precondition(lambda self: self.state == "draft" and self.has_activities)
    @rule(who=writers, number=NUMBERS)
    def remove_activity(self, who: str, number: int) -> None:
        activity = pick(self.version.activities, number)
        self.attempt(who, activities.remove_activity, activity)

    @precondition(lambda self: self.state == "draft")
    @rule(who=writers, cents=AMOUNTS, phase=st.sampled_from(Phase), text=TEXTS)
    def add_line(self, who: str, cents: int | None, phase: Phase, text: str) -> None:
        values = {"phase": phase, "description": text, "amount_cents": cents}
        self.attempt(who, action_plans.add_budget_line, self.version, **values)

    @precondition(lambda self: self.state == "draft" and self.has_budget_lines)
    @rule(who=writers, number=NUMBERS)
    def remove_line(self, who: str, number: int) -> None:
        lines = [line for line in self.version.budget_lines if line.number]
        line = pick(lines, number)
        self.attempt(who, action_plans.remove_budget_line, self.version, line=line)

    @precondition(lambda self: self.state == "draft")
    @rule(who=writers, cents=st.sampled_from([-1, 0, 5_000_00]), note=NOTES)
    def fund(self, who: str, cents: int, note: str) -> None:
        values = {"amount_cents": cents, "note": note}
        self.attempt(who, action_plans.set_other_funding, self.version, **values)

    @precondition(lambda self: self.state == "draft")
    @rule(who=writers, number=NUMBERS, reason=NOTES, leaves_out=st.booleans())
    def leave_out(self, who: str, number: int, reason: str, leaves_out: bool) -> None:
        measure = pick(self.scene.measures(), number)
        if leaves_out:
            values = {"measure": measure, "reason": reason}
            self.attempt(who, action_plans.exempt_measure, self.version, **values)
        else:
            self.attempt(who, action_plans.withdraw_exemption, self.version, measure=measure)

    @precondition(lambda self: self.state != "draft")
    @rule(who=everybody)
    def write_too_late(self, who: str) -> None:
        assert not self.attempt(who, action_plans.edit_texts, self.version, approach="Te laat.")

    @rule(who=writers, step=st.sampled_from(["submit", "withdraw", "start"]))
    def hand_in_or_on(self, who: str, step: str) -> None:
        if step == "start":
            self.attempt(who, start_new_version, self.scene.the_plan())
        else:
            verb = action_plans.submit_plan if step == "submit" else action_plans.withdraw_plan
            self.attempt(who, verb, self.version)

    # the review ----------------------------------------------------------------------------

    @precondition(lambda self: self.state == "in_review")
    @rule(
        who=reviewers,
        section=SECTIONS,
        place=PLACES,
        number=NUMBERS,
        body=NOTES,
        weight=st.sampled_from(RemarkWeight),
    )
    def remark(  # noqa: PLR0917 - hypothesis fills them in by name
        self,
        who: str,
        section: PlanSection,
        place: str,
        number: int,
        body: str,
        weight: RemarkWeight,
    ) -> None:
        values: dict[str, Any] = {"section": section, "body": body, "weight": weight}
        values |= self.place(place, number)
        if place == "line":
            values["section"] = PlanSection.BUDGET
        elif place in {"activity", "measure"}:
            values["section"] = PlanSection.ACTIVITIES
        self.attempt(who, remarks.make_remark, self.version, **values)

    @precondition(lambda self: self.exists(Remark))
    @rule(
        who=everybody,
        number=NUMBERS,
        note=NOTES,
        step=st.sampled_from(["answer", "settle", "reopen", "withdraw"]),
    )
    def discuss(self, who: str, number: int, note: str, step: str) -> None:
        remark = pick(self.all_of(Remark), number)
        if step == "withdraw":
            self.attempt(who, remarks.withdraw_remark, self.version, remark=remark)
            return
        verb = {
            "answer": remarks.answer_remark,
            "settle": remarks.settle_remark,
            "reopen": remarks.reopen_remark,
        }[step]
        self.attempt(who, verb, remark, note=note)

    @precondition(lambda self: self.has_exemptions)
    @rule(who=reviewers, number=NUMBERS, verdict=st.sampled_from(ExemptionVerdict), note=NOTES)
    def judge(self, who: str, number: int, verdict: ExemptionVerdict, note: str) -> None:
        exemption = pick(self.version.exemptions, number)
        values = {"exemption": exemption, "verdict": verdict, "note": note}
        self.attempt(who, judge_exemption, self.version, **values)

    @precondition(lambda self: self.state == "in_review")
    @rule(
        who=reviewers, duties=st.sets(st.sampled_from(WatchDuty)), note=NOTES, scores=st.booleans()
    )
    def assess(self, who: str, duties: set[WatchDuty], note: str, scores: bool) -> None:
        if scores:
            given = dict.fromkeys(sorted(duties), (DutyScore.SUFFICIENT, note))
            self.attempt(who, plan_reviews.score_duties, self.version, scores=given)
        else:
            self.attempt(who, plan_reviews.check_sufficiency, self.version, reasoning=note)

    @rule(who=reviewers, sections=st.sets(SECTIONS, max_size=3))
    def send_back(self, who: str, sections: set[PlanSection]) -> None:
        self.attempt(who, plan_reviews.return_plan, self.version, sections=sections)

    # decisions -----------------------------------------------------------------------------

    @rule(who=everybody, note=NOTES, step=st.sampled_from(["adopt", "approve", "refuse", "reopen"]))
    def decide(self, who: str, note: str, step: str) -> None:
        verb = {
            "adopt": decisions.adopt_plan,
            "approve": decisions.approve_plan,
            "refuse": decisions.refuse_plan,
            "reopen": decisions.reopen_plan,
        }[step]
        self.attempt(who, verb, self.version, note=note)

    @precondition(lambda self: self.exists(Decision))
    @rule(who=deciders, number=NUMBERS, note=NOTES, reason=NOTES)
    def rephrase(self, who: str, number: int, note: str, reason: str) -> None:
        decision = self.all_of(Decision)[::-1][number % len(self.all_of(Decision))]
        values = {"note": note, "reason": reason}
        self.attempt(who, decisions.replace_decision, decision, **values)

    @rule(
        who=st.sampled_from(["manager", "holder", "writing_manager"]),
        ends=st.booleans(),
        number=NUMBERS,
        days=st.integers(-3, 90),
    )
    def mandate(self, who: str, ends: bool, number: int, days: int) -> None:
        day = self.day + timedelta(days)
        held = self.all_of(Mandate, Mandate.person_id == self.scene.people[who])
        current = [mandate for mandate in held if mandate.ends_on is None]
        if ends and current:
            self.attempt("admin", end_mandate, pick(current, number), ends_on=day)
            return
        self.attempt(
            "admin",
            give_mandate,
            self.scene.person(who),
            permission=pick(
                [Permission.ACTION_PLAN_APPROVE, Permission.ACTION_PLAN_REFUSE], number
            ),
            on_behalf_of="de minister",
            reference="Mandaatbesluit",
            max_amount_cents=pick([None, 0, MANDATE], number),
            starts_on=day,
            ends_on=None,
        )

    # the covenant and time -----------------------------------------------------------------

    @rule(
        who=st.sampled_from(["manager", "writing_manager", "officer"]),
        number=NUMBERS,
        days=st.integers(-10, 400),
        cents=AMOUNTS,
        signs=st.booleans(),
    )
    def amend(self, who: str, number: int, days: int, cents: int | None, signs: bool) -> None:
        covenant = self.scene.the_covenant()
        kind = pick([AmendmentKind.EXTENSION, AmendmentKind.AMOUNT], number)
        new_end = (covenant.latest_end_on or self.day) + timedelta(days)
        content = AmendmentContent(reason="Nodig.", new_end_on=new_end, amount_cents=cents)
        if self.attempt(who, draft_amendment, covenant, kind=kind, content=content) and signs:
            amendment = self.all_of(CovenantAmendment)[-1]
            self.attempt("officer", sign_amendment, amendment, signed_on=self.day)

    @precondition(lambda self: self.exists(CovenantAmendment))
    @rule(
        who=st.sampled_from(["officer", "manager"]),
        number=NUMBERS,
        days=st.integers(-60, 3),
        signs=st.booleans(),
        note=NOTES,
    )
    def settle_amendment(self, who: str, number: int, days: int, signs: bool, note: str) -> None:
        amendment = pick(self.all_of(CovenantAmendment)[::-1], number)
        if signs:
            day = self.day + timedelta(days)
            self.attempt(who, sign_amendment, amendment, signed_on=day)
        else:
            self.attempt(who, withdraw_amendment, amendment, note=note)

    @rule(
        who=st.sampled_from(["manager", "officer", "leader"]),
        whole=st.booleans(),
        reason=NOTES,
        days=st.none() | st.integers(-1, 10),
        lifts=st.booleans(),
    )
    def stand_still(
        self, who: str, whole: bool, reason: str, days: int | None, lifts: bool
    ) -> None:
        held = self.all_of(Hold, Hold.lifted_on.is_(None))
        if held and lifts:
            self.attempt(who, lift_hold, held[-1], reason=reason)
            return
        subject = self.scene.the_covenant() if whole else self.scene.the_region()
        until = None if days is None else self.day + timedelta(days)
        values = {"reason": reason, "starts_on": self.day, "until_on": until}
        self.attempt(who, place_hold, subject, **values)

    @rule(days=st.sampled_from([1, 7, 30, 400]))
    def wait(self, days: int) -> None:
        self.day += timedelta(days)
        with clock.at(self.day):
            self.shadow.check(self.day)

    # the way that most plans go ------------------------------------------------------------

    @initialize(seed=SEEDS, steps=st.integers(0, 10))
    def begin(self, seed: int, steps: int) -> None:
        self.walk(Random(seed), steps)  # noqa: S311 - no secret

    @rule(seed=SEEDS, steps=st.integers(1, 6))
    def go_on(self, seed: int, steps: int) -> None:
        self.walk(Random(seed), steps)  # noqa: S311 - no secret
