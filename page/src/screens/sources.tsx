// What was read, by what, and what could not be: without this, no number above means anything.

import { useCallback } from "preact/hooks";

import { resource, useResource } from "../api";
import { reading, type DayRead } from "../charts";
import { Chart } from "../parts/chart";
import { FileLink } from "../parts/file";
import { Table, type Column } from "../parts/table";
import { Nothing, Shown, View } from "../parts/view";
import { to } from "../place";
import type { About, Page } from "../records";

interface Outlet {
  source: string | null;
  articles: number;
  events: number;
  quotes: number;
  first: string | null;
  last: string | null;
}

interface Share {
  source: string | null;
  language: string | null;
  coder: string;
  knowledge: string;
  articles: number;
  undated: number;
}

interface Failure {
  failure: { stage: string; reason: string; where?: string | null };
  article: string;
}

const OUTLETS: Column<Outlet>[] = [
  { name: "outlet", of: (row) => row.source ?? "(none named)" },
  { name: "articles", of: (row) => row.articles.toLocaleString("en"), number: true },
  { name: "events", of: (row) => row.events.toLocaleString("en"), number: true },
  { name: "quotations", of: (row) => row.quotes.toLocaleString("en"), number: true },
  { name: "first", of: (row) => row.first ?? "–" },
  { name: "last", of: (row) => row.last ?? "–" },
];

const SHARES: Column<Share>[] = [
  { name: "reader", of: (row) => row.coder },
  { name: "knowledge", of: (row) => row.knowledge },
  { name: "language", of: (row) => row.language ?? "–" },
  { name: "outlet", of: (row) => row.source ?? "(none named)" },
  { name: "articles", of: (row) => row.articles.toLocaleString("en"), number: true },
  { name: "without a day", of: (row) => row.undated.toLocaleString("en"), number: true },
];

const DAYS: Column<DayRead>[] = [
  { name: "day", of: (row) => row.day },
  { name: "articles", of: (row) => row.articles, number: true },
];

export default function Sources() {
  const shares = useResource<Page<Share>>(resource("/coverage"));
  const days = useResource<Page<DayRead>>(resource("/coverage/days"));
  const about = useResource<About>(resource("/about"));
  const outlets = useResource<Page<Outlet>>(resource("/sources"));
  const failures = useResource<Page<Failure>>(resource("/failures"));
  return (
    <View title="Sources and runs" lead="What this observatory has read, with what, and what could not be read.">
      <Shown answer={about}>
        {(told) => (
          <dl class="counts">
            {Object.entries<string | number>({ détente: told.detente, observatory: told.name, ...told.counts }).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{typeof value === "number" ? value.toLocaleString("en") : value}</dd>
              </div>
            ))}
            {told.origins.map((origin) => (
              <div key={origin.name}>
                <dt>imported: {origin.name}</dt>
                <dd>
                  {origin.events.toLocaleString("en")} events, {origin.first} to {origin.last}
                </dd>
              </div>
            ))}
          </dl>
        )}
      </Shown>
      <p class="links">
        Export:
        <FileLink address="/api/v1/export/csv" name="events.csv">
          CSV
        </FileLink>
        <FileLink address="/api/v1/export/jsonl" name="events.jsonl">
          JSON Lines
        </FileLink>
        <FileLink address="/api/v1/export/parquet" name="events.parquet">
          Parquet
        </FileLink>
        <a href="/api/v1/openapi.json">API</a>
      </p>
      <h2>Outlets</h2>
      <Shown answer={outlets}>{(page) => (page.items.length ? <Table bare caption="Outlets" columns={OUTLETS} rows={page.items} /> : <Nothing>Nothing has been read yet.</Nothing>)}</Shown>
      <Shown answer={days}>{(page) => page.items.length > 0 && <Days days={page.items} />}</Shown>
      <h2>Read with</h2>
      <Shown answer={shares}>
        {(page) => (page.items.length ? <Table bare caption="Versions" columns={SHARES} rows={page.items} /> : <Nothing>No reader has been at work.</Nothing>)}
      </Shown>
      <h2>What could not be read</h2>
      <Shown answer={failures}>
        {(page) => (page.items.length ? <Failures rows={page.items} /> : <Nothing>Everything could be read.</Nothing>)}
      </Shown>
    </View>
  );
}

function Days({ days }: { days: DayRead[] }) {
  const draw = useCallback((width: number) => reading(days, width), [days]);
  return (
    <>
      <h2>Coverage</h2>
      <Chart name="coverage" label="Articles read, by the month or week in which they were published." draw={draw} columns={DAYS} rows={days} />
    </>
  );
}

function Failures({ rows }: { rows: Failure[] }) {
  const reasons = Map.groupBy(rows, (row) => `${row.failure.stage}: ${row.failure.reason.replace(/\d+|'[^']*'|"[^"]*"/g, "…").slice(0, 160)}`);
  return (
    <ul>
      {[...reasons].map(([reason, found]) => (
        <li key={reason}>
          {reason} <small>({found.length})</small>
          <details>
            <summary>Which</summary>
            <ul>
              {found.slice(0, 100).map((row, place) => (
                <li key={place}>
                  <a href={to(["article", row.article])}>{row.article}</a>: {row.failure.reason.slice(0, 400)}
                </li>
              ))}
            </ul>
          </details>
        </li>
      ))}
    </ul>
  );
}
