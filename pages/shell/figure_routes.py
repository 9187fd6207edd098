"""Figures that were cited, served without Streamlit: the page at /figure/ADDRESS, its files, and what a site can show in a frame."""

import hashlib
import re
from functools import lru_cache
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from streamlit import config

from outcomes import __version__
from outcomes.figures.files import FILES, PICTURES, WIDTHS, file_of
from outcomes.figures.page import LivePage, embedded_page, figure_page
from outcomes.figures.record import FigureProblem, FigureRecord, read_record
from outcomes.figures.since import Since, cannot, not_compared, since
from outcomes.registry.database import live_registry
from outcomes.registry.read import RegistryProblem
from outcomes.settings import Settings
from outcomes.store.figure_files import ADDRESS, address_of, find_figure
from outcomes.store.problem import StoreProblem
from outcomes.store.snapshot import shown_snapshot
from outcomes.vocabulary.log import View
from pages.shell.navigation import PAGES, REGISTRY, PageEntry

NAME = re.compile(
    rf"(?P<address>{ADDRESS.pattern})(?:-(?P<place>\d{{1,2}}))?(?:\.(?P<ending>[a-z.]{{3,8}}))?"
)
METHODS = ("GET", "HEAD")
# Files never change; the page tells what has changed since, and is asked for anew.
FOR_EVER, ANEW = "max-age=31536000, immutable", "no-cache"
# Pictures that are kept in memory, the newest: to draw one takes a third of a second.
KEPT_PICTURES = 50
# What has changed since is kept for so many figures: it can take a second to ask.
KEPT_SINCE = 500
# Files whose text holds the address of the pages, which may change.
WITH_ADDRESS = ("bib", "csl.json")
_made = lru_cache(KEPT_PICTURES)(file_of)
ALL_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def figure_routes(settings: Settings) -> list[Route]:
    """The routes of figures, under the server's base path as the pages are."""
    base = str(config.get_option("server.baseUrlPath") or "").strip("/")
    served = FigureRoutes(settings, f"/{base}" if base else "")
    path = f"{served.base}/figure/{{name:path}}"
    return [Route(path, served.answer, methods=list(ALL_METHODS))]


class FigureRoutes:
    """Answers whoever asks for a figure; on a server for the public there are figures of the public view alone."""

    def __init__(self, settings: Settings, base: str) -> None:
        self.base = base
        self._settings = settings
        # What has changed since, by address and live snapshot, neither of which ever changes.
        self._since_told: dict[tuple[str, str], Since] = {}
        # On a server that has the program view, whoever reaches it sees its pages, and its figures with them.
        self._views = (View.PUBLIC,) if settings.public_only else (View.PUBLIC, View.PROGRAM)

    def answer(self, request: Request) -> Response:
        """The page, a file, or a refusal in one sentence."""
        if request.method not in METHODS:
            return PlainTextResponse(
                f"Expected to be asked for a figure, found [{request.method}]; figures can be read and not changed.",
                405,
                {"Allow": ", ".join(METHODS)},
            )
        name = str(request.path_params["name"])
        asked = NAME.fullmatch(name)
        try:
            kept = (
                find_figure(self._settings.store, asked["address"], self._views) if asked else None
            )
            if asked is None or kept is None:
                return _not_found(name)
            view, content = kept
            whose = "public" if view is View.PUBLIC else "private"
            if asked["ending"]:
                return self._file(request, asked, content, whose)
            if asked["place"]:
                return _not_found(name)
            return HTMLResponse(
                self._page(request, content), headers={"Cache-Control": f"{whose}, {ANEW}"}
            )
        except StoreProblem:
            # Where it lies on the disk is for those who run the server: verify tells them.
            sentence = "Expected the figure as it was kept, found [another file in its place]; tell those who run this server."
            return PlainTextResponse(sentence, 500, {"Cache-Control": "no-store"})
        except FigureProblem as problem:
            return PlainTextResponse(str(problem), 404, {"Cache-Control": "no-store"})

    def _page(self, request: Request, content: bytes) -> str:
        root = self._root(request)
        if "embed" in request.query_params:
            return embedded_page(content, root)
        record = read_record(content)
        entry = next((each for each in PAGES if each.name == record.page), None)
        return figure_page(
            content, root, self._since(address_of(content), record, entry), _live(record, entry)
        )

    def _since(self, address: str, record: FigureRecord, entry: PageEntry | None) -> Since:
        try:
            if entry is not None and entry.reads == REGISTRY:
                return not_compared(record, live_registry().name)
            snapshot, _ = shown_snapshot(self._settings.store)
            key = address, snapshot.name
            told = self._since_told.get(key)
            if told is None:
                told = self._since_told[key] = since(record, snapshot, self._settings.rule)
                # What is oldest is asked again.
                for oldest in list(self._since_told)[:-KEPT_SINCE]:
                    self._since_told.pop(oldest, None)
            return told
        except (StoreProblem, RegistryProblem):
            return cannot()

    def _file(self, request: Request, asked: re.Match[str], content: bytes, whose: str) -> Response:
        address, ending = asked["address"], asked["ending"]
        place = int(asked["place"] or 1) - 1
        bare = request.query_params.get("bare", "")
        if ending not in FILES or place < 0 or (bare and (ending != "svg" or bare not in WIDTHS)):
            return _not_found(asked[0])
        root = self._root(request) if ending in WITH_ADDRESS else ""
        # The record is the same in every version; a picture is drawn and a citation written by this one, for that address.
        version = "" if ending == "json" else __version__
        where = hashlib.sha256(root.encode()).hexdigest()[:8] if root else ""
        mark = f'"{address}-{place}-{ending}-{bare}-{version}-{where}"'
        keep = ANEW if ending in WITH_ADDRESS else FOR_EVER
        headers = {"ETag": mark, "Cache-Control": f"{whose}, {keep}"}
        if mark in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        told = _made(content, ending, root, place, bare)
        is_shown = ending in PICTURES
        file_name = read_record(content).file_name(address, ending, place)
        headers["Content-Disposition"] = (
            f'{"inline" if is_shown else "attachment"}; filename="{file_name}"'
        )
        return Response(told, media_type=FILES[ending].mime, headers=headers)

    def _root(self, request: Request) -> str:
        """The address of the pages: the one that is set, else the one that was asked."""
        public = self._settings.public_address.rstrip("/")
        return public or f"{str(request.base_url).rstrip('/')}{self.base}"


def _live(record: FigureRecord, entry: PageEntry | None) -> LivePage | None:
    if entry is None:
        return None
    query = f"?{urlencode(record.query, safe=',')}" if record.query else ""
    return LivePage(entry.title, f"../{entry.name}{query}")


def _not_found(name: str) -> Response:
    """One answer for what is not there and for what may not be seen here."""
    return PlainTextResponse(
        f"Expected the address of a figure, found [{name[:60]}], which is not here; copy it again from where it was cited.",
        404,
        {"Cache-Control": "no-store"},
    )
