"""Compares the messages in code and templates with the English catalogue.

Dutch is the source text. `--update` writes new messages into the catalogue (to be translated by
hand); without it the exit status is 1 when a message is missing, fuzzy or untranslated, when a
translation has other placeholders than its source, or when the catalogue holds what is gone.
"""

import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "vpt_regio" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "N_": None,
    "_n": (1, 2),
    "lazy_gettext": None,
    "_l": None,
    "lazy_ngettext": (1, 2),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w*\}")


def source_messages() -> Catalog:
    """Return every translatable message of the application."""
    with (ROOT / "tools" / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    catalog = Catalog(project="VPT Regio", charset="utf-8")
    for filename, line, text, comments, context in extract_from_dir(
        str(ROOT), methods, options, KEYWORDS, comment_tags=("Translators:",)
    ):
        catalog.add(text, locations=[(filename, line)], auto_comments=comments, context=context)
    return catalog


def stored_messages() -> Catalog:
    """Return the English catalogue; an empty one when there is none yet."""
    if not CATALOGUE.exists():
        return Catalog(locale="en", project="VPT Regio", charset="utf-8")
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def problems(source: Catalog, stored: Catalog) -> list[str]:
    """Return one line for every message that is not rightly translated."""
    lines = []
    for message in source:
        if message.id:
            translated = stored.get(message.id, message.context)
            fault = _fault(message, translated)
            if fault:
                place = "{}:{}".format(*message.locations[0])
                lines.append(f"{place}: {fault}: {_text(message.id)}")
    gone = [m for m in stored if m.id and source.get(m.id, m.context) is None]
    return lines + [f"no longer in the source: {_text(m.id)}" for m in gone]


def _fault(message: Message, translated: Message | None) -> str | None:
    if translated is None:
        return "missing"
    if translated.fuzzy:
        return "fuzzy"
    texts = [translated.string] if isinstance(translated.string, str) else translated.string
    if not all(texts):
        return "not translated"
    wanted = set(PLACEHOLDER.findall(_text(message.id)))
    if any(set(PLACEHOLDER.findall(text)) - wanted for text in texts):
        return "other placeholders"
    return None


def _text(message_id: str | tuple[str, ...] | list[str]) -> str:
    return message_id if isinstance(message_id, str) else message_id[-1]


def update(source: Catalog, stored: Catalog) -> None:
    """Write the catalogue with the messages of the source; existing translations stay."""
    stored.update(source, no_fuzzy_matching=True)
    stored.obsolete.clear()
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, stored, width=100, omit_header=False, sort_output=True, no_location=True)


def main(arguments: list[str]) -> int:
    """Check or update the English catalogue."""
    source, stored = source_messages(), stored_messages()
    if arguments == ["--update"]:
        update(source, stored)
        return 0
    found = problems(source, stored)
    for line in found:
        print(line)
    print(f"{len(source)} messages, {len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
