"""Texts of the domain, and the days in them, follow the language of the page."""

from pathlib import Path

import pytest
from flask import Flask

from vpt_regio.domain.fuzzy_date import FuzzyDate
from vpt_regio.web import i18n
from vpt_regio.web.filters import vague

TRANSLATIONS = Path(i18n.__file__).resolve().parents[1] / "translations"


def make_app() -> Flask:
    app = Flask(__name__)
    # what is read of a language is kept for every application of this process
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    i18n.init_app(app)
    return app


@pytest.mark.parametrize(
    ("language", "shown"),
    [("nl", "1 maart 2012"), ("en", "1 March 2012")],
)
def test_a_day_in_words_follows_the_language(language: str, shown: str) -> None:
    app = make_app()
    with app.test_request_context(f"/?taal={language}"):
        assert i18n.in_language("1 maart 2012") == shown
        assert i18n.label("tot %(day)s", day="1 maart 2012") == f"tot {shown}"
        assert vague(FuzzyDate.parse("1 maart 2012")) == shown


def test_words_of_a_source_stay_as_they_were_written() -> None:
    app = make_app()
    with app.test_request_context("/?taal=en"):
        assert vague(FuzzyDate.parse("medio 2011")) == "medio 2011"
        assert i18n.in_language("01-03-2012") == "01-03-2012"
        assert i18n.in_language("") == ""
