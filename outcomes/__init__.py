"""Responder Outcomes: response logs in, checkable numbers out. No Streamlit in this package."""

__version__ = "0.1.0"
