"""What a submitted report says, as plain values that are kept word for word."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from vpt_regio.models.periods import ProgressReport
from vpt_regio.queries.report_measurements import agreement_lines, content_of
from vpt_regio.queries.reports import figures, titles_of


def submitted_content(report: ProgressReport) -> dict[str, Any]:
    """Return everything a report says, as plain values: texts, progress, money, measurements."""
    numbers = figures(report.region_id, report.period)
    titles = titles_of(row.activity_id for row in report.activities)
    return {
        "region": {"code": report.region.code, "name": report.region.name},
        "period": {
            "code": report.period.code,
            "starts_on": report.period.starts_on.isoformat(),
            "ends_on": report.period.ends_on.isoformat(),
        },
        "submitted_on": report.submitted_on.isoformat() if report.submitted_on else None,
        "results": report.results,
        "obstacles": report.obstacles,
        "outlook": report.outlook,
        "rag": report.rag,
        "rag_explanation": report.rag_explanation,
        "spent_cents": numbers.spent_cents,
        "hours_quarters": numbers.quarters,
        "hours_norm": None if numbers.norm is None else str(numbers.norm),
        "activities": [
            {
                "number": row.activity.number,
                "title": titles.get(row.activity_id, ""),
                "status": row.status,
                "percent": row.percent,
                "result": row.result,
                "obstacle": row.obstacle,
                "next_step": row.next_step,
                "spent_cents": numbers.spent_on(row.activity_id),
            }
            for row in sorted(report.activities, key=lambda row: row.activity.number)
        ],
        "agreements": [
            content_of(line.told) for line in agreement_lines(report.region_id, report.period)
        ],
    }


def content_hash(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 over the canonical JSON of what was submitted."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
