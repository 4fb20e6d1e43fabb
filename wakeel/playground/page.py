"""The page on which a person watches the playground, and drops a mail into it."""

from __future__ import annotations

import asyncio
import smtplib
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid
from importlib.resources import files

from aiohttp import web

from wakeel.playground.render import Scene, document, scene

STATIC = {"page.css": "text/css", "page.js": "text/javascript"}
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}


class Page:
    """Shows a scene, again and again; what it shows is asked for anew each time."""

    def __init__(self, look: Callable[[], Scene], address: str, smtp_port: Callable[[], int]) -> None:
        self.look, self.address, self.smtp_port = look, address, smtp_port

    def add_to(self, app: web.Application) -> None:
        """Add the page's addresses to an application."""
        app.router.add_get("/", self._show)
        app.router.add_get("/scene", self._scene)
        app.router.add_get("/c/{card}", self._to_the_page)
        app.router.add_get("/c/{card}/{number}", self._to_the_page)
        app.router.add_get("/archives/{tail:.*}", self._to_the_page)
        app.router.add_get("/static/{name}", self._static)
        app.router.add_post("/mail", self._drop_a_mail)

    async def _show(self, _request: web.Request) -> web.Response:
        return html(document(self.look(), self.address))

    async def _scene(self, _request: web.Request) -> web.Response:
        return html(scene(self.look()))

    async def _to_the_page(self, request: web.Request) -> web.Response:
        card = request.match_info.get("card", "")
        raise web.HTTPFound(f"/#{card}" if card.isalnum() else "/")

    async def _static(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name not in STATIC:
            raise web.HTTPNotFound
        body = (files("wakeel.playground") / "static" / name).read_bytes()
        return web.Response(body=body, content_type=STATIC[name], charset="utf-8", headers=HEADERS)

    async def _drop_a_mail(self, request: web.Request) -> web.Response:
        if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
            raise web.HTTPForbidden(text="only this page's own form can drop a mail")
        sent = {name: str(value) for name, value in (await request.post()).items()}
        try:
            mail = written(sent.get("name", ""), sent.get("subject", ""), sent.get("text", ""), self.address)
        except ValueError as wrong:  # a line break in a header
            raise web.HTTPBadRequest(text=str(wrong)) from wrong
        await asyncio.to_thread(hand_in, mail, self.smtp_port())
        raise web.HTTPSeeOther("/")


def written(name: str, subject: str, text: str, to: str) -> EmailMessage:
    """Write a client's mail."""
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = f'"{name.replace(chr(34), "")}" <client@example.net>', to, subject
    mail["Date"], mail["Message-ID"] = formatdate(localtime=True), make_msgid(domain="example.net")
    mail.set_content(text)
    return mail


def hand_in(mail: EmailMessage, port: int) -> None:
    """Send a mail the way every mail comes in, by SMTP."""
    with smtplib.SMTP("127.0.0.1", port, timeout=10) as smtp:
        smtp.send_message(mail)


def html(text: str) -> web.Response:
    """Return a page, or a part of it."""
    body = text.encode("utf-8", "replace")  # JSON can bring halves of characters
    return web.Response(body=body, content_type="text/html", charset="utf-8", headers=HEADERS)
