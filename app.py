"""What the server imports, its door; and what it runs for each reader, the router: page settings, navigation, run."""

from streamlit.starlette import App

if __name__ == "__main__":
    from pages.shell.navigation import open_page

    open_page()
else:
    from pages.shell.door import door
    from pages.shell.figure_routes import figure_routes
    from pages.shell.server_settings import read_settings

    # Streamlit finds this name in the file and serves it.
    app = App(__file__, middleware=door(read_settings()), routes=figure_routes(read_settings()))
