"""The guides for users, made into pages from the same Markdown files that stand in docs/."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import url_for
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from vpt_regio import clock
from vpt_regio.domain.roles import Role
from vpt_regio.domain.text import N_
from vpt_regio.models.people import Person

DOCS = Path(__file__).resolve().parents[2] / "docs"
GENERAL = "algemeen"
APPLICANT = "aanvrager"

# the name in the address → the file
FILES: dict[str, Path] = {
    "projectleider": DOCS / "handleiding" / "projectleider.md",
    "accountmanager": DOCS / "handleiding" / "accountmanager.md",
    "beleidsmedewerker": DOCS / "handleiding" / "beleidsmedewerker.md",
    "mandaathouder": DOCS / "handleiding" / "mandaathouder.md",
    "beheerder": DOCS / "handleiding" / "beheerder.md",
    "lezer": DOCS / "handleiding" / "lezer.md",
    APPLICANT: DOCS / "handleiding" / "aanvrager.md",
    GENERAL: DOCS / "handleiding" / "README.md",
    "werkboek": DOCS / "workbook.md",
    "persoonsgegevens": DOCS / "avg.md",
}
NAMES: dict[str, str] = {
    "projectleider": N_("Projectleider"),
    "accountmanager": N_("Accountmanager"),
    "beleidsmedewerker": N_("Beleidsmedewerker"),
    "mandaathouder": N_("Mandaathouder"),
    "beheerder": N_("Functioneel beheerder"),
    "lezer": N_("Lezer"),
    APPLICANT: N_("Aanvrager"),
    GENERAL: N_("Algemeen"),
    "werkboek": N_("Werkboek"),
    "persoonsgegevens": N_("Persoonsgegevens"),
}
GUIDE_OF_ROLE: dict[Role, str] = {
    Role.PROJECT_LEADER: "projectleider",
    Role.ACCOUNT_MANAGER: "accountmanager",
    Role.POLICY_OFFICER: "beleidsmedewerker",
    Role.MANDATE_HOLDER: "mandaathouder",
    Role.ADMINISTRATOR: "beheerder",
    Role.READER: "lezer",
}


@dataclass(frozen=True)
class Guide:
    """A guide as a page shows it; the HTML holds the heading of level 1 too."""

    title: str
    html: Markup


def guides_of(person: Person | None) -> list[str]:
    """Return the names of the guides for a person: of their roles today, then the general one."""
    roles = {held.role for held in person.roles_on(clock.today())} if person else set()
    return [*(GUIDE_OF_ROLE[role] for role in Role if role in roles), GENERAL]


def read_guide(name: str) -> Guide:
    """Return a guide as HTML, its links leading to pages; raises KeyError for an unknown name."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(_text(FILES[name]))
    _name_headings(tokens)
    for token in tokens:
        _lead_links(token.children or [], FILES[name].parent)
    html = reader.renderer.render(_with_scrolling_tables(tokens), reader.options, {})
    # made from our own files, with raw HTML switched off
    return Guide(title=_title(tokens), html=Markup(html))  # noqa: S704


@cache
def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _title(tokens: list[Token]) -> str:
    return next(token.content for token in tokens if token.type == "inline")


def _name_headings(tokens: list[Token]) -> None:
    """Give every heading the id that a link to it uses."""
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            words = "".join(c if c.isalnum() else " " for c in tokens[place + 1].content.lower())
            token.attrSet("id", "-".join(words.split()))


def _lead_links(tokens: list[Token], folder: Path) -> None:
    """Turn links between files into links between pages; what has no page keeps its text only."""
    names = {file: name for name, file in FILES.items()}
    is_kept = True
    for token in tokens:
        if token.type == "link_open":
            target, _hash, part = str(token.attrGet("href")).partition("#")
            name = names.get((folder / target).resolve())
            is_kept = name is not None
            if name:
                token.attrSet("href", url_for("pages.guide", name=name, _anchor=part or None))
        if token.type in {"link_open", "link_close"} and not is_kept:
            token.type, token.tag, token.nesting, token.content = "text", "", 0, ""


def _with_scrolling_tables(tokens: list[Token]) -> list[Token]:
    """Put each table in a region that the keyboard can scroll, named after its heading."""
    result: list[Token] = []
    heading = ""
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            heading = tokens[place + 1].content
        if token.type == "table_open":
            opening = f'<div role="region" tabindex="0" aria-label="{escape(heading)}">\n'
            result.append(Token("html_block", "", 0, content=opening))
        result.append(token)
        if token.type == "table_close":
            result.append(Token("html_block", "", 0, content="</div>\n"))
        if token.type == "th_open":
            token.attrSet("scope", "col")
    return result
