"""The annex of the small programme: what it says, as a file of a version, and as a draft."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.periods import make_season
from tests.integration.half_year_freeze.conftest import Ready, make_ready, officer
from vpt_regio import clock
from vpt_regio.documents.annex_content import AnnexContent, Bullets, Chapter, Paragraph, Table
from vpt_regio.documents.annex_template import default_annex
from vpt_regio.documents.package import pack, unpack
from vpt_regio.domain.half_year_codes import FileKind
from vpt_regio.extensions import db
from vpt_regio.models.covenants import Covenant
from vpt_regio.models.decisions import TemplateKind
from vpt_regio.queries.programmes import get_programme
from vpt_regio.services.annex_files import annex_template, draft_annex, frozen_annex
from vpt_regio.services.annex_texts import start_texts, write
from vpt_regio.services.document_templates import upload_template
from vpt_regio.services.freeze import freeze
from vpt_regio.services.snapshot_files import file_of, make_file
from vpt_regio.uow import unit_of_work

ORDER = [
    "inleiding",
    "hoofdlijnen",
    "regios",
    "contracten",
    "pilots",
    "cijfers",
    "toezeggingen",
]


@pytest.fixture
def ready(context: Flask) -> Ready:
    return make_ready()


def _draft(ready: Ready) -> AnnexContent:
    return draft_annex(ready.period, made_at=clock.now(), made_by="test", base_url="http://x")


def _words(chapter: Chapter | None) -> str:
    """Return all that a chapter says, a line for each paragraph, point and row."""
    assert chapter is not None
    lines = []
    for block in (*chapter.blocks, *(b for section in chapter.sections for b in section.blocks)):
        if isinstance(block, Paragraph):
            lines.append(block.runs)
        elif isinstance(block, Bullets):
            lines += block.items
        elif isinstance(block, Table):
            lines += [tuple(run for cell in row for run in cell) for row in block.rows]
    return "\n".join("".join(run.text for run in runs) for runs in lines).replace("\u00a0", " ")


def test_the_chapters_stand_in_the_order_of_the_letter_and_tags_are_unique(ready: Ready) -> None:
    content = _draft(ready)
    assert [one.key for one in content.chapters] == ORDER
    tags = [run.tag for run in content.numbers()]
    assert len(set(tags)) == len(tags) > 50
    assert max(map(len, tags)) <= 64
    assert "voorlopig, stand van 16 juli 2012" in content.subtitle


def test_the_sentences_tell_what_the_records_say(ready: Ready) -> None:
    content = _draft(ready)
    limburg = next(one for one in _chapter(content, "regios").sections if one.title == "Limburg")
    assert limburg.region_id == ready.limburg_id
    told = _words(Chapter("", "", limburg.blocks))
    assert "Het convenant met de regio Limburg" in told
    assert "Daarvan is €" in told
    assert "1 regio's" not in _words(content.chapter("hoofdlijnen"))
    assert "(gedeeltelijk)" in _words(content.chapter("pilots"))
    assert "van 200 (2010) naar 150 (2011), een afname van 25%." in _words(
        content.chapter("cijfers")
    )


def _chapter(content: AnnexContent, key: str) -> Chapter:
    found = content.chapter(key)
    assert found is not None
    return found


def test_a_version_keeps_the_texts_and_gives_the_same_files_for_ever(ready: Ready) -> None:
    with unit_of_work():
        made = start_texts(ready.period, actor=officer())
        text = next(one for one in made if one.region_id == ready.limburg_id)
        write(text, body="De partners spreken één norm af.", actor=officer())
    with unit_of_work():
        freeze(ready.period, actor=officer())
    content = frozen_annex(ready.snapshot)
    assert content is not None
    assert "voorlopig" not in content.subtitle
    assert "De partners spreken één norm af." in _words(content.chapter("regios"))
    word = file_of(ready.snapshot, FileKind.ANNEX_WORD)
    assert word.template_sha256 == annex_template(ready.period.programme_id)[1]
    assert file_of(ready.snapshot, FileKind.ANNEX_PDF).content.startswith(b"%PDF")
    with unit_of_work():
        db.session.query(Covenant).update({Covenant.number: Covenant.number + "-x"})
        _replace_template()
    assert frozen_annex(ready.snapshot) == content
    assert file_of(ready.snapshot, FileKind.ANNEX_WORD).content == word.content
    assert make_file(ready.snapshot, FileKind.ANNEX_WORD).content == word.content


def _replace_template() -> bytes:
    """Use another template from now on: with a line of its own."""
    parts = unpack(default_annex())
    body = parts["word/document.xml"].decode()
    own = body.replace("<w:sdt>", "<w:p><w:r><w:t>Eigen regel</w:t></w:r></w:p><w:sdt>", 1)
    content = pack({**parts, "word/document.xml": own.encode()})
    upload_template(
        get_programme(),
        kind=TemplateKind.ANNEX,
        name="bijlage.docx",
        content=content,
        problems=[],
        actor=officer(),
    )
    return content


def test_a_command_writes_a_draft_with_the_template_in_use(ready: Ready, tmp_path: Path) -> None:
    from flask import current_app

    with unit_of_work():
        _replace_template()
    runner = current_app.test_cli_runner()
    word, code = tmp_path / "bijlage.docx", ready.period.code
    assert runner.invoke(args=["vpt", "annex", code, "--output", str(word)]).exit_code == 0
    texts = [one.text for one in Document(io.BytesIO(word.read_bytes())).paragraphs]
    assert "Eigen regel" in texts
    assert "Hoofdlijnen van het beleid" in texts
    refused = runner.invoke(args=["vpt", "annex", code, "--output", str(tmp_path / "b.odt")])
    assert (refused.exit_code, "docx or .pdf" in refused.output) == (2, True)
    unknown = runner.invoke(args=["vpt", "annex", "1999-1", "--output", str(word)])
    assert unknown.exit_code == 2


def test_the_pages_from_texts_to_agreement(app: Flask, sign_in: Callable[..., FlaskClient]) -> None:
    with app.app_context(), unit_of_work():
        season = make_season()
        manager = season.stage.manager.email
        made = start_texts(season.period, actor=season.officer)
        text_id = next(one.id for one in made if one.region_id)
    address = f"/halfjaren/2012-1/bijlage/teksten/{text_id}"
    client = sign_in("beleid@vpt.example")
    page = client.get("/halfjaren/2012-1/bijlage").text
    assert "nog leeg" in page
    assert client.post("/halfjaren/2012-1/bijlage/teksten").status_code == 303
    assert client.post(f"{address}/bewerken", data={"body": "Een <b>tekst</b>."}).status_code == 303
    too_long = client.post(f"{address}/bewerken", data={"body": "x" * 20_001})
    assert too_long.status_code == 422
    assert client.post("/halfjaren/2012-1/bijlage/bestand", data={"soort": "x"}).status_code == 422
    shown = client.get("/halfjaren/2012-1/bijlage/voorbeeld").text
    assert "Een &lt;b&gt;tekst&lt;/b&gt;." in shown
    assert client.get(f"/halfjaren/2011-9/bijlage/teksten/{text_id}").status_code == 404
    mine = sign_in(manager)
    assert "Akkoord geven op de tekst" in mine.get("/mijn-werk").text
    assert mine.get("/halfjaren/2012-1/bijlage").status_code == 403
    assert f'href="{address}"' in mine.get("/halfjaren/2012-1").text
    assert mine.post(f"{address}/akkoord").status_code == 303
    assert "gaf akkoord op" in mine.get(address).text
    stale = client.post(f"{address}/bewerken", data={"body": "Nieuw.", "version": "1"})
    assert stale.status_code == 409
    assert "Een &lt;b&gt;tekst" in stale.text
    assert "toegevoegd" in client.get(f"{address}?versie=1").text
