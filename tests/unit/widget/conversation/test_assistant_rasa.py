"""The way to Rasa: in time, or away."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from widget.conversation.assistant import AssistantAwayError, AssistantRequest, RasaAssistant

REQUEST = AssistantRequest(conversation="conversation-1", message="Kita", metadata={"language": "de"})
GOOD = [{"recipient_id": "conversation-1", "text": "Wo suchen Sie?"}]


class FakeRasa:
    """Answers as it is told; counts what is asked of it."""

    def __init__(self) -> None:
        self.webhook: Callable[[], httpx.Response] = lambda: httpx.Response(200, json=GOOD)
        self.status = 200
        self.turns: list[dict] = []
        self.status_asked = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/status":
            self.status_asked += 1
            if self.status == 0:
                raise httpx.ConnectError("refused")
            return httpx.Response(self.status)
        self.turns.append(json.loads(request.content))
        return self.webhook()


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def rasa() -> FakeRasa:
    return FakeRasa()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def assistant(rasa: FakeRasa, clock: Clock) -> RasaAssistant:
    return RasaAssistant("http://rasa", transport=httpx.MockTransport(rasa), clock=clock)


def refused() -> httpx.Response:
    raise httpx.ConnectError("refused")


def test_a_turn_goes_to_the_rest_channel_with_its_metadata(assistant, rasa) -> None:
    reply = assistant.reply(REQUEST)
    assert reply.messages == [{"text": "Wo suchen Sie?", "offerings": [], "buttons": []}]
    assert rasa.turns == [{"sender": "conversation-1", "message": "Kita", "metadata": {"language": "de"}}]


def test_text_buttons_cards_memory_and_language_are_read(assistant, rasa) -> None:
    button = {"title": "Mehr", "payload": "/more_results"}
    rasa.webhook = lambda: httpx.Response(
        200,
        json=[
            {"text": "Hier:", "buttons": [{**button, "content_type": "text"}]},
            {"custom": {"offerings": [{"id": "a", "title": "A"}], "memory": {"request": "Kita"}, "language": "tr"}},
            {"custom": {"offerings": [{"id": "b", "title": "B"}]}},
        ],
    )
    reply = assistant.reply(REQUEST)
    assert reply.messages == [
        {"text": "Hier:", "offerings": [{"id": "a", "title": "A"}], "buttons": [button]},
        {"text": "", "offerings": [{"id": "b", "title": "B"}], "buttons": []},
    ]
    assert reply.memory == {"request": "Kita"}
    assert reply.language == "tr"


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(500, text="Traceback"), httpx.Response(200, text="<html>"), httpx.Response(200, json={"text": "Kita"}),
        httpx.Response(200, json=[]), httpx.Response(200, json=["Kita"]), httpx.Response(200, json=[{"text": 5}]),
        httpx.Response(200, json=[{"custom": []}, {"custom": {"offerings": "Kita"}}]),
        httpx.Response(200, json=[{"custom": {"offerings": [{"id": 1}]}}]), httpx.Response(200, content=b"\xff\xfe\x00"),
        httpx.Response(200, json=[{"text": "a", "buttons": [{"title": "b"}]}]), httpx.Response(200, content=b"[" * 100_000),
        httpx.Response(302, headers={"Location": "/"}),
    ],
)  # fmt: skip
def test_garbage_counts_as_away(assistant, rasa, answer) -> None:
    rasa.webhook = lambda: answer
    with pytest.raises(AssistantAwayError):
        assistant.reply(REQUEST)


def test_one_turn_that_comes_to_nothing_costs_the_other_parents_nothing(assistant, rasa) -> None:
    rasa.webhook = lambda: httpx.Response(200, json=[])
    with pytest.raises(AssistantAwayError):
        assistant.reply(REQUEST)
    rasa.webhook = lambda: httpx.Response(200, json=GOOD)
    assert assistant.reply(REQUEST).messages
    assert rasa.status_asked == 1


def test_after_a_failure_rasa_is_left_alone_for_one_second(assistant, rasa, clock) -> None:
    rasa.webhook = refused
    with pytest.raises(AssistantAwayError):
        assistant.reply(REQUEST)
    clock.now += 0.9
    with pytest.raises(AssistantAwayError):
        assistant.reply(REQUEST)
    assert len(rasa.turns) == 1
    rasa.webhook = lambda: httpx.Response(200, json=GOOD)
    clock.now += 0.2
    assert assistant.reply(REQUEST).messages[0]["text"] == "Wo suchen Sie?"
    assert rasa.status_asked == 1


def test_while_rasa_stays_away_only_its_status_is_asked_ever_more_rarely(assistant, rasa, clock) -> None:
    rasa.webhook = refused
    rasa.status = 0
    for _ in range(300):
        with pytest.raises(AssistantAwayError):
            assistant.reply(REQUEST)
        clock.now += 0.1
    assert len(rasa.turns) == 1
    assert 6 <= rasa.status_asked <= 8  # after 1, 2, 4, then every 5 of the 30 seconds


def test_rasa_is_used_again_within_five_seconds_of_its_return(assistant, rasa, clock) -> None:
    rasa.webhook, rasa.status = refused, 0
    for _ in range(100):
        with pytest.raises(AssistantAwayError):
            assistant.reply(REQUEST)
        clock.now += 0.5
    rasa.webhook, rasa.status = lambda: httpx.Response(200, json=GOOD), 200
    clock.now += 5.0
    assert assistant.reply(REQUEST).messages


def test_a_rasa_without_a_model_is_loading_and_gets_no_messages(assistant, rasa, clock) -> None:
    rasa.webhook, rasa.status = lambda: httpx.Response(200, json=[]), 409
    for _ in range(3):
        with pytest.raises(AssistantAwayError):
            assistant.reply(REQUEST)
        clock.now += 6
    assert len(rasa.turns) == 1
    assert assistant.state() == "loading"


def test_a_rasa_that_never_listened_is_loading_and_one_that_did_is_down(assistant, rasa) -> None:
    rasa.status = 0
    assert assistant.state() == "loading"
    rasa.status = 200
    assert assistant.state() == "ready"
    rasa.status = 0
    assert assistant.state() == "down"


def test_the_status_is_asked_with_the_token(rasa) -> None:
    seen: list[str] = []

    def note(request: httpx.Request) -> httpx.Response:
        seen.append(str(request.url))
        return httpx.Response(200)

    RasaAssistant("http://rasa", token="secret", transport=httpx.MockTransport(note)).state()
    assert seen == ["http://rasa/status?token=secret"]


@pytest.fixture
def slow_rasa() -> Iterator[str]:
    """A real server that sends its headers at once and then a byte now and again, for ever."""
    over = threading.Event()

    class Drips(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(200)
            self.end_headers()
            while not over.wait(0.2):
                self.wfile.write(b" ")
                self.wfile.flush()

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Drips)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    over.set()
    server.shutdown()
    server.server_close()


def test_a_rasa_that_never_finishes_is_given_up_in_time(slow_rasa) -> None:
    began = time.monotonic()
    with pytest.raises(AssistantAwayError):
        RasaAssistant(slow_rasa).reply(REQUEST)
    assert 1.4 < time.monotonic() - began < 5  # 1.6, and what a busy machine adds


def test_a_port_where_nobody_listens_is_given_up_at_once() -> None:
    began = time.monotonic()
    with pytest.raises(AssistantAwayError):
        RasaAssistant("http://127.0.0.1:9").reply(REQUEST)
    assert time.monotonic() - began < 1.4  # it waits 1.6 for an answer
