// Who deals with whom: a network of countries and organisations, at most 150.

import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationNodeDatum } from "d3-force";
import { useCallback } from "preact/hooks";

import { resource, useResource } from "../api";
import { Chart, type Drawn } from "../parts/chart";
import type { Column } from "../parts/table";
import { Line, Nothing, Shown, View } from "../parts/view";
import { go, query, set, to } from "../place";
import type { Page } from "../records";
import { country } from "../words";

const MOST = 150;
const GREAT = 20; // the busiest have their names even over a small circle
const LINE = 14; // height of a name
const FEW = 40; // on a narrow screen
const SVG = "http://www.w3.org/2000/svg";

interface Tie {
  a: string;
  b: string;
  events: number;
  cooperation: number;
  conflict: number;
}

interface Node extends SimulationNodeDatum {
  id: string;
  events: number;
}

const COLUMNS: Column<Tie>[] = [
  { name: "a", of: (tie) => country(tie.a), plain: (tie) => tie.a },
  { name: "b", of: (tie) => country(tie.b), plain: (tie) => tie.b },
  { name: "events", of: (tie) => <a href={to(["dyad", tie.a, tie.b])}>{tie.events}</a>, plain: (tie) => tie.events, number: true },
  { name: "cooperation", of: (tie) => tie.cooperation, number: true },
  { name: "conflict", of: (tie) => tie.conflict, number: true },
];

export default function Network() {
  const given = { since: query.value.get("since"), until: query.value.get("until") };
  const answer = useResource<Page<Tie>>(resource("/network", { ...given, limit: 1000 }));
  return (
    <View title="Network" lead="Countries and organisations that deal with each other: the thicker the line, the more events; dashed where conflict prevails. A line leads to the two. At most 150 actors, 40 on a narrow screen; the table holds all.">
      <div class="fields">
        <Line label="From" type="date" value={given.since ?? ""} onChange={(value) => set({ since: value })} />
        <Line label="To" type="date" value={given.until ?? ""} onChange={(value) => set({ until: value })} />
      </div>
      <Shown answer={answer}>{(page) => (page.items.length ? <Picture ties={page.items} /> : <Nothing>Nobody deals with anybody.</Nothing>)}</Shown>
    </View>
  );
}

function Picture({ ties }: { ties: Tie[] }) {
  const draw = useCallback((width: number) => drawn(ties, width), [ties]);
  return <Chart name="network" label={`Network of ${nodesOf(ties).size} actors.`} draw={draw} columns={COLUMNS} rows={ties} />;
}

/** The busiest actors, with the number of their events. */
function nodesOf(ties: Tie[], most = MOST): Map<string, Node> {
  const events = new Map<string, number>();
  for (const tie of ties) for (const id of [tie.a, tie.b]) events.set(id, (events.get(id) ?? 0) + tie.events);
  const busiest = [...events].sort((one, two) => two[1] - one[1] || (one[0] < two[0] ? -1 : 1)).slice(0, most);
  return new Map(busiest.map(([id, number]) => [id, { id, events: number }]));
}

function drawn(ties: Tie[], width: number): Drawn {
  const narrow = width < 700;
  const height = narrow ? Math.max(360, width * 1.15) : Math.min(640, width * 0.6);
  const nodes = nodesOf(ties, narrow ? FEW : MOST);
  const links = ties
    .filter((tie) => nodes.has(tie.a) && nodes.has(tie.b))
    .map((tie) => ({ source: nodes.get(tie.a) as Node, target: nodes.get(tie.b) as Node, tie }));
  const most = Math.max(...ties.map((tie) => tie.events), 1);
  const busiest = Math.max(...[...nodes.values()].map((one) => one.events));
  const radius = (node: Node) => 4 + (narrow ? 9 : 14) * Math.sqrt(node.events / busiest);
  // No chance in it: d3 begins from a fixed spiral, so that the same ties give the same picture.
  forceSimulation([...nodes.values()])
    .force("link", forceLink(links).distance((link) => 150 - 90 * Math.sqrt(link.tie.events / most)).strength(0.25))
    .force("charge", forceManyBody().strength(-160))
    .force("collide", forceCollide<Node>((node) => radius(node) + 12))
    .force("x", forceX(width / 2).strength(0.06))
    .force("y", forceY(height / 2).strength((0.06 * width) / height))
    .stop()
    .tick(300);
  fit([...nodes.values()], width, height);
  const inside = (value: number | undefined, size: number) => Math.max(24, Math.min(size - 24, value ?? size / 2));
  const svg = made("svg", { viewBox: `0 0 ${width} ${height}`, width, height, class: "network" });
  for (const { source, target, tie } of links) {
    const conflict = tie.conflict / Math.max(1, tie.cooperation + tie.conflict);
    const ends = { x1: inside(source.x, width), y1: inside(source.y, height), x2: inside(target.x, width), y2: inside(target.y, height) };
    const line = made("line", { ...ends, class: `tie ${conflict > 0.5 ? "tie-conflict" : "tie-cooperation"}`, "stroke-width": 1 + 5 * Math.sqrt(tie.events / most) });
    line.append(titled(`${country(tie.a)} – ${country(tie.b)}: ${tie.events} events, ${tie.cooperation} of cooperation, ${tie.conflict} of conflict`));
    line.addEventListener("click", () => go(to(["dyad", tie.a, tie.b])));
    svg.append(line);
  }
  const placed = [...nodes.values()].map((node) => ({ node, x: inside(node.x, width), y: inside(node.y, height), r: radius(node) }));
  const circles: Box[] = placed.map(({ x, y, r }) => ({ left: x - r, right: x + r, top: y - r, bottom: y + r }));
  const great = placed.slice(0, GREAT).map(({ node }) => node);
  const taken: Box[] = [];
  const names: SVGElement[] = [];
  for (const { node, x, y, r } of placed) {
    const dot = made("circle", { cx: x, cy: y, r, class: "node" });
    dot.append(titled(`${country(node.id)}: ${node.events} events`));
    svg.append(dot);
    const words = narrow ? node.id.replace(/^org:/, "") : country(node.id);
    const free = besides(x, y, r, words.length * 6.8 + 4).filter((one) => isInside(one, width, height) && !taken.some((other) => meet(one, other)));
    const clear = free.find((one) => !circles.some((other) => meet(one, other)));
    const box = clear ?? (great.includes(node) ? free.find((one) => !circles.slice(0, GREAT).some((other) => meet(one, other))) : undefined);
    if (!box) continue; // the busiest come first; the others tell their names when pointed at
    taken.push(box);
    const name = made("text", { x: (box.left + box.right) / 2, y: box.bottom - 3, class: "node-name", "text-anchor": "middle" });
    name.textContent = words;
    names.push(name);
  }
  svg.append(...names);
  return svg as Drawn;
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Where a name may stand: above its circle, below it, at its right, at its left. */
function besides(x: number, y: number, r: number, wide: number): Box[] {
  const box = (left: number, top: number) => ({ left, right: left + wide, top, bottom: top + LINE });
  return [box(x - wide / 2, y - r - 1 - LINE), box(x - wide / 2, y + r + 1), box(x + r + 1, y - LINE / 2), box(x - r - 1 - wide, y - LINE / 2)];
}

function isInside(box: Box, width: number, height: number): boolean {
  return box.left >= 0 && box.right <= width && box.top >= 0 && box.bottom <= height;
}

function meet(one: Box, two: Box): boolean {
  return one.left < two.right && two.left < one.right && one.top < two.bottom && two.top < one.bottom;
}

/** Spreads the network over its box; a small one grows to twice its size at most. */
function fit(nodes: Node[], width: number, height: number): void {
  const stretch = (values: number[], size: number) => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const by = Math.min(2.2, (size - 120) / Math.max(1, high - low));
    return (value: number) => size / 2 + (value - (low + high) / 2) * by;
  };
  const x = stretch(nodes.map((node) => node.x ?? 0), width);
  const y = stretch(nodes.map((node) => node.y ?? 0), height);
  for (const node of nodes) [node.x, node.y] = [x(node.x ?? 0), y(node.y ?? 0)];
}

function made(name: string, given: Record<string, string | number>): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(given)) element.setAttribute(key, String(value));
  return element;
}

function titled(text: string): SVGElement {
  const title = made("title", {});
  title.textContent = text;
  return title;
}
