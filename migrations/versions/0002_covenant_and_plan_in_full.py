"""Covenants and action plans in full: amendments, money, holds, mergers, remarks, decisions."""

import sqlalchemy as sa
from alembic import op

from migrations.append_only import refuse_changes
from migrations.changes import change_table

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NEW_TABLES = (
    "document_template",
    "accountability_statement",
    "final_account",
    "hold",
    "report_duty_score",
    "returned_section",
    "decision_letter",
    "decision_request",
    "objection",
    "remark_entry",
    "payment",
)
APPEND_ONLY = ("decision_letter", "payment")

OLD_PLAN_STATES = (
    "'draft', 'submitted', 'in_review', 'returned', 'provisionally_adopted', 'approved',"
    " 'superseded', 'refused'"
)
OLD_PERMISSIONS = (
    "'profile:edit', 'person:view', 'person:manage', 'mandate:view', 'mandate:manage',"
    " 'audit:view', 'mail:view', 'region:view', 'region:view_details', 'region:manage',"
    " 'organisation:view', 'organisation:manage', 'partner:manage', 'covenant:view',"
    " 'covenant:manage', 'covenant:sign', 'appointment:manage', 'hours:book',"
    " 'expenditure:book', 'expenditure:override', 'action_plan:view', 'action_plan:edit',"
    " 'action_plan:submit', 'action_plan:take_up', 'action_plan:review', 'action_plan:return',"
    " 'action_plan:adopt', 'action_plan:approve', 'action_plan:refuse', 'period:view',"
    " 'period:manage', 'period:export', 'report:view', 'report:edit', 'report:submit',"
    " 'report:return', 'report:accept'"
)
OLD_AMENDMENT = (
    "(kind = 'extension' AND new_end_on IS NOT NULL AND amount_cents IS NULL)"
    " OR (kind = 'amount' AND amount_cents > 0 AND new_end_on IS NULL)"
)
NEW_AMENDMENT = (
    "(kind = 'extension') = (new_end_on IS NOT NULL)"
    " AND (kind = 'amount') = (amount_cents IS NOT NULL)"
    " AND (kind = 'party') = (party_name <> '')"
    " AND (kind = 'merger') = (merger_id IS NOT NULL)"
)
NEW_EXEMPTION = (
    "(verdict IS NULL) = (judged_on IS NULL)"
    " AND (verdict IS NULL OR verdict <> 'rejected' OR verdict_note <> '')"
)
NO_TEXT = "TEXT DEFAULT '' NOT NULL"


def upgrade() -> None:
    change_plans()
    change_covenants()
    change_decisions()
    make_tables()
    for table in APPEND_ONLY:
        refuse_changes(table)


def change_plans() -> None:
    change_table(
        "plan_version",
        drop_rules=["ck_plan_version_status"],
        add_rules={"ck_plan_version_status": f"CHECK (status IN ({OLD_PLAN_STATES}, 'withdrawn'))"},
    )
    change_table(
        "budget_line",
        add={"number": "INTEGER"},
        add_rules={"uq_budget_line_plan_version_id_number": "UNIQUE (plan_version_id, number)"},
    )
    op.execute(
        "UPDATE budget_line SET number = (SELECT count(*) FROM budget_line AS earlier"
        " WHERE earlier.plan_version_id = budget_line.plan_version_id"
        " AND earlier.activity_version_id IS NULL AND earlier.id <= budget_line.id)"
        " WHERE activity_version_id IS NULL"
    )
    change_table(
        "measure_exemption",
        add={
            "verdict": "VARCHAR(40)",
            "verdict_note": NO_TEXT,
            "judged_by_id": reference("measure_exemption", "judged_by_id", "person"),
            "judged_on": "DATE",
        },
        add_rules={
            "ck_measure_exemption_verdict": "CHECK (verdict IN ('accepted', 'rejected'))",
            "ck_measure_exemption_judged": f"CHECK ({NEW_EXEMPTION})",
        },
    )
    change_table(
        "remark",
        add={
            "paragraph_no": "INTEGER",
            "budget_line_no": "INTEGER",
            "measure_id": reference("remark", "measure_id", "measure"),
            "quote": NO_TEXT,
            "weight": "VARCHAR(40) DEFAULT 'could' NOT NULL",
            "status": "VARCHAR(40) DEFAULT 'open' NOT NULL",
            "version": "INTEGER DEFAULT 1 NOT NULL",
        },
        add_rules={
            "ck_remark_weight": "CHECK (weight IN ('must', 'could'))",
            "ck_remark_status": "CHECK (status IN ('open', 'answered', 'settled'))",
            "ck_remark_paragraph_no": "CHECK (paragraph_no IS NULL OR paragraph_no > 0)",
        },
    )


def change_covenants() -> None:
    change_table(
        "covenant",
        drop=["funding_instrument"],
        add={"funding": "VARCHAR(40) DEFAULT 'unknown' NOT NULL", "ended_on": "DATE"},
        add_rules={
            "ck_covenant_funding": "CHECK (funding IN ('unknown', 'own_rules', 'specific_grant'))",
            "ck_covenant_ended": "CHECK (ended_on IS NULL OR status IN ('terminated', 'closed'))",
        },
    )
    change_table(
        "region_merger",
        add={"report": "JSON DEFAULT '[]' NOT NULL", "undone_on": "DATE", "undo_reason": NO_TEXT},
        add_rules={"ck_region_merger_undone": "CHECK (undone_on IS NULL OR undo_reason <> '')"},
    )
    change_table(
        "covenant_amendment",
        # what was taken over from earlier years had been signed
        add={
            "status": "VARCHAR(40) DEFAULT 'signed' NOT NULL",
            "new_plan_due_on": "DATE",
            **{
                column: reference("covenant_amendment", column, parent)
                for column, parent in AMENDMENT_PARENTS.items()
            },
            "party_name": "VARCHAR(200) DEFAULT '' NOT NULL",
            "party_signatory": "VARCHAR(200) DEFAULT '' NOT NULL",
            "document_reference": "VARCHAR(200) DEFAULT '' NOT NULL",
            "version": "INTEGER DEFAULT 1 NOT NULL",
        },
        drop_rules=["ck_covenant_amendment_kind", "ck_covenant_amendment_kind_and_value"],
        add_rules={
            "ck_covenant_amendment_kind": (
                "CHECK (kind IN ('extension', 'amount', 'party', 'merger'))"
            ),
            "ck_covenant_amendment_kind_and_value": f"CHECK ({NEW_AMENDMENT})",
            "ck_covenant_amendment_amount": "CHECK (amount_cents > 0)",
            "ck_covenant_amendment_status": "CHECK (status IN ('draft', 'signed', 'withdrawn'))",
        },
    )


AMENDMENT_PARENTS = {
    "leaving_party_id": "covenant_party",
    "joining_party_id": "covenant_party",
    "merger_id": "region_merger",
    "sufficiency_check_id": "sufficiency_check",
    "drafted_by_id": "person",
}


def change_decisions() -> None:
    change_table(
        "mandate",
        add={
            "parent_id": reference("mandate", "parent_id", "mandate"),
            "stands_in_for_id": reference("mandate", "stands_in_for_id", "person"),
            "allows_sub_mandate": "BOOLEAN DEFAULT false NOT NULL",
        },
        drop_rules=["ck_mandate_permission"],
        add_rules={
            "ck_mandate_mandated": (
                "CHECK (permission IN"
                " ('action_plan:approve', 'action_plan:refuse', 'covenant:terminate'))"
            ),
            "ck_mandate_stands_in": "CHECK (stands_in_for_id <> person_id)",
        },
    )
    change_table(
        "decision",
        add={
            "covenant_id": reference("decision", "covenant_id", "covenant"),
            "authority": "VARCHAR(1000) DEFAULT '' NOT NULL",
            "amount_cents": "BIGINT",
            "replaces_id": reference("decision", "replaces_id", "decision"),
            "replacement_reason": NO_TEXT,
        },
        optional=["plan_version_id"],
        drop_rules=["uq_decision_plan_version_id_kind", "ck_decision_kind", "ck_decision_reason"],
        add_rules={
            "uq_decision_replaces_id": "UNIQUE (replaces_id)",
            "ck_decision_kind": (
                "CHECK (kind IN ('plan_adopted', 'plan_approved', 'plan_refused',"
                " 'plan_reopened', 'covenant_terminated'))"
            ),
            "ck_decision_reason": (
                "CHECK (kind NOT IN ('plan_refused', 'plan_reopened', 'covenant_terminated')"
                " OR note <> '')"
            ),
            "ck_decision_subject": "CHECK ((plan_version_id IS NULL) <> (covenant_id IS NULL))",
            "ck_decision_replacement": ("CHECK (replaces_id IS NULL OR replacement_reason <> '')"),
        },
    )
    op.create_index("ix_decision_covenant_id", "decision", ["covenant_id"])
    op.create_index(
        "uq_decision_first",
        "decision",
        ["plan_version_id", "kind"],
        unique=True,
        sqlite_where=sa.text("replaces_id IS NULL"),
        postgresql_where=sa.text("replaces_id IS NULL"),
    )


def reference(table: str, column: str, parent: str) -> str:
    """Return the type of a column that refers to another table."""
    return f"INTEGER CONSTRAINT fk_{table}_{column}_{parent} REFERENCES {parent} (id)"


def make_tables() -> None:
    op.create_table(
        "document_template",
        sa.Column(
            "kind",
            sa.Enum(
                "plan_adopted",
                "plan_approved",
                "plan_refused",
                "plan_reopened",
                "covenant_terminated",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_document_template_programme_id_programme"),
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"],
            ["person.id"],
            name=op.f("fk_document_template_uploaded_by_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_template")),
    )
    op.create_index(
        "ix_document_template_programme_id", "document_template", ["programme_id"], unique=False
    )

    op.create_table(
        "accountability_statement",
        sa.Column("covenant_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("reference <> ''", name=op.f("ck_accountability_statement_reference")),
        sa.ForeignKeyConstraint(
            ["covenant_id"],
            ["covenant.id"],
            name=op.f("fk_accountability_statement_covenant_id_covenant"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"],
            ["person.id"],
            name=op.f("fk_accountability_statement_recorded_by_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["region.id"], name=op.f("fk_accountability_statement_region_id_region")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accountability_statement")),
        sa.UniqueConstraint(
            "covenant_id",
            "region_id",
            "year",
            name=op.f("uq_accountability_statement_covenant_id_region_id_year"),
        ),
    )
    op.create_index(
        "ix_accountability_statement_region_id",
        "accountability_statement",
        ["region_id"],
        unique=False,
    )

    op.create_table(
        "final_account",
        sa.Column("covenant_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "submitted",
                "returned",
                "accepted",
                name="status",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("received_cents", sa.BigInteger(), nullable=True),
        sa.Column("spent_cents", sa.BigInteger(), nullable=True),
        sa.Column("unspent_cents", sa.BigInteger(), nullable=True),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("results", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("submitted_by_id", sa.Integer(), nullable=True),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("accepted_by_id", sa.Integer(), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("return_note", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status <> 'accepted' OR accepted_on IS NOT NULL",
            name=op.f("ck_final_account_accepted"),
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'returned') OR (submitted_on IS NOT NULL AND received_cents IS NOT NULL AND spent_cents IS NOT NULL AND unspent_cents IS NOT NULL)",
            name=op.f("ck_final_account_submitted"),
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'submitted', 'returned', 'accepted')",
            name=op.f("ck_final_account_status"),
        ),
        sa.CheckConstraint("unspent_cents >= 0", name=op.f("ck_final_account_unspent")),
        sa.ForeignKeyConstraint(
            ["accepted_by_id"], ["person.id"], name=op.f("fk_final_account_accepted_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_final_account_author_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["covenant_id"], ["covenant.id"], name=op.f("fk_final_account_covenant_id_covenant")
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["region.id"], name=op.f("fk_final_account_region_id_region")
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by_id"], ["person.id"], name=op.f("fk_final_account_submitted_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_final_account")),
        sa.UniqueConstraint(
            "covenant_id", "region_id", name=op.f("uq_final_account_covenant_id_region_id")
        ),
    )
    op.create_index("ix_final_account_region_id", "final_account", ["region_id"], unique=False)

    op.create_table(
        "hold",
        sa.Column("region_id", sa.Integer(), nullable=True),
        sa.Column("covenant_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("placed_by_id", sa.Integer(), nullable=False),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.Column("lifted_by_id", sa.Integer(), nullable=True),
        sa.Column("lift_reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_hold_reason")),
        sa.CheckConstraint(
            "(region_id IS NULL) <> (covenant_id IS NULL)", name=op.f("ck_hold_subject")
        ),
        sa.CheckConstraint(
            "until_on IS NULL OR until_on >= starts_on", name=op.f("ck_hold_period")
        ),
        sa.ForeignKeyConstraint(
            ["covenant_id"], ["covenant.id"], name=op.f("fk_hold_covenant_id_covenant")
        ),
        sa.ForeignKeyConstraint(
            ["lifted_by_id"], ["person.id"], name=op.f("fk_hold_lifted_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["placed_by_id"], ["person.id"], name=op.f("fk_hold_placed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_hold_programme_id_programme")
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["region.id"], name=op.f("fk_hold_region_id_region")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
    )
    op.create_index("ix_hold_covenant_id", "hold", ["covenant_id"], unique=False)
    op.create_index("ix_hold_programme_id", "hold", ["programme_id"], unique=False)
    op.create_index("ix_hold_region_id", "hold", ["region_id"], unique=False)

    op.create_table(
        "report_duty_score",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column(
            "duty",
            sa.Enum(
                "consensus_analysis",
                "consensus_approach",
                "cooperation",
                "coordination",
                "progress",
                "use_of_funds",
                name="duty",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "score",
            sa.Enum(
                "insufficient",
                "partial",
                "sufficient",
                "not_yet",
                name="score",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("scored_by_id", sa.Integer(), nullable=False),
        sa.Column("scored_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["progress_report.id"],
            name=op.f("fk_report_duty_score_report_id_progress_report"),
        ),
        sa.ForeignKeyConstraint(
            ["scored_by_id"], ["person.id"], name=op.f("fk_report_duty_score_scored_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_duty_score")),
        sa.UniqueConstraint("report_id", "duty", name=op.f("uq_report_duty_score_report_id_duty")),
    )
    op.create_table(
        "returned_section",
        sa.Column("plan_version_id", sa.Integer(), nullable=False),
        sa.Column(
            "section",
            sa.Enum(
                "problem_analysis",
                "approach",
                "activities",
                "budget",
                "agreement",
                "embedding",
                name="section",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_version_id"],
            ["plan_version.id"],
            name=op.f("fk_returned_section_plan_version_id_plan_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returned_section")),
        sa.UniqueConstraint(
            "plan_version_id", "section", name=op.f("uq_returned_section_plan_version_id_section")
        ),
    )
    op.create_table(
        "decision_letter",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("template_sha256", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_decision_letter_decision_id_decision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_letter")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_decision_letter_decision_id")),
    )
    op.create_table(
        "decision_request",
        sa.Column("plan_version_id", sa.Integer(), nullable=False),
        sa.Column("permission", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("requested_by_id", sa.Integer(), nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("note <> ''", name=op.f("ck_decision_request_note")),
        sa.CheckConstraint(
            "permission IN ('action_plan:approve', 'action_plan:refuse')",
            name=op.f("ck_decision_request_permission"),
        ),
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["person.id"], name=op.f("fk_decision_request_closed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_decision_request_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["plan_version_id"],
            ["plan_version.id"],
            name=op.f("fk_decision_request_plan_version_id_plan_version"),
        ),
        sa.ForeignKeyConstraint(
            ["requested_by_id"],
            ["person.id"],
            name=op.f("fk_decision_request_requested_by_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_request")),
    )
    op.create_index(
        "uq_decision_request_open",
        "decision_request",
        ["plan_version_id"],
        unique=True,
        sqlite_where=sa.text("closed_on IS NULL"),
        postgresql_where=sa.text("closed_on IS NULL"),
    )

    op.create_table(
        "objection",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("objector", sa.String(length=200), nullable=False),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("extended_to", sa.Date(), nullable=True),
        sa.Column("extension_reason", sa.Text(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "inadmissible",
                "unfounded",
                "founded",
                "withdrawn",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("outcome_on", sa.Date(), nullable=True),
        sa.Column("outcome_note", sa.Text(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(outcome IS NULL) = (outcome_on IS NULL) AND (outcome IS NULL OR outcome_note <> '')",
            name=op.f("ck_objection_ended"),
        ),
        sa.CheckConstraint(
            "extended_to IS NULL OR (extended_to > due_on AND extension_reason <> '')",
            name=op.f("ck_objection_extension"),
        ),
        sa.CheckConstraint("objector <> ''", name=op.f("ck_objection_objector")),
        sa.CheckConstraint("due_on >= received_on", name=op.f("ck_objection_term")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_objection_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_objection_recorded_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
    )
    op.create_index("ix_objection_decision_id", "objection", ["decision_id"], unique=False)

    op.create_table(
        "remark_entry",
        sa.Column("remark_id", sa.Integer(), nullable=False),
        sa.Column("plan_version_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_remark_entry_author_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["plan_version_id"],
            ["plan_version.id"],
            name=op.f("fk_remark_entry_plan_version_id_plan_version"),
        ),
        sa.ForeignKeyConstraint(
            ["remark_id"], ["remark.id"], name=op.f("fk_remark_entry_remark_id_remark")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark_entry")),
    )
    op.create_index("ix_remark_entry_remark_id", "remark_entry", ["remark_id"], unique=False)

    op.create_table(
        "payment",
        sa.Column("covenant_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "advance",
                "supplement",
                "repayment",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("amendment_id", sa.Integer(), nullable=True),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(length=100), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'supplement') = (amendment_id IS NOT NULL)", name=op.f("ck_payment_amendment")
        ),
        sa.CheckConstraint(
            "amount_cents > 0 OR (corrects_id IS NOT NULL AND reason <> '')",
            name=op.f("ck_payment_correction"),
        ),
        sa.CheckConstraint("amount_cents <> 0", name=op.f("ck_payment_amount")),
        sa.ForeignKeyConstraint(
            ["amendment_id"],
            ["covenant_amendment.id"],
            name=op.f("fk_payment_amendment_id_covenant_amendment"),
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["payment.id"], name=op.f("fk_payment_corrects_id_payment")
        ),
        sa.ForeignKeyConstraint(
            ["covenant_id"], ["covenant.id"], name=op.f("fk_payment_covenant_id_covenant")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_payment_recorded_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["region.id"], name=op.f("fk_payment_region_id_region")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
    )
    op.create_index("ix_payment_covenant_id", "payment", ["covenant_id"], unique=False)


def downgrade() -> None:
    """Go back to the first tables, as long as nothing was recorded that they cannot hold.

    A row that they cannot hold stops it, and nothing is changed then.
    """
    refuse_loss()
    for table in reversed(NEW_TABLES):
        op.drop_table(table)
    restore_decisions()
    restore_covenants()
    restore_plans()


# what the first tables have no place for; the rest breaks one of their rules
LOST = {
    **dict.fromkeys(NEW_TABLES, "1 = 1"),
    "covenant": "ended_on IS NOT NULL OR funding <> 'unknown'",
    # without its status a draft would count as signed
    "covenant_amendment": "status <> 'signed' OR new_plan_due_on IS NOT NULL",
    "mandate": "parent_id IS NOT NULL OR stands_in_for_id IS NOT NULL OR allows_sub_mandate",
    "measure_exemption": "verdict IS NOT NULL",
    "region_merger": "undone_on IS NOT NULL",
    "remark": "weight <> 'could' OR status <> 'open' OR quote <> ''",
}


def refuse_loss() -> None:
    """Raise RuntimeError when rows, or what makes the difference in them, would be lost."""
    for table, condition in LOST.items():
        query = f"SELECT count(*) FROM {table} WHERE {condition}"
        count = op.get_bind().exec_driver_sql(query).scalar()
        if count:
            raise RuntimeError(f"{table} has {count} rows that the first tables cannot hold")


def restore_decisions() -> None:
    op.drop_index("uq_decision_first", "decision")
    op.drop_index("ix_decision_covenant_id", "decision")
    change_table(
        "decision",
        drop_rules=[
            "uq_decision_replaces_id",
            "ck_decision_kind",
            "ck_decision_reason",
            "ck_decision_subject",
            "ck_decision_replacement",
        ],
        drop=["covenant_id", "authority", "amount_cents", "replaces_id", "replacement_reason"],
        required=["plan_version_id"],
        add_rules={
            "uq_decision_plan_version_id_kind": "UNIQUE (plan_version_id, kind)",
            "ck_decision_kind": "CHECK (kind IN ('plan_adopted', 'plan_approved', 'plan_refused'))",
            "ck_decision_reason": "CHECK (kind <> 'plan_refused' OR note <> '')",
        },
    )
    change_table(
        "mandate",
        drop_rules=["ck_mandate_mandated", "ck_mandate_stands_in"],
        drop=["parent_id", "stands_in_for_id", "allows_sub_mandate"],
        add_rules={"ck_mandate_permission": f"CHECK (permission IN ({OLD_PERMISSIONS}))"},
    )


def restore_covenants() -> None:
    change_table(
        "covenant_amendment",
        drop_rules=[
            "ck_covenant_amendment_kind",
            "ck_covenant_amendment_kind_and_value",
            "ck_covenant_amendment_amount",
            "ck_covenant_amendment_status",
        ],
        drop=[
            "status",
            "new_plan_due_on",
            *AMENDMENT_PARENTS,
            "party_name",
            "party_signatory",
            "document_reference",
            "version",
        ],
        add_rules={
            "ck_covenant_amendment_kind": "CHECK (kind IN ('extension', 'amount'))",
            "ck_covenant_amendment_kind_and_value": f"CHECK ({OLD_AMENDMENT})",
        },
    )
    change_table(
        "region_merger",
        drop_rules=["ck_region_merger_undone"],
        drop=["report", "undone_on", "undo_reason"],
    )
    change_table(
        "covenant",
        drop_rules=["ck_covenant_funding", "ck_covenant_ended"],
        drop=["funding", "ended_on"],
        add={"funding_instrument": "VARCHAR(200) DEFAULT '' NOT NULL"},
    )


def restore_plans() -> None:
    change_table(
        "remark",
        drop_rules=["ck_remark_weight", "ck_remark_status", "ck_remark_paragraph_no"],
        drop=[
            "paragraph_no",
            "budget_line_no",
            "measure_id",
            "quote",
            "weight",
            "status",
            "version",
        ],
    )
    change_table(
        "measure_exemption",
        drop_rules=["ck_measure_exemption_verdict", "ck_measure_exemption_judged"],
        drop=["verdict", "verdict_note", "judged_by_id", "judged_on"],
    )
    change_table(
        "budget_line", drop_rules=["uq_budget_line_plan_version_id_number"], drop=["number"]
    )
    change_table(
        "plan_version",
        drop_rules=["ck_plan_version_status"],
        add_rules={"ck_plan_version_status": f"CHECK (status IN ({OLD_PLAN_STATES}))"},
    )
