"""How a host's colours, corners and size of text are taken on in the frame: values in, a stylesheet out.

Whatever a host asks for, text stays readable: a colour is moved towards black or white until it passes
WCAG's 4.5:1 on our paper, in the light and in the dark. What is no colour or number counts as not given.
"""

import re
from dataclasses import dataclass
from functools import partial

Colour = tuple[int, int, int]
"""Red, green, blue, each 0 to 255."""

READABLE = 4.5  # to 1, WCAG 2.2, 1.4.3
STEPS = 64  # in which a colour is moved
# The grounds on which text stands, as in words.css: paper and sheet.
LIGHT: tuple[Colour, ...] = ((0xF4, 0xEF, 0xE4), (0xFF, 0xFD, 0xF7))
DARK: tuple[Colour, ...] = ((0x19, 0x16, 0x13), (0x24, 0x20, 0x1B))
BLACK: Colour = (0, 0, 0)
WHITE: Colour = (255, 255, 255)
MOST_RADIUS = 24.0  # px
LEAST_SCALE, MOST_SCALE = 0.85, 2.0
TEXT = 106.25  # per cent of the browser's own size, as in words.css

_HEX = re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_RGB = re.compile(r"rgb\( ?([0-9]{1,3}) ?[ ,] ?([0-9]{1,3}) ?[ ,] ?([0-9]{1,3}) ?\)")
_NUMBER = re.compile(r"([0-9]{1,4}(?:\.[0-9]{1,4})?)(px)?")


@dataclass(frozen=True, slots=True)
class Theme:
    """What a host asks for; None: ours."""

    accent: Colour | None
    on_accent: Colour | None
    radius: float | None
    scale: float | None

    @classmethod
    def read(cls, accent: str, on_accent: str, radius: str, scale: str) -> "Theme":
        """From the values of `--iw-accent`, `--iw-on-accent`, `--iw-radius`, `--iw-font-scale`, clamped."""
        size, corner = number(scale), number(radius)
        return cls(
            colour(accent),
            colour(on_accent),
            None if corner is None else min(corner, MOST_RADIUS),
            None if size is None else min(max(size, LEAST_SCALE), MOST_SCALE),
        )


def colour(text: str) -> Colour | None:
    """`#0a7`, `#00aa77` or `rgb(0, 170, 119)`; None for anything else."""
    text = text.strip()
    if found := _HEX.fullmatch(text):
        digits = found[1] if len(found[1]) == 6 else "".join(2 * digit for digit in found[1])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    if found := _RGB.fullmatch(re.sub(r"\s+", " ", text)):
        red, green, blue = (min(int(part), 255) for part in found.groups())
        return red, green, blue
    return None


def number(text: str) -> float | None:
    """`1.2`, `12px`; None for anything else."""
    found = _NUMBER.fullmatch(text.strip())
    return float(found[1]) if found else None


def contrast(one: Colour, other: Colour) -> float:
    """WCAG's ratio of contrast, 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def moved(wanted: Colour, grounds: tuple[Colour, ...], towards: Colour) -> Colour:
    """The colour nearest to `wanted`, on its way to `towards`, that can be read on all grounds."""
    for step in range(STEPS + 1):
        mixed = (
            _between(wanted[0], towards[0], step),
            _between(wanted[1], towards[1], step),
            _between(wanted[2], towards[2], step),
        )
        if all(contrast(mixed, ground) >= READABLE for ground in grounds):
            return mixed
    return towards


def stylesheet(theme: Theme) -> str:
    """The rules that put a theme over ours."""
    light, dark = [], []
    if theme.accent:
        fill = moved(theme.accent, LIGHT, BLACK)
        end = max((BLACK, WHITE), key=partial(contrast, fill))
        on = written(moved(theme.on_accent or end, (fill,), end))
        filled = f"--fill:{written(fill)};--on-fill:{on}"
        light.append(f"--accent:{written(fill)};{filled}")
        dark.append(f"--accent:{written(moved(theme.accent, DARK, WHITE))};{filled}")
    if theme.radius is not None:
        light.append(f"--radius:{theme.radius:g}px")
    rules = f":root{{{';'.join(light)}}}" if light else ""
    if dark:
        rules += f"@media (prefers-color-scheme:dark){{:root{{{';'.join(dark)}}}}}"
    if theme.scale is not None:
        rules += f"html{{font-size:{TEXT * theme.scale:g}%}}"
    return rules


def written(found: Colour) -> str:
    """As `#rrggbb`."""
    return "#{:02x}{:02x}{:02x}".format(*found)


def _between(start: int, end: int, step: int) -> int:
    return round(start + (end - start) * step / STEPS)


def _luminance(found: Colour) -> float:
    red, green, blue = (_linear(part / 255) for part in found)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
