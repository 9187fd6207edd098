"""One scripted visit to a server on this machine, so that the first reader does not wait for the imports.

Run beside the server: python pages/shell/warm_up.py PORT. It speaks Streamlit's own protocol.
"""

import sys
import time

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

SECONDS_TO_START = 60
SECONDS_TO_RUN = 120


def warm_up(port: int) -> bool:
    """Whether the server on the port has run its first page for us; False where none answers in time."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        try:
            here = f"127.0.0.1:{port}"
            socket = f"ws://{here}/_stcore/stream"
            # The server answers its own pages alone.
            with connect(socket, origin=Origin(f"http://{here}"), max_size=None) as server:
                visit = BackMsg()
                visit.rerun_script.page_name = "overview"
                visit.rerun_script.query_string = "period=12"
                server.send(visit.SerializeToString())
                return _wait_until_run(server)
        except (OSError, WebSocketException):
            time.sleep(0.3)
    return False


def _wait_until_run(server: ClientConnection) -> bool:
    deadline = time.monotonic() + SECONDS_TO_RUN
    while time.monotonic() < deadline:
        message = ForwardMsg()
        message.ParseFromString(bytes(server.recv(timeout=SECONDS_TO_RUN, decode=False)))
        if message.WhichOneof("type") == "script_finished":
            return True
    return False


if __name__ == "__main__":
    sys.exit(0 if warm_up(int(sys.argv[1])) else 1)
