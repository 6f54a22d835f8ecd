"""A town's website that shows the assistant."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from playwright.sync_api import Page, expect

# A town's style that would break everything in its way, and fonts counted from 10 pixels.
STYLE = "html { font-size: 62.5%; direction: ltr } * { color: green } button { display: none !important; background: red !important }"


class Website:
    """A town's website on an origin of its own, under the strictest policy that a script can live with."""

    def __init__(self, assistant: str) -> None:
        self.attributes, self.language = 'data-alliance="abi"', "de"
        self.policy = (
            f"default-src 'none'; script-src {assistant}; connect-src {assistant}; style-src 'self'; base-uri 'none'; "
            "require-trusted-types-for 'script'; trusted-types 'none'"
        )
        website = self

        class Pages(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                style = self.path == "/style.css"
                body = STYLE if style else website.page(assistant)
                self.send_response(200)
                self.send_header("Content-Type", "text/css" if style else "text/html; charset=utf-8")
                self.send_header("Content-Security-Policy", website.policy)
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def page(self, assistant: str) -> str:
        return (
            f'<!doctype html><html lang="{self.language}"><title>Musterstadt</title>'
            f'<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/style.css">'
            f'<script defer src="{assistant}/widget.js" {self.attributes}></script>'
            '<main><h1>Familien in Musterstadt</h1><p><a href="/second">Weiter</a></p></main></html>'
        )


def launcher(page: Page):
    return page.locator("buendnis-lotse .launcher")


def open_chat(page: Page) -> Page:
    launcher(page).click()
    expect(page.locator("#message")).to_be_focused()
    return page
