// Where things happened. Loaded when it is opened: the coastlines weigh more than the rest of the page.

import * as Plot from "@observablehq/plot";
import { useCallback } from "preact/hooks";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import world from "world-atlas/countries-110m.json";

import { resource, useResource } from "../api";
import { Chart, type Drawn } from "../parts/chart";
import { CountryField } from "../parts/countries";
import type { Column } from "../parts/table";
import { Line, Nothing, Shown, View } from "../parts/view";
import { query, set } from "../place";
import type { Page, Spot } from "../records";
import { country } from "../words";

const topology = world as unknown as Topology<{ land: GeometryCollection; countries: GeometryCollection }>;
const land = feature(topology, topology.objects.countries);

const COLUMNS: Column<Spot>[] = [
  { name: "place", of: (spot) => spot.name },
  { name: "country", of: (spot) => (spot.country ? country(spot.country) : "–"), plain: (spot) => spot.country },
  { name: "events", of: (spot) => spot.events, number: true },
  { name: "articles", of: (spot) => spot.articles, number: true },
  { name: "latitude", of: (spot) => spot.latitude.toFixed(2), plain: (spot) => spot.latitude, number: true },
  { name: "longitude", of: (spot) => spot.longitude.toFixed(2), plain: (spot) => spot.longitude, number: true },
];

export default function WorldMap() {
  const given = Object.fromEntries(["country", "since", "until"].map((name) => [name, query.value.get(name)]));
  const answer = useResource<Page<Spot>>(resource("/places", { ...given, limit: 1000 }));
  return (
    <View title="Map" lead="Where events happened (filled) and which other places are named (rings). A dashed circle stands in the middle of a sea or an area.">
      <div class="fields">
        <CountryField label="Country" value={given.country ?? ""} onChange={(code) => set({ country: code })} />
        <Line label="From" type="date" value={given.since ?? ""} onChange={(value) => set({ since: value })} />
        <Line label="To" type="date" value={given.until ?? ""} onChange={(value) => set({ until: value })} />
      </div>
      <Shown answer={answer}>{(page) => (page.items.length ? <Picture spots={page.items} near={Boolean(given.country)} /> : <Nothing>No place is named.</Nothing>)}</Shown>
    </View>
  );
}

function Picture({ spots, near }: { spots: Spot[]; near: boolean }) {
  const draw = useCallback((width: number) => drawn(spots, near, width), [spots, near]);
  const there = spots.filter((spot) => spot.kind !== "country" && spot.kind !== "region");
  return (
    <Chart
      name="map"
      label={`Map of ${there.length} places; ${there.filter((spot) => spot.events).length} of them with events.`}
      draw={draw}
      columns={COLUMNS}
      rows={spots}
    />
  );
}

function drawn(spots: Spot[], near: boolean, width: number): Drawn {
  const shown = spots.filter((spot) => spot.kind !== "country" && spot.kind !== "region");
  const around = { type: "MultiPoint" as const, coordinates: shown.map((spot) => [spot.longitude, spot.latitude]) };
  const told = (spot: Spot) => `${spot.name}${spot.country ? `, ${country(spot.country)}` : ""}\n${spot.events} events, ${spot.articles} articles`;
  return Plot.plot({
    width,
    height: Math.max(200, Math.min(600, width * 0.5)),
    projection: near && shown.length > 1 ? { type: "equal-earth", domain: around, inset: 40 } : { type: "equal-earth" },
    r: { range: [Math.min(2.5, width / 250), Math.min(14, width / 60)] },
    marks: [
      Plot.geo(land, { className: "land" }),
      Plot.dot(
        shown.filter((spot) => !spot.events),
        { x: "longitude", y: "latitude", r: 2.5, className: "spot-named" },
      ),
      ...[false, true].map((wide) =>
        Plot.dot(
          shown.filter((spot) => spot.events && (spot.precision === "region") === wide),
          { x: "longitude", y: "latitude", r: "events", className: wide ? "spot-event spot-wide" : "spot-event" },
        ),
      ),
      Plot.tip(shown, Plot.pointer({ x: "longitude", y: "latitude", title: told, className: "tip" })),
    ],
  }) as Drawn;
}
