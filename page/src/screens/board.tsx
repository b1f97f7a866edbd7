// The board: which pairs of countries have moved, the greatest change first.

import { resource, useResource } from "../api";
import { Files } from "../parts/chart";
import { OriginChoice } from "../parts/origin";
import type { Column } from "../parts/table";
import { Choice, Nothing, Shown, View } from "../parts/view";
import { query, set, to } from "../place";
import type { Board as Found, BoardRow, Now, Page } from "../records";
import { counted, country, sentence, signed } from "../words";

export function Board() {
  const by = query.value.get("by") ?? "month";
  const origin = query.value.get("origin");
  const least = query.value.get("least") ?? "5";
  const answer = useResource<Found>(resource("/board", { by, origin, as_of: query.value.get("as_of"), min_events: least }));
  return (
    <View title="Board" lead={answer.data && <Lead found={answer.data} />}>
      <div class="fields">
        <Choice
          label="Period"
          value={by}
          options={[["week", "weeks"], ["month", "months"], ["quarter", "quarters"]]}
          onChange={(value) => set({ by: value === "month" ? null : value })}
        />
        <Choice
          label="Pairs with at least"
          value={least}
          options={["1", "2", "5", "10", "25", "100"].map((number) => [number, counted(Number(number), "event")])}
          onChange={(value) => set({ least: value === "5" ? null : value })}
        />
        <OriginChoice />
      </div>
      <Shown answer={answer}>
        {(found) =>
          found.rows.length === 0 ? (
            <Nothing>
              {found.dyads === 0
                ? "No event between two countries has been read yet."
                : `Of ${counted(found.dyads, "pair")} of countries, none has ${counted(Number(least), "event")} or more in the last ${found.window} and any before them.`}{" "}
              <a href="/sources">What was read</a>
            </Nothing>
          ) : (
            <>
              <p class="legend">
                <svg width="14" height="12" aria-hidden="true">
                  <circle class="move-ring" cx="7" cy="6" r="4" />
                </svg>
                then
                <svg width="14" height="12" aria-hidden="true">
                  <circle class="move-dot" cx="7" cy="6" r="4.5" />
                </svg>
                now, with the 90% interval
              </p>
              <ol class="board" data-list>
                {found.rows.map((row) => (
                  <Row key={`${row.a}-${row.b}`} row={row} by={by} origin={origin} />
                ))}
              </ol>
              <Files name="board" columns={COLUMNS} rows={found.rows} />
            </>
          )
        }
      </Shown>
      {answer.data && answer.data.rows.length < FEW && (origin ?? "own") === "own" && <Others rows={answer.data.rows} />}
    </View>
  );
}

const FEW = 10; // rows below which the busiest other pairs are shown, too

interface Tie {
  a: string;
  b: string;
  events: number;
  cooperation: number;
  conflict: number;
}

/** Pairs that the board cannot rank, having nothing to compare them with: by their events. */
function Others({ rows }: { rows: BoardRow[] }) {
  const ties = useResource<Page<Tie>>(resource("/network", { limit: 40 })).data?.items ?? [];
  const ranked = new Set(rows.map((row) => [row.a, row.b].sort().join()));
  const others = ties.filter((tie) => [tie.a, tie.b].every((code) => /^[A-Z]{3}$/.test(code)) && !ranked.has([tie.a, tie.b].sort().join()));
  if (!others.length) return null;
  return (
    <>
      <h2>
        Other pairs <small>by events; too little evidence to say where they go</small>
      </h2>
      <ul class="others">
        {others.slice(0, 20).map((tie) => (
          <li key={`${tie.a}-${tie.b}`} tabIndex={-1} data-item>
            <a href={to(["dyad", tie.a, tie.b])}>
              {country(tie.a)} – {country(tie.b)}
            </a>{" "}
            <span class="aside">
              {counted(tie.events, "event")}: {[tie.cooperation && `${tie.cooperation} of cooperation`, tie.conflict && `${tie.conflict} of conflict`].filter(Boolean).join(", ")}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Lead({ found }: { found: Found }) {
  return (
    <>
      What moved in the {found.window} to {found.as_of}: {counted(found.ranked, "pair")} of {found.dyads}, the greatest change of the balance from −10 (conflict) to
      +10 (cooperation) first.
    </>
  );
}

const SIGNS: Record<string, string> = { upswing: "▲", downswing: "▼", volatile: "◆", steady: "●" };

function Row({ row, by, origin }: { row: BoardRow; by: string; origin: string | null }) {
  const { reason, then, now } = row;
  return (
    <li class="entry board-row" tabIndex={-1} data-item>
      <div class="board-pair">
        <a href={to(["dyad", row.a, row.b], { by: by === "month" ? null : by, origin })}>
          {country(row.a)} – {country(row.b)}
        </a>
        <p class={`d-${row.direction.replaceAll(" ", "-")}`}>
          <strong>
            <span aria-hidden="true">{SIGNS[row.direction] ?? "○"}</span> {row.direction}
          </strong>
          {row.probability !== null && <> ({Math.round(row.probability * 100)}%)</>}
        </p>
      </div>
      <div class="board-move">
        <Move then={then} now={now} />
      </div>
      <p class="number board-change" title="Change of the balance over the window">
        <span class="unseen">Change </span>
        {signed(row.change)}
      </p>
      <div class="board-reason">
        <p class="aside">
          {counted(row.events, "event")}, {counted(row.origins, "origin")}. {row.probability === null ? sentence(row.why) : ""}
        </p>
        {reason && (
          <blockquote>
            <span class="aside">{reason.date} </span>
            {reason.sentence ? <a href={to(["article", reason.article], { event: reason.event })}>{reason.sentence}</a> : reason.type}
            {reason.source && <span class="aside"> {reason.source}</span>}
          </blockquote>
        )}
      </div>
    </li>
  );
}

const WIDTH = 220;
const x = (balance: number) => 6 + ((Math.max(-10, Math.min(10, balance)) + 10) / 20) * (WIDTH - 12);

/** The level then (ring) and now (dot), each with its 90% interval, on the scale from -10 to 10; and the same in words. */
function Move({ then, now }: { then: Now; now: Now }) {
  return (
    <>
      <svg class="move" viewBox={`0 0 ${WIDTH} 34`} width={WIDTH} height="34" aria-hidden="true">
        <line class="move-scale" x1={x(-10)} x2={x(10)} y1="17" y2="17" />
        <line class="move-zero" x1={x(0)} x2={x(0)} y1="4" y2="30" />
        <line class="move-then" x1={x(then.low90)} x2={x(then.high90)} y1="10" y2="10" />
        <line class="move-now" x1={x(now.low90)} x2={x(now.high90)} y1="24" y2="24" />
        <circle class="move-ring" cx={x(then.balance)} cy="10" r="4" />
        <circle class="move-dot" cx={x(now.balance)} cy="24" r="4.5" />
      </svg>
      <p class="aside">
        <span title={`${then.period}, 90% interval ${signed(then.low90)} to ${signed(then.high90)}`}>{signed(then.balance)}</span> → {signed(now.balance)} (
        {signed(now.low90)} to {signed(now.high90)})
      </p>
    </>
  );
}

const COLUMNS: Column<BoardRow>[] = [
  { name: "a", of: (row) => row.a },
  { name: "b", of: (row) => row.b },
  { name: "change", of: (row) => row.change },
  { name: "direction", of: (row) => row.direction },
  { name: "probability", of: (row) => row.probability },
  { name: "then", of: (row) => row.then.balance },
  { name: "then_low90", of: (row) => row.then.low90 },
  { name: "then_high90", of: (row) => row.then.high90 },
  { name: "now", of: (row) => row.now.balance },
  { name: "now_low90", of: (row) => row.now.low90 },
  { name: "now_high90", of: (row) => row.now.high90 },
  { name: "events", of: (row) => row.events },
  { name: "origins", of: (row) => row.origins },
  { name: "reason", of: (row) => row.reason?.sentence ?? "" },
];
