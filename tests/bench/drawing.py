"""A drawing of points and the straight line nearest to them, as SVG."""
import math
from html import escape

WIDTH, HEIGHT = 640, 400
LEFT, RIGHT, TOP, BOTTOM = 80, 30, 64, 56


def ticks(most):
    """Four to eight round numbers from nothing to at least `most`."""
    step = 10 ** math.floor(math.log10(most))
    step = next(step * part for part in (0.2, 0.25, 0.5, 1, 2) if most / (step * part) <= 7)
    return [step * i for i in range(math.ceil(most / step) + 1)]


def number(value):
    return f"{value:,.0f}" if value >= 10 or value == int(value) else f"{value:.2f}"


def draw(title, below, what, points, line):
    xs, ys = ticks(max(x for x, _ in points)), ticks(max(y for _, y in points))

    def across(x):
        return LEFT + x / xs[-1] * (WIDTH - LEFT - RIGHT)

    def up(y):
        return HEIGHT - BOTTOM - y / ys[-1] * (HEIGHT - TOP - BOTTOM)

    def text(x, y, words, anchor="middle", more=""):
        return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{more}>{escape(words)}</text>'

    def stroke(x1, y1, x2, y2, color, width=1):
        return (f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{color}" '
                f'stroke-width="{width}"/>')

    floor, end = up(0), across(xs[-1])
    begin, slope = line
    from_x = max(0, -begin / slope) if slope > 0 else 0  # no cost is less than nothing
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        'font-family="sans-serif" font-size="12" fill="#222">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        text(LEFT, 24, title, "start", ' font-size="16" font-weight="bold"'),
        text(LEFT, 44, below, "start", ' fill="#555"'),
    ]
    for y in ys:
        parts += [stroke(LEFT, up(y), end, up(y), "#ddd"), text(LEFT - 8, up(y) + 4, number(y), "end")]
    for x in xs:
        parts += [stroke(across(x), floor, across(x), floor + 5, "#222"), text(across(x), floor + 20, number(x))]
    parts += [
        stroke(LEFT, floor, end, floor, "#222"),
        stroke(LEFT, floor, LEFT, up(ys[-1]), "#222"),
        text((LEFT + end) / 2, HEIGHT - 14, what),
        text(20, (floor + TOP) / 2, "seconds of processor time", "middle",
             f' transform="rotate(-90 20 {(floor + TOP) / 2:.1f})"'),
        stroke(across(from_x), up(begin + slope * from_x), across(points[-1][0]), up(begin + slope * points[-1][0]),
               "#1f5fa8", 2),
    ]
    parts += [f'<circle cx="{across(x):.1f}" cy="{up(y):.1f}" r="4.5" fill="#c2410c"/>' for x, y in points]
    return "\n".join(parts + ["</svg>"]) + "\n"
