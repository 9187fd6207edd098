"""The server's door: who may ask, which addresses answer, the headers that every answer has, whose a download is."""

import base64
import hashlib
import re
import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse
from streamlit import config, file_util
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from outcomes.settings import Settings
from outcomes.store.figure_files import ADDRESS
from pages.shell.copy_buttons import COPY_SCRIPT
from pages.shell.server_settings import is_loopback, listens_here_alone

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Served = Callable[[Scope, Receive, Send], Awaitable[None]]

# What the pages need of the server's own addresses; metrics, agents, log-in and components are closed.
OPEN_ADDRESSES = ("_stcore/health", "_stcore/host-config", "_stcore/stream")
UPLOADS, FILES = "_stcore/upload_file/", "media/"
CLOSED = ("_stcore/", "component/", "app/static/", "auth/", "oauth2callback")
VISITOR_COOKIE = "outcomes_visitor"
VISITOR = re.compile(r"[0-9a-f]{32}")
# A figure that was cited, and its files.
FIGURES, FIGURE_FILE = (
    "figure",
    re.compile(rf"{ADDRESS.pattern}(-\d{{1,2}})?(\.[a-z]{{3,4}}){{0,2}}"),
)
# So many visitors are remembered, and so many files of each, the newest.
MOST_VISITORS, MOST_FILES = 2_000, 300
POLICY_VIOLATION = 1008
FIRST_PAGE = "overview"


def door(settings: Settings) -> list[Middleware]:
    """The door as what a Streamlit app takes to stand before it."""
    return [Middleware(Door, settings=settings)]


class Door:
    """An ASGI app before another: it refuses with one sentence what it does not let in."""

    def __init__(self, app: Served, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._headers = security_headers(settings)
        self._files: OrderedDict[str, OrderedDict[str, None]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        visitor = _visitor(headers)
        refusal = self._refusal(scope, headers, visitor)
        if scope["type"] == "websocket":
            await self._answer_socket(scope, receive, send, visitor, refusal)
        elif not refusal and not _path(scope):
            await RedirectResponse(_first_page(scope))(scope, receive, send)
        else:
            await self._answer(scope, receive, self._dressed(send, scope, visitor), refusal)

    async def _answer(
        self, scope: Scope, receive: Receive, send: Send, refusal: tuple[int, str] | None
    ) -> None:
        if refusal:
            status, sentence = refusal
            await PlainTextResponse(sentence, status)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _answer_socket(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
        visitor: str,
        refusal: tuple[int, str] | None,
    ) -> None:
        if refusal:
            await send({"type": "websocket.close", "code": POLICY_VIOLATION, "reason": refusal[1]})
            return

        async def remembering(message: Message) -> None:
            data = message.get("bytes")
            if visitor and data and b"/media/" in data:
                self._remember(visitor, file_named(data))
            await send(message)

        await self._app(_with_own_host(scope), receive, remembering)

    def _refusal(self, scope: Scope, headers: Headers, visitor: str) -> tuple[int, str] | None:
        """Status and sentence for what is not let in; None where it is."""
        host, origin = headers.get("host", ""), headers.get("origin")
        if listens_here_alone() and not self._is_ours(host):
            return 421, (
                f"Expected the address of this server, found [{host[:100]}]; set OUTCOMES_PUBLIC_ADDRESS to the "
                "address at which readers find the pages."
            )
        is_read = scope["type"] == "http" and scope["method"] in ("GET", "HEAD", "OPTIONS")
        if not is_read and not self._is_own_origin(origin, host):
            return 403, (
                f"Expected a page of this server to ask, found [{(origin or 'none')[:100]}]; open the pages at "
                "their own address."
            )
        path = _path(scope)
        if not self._is_open(path):
            return (
                404,
                f"Expected an address of the pages, found [/{path[:100]}]; begin at the first page.",
            )
        if path.startswith(FILES) and path.removeprefix(FILES) not in self._files.get(visitor, ()):
            return 404, (
                "Expected a file that was made for this reader, found [another's, or one that is gone]; download it "
                "from the page again."
            )
        return None

    def _is_ours(self, host: str) -> bool:
        public = urlsplit(self._settings.public_address)
        return is_loopback(urlsplit(f"//{host}").hostname or "") or host == public.netloc

    def _is_own_origin(self, origin: str | None, host: str) -> bool:
        if not origin:
            return False
        asked, public = urlsplit(origin), urlsplit(self._settings.public_address)
        is_public = bool(public.netloc) and asked[:2] == public[:2]
        return bool(asked.netloc) and (asked.netloc == host or is_public)

    def _is_open(self, path: str) -> bool:
        if path.startswith(UPLOADS):
            return bool(self._settings.load_page)
        if is_figure(path):
            return bool(FIGURE_FILE.fullmatch(path.removeprefix(f"{FIGURES}/")))
        return path in OPEN_ADDRESSES or not any(
            path.startswith(closed) or f"/{closed}" in path for closed in CLOSED
        )

    def _remember(self, visitor: str, name: str) -> None:
        """Keep that a file was offered to a visitor; what is oldest is forgotten."""
        if not name:
            return
        files = self._files.setdefault(visitor, OrderedDict())
        self._files.move_to_end(visitor)
        files[name] = None
        files.move_to_end(name)
        if len(files) > MOST_FILES:
            files.popitem(last=False)
        if len(self._files) > MOST_VISITORS:
            self._files.popitem(last=False)

    def _dressed(self, send: Send, scope: Scope, visitor: str) -> Send:
        """The sender with the headers put on, and a visitor's mark for one who has none."""

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers[name] = value
                if _path(scope).startswith(FILES):
                    headers["Cache-Control"] = "private"
                elif is_figure(_path(scope)):
                    # A figure knows no visitors, also not those of the site that shows it.
                    pass
                elif not visitor and headers.get("Content-Type", "").startswith("text/html"):
                    headers.append("Set-Cookie", self._cookie(scope))
            await send(message)

        return dressed

    def _cookie(self, scope: Scope) -> str:
        is_safe = (scope.get("scheme"), urlsplit(self._settings.public_address).scheme)
        marks = "; Path=/; HttpOnly; SameSite=Lax" + ("; Secure" if "https" in is_safe else "")
        if self._settings.frame_ancestors:
            # In a frame of another site no browser sends any other cookie, and this one over https alone.
            marks = "; Path=/; HttpOnly; SameSite=None; Secure; Partitioned"
        return f"{VISITOR_COOKIE}={secrets.token_hex(16)}{marks}"


def security_headers(settings: Settings) -> dict[str, str]:
    """The headers of every answer: nothing from another host, and frames of those alone that a setting names."""
    inline = " ".join(_inline_scripts())
    framed_by = settings.frame_ancestors or "'none'"
    # Streamlit's own styles are put in while it runs; pictures and scripts of others, frames and plug-ins are not.
    policy = {
        "default-src": "'self'",
        "script-src": f"'self' {inline}".strip(),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "frame-src": "'none'",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": framed_by,
    }
    headers = {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    return headers if settings.frame_ancestors else {**headers, "X-Frame-Options": "DENY"}


def is_figure(path: str) -> bool:
    """Whether an address is one of figures, be it well written or not."""
    return path == FIGURES or path.startswith(f"{FIGURES}/")


def file_named(data: bytes) -> str:
    """Name of the file that a message to the browser offers, the window's picture too; empty where it offers none.

    Only the fields that hold an address are read, so that no text on a page can stand for one.
    """
    message = ForwardMsg()
    message.ParseFromString(data)
    addresses = (
        message.delta.new_element.download_button.url,
        message.page_config_changed.favicon,
        message.backend_operation_response.deferred_file.url,
    )
    found = next((address for address in addresses if address.startswith("/media/")), "")
    return found.removeprefix("/media/")


def _inline_scripts() -> list[str]:
    """What allows the scripts of Streamlit's own first page and the one that copies, and no others: their hashes."""
    page = (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8")
    scripts = [*re.findall(r"<script>(.*?)</script>", page, re.DOTALL), COPY_SCRIPT]
    hashes = (hashlib.sha256(script.encode()).digest() for script in scripts)
    return [f"'sha256-{base64.b64encode(found).decode()}'" for found in hashes]


def _visitor(headers: Headers) -> str:
    found = cookie_parser(headers.get("cookie", "")).get(VISITOR_COOKIE, "")
    return found if VISITOR.fullmatch(found) else ""


def _first_page(scope: Scope) -> str:
    """The first page's address as seen from the server's own, with what that one asks for: every page has its name."""
    folder = "" if scope["path"].endswith("/") else f"{scope['path'].rpartition('/')[2]}/"
    query = scope["query_string"].decode("latin-1")
    return f"{folder}{FIRST_PAGE}{'?' if query else ''}{query}"


def _path(scope: Scope) -> str:
    """The address without the server's base path and its first stroke."""
    base = str(config.get_option("server.baseUrlPath") or "").strip("/")
    path = str(scope["path"]).lstrip("/")
    return path.removeprefix(f"{base}/") if base else path


def _with_own_host(scope: Scope) -> Scope:
    """The request as one to the host that its origin names, which the door has found to be this server.

    Streamlit holds one against the other, and asks an outside service for its own address where they differ.
    """
    origin = urlsplit(Headers(scope=scope)["origin"]).netloc
    kept = [(name, value) for name, value in scope["headers"] if name != b"host"]
    return {**scope, "headers": [*kept, (b"host", origin.encode("latin-1"))]}
