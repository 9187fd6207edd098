"""Responder Outcomes: response logs in, checkable numbers out. No Streamlit in this package."""

# The version of the product, as pyproject.toml says it; a figure that is cited carries it.
__version__ = "0.1.0"
