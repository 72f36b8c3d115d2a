"""What was meant by a number that YAML does not read as one: with a comma, thousands apart, or in percent."""

import re

_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?")
_THOUSANDS_BY_POINT = re.compile(r"-?[1-9][0-9]{0,2}(\.[0-9]{3})+,[0-9]+")
_COMMA = re.compile(r"-?[0-9]+,[0-9]+")
_PLAIN = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,12})?")


def readings(text: str, *, whole: bool = False) -> list[str]:
    """The numbers that a text may stand for, the likeliest first; none where it is no number. ``whole``: only integers.

    ``0,001`` can only be 0.001 and ``12,5`` only 12.5, but ``1,234`` is 1234 to one reader and 1.234 to the next.
    """
    percent = text.strip().endswith("%")
    bare = text.strip().removesuffix("%").strip().replace("_", "").replace("\u2212", "-")
    meant: list[str] = []
    if _THOUSANDS.fullmatch(bare):
        meant.append(bare.replace(",", ""))
    if _THOUSANDS_BY_POINT.fullmatch(bare):
        meant.append(bare.replace(".", "").replace(",", "."))
    if _COMMA.fullmatch(bare):
        meant.append(bare.replace(",", "."))
    if not meant:
        meant.append(bare)
    numbers = [float(word) / 100 if percent else float(word) for word in meant if _PLAIN.fullmatch(word)]
    return [f"{number:.12g}" for number in numbers if not whole or number == int(number)]


def written(text: str, *, whole: bool = False) -> str:
    """``; write it as x``, ``; write it as x or, with a decimal point, as y``, or nothing."""
    meant = readings(text, whole=whole)
    if not meant:
        return ""
    return f"; write it as {meant[0]}" + (f" or, if the comma is a decimal one, as {meant[1]}" if meant[1:] else "")
