// Whose events: the observatory's own readings, or what was imported.

import { resource, useResource } from "../api";
import { query, set } from "../place";
import type { About } from "../records";
import { Choice } from "./view";

/** A choice where there is one. */
export function OriginChoice() {
  const about = useResource<About>(resource("/about")).data;
  const names = [...(about?.counts.articles ? ["own"] : []), ...(about?.origins.map((one) => one.name) ?? [])];
  if (names.length < 2) return null;
  return (
    <Choice
      label="Events of"
      value={query.value.get("origin") ?? "own"}
      options={names.map((name) => [name, name])}
      onChange={(value) => set({ origin: value === "own" ? null : value })}
    />
  );
}
