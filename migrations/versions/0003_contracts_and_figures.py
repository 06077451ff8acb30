"""Performance contracts, indicators, figures, targets and the maturity of the measures."""

import sqlalchemy as sa
from alembic import op

from migrations.append_only import refuse_changes
from migrations.changes import change_table

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NEW_TABLES = (
    "agreement_type",
    "indicator",
    "performance_contract",
    "contract_party",
    "contract_signature",
    "agreement",
    "agreement_activity",
    "indicator_revision",
    "measurement",
    "figure_set",
    "figure_category",
    "figure_period",
    "figure_delivery",
    "figure_row",
    "figure_claim",
    "figure_claim_operand",
    "programme_target",
    "inventory",
    "inventory_finding",
    "measure_maturity",
)
APPEND_ONLY = (
    "contract_signature",
    "measurement",
    "figure_delivery",
    "figure_row",
    "measure_maturity",
)
LISTS = ("measure", "policy_line", "sector")


def upgrade() -> None:
    for table in LISTS:
        change_table(table, add={"successor_id": reference(table, "successor_id", table)})
    make_lists_and_indicators()
    make_contracts()
    make_figures()
    make_maturity()
    for table in APPEND_ONLY:
        refuse_changes(table)


def reference(table: str, column: str, parent: str) -> str:
    """Return the type of a column that refers to another table."""
    return f"INTEGER CONSTRAINT fk_{table}_{column}_{parent} REFERENCES {parent} (id)"


def make_lists_and_indicators() -> None:
    op.create_table(
        "agreement_type",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("list_version", sa.String(length=40), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_agreement_type_programme_id_programme"),
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"],
            ["agreement_type.id"],
            name=op.f("fk_agreement_type_successor_id_agreement_type"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_type")),
        sa.UniqueConstraint(
            "programme_id",
            "list_version",
            "code",
            name=op.f("uq_agreement_type_programme_id_list_version_code"),
        ),
    )
    op.create_index(
        "ix_agreement_type_programme_id", "agreement_type", ["programme_id"], unique=False
    )
    op.create_table(
        "indicator",
        sa.Column("region_id", sa.Integer(), nullable=True),
        sa.Column("agreement_type_id", sa.Integer(), nullable=True),
        sa.Column(
            "name",
            sa.String(200).with_variant(sa.String(200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column(
            "unit",
            sa.Enum(
                "number",
                "percent",
                "days",
                "euro",
                "yes_no",
                name="unit",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "direction",
            sa.Enum(
                "up", "down", name="direction", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "aggregation",
            sa.Enum(
                "sum",
                "weighted",
                "latest",
                "none",
                name="aggregation",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("decimals", sa.Integer(), nullable=False),
        sa.Column("numerator_label", sa.String(length=200), nullable=False),
        sa.Column("denominator_label", sa.String(length=200), nullable=False),
        sa.Column("source_system", sa.String(length=200), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "unit <> 'percent' OR (numerator_label <> '' AND denominator_label <> '')",
            name=op.f("ck_indicator_counts"),
        ),
        sa.CheckConstraint(
            "unit <> 'percent' OR aggregation <> 'sum'",
            name=op.f("ck_indicator_aggregation_of_shares"),
        ),
        sa.CheckConstraint("decimals >= 0 AND decimals <= 4", name=op.f("ck_indicator_decimals")),
        sa.ForeignKeyConstraint(
            ["agreement_type_id"],
            ["agreement_type.id"],
            name=op.f("fk_indicator_agreement_type_id_agreement_type"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_indicator_programme_id_programme")
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["region.id"], name=op.f("fk_indicator_region_id_region")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint("region_id", "name", name=op.f("uq_indicator_region_id_name")),
    )
    op.create_index("ix_indicator_programme_id", "indicator", ["programme_id"], unique=False)
    op.create_index(
        "uq_indicator_national",
        "indicator",
        ["programme_id", "name"],
        unique=True,
        sqlite_where=sa.text("region_id IS NULL"),
        postgresql_where=sa.text("region_id IS NULL"),
    )


def make_contracts() -> None:
    op.create_table(
        "performance_contract",
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("action_plan_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "signing",
                "agreed",
                "running",
                "ended",
                "evaluated",
                "cancelled",
                name="status",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("signing_round", sa.Integer(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("evaluated_on", sa.Date(), nullable=True),
        sa.Column("evaluation", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status <> 'evaluated' OR evaluated_on IS NOT NULL",
            name=op.f("ck_performance_contract_evaluated"),
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'signing', 'agreed', 'evaluated', 'cancelled')",
            name=op.f("ck_performance_contract_status"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('agreed', 'evaluated') OR agreed_on IS NOT NULL",
            name=op.f("ck_performance_contract_agreed"),
        ),
        sa.CheckConstraint("starts_on < ends_on", name=op.f("ck_performance_contract_period")),
        sa.ForeignKeyConstraint(
            ["action_plan_id"],
            ["action_plan.id"],
            name=op.f("fk_performance_contract_action_plan_id_action_plan"),
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_performance_contract_author_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["region.id"], name=op.f("fk_performance_contract_region_id_region")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_performance_contract")),
        sa.UniqueConstraint(
            "region_id", "number", name=op.f("uq_performance_contract_region_id_number")
        ),
    )
    op.create_index(
        "ix_performance_contract_region_id", "performance_contract", ["region_id"], unique=False
    )
    op.create_table(
        "contract_party",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["performance_contract.id"],
            name=op.f("fk_contract_party_contract_id_performance_contract"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_contract_party_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_party")),
        sa.UniqueConstraint(
            "contract_id",
            "organisation_id",
            name=op.f("uq_contract_party_contract_id_organisation_id"),
        ),
    )
    op.create_index(
        "ix_contract_party_organisation_id", "contract_party", ["organisation_id"], unique=False
    )
    op.create_table(
        "contract_signature",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("round_no", sa.Integer(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("signatory", sa.String(length=200), nullable=False),
        sa.Column("signatory_position", sa.String(length=200), nullable=False),
        sa.Column("document_reference", sa.String(length=200), nullable=False),
        sa.Column("withdraws_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "withdraws_id IS NOT NULL OR signatory <> ''",
            name=op.f("ck_contract_signature_signatory"),
        ),
        sa.CheckConstraint(
            "withdraws_id IS NULL OR reason <> ''", name=op.f("ck_contract_signature_withdrawal")
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["performance_contract.id"],
            name=op.f("fk_contract_signature_contract_id_performance_contract"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_contract_signature_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"],
            ["person.id"],
            name=op.f("fk_contract_signature_recorded_by_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["withdraws_id"],
            ["contract_signature.id"],
            name=op.f("fk_contract_signature_withdraws_id_contract_signature"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_signature")),
        sa.UniqueConstraint("withdraws_id", name=op.f("uq_contract_signature_withdraws_id")),
    )
    op.create_index(
        "ix_contract_signature_contract_id", "contract_signature", ["contract_id"], unique=False
    )
    op.create_table(
        "agreement",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("agreement_type_id", sa.Integer(), nullable=True),
        sa.Column("free_type", sa.String(length=200), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("responsible_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("no_end_value_reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "agreement_type_id IS NOT NULL OR free_type <> ''", name=op.f("ck_agreement_type")
        ),
        sa.CheckConstraint("statement <> ''", name=op.f("ck_agreement_statement")),
        sa.ForeignKeyConstraint(
            ["agreement_type_id"],
            ["agreement_type.id"],
            name=op.f("fk_agreement_agreement_type_id_agreement_type"),
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["performance_contract.id"],
            name=op.f("fk_agreement_contract_id_performance_contract"),
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_agreement_indicator_id_indicator")
        ),
        sa.ForeignKeyConstraint(
            ["responsible_id"],
            ["organisation.id"],
            name=op.f("fk_agreement_responsible_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sa.UniqueConstraint("contract_id", "number", name=op.f("uq_agreement_contract_id_number")),
    )
    op.create_index("ix_agreement_indicator_id", "agreement", ["indicator_id"], unique=False)
    op.create_table(
        "agreement_activity",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activity.id"],
            name=op.f("fk_agreement_activity_activity_id_activity"),
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["agreement.id"],
            name=op.f("fk_agreement_activity_agreement_id_agreement"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_activity")),
        sa.UniqueConstraint(
            "agreement_id",
            "activity_id",
            name=op.f("uq_agreement_activity_agreement_id_activity_id"),
        ),
    )
    op.create_index(
        "ix_agreement_activity_activity_id", "agreement_activity", ["activity_id"], unique=False
    )
    op.create_table(
        "indicator_revision",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "baseline",
                "target",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("revision_no", sa.Integer(), nullable=False),
        sa.Column("measured_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("holds_from", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("document_reference", sa.String(length=200), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.Column("numerator", sa.BigInteger(), nullable=True),
        sa.Column("denominator", sa.BigInteger(), nullable=True),
        sa.Column(
            "qualifier",
            sa.Enum(
                "exact",
                "circa",
                "more_than",
                "almost",
                name="qualifier",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'target') = (due_on IS NOT NULL)", name=op.f("ck_indicator_revision_due")
        ),
        sa.CheckConstraint(
            "kind = 'baseline' OR measured_on IS NULL", name=op.f("ck_indicator_revision_measured")
        ),
        sa.CheckConstraint(
            "revision_no = 1 OR reason <> ''", name=op.f("ck_indicator_revision_reason")
        ),
        sa.CheckConstraint(
            "(numerator IS NULL) = (denominator IS NULL) AND (denominator IS NULL OR denominator > 0)",
            name=op.f("ck_indicator_revision_counts"),
        ),
        sa.CheckConstraint(
            "value IS NOT NULL OR denominator IS NOT NULL", name=op.f("ck_indicator_revision_value")
        ),
        sa.CheckConstraint(
            "value IS NULL OR denominator IS NULL", name=op.f("ck_indicator_revision_one_way")
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["agreement.id"],
            name=op.f("fk_indicator_revision_agreement_id_agreement"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"],
            ["person.id"],
            name=op.f("fk_indicator_revision_recorded_by_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_revision")),
        sa.UniqueConstraint(
            "agreement_id",
            "kind",
            "revision_no",
            name=op.f("uq_indicator_revision_agreement_id_kind_revision_no"),
        ),
    )
    op.create_table(
        "measurement",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=True),
        sa.Column("cutoff_on", sa.Date(), nullable=False),
        sa.Column("revision_no", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.Column("numerator", sa.BigInteger(), nullable=True),
        sa.Column("denominator", sa.BigInteger(), nullable=True),
        sa.Column(
            "qualifier",
            sa.Enum(
                "exact",
                "circa",
                "more_than",
                "almost",
                name="qualifier",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("revision_no = 1 OR reason <> ''", name=op.f("ck_measurement_reason")),
        sa.CheckConstraint(
            "value IS NOT NULL OR denominator IS NOT NULL OR note <> ''",
            name=op.f("ck_measurement_not_measured"),
        ),
        sa.CheckConstraint(
            "(numerator IS NULL) = (denominator IS NULL) AND (denominator IS NULL OR denominator > 0)",
            name=op.f("ck_measurement_counts"),
        ),
        sa.CheckConstraint(
            "value IS NULL OR denominator IS NULL", name=op.f("ck_measurement_one_way")
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_measurement_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["period_id"],
            ["reporting_period.id"],
            name=op.f("fk_measurement_period_id_reporting_period"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_measurement_recorded_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measurement")),
        sa.UniqueConstraint(
            "agreement_id",
            "cutoff_on",
            "revision_no",
            name=op.f("uq_measurement_agreement_id_cutoff_on_revision_no"),
        ),
    )
    op.create_index("ix_measurement_period_id", "measurement", ["period_id"], unique=False)


def make_figures() -> None:
    op.create_table(
        "figure_set",
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column(
            "title",
            sa.String(200).with_variant(sa.String(200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column(
            "unit",
            sa.Enum(
                "number",
                "percent",
                "days",
                "euro",
                "yes_no",
                name="unit",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("decimals", sa.Integer(), nullable=False),
        sa.Column("total_code", sa.String(length=60), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("decimals >= 0 AND decimals <= 4", name=op.f("ck_figure_set_decimals")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_figure_set_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_set")),
        sa.UniqueConstraint("programme_id", "code", name=op.f("uq_figure_set_programme_id_code")),
    )
    op.create_index("ix_figure_set_programme_id", "figure_set", ["programme_id"], unique=False)
    op.create_table(
        "figure_category",
        sa.Column("figure_set_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("part_of_id", sa.Integer(), nullable=True),
        sa.Column("adds_up", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["figure_set_id"],
            ["figure_set.id"],
            name=op.f("fk_figure_category_figure_set_id_figure_set"),
        ),
        sa.ForeignKeyConstraint(
            ["part_of_id"],
            ["figure_category.id"],
            name=op.f("fk_figure_category_part_of_id_figure_category"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_category")),
        sa.UniqueConstraint(
            "figure_set_id", "name", name=op.f("uq_figure_category_figure_set_id_name")
        ),
    )
    op.create_table(
        "figure_period",
        sa.Column("figure_set_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "starts_on IS NULL OR ends_on IS NULL OR starts_on <= ends_on",
            name=op.f("ck_figure_period_dates"),
        ),
        sa.ForeignKeyConstraint(
            ["figure_set_id"],
            ["figure_set.id"],
            name=op.f("fk_figure_period_figure_set_id_figure_set"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_period")),
        sa.UniqueConstraint(
            "figure_set_id", "label", name=op.f("uq_figure_period_figure_set_id_label")
        ),
    )
    op.create_table(
        "figure_delivery",
        sa.Column("figure_set_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("cutoff_on", sa.Date(), nullable=False),
        sa.Column("scope_note", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("source <> ''", name=op.f("ck_figure_delivery_source")),
        sa.ForeignKeyConstraint(
            ["figure_set_id"],
            ["figure_set.id"],
            name=op.f("fk_figure_delivery_figure_set_id_figure_set"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_figure_delivery_recorded_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_delivery")),
        sa.UniqueConstraint(
            "figure_set_id", "number", name=op.f("uq_figure_delivery_figure_set_id_number")
        ),
    )
    op.create_table(
        "figure_row",
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("revision_no", sa.Integer(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.Column(
            "qualifier",
            sa.Enum(
                "exact",
                "circa",
                "more_than",
                "almost",
                name="qualifier",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("printed", sa.String(length=100), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("value IS NULL OR value >= 0", name=op.f("ck_figure_row_value")),
        sa.ForeignKeyConstraint(
            ["category_id"],
            ["figure_category.id"],
            name=op.f("fk_figure_row_category_id_figure_category"),
        ),
        sa.ForeignKeyConstraint(
            ["delivery_id"],
            ["figure_delivery.id"],
            name=op.f("fk_figure_row_delivery_id_figure_delivery"),
        ),
        sa.ForeignKeyConstraint(
            ["period_id"], ["figure_period.id"], name=op.f("fk_figure_row_period_id_figure_period")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_row")),
        sa.UniqueConstraint(
            "category_id",
            "period_id",
            "revision_no",
            name=op.f("uq_figure_row_category_id_period_id_revision_no"),
        ),
    )
    op.create_index("ix_figure_row_delivery_id", "figure_row", ["delivery_id"], unique=False)
    op.create_table(
        "figure_claim",
        sa.Column("figure_set_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "change_percent",
                "change_points",
                "share",
                "factor",
                "difference",
                "sum",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("stated", sa.BigInteger(), nullable=True),
        sa.Column("decimals", sa.Integer(), nullable=False),
        sa.Column(
            "qualifier",
            sa.Enum(
                "exact",
                "circa",
                "more_than",
                "almost",
                name="qualifier",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("subject <> ''", name=op.f("ck_figure_claim_subject")),
        sa.CheckConstraint(
            "decimals >= 0 AND decimals <= 4", name=op.f("ck_figure_claim_decimals")
        ),
        sa.ForeignKeyConstraint(
            ["figure_set_id"],
            ["figure_set.id"],
            name=op.f("fk_figure_claim_figure_set_id_figure_set"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_claim")),
    )
    op.create_index(
        "ix_figure_claim_figure_set_id", "figure_claim", ["figure_set_id"], unique=False
    )
    op.create_table(
        "figure_claim_operand",
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["category_id"],
            ["figure_category.id"],
            name=op.f("fk_figure_claim_operand_category_id_figure_category"),
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"],
            ["figure_claim.id"],
            name=op.f("fk_figure_claim_operand_claim_id_figure_claim"),
        ),
        sa.ForeignKeyConstraint(
            ["period_id"],
            ["figure_period.id"],
            name=op.f("fk_figure_claim_operand_period_id_figure_period"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_claim_operand")),
        sa.UniqueConstraint(
            "claim_id", "position", name=op.f("uq_figure_claim_operand_claim_id_position")
        ),
    )
    op.create_table(
        "programme_target",
        sa.Column(
            "name",
            sa.String(200).with_variant(sa.String(200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("change", sa.BigInteger(), nullable=False),
        sa.Column(
            "change_kind",
            sa.Enum(
                "percent",
                "points",
                "absolute",
                name="change_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "direction",
            sa.Enum(
                "up", "down", name="direction", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("period_words", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("from_period_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("source <> ''", name=op.f("ck_programme_target_source")),
        sa.CheckConstraint(
            "(category_id IS NULL) = (from_period_id IS NULL)",
            name=op.f("ck_programme_target_progress"),
        ),
        sa.CheckConstraint(
            "starts_on IS NULL OR ends_on IS NULL OR starts_on < ends_on",
            name=op.f("ck_programme_target_dates"),
        ),
        sa.ForeignKeyConstraint(
            ["category_id"],
            ["figure_category.id"],
            name=op.f("fk_programme_target_category_id_figure_category"),
        ),
        sa.ForeignKeyConstraint(
            ["from_period_id"],
            ["figure_period.id"],
            name=op.f("fk_programme_target_from_period_id_figure_period"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_programme_target_programme_id_programme"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_target")),
    )
    op.create_index(
        "ix_programme_target_programme_id", "programme_target", ["programme_id"], unique=False
    )


def make_maturity() -> None:
    op.create_table(
        "inventory",
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("held_precision", sa.String(length=10), nullable=True),
        sa.Column("held_words", sa.String(length=200), nullable=False),
        sa.Column("declared_organisations", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("declared_organisations >= 0", name=op.f("ck_inventory_declared")),
        sa.ForeignKeyConstraint(
            ["region_id"], ["region.id"], name=op.f("fk_inventory_region_id_region")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventory")),
    )
    op.create_index("ix_inventory_region_id", "inventory", ["region_id"], unique=False)
    op.create_table(
        "inventory_finding",
        sa.Column("inventory_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("follow_up", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("body <> ''", name=op.f("ck_inventory_finding_body")),
        sa.ForeignKeyConstraint(
            ["inventory_id"],
            ["inventory.id"],
            name=op.f("fk_inventory_finding_inventory_id_inventory"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventory_finding")),
    )
    op.create_index(
        "ix_inventory_finding_inventory_id", "inventory_finding", ["inventory_id"], unique=False
    )
    op.create_table(
        "measure_maturity",
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("inventory_id", sa.Integer(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "level = 0 OR evidence <> ''", name=op.f("ck_measure_maturity_evidence")
        ),
        sa.CheckConstraint("level >= 0 AND level <= 4", name=op.f("ck_measure_maturity_level")),
        sa.ForeignKeyConstraint(
            ["inventory_id"],
            ["inventory.id"],
            name=op.f("fk_measure_maturity_inventory_id_inventory"),
        ),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measure.id"], name=op.f("fk_measure_maturity_measure_id_measure")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_measure_maturity_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"],
            ["person.id"],
            name=op.f("fk_measure_maturity_recorded_by_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["region.id"], name=op.f("fk_measure_maturity_region_id_region")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure_maturity")),
    )
    op.create_index(
        "ix_measure_maturity_organisation_id", "measure_maturity", ["organisation_id"], unique=False
    )
    op.create_index(
        "ix_measure_maturity_region_id", "measure_maturity", ["region_id"], unique=False
    )


def downgrade() -> None:
    """Go back, as long as nothing was recorded in the new tables; else nothing is changed."""
    for table in NEW_TABLES:
        count = op.get_bind().exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()
        if count:
            raise RuntimeError(f"{table} has {count} rows that would be lost")
    for table in reversed(NEW_TABLES):
        op.drop_table(table)
    for table in LISTS:
        change_table(table, drop=["successor_id"])
