"""What must be true after every step of a history, checked against a copy of what stood before.

Everything is read from the tables themselves, so that no query of the application is trusted.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Any

from sqlalchemy import select

from tests.integration.stateful.scene import ADVANCE, Scene
from vpt_regio.domain.workflows import ALL
from vpt_regio.extensions import db
from vpt_regio.models.covenants import Covenant
from vpt_regio.queries.plan_facts import available_cents
from vpt_regio.services import audit

Row = dict[str, Any]

OPEN_STATES = {"draft", "submitted", "in_review", "provisionally_adopted"}
# what changes by itself when the life cycle of a record goes on
LIVING = {"status", "version", "updated_at"}
TABLES = {"action_plan": "plan_version", "remark": "remark"}
TABLES["covenant_amendment"] = "covenant_amendment"
CONTENT = (
    "problem_analysis",
    "approach",
    "embedding",
    "consensus_analysis",
    "consensus_analysis_note",
    "consensus_approach",
    "consensus_approach_note",
    "other_funding_cents",
    "other_funding_note",
)
# the decision that stands at a version in this state
STANDING = {
    "approved": "plan_approved",
    "superseded": "plan_approved",
    "refused": "plan_refused",
    "provisionally_adopted": "plan_adopted",
}


class Snapshot(dict[str, list[Row]]):
    """The rows of each table as they are now, in the order in which they came; read once."""

    def __missing__(self, table: str) -> list[Row]:
        columns = db.metadata.tables[table]
        query = select(columns).order_by(next(iter(columns.primary_key)))
        self[table] = [dict(row) for row in db.session.execute(query).mappings()]
        return self[table]


class Shadow:
    """Remembers what may not change, and looks at everything after each step."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.now = Snapshot()
        self.kept: dict[str, dict[int, Row]] = defaultdict(dict)
        self.steps: list[Row] = []
        self.drafts: dict[int, str] = {}
        self.submitted: dict[int, str] = {}
        self.writers = {scene.people["leader"]}
        self.states: dict[int, str] = {}
        self.entries: list[Row] = []
        self.actions: dict[int, Row] = {}
        self.was_held = False
        self.counts: Counter[str] = Counter()

    def check(self, day: date, actor_id: int | None = None) -> None:
        """Look at everything; `actor_id` is who took the step since the last time."""
        self.now = Snapshot()
        self._check_audit()
        versions = {row["id"]: row for row in self.now["plan_version"]}
        steps = self._check_steps(versions)
        self._check_versions(versions)
        changed = self._check_content(versions, actor_id)
        changed |= self._check_remarks(versions, actor_id)
        decisions = self._check_decisions(versions, day)
        self._check_transitions(steps, decisions, day)
        if steps or changed:
            self._check_money()
        held = bool(self._holds(day))
        if held and self.was_held:
            # a covenant of two regions goes on while one of them stands still
            of_plan = [step for step in steps if step["workflow"] != "covenant_amendment"]
            assert [of_plan, changed, decisions] == [[], False, []], "changed during a hold"
        self.was_held = held
        self.states = {key: row["status"] for key, row in versions.items()}

    # the life cycles -----------------------------------------------------------------------

    def _check_steps(self, versions: dict[int, Row]) -> list[Row]:
        """Every state follows from the steps that were written down, and each stays there."""
        steps = self.now["transition_record"]
        assert steps[: len(self.steps)] == self.steps, "a step was changed"
        new, self.steps = steps[len(self.steps) :], steps
        state: dict[tuple[str, int], str] = {}
        for step in steps:
            workflow = ALL[step["workflow"]]
            transition = workflow.transition(step["transition"])
            key = (step["workflow"], step["subject_id"])
            assert step["from_state"] == state.get(key, workflow.initial)
            assert step["from_state"] in transition.sources
            assert step["to_state"] == transition.target
            state[key] = step["to_state"]
            entry = self.actions[step["audit_seq"]]
            assert entry["action"] == f"{step['workflow']}.{step['transition']}"
            assert entry["subject_id"] == str(step["subject_id"])
            assert entry["actor_id"] == step["actor_id"]
        self._check_states(state, versions)
        return new

    def _check_states(self, state: dict[tuple[str, int], str], versions: dict[int, Row]) -> None:
        for code, table in TABLES.items():
            stored = versions.values() if table == "plan_version" else self.now[table]
            for row in stored:
                expected = state.get((code, row["id"]), ALL[code].initial)
                assert row["status"] == expected, (table, row["id"])

    def _check_versions(self, versions: dict[int, Row]) -> None:
        states = [row["status"] for row in versions.values()]
        assert states.count("approved") <= 1
        assert sum(state in OPEN_STATES for state in states) <= 1
        numbers = [row["version_no"] for row in versions.values()]
        assert numbers == list(range(1, len(numbers) + 1))

    def _check_audit(self) -> None:
        """What is new follows on what stood there; the whole is verified at the end."""
        known = self.entries[-1]["seq"] if self.entries else 0
        table = db.metadata.tables["audit_entry"]
        query = select(table).where(table.c.seq > known).order_by(table.c.seq)
        new = [dict(row) for row in db.session.execute(query).mappings()]
        for earlier, later in pairwise([*self.entries[-1:], *new]):
            assert later["seq"] == earlier["seq"] + 1
            assert later["previous_hash"] == earlier["hash"]
        self.entries += new
        self.actions |= {row["seq"]: row for row in new}

    def finish(self) -> None:
        assert audit.verify(db.session()) is None

    # what was written ----------------------------------------------------------------------

    def _check_content(self, versions: dict[int, Row], actor_id: int | None) -> bool:
        """A draft may change, by a writer; what was submitted stays as it was to the letter."""
        contents = _contents(self.now, versions)
        for key, version in versions.items():
            self._remember(version, contents[key])
        before, drafts = self.drafts, _of_drafts(versions, contents)
        self.drafts = drafts
        new = [key for key, content in drafts.items() if before.get(key) != content]
        if before.keys() & set(new) and actor_id is not None:
            self.writers.add(actor_id)
        return bool(new)

    def _remember(self, version: Row, content: str) -> None:
        self.writers.add(version["author_id"])
        if version["status"] == "draft":
            return
        key = version["id"]
        signed = f"{content} {version['submitted_by_id']} {version['submitted_on']}"
        assert self.submitted.setdefault(key, signed) == signed, "a submitted version changed"
        self.writers.add(version["submitted_by_id"])

    def _check_remarks(self, versions: dict[int, Row], actor_id: int | None) -> bool:
        """No remark and no word on one is lost or changed, but what a reviewer takes back."""
        entries = {row["id"]: row for row in self.now["remark_entry"]}
        new = self._keep("remark_entry", entries)
        self.writers |= {row["author_id"] for row in new if row["step"] == "answer"}
        remarks = {row["id"]: row for row in self.now["remark"]}
        answered = {row["remark_id"] for row in entries.values()}
        for key in list(self.kept["remark"].keys() - remarks.keys()):
            gone = self.kept["remark"].pop(key)
            assert self.states[gone["plan_version_id"]] == "in_review", "a final remark is gone"
            assert versions[gone["plan_version_id"]]["status"] == "in_review"
            assert gone["author_id"] == actor_id
            assert key not in answered
            self.counts["remark taken back"] += 1
        return bool(self._keep("remark", remarks) or new)

    def _keep(self, table: str, now: dict[int, Row]) -> list[Row]:
        """Assert that every row that was kept reads as it did; return the new ones."""
        known = self.kept[table]
        for key, row in known.items():
            assert key in now, f"{table} {key} disappeared"
            assert _fixed(now[key]) == row, f"{table} {key} changed"
        new = [now[key] for key in now.keys() - known.keys()]
        self.kept[table] = {key: _fixed(row) for key, row in now.items()}
        return new

    # decisions -----------------------------------------------------------------------------

    def _check_decisions(self, versions: dict[int, Row], day: date) -> list[Row]:
        decisions = {row["id"]: row for row in self.now["decision"]}
        replaced = [row["replaces_id"] for row in decisions.values() if row["replaces_id"]]
        assert len(replaced) == len(set(replaced)), "a decision was replaced twice"
        for row in decisions.values():
            if row["replaces_id"]:
                assert row["replaces_id"] < row["id"]
                earlier = decisions[row["replaces_id"]]
                assert earlier["plan_version_id"] == row["plan_version_id"]
                assert row["replacement_reason"]
        self._check_standing(versions, decisions.values(), set(replaced))
        new = self._keep("decision", decisions)
        for row in new:
            self._check_decision(row, decisions, day)
        return new

    def _check_standing(
        self, versions: dict[int, Row], decisions: Iterable[Row], replaced: set[int]
    ) -> None:
        """The decision that gave a version its state stands, and none that was taken back."""
        standing = Counter(
            (row["plan_version_id"], row["kind"]) for row in decisions if row["id"] not in replaced
        )
        for key, version in versions.items():
            expected = STANDING.get(version["status"])
            for kind in ("plan_approved", "plan_refused"):
                assert standing[(key, kind)] == (kind == expected), (version["status"], kind)
            if expected:
                assert standing[(key, expected)] == 1

    def _check_decision(self, row: Row, decisions: dict[int, Row], day: date) -> None:
        version_id = row["plan_version_id"]
        assert row["decided_on"] == day
        assert row["decided_by_id"] not in self.writers, "somebody decided on their own work"
        assert row["amount_cents"] == _budget(self.now, version_id)
        kind = _right(row, decisions)
        if kind == "plan_adopted":
            assert row["mandate_id"] is None
            return
        mandate = next(m for m in self.now["mandate"] if m["id"] == row["mandate_id"])
        assert mandate["person_id"] == row["decided_by_id"]
        wanted = "approve" if kind == "plan_approved" else "refuse"
        assert mandate["permission"] == f"action_plan:{wanted}"
        assert mandate["starts_on"] <= day
        assert mandate["ends_on"] is None or day <= mandate["ends_on"]
        maximum = mandate["max_amount_cents"]
        assert kind == "plan_refused" or maximum is None or row["amount_cents"] <= maximum
        assert row["authority"]

    def _check_transitions(self, steps: list[Row], decisions: list[Row], day: date) -> None:
        """What must be so at the moment of a step: for an approval all that the covenant asks."""
        for step in steps:
            if step["workflow"] == "action_plan":
                self.counts[step["transition"]] += 1
            if step["transition"] == "approve":
                assert not _unsettled_musts(self.now), "approved with a remark that is not settled"
                assert self._in_force(day), "approved while the covenant was not in force"
                assert not self._holds(day), "approved during a hold"
                assert [row["kind"] for row in decisions] == ["plan_approved"]
            if step["transition"] == "adopt":
                assert self._in_force(day)
                check = next(
                    row
                    for row in self.now["sufficiency_check"]
                    if row["plan_version_id"] == step["subject_id"]
                )
                assert check["available_cents"] == self._available(step["subject_id"])
            if step["workflow"] == "remark":
                self.counts[f"remark {step['transition']}"] += 1
            if step["workflow"] == "covenant_amendment":
                self.counts[f"amendment {step['transition']}"] += 1

    # the covenant --------------------------------------------------------------------------

    def _signed(self) -> list[Row]:
        return [row for row in self.now["covenant_amendment"] if row["status"] == "signed"]

    def _in_force(self, day: date) -> bool:
        covenant = next(row for row in self.now["covenant"] if row["id"] == self.scene.covenant)
        ends = [row["new_end_on"] for row in self._signed() if row["kind"] == "extension"]
        last = max(ends, default=covenant["original_end_on"])
        return covenant["status"] == "in_force" and covenant["signed_on"] <= day <= last

    def _holds(self, day: date) -> list[Row]:
        return [
            row
            for row in self.now["hold"]
            if (row["region_id"] == self.scene.region or row["covenant_id"] == self.scene.covenant)
            and row["starts_on"] <= day
            and (row["until_on"] is None or day <= row["until_on"])
            and (row["lifted_on"] is None or day < row["lifted_on"])
        ]

    def _available(self, version_id: int) -> int:
        """The region has two of three parts of all the money; a cent is never lost or made."""
        total = ADVANCE + sum(row["amount_cents"] or 0 for row in self._signed())
        covenant = db.session.get_one(Covenant, self.scene.covenant)
        shares = [covenant.share_of(region_id, total) or 0 for region_id in covenant.region_ids]
        assert sum(shares) == total
        share = covenant.share_of(self.scene.region, total) or 0
        assert abs(3 * share - 2 * total) < 3
        version = next(row for row in self.now["plan_version"] if row["id"] == version_id)
        other: int = version["other_funding_cents"]
        return share + other

    def _check_money(self) -> None:
        version = self.scene.the_plan().latest
        assert available_cents(version) == self._available(version.id)
        for check in self.now["sufficiency_check"]:
            difference = check["available_cents"] - check["planned_cents"]
            assert check["difference_cents"] == abs(difference)
            verdict = "surplus" if difference > 0 else "insufficient"
            assert check["verdict"] == (verdict if difference else "sufficient")
            assert check["planned_cents"] == _budget(self.now, check["plan_version_id"])


def _fixed(row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in LIVING}


def _right(row: Row, decisions: dict[int, Row]) -> str:
    """Return the kind of decision whose right and mandate a decision takes."""
    while row["kind"] == "plan_reopened":
        row = decisions[row["replaces_id"]]
    kind: str = row["kind"]
    return kind


def _budget(now: Snapshot, version_id: int) -> int:
    return sum(
        row["amount_cents"] for row in now["budget_line"] if row["plan_version_id"] == version_id
    )


def _unsettled_musts(now: Snapshot) -> list[Row]:
    return [row for row in now["remark"] if row["weight"] == "must" and row["status"] != "settled"]


def _of_drafts(versions: dict[int, Row], contents: dict[int, str]) -> dict[int, str]:
    return {key: contents[key] for key, row in versions.items() if row["status"] == "draft"}


def _contents(now: Snapshot, versions: dict[int, Row]) -> dict[int, str]:
    """Return a hash of all that each version says, whoever said it and when."""
    measures: dict[int, list[Any]] = defaultdict(list)
    for link in now["activity_measure"]:
        measures[link["activity_version_id"]].append((link["measure_id"], link["weight"]))
    parts: dict[int, list[Any]] = defaultdict(list)
    for row in now["activity_version"]:
        said = {name: value for name, value in row.items() if name not in {"id", *STAMPS}}
        parts[row["plan_version_id"]].append((said, measures[row["id"]]))
    for row in now["budget_line"]:
        names = ("activity_version_id", "number", "phase", "description", "amount_cents")
        parts[row["plan_version_id"]].append([row[name] for name in names])
    for row in now["measure_exemption"]:
        parts[row["plan_version_id"]].append([row["measure_id"], row["reason"]])
    return {
        key: _hash([[version[name] for name in CONTENT], parts[key]])
        for key, version in versions.items()
    }


STAMPS = ("created_at", "updated_at", "version")


def _hash(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, default=str, sort_keys=True).encode()).hexdigest()
