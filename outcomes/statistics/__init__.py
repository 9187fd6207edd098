"""Intervals, quantiles and comparisons of counts, each with its published source."""
