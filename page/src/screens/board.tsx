// The board: which pairs of countries have moved, the greatest change first.

import { resource, useResource } from "../api";
import { Choice, Nothing, Shown, View } from "../parts/view";
import { query, set, to } from "../place";
import type { About, Board as Found, BoardRow, Now } from "../records";
import { counted, country, signed } from "../words";

export function Board() {
  const about = useResource<About>(resource("/about")).data;
  const by = query.value.get("by") ?? "month";
  const origin = query.value.get("origin");
  const least = query.value.get("least") ?? "5";
  const answer = useResource<Found>(resource("/board", { by, origin, as_of: query.value.get("as_of"), min_events: least }));
  const origins = [...(about?.counts.articles ? ["own"] : []), ...(about?.origins.map((one) => one.name) ?? [])];
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
        {origins.length > 1 && (
          <Choice label="Events of" value={origin ?? "own"} options={origins.map((name) => [name, name])} onChange={(value) => set({ origin: value })} />
        )}
      </div>
      <Shown answer={answer}>
        {(found) =>
          found.rows.length === 0 ? (
            <Nothing>
              No pair of countries has {counted(Number(least), "event")} or more in {found.window} and some before them.{" "}
              <a href="/network">Who deals with whom</a> shows all pairs.
            </Nothing>
          ) : (
            <ol class="board" data-list>
              {found.rows.map((row) => (
                <Row key={`${row.a}-${row.b}`} row={row} by={by} origin={origin} />
              ))}
            </ol>
          )
        }
      </Shown>
    </View>
  );
}

function Lead({ found }: { found: Found }) {
  return (
    <>
      What moved in the {found.window} to {found.as_of}: {counted(found.ranked, "pair")} of {found.dyads}, the greatest change of the balance (−10 conflict, +10
      cooperation) first.
    </>
  );
}

const SIGNS: Record<string, string> = { upswing: "▲", downswing: "▼", volatile: "◆", steady: "●" };

function Row({ row, by, origin }: { row: BoardRow; by: string; origin: string | null }) {
  const { reason } = row;
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
      <Move then={row.then} now={row.now} />
      <p class="number board-change" title="Change of the balance over the window">
        {signed(row.change)}
      </p>
      <div class="board-reason">
        <p class="aside">
          {counted(row.events, "event")}, {counted(row.origins, "origin")}. {row.probability === null ? row.why : ""}
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

/** The level then (ring) and now (dot), each with its 90% interval, on the scale from -10 to 10. */
function Move({ then, now }: { then: Now; now: Now }) {
  const told = (level: Now) => `${level.period}: ${signed(level.balance)} (90% ${signed(level.low90)} to ${signed(level.high90)})`;
  return (
    <svg class="move" viewBox={`0 0 ${WIDTH} 34`} width={WIDTH} height="34" role="img" aria-label={`Then ${told(then)}; now ${told(now)}`}>
      <title>{`${told(then)}\n${told(now)}`}</title>
      <line class="move-scale" x1={x(-10)} x2={x(10)} y1="17" y2="17" />
      <line class="move-zero" x1={x(0)} x2={x(0)} y1="4" y2="30" />
      <line class="move-then" x1={x(then.low90)} x2={x(then.high90)} y1="10" y2="10" />
      <line class="move-now" x1={x(now.low90)} x2={x(now.high90)} y1="24" y2="24" />
      <circle class="move-ring" cx={x(then.balance)} cy="10" r="4" />
      <circle class="move-dot" cx={x(now.balance)} cy="24" r="4.5" />
    </svg>
  );
}
