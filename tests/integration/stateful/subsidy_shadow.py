"""What must be true of subsidies after every step, against a copy of what stood before.

Everything is read and counted from the tables themselves, so that no rule is trusted.
"""

from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from tests.integration.stateful.shadow import Row, Snapshot
from tests.integration.stateful.subsidy_scene import CEILING, SubsidyScene
from vpt_regio.domain.workflows import ALL
from vpt_regio.extensions import db
from vpt_regio.models.pilots import Pilot, Recovery
from vpt_regio.queries.settlements import state_of
from vpt_regio.services import audit

OF_PILOTS = ("pilot", "pilot_final_report")
TABLES = ("subsidy_round", "subsidy_application", "subsidy_proposal", *OF_PILOTS)
GRANTS = ("subsidy_granted", "subsidy_partially_granted")
# what a decision makes of its application or its pilot, and by which right
MEANS = {
    "subsidy_granted": ("grant", "application:decide"),
    "subsidy_partially_granted": ("partial_grant", "application:decide"),
    "subsidy_rejected": ("rejection", "application:decide"),
    "subsidy_settled": ("settlement", "settlement:decide"),
    "subsidy_revoked": ("revocation", "pilot:revoke"),
}
# rows of these tables never change
APPEND_ONLY = ("decision", "pilot_payment", "transition_record", "audit_entry")


class SubsidyShadow:
    """Remembers what may not change, and looks at everything after each step."""

    def __init__(self, scene: SubsidyScene) -> None:
        self.scene = scene
        self.now = Snapshot()
        self.kept: dict[str, list[Row]] = defaultdict(list)
        self.counts: Counter[str] = Counter()

    def check(self, day: date, _actor_id: int | None = None) -> None:
        """Look at everything; each kind of row that may not change is compared with before."""
        self.now = Snapshot()
        new = {table: self._keep(table) for table in APPEND_ONLY}
        self._check_audit(new["audit_entry"])
        self._check_states(new["transition_record"])
        for decision in new["decision"]:
            self._check_decision(decision, day)
        self._check_grants()
        for pilot in self.now["pilot"]:
            self._check_money(pilot, day)
        for row in new["pilot_payment"]:
            self._check_booking(row, day)
        self._check_recoveries(day)

    def finish(self) -> None:
        assert audit.verify(db.session()) is None

    # what is written down ------------------------------------------------------------------

    def _keep(self, table: str) -> list[Row]:
        """Assert that no row changed or went; return the new ones."""
        before, rows = self.kept[table], self.now[table]
        assert rows[: len(before)] == before, f"a row of {table} changed"
        self.kept[table] = rows
        return rows[len(before) :]

    def _check_audit(self, new: list[Row]) -> None:
        entries = self.now["audit_entry"]
        start = max(len(entries) - len(new) - 1, 0)
        for earlier, later in pairwise(entries[start:]):
            assert later["seq"] == earlier["seq"] + 1
            assert later["previous_hash"] == earlier["hash"]

    def _check_states(self, new: list[Row]) -> None:
        """Every state follows from the steps that were written down."""
        state: dict[tuple[str, int], str] = {}
        for step in self.now["transition_record"]:
            transition = ALL[step["workflow"]].transition(step["transition"])
            key = (step["workflow"], step["subject_id"])
            if key in state:
                assert step["from_state"] == state[key]
            assert step["from_state"] in transition.sources
            assert step["to_state"] == transition.target
            state[key] = step["to_state"]
        for table in TABLES:
            for row in self.now[table]:
                known = state.get((table, row["id"]))
                assert known is None or known == row["status"], (table, row["id"])
                if known is None and table != "subsidy_round":
                    assert row["status"] == ALL[table].initial
        for step in new:
            self.counts[f"{step['workflow']} {step['transition']}"] += 1

    # decisions -----------------------------------------------------------------------------

    def _check_decision(self, decision: Row, day: date) -> None:
        """Somebody else proposed exactly this, and whoever decided had the mandate for it."""
        kind, permission = MEANS[decision["kind"]]
        (proposal,) = (
            row for row in self.now["subsidy_proposal"] if row["decision_id"] == decision["id"]
        )
        decider = decision["decided_by_id"]
        assert proposal["kind"] == kind
        assert proposal["author_id"] != decider, "somebody decided alone"
        assert proposal["application_id"] == decision["application_id"]
        assert proposal["pilot_id"] == decision["pilot_id"]
        assert decision["decided_on"] == day
        (mandate,) = (row for row in self.now["mandate"] if row["id"] == decision["mandate_id"])
        assert (mandate["person_id"], mandate["permission"]) == (decider, permission)
        # a mandate to revoke knows no highest amount
        is_revocation = decision["kind"] == "subsidy_revoked"
        maximum = None if is_revocation else mandate["max_amount_cents"]
        assert maximum is None or (decision["amount_cents"] or 0) <= maximum
        if decision["application_id"] is not None:
            application = self._row("subsidy_application", decision["application_id"])
            assert application["author_id"] != decider, "decided on an application of their own"
            assert application["received_at"] is not None
            assert decision["amount_cents"] == proposal["amount_cents"]
        else:
            self._check_of_pilot(decision, proposal, maximum, day)

    def _check_of_pilot(self, decision: Row, proposal: Row, maximum: int | None, day: date) -> None:
        pilot = self._row("pilot", decision["pilot_id"])
        assert maximum is None or pilot["granted_cents"] <= maximum
        if decision["kind"] == "subsidy_settled":
            assert pilot["settled_cents"] == decision["amount_cents"] == proposal["amount_cents"]
            assert 0 <= pilot["settled_cents"] <= pilot["granted_cents"]
            is_lower = pilot["settled_cents"] < pilot["granted_cents"]
            assert (pilot["settlement_ground"] is not None) == is_lower
            self._check_place(decision, pilot, day)
            reports = [row for row in self.now["pilot_final_report"] if self._is_of(row, pilot)]
            assert all(row["status"] != "submitted" for row in reports), "an unread report"
            if pilot["arrangement"] > 1 and not pilot["is_ex_officio"]:
                assert [row["status"] for row in reports] == ["accepted"]
        else:
            assert decision["replaces_id"] is None
            assert pilot["revoked_on"] == day
            settled_on = pilot["settled_on"]
            if settled_on is not None:
                assert day <= five_years_after(settled_on)
                assert proposal["revocation_ground"] != "no_budget"

    def _check_place(self, decision: Row, pilot: Row, day: date) -> None:
        """A settlement takes the place of the last one, for five years also of a higher one."""
        earlier = [
            row
            for row in self.now["decision"]
            if self._is_of(row, pilot)
            and row["kind"] == decision["kind"]
            and row["id"] < decision["id"]
        ]
        last = earlier[-1] if earlier else None
        assert decision["replaces_id"] == (last["id"] if last else None)
        assert (decision["replacement_reason"] != "") == (last is not None)
        # deciding anew gives nobody more time
        assert pilot["settled_on"] == (earlier[0]["decided_on"] if earlier else day)
        assert pilot["revoked_on"] is None, "settled after it was revoked"
        if last is not None and decision["amount_cents"] < last["amount_cents"]:
            assert day <= five_years_after(pilot["settled_on"])

    def _check_grants(self) -> None:
        """The grant of each pilot is what the standing decision says; together within the round."""
        replaced = {row["replaces_id"] for row in self.now["decision"]}
        standing: dict[int, Row] = {}
        for row in self.now["decision"]:
            if row["application_id"] is not None and row["id"] not in replaced:
                assert row["application_id"] not in standing, "two decisions stand"
                standing[row["application_id"]] = row
        granted = {
            key: row["amount_cents"] for key, row in standing.items() if row["kind"] in GRANTS
        }
        assert sum(granted.values()) <= CEILING, "granted above the ceiling"
        pilots = {row["application_id"]: row for row in self.now["pilot"]}
        assert granted.keys() <= pilots.keys()
        for key, pilot in pilots.items():
            assert (pilot["status"] == "lapsed") == (key not in granted)
            if key in granted:
                assert pilot["granted_cents"] == granted[key]
        for key, row in standing.items():
            asked = self._row("subsidy_application", key)["requested_cents"]
            assert (row["amount_cents"] or 0) <= asked

    # money ---------------------------------------------------------------------------------

    def _check_money(self, pilot: Row, day: date) -> None:
        paid, recovered = self._booked(pilot, "paid"), self._booked(pilot, "recovered")
        due = _due(pilot)
        assert 0 <= recovered <= paid
        limit = 0 if pilot["status"] == "lapsed" else pilot["granted_cents"]
        assert paid - recovered <= limit, "more in hand than was granted"
        planned = [row for row in self.now["pilot_instalment"] if self._is_of(row, pilot)]
        assert sum(row["amount_cents"] for row in planned) <= pilot["granted_cents"]
        shown = db.session.get_one(Pilot, pilot["id"]).money
        assert shown is not None
        assert (shown.paid_cents, shown.recovered_cents) == (paid, recovered)
        assert shown.due_cents == due == paid - recovered + shown.still_to_pay_cents
        assert shown.payable_cents - shown.to_recover_cents == shown.still_to_pay_cents
        if pilot["status"] == "closed":
            too_late = day > five_years_after(pilot["settled_on"] or pilot["revoked_on"])
            assert paid - recovered == due or (too_late and paid - recovered > due), "not even"
            assert pilot["outcome"] is not None

    def _check_booking(self, row: Row, day: date) -> None:
        """A payment never brings more in hand than is due, a receipt never less than that."""
        pilot = self._row("pilot", row["pilot_id"])
        in_hand = self._booked(pilot, "paid") - self._booked(pilot, "recovered")
        assert row["paid_on"] <= day
        assert (row["direction"] == "recovered") == (row["recovery_id"] is not None)
        if row["amount_cents"] < 0:
            corrected = self._row("pilot_payment", row["corrects_id"])
            assert corrected["direction"] == row["direction"]
            rows = [r for r in self.now["pilot_payment"] if r["corrects_id"] == corrected["id"]]
            left = corrected["amount_cents"] + sum(one["amount_cents"] for one in rows)
            assert left >= 0, "more taken back than was booked"
            self.counts["correction"] += 1
        elif row["direction"] == "paid":
            assert in_hand <= _due(pilot), "paid more than is due"
            assert pilot["status"] in ("awarded", "reported", "settled")
        else:
            assert in_hand >= _due(pilot), "recovered twice"
            assert pilot["status"] in ("settled", "revoked")

    def _check_recoveries(self, day: date) -> None:
        for pilot in self.now["pilot"]:
            money = db.session.get_one(Pilot, pilot["id"]).money
            assert money is not None
            claims = [row for row in self.now["recovery"] if self._is_of(row, pilot)]
            open_ones = [row for row in claims if row["cancelled_on"] is None]
            assert len(open_ones) <= 1, "two claims at once"
            decisions = [row["decision_id"] for row in claims]
            assert len(decisions) == len(set(decisions))
            for claim in claims:
                self._check_claim(claim, pilot, day)
            for claim in open_ones:
                left = state_of(db.session.get_one(Recovery, claim["id"])).left_cents
                asked = claim["amount_cents"] - self._received(claim)
                assert left == min(asked, money.to_recover_cents), "more asked than is too much"

    def _received(self, claim: Row) -> int:
        return sum(
            row["amount_cents"]
            for row in self.now["pilot_payment"]
            if row["recovery_id"] == claim["id"]
        )

    def _check_claim(self, claim: Row, pilot: Row, day: date) -> None:
        received = self._received(claim)
        assert 0 <= received <= claim["amount_cents"], "more came back than was claimed"
        decision = self._row("decision", claim["decision_id"])
        assert decision["pilot_id"] == pilot["id"]
        assert decision["kind"] in ("subsidy_settled", "subsidy_revoked")
        assert claim["due_on"] == claim["demanded_on"] + timedelta(days=42)
        assert claim["expires_on"] == five_years_after(pilot["settled_on"] or pilot["revoked_on"])
        assert claim["demanded_on"] <= min(claim["expires_on"], day)

    # reading -------------------------------------------------------------------------------

    def _row(self, table: str, key: int) -> Row:
        return next(row for row in self.now[table] if row["id"] == key)

    def _is_of(self, row: Row, pilot: Row) -> bool:
        belongs: bool = row["pilot_id"] == pilot["id"]
        return belongs

    def _booked(self, pilot: Row, direction: str) -> int:
        return sum(
            row["amount_cents"]
            for row in self.now["pilot_payment"]
            if self._is_of(row, pilot) and row["direction"] == direction
        )


def five_years_after(day: date) -> date:
    """Return the same day five years later; after the 29th of February it is the 28th."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 5, day=28 if is_leap_day else day.day)


def _due(pilot: Row) -> int:
    """What the recipient may have: 0 once revoked or lapsed, else as settled, else as granted."""
    if pilot["revoked_on"] is not None or pilot["status"] == "lapsed":
        return 0
    due: Any = pilot["granted_cents"] if pilot["settled_cents"] is None else pilot["settled_cents"]
    return int(due)
