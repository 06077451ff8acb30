"""The colours of the theme have enough contrast, and the bundled assets are complete."""

import hashlib
import json
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[3] / "vpt_regio" / "static"
STYLE = (STATIC / "css" / "vpt.css").read_text(encoding="utf-8")
COLOURS = {
    "white": "ffffff",
    **dict(re.findall(r"--vpt-([a-z0-9-]+): #([0-9a-f]{6});", STYLE)),
}
TEXT_PAIRS = [
    ("ink", "white"),
    ("ink", "grey"),
    ("ink", "amber-soft"),
    ("ink", "red-soft"),
    ("ink-soft", "white"),
    ("ink-soft", "blue-50"),
    ("ink-soft", "amber-soft"),
    ("white", "blue-500"),
    ("white", "blue-600"),
    ("blue-100", "blue-600"),
    ("blue-500", "white"),
    ("blue-500", "grey"),
    ("blue-500", "blue-50"),
    ("blue-500", "blue-100"),
    ("blue-500", "amber-soft"),
    ("blue-500", "red-soft"),
    ("blue-600", "blue-100"),
    ("ink", "blue-100"),
    ("ink", "blue-300"),
    ("white", "blue-700"),
    ("blue-700", "blue-50"),
    ("green", "green-soft"),
    ("amber", "amber-soft"),
    ("red", "red-soft"),
    ("red", "white"),
    ("white", "red"),
]
SHAPE_PAIRS = [
    ("line-strong", "white"),
    ("line-strong", "grey"),
    ("blue-400", "white"),
    ("amber", "white"),
    ("green", "white"),
    ("ink-soft", "white"),
]


def luminance(name: str) -> float:
    channels = [int(COLOURS[name][i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio. Source: WCAG 2.2, definition of contrast ratio."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("text", "back"), TEXT_PAIRS)
def test_text_stands_out(text: str, back: str) -> None:
    assert contrast(text, back) >= 4.5


@pytest.mark.parametrize(("shape", "back"), SHAPE_PAIRS)
def test_borders_stand_out(shape: str, back: str) -> None:
    assert contrast(shape, back) >= 3


def test_bundled_assets_are_complete() -> None:
    vendor = STATIC / "vendor"
    manifest = json.loads((vendor / "manifest.json").read_text(encoding="utf-8"))
    assert "vpt-vendor.css" in manifest
    for name, digest in manifest.items():
        assert hashlib.sha256((vendor / name).read_bytes()).hexdigest() == digest


def test_fonts_named_in_the_style_are_bundled() -> None:
    fonts = re.findall(r'url\("\.\./(vendor/fonts/[^"]+)"\)', STYLE)
    assert fonts
    assert all((STATIC / font).exists() for font in fonts)
