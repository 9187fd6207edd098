"""Streamlit of one page each, named as the page."""
