"""Bundles the style sheets and the font of the design system into vpt_regio/static/vendor.

The packages come from `npm ci`; nothing of theirs is kept in the repository. Their licences are
copied along, because the EUPL and the OFL ask for that.
"""

import hashlib
import json
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "vpt_regio" / "static" / "vendor"
FONT_PACKAGE = "@fontsource-variable/noto-sans"
TOKENS_PACKAGE = "@nl-design-system-unstable/voorbeeld-design-tokens"
FONTS = ("noto-sans-latin-wght-normal.woff2", "noto-sans-latin-ext-wght-normal.woff2")


def style_sheet(package: str) -> Path:
    """Return the style sheet that a package offers; raises FileNotFoundError when it has none."""
    dist = MODULES / package / "dist"
    short_name = package.rpartition("/")[2].removesuffix("-css")
    for name in ("index.min.css", "theme.css", f"{short_name}.css"):
        if (dist / name).exists():
            return dist / name
    raise FileNotFoundError(f"{package} has no style sheet in dist/")


def bundle(packages: list[str]) -> str:
    """Return the style sheets of the packages as one text, the design tokens first."""
    ordered = sorted(packages, key=lambda name: (name != TOKENS_PACKAGE, name))
    parts = []
    for package in ordered:
        text = style_sheet(package).read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if not line.startswith("/*# sourceMappingURL")]
        body = "\n".join(lines).partition("/*# sourceMappingURL")[0]
        parts.append(f"/* {package} */\n{body}\n")
    return '@charset "UTF-8";\n' + "".join(parts)


def copy_licence(package: str) -> None:
    """Copy the licence of a package next to the bundle, where the package has a file for it."""
    target = VENDOR / "licences" / (package.strip("@").replace("/", "-") + ".txt")
    target.parent.mkdir(exist_ok=True)
    for name in ("LICENSE", "LICENSE.md", "LICENSE.txt"):
        if (MODULES / package / name).exists():
            shutil.copyfile(MODULES / package / name, target)
            return
    declared = json.loads((MODULES / package / "package.json").read_text(encoding="utf-8"))
    target.write_text(f"{package}: {declared['license']}\n", encoding="utf-8")


def manifest() -> dict[str, str]:
    """Return the sha256 of every bundled file, by its path inside the vendor folder."""
    files = sorted(path for path in VENDOR.rglob("*") if path.is_file())
    return {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def main() -> int:
    """Build the vendor folder anew from node_modules."""
    declared = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    shutil.rmtree(VENDOR, ignore_errors=True)
    (VENDOR / "fonts").mkdir(parents=True)
    for package in declared:
        copy_licence(package)
    for font in FONTS:
        shutil.copyfile(MODULES / FONT_PACKAGE / "files" / font, VENDOR / "fonts" / font)
    style = bundle([package for package in declared if package != FONT_PACKAGE])
    (VENDOR / "vpt-vendor.css").write_text(style, encoding="utf-8")
    (VENDOR / "manifest.json").write_text(json.dumps(manifest(), indent=1) + "\n", encoding="utf-8")
    print(f"{len(declared)} packages, {len(style) // 1024} kB of style sheets")
    return 0


if __name__ == "__main__":
    sys.exit(main())
