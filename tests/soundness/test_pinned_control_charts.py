"""Conclusions of control charts that were wrong once: a season, a short month and growth called unusual."""

import numpy as np
from benchmark.control_charts import MONTH_DAYS, SHARE, VOLUME, World, found

from outcomes.statistics.control_chart import rate_chart


def test_a_season_does_not_cry_wolf():
    """Four rules of runs and single points gave a signal on 88 of 100 such charts."""
    for kind, level in ((SHARE, 0.1), (VOLUME, 200.0)):
        assert found(World(kind, level=level, season=0.1), 60)["any"] <= 6


def test_february_is_no_low_month():
    """400 a day are 1,200 fewer in February than in March, on a chart of counts a fall."""
    counts = [400 * MONTH_DAYS[month % 12] for month in range(60)]
    chart = rate_chart(counts, [MONTH_DAYS[month % 12] for month in range(60)])
    assert chart.signals == ()
    assert {point.value for point in chart.points} == {400.0}


def test_a_program_that_grows_is_not_called_unusual():
    """Growth of a fifth a year was a run of months above what the first two years made usual."""
    random = np.random.default_rng(6)
    counts = random.poisson(200 * (1 + 0.2 * np.arange(36) / 12)).tolist()
    chart = rate_chart(counts, [30] * 36)
    assert chart.signals == ()
    assert "still rise" in (chart.segments[-1].reason or "")
