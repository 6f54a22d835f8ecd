"""Check one language's training text: every need, every style, nearly equal lines. Standard library only.

Usage: python3 tools/check_training_text.py tr
"""

import collections
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
STYLES = ("direct", "indirect", "long_story", "keyword", "colloquial", "typo", "transliterated", "mixed_language")
LEAST_PER_NEED = 16


def needs() -> list[str]:
    text = (ROOT / "knowledge/taxonomy/needs.yml").read_text(encoding="utf-8")
    return [m for m in re.findall(r"^([a-z_]+(?:\.[a-z_]+)?):", text, re.M) if "." in m]


def trigrams(text: str) -> frozenset[str]:
    folded = " ".join(re.findall(r"\w+", text.casefold()))
    return frozenset(folded[i : i + 3] for i in range(max(1, len(folded) - 2)))


def main() -> int:
    language = sys.argv[1] if len(sys.argv) == 2 else ""
    if not (ROOT / f"knowledge/training/questions/{language}.txt").is_file():
        print("which language? python tools/check_training_text.py de", file=sys.stderr)
        return 2
    path = ROOT / f"knowledge/training/questions/{language}.txt"
    known = set(needs()) | {"unrelated"}
    by_need: dict[str, list[tuple[str, str]]] = collections.defaultdict(list)
    problems: list[str] = []
    need = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = line.strip()
        if not line:
            continue
        if line.startswith("## "):
            need = line[3:].strip()
            if need not in known:
                problems.append(f"{path.name}:{number}: unknown need {need!r}")
            continue
        style, bar, text = (part.strip() for part in line.partition("|"))
        if not bar or not text or (style not in STYLES and need != "unrelated"):
            problems.append(f"{path.name}:{number}: want 'style | text', got {line[:60]!r}")
            continue
        by_need[need].append((style, text))
    seen: dict[str, str] = {}
    for code, lines in by_need.items():
        grams = [(text, trigrams(text)) for _, text in lines]
        for i, (a, ga) in enumerate(grams):
            if a.casefold() in seen and seen[a.casefold()] != code:
                problems.append(f"the same line under {code} and {seen[a.casefold()]}: {a[:70]!r}")
            seen[a.casefold()] = code
            for b, gb in grams[i + 1 :]:
                if len(ga & gb) > 0.7 * len(ga | gb):
                    problems.append(f"{code}: nearly the same: {a[:60]!r} ~ {b[:60]!r}")
    for code in sorted(known - set(by_need)):
        problems.append(f"no lines for {code}")
    for code, lines in by_need.items():
        if len(lines) < (LEAST_PER_NEED if code != "unrelated" else 50):
            problems.append(f"{code}: only {len(lines)} lines")
    print("\n".join(problems[:60]))
    styles = collections.Counter(style for lines in by_need.values() for style, _ in lines)
    print(
        f"{language}: {sum(map(len, by_need.values()))} lines, {len(by_need)} needs, {len(problems)} problems; {dict(styles)}"
    )
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
