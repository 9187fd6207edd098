"""Text reaches Markdown through one door: what a page says is a constant, a number, or has gone through pages/shell/markdown.py."""

import ast
from pathlib import Path

from source_tree import modules, tree

DOOR = "pages.shell.markdown"
# What of the door gives text that is safe, and a table of it.
SAFE = (
    "escape_markdown",
    "escape_but_bold",
    "bullets",
    "link",
    "with_links",
)
# What Streamlit reads as Markdown, by the name of its function: what stands first, and these words.
READS_MARKDOWN = (
    *(
        "markdown",
        "caption",
        "write",
        "title",
        "header",
        "subheader",
        "text",
        "latex",
        "badge",
        "metric",
    ),
    *("info", "warning", "error", "success", "toast", "exception", "progress", "spinner", "status"),
    *(
        "button",
        "download_button",
        "link_button",
        "checkbox",
        "toggle",
        "radio",
        "selectbox",
        "popover",
    ),
    *(
        "multiselect",
        "segmented_control",
        "pills",
        "slider",
        "select_slider",
        "text_input",
        "text_area",
    ),
    *(
        "number_input",
        "date_input",
        "time_input",
        "file_uploader",
        "expander",
        "tabs",
        "table",
        "image",
    ),
    *(
        "feedback",
        "camera_input",
        "color_picker",
        "chat_message",
        "chat_input",
        "form_submit_button",
    ),
)
WORDS = ("label", "help", "body", "text", "caption", "options", "captions")
# Options that Streamlit reads as Markdown; those of a selectbox and a multiselect are plain.
PLAIN_OPTIONS = ("selectbox", "multiselect", "select_slider")
# Who may write HTML; each escapes what is in it. This list may only shrink.
HTML_WRITERS = (
    "pages.shell.exhibit",
    "pages.shell.show",
    "pages.shell.styles",
    "pages.shell.tables",
    # What its buttons copy is escaped; its script is a constant.
    "pages.shell.copy_buttons",
    "pages.panels.claims",
    "pages.panels.officer_time",
    "pages.panels.published",
)
# Markdown that is ours word for word: chapters of Methods, the button's name, kinds of charts. It may only shrink.
OURS = {
    "pages.panels.methods": ("metric_text(metric)", "text"),
    "pages.panels.upload.trial": ("button", "quiet"),
    "pages.shell.exhibit": ("[exhibit.charts[0].kind, 'Table']",),
    "pages.panels.growth_filters": ("list(MEASURES)",),
    # Words of an address; what is shown of each is escaped.
    "pages.shell.selection_bar": ("list(PERIODS)", "words"),
    "pages.panels.scene_outcomes": ("exhibits.GROUP_LIMITS",),
}


def is_safe(node: ast.AST, names: set[str]) -> bool:
    """Whether a text is a constant, a number, or has gone through the door, as far as the source tells."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.Name):
        return node.id in names or node.id.isupper()
    if isinstance(node, ast.JoinedStr):
        return all(is_safe(part, names) for part in node.values)
    if isinstance(node, ast.FormattedValue):
        # A number or a date: nobody else's text has a format.
        return node.format_spec is not None or is_safe(node.value, names)
    if isinstance(node, ast.Call):
        called = node.func
        if isinstance(called, ast.Attribute) and called.attr == "join":
            return is_safe(called.value, names) and all(is_safe(each, names) for each in node.args)
        return isinstance(called, ast.Name) and called.id in (*SAFE, "len")
    if isinstance(node, ast.IfExp):
        return is_safe(node.body, names) and is_safe(node.orelse, names)
    if isinstance(node, ast.BoolOp):
        return all(is_safe(each, names) for each in node.values)
    if isinstance(node, ast.BinOp):
        return is_safe(node.left, names) and is_safe(node.right, names)
    if isinstance(node, ast.List | ast.Tuple):
        return all(is_safe(each, names) for each in node.elts)
    if isinstance(node, ast.GeneratorExp | ast.ListComp):
        return is_safe(node.elt, names)
    return False


def safe_names(function: ast.AST) -> set[str]:
    """Names that a function gives safe texts alone."""
    given: dict[str, list[ast.AST]] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                for name in ast.walk(target):
                    if isinstance(name, ast.Name):
                        is_whole = isinstance(target, ast.Name)
                        given.setdefault(name.id, []).append(node.value if is_whole else ast.Pass())
        elif isinstance(node, ast.For | ast.comprehension | ast.AugAssign | ast.NamedExpr):
            for name in ast.walk(node.target):
                if isinstance(name, ast.Name):
                    given.setdefault(name.id, []).append(ast.Pass())
    safe: set[str] = set()
    for _ in given:
        safe = {name for name, values in given.items() if all(is_safe(v, safe) for v in values)}
    return safe


def texts_of(call: ast.Call) -> list[ast.AST]:
    """What Streamlit would read as Markdown of a call."""
    named = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    if named not in READS_MARKDOWN:
        return []
    words = [word for word in WORDS if not (word == "options" and named in PLAIN_OPTIONS)]
    found: list[ast.AST] = [word.value for word in call.keywords if word.arg in words]
    found += call.args[:1] if named != "progress" else []
    if named in ("radio", "segmented_control", "pills"):
        found += call.args[1:2]
    return found


def unsafe_texts(root: Path) -> list[str]:
    found = []
    for name, path in sorted(modules(root).items()):
        if not name.startswith("pages") or name == DOOR:
            continue
        source = tree(path)
        functions = [n for n in ast.walk(source) if isinstance(n, ast.FunctionDef)]
        inside = {call: f for f in functions for call in ast.walk(f) if isinstance(call, ast.Call)}
        for call in (node for node in ast.walk(source) if isinstance(node, ast.Call)):
            if not is_streamlits(call):
                continue
            names = safe_names(inside.get(call, source))
            place = f"{path.relative_to(root).as_posix()}:{call.lineno}"
            found += [
                f"{place} shows [{ast.unparse(text)[:60]}], which has not gone through {DOOR}"
                for text in texts_of(call)
                if not is_safe(text, names) and ast.unparse(text) not in OURS.get(name, ())
            ]
            if ast.unparse(call.func).endswith(".html") and name not in HTML_WRITERS:
                found.append(f"{place} writes HTML")
            if any(word.arg == "unsafe_allow_html" for word in call.keywords):
                found.append(f"{place} lets HTML into Markdown")
    return found


def is_streamlits(call: ast.Call) -> bool:
    """Whether a call is one of Streamlit's that draw: of st, or of a part of the page."""
    return isinstance(call.func, ast.Attribute) and (
        ast.unparse(call.func.value).startswith(("st", "sides", "bar", "column", "tab"))
    )


def test_text_reaches_markdown_through_the_door_alone(keeps):
    start = "import streamlit as st\n"
    keeps(
        unsafe_texts,
        {"pages/panels/growth.py": f"{start}def a(row):\n    st.markdown(row['name'])"},
        {"pages/panels/growth.py": f"{start}def a(name):\n    st.caption(f'of {{name}}')"},
        {"pages/panels/growth.py": f"{start}def a(name):\n    st.selectbox('a', [], help=name)"},
        {"pages/panels/growth.py": f"{start}def a(name):\n    st.expander(name)"},
        {"pages/panels/growth.py": f"{start}def a(name):\n    b = name\n    st.info(b)"},
        {
            "pages/panels/growth.py": f"{start}def a(name):\n    b = 'x'\n    b = name\n    st.info(b)"
        },
        {"pages/panels/growth.py": f"{start}def a(rows):\n    st.table(rows)"},
        {"pages/panels/growth.py": f"{start}def a(rows):\n    st.radio('a', rows)"},
        {"pages/panels/growth.py": f"{start}def a(rows):\n    st.markdown(', '.join(rows))"},
        {
            "pages/panels/growth.py": f"{start}def a(rows):\n    st.markdown('b', unsafe_allow_html=True)"
        },
        {"pages/shell/page.py": f"{start}def a(text):\n    st.html(text)"},
        {"pages/growth.py": f"{start}st.title(page.name)"},
        allowed={
            "pages/panels/growth.py": f"{start}def a(name, count):\n    b = escape_markdown(name)\n"
            "    st.markdown(f'{b}: {count:,}')\n    st.caption('ours')",
        },
    )


def stars_in_sentences(root: Path) -> list[str]:
    """Texts of the core with bold as Markdown writes it, which a name could write too; Methods has no names in it."""
    found = []
    for name, path in sorted(modules(root).items()):
        if not name.startswith("outcomes.") or name.startswith("outcomes.analyses.methods"):
            continue
        alone = {node.value for node in ast.walk(tree(path)) if isinstance(node, ast.Expr)}
        found += [
            f"{path.relative_to(root).as_posix()}:{node.lineno} writes [**]; use BOLD of outcomes.vocabulary.bold"
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and "**" in node.value
            and node not in alone
        ]
    return found


def test_bold_in_the_core_is_a_mark_that_no_name_can_bring(keeps):
    start = '"""A module."""\n'
    keeps(
        stars_in_sentences,
        {"outcomes/analyses/growth/text.py": f"{start}def a(name):\n    return f'**{{name}}**'\n"},
        {
            "outcomes/packet/slides.py": f"{start}def a(words):\n    return words.replace('**', '')\n"
        },
        allowed={
            "outcomes/analyses/growth/text.py": f"{start}def a(name, b):\n    return f'{{BOLD}}{{name ** b}}{{BOLD}}'\n"
        },
    )
