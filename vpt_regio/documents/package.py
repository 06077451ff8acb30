"""The container of a Word document, written so that equal parts give equal bytes."""

import io
import zipfile
from collections.abc import Mapping

# the first moment that a zip can hold: when a document was packed says nothing
MOMENT = (1980, 1, 1, 0, 0, 0)
TYPES = "[Content_Types].xml"


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Return a container of the parts: the list of types first, then by name."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda part: (part != TYPES, part)):
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            # as made on any system alike
            entry.create_system = 0
            archive.writestr(entry, parts[name])
    return target.getvalue()


def unpack(content: bytes) -> dict[str, bytes]:
    """Return the parts of a container by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
