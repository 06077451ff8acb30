"""The progress form of a region: filled with what is known, read back, and sent back with marks."""

from vpt_regio.workbooks.progress_form_book import form_file_name, write_progress_form
from vpt_regio.workbooks.progress_form_marks import mark_form
from vpt_regio.workbooks.progress_form_read import place_problems, read_progress_form
from vpt_regio.workbooks.progress_form_source import read_form_source

__all__ = [
    "form_file_name",
    "mark_form",
    "place_problems",
    "read_form_source",
    "read_progress_form",
    "write_progress_form",
]
