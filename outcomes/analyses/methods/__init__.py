"""The methods document."""
