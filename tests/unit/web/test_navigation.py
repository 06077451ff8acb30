"""The menu: every page has its place in it."""

from flask import Flask

from vpt_regio.web.navigation import BELOW, ENTRIES

# pages for everybody, for applicants without an account, or none at all
OUTSIDE = {
    "health",
    "pages",
    "sign_in",
    "applicant",
    "applicant_documents",
    "applicant_pilots",
    "applicant_report_documents",
    "applicant_reports",
    "applicant_writing",
}


def test_every_page_stands_below_an_entry(app: Flask) -> None:
    places = {entry.blueprint for entry in ENTRIES}
    assert set(BELOW.values()) <= places
    assert not places & set(BELOW)
    assert set(app.blueprints) - OUTSIDE == places | set(BELOW)
