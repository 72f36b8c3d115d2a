"""What the table of published figures must be able to do: tell the model from a wrong one."""

from verification.figures.table import SETTINGS, judge, told_apart


def test_a_deliberately_wrong_model_misses_a_held_out_figure_that_the_model_meets() -> None:
    """Catches figures that any model would meet; the wrong one knows no lasting differences and never forgets."""
    assert [one.target.name for one in told_apart(judge(0, only="Spain"))] != []


def test_every_figure_has_one_name_and_every_ablation_a_figure() -> None:
    names = [target.name for setting in SETTINGS for target in setting.targets]
    assert len(names) == len(set(names))
    for setting in SETTINGS:
        assert set(setting.ablations) == {target.name for target in setting.targets if target.ablation}
