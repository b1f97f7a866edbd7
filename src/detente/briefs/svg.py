"""The picture of a brief as SVG: text stays text, colours follow the reader's light or dark screen."""

from __future__ import annotations

from html import escape

from detente.briefs.figure import Box, Dot, Drawing, Label, Mark, Rule

# Colours of Okabe and Ito ("Color Universal Design", 2008), told apart with any kind of colour vision, with lighter
# ones of the same hues on dark ground.
STYLE = """
.fig{--ink:#1b1b1b;--soft:#5f5f5f;--hair:#dcdcdc;--ground:#fff;--line:#0072b2;--conflict:#d55e00;--exchange:#00805d}
@media (prefers-color-scheme:dark){.fig{--ink:#e8e6e3;--soft:#a5a29c;--hair:#3a3d42;--ground:#16181b;--line:#56b4e9;--conflict:#ff8a3d;--exchange:#2fcf9f}}
@media print{.fig{--ink:#1b1b1b;--soft:#5f5f5f;--hair:#dcdcdc;--ground:#fff;--line:#0072b2;--conflict:#d55e00;--exchange:#00805d}}
.fig{font:9px system-ui,"DejaVu Sans",Arial,sans-serif}
.fig line{stroke-width:1;fill:none}
.fig .ground{fill:var(--ground)}
.fig .grid{stroke:var(--hair);stroke-width:.6}
.fig .axis,.fig .zero{stroke:var(--soft);stroke-width:.8}
.fig .r-level{stroke:var(--line);stroke-width:1.6}
.fig .turn{stroke:var(--soft);stroke-dasharray:4 3}
.fig .live{stroke:var(--soft);stroke-dasharray:1 3}
.fig .band{stroke:var(--line);opacity:.5}
.fig .r-friction{stroke:var(--conflict);stroke-width:1.2}
.fig .r-exchange{stroke:var(--exchange);stroke-width:1.2;stroke-dasharray:5 2}
.fig .friction-band{stroke:var(--conflict);opacity:.3}
.fig .exchange-band{stroke:var(--exchange);opacity:.3}
.fig .band90{fill:var(--line);opacity:.17}
.fig .band50{fill:var(--line);opacity:.28}
.fig .d-level{fill:var(--line)}
.fig .d-few,.fig .d-now{fill:var(--ground);stroke:var(--line);stroke-width:1.2}
.fig .d-now{stroke-dasharray:1.5 1}
.fig .d-friction{fill:var(--conflict)}
.fig .d-exchange{fill:var(--exchange)}
.fig text{fill:var(--soft)}
.fig .t-title,.fig .t-turn{fill:var(--ink)}
.fig .t-friction{fill:var(--conflict)}
.fig .t-exchange{fill:var(--exchange)}
""".strip()


def svg(drawing: Drawing, *, alone: bool = False) -> str:
    """The element. alone: as a file of its own, with its style and its ground; else the page around it brings STYLE."""
    size = f'viewBox="0 0 {drawing.width:g} {drawing.height:g}"'
    inner = [f"<title>{escape(drawing.words)}</title>"]
    space = ""
    if alone:
        space = f' xmlns="http://www.w3.org/2000/svg" width="{drawing.width:g}" height="{drawing.height:g}"'
        inner.append(f"<style>{STYLE}</style>")
        inner.append(f'<rect class="ground" width="{drawing.width:g}" height="{drawing.height:g}"/>')
    inner += [_mark(mark) for mark in drawing.marks]
    body = "\n".join(inner)
    return f'<svg{space} class="fig" role="img" {size}>\n{body}\n</svg>\n'


def _mark(mark: Mark) -> str:
    match mark:
        case Rule():
            name = f"r-{mark.kind}" if mark.kind in ("level", "friction", "exchange") else mark.kind
            return f'<line class="{name}" x1="{mark.x1:g}" y1="{mark.y1:g}" x2="{mark.x2:g}" y2="{mark.y2:g}"/>'
        case Box():
            return f'<rect class="{mark.kind}" x="{mark.x:g}" y="{mark.y:g}" width="{mark.width:g}" height="{mark.height:g}"/>'
        case Dot() if mark.kind == "exchange":
            side = round(2 * mark.r, 2)
            at = f'x="{round(mark.x - mark.r, 2):g}" y="{round(mark.y - mark.r, 2):g}"'
            return f'<rect class="d-exchange" {at} width="{side:g}" height="{side:g}"/>'
        case Dot():
            return f'<circle class="d-{mark.kind}" cx="{mark.x:g}" cy="{mark.y:g}" r="{mark.r:g}"/>'
        case Label():
            anchor = f' text-anchor="{mark.anchor}"' if mark.anchor != "start" else ""
            return f'<text class="t-{mark.kind}" x="{mark.x:g}" y="{mark.y:g}"{anchor}>{escape(mark.text)}</text>'
