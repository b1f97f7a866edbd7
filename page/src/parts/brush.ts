// Choosing a period by drawing over a chart. Whoever uses no pointer has the fields below it.

import type { Drawn } from "./chart";

/** Lets a pointer choose a stretch of a chart's time axis; gives what takes that away again. */
export function brush(figure: Drawn, onChosen: (chosen: [Date, Date] | null) => void): () => void {
  const svg = figure instanceof SVGSVGElement ? figure : figure.querySelector("svg");
  const scale = figure.scale?.("x");
  if (!svg || !scale?.invert) return () => {};
  const box = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  box.setAttribute("class", "brush");
  box.setAttribute("y", "20");
  let from: number | null = null;
  const at = (event: PointerEvent) => {
    const frame = svg.getBoundingClientRect();
    return ((event.clientX - frame.left) / frame.width) * svg.viewBox.baseVal.width;
  };
  const down = (event: PointerEvent) => {
    if (event.button) return;
    event.stopImmediatePropagation(); // Plot would pin its tip, and keep the event from us
    from = at(event);
    svg.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent) => {
    if (from === null) return;
    const to = at(event);
    if (Math.abs(to - from) < 4) return;
    box.setAttribute("x", String(Math.min(from, to)));
    box.setAttribute("width", String(Math.abs(to - from)));
    box.setAttribute("height", String(svg.viewBox.baseVal.height - 56));
    if (!box.parentNode) svg.append(box);
  };
  const up = (event: PointerEvent) => {
    if (from === null) return;
    const ends = [from, at(event)].sort((a, b) => a - b) as [number, number];
    from = null;
    box.remove();
    if (ends[1] - ends[0] < 4) onChosen(null);
    else onChosen(ends.map((end) => new Date(scale.invert?.(end) as Date)) as [Date, Date]);
  };
  const listeners = { pointerdown: down, pointermove: move, pointerup: up, pointercancel: up };
  for (const [name, listener] of Object.entries(listeners)) svg.addEventListener(name, listener as EventListener, true);
  svg.classList.add("brushable");
  return () => {
    for (const [name, listener] of Object.entries(listeners)) svg.removeEventListener(name, listener as EventListener, true);
  };
}
