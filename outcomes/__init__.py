"""Responder Outcomes: response logs in, checkable numbers out. No Streamlit in this package."""
