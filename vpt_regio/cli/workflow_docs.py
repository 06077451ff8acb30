"""`vpt workflow-docs`: draw every declared life cycle into docs/workflows.

Nothing is typed here that the declarations know: states, buttons, conditions, roles.
"""

from collections.abc import Iterator
from pathlib import Path

import click

from vpt_regio.cli import group
from vpt_regio.domain.roles import REGIONAL_ROLES, ROLE_LABELS, Role
from vpt_regio.domain.workflow import (
    GUARD_LABELS,
    INPUT_LABELS,
    State,
    Transition,
    Workflow,
)
from vpt_regio.domain.workflows import ALL
from vpt_regio.policies import BY_LINK, POLICY

FOLDER = Path(__file__).parents[2] / "docs" / "workflows"
NOTHING = "–"
MADE = (
    "Deze pagina is gemaakt met `flask --app wsgi vpt workflow-docs`. Wijzig haar niet met de hand."
)


@group.command("workflow-docs")
@click.option(
    "--output",
    default=FOLDER,
    show_default="docs/workflows",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to write into.",
)
def workflow_docs(output: Path) -> None:
    """Write one page for each life cycle, and an index."""
    output.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (output / name).write_text(text, encoding="utf-8")
        click.echo(output / name)


def pages() -> dict[str, str]:
    """Return the text of every page by its file name; the same declarations give the same text."""
    drawn = {f"{workflow.code}.md": _page(workflow) for workflow in ALL.values()}
    return {"README.md": _index(), **drawn}


def _index() -> str:
    lines = [
        "# Levenslopen",
        "",
        "Wat er met een stuk kan gebeuren, wie dat mag en wat er dan nodig is.",
        "",
        *(f"- [{workflow.label}]({workflow.code}.md)" for workflow in ALL.values()),
        "",
        MADE,
    ]
    return "\n".join(lines) + "\n"


def _page(workflow: Workflow) -> str:
    lines = [
        f"# Levensloop: {workflow.label}",
        "",
        MADE,
        "",
        *_diagram(workflow),
        "",
        "## Statussen",
        "",
        *_states(workflow),
        "",
        "## Stappen",
        "",
        *_steps(workflow),
    ]
    return "\n".join(lines) + "\n"


def _diagram(workflow: Workflow) -> Iterator[str]:
    yield from ("```mermaid", "stateDiagram-v2")
    for state in workflow.states:
        yield f'    state "{state.label}" as {state.code}'
    yield f"    [*] --> {workflow.initial}"
    for step in workflow.transitions:
        for source in step.sources:
            yield f"    {source} --> {step.target}: {step.label}"
    for rule in workflow.derivations:
        yield f"    {rule.source or '[*]'} --> {rule.target}: {rule.when.rstrip('.')}"
    for state in workflow.states:
        if state.is_final:
            yield f"    {state.code} --> [*]"
    derived = [state.code for state in workflow.states if state.is_derived]
    if derived:
        yield "    classDef volgtUitDatums stroke-dasharray: 5 5"
        yield f"    class {','.join(derived)} volgtUitDatums"
    yield "```"


def _states(workflow: Workflow) -> Iterator[str]:
    yield from _table(
        ("Status", "Code", "Bijzonderheden"),
        [
            (state.label, f"`{state.code}`", _remarks(workflow, state) or NOTHING)
            for state in workflow.states
        ],
    )


def _remarks(workflow: Workflow, state: State) -> str:
    remarks = []
    if state.code == workflow.initial:
        remarks.append("Hiermee begint het.")
    if state.is_final:
        remarks.append("Eindpunt: hierna verandert de status niet meer.")
    if state.is_imported and not any(s.target == state.code for s in workflow.transitions):
        remarks.append("Komt alleen voor bij overgenomen gegevens: er is geen knop voor.")
    if state.is_derived:
        # one reason may count from more than one state
        reasons = dict.fromkeys(r.when for r in workflow.derivations if r.target == state.code)
        remarks.append(f"Volgt vanzelf, zonder knop: {' '.join(reasons)}")
    return " ".join(remarks)


def _steps(workflow: Workflow) -> Iterator[str]:
    yield from _table(
        ("Knop", "Van", "Naar", "Wie", "Voorwaarden", "Invullen", "In de geschiedenis"),
        [
            (
                _button(step),
                ", ".join(workflow.state(source).label for source in step.sources),
                workflow.state(step.target).label,
                NOTHING if step.is_effect else _who(step),
                " ".join(GUARD_LABELS[guard] for guard in step.guards) or NOTHING,
                ", ".join(INPUT_LABELS[wanted] for wanted in step.requires) or NOTHING,
                step.done.format(actor="…"),
            )
            for step in workflow.transitions
        ],
    )


def _button(step: Transition) -> str:
    if step.is_effect:
        return f"{step.label} (geen knop: volgt uit een andere stap)"
    return f"{step.label} (besluit)" if step.is_decision else step.label


def _who(step: Transition) -> str:
    who = [
        f"{ROLE_LABELS[role]} van de regio" if role in REGIONAL_ROLES else ROLE_LABELS[role]
        for role in Role
        if role in POLICY[step.permission]
    ]
    return ", ".join(who + ["de aanvrager met een link"] * (step.permission in BY_LINK))


def _table(headers: tuple[str, ...], rows: list[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(headers)} |"
    yield "|" + "---|" * len(headers)
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"
