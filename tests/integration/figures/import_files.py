"""Files with figures as other programs write them, and what a page says of them."""

import html
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

import openpyxl
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

HEADERS = ("Categorie", "Periode", "Waarde", "Kwalificatie", "Gedrukte waarde")
NIGHTS = "/cijfers/jaarwisseling"
UPLOAD = f"{NIGHTS}/inlezen"
HEADING = {"source": "Politie", "cutoff_on": "06-01-2012", "scope_note": "", "reason": ""}


def book(rows: Iterable[Sequence[object]], headers: Sequence[str] = HEADERS) -> bytes:
    """An .xlsx with one sheet."""
    made = openpyxl.Workbook()
    sheet: Any = made.active
    sheet.append(list(headers))
    for row in rows:
        sheet.append(list(row))
    return saved(made)


def saved(made: Any) -> bytes:
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def rows_of(content: bytes) -> list[tuple[object, ...]]:
    """The rows of the first sheet of an .xlsx, below its headers."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return [tuple(row) for row in sheet.iter_rows(min_row=2, values_only=True)]


def send(
    client: FlaskClient,
    content: bytes,
    name: str = "cijfers.xlsx",
    url: str = UPLOAD,
    **fields: str,
) -> TestResponse:
    """Send a file with the fields of the form."""
    data = {**HEADING, **fields, "file": (io.BytesIO(content), name)}
    return client.post(url, data=data, content_type="multipart/form-data")


def take(
    client: FlaskClient, preview: TestResponse, url: str = UPLOAD, **fields: str
) -> TestResponse:
    """Choose Overnemen on a preview."""
    return client.post(url, data={**HEADING, **fields, "figures": figures_of(preview)})


def figures_of(preview: TestResponse) -> str:
    """The figures that a preview keeps."""
    found = re.search(r'name="figures" value="([^"]+)"', preview.get_data(as_text=True))
    assert found, words(preview)
    return html.unescape(found[1])


def words(response: TestResponse) -> str:
    """What the page says, without its frame."""
    page = response.get_data(as_text=True)
    main = page.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())
