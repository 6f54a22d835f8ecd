"""The ten languages are read, others are not: measured on held-back questions, and on messages that no model was trained on."""

import pytest

from knowledge import LANGUAGES, open_knowledge, read_settings
from knowledge.language import LanguageIdentifier
from knowledge.training.questions import read_questions

OTHERS = """
Hola, busco una plaza en la guardería para mi hijo de dos años
Ho bisogno di aiuto con i moduli per gli assegni familiari
Onde posso encontrar um curso de alemão com creche?
Ik zoek opvang voor mijn dochter in de schoolvakantie
Po kërkoj një kopsht për djalin tim tre vjeç
Търся детска градина за дъщеря ми, тя е на четири години
Tražim vrtić za sina, ima tri godine, radim do šest
Тражим посао и некога да чува дете поподне
Hľadám škôlku pre syna, kto mi môže pomôcť s prihláškou?
Óvodát keresek a kislányomnak, mikor lehet jelentkezni?
Tôi cần tìm nhà trẻ cho con gái tôi ở gần đây
Ez ji bo zarokê xwe li baxçeyekê digerim, kî dikare alîkariya min bike?
مجھے اپنے بیٹے کے لیے کنڈرگارٹن چاہیے
Ψάχνω παιδικό σταθμό για την κόρη μου
我在找幼儿园给我的女儿
""".strip().splitlines()
# Measured: 13 of 15.
_FEWEST_NOTICED = 12


@pytest.fixture(scope="module")
def identifier() -> LanguageIdentifier:
    return open_knowledge(read_settings()).identifier


def test_messages_in_other_languages_are_noticed(identifier: LanguageIdentifier) -> None:
    noticed = [text for text in OTHERS if not identifier.reads(text)]
    assert len(noticed) >= _FEWEST_NOTICED, set(OTHERS) - set(noticed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ten_languages_are_read_in_any_writing(identifier: LanguageIdentifier, language: str) -> None:
    questions = [q.text for q in read_questions() if q.held_back and q.language == language]
    refused = [text for text in questions if not identifier.reads(text)]
    assert len(questions) > 150
    assert len(refused) <= len(questions) / 200, refused
