"""Names that coordinators added: which messages they change, and how."""

from knowledge.understanding.learnt import raised, with_learnt_names

NEEDS = {"daycare.creche": 0.6, "leisure.play": 0.1, "leisure.sport": 0.1, "unrelated": 0.2}
NAMES = {("marchenjurte",): "leisure", ("kleine", "jurte"): "leisure.sport"}


def test_a_name_alone_is_nearly_sure() -> None:
    found = with_learnt_names(NEEDS, ["eine", "marchenjurte"], ["marchenjurte"], NAMES)
    assert round(found["leisure.play"] + found["leisure.sport"], 6) == 0.9
    assert round(sum(found.values()), 6) == 1.0
    assert next(iter(found)).startswith("leisure")


def test_among_other_words_it_is_likely() -> None:
    found = with_learnt_names(NEEDS, ["marchenjurten", "oder", "kita"], ["marchenjurten", "kita"], NAMES)
    assert round(found["leisure.play"] + found["leisure.sport"], 6) == 0.6


def test_the_longest_name_counts() -> None:
    found = with_learnt_names(NEEDS, ["kleine", "jurte", "marchenjurte"], ["jurte"], NAMES)
    assert found["leisure.sport"] > found["leisure.play"]


def test_other_messages_stay_as_they_are() -> None:
    assert with_learnt_names(NEEDS, ["kita"], ["kita"], NAMES) is NEEDS
    assert with_learnt_names(NEEDS, ["marchenjurte"], ["marchenjurte"], {}) is NEEDS
    assert with_learnt_names(NEEDS, ["marchenjurtendorf"], ["x"], NAMES) is NEEDS


def test_a_need_that_the_models_do_not_know_becomes_likely_too() -> None:
    assert round(raised(NEEDS, "shared_cooking", 0.9)["shared_cooking"], 6) == 0.9


def test_what_is_likely_already_is_not_made_less_so() -> None:
    assert raised(NEEDS, "daycare", 0.5) is NEEDS
