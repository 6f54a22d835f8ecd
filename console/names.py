"""What alliances, categories, languages and people are called on a page of the console, in the page's language."""

from console.parts import parts
from console.texts import say
from console.visitor import page_language, signed_in
from knowledge import LANGUAGES, Alliance
from widget.texts import language_name as name_in


def own_alliances() -> list[Alliance]:
    """Return the alliances that the visitor works for."""
    return [one for one in parts().knowledge.store.alliances() if signed_in().may_see(one.id)]


def alliance_names() -> dict[str | None, str]:
    """Return the name of each of these alliances, by id."""
    return {one.id: one.name for one in own_alliances()}


def category_labels() -> list[tuple[str, str]]:
    """Return code and name of each category, by name."""
    taxonomy = parts().knowledge.taxonomy
    labels = [(code, taxonomy.label(code, page_language())) for code in taxonomy.categories]
    return sorted(labels, key=lambda one: one[1])


def language_name(code: str) -> str:
    """Return the name of a language."""
    return name_in(code, page_language())


def language_names() -> dict[str, str]:
    """Return the name of each language that the assistant speaks, by code."""
    return {code: language_name(code) for code in LANGUAGES}


def name_of(editor: str) -> str:
    """Return the name of whoever edited, or what the history knows: an e-mail address, or where an import came from."""
    if editor == "import":
        return say(page_language(), "editor_import")
    account = parts().knowledge.accounts.of_email(editor)
    return account.name if account and account.name else editor
