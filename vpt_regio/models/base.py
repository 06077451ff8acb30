"""The common ground of all models: registry, names of constraints, and our own column types."""

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    DateTime,
    Enum,
    MetaData,
    String,
    TypeDecorator,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.types import JSON

from vpt_regio.domain.workflow import Workflow

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UTCDateTime(TypeDecorator[datetime]):
    """An instant: stored in UTC, always read back with its time zone, refused without one."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Cents(TypeDecorator[int]):
    """Money in whole euro cents; anything but an int is refused, so no rounding can slip in."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:
        if value is not None and type(value) is not int:
            raise TypeError(f"money is a whole number of cents, not {type(value).__name__}")
        return value


SCALE: Final = 4
"""The decimals of a `Scaled` column."""


class Scaled(TypeDecorator[Decimal]):
    """A number with at most four decimals, exact on both databases (whole ten-thousandths).

    Anything but an int or a Decimal is refused, and so is a decimal that would be lost.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        if type(value) not in (int, Decimal):
            raise TypeError(f"a measured number is a Decimal, not {type(value).__name__}")
        scaled = Decimal(value).scaleb(SCALE)
        if scaled != int(scaled):
            raise ValueError(f"{value} has more than {SCALE} decimals")
        return int(scaled)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        if value is None:
            return None
        whole, rest = divmod(value, 10**SCALE)
        return Decimal(whole) if rest == 0 else Decimal(value).scaleb(-SCALE).normalize()


class SortedString(TypeDecorator[str]):
    """Text that lists are ordered by: the same order (by code point) on both databases."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        collation = "C" if dialect.name == "postgresql" else None
        impl: Any = self.impl_instance
        return dialect.type_descriptor(String(impl.length, collation=collation))


def coded(codes: type[StrEnum], name: str, *, is_status: bool = False) -> Enum:
    """Return a column type for a StrEnum: its value as text, held by a named CHECK.

    The CHECK of a status is made by `status_check`, which leaves out the states that follow
    from dates.
    """
    return Enum(
        codes,
        name=name,
        native_enum=False,
        create_constraint=not is_status,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )


def status_check(workflow: Workflow) -> CheckConstraint:
    """Return the CHECK that a status column holds a state that may be stored."""
    states = ", ".join(f"'{state}'" for state in workflow.stored_states())
    return CheckConstraint(f"status IN ({states})", name="status")


mapper_registry = registry(
    metadata=MetaData(naming_convention=NAMING_CONVENTION),
    type_annotation_map={
        datetime: UTCDateTime(),
        date: Date(),
        dict[str, Any]: JSON(),
        list[Any]: JSON(),
    },
)


class Base(DeclarativeBase):
    """The parent of every model."""

    registry = mapper_registry
    metadata = mapper_registry.metadata
