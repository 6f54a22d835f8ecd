"""A parent in a crisis, and a gateway whose parts are down: there is always an answer, and no words in the log."""

from tests.unit.widget.replies import ASKS_PLACE, FOUND, cards_of, texts_of


def test_help_in_a_crisis_comes_first_and_the_assistant_is_not_asked(say, assistant, knowledge) -> None:
    assistant.raw = ASKS_PLACE
    reply = say("ich will sterben")
    assert texts_of(reply) == ["112 (de)", "0800 111 0 111"]
    assert assistant.asked == []
    assert knowledge.conversations.kept["conversation-1"].memory == {}


def test_help_in_a_crisis_comes_when_everything_else_is_down(say, assistant, knowledge, fakes) -> None:
    knowledge.conversations.find = knowledge.identifier.identify = knowledge.search = fakes.down
    knowledge.store.generation = assistant.reply = fakes.down
    assert texts_of(say("ich will sterben", language="tr")) == ["112 (tr)", "0800 111 0 111"]


def test_a_broken_store_still_gets_an_answer_with_a_human_contact_and_no_words_in_the_log(
    say, knowledge, fakes, caplog
) -> None:
    knowledge.conversations.find = fakes.down
    reply = say("ich suche eine Krippe in Köthen")
    assert texts_of(reply)[0].startswith("Bei mir klappt gerade etwas nicht.")
    assert "0800 111 0550" in texts_of(reply)[1]
    assert "ConnectionError" in caplog.text
    assert "Krippe" not in caplog.text


def test_an_answer_that_cannot_be_remembered_is_given_all_the_same(say, assistant, knowledge, fakes) -> None:
    assistant.raw = FOUND
    knowledge.conversations.keep = fakes.down
    assert cards_of(say("ich suche eine Krippe in Köthen")) == ["krippe-1"]


def test_the_log_tells_how_long_it_took_and_nothing_of_the_message(say, caplog) -> None:
    caplog.set_level("INFO", logger="widget")
    say("ich suche eine Krippe in Köthen", conversation="conversation-9")
    (line,) = [record.getMessage() for record in caplog.records if record.getMessage().startswith("chat ")]
    assert "language=de by=search" in line
    assert "Krippe" not in caplog.text
    assert "Köthen" not in caplog.text
    assert "conversation-9" not in caplog.text


def test_who_is_at_the_end_of_her_strength_gets_help_and_what_is_nearby(say) -> None:
    say("Krippe in Köthen")
    answer = say("ich bin so müde und brauche eine Krippe in Köthen")
    assert "112" in answer["messages"][0]["text"]
    assert answer["messages"][-1]["offerings"]


def test_in_danger_nothing_stands_beside_the_help(say) -> None:
    answer = say("mein Kind wird sterben, wir brauchen eine Krippe in Köthen")
    assert "112" in answer["messages"][0]["text"]
    assert all(not message["offerings"] for message in answer["messages"])


def test_help_comes_even_when_nothing_can_be_looked_for(say, knowledge, fakes) -> None:
    knowledge.conversations.find = fakes.down
    assert "112" in say("ich bin so müde und brauche eine Krippe in Köthen")["messages"][0]["text"]
