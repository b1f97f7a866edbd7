// The direction of relations, in a sentence.

import type { Relations } from "../records";
import { signed } from "../words";

/** The finding in a sentence. */
export function Finding({ found }: { found: Relations }) {
  const sign = { upswing: "▲", downswing: "▼", volatile: "◆", steady: "●" }[found.direction] ?? "○";
  return (
    <span class={`finding d-${found.direction.replaceAll(" ", "-")}`}>
      <strong>
        <span aria-hidden="true">{sign}</span> {found.direction}
      </strong>
      {found.probability !== null && (
        <>
          {" "}
          over {found.window} (probability {Math.round(found.probability * 100)}% of a change beyond {found.delta})
        </>
      )}
      {found.why && <>: {found.why}</>}
      {found.now && (
        <>
          . Balance {signed(found.now.balance)}, 90% interval {signed(found.now.low90)} to {signed(found.now.high90)}, in{" "}
          {found.now.period}.
        </>
      )}
    </span>
  );
}
