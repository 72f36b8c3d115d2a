"""Numbers as people write them: a wrong advice may be wrong by a factor of a thousand."""

import pytest

from scorelab.spec.decimals import readings


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("0,001", ["0.001"]), ("0,5", ["0.5"]), ("12,5", ["12.5"]), ("1,23", ["1.23"]), ("1,2345", ["1.2345"]),
        ("-0,25", ["-0.25"]), ("1,234", ["1234", "1.234"]), ("-12,345", ["-12345", "-12.345"]),
        ("1234,567", ["1234.567"]), ("1,234,567", ["1234567"]), ("1,234.5", ["1234.5"]), ("1.234,5", ["1234.5"]),
        ("20 %", ["0.2"]), ("12,5%", ["0.125"]), ("0,5 %", ["0.005"]), ("25_000", ["25000"]), ("\u22120.5", ["-0.5"]),
        ("1,23,456", []), ("0,001,5", []), ("twelve", []), ("", []), ("%", []), (",", []), ("1,", []), (",5", []),
        ("1" * 40, []),
    ],
)  # fmt: skip
def test_a_number_has_the_readings_that_a_reader_would_give_it(text: str, meant: list[str]) -> None:
    assert readings(text) == meant


@pytest.mark.parametrize(("text", "meant"), [("1,234", ["1234"]), ("26,5", []), ("26,0", ["26"]), ("0,001", [])])
def test_a_whole_number_has_whole_readings(text: str, meant: list[str]) -> None:
    assert readings(text, whole=True) == meant
