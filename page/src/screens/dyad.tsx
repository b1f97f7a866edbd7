// Two countries: the level of their relations, friction and exchange, what was read; and beside it the evidence.

import { useCallback, useMemo } from "preact/hooks";

import { resource, useResource, type Answer } from "../api";
import { balance, coverage, rates } from "../charts";
import { brush } from "../parts/brush";
import { Chart, type Drawn } from "../parts/chart";
import { Evidence } from "../parts/evidence";
import { Finding } from "../parts/finding";
import { OriginChoice } from "../parts/origin";
import { chosenDays, Period } from "../parts/period";
import type { Column } from "../parts/table";
import { Choice, Line, Shown, View } from "../parts/view";
import { address, path, query, set, to } from "../place";
import type { DyadPage, Level, Relations, StoryEvent } from "../records";
import { counted, country, firstDay, iso, lastDay, signed } from "../words";

const number = (value: number | null) => (value === null ? "–" : signed(value));
const COLUMNS: Column<Level>[] = [
  { name: "period", of: (level) => level.period },
  { name: "balance", of: (level) => number(level.balance), plain: (level) => level.balance, number: true },
  { name: "low50", of: (level) => number(level.low50), plain: (level) => level.low50, number: true },
  { name: "high50", of: (level) => number(level.high50), plain: (level) => level.high50, number: true },
  { name: "low90", of: (level) => number(level.low90), plain: (level) => level.low90, number: true },
  { name: "high90", of: (level) => number(level.high90), plain: (level) => level.high90, number: true },
  { name: "friction", of: (level) => level.friction?.toFixed(1) ?? "–", plain: (level) => level.friction, number: true },
  { name: "exchange", of: (level) => level.exchange?.toFixed(1) ?? "–", plain: (level) => level.exchange, number: true },
  { name: "events", of: (level) => level.events, number: true },
  { name: "origins", of: (level) => level.origins, number: true },
  { name: "stories read", of: (level) => level.stories_read, number: true },
];

export default function Dyad() {
  const [, a = "", b = ""] = path.value;
  const given = Object.fromEntries(["since", "as_of", "directed", "origin"].map((name) => [name, query.value.get(name)]));
  const by = query.value.get("by") ?? "month";
  const home = `/dyads/${encodeURIComponent(a)}/${encodeURIComponent(b)}`;
  const quick = useResource<DyadPage>(resource(`${home}/page`, { ...given, by, limit: 1000 }));
  const full = useResource<Relations>(resource(home, { ...given, by }));
  const answer = soonest(quick, full);
  const weighed = answer.data === full.data;
  const directed = query.value.get("directed") === "true";
  return (
    <View title={`${country(a)} ${directed ? "→" : "–"} ${country(b)}`} lead={answer.data && <Finding found={answer.data} />}>
      <div class="fields">
        <Choice
          label="Period"
          value={by}
          options={[["week", "weeks"], ["month", "months"], ["quarter", "quarters"]]}
          onChange={(value) => set({ by: value === "month" ? null : value })}
        />
        <Choice
          label="Direction"
          value={String(directed)}
          options={[["false", "both"], ["true", `${country(a)} → ${country(b)}`]]}
          onChange={(value) => set({ directed: value === "true" ? "true" : null })}
        />
        <OriginChoice />
        <Line label="As known on" type="date" value={query.value.get("as_of") ?? ""} onChange={(value) => set({ as_of: value })} />
        <span class="links">
          {directed && <a href={`${to(["dyad", b, a])}${address.value.search}`}>other direction</a>}
          <a href={to(["compare"], { d: `${a}-${b}`, by: query.value.get("by"), directed: given.directed, origin: given.origin })}>compare</a>
          <a href={to(["calendar"], { a, b })}>calendar</a>
          <a href={to(["agenda", a, b])}>agenda</a>
        </span>
      </div>
      <Shown answer={answer}>{(found) => <Charts found={found} told={quick.data?.events ?? []} weighed={weighed} />}</Shown>
    </View>
  );
}

/** What is there first: the kept series, until the turns and the weight of each event have been worked out. */
function soonest(quick: Answer<DyadPage>, full: Answer<Relations>): Answer<Relations> {
  const sketch = useMemo(() => quick.data && sketched(quick.data), [quick.data]);
  if (full.problem || !full.waiting || quick.waiting || !sketch) return full;
  return { data: sketch, problem: null, waiting: false };
}

function sketched(page: DyadPage): Relations {
  const evidence = page.events.map(({ event, article, source, published, sentence }) => ({
    event: event.id,
    contribution: null,
    date: event.date?.start ?? published?.slice(0, 10) ?? "",
    dated_by: event.date?.start ? "text" : "publication",
    status: event.status,
    type: event.type,
    intensity: event.intensity,
    sentence,
    article,
    source,
    published,
  }));
  const unknown = { changes: [], direction: "", probability: null, window: "", delta: 0, why: "", left_out: 0 };
  return { ...page, ...unknown, directed: query.value.get("directed") === "true", evidence: evidence.reverse() };
}

function Charts({ found, told, weighed }: { found: Relations; told: StoryEvent[]; weighed: boolean }) {
  const { from, to: until } = ends(found);
  const chosen = useMemo<[Date, Date] | null>(() => (from && until ? [new Date(from), new Date(until)] : null), [from, until]);
  const choose = useCallback(
    (period: [Date, Date] | null) => set(period ? { from: iso(period[0]), to: iso(period[1]) } : { from: null, to: null }),
    [],
  );
  const onDrawn = useCallback((figure: Drawn) => brush(figure, choose), [choose]);
  const name = `${found.a}-${found.b}`;
  const drawBalance = useCallback((width: number) => balance(found, width, chosen), [found, chosen]);
  const drawRates = useCallback((width: number) => rates(found, width), [found]);
  const drawCoverage = useCallback((width: number) => coverage(found, width), [found]);
  const busy = found.series.filter((level) => level.events > 0);
  const periods = useMemo(() => busy.map((level) => ({ from: iso(firstDay(level.period)), to: lastDay(level.period, found.by) })), [found]);
  if (!busy.length)
    return (
      <p class="nothing">
        No event between {country(found.a)} and {country(found.b)} that occurred and has a day.{" "}
        <a href={to(["events"], { source: found.a, target: found.b, either: "true" })}>What else is told of them</a>
      </p>
    );
  const turns = found.changes.map((turn) => `${turn.direction} in ${turn.period}`).join(", ") || "none";
  return (
    <div class="beside charts">
      <section aria-label="Series">
        <Chart
          name={`${name}-balance`}
          label={`Balance of relations by ${found.by}, ${found.series[0]?.period} to ${found.series.at(-1)?.period}. Turning points: ${turns}.`}
          draw={drawBalance}
          columns={COLUMNS}
          rows={found.series}
          onDrawn={onDrawn}
        />
        <p class="legend">
          <span class="key line-key" /> balance <span class="key band50-key" /> 50% <span class="key band90-key" /> 90% band
          {found.changes.map((turn) => (
            <button
              key={turn.period}
              type="button"
              class="turn-button"
              onClick={() => choose([firstDay(turn.period), new Date(lastDay(turn.period, found.by))])}
            >
              {turn.direction === "up" ? "▲" : "▼"} {turn.period}
              {turn.live ? " (live, may yet vanish)" : `, found again in ${Math.round(turn.support * 100)}% of draws`}
            </button>
          ))}
        </p>
        <Chart name={`${name}-rates`} label="Exchange (upwards) and friction (downwards) per 1,000 stories." draw={drawRates} columns={COLUMNS} rows={found.series} />
        <p class="legend">
          <span class="key exchange-key" /> exchange ▲ <span class="key friction-key" /> friction ▼, with 90% intervals
        </p>
        <Chart name={`${name}-coverage`} label="Stories read in each period." draw={drawCoverage} columns={COLUMNS} rows={found.series} />
        {found.left_out > 0 && <p class="aside">{counted(found.left_out, "event")} could be given no period and count nowhere.</p>}
      </section>
      <section aria-label="Evidence">
        <Period periods={periods} />
        <Evidence found={found} told={told} weighed={weighed} from={from} to={until} />
      </section>
    </div>
  );
}

/** The chosen days; where one end is missing, the end of the series. */
function ends(found: Relations): { from: string | null; to: string | null } {
  const { from, to: until } = chosenDays();
  if (from && !until) return { from, to: lastDay(found.series.at(-1)?.period ?? from, found.by) };
  if (until && !from) return { from: iso(firstDay(found.series[0]?.period ?? until)), to: until };
  return { from, to: until };
}
