"""Demand and coverage by hour of the week and area."""
