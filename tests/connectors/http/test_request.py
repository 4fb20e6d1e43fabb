"""A request goes out once, below its connection's address, and what comes back is bounded."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import SecretStr, ValidationError
from werkzeug import Request, Response

from connectors.http import Ask, HttpConnection, effect, open_client, request
from tests.connectors.calls import KEY, KeptFiles, a_call
from wakeel.sdk import AuthError, Effect, Maybe, RateLimited, Rejected, Unavailable

if TYPE_CHECKING:
    from httpx2 import AsyncClient
    from pytest_httpserver import HTTPServer

TOKEN = "Bearer secret-5f1d"


def connection(server: HTTPServer, path: str = "/api") -> HttpConnection:
    return HttpConnection(base_url=server.url_for(path), headers={"Authorization": SecretStr(TOKEN)})


@pytest.fixture
async def client(httpserver: HTTPServer) -> AsyncIterator[AsyncClient]:
    async with open_client(connection(httpserver)) as opened:
        yield opened


def ask(**fields: Any) -> Ask:
    return Ask.model_validate({"url": "orders"} | fields)


async def test_json_goes_out_with_headers_and_comes_back(httpserver: HTTPServer, client: AsyncClient) -> None:
    sent = {"Authorization": TOKEN, "X-Shop": "7"}
    httpserver.expect_request("/api/orders", method="POST", json={"name": "نور"}, headers=sent).respond_with_json(
        {"id": 1}, status=201
    )
    answer = await request(ask(method="POST", json={"name": "نور"}, headers={"X-Shop": "7"}), a_call(client))
    assert (answer.status, answer.body, answer.file) == (201, {"id": 1}, None)
    assert answer.model_dump(by_alias=True)["json"] == {"id": 1}


async def test_text_that_is_no_json_stays_text(httpserver: HTTPServer, client: AsyncClient) -> None:
    httpserver.expect_request("/api/orders").respond_with_data(
        "مرحبا".encode("cp1256"), mimetype="text/plain; charset=cp1256"
    )
    answer = await request(ask(), a_call(client))
    assert (answer.body, answer.text) == (None, "مرحبا")


@pytest.mark.parametrize("hostile", ["[" * 100_00, "NaN", '"\\ud800"', "1" * 9000, "{"])
async def test_json_that_a_run_could_not_carry_stays_text(
    httpserver: HTTPServer, client: AsyncClient, hostile: str
) -> None:
    httpserver.expect_request("/api/orders").respond_with_data(hostile)
    answer = await request(ask(), a_call(client))
    assert (answer.body if not isinstance(answer.body, int) else None, answer.text) == (None, hostile)
    answer.model_dump_json(by_alias=True)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"method": "GET"}, Effect.READ),
        ({"method": "HEAD"}, Effect.READ),
        ({"method": "POST"}, Effect.ONCE),
        ({"method": "DELETE"}, Effect.ONCE),
        ({"method": "POST", "idempotency_header": "Idempotency-Key"}, Effect.KEYED),
    ],
)
def test_the_effect_hangs_on_method_and_header(fields: dict[str, str], expected: Effect) -> None:
    assert effect(HttpConnection(base_url="https://api.example.com"), ask(**fields)) is expected


async def test_every_attempt_carries_the_same_key(httpserver: HTTPServer, client: AsyncClient) -> None:
    httpserver.expect_request("/api/orders").respond_with_json({})
    args = ask(method="POST", idempotency_header="Idempotency-Key")
    for key in (KEY, KEY, "another/step"):
        await request(args, a_call(client, key))
    keys = [sent.headers["Idempotency-Key"] for sent, _ in httpserver.log]
    assert keys[0] == keys[1] == hashlib.sha256(KEY.encode()).hexdigest()[:32]
    assert keys[2] != keys[0]


@pytest.mark.parametrize("url", ["orders", "/orders", "//evil.example/orders", "{base}/orders"])
async def test_paths_and_addresses_below_the_connection_are_reached(
    httpserver: HTTPServer, client: AsyncClient, url: str
) -> None:
    httpserver.expect_request("/api/orders").respond_with_json({})
    assert (await request(ask(url=url.replace("{base}", httpserver.url_for("/api"))), a_call(client))).status == 200


@pytest.mark.parametrize(
    "url",
    [
        "http://evil.example/api/orders",
        "{base}x",
        "{root}other",
        "../other",
        "a/%2e%2e/%2E%2E/other",
        "a\\..\\..\\other",
        "http://user:word@{netloc}/api/orders",
        "{secure}",
        "ftp://{netloc}/api/orders",
    ],
)
async def test_what_leaves_the_connections_address_is_refused_unsent(
    httpserver: HTTPServer, client: AsyncClient, url: str
) -> None:
    base, netloc = httpserver.url_for("/api"), f"{httpserver.host}:{httpserver.port}"
    url = url.replace("{base}", base).replace("{root}", httpserver.url_for("/")).replace("{netloc}", netloc)
    url = url.replace("{secure}", base.replace("http:", "https:"))
    with pytest.raises(Rejected, match="not below"):
        await request(ask(url=url), a_call(client))
    assert httpserver.log == []


async def test_a_redirect_is_an_answer_and_not_followed(httpserver: HTTPServer, client: AsyncClient) -> None:
    httpserver.expect_request("/api/orders").respond_with_response(
        Response(status=307, headers={"Location": "http://127.0.0.1:1/"})
    )
    assert (await request(ask(method="POST"), a_call(client))).status == 307
    assert len(httpserver.log) == 1


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (401, AuthError),
        (403, AuthError),
        (404, Rejected),
        (409, Rejected),
        (429, RateLimited),
        (500, Maybe),
        (502, Maybe),
        (503, Unavailable),
    ],
)
async def test_each_status_has_its_word(
    httpserver: HTTPServer, client: AsyncClient, status: int, word: type[Exception]
) -> None:
    httpserver.expect_request("/api/orders").respond_with_data("no", status=status, headers={"Retry-After": "7"})
    with pytest.raises(word) as error:
        await request(ask(method="POST"), a_call(client))
    assert type(error.value) is word
    assert getattr(error.value, "retry_after", None) == (timedelta(seconds=7) if word is RateLimited else None)
    assert len(httpserver.log) == 1


async def test_a_refusal_shows_the_beginning_of_the_body_and_no_secret(
    httpserver: HTTPServer, client: AsyncClient
) -> None:
    def echo(sent: Request) -> Response:
        bare = sent.headers["Authorization"].split()[1]
        return Response(f"bad\n order {sent.headers['Authorization']} {bare} {'x' * 5000}", status=400)

    httpserver.expect_request("/api/orders").respond_with_handler(echo)
    with pytest.raises(Rejected) as error:
        await request(ask(url="orders?token=abc123"), a_call(client))
    assert str(error.value).startswith("it does not take this (400): bad order … … xxx")
    assert len(str(error.value)) < 600
    assert "abc123" not in str(error.value)


async def test_a_long_answer_is_kept_as_a_file(httpserver: HTTPServer, client: AsyncClient) -> None:
    files, body = KeptFiles(), b"x" * 200_000
    httpserver.expect_request("/api/orders").respond_with_data(body, content_type="text/csv")
    answer = await request(ask(), a_call(client, files=files))
    assert answer.file is not None
    assert (answer.text, answer.file.size, answer.file.media_type) == ("", len(body), "text/csv")
    assert files.kept[answer.file.sha256] == body


@pytest.mark.parametrize(("method", "word"), [("GET", Rejected), ("POST", Maybe)])
async def test_a_bomb_is_stopped_and_a_write_is_then_uncertain(
    httpserver: HTTPServer, client: AsyncClient, method: str, word: type[Exception]
) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    httpserver.expect_request("/api/orders").respond_with_data(bomb, headers={"Content-Encoding": "gzip"})
    with pytest.raises(word, match="larger than 5 MB"):
        await request(ask(method=method), a_call(client))


@pytest.mark.parametrize("wrong", ["", "example.com", "ftp://x", "https://user@x/", "https://x/?a=1", "https://x/#a"])
def test_a_base_address_is_checked_when_it_is_written(wrong: str) -> None:
    with pytest.raises(ValidationError):
        HttpConnection(base_url=wrong)
