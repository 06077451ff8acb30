"""The hidden sheet of a progress form: what the file is and what it was made from, signed.

The payload is canonical JSON, split over cells; the signature is an HMAC over it. A file whose
payload was changed, or that another installation made, is refused before a value is read.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from vpt_regio.domain.text import N_
from vpt_regio.workbooks.progress_form_types import (
    FORM_VERSION,
    FormMeta,
    FormSheet,
    FormSource,
    Plain,
    keyed_rows,
    plain,
    present_values,
)

FORM: Final = "voortgangsformulier"
# the names in the first column of the sheet
NAME_FORM: Final = "form"
NAME_VERSION: Final = "form_version"
NAME_PAYLOAD: Final = "payload"
NAME_SIGNATURE: Final = "signature"
_CHUNK: Final = 20_000
# marks around each piece, so that no program trims it or takes it for a formula
_EDGE: Final = "|"
_DATED: Final = ("starts_on", "ends_on", "downloaded_at")
_SIGNED: Final = ("payload", "signature")
_PURPOSE: Final = b"vpt-regio progress form"

NOT_A_FORM: Final = N_(
    "Dit is geen voortgangsformulier van deze applicatie, of het verborgen blad is weg."
    " Download een nieuw formulier en neem uw gegevens daarin over."
)
OTHER_VERSION: Final = N_(
    "Dit formulier is gemaakt met een andere versie van de applicatie."
    " Download een nieuw formulier en neem uw gegevens daarin over."
)
BAD_SIGNATURE: Final = N_(
    "De verborgen gegevens van dit formulier kloppen niet meer."
    " Download een nieuw formulier en neem uw gegevens daarin over."
)


class NotOurs(Exception):
    """The hidden sheet is not as we made it; ``message`` says what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class MetaLine:
    """A line of the hidden sheet; beside it stand the words of each list."""

    name: str | None = None
    value: str | None = None
    activity: str | None = None
    leader: str | None = None
    week: str | None = None


def meta_of(source: FormSource, *, made_at: datetime) -> FormMeta:
    """Return what is signed of a form that is made now."""
    return FormMeta(
        form_version=FORM_VERSION,
        programme=source.programme,
        region=source.region,
        period=source.period,
        starts_on=source.starts_on,
        ends_on=source.ends_on,
        downloaded_at=made_at,
        report_version=source.report.version,
        base=present_values(source),
        facts={key: _facts(sheet, item) for sheet, key, item in keyed_rows(source)},
        activities={one.label: one.activity_id for one in source.activities},
        leaders={one.label: one.appointment_id for one in source.leaders},
    )


_FACTS: Final[Mapping[FormSheet, tuple[str, ...]]] = {
    FormSheet.ACTIVITIES: ("number", "title", "spent_cents"),
    FormSheet.MEASUREMENTS: ("label", "indicator", "unit", "decimals", "revision_no"),
    FormSheet.HOURS: ("appointment_id", "leader", "week"),
    FormSheet.EXPENDITURES: (),
    FormSheet.JUDGEMENT: (),
}


def _facts(sheet: FormSheet, item: Any) -> dict[str, Plain]:
    return {name: plain(getattr(item, name)) for name in _FACTS[sheet]}


def meta_lines(meta: FormMeta, lists: Sequence[Sequence[str]], *, secret: str) -> list[MetaLine]:
    """Return the lines of the hidden sheet; ``lists`` are activities, leaders and weeks."""
    payload = meta.payload or _payload(meta)
    named = [
        (NAME_FORM, FORM),
        (NAME_VERSION, str(meta.form_version)),
        ("programme", meta.programme),
        ("region", meta.region),
        ("period", meta.period),
        ("downloaded_at", meta.downloaded_at.isoformat()),
        *((NAME_PAYLOAD, f"{_EDGE}{piece}{_EDGE}") for piece in _pieces(payload)),
        (NAME_SIGNATURE, meta.signature or _signature(payload, secret)),
    ]
    count = max(len(named), *(len(words) for words in lists))
    columns: list[list[Any]] = [
        _padded([name for name, _ in named], count),
        _padded([value for _, value in named], count),
        *(_padded(list(words), count) for words in lists),
    ]
    return [MetaLine(*line) for line in zip(*columns, strict=True)]


def read_meta(lines: Iterable[tuple[object, object]], *, secret: str) -> FormMeta:
    """Return what the lines (name, value) of the hidden sheet say; raises NotOurs."""
    found: dict[str, list[str]] = {}
    for name, value in lines:
        if isinstance(name, str) and value is not None:
            found.setdefault(name.strip(), []).append(str(value).strip())
    if found.get(NAME_FORM) != [FORM]:
        raise NotOurs(NOT_A_FORM)
    if found.get(NAME_VERSION) != [str(FORM_VERSION)]:
        raise NotOurs(OTHER_VERSION)
    payload = "".join(
        piece.removeprefix(_EDGE).removesuffix(_EDGE) for piece in found.get(NAME_PAYLOAD, [])
    )
    signature = "".join(found.get(NAME_SIGNATURE, []))
    if not hmac.compare_digest(_signature(payload, secret).encode(), signature.encode()):
        raise NotOurs(BAD_SIGNATURE)
    return replace(_meta(json.loads(payload)), payload=payload, signature=signature)


def _payload(meta: FormMeta) -> str:
    content = {
        name: getattr(meta, name)
        for name in FormMeta.__dataclass_fields__
        if name not in (*_DATED, *_SIGNED)
    }
    for name in _DATED:
        content[name] = getattr(meta, name).isoformat()
    return json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def _meta(content: dict[str, Any]) -> FormMeta:
    for name in ("starts_on", "ends_on"):
        content[name] = date.fromisoformat(content[name])
    content["downloaded_at"] = datetime.fromisoformat(content["downloaded_at"])
    return FormMeta(**content)


def _pieces(payload: str) -> list[str]:
    return [payload[start : start + _CHUNK] for start in range(0, len(payload), _CHUNK)]


def _signature(payload: str, secret: str) -> str:
    key = hmac.digest(secret.encode(), _PURPOSE, hashlib.sha256)
    return hmac.new(key, payload.encode(), hashlib.sha256).hexdigest()


def _padded(items: list[Any], count: int) -> list[Any]:
    return [*items, *[None] * (count - len(items))]
