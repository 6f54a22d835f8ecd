"""The conversation with plain forms: one message a page, through the same gateway, nothing kept but the conversation's id."""

import re

import pytest

from tests.unit.widget.asking import Tags, seen
from tests.unit.widget.replies import ASKS_PLACE
from widget.conversation.turns_in_order import ConversationBusyError
from widget.texts import REPLY_LANGUAGES, texts


def hidden(page: str, name: str) -> set[str | None]:
    """Return the values of a hidden field in all forms of a page."""
    return {
        tag.get("value") for tag in Tags(page).named("input") if (tag.get("type"), tag.get("name")) == ("hidden", name)
    }


def typed(page: str) -> str:
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.S)
    assert found
    return found[1]


def test_a_message_is_answered_with_texts_cards_and_buttons_and_the_form_again(client) -> None:
    answer = client.post("/talk", data={"message": "ich suche eine Krippe in 06366", "lang": "de"})
    shown = seen(answer.text)
    assert answer.status_code == 200
    assert "Sie: ich suche eine Krippe in 06366" in shown
    assert "Das gibt es in Ihrer Nähe (Köthen):" in shown
    assert re.findall(r'<h3 lang="de"><bdi>(.*?)</bdi></h3>', answer.text) == ["Krippe 1", "Krippe 2", "Krippe 3"]
    (button,) = [tag for tag in Tags(answer.text).named("button") if tag.get("name") == "message"]
    assert button["value"] == "/more_results"
    assert typed(answer.text) == ""
    assert "Set-Cookie" not in answer.headers


def test_the_conversation_goes_on_by_the_hidden_field_alone(client, knowledge) -> None:
    first = client.post("/talk", data={"message": "ich suche eine Krippe in 06366", "lang": "de"}).text
    (conversation,) = hidden(first, "conversation")
    assert re.fullmatch(r"[A-Za-z0-9_-]{32}", conversation or "")
    form = {"message": "/more_results", "shown": "Mehr anzeigen", "conversation": conversation, "lang": "de"}
    second = client.post("/talk", data=form).text
    assert re.findall(r"<bdi>(Krippe \d)</bdi></h3>", second) == ["Krippe 4", "Krippe 5"]
    assert "Sie: Mehr anzeigen" in seen(second)
    assert hidden(second, "conversation") == {conversation}
    assert list(knowledge.conversations.kept) == [conversation]


def test_the_page_of_an_alliance_asks_on_its_behalf(client, knowledge, assistant) -> None:
    assistant.raw = ASKS_PLACE
    page = client.post("/a/abi/talk", data={"message": "Krippe", "lang": "de"}).text
    assert "Wo suchen Sie?" in seen(page)
    assert {form["action"] for form in Tags(page).named("form")} == {"/a/abi/talk"}
    (kept,) = knowledge.conversations.kept.values()
    assert kept.memory["alliance"] == "abi"
    assert client.post("/a/no-such/talk", data={"message": "Krippe"}).status_code == 404


def test_the_answers_language_becomes_that_of_the_page(client, assistant) -> None:
    assistant.raw = [{"text": "مرحبا"}]
    page = client.post("/talk", data={"message": "أبحث عن حضانة", "lang": "de"}).text
    assert '<html lang="ar" dir="rtl">' in page
    assert hidden(page, "lang") == {"ar"}


@pytest.mark.parametrize(
    ("language", "command"), [("tr", '/change_language{"language": "tr"}'), ("de-simple", "/simple_language")]
)
def test_the_language_menu_keeps_the_conversation(client, assistant, language, command) -> None:
    assistant.raw = [{"text": "Tamam"}]
    page = client.post("/talk", data={"conversation": "conversation-1", "lang": language}).text
    (request,) = assistant.asked
    assert (request.conversation, request.message) == ("conversation-1", command)
    menu = next(form for form in Tags(page).named("form") if form.get("class") == "languages")
    assert menu["method"] == "post"


@pytest.mark.parametrize("language", REPLY_LANGUAGES)
def test_it_begins_with_the_greeting_and_what_is_often_asked_for(client, language) -> None:
    page = client.get(f"/a/abi/talk?lang={language}").text
    assert texts(language)["page_greeting"] in seen(page)
    payloads = [tag["value"] for tag in Tags(page).named("button") if tag.get("name") == "message"]
    assert payloads[0] == '/find_services{"request": "daycare"}'
    assert hidden(page, "conversation") == set()
    assert hidden(page, "lang") == {language}


def test_the_chat_page_begins_the_same_conversation_where_there_is_no_script(client) -> None:
    for path, action in (("/?lang=uk", "/talk"), ("/a/abi?lang=uk", "/a/abi/talk")):
        page = client.get(path).text
        (without_script,) = re.findall(r"<noscript>\s*<p.*?</noscript>", page, re.S)
        assert f'<form class="plain" method="post" action="{action}">' in without_script
        assert hidden(without_script, "lang") == {"uk"}


def test_a_crisis_is_answered_with_numbers_to_tap(client, assistant) -> None:
    page = client.post("/talk", data={"message": "ich will sterben", "lang": "de"}).text
    assert 'href="tel:112"' in page
    assert assistant.asked == []


def test_markup_is_shown_and_never_run(client, assistant, fakes) -> None:
    evil = f'"></textarea>{fakes.markup}'
    assistant.raw = [{"text": evil, "buttons": [{"title": evil, "payload": evil}]}, {"custom": {"offerings": [
        {"id": "x", "title": evil, "provider": evil, "description": evil, "reasons": [evil], "url": "javascript:alert(1)"}
    ]}}]  # fmt: skip
    page = client.post("/talk", data={"message": evil, "shown": evil, "lang": evil}).text
    assert [tag for tag in Tags(page).named("img") if tag.get("src") == "x"] == []
    assert page.count("&lt;img") == 9
    assert [tag["href"] for tag in Tags(page).named("a") if str(tag.get("href")).startswith("javascript")] == []


def test_too_many_messages_are_said_on_the_page_and_what_was_written_is_still_there(client) -> None:
    far = {"REMOTE_ADDR": "203.0.113.9"}
    form = {"message": "Krippe & Hort", "conversation": "conversation-1", "lang": "tr"}
    answers = [client.post("/talk", data=form, environ_base=far) for _ in range(6)]
    last = answers[-1]
    assert (last.status_code, "Çok fazla mesaj geldi." in seen(last.text)) == (429, True)
    assert 1 <= int(last.headers["Retry-After"]) <= 60
    assert typed(last.text) == "Krippe &amp; Hort"
    assert hidden(last.text, "conversation") == {"conversation-1"}


def test_a_button_that_came_too_fast_can_be_pressed_again(client) -> None:
    far = {"REMOTE_ADDR": "203.0.113.9"}
    form = {"message": "/more_results", "shown": "Mehr anzeigen", "conversation": "conversation-1", "lang": "de"}
    last = [client.post("/a/abi/talk", data=form, environ_base=far) for _ in range(6)][-1]
    assert last.status_code == 429
    assert typed(last.text) == ""
    (again,) = [tag for tag in Tags(last.text).named("button") if tag.get("name") == "message"]
    assert again["value"] == "/more_results"
    assert "Mehr anzeigen" in seen(last.text)


def test_a_message_that_is_too_long_is_said_and_can_be_shortened(client, assistant) -> None:
    answer = client.post("/talk", data={"message": "k" * 4001, "lang": "en"})
    assert (answer.status_code, "The message is too long." in seen(answer.text)) == (413, True)
    assert typed(answer.text) == "k" * 4001
    assert assistant.asked == []
    huge = client.post("/talk", data={"message": "k" * 200_000, "lang": "en"}, headers={"Accept-Language": "fr"})
    assert (huge.status_code, "Le message est trop long." in seen(huge.text)) == (413, True)


def test_a_busy_conversation_is_said_and_the_message_kept(client, app, monkeypatch) -> None:
    def busy(*_: object) -> None:
        raise ConversationBusyError("told to be busy")

    monkeypatch.setattr(type(app.extensions["gateway"]), "answer", busy)
    answer = client.post("/talk", data={"message": "Krippe", "lang": "de"})
    assert (answer.status_code, "Ihre Nachricht ist noch da." in seen(answer.text)) == (503, True)
    assert typed(answer.text) == "Krippe"


def test_an_empty_message_is_asked_for(client) -> None:
    page = client.post("/talk", data={"message": "  ", "lang": "de"}).text
    assert "Ihre Nachricht war leer." in seen(page)
