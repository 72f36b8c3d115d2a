"""Classes of a gamma distributed trait against closed forms and values worked out with 30 digits."""

import hashlib
import itertools
import math
import struct

import pytest

from scorelab.tables.gamma import class_means, incomplete, log_gamma, quantile

MEANS = {  # shape -> {class: mean}, by root finding on the incomplete gamma function with 30 digits (mpmath)
    0.05: {0: 4.187630912594381e-37, 1: 8.782094355978212e-31, 31: 8.2660990153959976e-6, 63: 29.670683856211396},
    0.25: {0: 3.2185068196298291e-8, 1: 9.9773739031966811e-7, 31: 0.16376711175820072, 63: 11.603282145338973},
    3.0: {0: 0.12551394193563638, 1: 0.20027059813006055, 31: 0.88084770492202588, 63: 3.0283136133959815},
    100.0: {0: 0.7670076182108061, 1: 0.81068118454084027, 31: 0.99471560999024801, 63: 1.2689964935242761},
}


@pytest.mark.parametrize("shape", MEANS)
def test_known_means(shape: float) -> None:
    means = class_means(shape)
    for number, wanted in MEANS[shape].items():
        assert means[number] == pytest.approx(wanted, rel=1e-11)


def test_shape_one_by_hand() -> None:
    """The exponential distribution: integral of x exp(-x) from a to b is (a+1) exp(-a) - (b+1) exp(-b)."""
    edges = [-math.log(1 - i / 64) for i in range(64)]
    left = [(a + 1) * math.exp(-a) for a in edges] + [0.0]
    by_hand = [64 * (left[i] - left[i + 1]) for i in range(64)]
    assert class_means(1.0) == pytest.approx(by_hand, rel=1e-11)
    assert class_means(1.0)[63] == pytest.approx(1 + math.log(64), rel=1e-13)


@pytest.mark.parametrize("shape", [0.05, 0.1, 0.5, 1.0, 2.7, 10.0, 33.3, 100.0])
@pytest.mark.parametrize("classes", [2, 64])
def test_the_mean_is_exactly_one_and_the_order_rises(shape: float, classes: int) -> None:
    means = class_means(shape, classes)
    assert math.fsum(means) == classes
    assert len(means) == classes and means[0] > 0
    assert all(a < b for a, b in itertools.pairwise(means))


def test_small_shapes_mean_that_few_meet_most() -> None:
    """The share of the top sixteenth falls as the shape rises: would catch a shape read as its inverse."""
    top = [math.fsum(class_means(shape)[60:]) / 64 for shape in (0.1, 0.5, 2.0, 50.0)]
    assert top == sorted(top, reverse=True)
    assert top[0] > 0.5 and top[3] < 0.09


@pytest.mark.parametrize("k", [0.05, 0.7, 4.0, 101.0])
@pytest.mark.parametrize("p", [1 / 64, 0.3, 0.5, 63 / 64])
def test_quantile_and_incomplete_undo_each_other(k: float, p: float) -> None:
    """Both sides of b = k + 1, where the series gives way to the continued fraction."""
    assert incomplete(k, quantile(k, p)) == pytest.approx(p, rel=1e-12)


def test_functions_with_closed_forms() -> None:
    assert incomplete(1.0, 0.7) == pytest.approx(1 - math.exp(-0.7), rel=1e-14)
    assert incomplete(1.0, 5.0) == pytest.approx(1 - math.exp(-5), rel=1e-14)
    assert incomplete(0.5, 0.9) == pytest.approx(math.erf(math.sqrt(0.9)), rel=1e-14)
    assert incomplete(0.5, 9.0) == pytest.approx(math.erf(3), rel=1e-14)
    assert incomplete(2.0, 0.0) == 0.0
    assert log_gamma(0.5) == pytest.approx(math.log(math.pi) / 2, rel=1e-14)
    assert log_gamma(11.0) == pytest.approx(math.log(3628800), rel=1e-14)


@pytest.mark.parametrize("shape", [0.049, 100.1, 0.0, -1.0, math.nan])
def test_shapes_out_of_range_are_refused(shape: float) -> None:
    with pytest.raises(ValueError, match=r"between 0\.05 and 100"):
        class_means(shape)


def test_the_bits_are_pinned() -> None:
    values = [mean for shape in (0.05, 0.3, 1.0, 4.0, 100.0) for mean in class_means(shape)]
    assert hashlib.blake2b(struct.pack("<320d", *values), digest_size=8).hexdigest() == "32bf7c62b8580c5e"
