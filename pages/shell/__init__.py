"""The only Streamlit code that pages share: navigation, frame, selection bar, fetch and show."""
