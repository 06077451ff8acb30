"""The small programme, and its workbook as a reader opens it."""

import openpyxl
import pytest
from flask import Flask

from tests.factories.half_year import HalfYear
from tests.integration.workbooks_half_year.reading import make, read, written


@pytest.fixture
def half_year(context: Flask) -> HalfYear:
    return make()


@pytest.fixture
def book(half_year: HalfYear) -> openpyxl.Workbook:
    return read(written(half_year))
