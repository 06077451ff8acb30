"""Which entries of a list are the same thing, read once in a transaction, and again after a change.

Whoever holds an entry of one version of a list against those of another one asks this.
"""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from sqlalchemy import CTE, ColumnElement, case, event, func, select
from sqlalchemy.orm import Session

from vpt_regio.domain.rules.same_entries import SameEntries
from vpt_regio.extensions import db
from vpt_regio.models.programmes import AgreementType, Measure, PolicyLine, Sector

LISTS = (Measure, PolicyLine, Sector, AgreementType)
_KEY = "same_entries"

Entry = TypeVar("Entry", Measure, PolicyLine, Sector, AgreementType)


def same_in(model: type[Entry]) -> SameEntries:
    """Return which entries of a list are the same thing, over all its versions."""
    session = db.session()
    found: dict[Any, SameEntries] = session.info.setdefault(_KEY, {})
    if model not in found:
        found[model] = _read(session, model)
    return found[model]


def same_measures() -> SameEntries:
    return same_in(Measure)


def key_of(column: Any) -> ColumnElement[int]:
    """Return, for a column of measures, the key of each, as SQL."""
    keys = dict(same_measures().keys)
    found: ColumnElement[int] = case(keys, value=column, else_=column) if keys else column
    return found


def with_kept(listed: Sequence[Entry], kept: Iterable[Entry]) -> list[Entry]:
    """Return a list, and what a record holds already that is nothing of that list."""
    found = list(listed)
    for entry in kept:
        same = same_in(type(entry))
        if not any(same.are_same(entry.id, other.id) for other in found):
            found.append(entry)
    return found


def kept_or_new(present: Entry | None, chosen: Entry | None) -> Entry | None:
    """Return what a record keeps: the entry that it has when the chosen one is the same thing.

    Entries of one version are different things, also when a later version takes them together.
    """
    if present is None or chosen is None or present.list_version == chosen.list_version:
        return chosen
    return present if same_in(type(chosen)).are_same(present.id, chosen.id) else chosen


def in_list(
    model: type[Entry], entry_ids: Iterable[int | None], listed: Iterable[Entry]
) -> list[int | None]:
    """Return, for each entry, the one of a list that is the same thing; else the entry itself."""
    ids = list(entry_ids)
    places = same_in(model).counterparts(
        (one for one in ids if one is not None), (entry.id for entry in listed)
    )
    return [None if one is None else places.get(one, one) for one in ids]


def keys_of(model: type[Entry]) -> CTE:
    """Return the key of every entry of a list, as SQL: (entry, key).

    The one place that says what goes on in what: an entry in its successor, or else in the next
    one with its code; the key is the last of them. A circle has no last one, and no key.
    """
    following = func.lead(model.id).over(
        partition_by=(model.programme_id, model.code),
        order_by=(model.valid_from.is_not(None), model.valid_from, model.id),
    )
    next_entry = func.coalesce(model.successor_id, following)
    step = select(model.id.label("entry"), next_entry.label("next")).cte(
        f"{model.__tablename__}_step"
    )
    way = select(step.c.entry.label("entry"), step.c.entry.label("later")).cte(
        f"{model.__tablename__}_way", recursive=True
    )
    further = select(way.c.entry, step.c.next).join(step, step.c.entry == way.c.later)
    way = way.union(further.where(step.c.next.is_not(None)))
    last = select(way.c.entry, way.c.later.label("key")).join(step, step.c.entry == way.c.later)
    return last.where(step.c.next.is_(None)).cte(f"{model.__tablename__}_key")


def _read(session: Session, model: type[Entry]) -> SameEntries:
    keys = keys_of(model)
    with session.no_autoflush:
        rows = session.execute(select(keys.c.entry, keys.c.key).order_by(keys.c.entry))
        return SameEntries({entry: key for entry, key in rows if entry != key})


@event.listens_for(Session, "after_flush")
def _forget_what_changed(session: Session, _context: Any) -> None:
    changed = (*session.new, *session.dirty, *session.deleted)
    if any(isinstance(one, LISTS) for one in changed):
        session.info.pop(_KEY, None)


@event.listens_for(Session, "after_transaction_end")
def _forget_with_the_transaction(session: Session, transaction: Any) -> None:
    if transaction.parent is None:
        session.info.pop(_KEY, None)
