"""Attached files on their way in and out: read from a form, and handed out as they came."""

import io
from typing import Any

from flask import request, send_file
from flask.typing import ResponseReturnValue

from vpt_regio.models.applications import Attachment


def sent_file(form: Any) -> tuple[str, bytes]:
    """Return the name and the content of the `file` that came with a form."""
    file = form.file.data = request.files.get("file")
    if file is None:
        return "", b""
    content = file.read()
    file.close()
    return file.filename or "", content


def hand_out(attachment: Attachment) -> ResponseReturnValue:
    """Return a file to be saved: a browser never shows it as a page of this website."""
    return send_file(
        io.BytesIO(attachment.content),
        mimetype=attachment.content_type,
        as_attachment=True,
        download_name=attachment.file_name,
    )
