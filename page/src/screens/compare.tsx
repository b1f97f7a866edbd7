// Up to four dyads in one picture.

import { useCallback, useState } from "preact/hooks";

import { resource, useResource } from "../api";
import { several, SIGN_TEXT } from "../charts";
import { Chart } from "../parts/chart";
import { CountryField } from "../parts/countries";
import { Finding } from "../parts/finding";
import { OriginChoice } from "../parts/origin";
import type { Column } from "../parts/table";
import { Choice, Nothing, Shown, View } from "../parts/view";
import { address, go, query, set, to } from "../place";
import type { Level, Relations, Triangle } from "../records";
import { country, sentence, signed } from "../words";

const MOST = 4;

interface Row extends Level {
  dyad: string;
}

const COLUMNS: Column<Row>[] = [
  { name: "dyad", of: (row) => row.dyad },
  { name: "period", of: (row) => row.period },
  { name: "balance", of: (row) => (row.balance === null ? "–" : signed(row.balance)), plain: (row) => row.balance, number: true },
  { name: "low50", of: (row) => row.low50?.toFixed(1) ?? "–", plain: (row) => row.low50, number: true },
  { name: "high50", of: (row) => row.high50?.toFixed(1) ?? "–", plain: (row) => row.high50, number: true },
  { name: "events", of: (row) => row.events, number: true },
];

export default function Compare() {
  const asked = query.value.getAll("d").filter((pair) => /^[^-]+-[^-]+$/.test(pair)).slice(0, MOST);
  const by = query.value.get("by") ?? "month";
  const directed = query.value.get("directed") === "true";
  const origin = query.value.get("origin");
  return (
    <View title="Compare" lead="The balances of up to four pairs of countries, each with its 50% band.">
      <Adder asked={asked} />
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
          options={[["false", "both"], ["true", "first → second"]]}
          onChange={(value) => set({ directed: value === "true" ? value : null })}
        />
        <OriginChoice />
      </div>
      {asked.length === 0 ? <Nothing>Name two countries to begin.</Nothing> : <Picture key={asked.join()} asked={asked} by={by} directed={directed} origin={origin} />}
      {asked.length === 2 && !directed && (origin ?? "own") === "own" && <TriangleLink asked={asked} />}
    </View>
  );
}

function Adder({ asked }: { asked: string[] }) {
  const [a, setA] = useState("");
  const [b, setB] = useState("");
  const choose = (dyads: string[]) => {
    const url = new URL(address.value);
    url.searchParams.delete("d");
    for (const dyad of dyads) url.searchParams.append("d", dyad);
    go(url.href);
  };
  return (
    <form
      class="fields"
      onSubmit={(submit) => {
        submit.preventDefault();
        const pair = [a, b].map((name) => name.replaceAll("-", " ")).join("-");
        if (a && b && !asked.includes(pair)) choose([...asked, pair]);
        setA("");
        setB("");
      }}
    >
      {asked.map((pair, place) => (
        <span class="chip" key={pair}>
          <span class={`series-${place + 1}`} aria-hidden="true">
            {SIGN_TEXT[place]}
          </span>{" "}
          {pair.split("-").map(country).join(" – ")}{" "}
          <button type="button" aria-label={`Leave out ${pair.split("-").map(country).join(" – ")}`} onClick={() => choose(asked.filter((other) => other !== pair))}>
            ×
          </button>
        </span>
      ))}
      {asked.length < MOST && (
        <>
          <CountryField label="Country" value={a} onChange={setA} />
          <CountryField label="and" value={b} onChange={setB} />
          <button type="submit">Add</button>
        </>
      )}
    </form>
  );
}

function Picture({ asked, by, directed, origin }: { asked: string[]; by: string; directed: boolean; origin: string | null }) {
  // A hook for each: their number is fixed for the life of this component, by its key.
  const answers = asked.map((pair) => {
    const [a = "", b = ""] = pair.split("-");
    return useResource<Relations>(resource(`/dyads/${encodeURIComponent(a)}/${encodeURIComponent(b)}`, { by, directed: directed || null, origin }));
  });
  const dyads = answers.flatMap((answer) => (answer.data ? [answer.data] : []));
  const draw = useCallback((width: number) => several(dyads, width), answers.map((answer) => answer.data));
  const failed = answers.find((answer) => answer.problem);
  if (failed) return <Shown answer={failed}>{() => null}</Shown>;
  if (dyads.length < asked.length) return <p class="waiting" role="status">Asking the observatory…</p>;
  const rows = dyads.flatMap((dyad) => dyad.series.map((level) => ({ ...level, dyad: `${dyad.a}-${dyad.b}` })));
  return (
    <>
      {rows.every((row) => row.balance === null) ? (
        <Nothing>No event that occurred and has a day is told of any of them.</Nothing>
      ) : (
      <Chart name={`compare-${asked.join("_")}`} label={`Balances of ${asked.join(", ")}.`} draw={draw} columns={COLUMNS} rows={rows} />
      )}
      <ul class="findings">
        {dyads.map((dyad, place) => (
          <li key={asked[place]}>
            <span class={`series-${place + 1}`} aria-hidden="true">
              {SIGN_TEXT[place]}
            </span>{" "}
            <a href={to(["dyad", dyad.a, dyad.b], { by, directed: directed ? "true" : null, origin })}>
              {country(dyad.a)} {dyad.directed ? "→" : "–"} {country(dyad.b)}
            </a>{" "}
            <Finding found={dyad} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** Two dyads with one country in common are a triangle. */
function TriangleLink({ asked }: { asked: string[] }) {
  const [one = [], two = []] = asked.map((pair) => pair.split("-"));
  const common = one.find((code) => two.includes(code));
  if (!common) return null;
  const [b, c] = [one, two].map((pair) => pair.find((code) => code !== common) ?? "");
  return <TriangleNote a={common} b={b ?? ""} c={c ?? ""} />;
}

function TriangleNote({ a, b, c }: { a: string; b: string; c: string }) {
  const by = query.value.get("by") ?? "month";
  const answer = useResource<Triangle>(resource(`/triangles/${[a, b, c].map(encodeURIComponent).join("/")}`, { by }));
  if (!answer.data) return null;
  const { correlation, low90, high90, periods, why } = answer.data;
  return (
    <p class="triangle">
      Triangle: {country(a)} between {country(b)} and {country(c)}.{" "}
      {correlation === null
        ? sentence(why)
        : `Correlation of the two balances ${signed(correlation, 2)} (90% interval ${signed(low90 ?? 0, 2)} to ${signed(high90 ?? 0, 2)}, ${periods} periods).`}
    </p>
  );
}
