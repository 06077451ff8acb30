"""What a registered letter must answer to: its reference, days, numbers, version and annexes."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from vpt_regio import clock
from vpt_regio.domain.rules.citations import parse_dossier, parse_number
from vpt_regio.domain.text import N_
from vpt_regio.errors import DomainError, DuplicateValue, Invalid
from vpt_regio.models.letters import Letter
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.snapshots import Snapshot
from vpt_regio.queries.letters import find_letter, find_published

LENGTHS = {
    "reference": 60,
    "unit": 100,
    "subject": 300,
    "addressee": 300,
    "sender": 200,
    "source": 500,
}
LONGEST_TITLE = 300
LONGEST_PLACE = 200
BEHIND_TITLE = "|"
FOR_INSPECTION = "ter inzage:"


@dataclass(frozen=True)
class AnnexData:
    """An annex of a letter; without a place of inspection it is public."""

    title: str
    inspection_at: str = ""

    @property
    def is_public(self) -> bool:
        return not self.inspection_at

    def line(self) -> str:
        """Return the annex as people write it, on a line of its own."""
        if self.is_public:
            return self.title
        return f"{self.title} {BEHIND_TITLE} {FOR_INSPECTION} {self.inspection_at}"


@dataclass(frozen=True)
class LetterData:
    """What is registered of a letter, under the names of its columns."""

    reference: str
    subject: str
    unit: str = ""
    addressee: str = ""
    sender: str = ""
    co_signatories: tuple[str, ...] = ()
    written_on: date | None = None
    received_on: date | None = None
    dossier: str = ""
    number: str = ""
    source: str = ""
    annexes: tuple[AnnexData, ...] = ()

    def columns(self) -> dict[str, Any]:
        """Return what is stored with the letter itself."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        values["co_signatories"] = list(self.co_signatories)
        del values["annexes"]
        return values

    def plain(self) -> dict[str, Any]:
        """Return the values as the history keeps them."""
        return {**asdict(self), "annexes": [annex.line() for annex in self.annexes]}


def data_of(letter: Letter) -> LetterData:
    """Return what is registered of a letter now."""
    own = {name: getattr(letter, name) for name in LetterData.__dataclass_fields__}
    own["co_signatories"] = tuple(str(office) for office in letter.co_signatories)
    own["annexes"] = tuple(AnnexData(one.title, one.inspection_at) for one in letter.annexes)
    return LetterData(**own)


def parse_annexes(text: str) -> tuple[AnnexData, ...]:
    """Read annexes, one a line; behind ``| ter inzage:`` stands where one can be read.

    Raises Invalid for a line with something else behind the mark.
    """
    found = []
    for line in text.splitlines():
        title, mark, rest = (part.strip() for part in line.partition(BEHIND_TITLE))
        if not title and not mark:
            continue
        place = rest[len(FOR_INSPECTION) :].strip()
        if mark and not (rest.lower().startswith(FOR_INSPECTION) and place):
            raise Invalid(
                N_("Schrijf achter het streepje waar de bijlage ligt: | ter inzage: de plaats."),
                field="annexes",
            )
        found.append(AnnexData(title, place))
    return tuple(found)


def problems_of(letter: Letter, data: LetterData) -> list[DomainError]:
    """Return all that is wrong with what is to be registered of a (new) letter."""
    errors: list[DomainError] = []
    if not data.reference:
        errors.append(Invalid(N_("Vul het kenmerk van de brief in."), field="reference"))
    if not data.subject:
        errors.append(Invalid(N_("Vul in waar de brief over gaat."), field="subject"))
    errors += [
        Invalid(N_("Gebruik hoogstens %(most)s tekens."), field=name, params={"most": most})
        for name, most in LENGTHS.items()
        if len(getattr(data, name)) > most
    ]
    other = find_letter(letter.programme_id, data.reference)
    if other is not None and other is not letter:
        message = N_("Er is al een brief met dit kenmerk geregistreerd.")
        errors.append(DuplicateValue(message, field="reference"))
    return errors + _problems_of_days(data) + _problems_of_annexes(data.annexes)


def _problems_of_days(data: LetterData) -> list[DomainError]:
    errors: list[DomainError] = []
    # a source may be younger than the day on which somebody looks back
    if not data.source:
        errors += [
            Invalid(N_("Deze dag ligt in de toekomst."), field=name)
            for name in ("written_on", "received_on")
            if (getattr(data, name) or date.min) > clock.today()
        ]
    written, received = data.written_on, data.received_on
    if written is not None and received is not None and received < written:
        message = N_("De brief kan niet zijn ontvangen voordat hij was geschreven.")
        errors.append(Invalid(message, field="received_on"))
    return errors


def _problems_of_annexes(annexes: Sequence[AnnexData]) -> list[DomainError]:
    if any(not annex.title for annex in annexes):
        return [Invalid(N_("Geef elke bijlage een titel."), field="annexes")]
    if any(
        len(annex.title) > LONGEST_TITLE or len(annex.inspection_at) > LONGEST_PLACE
        for annex in annexes
    ):
        message = N_(
            "De titel van een bijlage heeft hoogstens %(title)s tekens, de plaats hoogstens"
            " %(place)s."
        )
        params = {"title": LONGEST_TITLE, "place": LONGEST_PLACE}
        return [Invalid(message, field="annexes", params=params)]
    return []


def read_numbers(
    letter: Letter, dossier: str, number: str, *, is_from_source: bool
) -> tuple[str, str, list[DomainError]]:
    """Return dossier and number in the shape in which they are kept, and what is wrong with them.

    A source may name only one of the two; otherwise they come together.
    """
    errors: list[DomainError] = []
    dossier, number = dossier.strip(), number.strip()
    if bool(dossier) != bool(number) and not is_from_source:
        message = N_("Vul het dossier en het nummer allebei in, of geen van beide.")
        errors.append(Invalid(message, field="number" if dossier else "dossier"))
    try:
        dossier = parse_dossier(dossier) if dossier else ""
    except ValueError:
        message = N_("Vul een dossier in zoals 28 684 of 36 410 VI.")
        errors.append(Invalid(message, field="dossier"))
    try:
        number = parse_number(number) if number else ""
    except ValueError:
        message = N_("Vul het nummer binnen het dossier in, bijvoorbeeld 325.")
        errors.append(Invalid(message, field="number"))
    if not errors and dossier and number:
        other = find_published(letter.programme_id, dossier, number)
        if other is not None and other is not letter:
            message = N_("Dit nummer hoort al bij de brief met kenmerk %(reference)s.")
            params = {"reference": other.reference}
            errors.append(DuplicateValue(message, field="number", params=params))
    return dossier, number, errors


def problems_of_version(
    period: ReportingPeriod | None, snapshot: Snapshot | None, source: str
) -> list[DomainError]:
    """Return why a letter cannot be about this half-year in this version."""
    if period is None:
        return []
    if snapshot is None and not source:
        return [
            Invalid(
                N_(
                    "Zet halfjaar %(code)s eerst vast: een brief noemt de versie waarop hij berust."
                    " Is het een brief van vroeger? Vul dan de bron in."
                ),
                field="period_id",
                params={"code": period.code},
            )
        ]
    if snapshot is not None and snapshot.period_id != period.id:
        return [Invalid(N_("Deze versie is van een ander halfjaar."), field="period_id")]
    return []
