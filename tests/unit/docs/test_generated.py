"""The pages of docs/ that are made from declarations say what the declarations say now."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from vpt_regio.cli import workbook_docs, workflow_docs
from vpt_regio.domain.roles import Role
from vpt_regio.domain.workflows import ALL
from vpt_regio.policies import POLICY
from vpt_regio.workbooks.half_year_meanings import COLUMN_MEANINGS, SHEET_MEANINGS
from vpt_regio.workbooks.spec import Sheet


def test_the_life_cycles_are_up_to_date() -> None:
    """When this fails: `flask --app wsgi vpt workflow-docs`, and commit what changed."""
    stored = {
        path.name: path.read_text(encoding="utf-8") for path in workflow_docs.FOLDER.glob("*.md")
    }
    assert stored == workflow_docs.pages()


def test_the_page_about_the_workbook_is_up_to_date() -> None:
    """When this fails: `flask --app wsgi vpt workbook-docs`, and commit what changed."""
    assert workbook_docs.FILE.read_text(encoding="utf-8") == workbook_docs.page()


@pytest.mark.parametrize("workflow", ALL.values(), ids=lambda workflow: workflow.code)
def test_a_page_shows_every_state_and_every_step(workflow: workflow_docs.Workflow) -> None:
    page = workflow_docs.pages()[f"{workflow.code}.md"]
    for state in workflow.states:
        assert f'state "{state.label}" as {state.code}' in page
    for step in workflow.transitions:
        assert f"| {step.label}" in page
        for source in step.sources:
            assert f"{source} --> {step.target}: {step.label}" in page


def test_who_may_take_a_step_comes_from_the_policy(monkeypatch: pytest.MonkeyPatch) -> None:
    permission = ALL["report"].transition("accept").permission
    monkeypatch.setitem(POLICY, permission, frozenset({Role.READER}))
    row = next(
        line
        for line in workflow_docs.pages()["report.md"].splitlines()
        if line.startswith("| Aannemen")
    )
    assert "| lezer |" in row


def test_a_changed_life_cycle_changes_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    workflow = ALL["report"]
    steps = (replace(workflow.transitions[0], label="Insturen"), *workflow.transitions[1:])
    monkeypatch.setitem(ALL, "report", replace(workflow, transitions=steps))
    assert "draft --> submitted: Insturen" in workflow_docs.pages()["report.md"]


def test_every_column_has_a_meaning_and_no_meaning_is_left_over() -> None:
    sheets = workbook_docs.declaration().sheets
    declared = {
        sheet.key: {column.key for column in sheet.columns}
        for sheet in sheets
        if isinstance(sheet, Sheet)
    }
    assert {key: set(meanings) for key, meanings in COLUMN_MEANINGS.items()} == declared
    assert set(SHEET_MEANINGS) == {sheet.key for sheet in sheets}


def test_the_commands_write_where_they_are_told(tmp_path: Path) -> None:
    runner = CliRunner()
    folder = tmp_path / "new" / "folder"
    drawn = runner.invoke(workflow_docs.workflow_docs, ["--output", str(folder)])
    assert drawn.exit_code == 0
    assert {path.name for path in folder.iterdir()} == set(workflow_docs.pages())
    described = runner.invoke(
        workbook_docs.workbook_docs, ["--output", str(tmp_path / "werkboek.md")]
    )
    assert described.output.strip() == str(tmp_path / "werkboek.md")
    assert (tmp_path / "werkboek.md").read_text(encoding="utf-8") == workbook_docs.page()
