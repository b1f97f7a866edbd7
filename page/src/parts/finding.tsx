// The direction of relations, in a sentence.

import type { Relations } from "../records";
import { signed } from "../words";

/** The finding in a sentence. */
export function Finding({ found }: { found: Relations }) {
  if (!found.direction) return <span class="finding">Weighing the evidence… <Level found={found} /></span>;
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
      {found.why && <>: {found.why}</>}. <Level found={found} />
    </span>
  );
}

function Level({ found }: { found: Relations }) {
  if (!found.now) return null;
  const { balance, low90, high90, period } = found.now;
  return (
    <>
      Balance {signed(balance)} in {period}, 90% interval {signed(low90)} to {signed(high90)}.
    </>
  );
}
