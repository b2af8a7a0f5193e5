"""Pages of another site that show ours, as a clinic would write them and as one that spies; and a way to our
server that can be cut.

They are served under several names of this machine. For a browser `127.0.0.1` is another site than
`localhost`; of the names here only those that are `listed` may show our frame.
"""

import socket
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

SPY = """
window.heard = [];
for (const name of ["keydown", "keyup", "keypress", "input", "beforeinput", "paste", "copy", "message"]) {
  const hear = (e) => heard.push(`${name} ${e.key ?? ""} ${JSON.stringify(e.data ?? "")}`);
  addEventListener(name, hear, true);
}
window.told = [];
for (const name of ["open", "close", "ready", "started", "step", "finished", "deleted", "problem"]) {
  addEventListener(`into-words:${name}`, (e) => {
    told.push([name, e.detail ?? null]);
    document.documentElement.dataset.told = told.map(([each]) => each).join(" ");
  });
}
window.roots = [];
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (how) {
  const root = attach.call(this, how);
  roots.push(root);
  return root;
};
"""
ELEMENT = """<into-words id="w" flow="connection" {more} label="Put it into words" lang="en">
<a href="{words}/talk/connection">Put it into words</a></into-words>"""
BODIES = {
    "/inline": ELEMENT,
    "/bubble": ELEMENT,
    "/tall": ELEMENT,
    "/nameless": '<into-words id="w"><a href="{words}/talk/connection">Put it into words</a></into-words>',
    "/frame": '<iframe id="w" src="{words}/embed/connection" title="Put it into words"></iframe>',
    "/sister": '<form method="post" action="{to}"><button>Send</button></form>',
}
STYLES = "into-words {--iw-accent: #e0b000; --iw-radius: 12px; --iw-font-scale: 1.1} body {margin: 0}"


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(asked.query).items()}
        if asked.path == "/spy.js":
            return self._send(SPY, "text/javascript", {})
        if asked.path == "/host.css":
            return self._send(STYLES, "text/css", {})
        words = query.get("words", "")
        more = 'mode="bubble"' if asked.path == "/bubble" else ""
        body = BODIES.get(asked.path, "<p>Nothing.</p>").format(
            words=words, more=more, to=query.get("to", "")
        )
        html = (
            '<!doctype html><html lang="en"><meta charset="utf-8"><title>A practice</title>'
            '<link rel="stylesheet" href="/host.css">'
            f'<script src="/spy.js"></script><script type="module" src="{words}/widget.js"></script>'
            f"<main><h1>A practice for psychotherapy</h1><p><input aria-label='Search'></p>{body}</main>"
        )
        # The strictest that a host can be: only our script and our frame, and no style but its own file.
        policy = (
            f"default-src 'none'; script-src 'self' {words}; frame-src {words}; style-src 'self'; "
            "require-trusted-types-for 'script'; trusted-types 'none'"
        )
        return self._send(
            html, "text/html", {} if asked.path == "/sister" else {"Content-Security-Policy": policy}
        )

    def _send(self, text: str, kind: str, headers: dict[str, str]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


class Hosting:
    """The server of those pages, for as long as it is entered."""

    names: ClassVar[dict[str, str]] = {
        "another site": "127.0.0.1",
        "the same site": "localhost",
        "not listed": "other.localhost",
    }

    def __enter__(self) -> "Hosting":
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def origin(self, who: str) -> str:
        """The origin of a site, by what it is to our frame at `localhost`."""
        return f"http://{self.names[who]}:{self._server.server_port}"

    @property
    def listed(self) -> list[str]:
        """The origins that may show our frame."""
        return [self.origin("another site"), self.origin("the same site")]

    def page(self, path: str, port: int, who: str = "another site") -> str:
        """The address of a page that shows the frame of our server at `port`."""
        return f"{self.origin(who)}/{path}?words=http://localhost:{port}"


class Wire:
    """Another port of our server, for as long as it is not cut: then nobody answers there."""

    def __init__(self, port: int) -> None:
        self._port, self._open = port, list[socket.socket]()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Nothing gets through any more, and nothing connects."""
        for each in (self._listener, *self._open):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection(("127.0.0.1", self._port))
                self._open += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._pass_on, args=(one, other), daemon=True).start()

    @staticmethod
    def _pass_on(one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                other.sendall(data)
        with suppress(OSError):
            other.shutdown(socket.SHUT_RDWR)
