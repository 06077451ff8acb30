"""What the pages about letters share: citations, rows of tables, and the version that is cited."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.citations import Style, cite, impossible_sessions
from vpt_regio.models.letters import Letter
from vpt_regio.queries.letters import cited, newest_version
from vpt_regio.services.letters import is_published
from vpt_regio.web.authorize import may
from vpt_regio.web.filters import day


@dataclass(frozen=True)
class VersionCited:
    """The version of a half-year that a letter cites, in words; `newer` is one that came later."""

    words: str
    newer: int | None = None


def list_headers() -> list[str]:
    """Return the headers that belong to `list_rows`."""
    return [_("Brief"), _("Datum"), _("Vindplaats"), _("Halfjaar")]


def list_rows(letters: Iterable[Letter]) -> list[list[Any]]:
    """Return letters as rows: what each is about, and how to cite it."""
    return [
        [
            {
                "text": letter.subject,
                "url": url_for("letters.show", letter_id=letter.id),
                "note": letter.reference,
            },
            day(letter.written_on) or _("onbekend"),
            place_of(letter),
            period_cell(letter),
        ]
        for letter in letters
    ]


def place_of(letter: Letter) -> str:
    """Return where a letter can be found, as the House cites it."""
    if is_published(letter):
        return cite(cited(letter), Style.FULL)
    if letter.source:
        return _("niet in de bron")
    return _("nog niet gepubliceerd")


def period_cell(letter: Letter) -> Any:
    """Return the half-year of a letter with its version, for a table."""
    if letter.period is None:
        return _("geen")
    version = letter.snapshot.version_no if letter.snapshot else None
    return {
        "text": letter.period.code,
        "url": url_for("periods.show", code=letter.period.code),
        "note": _("versie %(number)s", number=version) if version else _("zonder versie"),
    }


def citations(letter: Letter) -> list[tuple[str, str]]:
    """Return both ways to cite a letter; one that is not published has only one."""
    if not is_published(letter):
        return [(_("Zolang er geen nummer is"), cite(cited(letter), Style.FULL))]
    return [
        (_("Kort"), cite(cited(letter), Style.SHORT)),
        (_("Zoals de Kamer het schrijft"), cite(cited(letter), Style.FULL)),
    ]


def version_cited(letter: Letter) -> VersionCited | None:
    """Return which version a letter cites; None for a letter that is about no half-year."""
    period = letter.period
    if period is None:
        return None
    if letter.snapshot is None:
        text = _("Deze brief is van vroeger en noemt geen versie van %(code)s.", code=period.code)
        return VersionCited(text)
    number = letter.snapshot.version_no
    newest = newest_version(period.id)
    if newest is not None and newest.version_no > number:
        text = _(
            "De brief berust op versie %(number)s van %(code)s, en blijft die noemen."
            " Versie %(newest)s kwam er later bij.",
            number=number,
            code=period.code,
            newest=newest.version_no,
        )
        return VersionCited(text, newest.version_no)
    text = _("De brief berust op versie %(number)s van %(code)s.", number=number, code=period.code)
    return VersionCited(text)


def facts(letter: Letter) -> list[tuple[str, Any]]:
    """Return what is registered of a letter."""
    offices = [str(office) for office in letter.co_signatories]
    return [
        (_("Kenmerk"), letter.reference),
        (_("Datum van de brief"), day(letter.written_on) or _("onbekend")),
        (_("Ontvangen door de Kamer"), day(letter.received_on) or _("niet vastgelegd")),
        (_("Afzender"), letter.sender or _("niet vastgelegd")),
        (_("Mede namens"), ", ".join(offices) or _("niet vastgelegd")),
        (_("Onderdeel"), letter.unit or _("niet vastgelegd")),
        (_("Aan"), letter.addressee or _("niet vastgelegd")),
        (_("Dossier"), letter.dossier or _missing(letter)),
        (_("Nummer"), letter.number or _missing(letter)),
        (_("Bron"), letter.source or _("hier geregistreerd")),
    ]


def annex_rows(letter: Letter) -> list[list[Any]]:
    """Return the annexes: the number, what each is, and where to read it."""
    return [
        [
            annex.number,
            annex.title,
            _("openbaar")
            if annex.is_public
            else _("niet openbaar; ter inzage: %(place)s", place=annex.inspection_at),
        ]
        for annex in letter.annexes
    ]


def oddities(*texts: str) -> list[str]:
    """Return a warning for each session year in a text that cannot be one."""
    return [
        _("%(years)s is geen vergaderjaar: dat zijn twee jaren na elkaar.", years=years)
        for text in texts
        for years in impossible_sessions(text)
    ]


def commitment_rows(found: Iterable[Any], letter: Letter) -> list[list[Any]]:
    """Return the commitments of a letter, and what it does for each."""
    return [
        [
            {
                "text": one.text,
                "url": url_for("commitments.show", commitment_id=one.id),
            },
            _("doet dit af") if one.fulfilled_by_id == letter.id else _("vertelt de voortgang"),
        ]
        for one in found
        if may(Permission.COMMITMENT_VIEW, one)
    ]


def _missing(letter: Letter) -> str:
    return _("niet in de bron") if letter.source else _("nog niet bekend")
