"""The half-year: snapshots, imports, extra time, letters, commitments, texts of the annex."""

import sqlalchemy as sa
from alembic import op

from migrations.append_only import refuse_changes
from migrations.changes import change_table

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NEW_TABLES = (
    "snapshot",
    "snapshot_part",
    "snapshot_file",
    "reopening",
    "deadline_extension",
    "report_explanation",
    "reconciliation_note",
    "hours_correction",
    "import",
    "letter",
    "letter_annex",
    "letter_check",
    "commitment",
    "commitment_letter",
    "annex_text",
    "annex_text_version",
)
APPEND_ONLY = (
    "snapshot",
    "snapshot_part",
    "snapshot_file",
    "hours_correction",
    "annex_text_version",
)
OLD_KINDS = (
    "'plan_adopted', 'plan_approved', 'plan_refused', 'plan_reopened', 'covenant_terminated',"
    " 'subsidy_granted', 'subsidy_partially_granted', 'subsidy_rejected', 'subsidy_settled',"
    " 'subsidy_revoked'"
)
ONCE = "work_key <> '' AND status IN ('queued', 'running')"


def upgrade() -> None:
    make_snapshots()
    make_board()
    make_letters()
    change_table("expenditure", add={"dated_on": "DATE"})
    change_kinds(f"{OLD_KINDS}, 'annex'")
    change_jobs()
    for table in APPEND_ONLY:
        refuse_changes(table)


def change_kinds(kinds: str) -> None:
    """Let a template be for these kinds of documents."""
    rule = "ck_document_template_kind"
    rules = {rule: f"CHECK (kind IN ({kinds}))"}
    change_table("document_template", drop_rules=[rule], add_rules=rules)


def change_jobs() -> None:
    """Let a job name what may not be done twice, and where its result is."""
    change_table(
        "job",
        add={
            "work_key": "VARCHAR(120) NOT NULL DEFAULT ''",
            "result_path": "VARCHAR(300) NOT NULL DEFAULT ''",
            "attempts": "INTEGER NOT NULL DEFAULT 0",
        },
    )
    op.create_index(
        "uq_job_work_key",
        "job",
        ["work_key"],
        unique=True,
        sqlite_where=sa.text(ONCE),
        postgresql_where=sa.text(ONCE),
    )


def make_snapshots() -> None:
    op.create_table(
        "snapshot",
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("version_no", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(), nullable=False),
        sa.Column("taken_by_id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(length=100), nullable=False),
        sa.Column("manifest", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("audit_seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("version_no >= 1", name=op.f("ck_snapshot_version_no")),
        sa.ForeignKeyConstraint(
            ["audit_seq"], ["audit_entry.seq"], name=op.f("fk_snapshot_audit_seq_audit_entry")
        ),
        sa.ForeignKeyConstraint(
            ["period_id"],
            ["reporting_period.id"],
            name=op.f("fk_snapshot_period_id_reporting_period"),
        ),
        sa.ForeignKeyConstraint(
            ["taken_by_id"], ["person.id"], name=op.f("fk_snapshot_taken_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot")),
        sa.UniqueConstraint(
            "period_id", "version_no", name=op.f("uq_snapshot_period_id_version_no")
        ),
        sa.UniqueConstraint("sha256", name=op.f("uq_snapshot_sha256")),
    )
    op.create_table(
        "snapshot_part",
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("line_count", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshot.id"], name=op.f("fk_snapshot_part_snapshot_id_snapshot")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot_part")),
        sa.UniqueConstraint("snapshot_id", "key", name=op.f("uq_snapshot_part_snapshot_id_key")),
    )
    op.create_table(
        "snapshot_file",
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "workbook_xlsx",
                "workbook_ods",
                "annex_word",
                "annex_pdf",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("template_sha256", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshot.id"], name=op.f("fk_snapshot_file_snapshot_id_snapshot")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot_file")),
        sa.UniqueConstraint("snapshot_id", "kind", name=op.f("uq_snapshot_file_snapshot_id_kind")),
    )
    op.create_table(
        "reopening",
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=True),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("snapshot_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_reopening_reason")),
        sa.CheckConstraint(
            "(closed_on IS NULL) = (closed_by_id IS NULL)", name=op.f("ck_reopening_closed")
        ),
        sa.CheckConstraint("expires_on >= decided_on", name=op.f("ck_reopening_expiry")),
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["person.id"], name=op.f("fk_reopening_closed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_reopening_decided_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["period_id"],
            ["reporting_period.id"],
            name=op.f("fk_reopening_period_id_reporting_period"),
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["region.id"], name=op.f("fk_reopening_region_id_region")
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshot.id"], name=op.f("fk_reopening_snapshot_id_snapshot")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reopening")),
        sa.UniqueConstraint(
            "period_id", "reference", name=op.f("uq_reopening_period_id_reference")
        ),
    )


def make_board() -> None:
    op.create_table(
        "deadline_extension",
        sa.Column("extended_to", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("granted_by_id", sa.Integer(), nullable=False),
        sa.Column("granted_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawal_reason", sa.String(length=500), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_deadline_extension_reason")),
        sa.CheckConstraint(
            "withdrawn_on IS NULL OR withdrawal_reason <> ''",
            name=op.f("ck_deadline_extension_withdrawal"),
        ),
        sa.ForeignKeyConstraint(
            ["granted_by_id"],
            ["person.id"],
            name=op.f("fk_deadline_extension_granted_by_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["period_id"],
            ["reporting_period.id"],
            name=op.f("fk_deadline_extension_period_id_reporting_period"),
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["region.id"], name=op.f("fk_deadline_extension_region_id_region")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_extension")),
    )
    op.create_index(
        "ix_deadline_extension_period_id", "deadline_extension", ["period_id"], unique=False
    )
    op.create_index(
        "ix_deadline_extension_region_id", "deadline_extension", ["region_id"], unique=False
    )
    op.create_table(
        "report_explanation",
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_report_explanation_reason")),
        sa.ForeignKeyConstraint(
            ["period_id"],
            ["reporting_period.id"],
            name=op.f("fk_report_explanation_period_id_reporting_period"),
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["region.id"], name=op.f("fk_report_explanation_region_id_region")
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"],
            ["person.id"],
            name=op.f("fk_report_explanation_written_by_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_explanation")),
        sa.UniqueConstraint(
            "period_id", "region_id", name=op.f("uq_report_explanation_period_id_region_id")
        ),
    )
    op.create_index(
        "ix_report_explanation_period_id", "report_explanation", ["period_id"], unique=False
    )
    op.create_index(
        "ix_report_explanation_region_id", "report_explanation", ["region_id"], unique=False
    )
    op.create_table(
        "reconciliation_note",
        sa.Column(
            "key_figure",
            sa.Enum(
                "status",
                "covenant_end",
                "available",
                "spent_total",
                "left",
                "hours",
                "measures_covered",
                "agreements_met",
                name="key_figure",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("explanation <> ''", name=op.f("ck_reconciliation_note_explanation")),
        sa.ForeignKeyConstraint(
            ["period_id"],
            ["reporting_period.id"],
            name=op.f("fk_reconciliation_note_period_id_reporting_period"),
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["region.id"], name=op.f("fk_reconciliation_note_region_id_region")
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"],
            ["person.id"],
            name=op.f("fk_reconciliation_note_written_by_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconciliation_note")),
        sa.UniqueConstraint(
            "period_id",
            "region_id",
            "key_figure",
            name=op.f("uq_reconciliation_note_period_id_region_id_key_figure"),
        ),
    )
    op.create_index(
        "ix_reconciliation_note_period_id", "reconciliation_note", ["period_id"], unique=False
    )
    op.create_index(
        "ix_reconciliation_note_region_id", "reconciliation_note", ["region_id"], unique=False
    )
    op.create_table(
        "hours_correction",
        sa.Column("appointment_id", sa.Integer(), nullable=False),
        sa.Column("iso_year", sa.Integer(), nullable=False),
        sa.Column("iso_week", sa.Integer(), nullable=False),
        sa.Column("quarters", sa.Integer(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("booked_by_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_hours_correction_reason")),
        sa.CheckConstraint("quarters <> 0", name=op.f("ck_hours_correction_quarters")),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["project_leader_appointment.id"],
            name=op.f("fk_hours_correction_appointment_id_project_leader_appointment"),
        ),
        sa.ForeignKeyConstraint(
            ["booked_by_id"], ["person.id"], name=op.f("fk_hours_correction_booked_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hours_correction")),
    )
    op.create_index(
        "ix_hours_correction_appointment_id", "hours_correction", ["appointment_id"], unique=False
    )
    op.create_index(
        "ix_hours_correction_counted_on", "hours_correction", ["counted_on"], unique=False
    )
    op.create_table(
        "import",
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "preview",
                "accepted",
                "accepted_with_notes",
                "refused",
                "withdrawn",
                name="status",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("applied", sa.JSON(), nullable=False),
        sa.Column("returned", sa.LargeBinary(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status = 'preview' OR decided_at IS NOT NULL", name=op.f("ck_import_decided")
        ),
        sa.CheckConstraint(
            "status IN ('preview', 'accepted', 'accepted_with_notes', 'refused', 'withdrawn')",
            name=op.f("ck_import_status"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_import_decided_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["period_id"],
            ["reporting_period.id"],
            name=op.f("fk_import_period_id_reporting_period"),
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["region.id"], name=op.f("fk_import_region_id_region")
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["person.id"], name=op.f("fk_import_uploaded_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import")),
    )
    op.create_index("ix_import_period_id", "import", ["period_id"], unique=False)
    op.create_index("ix_import_region_id", "import", ["region_id"], unique=False)
    op.create_index("ix_import_sha256", "import", ["sha256"], unique=False)


def make_letters() -> None:
    op.create_table(
        "letter",
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("unit", sa.String(length=100), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("addressee", sa.String(length=300), nullable=False),
        sa.Column("sender", sa.String(length=200), nullable=False),
        sa.Column("co_signatories", sa.JSON(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("dossier", sa.String(length=20), nullable=False),
        sa.Column("number", sa.String(length=10), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=True),
        sa.Column("snapshot_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "period_id IS NULL OR snapshot_id IS NOT NULL OR source <> ''",
            name=op.f("ck_letter_snapshot"),
        ),
        sa.CheckConstraint("subject <> ''", name=op.f("ck_letter_subject")),
        sa.CheckConstraint(
            "received_on IS NULL OR written_on IS NULL OR received_on >= written_on",
            name=op.f("ck_letter_dates"),
        ),
        sa.ForeignKeyConstraint(
            ["period_id"],
            ["reporting_period.id"],
            name=op.f("fk_letter_period_id_reporting_period"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_letter_programme_id_programme")
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshot.id"], name=op.f("fk_letter_snapshot_id_snapshot")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint(
            "programme_id", "reference", name=op.f("uq_letter_programme_id_reference")
        ),
    )
    op.create_index("ix_letter_period_id", "letter", ["period_id"], unique=False)
    op.create_index("ix_letter_programme_id", "letter", ["programme_id"], unique=False)
    op.create_table(
        "letter_annex",
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("inspection_at", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("title <> ''", name=op.f("ck_letter_annex_title")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_letter_annex_number")),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_letter_annex_letter_id_letter")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_annex")),
        sa.UniqueConstraint("letter_id", "number", name=op.f("uq_letter_annex_letter_id_number")),
    )
    op.create_table(
        "letter_check",
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=True),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("checked_by_id", sa.Integer(), nullable=False),
        sa.Column("checked_at", sa.DateTime(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["checked_by_id"], ["person.id"], name=op.f("fk_letter_check_checked_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["period_id"],
            ["reporting_period.id"],
            name=op.f("fk_letter_check_period_id_reporting_period"),
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshot.id"], name=op.f("fk_letter_check_snapshot_id_snapshot")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_check")),
    )
    op.create_index("ix_letter_check_period_id", "letter_check", ["period_id"], unique=False)
    op.create_table(
        "commitment",
        sa.Column(
            "kind",
            sa.Enum(
                "promise",
                "motion",
                "question",
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
                "in_progress",
                "partly_fulfilled",
                "fulfilled",
                "lapsed",
                "overdue",
                name="status",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("made_words", sa.String(length=200), nullable=False),
        sa.Column("meeting", sa.String(length=300), nullable=False),
        sa.Column("office", sa.String(length=200), nullable=False),
        sa.Column("submitters", sa.String(length=500), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_words", sa.String(length=200), nullable=False),
        sa.Column("progress", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("fulfilled_by_id", sa.Integer(), nullable=True),
        sa.Column("fulfilled_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status <> 'fulfilled' OR fulfilled_by_id IS NOT NULL",
            name=op.f("ck_commitment_fulfilled"),
        ),
        sa.CheckConstraint(
            "status <> 'lapsed' OR outcome <> ''", name=op.f("ck_commitment_lapsed")
        ),
        sa.CheckConstraint(
            "status IN ('open', 'in_progress', 'partly_fulfilled', 'fulfilled', 'lapsed')",
            name=op.f("ck_commitment_status"),
        ),
        sa.CheckConstraint("text <> ''", name=op.f("ck_commitment_text")),
        sa.ForeignKeyConstraint(
            ["fulfilled_by_id"], ["letter.id"], name=op.f("fk_commitment_fulfilled_by_id_letter")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_commitment_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
    )
    op.create_index("ix_commitment_programme_id", "commitment", ["programme_id"], unique=False)
    op.create_table(
        "commitment_letter",
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["commitment.id"],
            name=op.f("fk_commitment_letter_commitment_id_commitment"),
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_commitment_letter_letter_id_letter")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment_letter")),
        sa.UniqueConstraint(
            "commitment_id", "letter_id", name=op.f("uq_commitment_letter_commitment_id_letter_id")
        ),
    )
    op.create_table(
        "annex_text",
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=240), nullable=False),
        sa.Column(
            "chapter",
            sa.Enum(
                "introduction",
                "policy_line",
                "region",
                "department",
                "closing",
                name="chapter",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("policy_line_id", sa.Integer(), nullable=True),
        sa.Column("region_id", sa.Integer(), nullable=True),
        sa.Column("department", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("latest_no", sa.Integer(), nullable=False),
        sa.Column("signed_off_no", sa.Integer(), nullable=True),
        sa.Column("signed_off_by_id", sa.Integer(), nullable=True),
        sa.Column("signed_off_on", sa.Date(), nullable=True),
        sa.Column("seen_no", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(chapter = 'department') = (department <> '')", name=op.f("ck_annex_text_department")
        ),
        sa.CheckConstraint(
            "(chapter = 'policy_line') = (policy_line_id IS NOT NULL)",
            name=op.f("ck_annex_text_policy_line"),
        ),
        sa.CheckConstraint(
            "(chapter = 'region') = (region_id IS NOT NULL)", name=op.f("ck_annex_text_region")
        ),
        sa.CheckConstraint(
            "(signed_off_no IS NULL) = (signed_off_by_id IS NULL)",
            name=op.f("ck_annex_text_signed_off"),
        ),
        sa.ForeignKeyConstraint(
            ["period_id"],
            ["reporting_period.id"],
            name=op.f("fk_annex_text_period_id_reporting_period"),
        ),
        sa.ForeignKeyConstraint(
            ["policy_line_id"],
            ["policy_line.id"],
            name=op.f("fk_annex_text_policy_line_id_policy_line"),
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["region.id"], name=op.f("fk_annex_text_region_id_region")
        ),
        sa.ForeignKeyConstraint(
            ["signed_off_by_id"], ["person.id"], name=op.f("fk_annex_text_signed_off_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annex_text")),
        sa.UniqueConstraint("period_id", "key", name=op.f("uq_annex_text_period_id_key")),
    )
    op.create_index("ix_annex_text_period_id", "annex_text", ["period_id"], unique=False)
    op.create_table(
        "annex_text_version",
        sa.Column("annex_text_id", sa.Integer(), nullable=False),
        sa.Column("version_no", sa.Integer(), nullable=False),
        sa.Column(
            "action",
            sa.Enum(
                "written",
                "signed_off",
                "seen",
                name="action",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["annex_text_id"],
            ["annex_text.id"],
            name=op.f("fk_annex_text_version_annex_text_id_annex_text"),
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_annex_text_version_author_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annex_text_version")),
        sa.UniqueConstraint(
            "annex_text_id",
            "version_no",
            name=op.f("uq_annex_text_version_annex_text_id_version_no"),
        ),
    )


def downgrade() -> None:
    """Go back, as long as nothing was recorded in the new tables; else nothing is changed."""
    for table in NEW_TABLES:
        refuse_loss(table)
    refuse_loss("document_template", "kind = 'annex'")
    refuse_loss("expenditure", "dated_on IS NOT NULL")
    op.drop_index("uq_job_work_key", "job")
    change_table("job", drop=["work_key", "result_path", "attempts"])
    change_kinds(OLD_KINDS)
    change_table("expenditure", drop=["dated_on"])
    for table in reversed(NEW_TABLES):
        op.drop_table(table)


def refuse_loss(table: str, condition: str = "1 = 1") -> None:
    """Raise RuntimeError when rows would be lost."""
    query = f"SELECT count(*) FROM {table} WHERE {condition}"
    count = op.get_bind().exec_driver_sql(query).scalar()
    if count:
        raise RuntimeError(f"{table} has {count} rows that would be lost")
