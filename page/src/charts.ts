// The pictures. Colours are the stylesheet's (Okabe and Ito's, told apart by everyone); shapes say the same again.

import * as Plot from "@observablehq/plot";

import type { Drawn } from "./parts/chart";
import type { Level, Relations } from "./records";
import { firstDay } from "./words";

interface Point extends Level {
  day: Date;
}

const margins = { marginLeft: 44, marginRight: 12, marginBottom: 36 };

/** A series with the middle of each period, where its mark stands: the period itself lies around it. */
export function points(series: Level[], by: string): Point[] {
  return series.map((level) => ({ ...level, day: middle(level.period, by) }));
}

function middle(period: string, by: string): Date {
  return new Date(firstDay(period).getTime() + (length(by) / 2) * 864e5);
}

function extent(series: Point[], by: string): [Date, Date] {
  const first = series[0]?.day ?? new Date(0);
  const last = series.at(-1)?.day ?? new Date();
  const half = (length(by) / 2) * 864e5;
  return [new Date(first.getTime() - half), new Date(last.getTime() + half)];
}

/** A short series has a tick at each of its periods; of a long one Plot chooses. */
function ticks(series: Point[], by: string): string | undefined {
  if (series.length > 9 || by === "week") return undefined;
  return by === "quarter" ? "3 months" : "month";
}

/** Days of a period, as good as a picture needs them. */
function length(by: string): number {
  return by === "week" ? 7 : by === "quarter" ? 91.3 : 30.4;
}

/** Half of a bar's width, in milliseconds. */
function half(by: string): number {
  return length(by) * 0.4 * 864e5;
}

/** Balance with its bands, and where it turns. */
export function balance(found: Relations, width: number, chosen: [Date, Date] | null): Drawn {
  const series = points(found.series, found.by);
  const told = series.filter((level) => level.balance !== null);
  const turns = found.changes.map((change) => ({ ...change, day: middle(change.period, found.by) }));
  return Plot.plot({
    width,
    height: Math.max(200, Math.min(300, width * 0.42)),
    ...margins,
    marginTop: 24,
    x: { domain: extent(series, found.by), label: null, ticks: ticks(series, found.by) },
    y: { domain: bounds(told), label: "↑ balance, −10 to 10", grid: true, ticks: 5 },
    marks: [
      Plot.ruleY([0], { className: "zero" }),
      chosen ? Plot.rectX([chosen], { x1: (d) => d[0], x2: (d) => d[1], className: "chosen" }) : null,
      Plot.areaY(series, { x: "day", y1: "low90", y2: "high90", className: "band90" }),
      Plot.areaY(series, { x: "day", y1: "low50", y2: "high50", className: "band50" }),
      // A lone period has no area: its bands are bars.
      Plot.ruleX(lonely(series), { x: "day", y1: "low90", y2: "high90", className: "bar90" }),
      Plot.ruleX(lonely(series), { x: "day", y1: "low50", y2: "high50", className: "bar50" }),
      Plot.line(series, { x: "day", y: "balance", className: "line" }),
      Plot.dot(told, { x: "day", y: "balance", r: 2.5, className: "dots" }),
      Plot.ruleX(turns, { x: "day", className: "turn", strokeDasharray: "3 3" }),
      Plot.text(turns, {
        x: "day",
        frameAnchor: "top",
        dy: -16,
        text: (turn) => `${turn.direction === "up" ? "▲" : "▼"}${turn.live ? "?" : ""}`,
        className: "turn-mark",
      }),
      Plot.tip(
        told,
        Plot.pointerX({
          x: "day",
          y: "balance",
          className: "tip",
          title: (level: Point) =>
            `${level.period}\nbalance ${fixed(level.balance)}\n50%: ${fixed(level.low50)} to ${fixed(level.high50)}\n` +
            `90%: ${fixed(level.low90)} to ${fixed(level.high90)}\n${level.events} events, ${level.origins} origins`,
        }),
      ),
    ],
  }) as Drawn;
}

/** Friction and exchange: rates, each with its 90% band, below and above a common zero. */
export function rates(found: Relations, width: number): Drawn {
  const series = points(found.series, found.by);
  const rows = series.flatMap((level) => [
    { day: level.day, period: level.period, kind: "exchange", rate: level.exchange, low: level.exchange_low90, high: level.exchange_high90 },
    { day: level.day, period: level.period, kind: "friction", rate: level.friction, low: level.friction_low90, high: level.friction_high90 },
  ]);
  const shown = rows.filter((row) => row.rate !== null).map((row) => (row.kind === "friction" ? turned(row) : row));
  const most = Math.max(1e-9, ...shown.map((row) => Math.abs(row.rate as number))) * 1.6;
  const wide = half(found.by);
  return Plot.plot({
    width,
    height: Math.max(150, Math.min(200, width * 0.3)),
    ...margins,
    x: { domain: extent(series, found.by), label: null, ticks: ticks(series, found.by) },
    y: { domain: [-most, most], label: "↑ exchange, ↓ friction, per 1,000 stories", grid: true, ticks: 5, tickFormat: (rate: number) => String(Math.abs(rate)) },
    marks: [
      Plot.rectY(shown, {
        x1: (row) => new Date(row.day.getTime() - wide),
        x2: (row) => new Date(row.day.getTime() + wide),
        y1: 0,
        y2: "rate",
        className: "rate",
        fill: (row) => (row.kind === "friction" ? "var(--conflict)" : "var(--cooperation)"),
      }),
      Plot.ruleX(shown, { x: "day", y1: (row) => clip(row.low, most), y2: (row) => clip(row.high, most), className: "whisker" }),
      Plot.ruleY([0], { className: "zero" }),
    ],
  }) as Drawn;
}

/** What was read, period by period: a rise in events may be nothing but a rise in reading. */
export function coverage(found: Relations, width: number): Drawn {
  const series = points(found.series, found.by);
  const wide = half(found.by);
  return Plot.plot({
    width,
    height: 100,
    ...margins,
    x: { domain: extent(series, found.by), label: null, ticks: ticks(series, found.by) },
    y: { label: "↑ stories read", grid: true, ticks: 2 },
    marks: [
      Plot.rectY(series, {
        x1: (level) => new Date(level.day.getTime() - wide),
        x2: (level) => new Date(level.day.getTime() + wide),
        y1: 0,
        y2: "stories_read",
        className: "read",
      }),
      Plot.ruleY([0], { className: "zero" }),
    ],
  }) as Drawn;
}

export interface DayRead {
  day: string;
  articles: number;
}

/** What was read over time: by week, or by month where it is more than two years. */
export function reading(days: DayRead[], width: number): Drawn {
  const first = new Date(days[0]?.day ?? 0).getTime();
  const by = new Date(days.at(-1)?.day ?? 0).getTime() - first > 730 * 864e5 ? "month" : "week";
  const read = new Map<number, number>();
  for (const one of days) {
    const day = new Date(one.day);
    const begin = by === "month" ? Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), 1) : day.getTime() - ((day.getUTCDay() + 6) % 7) * 864e5;
    read.set(begin, (read.get(begin) ?? 0) + one.articles);
  }
  return Plot.plot({
    width,
    height: 140,
    ...margins,
    x: { type: "utc", label: null },
    y: { label: `↑ articles a ${by}`, grid: true, ticks: 3, tickFormat: (number: number) => (Number.isInteger(number) ? String(number) : "") },
    marks: [
      Plot.rectY([...read], {
        x1: ([begin]) => new Date(begin),
        x2: ([begin]) => new Date(begin + length(by) * 864e5),
        y1: 0,
        y2: ([, articles]) => articles,
        insetLeft: 0.5,
        insetRight: 0.5,
        className: "read",
      }),
      Plot.ruleY([0], { className: "zero" }),
    ],
  }) as Drawn;
}

const SERIES = ["var(--series-1)", "var(--series-2)", "var(--series-3)", "var(--series-4)"];
const SIGNS = ["circle", "square", "triangle", "diamond"] as const;
export const SIGN_TEXT = ["●", "■", "▲", "◆"];

/** Balances of several dyads in one picture, each with its 50% band, a colour and a shape of its own. */
export function several(dyads: Relations[], width: number): Drawn {
  const all = dyads.map((dyad) => points(dyad.series, dyad.by));
  const days = all.flat().map((level) => level.day.getTime());
  const told = all.flat().filter((level) => level.balance !== null);
  const by = dyads[0]?.by ?? "month";
  return Plot.plot({
    width,
    height: Math.max(220, Math.min(340, width * 0.45)),
    ...margins,
    x: { domain: [new Date(Math.min(...days) - half(by)), new Date(Math.max(...days) + half(by))], label: null },
    y: { domain: bounds(told), label: "↑ balance, −10 to 10", grid: true, ticks: 5 },
    marks: [
      Plot.ruleY([0], { className: "zero" }),
      ...all.flatMap((series, place) => [
        Plot.areaY(series, { x: "day", y1: "low50", y2: "high50", fill: SERIES[place], fillOpacity: 0.14 }),
        Plot.ruleX(lonely(series), { x: "day", y1: "low50", y2: "high50", stroke: SERIES[place], strokeOpacity: 0.3, strokeWidth: 6 }),
        Plot.line(series, { x: "day", y: "balance", stroke: SERIES[place], strokeWidth: 2 }),
        Plot.dot(
          series.filter((level) => level.balance !== null),
          { x: "day", y: "balance", symbol: SIGNS[place], fill: SERIES[place], r: 3.5 },
        ),
      ]),
    ],
  }) as Drawn;
}

function bounds(told: Point[]): [number, number] {
  const low = Math.min(-2, ...told.map((level) => level.low90 ?? 0));
  const high = Math.max(2, ...told.map((level) => level.high90 ?? 0));
  return [Math.max(-10, low), Math.min(10, high)];
}

function lonely(series: Point[]): Point[] {
  const has = (place: number) => series[place]?.balance != null;
  return series.filter((_, place) => has(place) && !has(place - 1) && !has(place + 1));
}

function turned<T extends { rate: number | null; low: number | null; high: number | null }>(row: T): T {
  const minus = (value: number | null) => (value === null ? null : -value);
  return { ...row, rate: minus(row.rate), low: minus(row.low), high: minus(row.high) };
}

function clip(value: number | null, most: number): number | null {
  return value === null ? null : Math.max(-most, Math.min(most, value));
}

function fixed(value: number | null): string {
  return value === null ? "–" : value.toFixed(1).replace("-", "−");
}
