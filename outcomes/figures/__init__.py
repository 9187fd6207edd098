"""Plotly figures from answers. Everything in a figure reaches the browser, so figures see only answers."""
