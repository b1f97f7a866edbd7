// The chosen period: by two dates, by keys, by buttons.

import { useEffect } from "preact/hooks";

import { query, set } from "../place";
import { Line } from "./view";

export interface Days {
  from: string;
  to: string;
}

/** The days that the address names; either may be missing. */
export function chosenDays(): { from: string | null; to: string | null } {
  return { from: query.value.get("from"), to: query.value.get("to") };
}

/** periods: those that [ and ] step through, in order. */
export function Period({ periods, whole = "Whole time" }: { periods: Days[]; whole?: string }) {
  const { from, to } = chosenDays();
  const step = (by: number) => {
    const next = besides(periods, chosenDays().from, by); // of the address as it is now: keys may come faster than pictures
    if (next) set({ from: next.from, to: next.to }, { replace: true });
  };
  useEffect(() => {
    const onKey = (event: globalThis.Event) => step((event as CustomEvent<number>).detail);
    addEventListener("detente-period", onKey);
    return () => removeEventListener("detente-period", onKey);
  });
  return (
    <div class="fields period">
      <Line label="From" type="date" value={from ?? ""} onChange={(value) => set({ from: value })} />
      <Line label="To" type="date" value={to ?? ""} onChange={(value) => set({ to: value })} />
      <span class="steps">
        <button type="button" aria-label="Period before" title="Period before  ( [ )" disabled={!besides(periods, from, -1)} onClick={() => step(-1)}>
          ‹
        </button>
        <button type="button" aria-label="Next period" title="Next period  ( ] )" disabled={!besides(periods, from, 1)} onClick={() => step(1)}>
          ›
        </button>
      </span>
      {(from || to) && (
        <button type="button" onClick={() => set({ from: null, to: null })}>
          {whole}
        </button>
      )}
    </div>
  );
}

/** The period before or behind the one that begins on a day; without such a day the last or the first. */
function besides(periods: Days[], from: string | null, by: number): Days | undefined {
  if (!from) return by > 0 ? periods[0] : periods.at(-1);
  return by > 0 ? periods.find((one) => one.from > from) : periods.findLast((one) => one.from < from);
}
