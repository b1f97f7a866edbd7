// The events behind a series: by their contribution, each with the words that prove it, a way into the article, and a way to object.

import { useEffect, useRef, useState } from "preact/hooks";

import { resource, useResource } from "../api";
import { Sentence } from "./marked";
import { Nothing, Shown } from "./view";
import { Objection } from "./objection";
import { query, to } from "../place";
import type { Contribution, Page, Reading, Relations, StoryEvent } from "../records";
import { counted, country, deed, quad, signed, STATUS } from "../words";

const STEP = 20; // entries shown at a time

export function Evidence({ found, from, to: until }: { found: Relations; from: string | null; to: string | null }) {
  const [many, setMany] = useState(STEP);
  const answer = useResource<Page<StoryEvent>>(
    resource("/events", { between: [found.a, found.b], origin: query.value.get("origin"), limit: 1000 }),
  );
  const chosen = found.evidence.filter((one) => (!from || one.date >= from) && (!until || one.date <= until));
  useEffect(() => setMany(STEP), [from, until]);
  return (
    <>
      <h2>
        Evidence <small>{counted(chosen.length, "event")}{from || until ? " of the period" : ""}, by contribution</small>
      </h2>
      <Shown answer={answer}>
        {(page) => {
          const told = new Map(page.items.map((stored) => [`${stored.article} ${stored.event.id}`, stored]));
          if (!chosen.length) return <Nothing>No event of these days counts in the series.</Nothing>;
          return (
            <ol class="evidence" data-list>
              {chosen.slice(0, many).map((one) => (
                <Entry key={`${one.article} ${one.event}`} one={one} told={told.get(`${one.article} ${one.event}`)} />
              ))}
            </ol>
          );
        }}
      </Shown>
      {chosen.length > many && (
        <button type="button" class="more" onClick={() => setMany(many + STEP)}>
          Show more
        </button>
      )}
    </>
  );
}

function Entry({ one, told }: { one: Contribution; told: StoryEvent | undefined }) {
  const item = useRef<HTMLLIElement>(null);
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (!item.current) return;
    const seen = new IntersectionObserver(([entry]) => entry?.isIntersecting && setNear(true), { rootMargin: "200px" });
    seen.observe(item.current);
    return () => seen.disconnect();
  }, []);
  const reading = useResource<Reading>(near && told?.reports.length ? resource(`/articles/${encodeURIComponent(one.article)}`) : null);
  return (
    <li ref={item} class="entry" tabIndex={-1} data-item>
      <p class="entry-head">
        <time dateTime={one.date}>{one.date}</time>
        {one.dated_by === "publication" && <small title="The text names no day: it is that of publication."> (published)</small>}{" "}
        {told && <Sides told={told} />} <Type type={one.type} mode={told?.event.mode ?? null} status={one.status} />{" "}
        <span class="contribution" title="The latest level with this event minus without it.">
          {one.contribution === null ? "alone" : signed(one.contribution, 2)}
        </span>
      </p>
      <blockquote>{told ? <Sentence told={told} reading={reading.data} /> : one.sentence}</blockquote>
      <p class="entry-foot">
        {told?.reports.length !== 0 && <a href={to(["article", one.article], { event: one.event })}>{one.source ?? "article"}</a>}
        {one.published && <span> · {one.published.slice(0, 10)}</span>}
        {told && told.reports.length > 1 && (
          <span>
            {" "}
            · {counted(told.reports.length, "report")}, {counted(told.origins.length, "origin")}
          </span>
        )}{" "}
        <Objection event={one.event} article={one.article} />
      </p>
    </li>
  );
}

export function Sides({ told }: { told: StoryEvent }) {
  const { event } = told;
  const named = (codes: string[], ids: string[]) =>
    (codes.length ? codes.map(country) : ids.filter((id) => !/^a[0-9a-f]{16}$/.test(id)).map(country)).join(", ") || "somebody";
  return (
    <span class="sides">
      <b class="s-source">{named(event.source_countries, event.sources)}</b> <span aria-label="to">→</span>{" "}
      <b class="s-target">{named(event.target_countries, event.targets)}</b>
    </span>
  );
}

export function Type({ type, mode, status }: { type: string; mode: string | null; status: string }) {
  const kind = quad(type);
  return (
    <>
      <span class={`type q-${kind.replace(" ", "-")}`} title={kind}>
        {kind.endsWith("conflict") ? "▼" : "▲"} {deed(type, mode)}
      </span>{" "}
      <span class={`status st-${status}`}>{STATUS[status as keyof typeof STATUS] ?? status}</span>
    </>
  );
}
