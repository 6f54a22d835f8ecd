"""Leaflet, the library that shows maps, from its package on our own server: as a module that leaves the page around it alone."""

from pathlib import Path

from xstatic.pkg import leaflet

_FOLDER = Path(leaflet.BASE_DIR)
# What strict policies refuse, and what stands in its place: markup, by which it asks at the start whether pictures may stand
# within a page; and the picture by which it ends the loading of a tile.
_REPLACED = {
    '.innerHTML="<svg/>"': '.append(document.createElementNS("http://www.w3.org/2000/svg","svg"))',
    '"data:image/gif;base64,R0lGODlhAQABAAD/ACwAAAAAAQABAAACADs="': '""',
}
# It looks for CommonJS first; so neither a module loader of the page nor `window.leaflet` gets it, and `window.L` is given back.
_BEFORE = 'const had = "L" in window, exports = {}, module = { exports };\n'
_AFTER = "\nexports.noConflict();\nif (!had) delete window.L;\nexport default exports;\n"


def leaflet_script() -> str:
    """Return Leaflet as a module whose default export is the library.

    Raises:
        RuntimeError: The package holds another version, which has to be looked through first.
    """
    script, _, _ = (_FOLDER / "leaflet.js").read_text(encoding="utf-8").partition("//# sourceMappingURL")
    for refused, instead in _REPLACED.items():
        if script.count(refused) != 1:
            raise RuntimeError(
                f"Leaflet {leaflet.VERSION} is not the version known here; install the one that pyproject.toml names"
            )
        script = script.replace(refused, instead)
    return _BEFORE + script + _AFTER


def leaflet_style() -> str:
    """Return Leaflet's style sheet; the pictures it names belong to controls that are not used here."""
    return (_FOLDER / "leaflet.css").read_text(encoding="utf-8")
