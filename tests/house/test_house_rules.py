"""What style.md asks of the whole house, each in a few lines."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from knowledge.taxonomy import load_taxonomy
from knowledge.values import LANGUAGES, SIMPLE_GERMAN

ROOT = Path(__file__).resolve().parents[2]
MOST_LINES = 300
REPLY_LANGUAGES = (*LANGUAGES, SIMPLE_GERMAN)


def _files(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).exists()]


def test_no_source_file_is_longer_than_300_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in _files("*.py", "*.js", "*.css")
        if "migrations" not in path.parts and len(path.read_text(encoding="utf-8").splitlines()) > MOST_LINES
    }
    assert long == {}


def test_no_file_is_a_dumping_ground() -> None:
    assert [
        p.name for p in _files("*.py", "*.js") if re.fullmatch(r"(utils?|helpers?|common|misc)\.(py|js)", p.name)
    ] == []


def test_every_setting_stands_in_the_readme() -> None:
    named = {
        m
        for path in _files("*.py", "*.yml")
        for m in re.findall(r"\bLOTSE_[A-Z_]+\b", path.read_text(encoding="utf-8"))
    }
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert {name for name in named if name not in readme and not name.endswith("_")} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_need_has_a_label_in_every_language(language: str) -> None:
    concepts = load_taxonomy().concepts
    assert [code for code, concept in concepts.items() if not concept.labels.get(language)] == []


@pytest.mark.parametrize("folder", ["knowledge/texts", "widget/texts", "widget/channels/texts"])
def test_every_catalogue_has_the_same_keys_in_every_language(folder: str) -> None:
    german = yaml.safe_load((ROOT / folder / "de.yml").read_text(encoding="utf-8"))
    for language in REPLY_LANGUAGES:
        other = yaml.safe_load((ROOT / folder / f"{language}.yml").read_text(encoding="utf-8"))
        assert set(other) == set(german), language
        placeholders = {key: sorted(re.findall(r"\{\w+\}", str(value))) for key, value in german.items()}
        assert {key: sorted(re.findall(r"\{\w+\}", str(value))) for key, value in other.items()} == placeholders, (
            language
        )


def test_the_consoles_catalogues_have_the_same_keys_and_values_and_nothing_unused() -> None:
    folder = ROOT / "console"
    areas = {path.name for path in (folder / "texts").glob("*/*.yml")}
    of_areas = [
        [yaml.safe_load((folder / "texts" / code / area).read_text(encoding="utf-8")) for area in sorted(areas)]
        for code in ("de", "en")
    ]
    german, english = ({key: text for area in one for key, text in area.items()} for one in of_areas)
    assert [len(german), len(english)] == [sum(map(len, one)) for one in of_areas], "a key stands in two areas"
    placeholders = [
        {key: sorted(set(re.findall(r"\{\w+\}", str(value)))) for key, value in catalogue.items()}
        for catalogue in (german, english)
    ]
    assert placeholders[0] == placeholders[1]
    used = "".join(path.read_text(encoding="utf-8") for path in _files("console/*.py", "console/*.html"))
    made = re.compile(
        r"said_\w+|fault_\w+|problem_\w+|mail_\w+|role_\w+|state_\w+|field_\w+|help_\w+|weekday_\d|format_\w+|question_\w+|warning_\w+|outcome_\w+|why_\w+|part_\w+|behind_\w+|mine_\w+|declined_\w+|saved_within_\w+|figures_\w+|due_\w+|review_\w+"
    )
    assert [key for key in german if not made.fullmatch(key) and not re.search(rf"\b{key}\b", used)] == []


def test_every_response_speaks_every_language_and_has_a_default() -> None:
    for path in sorted((ROOT / "bot" / "domain").glob("*.yml")):
        responses = yaml.safe_load(path.read_text(encoding="utf-8")).get("responses") or {}
        for name, variations in responses.items():
            conditions = [v.get("condition", [{}])[0].get("value") for v in variations]
            spoken = {language for language in conditions if language}
            assert spoken | {"de"} >= set(REPLY_LANGUAGES), f"{path.name}: {name} lacks {set(REPLY_LANGUAGES) - spoken}"
            assert "condition" not in variations[-1], f"{path.name}: the last variation of {name} is no default"


def test_actions_in_the_domain_are_those_in_the_code() -> None:
    in_domain = {
        action
        for path in (ROOT / "bot" / "domain").glob("*.yml")
        for action in (yaml.safe_load(path.read_text(encoding="utf-8")).get("actions") or [])
        if action.startswith("action_") or action.startswith("validate_")
    }
    in_code = {
        name
        for path in (ROOT / "actions").glob("*.py")
        for name in re.findall(r"return \"((?:action|validate)_\w+)\"", path.read_text(encoding="utf-8"))
    }
    assert in_domain == in_code


def test_nothing_names_a_machine_or_an_absolute_path() -> None:
    found = {
        str(path.relative_to(ROOT))
        for path in _files("*.py", "*.md", "*.yml", "*.toml", "*.js", "*.html", "Makefile")
        if re.search(
            r"/(?:root|home/\w+|work)/|files\.pythonhosted|registry\.npmjs|pypi\.org", path.read_text(encoding="utf-8")
        )
        and path != Path(__file__)
    }
    assert found == set()
