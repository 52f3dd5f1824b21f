"""Colours that can be read, whatever colour a house has chosen, in daylight and in the dark."""

import colorsys
from functools import lru_cache

# What text stands on: see casey.css. AA asks for 4.5 (WCAG 2.2, 1.4.3); a little more leaves room for rounding.
DAYLIGHT, DARK = "#f6f5f1", "#1c2024"
READABLE = 4.6
WHITE, BLACK = "#ffffff", "#101418"

Color = tuple[float, float, float]


@lru_cache
def readable(color: str, *, on: str) -> str:
    """The nearest shade of a colour that can be read on another, and on a breath of itself on that.

    It is darker on a bright one, lighter on a dark one.
    """
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(color))
    towards = 0 if luminance(on) > 0.5 else 100
    shades = range(round(100 * lightness), towards, 1 if towards else -1)
    tried = [color, *(_hex(colorsys.hls_to_rgb(hue, shade / 100, saturation)) for shade in shades)]
    return next((one for one in tried if contrast(one, breath_of(one, on)) >= READABLE), WHITE if towards else BLACK)


def readable_on(color: str) -> str:
    """What can be read on a colour: white or black."""
    return max((WHITE, BLACK), key=lambda one: contrast(one, color))


def contrast(one: str, other: str) -> float:
    """How well two colours can be told from each other: 1 to 21 (WCAG 2.2)."""
    darker, brighter = sorted([luminance(one), luminance(other)])
    return (brighter + 0.05) / (darker + 0.05)


def luminance(color: str) -> float:
    """How bright a colour is: 0 to 1 (WCAG 2.2)."""
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in _parts(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def breath_of(color: str, ground: str) -> str:
    """A breath of a colour on a ground."""
    return _hex(tuple(0.12 * one + 0.88 * other for one, other in zip(_parts(color), _parts(ground), strict=True)))


def _parts(color: str) -> Color:
    red, green, blue = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _hex(parts: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(one * 255):02x}" for one in parts)
