// A chart with its table, its files, and how to cite it.

import { useEffect, useRef, useState } from "preact/hooks";

import { csvOf, Table, type Column } from "./table";
import { Cite } from "./cite";
import { save } from "./file";

export type Drawn = (SVGSVGElement | HTMLElement) & { scale?: (name: string) => { invert?: (at: number) => unknown } | undefined };

interface Props<T> {
  name: string;
  label: string;
  draw: (width: number) => Drawn;
  columns: Column<T>[];
  rows: T[];
  onDrawn?: (figure: Drawn) => (() => void) | void;
}

/** name: of the files that it is saved as. label: what it shows, in a sentence: for those who do not see it. */
export function Chart<T>({ name, label, draw, columns, rows, onDrawn }: Props<T>) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [asTable, setAsTable] = useState(false);
  useEffect(() => {
    if (!box.current) return;
    const seen = new ResizeObserver(([entry]) => entry && setWidth(Math.round(entry.contentRect.width)));
    seen.observe(box.current);
    return () => seen.disconnect();
  }, []);
  useEffect(() => {
    const home = box.current;
    if (!home || asTable || width < 40) return;
    const figure = draw(width);
    figure.setAttribute("role", "img");
    for (const part of figure.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label"); // Plot names groups that have no role
    figure.setAttribute("aria-label", label);
    home.replaceChildren(figure);
    const leave = onDrawn?.(figure);
    return () => {
      leave?.();
      figure.remove();
    };
  }, [draw, width, asTable, label, onDrawn]);
  const svg = () => box.current?.querySelector("svg") ?? null;
  return (
    <figure class="chart">
      <div ref={box} class="chart-box" hidden={asTable} />
      {asTable && <Table caption={label} columns={columns} rows={rows} />}
      <figcaption class="tools">
        <button type="button" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? "Chart" : "Table"}
        </button>
        {!asTable && (
          <>
            <button type="button" onClick={() => svg() && saveSvg(svg() as SVGSVGElement, name)}>
              SVG
            </button>
            <button type="button" onClick={() => svg() && void savePng(svg() as SVGSVGElement, name)}>
              PNG
            </button>
          </>
        )}
        <Csv name={name} columns={columns} rows={rows} />
        <Cite />
      </figcaption>
    </figure>
  );
}

interface Told<T> {
  name: string;
  columns: Column<T>[];
  rows: T[];
}

/** What a list without a picture is saved as, and how to cite it. */
export function Files<T>(told: Told<T>) {
  return (
    <p class="tools files">
      <Csv {...told} />
      <Cite />
    </p>
  );
}

function Csv<T>({ name, columns, rows }: Told<T>) {
  return (
    <button type="button" onClick={() => save(new Blob([csvOf(columns, rows)], { type: "text/csv" }), `${name}.csv`)}>
      CSV
    </button>
  );
}

/** The picture by itself: what the page's stylesheet gives it is written into it. */
function alone(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const [from, into] = [[svg, ...svg.querySelectorAll("*")], [copy, ...copy.querySelectorAll("*")]];
  from.forEach((element, place) => {
    const given = getComputedStyle(element);
    for (const name of ["fill", "stroke", "color", "font-family", "font-size", "font-weight"])
      into[place]?.setAttribute(name, given.getPropertyValue(name));
    into[place]?.removeAttribute("class");
  });
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  ground.setAttribute("width", "100%");
  ground.setAttribute("height", "100%");
  ground.setAttribute("fill", getComputedStyle(document.body).backgroundColor);
  copy.prepend(ground);
  return new XMLSerializer().serializeToString(copy);
}

function saveSvg(svg: SVGSVGElement, name: string): void {
  save(new Blob([alone(svg)], { type: "image/svg+xml" }), `${name}.svg`);
}

async function savePng(svg: SVGSVGElement, name: string): Promise<void> {
  const box = svg.getBoundingClientRect();
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(alone(svg))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = box.width * 2;
  canvas.height = box.height * 2;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => blob && save(blob, `${name}.png`));
}
