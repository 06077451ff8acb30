"""`vpt check-letter F`: the figure check of a draft letter, without keeping it."""

import json
import sys
from pathlib import Path

import click

from vpt_regio import clock
from vpt_regio.cli import group
from vpt_regio.domain.rules.letter_document import PlainFinding, disagreeing
from vpt_regio.errors import DomainError, SeveralErrors
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.queries.periods import list_periods
from vpt_regio.queries.programmes import get_programme
from vpt_regio.queries.snapshots import latest_snapshot
from vpt_regio.services.letter_checks import Known, findings_of, known_in, readable

PRINTED = ("text", "claim", "stated", "computed", "agrees", "explanation")
SIGNS = {True: "✓", False: "✗", None: "?"}


@group.command("check-letter")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def check_letter(file: Path, as_json: bool) -> None:  # noqa: FBT001 - an option of click
    """Check the figures in a letter: .docx, .odt or .txt.

    Exits 1 when something does not agree, 2 when the file cannot be read.
    """
    try:
        letter = readable(file.read_bytes(), file.name)
    except OSError as error:
        raise click.UsageError(f"cannot read {file}: {error.strerror}") from error
    except SeveralErrors as error:
        raise click.UsageError(" ".join(str(one) for one in error.errors)) from error
    except DomainError as error:
        raise click.UsageError(str(error)) from error
    findings = findings_of(letter, _known())
    if as_json:
        rows = [{key: one[key] for key in PRINTED} for one in findings]  # type: ignore[literal-required]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        _print(findings)
    if disagreeing(findings):
        sys.exit(1)


def _known() -> Known:
    """Return what the newest frozen half-year knows, or else the newest one that has begun."""
    try:
        programme = get_programme()
    except LookupError:
        return Known()
    begun = [one for one in list_periods(programme.id) if one.starts_on <= clock.today()]
    begun.sort(key=lambda one: one.starts_on, reverse=True)
    if not begun:
        return Known()
    frozen = next((one for one in begun if latest_snapshot(one) is not None), None)
    chosen: ReportingPeriod = frozen or begun[0]
    made_at = clock.now().replace(microsecond=0)
    return known_in(chosen, latest_snapshot(chosen), made_at=made_at)


def _print(findings: list[PlainFinding]) -> None:
    for one in findings:
        found = f" → {one['computed']}" if one["computed"] else ""
        click.echo(f"{SIGNS[one['agrees']]} {one['claim']}: {one['stated']}{found}")
        click.echo(f"    {one['explanation']}")
        if one["text"]:
            click.echo(f"    «{one['text']}»")
