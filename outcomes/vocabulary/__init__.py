"""Closed lists, and the words that readers see for them."""
