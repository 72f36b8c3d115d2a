"""A chart as an object: the same picture in a notebook, a report and a file."""

import copy
import functools
import json
import re
import textwrap
from dataclasses import dataclass
from typing import Any

VERSION = "6.4"
"""The Vega-Lite that draws; specs keep to what 5 and 6 share, since notebooks know the fifth."""
LINE = 100
"""Characters of a subtitle that have room above a picture; a longer line would take the room of the picture itself."""
MIME = "application/vnd.vegalite.v5+json"


@dataclass(frozen=True)
class Chart:
    """One picture: its name, what it shows (title, subtitle), the same in words (alt), and its Vega-Lite spec."""

    name: str
    title: str
    subtitle: str
    alt: str
    spec: dict[str, Any]

    def titled(self) -> dict[str, Any]:
        """The spec with title and subtitle in it, for places that give a picture none."""
        subtitle = textwrap.wrap(self.subtitle, LINE)
        return {**copy.deepcopy(self.spec), "title": {"text": self.title, "subtitle": subtitle}}

    def svg(self) -> str:
        """The picture as SVG, title and subtitle included."""
        return svg(self.titled())

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {MIME: self.titled(), "image/svg+xml": self.svg(), "text/plain": f"{self.title}. {self.alt}"}


def svg(spec: dict[str, Any]) -> str:
    """A Vega-Lite spec as SVG, drawn without a browser and without the network; equal specs give equal bytes."""
    return _svg(json.dumps(spec, sort_keys=True))


@functools.lru_cache(maxsize=64)
def _svg(text: str) -> str:
    import vl_convert

    drawing = str(vl_convert.vegalite_to_svg(json.loads(text), vl_version=VERSION))
    # Vega counts its names over all drawings of a process; here each drawing counts its own.
    names = {name: f"n{number}" for number, name in enumerate(dict.fromkeys(re.findall(r'\bid="([^"]+)"', drawing)), 1)}
    drawing = re.sub(r'\bid="([^"]+)"', lambda found: f'id="{names[found[1]]}"', drawing)
    return re.sub(r"url\(#([^)]+)\)", lambda found: f"url(#{names.get(found[1], found[1])})", drawing)


@functools.cache
def script() -> str:
    """The script that draws specs in a browser: an ES module that sets ``window.vegaEmbed`` and loads nothing."""
    import vl_convert

    return str(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;", vl_version=VERSION))
