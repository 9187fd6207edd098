"""How far the sheets of an OpenDocument workbook (.ods) are written, and what of them is hidden or an error, from its bytes."""

import re
from collections import Counter
from dataclasses import dataclass, field

CONTENT = "content.xml"
MIME_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
TAG = re.compile(
    rb"<(/?)(?:[\w.-]+:)?(table|table-row|table-cell|covered-table-cell)(?=[\s/>])"
    rb"((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*)>"
)
REPEATED = re.compile(rb"number-(?:rows|columns)-repeated\s*=\s*[\"'](\d{1,10})[\"']")
NAME = re.compile(rb"(?:^|[\s:])name\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
HIDDEN = re.compile(rb"visibility\s*=\s*[\"'](?:collapse|filter)[\"']")
ERROR = re.compile(rb"calcext:value-type\s*=\s*[\"']error[\"']")


@dataclass
class WrittenSheet:
    """One sheet, as far as anything is written in it."""

    # its name, as XML writes it
    name: bytes
    # last row and last column with a value, from 1
    rows: int = 0
    columns: int = 0
    # rows with a value that are not shown
    hidden_rows: int = 0
    # errors by the place of their column, from 0
    errors: Counter[int] = field(default_factory=Counter)


class WrittenSheets:
    """The sheets of content.xml, as its bytes come.

    A row or cell that is repeated stands once in the file, with how often: a reader makes all of them.
    """

    def __init__(self) -> None:
        self.sheets: list[WrittenSheet] = []
        self._rest = b""
        self._row = self._repeated = self._column = self._last = 0
        self._is_hidden = False
        self._errors: Counter[int] = Counter()

    def read(self, chunk: bytes) -> None:
        """Look at the next bytes, up to the last tag that begins in them: it may go on in the next ones."""
        chunk = self._rest + chunk
        end = max(chunk.rfind(b"<"), 0)
        chunk, self._rest = chunk[:end], chunk[end:]
        for is_end, kind, attributes in TAG.findall(chunk):
            if kind == b"table":
                if not is_end:
                    self._begin_sheet(attributes)
            elif not self.sheets:
                continue
            elif kind == b"table-row":
                if is_end:
                    self._end_row()
                elif not attributes.endswith(b"/"):
                    self._begin_row(attributes)
                else:
                    self._row += _times(attributes)
            elif not is_end:
                self._cell(attributes)

    def _begin_sheet(self, attributes: bytes) -> None:
        found = NAME.search(attributes)
        self.sheets.append(WrittenSheet((found[1] or found[2] or b"") if found else b""))
        self._row = 0

    def _begin_row(self, attributes: bytes) -> None:
        self._repeated = _times(attributes)
        self._is_hidden = HIDDEN.search(attributes) is not None
        self._column = self._last = 0
        self._errors.clear()

    def _cell(self, attributes: bytes) -> None:
        count = _times(attributes)
        if b"value-type" in attributes:
            self._last = self._column + count
        if ERROR.search(attributes):
            self._errors[self._column] += 1
        self._column += count

    def _end_row(self) -> None:
        sheet = self.sheets[-1]
        self._row += self._repeated
        if self._last:
            sheet.rows = self._row
            sheet.columns = max(sheet.columns, self._last)
            sheet.hidden_rows += self._repeated if self._is_hidden else 0
            for place, count in self._errors.items():
                sheet.errors[place] += count * self._repeated
        self._repeated = self._last = 0


def _times(attributes: bytes) -> int:
    found = REPEATED.search(attributes)
    return int(found[1]) if found else 1
