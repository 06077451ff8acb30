"""Subsidies: rounds, applications, pilots and their money; decisions on them."""

import sqlalchemy as sa
from alembic import op

from migrations.append_only import refuse_changes
from migrations.changes import change_table

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NEW_TABLES = (
    "subsidy_arrangement",
    "subsidy_scheme",
    "scheme_count",
    "subsidy_round",
    "subsidy_application",
    "applicant_link",
    "application_line",
    "application_measure",
    "pilot",
    "pilot_region",
    "pilot_measure",
    "pilot_instalment",
    "pilot_progress",
    "change_notice",
    "pilot_final_report",
    "final_report_line",
    "attachment",
    "recovery",
    "pilot_payment",
    "subsidy_proposal",
    "proposal_line",
)
APPEND_ONLY = ("attachment", "pilot_payment", "pilot_progress")

OLD_KINDS = (
    "'plan_adopted', 'plan_approved', 'plan_refused', 'plan_reopened', 'covenant_terminated'"
)
NEW_KINDS = (
    "'subsidy_granted', 'subsidy_partially_granted', 'subsidy_rejected', 'subsidy_settled',"
    " 'subsidy_revoked'"
)
OLD_REASONED = "'plan_refused', 'plan_reopened', 'covenant_terminated'"
OLD_MANDATES = "'action_plan:approve', 'action_plan:refuse', 'covenant:terminate'"
NEW_MANDATES = "'application:decide', 'settlement:decide', 'pilot:revoke'"
SUBJECTS = ("plan_version_id", "covenant_id", "application_id", "pilot_id")
ONE_SUBJECT = " + ".join(f"CASE WHEN {name} IS NULL THEN 0 ELSE 1 END" for name in SUBJECTS)


def upgrade() -> None:
    make_rounds()
    make_applications()
    make_pilots()
    change_decisions()
    make_money_and_proposals()
    for table in APPEND_ONLY:
        refuse_changes(table)


def change_decisions() -> None:
    """Let decisions, their templates and mandates be about subsidies too."""
    change_table(
        "decision",
        add={
            "application_id": reference("decision", "application_id", "subsidy_application"),
            "pilot_id": reference("decision", "pilot_id", "pilot"),
        },
        drop_rules=[
            "ck_decision_kind",
            "ck_decision_subject",
            "ck_decision_mandate",
            "ck_decision_reason",
        ],
        add_rules={
            "ck_decision_kind": f"CHECK (kind IN ({OLD_KINDS}, {NEW_KINDS}))",
            "ck_decision_subject": f"CHECK ({ONE_SUBJECT} = 1)",
            "ck_decision_mandate": (
                f"CHECK (kind NOT IN ('plan_approved', {NEW_KINDS}) OR mandate_id IS NOT NULL)"
            ),
            "ck_decision_reason": (
                f"CHECK (kind NOT IN ({OLD_REASONED}, {NEW_KINDS}) OR note <> '')"
            ),
        },
    )
    make_first("uq_decision_first_of_application", ["application_id"])
    make_first("uq_decision_first_of_pilot", ["pilot_id", "kind"])
    change_kinds("document_template", f"{OLD_KINDS}, {NEW_KINDS}")
    change_mandates(f"{OLD_MANDATES}, {NEW_MANDATES}")


def make_first(name: str, columns: list[str]) -> None:
    """Let there be one decision that replaces none."""
    op.create_index(
        name,
        "decision",
        columns,
        unique=True,
        sqlite_where=sa.text("replaces_id IS NULL"),
        postgresql_where=sa.text("replaces_id IS NULL"),
    )


def change_kinds(table: str, kinds: str) -> None:
    rule = f"ck_{table}_kind"
    change_table(table, drop_rules=[rule], add_rules={rule: f"CHECK (kind IN ({kinds}))"})


def change_mandates(permissions: str) -> None:
    change_table(
        "mandate",
        drop_rules=["ck_mandate_mandated"],
        add_rules={"ck_mandate_mandated": f"CHECK (permission IN ({permissions}))"},
    )


def reference(table: str, column: str, parent: str) -> str:
    """Return the type of a column that refers to another table."""
    return f"INTEGER CONSTRAINT fk_{table}_{column}_{parent} REFERENCES {parent} (id)"


def make_rounds() -> None:
    op.create_table(
        "subsidy_arrangement",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("from_cents", sa.BigInteger(), nullable=False),
        sa.Column("holds_from", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("from_cents >= 0", name=op.f("ck_subsidy_arrangement_from_cents")),
        sa.CheckConstraint("number BETWEEN 1 AND 3", name=op.f("ck_subsidy_arrangement_number")),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_subsidy_arrangement_programme_id_programme"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subsidy_arrangement")),
        sa.UniqueConstraint(
            "programme_id",
            "holds_from",
            "number",
            name=op.f("uq_subsidy_arrangement_programme_id_holds_from_number"),
        ),
    )
    op.create_index(
        "ix_subsidy_arrangement_programme_id", "subsidy_arrangement", ["programme_id"], unique=False
    )
    op.create_table(
        "subsidy_scheme",
        sa.Column(
            "name",
            sa.String(200).with_variant(sa.String(200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("legal_basis", sa.String(length=500), nullable=False),
        sa.Column("objective", sa.Text(), nullable=False),
        sa.Column("is_incidental", sa.Boolean(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("period_words", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "starts_on IS NULL OR ends_on IS NULL OR starts_on <= ends_on",
            name=op.f("ck_subsidy_scheme_period"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_subsidy_scheme_programme_id_programme"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subsidy_scheme")),
        sa.UniqueConstraint(
            "programme_id", "name", name=op.f("uq_subsidy_scheme_programme_id_name")
        ),
    )
    op.create_index(
        "ix_subsidy_scheme_programme_id", "subsidy_scheme", ["programme_id"], unique=False
    )
    op.create_table(
        "scheme_count",
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "granted",
                "to_finish",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("from_year", sa.Integer(), nullable=False),
        sa.Column("to_year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("source <> ''", name=op.f("ck_scheme_count_source")),
        sa.CheckConstraint("number >= 0", name=op.f("ck_scheme_count_number")),
        sa.ForeignKeyConstraint(
            ["scheme_id"],
            ["subsidy_scheme.id"],
            name=op.f("fk_scheme_count_scheme_id_subsidy_scheme"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheme_count")),
    )
    op.create_index("ix_scheme_count_scheme_id", "scheme_count", ["scheme_id"], unique=False)
    op.create_table(
        "subsidy_round",
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "name",
            sa.String(200).with_variant(sa.String(200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "planned",
                "open",
                "closed",
                "decided",
                "cancelled",
                name="status",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("opens_on", sa.Date(), nullable=True),
        sa.Column("opens_precision", sa.String(length=10), nullable=True),
        sa.Column("opens_words", sa.String(length=200), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("closes_precision", sa.String(length=10), nullable=True),
        sa.Column("closes_words", sa.String(length=200), nullable=False),
        sa.Column("closing_inclusive", sa.Boolean(), nullable=False),
        sa.Column("ceiling_cents", sa.BigInteger(), nullable=True),
        sa.Column("decision_days", sa.Integer(), nullable=False),
        sa.Column("completion_days", sa.Integer(), nullable=False),
        sa.Column("settlement_days", sa.Integer(), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("unlisted_applications", sa.Integer(), nullable=True),
        sa.Column("unlisted_granted", sa.Integer(), nullable=True),
        sa.Column("unlisted_granted_cents", sa.BigInteger(), nullable=True),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status <> 'open' OR (opens_on IS NOT NULL AND closes_on IS NOT NULL)",
            name=op.f("ck_subsidy_round_window"),
        ),
        sa.CheckConstraint(
            "status IN ('planned', 'open', 'decided', 'cancelled')",
            name=op.f("ck_subsidy_round_status"),
        ),
        sa.CheckConstraint("ceiling_cents >= 0", name=op.f("ck_subsidy_round_ceiling")),
        sa.CheckConstraint(
            "decision_days > 0 AND completion_days > 0 AND settlement_days > 0",
            name=op.f("ck_subsidy_round_terms"),
        ),
        sa.CheckConstraint(
            "opens_on IS NULL OR closes_on IS NULL OR opens_on <= closes_on",
            name=op.f("ck_subsidy_round_dates"),
        ),
        sa.CheckConstraint(
            "unlisted_applications >= 0 AND unlisted_granted >= 0",
            name=op.f("ck_subsidy_round_unlisted"),
        ),
        sa.ForeignKeyConstraint(
            ["scheme_id"],
            ["subsidy_scheme.id"],
            name=op.f("fk_subsidy_round_scheme_id_subsidy_scheme"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subsidy_round")),
        sa.UniqueConstraint("scheme_id", "number", name=op.f("uq_subsidy_round_scheme_id_number")),
    )


def make_applications() -> None:
    op.create_table(
        "subsidy_application",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "organisation_name",
            sa.String(200).with_variant(sa.String(200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("place", sa.String(length=100), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("region_id", sa.Integer(), nullable=True),
        sa.Column("contact_name", sa.String(length=200), nullable=False),
        sa.Column("contact_email", sa.String(length=254), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("hypothesis", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "received",
                "incomplete",
                "under_assessment",
                "granted",
                "partially_granted",
                "granted_some",
                "rejected",
                "withdrawn",
                "too_late",
                name="status",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("requested_cents", sa.BigInteger(), nullable=True),
        sa.Column("received_at", sa.DateTime(), nullable=True),
        sa.Column("completion_asked", sa.Text(), nullable=False),
        sa.Column("completion_asked_on", sa.Date(), nullable=True),
        sa.Column("completion_due_on", sa.Date(), nullable=True),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("paused_days", sa.Integer(), nullable=False),
        sa.Column("extension_noticed_on", sa.Date(), nullable=True),
        sa.Column("extended_to", sa.Date(), nullable=True),
        sa.Column("extension_reason", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column(
            "declared_outcome",
            sa.Enum(
                "draft",
                "received",
                "incomplete",
                "under_assessment",
                "granted",
                "partially_granted",
                "granted_some",
                "rejected",
                "withdrawn",
                "too_late",
                name="declared_outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("declared_cents", sa.BigInteger(), nullable=True),
        sa.Column("declared_on", sa.Date(), nullable=True),
        sa.Column("declared_precision", sa.String(length=10), nullable=True),
        sa.Column("declared_words", sa.String(length=200), nullable=False),
        sa.Column("declared_source", sa.String(length=500), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "declared_outcome IS NULL OR declared_source <> ''",
            name=op.f("ck_subsidy_application_declared"),
        ),
        sa.CheckConstraint(
            "extended_to IS NULL OR extension_reason <> ''",
            name=op.f("ck_subsidy_application_extension"),
        ),
        sa.CheckConstraint(
            "requested_cents IS NOT NULL OR status IN ('draft', 'withdrawn') OR declared_source <> ''",
            name=op.f("ck_subsidy_application_amount"),
        ),
        sa.CheckConstraint(
            "status <> 'incomplete' OR completion_due_on IS NOT NULL",
            name=op.f("ck_subsidy_application_completion"),
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'received', 'incomplete', 'under_assessment', 'granted', 'partially_granted', 'granted_some', 'rejected', 'withdrawn', 'too_late')",
            name=op.f("ck_subsidy_application_status"),
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'withdrawn') OR received_at IS NOT NULL OR declared_source <> ''",
            name=op.f("ck_subsidy_application_received"),
        ),
        sa.CheckConstraint("requested_cents > 0", name=op.f("ck_subsidy_application_requested")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_subsidy_application_author_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_subsidy_application_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["region.id"], name=op.f("fk_subsidy_application_region_id_region")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["subsidy_round.id"],
            name=op.f("fk_subsidy_application_round_id_subsidy_round"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subsidy_application")),
        sa.UniqueConstraint(
            "round_id", "number", name=op.f("uq_subsidy_application_round_id_number")
        ),
    )
    op.create_index(
        "ix_subsidy_application_organisation_id",
        "subsidy_application",
        ["organisation_id"],
        unique=False,
    )
    op.create_index(
        "ix_subsidy_application_region_id", "subsidy_application", ["region_id"], unique=False
    )
    op.create_table(
        "applicant_link",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("end_reason", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("expires_at > made_at", name=op.f("ck_applicant_link_period")),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["subsidy_application.id"],
            name=op.f("fk_applicant_link_application_id_subsidy_application"),
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_applicant_link_made_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applicant_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_applicant_link_token_hash")),
    )
    op.create_index(
        "ix_applicant_link_application_id", "applicant_link", ["application_id"], unique=False
    )
    op.create_table(
        "application_line",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("description", sa.String(length=500), nullable=False),
        sa.Column("requested_cents", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("description <> ''", name=op.f("ck_application_line_description")),
        sa.CheckConstraint("requested_cents > 0", name=op.f("ck_application_line_requested")),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["subsidy_application.id"],
            name=op.f("fk_application_line_application_id_subsidy_application"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_line")),
        sa.UniqueConstraint(
            "application_id", "position", name=op.f("uq_application_line_application_id_position")
        ),
    )
    op.create_table(
        "application_measure",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["subsidy_application.id"],
            name=op.f("fk_application_measure_application_id_subsidy_application"),
        ),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measure.id"], name=op.f("fk_application_measure_measure_id_measure")
        ),
        sa.PrimaryKeyConstraint(
            "application_id", "measure_id", name=op.f("pk_application_measure")
        ),
    )
    op.create_index(
        "ix_application_measure_measure_id", "application_measure", ["measure_id"], unique=False
    )


def make_pilots() -> None:
    op.create_table(
        "pilot",
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("award_order", sa.Integer(), nullable=True),
        sa.Column(
            "title",
            sa.String(200).with_variant(sa.String(200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("hypothesis", sa.Text(), nullable=False),
        sa.Column("organisation_name", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=100), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "awarded",
                "running",
                "finished",
                "reported",
                "settled",
                "closed",
                "revoked",
                "lapsed",
                "without_grant",
                "ended",
                name="status",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("granted_cents", sa.BigInteger(), nullable=True),
        sa.Column("arrangement", sa.Integer(), nullable=True),
        sa.Column("is_by_analogy", sa.Boolean(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("starts_precision", sa.String(length=10), nullable=True),
        sa.Column("starts_words", sa.String(length=200), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("ends_precision", sa.String(length=10), nullable=True),
        sa.Column("ends_words", sa.String(length=200), nullable=False),
        sa.Column("settlement_request_due", sa.Date(), nullable=True),
        sa.Column("settlement_requested_on", sa.Date(), nullable=True),
        sa.Column("settled_cents", sa.BigInteger(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column(
            "settlement_ground",
            sa.Enum(
                "not_done",
                "obligations",
                "false_data",
                "wrong_award",
                name="settlement_ground",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("is_ex_officio", sa.Boolean(), nullable=False),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "scale_up",
                "adapt",
                "stop",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("outcome_on", sa.Date(), nullable=True),
        sa.Column("outcome_reason", sa.Text(), nullable=False),
        sa.Column("outcome_source", sa.String(length=500), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(outcome IS NULL) = (outcome_on IS NULL) AND (outcome IS NULL OR outcome_reason <> '')",
            name=op.f("ck_pilot_outcome_known"),
        ),
        sa.CheckConstraint(
            "(settled_cents IS NULL) = (settled_on IS NULL) AND (status <> 'settled' OR settled_on IS NOT NULL)",
            name=op.f("ck_pilot_settlement"),
        ),
        sa.CheckConstraint(
            "(status IN ('without_grant', 'ended')) = (application_id IS NULL)",
            name=op.f("ck_pilot_ungranted"),
        ),
        sa.CheckConstraint(
            "status <> 'revoked' OR revoked_on IS NOT NULL", name=op.f("ck_pilot_revoked")
        ),
        sa.CheckConstraint(
            "status IN ('awarded', 'reported', 'settled', 'closed', 'revoked', 'lapsed', 'without_grant', 'ended')",
            name=op.f("ck_pilot_status"),
        ),
        sa.CheckConstraint(
            "(application_id IS NULL) = (granted_cents IS NULL)", name=op.f("ck_pilot_grant")
        ),
        sa.CheckConstraint("arrangement BETWEEN 1 AND 3", name=op.f("ck_pilot_arrangement")),
        sa.CheckConstraint("granted_cents > 0", name=op.f("ck_pilot_granted")),
        sa.CheckConstraint(
            "settled_cents >= 0 AND settled_cents <= granted_cents", name=op.f("ck_pilot_settled")
        ),
        sa.CheckConstraint(
            "settled_cents IS NULL OR settled_cents = granted_cents OR settlement_ground IS NOT NULL",
            name=op.f("ck_pilot_ground"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["subsidy_application.id"],
            name=op.f("fk_pilot_application_id_subsidy_application"),
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_pilot_author_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_pilot_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_pilot_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pilot")),
        sa.UniqueConstraint("application_id", name=op.f("uq_pilot_application_id")),
    )
    op.create_index("ix_pilot_organisation_id", "pilot", ["organisation_id"], unique=False)
    op.create_index("ix_pilot_programme_id", "pilot", ["programme_id"], unique=False)
    op.create_table(
        "pilot_region",
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pilot_id"], ["pilot.id"], name=op.f("fk_pilot_region_pilot_id_pilot")
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["region.id"], name=op.f("fk_pilot_region_region_id_region")
        ),
        sa.PrimaryKeyConstraint("pilot_id", "region_id", name=op.f("pk_pilot_region")),
    )
    op.create_index("ix_pilot_region_region_id", "pilot_region", ["region_id"], unique=False)
    op.create_table(
        "pilot_measure",
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measure.id"], name=op.f("fk_pilot_measure_measure_id_measure")
        ),
        sa.ForeignKeyConstraint(
            ["pilot_id"], ["pilot.id"], name=op.f("fk_pilot_measure_pilot_id_pilot")
        ),
        sa.PrimaryKeyConstraint("pilot_id", "measure_id", name=op.f("pk_pilot_measure")),
    )
    op.create_index("ix_pilot_measure_measure_id", "pilot_measure", ["measure_id"], unique=False)
    op.create_table(
        "pilot_instalment",
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("condition", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_pilot_instalment_amount")),
        sa.ForeignKeyConstraint(
            ["pilot_id"], ["pilot.id"], name=op.f("fk_pilot_instalment_pilot_id_pilot")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pilot_instalment")),
        sa.UniqueConstraint("pilot_id", "number", name=op.f("uq_pilot_instalment_pilot_id_number")),
    )
    op.create_table(
        "pilot_progress",
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("revision_no", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "on_track",
                "delayed",
                "stopped",
                "done",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("obstacle", sa.Text(), nullable=False),
        sa.Column("next_step", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("result <> ''", name=op.f("ck_pilot_progress_result")),
        sa.CheckConstraint(
            "state NOT IN ('delayed', 'stopped') OR obstacle <> ''",
            name=op.f("ck_pilot_progress_obstacle"),
        ),
        sa.ForeignKeyConstraint(
            ["period_id"],
            ["reporting_period.id"],
            name=op.f("fk_pilot_progress_period_id_reporting_period"),
        ),
        sa.ForeignKeyConstraint(
            ["pilot_id"], ["pilot.id"], name=op.f("fk_pilot_progress_pilot_id_pilot")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_pilot_progress_recorded_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pilot_progress")),
        sa.UniqueConstraint(
            "pilot_id",
            "period_id",
            "revision_no",
            name=op.f("uq_pilot_progress_pilot_id_period_id_revision_no"),
        ),
    )
    op.create_table(
        "change_notice",
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "delay",
                "other_activities",
                "not_done",
                "other",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("proposed_end_on", sa.Date(), nullable=True),
        sa.Column("noticed_on", sa.Date(), nullable=False),
        sa.Column("noticed_by_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("is_agreed", sa.Boolean(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(answered_on IS NULL) = (answer = '') AND (answered_on IS NULL) = (answered_by_id IS NULL)",
            name=op.f("ck_change_notice_answer"),
        ),
        sa.CheckConstraint("explanation <> ''", name=op.f("ck_change_notice_explanation")),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["person.id"], name=op.f("fk_change_notice_answered_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["noticed_by_id"], ["person.id"], name=op.f("fk_change_notice_noticed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["pilot_id"], ["pilot.id"], name=op.f("fk_change_notice_pilot_id_pilot")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_notice")),
    )
    op.create_index("ix_change_notice_pilot_id", "change_notice", ["pilot_id"], unique=False)
    op.create_table(
        "pilot_final_report",
        sa.Column("pilot_id", sa.Integer(), nullable=False),
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
        sa.Column("results", sa.Text(), nullable=False),
        sa.Column("lessons", sa.Text(), nullable=False),
        sa.Column("obligations", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("return_note", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status IN ('draft', 'returned') OR submitted_on IS NOT NULL",
            name=op.f("ck_pilot_final_report_submitted"),
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'submitted', 'returned', 'accepted')",
            name=op.f("ck_pilot_final_report_status"),
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_pilot_final_report_author_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["pilot_id"], ["pilot.id"], name=op.f("fk_pilot_final_report_pilot_id_pilot")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pilot_final_report")),
        sa.UniqueConstraint("pilot_id", name=op.f("uq_pilot_final_report_pilot_id")),
    )
    op.create_table(
        "final_report_line",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "activity",
                "cost",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("planned", sa.Text(), nullable=False),
        sa.Column("realised", sa.Text(), nullable=False),
        sa.Column("planned_cents", sa.BigInteger(), nullable=True),
        sa.Column("realised_cents", sa.BigInteger(), nullable=True),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'cost') = (planned_cents IS NOT NULL AND realised_cents IS NOT NULL)",
            name=op.f("ck_final_report_line_amounts"),
        ),
        sa.CheckConstraint("subject <> ''", name=op.f("ck_final_report_line_subject")),
        sa.CheckConstraint(
            "planned_cents >= 0 AND realised_cents >= 0", name=op.f("ck_final_report_line_positive")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["pilot_final_report.id"],
            name=op.f("fk_final_report_line_report_id_pilot_final_report"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_final_report_line")),
        sa.UniqueConstraint(
            "report_id", "position", name=op.f("uq_final_report_line_report_id_position")
        ),
    )


def make_money_and_proposals() -> None:
    op.create_table(
        "attachment",
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("final_report_id", sa.Integer(), nullable=True),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("content_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("removes_id", sa.Integer(), nullable=True),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(application_id IS NULL) <> (final_report_id IS NULL)",
            name=op.f("ck_attachment_subject"),
        ),
        sa.CheckConstraint("removes_id IS NOT NULL OR size > 0", name=op.f("ck_attachment_size")),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["person.id"], name=op.f("fk_attachment_added_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["subsidy_application.id"],
            name=op.f("fk_attachment_application_id_subsidy_application"),
        ),
        sa.ForeignKeyConstraint(
            ["final_report_id"],
            ["pilot_final_report.id"],
            name=op.f("fk_attachment_final_report_id_pilot_final_report"),
        ),
        sa.ForeignKeyConstraint(
            ["removes_id"], ["attachment.id"], name=op.f("fk_attachment_removes_id_attachment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("removes_id", name=op.f("uq_attachment_removes_id")),
    )
    op.create_index("ix_attachment_application_id", "attachment", ["application_id"], unique=False)
    op.create_index(
        "ix_attachment_final_report_id", "attachment", ["final_report_id"], unique=False
    )
    op.create_table(
        "recovery",
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("demanded_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("cancelled_on", sa.Date(), nullable=True),
        sa.Column("cancel_reason", sa.String(length=500), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "cancelled_on IS NULL OR cancel_reason <> ''", name=op.f("ck_recovery_cancelled")
        ),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_recovery_amount")),
        sa.CheckConstraint(
            "due_on > demanded_on AND expires_on >= demanded_on", name=op.f("ck_recovery_terms")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_recovery_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["pilot_id"], ["pilot.id"], name=op.f("fk_recovery_pilot_id_pilot")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_recovery_recorded_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_recovery_decision_id")),
    )
    op.create_index(
        "uq_recovery_open",
        "recovery",
        ["pilot_id"],
        unique=True,
        sqlite_where=sa.text("cancelled_on IS NULL"),
        postgresql_where=sa.text("cancelled_on IS NULL"),
    )
    op.create_table(
        "pilot_payment",
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column(
            "direction",
            sa.Enum(
                "paid",
                "recovered",
                name="direction",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("instalment_id", sa.Integer(), nullable=True),
        sa.Column("recovery_id", sa.Integer(), nullable=True),
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
            "(direction = 'recovered') = (recovery_id IS NOT NULL)",
            name=op.f("ck_pilot_payment_recovery"),
        ),
        sa.CheckConstraint(
            "amount_cents > 0 OR (corrects_id IS NOT NULL AND reason <> '')",
            name=op.f("ck_pilot_payment_correction"),
        ),
        sa.CheckConstraint("amount_cents <> 0", name=op.f("ck_pilot_payment_amount")),
        sa.ForeignKeyConstraint(
            ["corrects_id"],
            ["pilot_payment.id"],
            name=op.f("fk_pilot_payment_corrects_id_pilot_payment"),
        ),
        sa.ForeignKeyConstraint(
            ["instalment_id"],
            ["pilot_instalment.id"],
            name=op.f("fk_pilot_payment_instalment_id_pilot_instalment"),
        ),
        sa.ForeignKeyConstraint(
            ["pilot_id"], ["pilot.id"], name=op.f("fk_pilot_payment_pilot_id_pilot")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_pilot_payment_recorded_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["recovery_id"], ["recovery.id"], name=op.f("fk_pilot_payment_recovery_id_recovery")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pilot_payment")),
    )
    op.create_index("ix_pilot_payment_pilot_id", "pilot_payment", ["pilot_id"], unique=False)
    op.create_table(
        "subsidy_proposal",
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("pilot_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "grant",
                "partial_grant",
                "rejection",
                "settlement",
                "revocation",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "decided",
                "sent_back",
                "withdrawn",
                name="status",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("amount_cents", sa.BigInteger(), nullable=True),
        sa.Column(
            "rejection_ground",
            sa.Enum(
                "too_late",
                "incomplete",
                "out_of_scope",
                "ceiling",
                "quality",
                "no_need",
                "other",
                name="rejection_ground",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "settlement_ground",
            sa.Enum(
                "not_done",
                "obligations",
                "false_data",
                "wrong_award",
                name="settlement_ground",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "revocation_ground",
            sa.Enum(
                "not_done",
                "obligations",
                "false_data",
                "wrong_award",
                "no_budget",
                name="revocation_ground",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("is_ex_officio", sa.Boolean(), nullable=False),
        sa.Column("reasoning", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(kind IN ('grant', 'partial_grant', 'rejection')) = (application_id IS NOT NULL)",
            name=op.f("ck_subsidy_proposal_kind_of_subject"),
        ),
        sa.CheckConstraint(
            "(status = 'decided') = (decision_id IS NOT NULL)",
            name=op.f("ck_subsidy_proposal_decided"),
        ),
        sa.CheckConstraint(
            "kind <> 'rejection' OR rejection_ground IS NOT NULL",
            name=op.f("ck_subsidy_proposal_rejection"),
        ),
        sa.CheckConstraint(
            "kind <> 'revocation' OR revocation_ground IS NOT NULL",
            name=op.f("ck_subsidy_proposal_revocation"),
        ),
        sa.CheckConstraint(
            "kind NOT IN ('grant', 'partial_grant', 'settlement') OR amount_cents IS NOT NULL",
            name=op.f("ck_subsidy_proposal_amount_known"),
        ),
        sa.CheckConstraint("reasoning <> ''", name=op.f("ck_subsidy_proposal_reasoning")),
        sa.CheckConstraint(
            "status IN ('open', 'decided', 'sent_back', 'withdrawn')",
            name=op.f("ck_subsidy_proposal_status"),
        ),
        sa.CheckConstraint(
            "(application_id IS NULL) <> (pilot_id IS NULL)",
            name=op.f("ck_subsidy_proposal_subject"),
        ),
        sa.CheckConstraint("amount_cents >= 0", name=op.f("ck_subsidy_proposal_amount")),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["subsidy_application.id"],
            name=op.f("fk_subsidy_proposal_application_id_subsidy_application"),
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_subsidy_proposal_author_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_subsidy_proposal_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["pilot_id"], ["pilot.id"], name=op.f("fk_subsidy_proposal_pilot_id_pilot")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subsidy_proposal")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_subsidy_proposal_decision_id")),
    )
    op.create_index(
        "uq_subsidy_proposal_open_application",
        "subsidy_proposal",
        ["application_id"],
        unique=True,
        sqlite_where=sa.text("status = 'open'"),
        postgresql_where=sa.text("status = 'open'"),
    )
    op.create_index(
        "uq_subsidy_proposal_open_pilot",
        "subsidy_proposal",
        ["pilot_id"],
        unique=True,
        sqlite_where=sa.text("status = 'open'"),
        postgresql_where=sa.text("status = 'open'"),
    )
    op.create_table(
        "proposal_line",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("application_line_id", sa.Integer(), nullable=False),
        sa.Column("granted_cents", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("granted_cents >= 0", name=op.f("ck_proposal_line_granted")),
        sa.ForeignKeyConstraint(
            ["application_line_id"],
            ["application_line.id"],
            name=op.f("fk_proposal_line_application_line_id_application_line"),
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["subsidy_proposal.id"],
            name=op.f("fk_proposal_line_proposal_id_subsidy_proposal"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_line")),
        sa.UniqueConstraint(
            "proposal_id",
            "application_line_id",
            name=op.f("uq_proposal_line_proposal_id_application_line_id"),
        ),
    )


def downgrade() -> None:
    """Go back, as long as nothing was recorded about subsidies; else nothing is changed."""
    for table in NEW_TABLES:
        refuse_loss(table)
    refuse_loss("mandate", f"permission IN ({NEW_MANDATES})")
    refuse_loss("document_template", f"kind IN ({NEW_KINDS})")
    for table in reversed(NEW_TABLES[-5:]):
        op.drop_table(table)
    restore_decisions()
    for table in reversed(NEW_TABLES[:-5]):
        op.drop_table(table)


def refuse_loss(table: str, condition: str = "1 = 1") -> None:
    """Raise RuntimeError when rows would be lost."""
    query = f"SELECT count(*) FROM {table} WHERE {condition}"
    count = op.get_bind().exec_driver_sql(query).scalar()
    if count:
        raise RuntimeError(f"{table} has {count} rows that would be lost")


def restore_decisions() -> None:
    change_mandates(OLD_MANDATES)
    change_kinds("document_template", OLD_KINDS)
    op.drop_index("uq_decision_first_of_pilot", "decision")
    op.drop_index("uq_decision_first_of_application", "decision")
    change_table(
        "decision",
        drop=["application_id", "pilot_id"],
        drop_rules=[
            "ck_decision_kind",
            "ck_decision_subject",
            "ck_decision_mandate",
            "ck_decision_reason",
        ],
        add_rules={
            "ck_decision_kind": f"CHECK (kind IN ({OLD_KINDS}))",
            "ck_decision_subject": "CHECK ((plan_version_id IS NULL) <> (covenant_id IS NULL))",
            "ck_decision_mandate": "CHECK (kind <> 'plan_approved' OR mandate_id IS NOT NULL)",
            "ck_decision_reason": f"CHECK (kind NOT IN ({OLD_REASONED}) OR note <> '')",
        },
    )
