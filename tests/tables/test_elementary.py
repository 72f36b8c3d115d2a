"""exp, log and power: right to two units in the last place, and the same to the bit everywhere."""

import hashlib
import math
import struct
from statistics import NormalDist

import pytest

from scorelab.tables.elementary import exp, log, normal_quantile, power

EXP = {  # with 40 digits, rounded once by Python when it reads them
    1.0: "2.718281828459045235360287471352662497757",
    -1.0: "0.3678794411714423215955237701614608674458",
    0.5: "1.648721270700128146848650787814163571654",
    -0.1: "0.9048374180359595681413923842169355953091",
    1e-10: "1.000000000100000000005000003643386398581",
    0.34657359: "1.414213561977153905010102384803260626388",
    -0.3465736: "0.7071067743134503215841197255856919239896",
    10.0: "22026.46579480671651695790064528424436635",
    -37.25: "6.645544172915070539633280106185789357558e-17",
    700.0: "1.014232054735004509455329595231267615205e304",
    -700.0: "9.859676543759770856705372947849465105116e-305",
}
LOG = {
    2.0: "0.6931471805599453094172321214581765680755",
    0.5: "-0.6931471805599453094172321214581765680755",
    10.0: "2.302585092994045684017991454684364207601",
    1.0000001: "0.0000000999999950583870451775160996834544912303",
    0.9999999: "-0.0000001000000049473647432901626288320542707509",
    0.7071067811865475: "-0.3465735902799727433597753524873684720917",
    0.7071067811865476: "-0.3465735902799725863505294841098609396535",
    1e-300: "-690.7755278982137051803383445701005029086",
    1e300: "690.7755278982137052579021966605136811507",
    5e-324: "-744.4400719213812623141072984460816341131",
}
POWER = {
    (2.0, 0.5): "1.41421356237309504880168872420969807857",
    (0.3, 0.3): "0.6968453019359489317201781709289509367425",
    (10.0, -3.5): "0.000316227766016837933199889354443271853372",
    (7.5, 30.0): "178582090170014730345915410.2256434271112",
}


@pytest.mark.parametrize("x", EXP)
def test_exp(x: float) -> None:
    """At the ends of the range that the reduction leaves (half of log 2), and far out."""
    wanted = float(EXP[x])
    assert abs(exp(x) - wanted) <= 2 * math.ulp(wanted)


@pytest.mark.parametrize("x", LOG)
def test_log(x: float) -> None:
    """On both sides of 1 and of the seam at the root of one half, where the two parts of the sum nearly cancel."""
    wanted = float(LOG[x])
    assert abs(log(x) - wanted) <= 2 * math.ulp(wanted)


@pytest.mark.parametrize(("x", "y"), POWER)
def test_power(x: float, y: float) -> None:
    wanted = float(POWER[x, y])
    assert abs(power(x, y) / wanted - 1) < 3e-16 * (2 + abs(y * math.log(x)))


def test_the_edges() -> None:
    assert exp(0.0) == 1.0 and log(1.0) == 0.0
    assert exp(-1000.0) == 0.0
    assert power(0.0, 0.5) == 0.0 and power(0.0, 0.0) == 1.0 and power(3.0, 0.0) == 1.0 and power(1.0, 9.0) == 1.0


@pytest.mark.parametrize("call", [lambda: exp(709.5), lambda: exp(math.nan), lambda: exp(math.inf)])
def test_exp_refuses_what_it_cannot_say(call) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match="too large"):
        call()


@pytest.mark.parametrize("x", [0.0, -1.0, math.inf, math.nan])
def test_log_refuses_what_has_none(x: float) -> None:
    with pytest.raises(ValueError, match="undefined"):
        log(x)


def test_power_refuses_negative_numbers() -> None:
    with pytest.raises(ValueError, match="undefined"):
        power(-2.0, 0.5)
    with pytest.raises(ValueError, match="undefined"):
        power(0.0, -1.0)


def test_the_bits_are_pinned() -> None:
    """Would catch another order of operations, or a call that fell back to the machine's own library."""
    values = [exp(i * 0.37 - 30) for i in range(200)]
    values += [log(0.001 + i * 0.731) for i in range(200)]
    values += [power(0.01 * i, 0.3 + i * 0.01) for i in range(200)]
    assert hashlib.blake2b(struct.pack("<600d", *values), digest_size=8).hexdigest() == "4981b066fb57f69b"


@pytest.mark.parametrize("p", [2.0**-33, 1e-5, 0.02, 0.02425, 0.03, 0.3, 0.5, 0.9, 0.97575, 0.98, 1 - 2.0**-33])
def test_normal_quantile(p: float) -> None:
    """On both sides of each seam, and as far out as a word of 32 bits reaches."""
    assert normal_quantile(p) == pytest.approx(NormalDist().inv_cdf(p), rel=2e-9, abs=1e-15)
    assert normal_quantile(1 - p) == pytest.approx(-normal_quantile(p), rel=4e-9, abs=1e-15)


@pytest.mark.parametrize("p", [0.0, 1.0, -0.1, float("nan")])
def test_normal_quantile_of_no_chance_is_refused(p: float) -> None:
    with pytest.raises(ValueError, match="undefined"):
        normal_quantile(p)
