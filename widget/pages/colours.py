"""Makes an alliance's colour readable: darker on light ground, lighter on dark, by WCAG's contrast ratio."""

import colorsys

# The grounds of static/chat.css that the accent stands on: the page's and the cards'. Its own tint is the third.
_LIGHT, _DARK = ("#f7f5f1", "#ffffff"), ("#141a1a", "#1e2626")
_TINT = 0.12
# WCAG 2.2 asks for 4.5 (1.4.3).
_READABLE = 4.5
_STEPS = 100


def accent_css(accent: str) -> str:
    """Return the rules that let page and widget use a colour, for light and dark.

    Args:
        accent: `#rrggbb`.
    """
    light, dark = _rules(accent, _LIGHT, end=0.0), _rules(accent, _DARK, end=1.0)
    return f":root,:host{{{light}}}@media (prefers-color-scheme: dark){{:root,:host{{{dark}}}}}"


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _rules(colour: str, grounds: tuple[str, str], *, end: float) -> str:
    """Return the custom properties for the lightness of a hue, nearest to the colour's own, that can be read."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*(part / 255 for part in _parts(colour)))
    for step in range(_STEPS + 1):
        accent = _written(*colorsys.hls_to_rgb(hue, lightness + (end - lightness) * step / _STEPS, saturation))
        tint = _mixed(accent, grounds[1])
        if min(contrast(accent, ground) for ground in (*grounds, tint)) >= _READABLE:
            break
    on = max(("#ffffff", "#0b1f1d"), key=lambda ink: contrast(ink, accent))
    return f"--accent:{accent};--on-accent:{on};--tint:{tint}"


def _mixed(colour: str, ground: str) -> str:
    pairs = zip(_parts(colour), _parts(ground), strict=True)
    return _written(*((one * _TINT + other * (1 - _TINT)) / 255 for one, other in pairs))


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4
        for part in _parts(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _written(red: float, green: float, blue: float) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in (red, green, blue))
