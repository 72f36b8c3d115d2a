"""Write page/LICENSES.txt: the licences of the packages whose code is in the bundle, as their authors wrote them.

Which packages these are is known by their names: the editor, the pictures and the framework, with what they need. Tools
that only build the page leave nothing in it.
"""

import json
from pathlib import Path

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "src" / "scorelab" / "explorer" / "page"
BUNDLED = ("@codemirror/", "@lezer/", "@marijn/", "svelte", "vega", "d3-", "topojson-client")
ALONE = {
    *("style-mod", "w3c-keyname", "crelt", "clsx", "esm-env", "internmap", "delaunator", "robust-predicates"),
    *("json-stringify-pretty-compact", "fast-json-patch", "semver", "tslib", "fast-deep-equal"),
}
APART = {"svelte-check"}


def bundled() -> list[Path]:
    """The folders of the packages, by name."""
    places = [path.parent for path in (HERE / "node_modules").glob("*/package.json")]
    places += [path.parent for path in (HERE / "node_modules").glob("@*/*/package.json")]
    named = {place.relative_to(HERE / "node_modules").as_posix(): place for place in places}
    return [
        named[name]
        for name in sorted(named)
        if name not in APART and (name in ALONE or any(name.startswith(word) for word in BUNDLED))
    ]


def told(place: Path) -> str:
    """What a package says of itself and of its licence."""
    said = json.loads((place / "package.json").read_text(encoding="utf-8"))
    texts = sorted(path for path in place.iterdir() if path.name.upper().startswith(("LICENSE", "LICENCE", "COPYING")))
    text = texts[0].read_text(encoding="utf-8").strip() if texts else f"Licence: {said.get('license', 'not stated')}"
    return f"{said['name']} {said['version']} ({said.get('license', 'see below')})\n\n{text}\n"


if __name__ == "__main__":
    rule = "\n" + "-" * 80 + "\n\n"
    (PAGE / "LICENSES.txt").write_text(rule.join(map(told, bundled())), encoding="utf-8")
