"""Guides are read from the files that alliances have: Markdown, web pages, PDF; what cannot be read is said."""

import io
from pathlib import Path

import pytest
from pypdf import PdfWriter

from knowledge.errors import ImportFileError
from knowledge.guides.sections import cut
from knowledge.importing.guide_files import read_guide
from knowledge.values import Guide

PAGE = """<!doctype html><html lang="de"><head><title>Wegweiser Köthen</title>
<link rel="canonical" href="https://koethen.example.org/wegweiser"></head><body>
<nav><a href="/">Start</a> <a href="/impressum">Impressum</a></nav>
<main><article><h1>Wegweiser Köthen</h1><h2>Elterngeld</h2>
<p>Elterngeld beantragen Sie nach der Geburt bei der Elterngeldstelle im Landratsamt. Es wird höchstens drei Monate rückwirkend gezahlt.</p>
<h2>Kita</h2><p>Den Platz merken Sie neun Monate vorher im Portal der Stadt vor. Die Geburtsurkunde legen Sie beim Vertrag vor.</p>
</article></main><footer>© Bündnis</footer></body></html>"""

LINES = """Elterngeld
Elterngeld beantragen Sie nach der Geburt bei der Eltern-
geldstelle im Landratsamt, mit der Geburtsurkunde.
Kita
Den Platz merken Sie neun Monate vorher im Portal der Stadt vor."""


def pdf(lines: str, *, password: str | None = None) -> bytes:
    """Return a PDF of one page that holds these lines, written by hand: text operators in a page's content."""
    shown = "".join(f"({line.encode('cp1252').decode('latin-1')}) Tj T*\n" for line in lines.splitlines())
    stream = f"BT /F1 11 Tf 14 TL 50 780 Td\n{shown}ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    out, starts = io.BytesIO(b""), []
    out.write(b"%PDF-1.4\n")
    for number, content in enumerate(objects, 1):
        starts.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    at = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % start for start in starts))
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, at))
    if password is None:
        return out.getvalue()
    writer, locked = PdfWriter(clone_from=io.BytesIO(out.getvalue())), io.BytesIO()
    writer.encrypt(password, algorithm="RC4-128")
    writer.write(locked)
    return locked.getvalue()


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def sections(text: str) -> dict[str, str]:
    return {s.heading: s.text for s in cut(Guide(id="g", language="de", title="G", text=text))}


def test_markdown_keeps_its_text_and_names_its_title(tmp_path: Path) -> None:
    text = "# Wegweiser für Familien\n\n## Geld\nElterngeld beantragen Sie nach der Geburt."
    found = read_guide(written(tmp_path, "w.md", text.encode()))
    assert (found.title, found.text) == ("Wegweiser für Familien", text)


def test_a_web_page_is_read_without_its_menus(tmp_path: Path) -> None:
    found = read_guide(written(tmp_path, "w.html", PAGE.encode()))
    assert found.title == "Wegweiser Köthen"
    assert found.url == "https://koethen.example.org/wegweiser"
    assert "Impressum" not in found.text
    assert "höchstens drei Monate" in sections(found.text)["Elterngeld"]
    assert "Geburtsurkunde" in sections(found.text)["Kita"]


def test_a_pdf_becomes_sections_with_whole_words(tmp_path: Path) -> None:
    found = read_guide(written(tmp_path, "w.pdf", pdf(LINES)))
    assert sections(found.text) == {
        "Elterngeld": "Elterngeld beantragen Sie nach der Geburt bei der Elterngeldstelle im Landratsamt, mit der Geburtsurkunde.",
        "Kita": "Den Platz merken Sie neun Monate vorher im Portal der Stadt vor.",
    }


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("locked.pdf", pdf(LINES, password="geheim"), "password"),
        ("pictures.pdf", pdf(""), "text recognition"),
        ("torn.pdf", pdf(LINES)[:300], "cannot be read as PDF"),
        ("none.pdf", b"", "cannot be read as PDF"),
        ("empty.md", b"# ", "no text"),
        ("menu.html", b"<html><body></body></html>", "no text"),
    ],
)
def test_what_cannot_be_read_is_said_with_the_next_step(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    with pytest.raises(ImportFileError, match=says) as caught:
        read_guide(written(tmp_path, name, content))
    assert name in str(caught.value)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(ImportFileError, match="cannot be opened"):
        read_guide(tmp_path / "nowhere.pdf")
