// The events behind a series: by their contribution, each with the words that prove it, a way into the article, and a way to object.

import { useEffect, useRef, useState } from "preact/hooks";

import { resource, useResource } from "../api";
import { Sentence } from "./marked";
import { Nothing } from "./view";
import { Objection, Standing } from "./objection";
import { query, to } from "../place";
import type { Contribution, Page, Reading, Relations, StoryEvent, Verdict } from "../records";
import { counted, country, deed, quad, signed, STATUS } from "../words";

const STEP = 20; // entries shown at a time

interface Props {
  found: Relations;
  told: StoryEvent[];
  weighed: boolean;
  from: string | null;
  to: string | null;
}

/** told: the events in full, as far as they are there. weighed: the contributions are known. */
export function Evidence({ found, told, weighed, from, to: until }: Props) {
  const [many, setMany] = useState(STEP);
  const full = new Map(told.map((stored) => [`${stored.article} ${stored.event.id}`, stored]));
  const chosen = found.evidence.filter((one) => (!from || one.date >= from) && (!until || one.date <= until));
  useEffect(() => setMany(STEP), [from, until]);
  return (
    <>
      <h2>
        Evidence{" "}
        <small role="status">
          {counted(chosen.length, "event")}
          {from || until ? " of the period" : ""}
          {weighed ? ", by contribution" : ", being weighed…"}
        </small>
      </h2>
      {chosen.length ? (
        <ol class="evidence" data-list>
          {chosen.slice(0, many).map((one) => (
            <Entry key={`${one.article} ${one.event}`} one={one} told={full.get(`${one.article} ${one.event}`)} weighed={weighed} />
          ))}
        </ol>
      ) : (
        <Nothing>No event of these days counts in the series.</Nothing>
      )}
      {chosen.length > many && (
        <button type="button" class="more" onClick={() => setMany(many + STEP)}>
          Show more
        </button>
      )}
      <Rejected found={found} />
    </>
  );
}

/** Events of the pair that somebody holds to be wrong. */
function Rejected({ found }: { found: Relations }) {
  const verdicts = useResource<Page<Verdict>>(resource("/verdicts")).data?.items ?? [];
  const sides = found.directed ? { source: found.a, target: found.b } : { between: [found.a, found.b] };
  const own = (query.value.get("origin") ?? "own") === "own";
  const answer = useResource<Page<StoryEvent>>(own && verdicts.length ? resource("/events", { ...sides, rejected: true, limit: 1000 }) : null);
  const wrong = (answer.data?.items ?? []).filter((stored) => stored.verdict);
  if (!wrong.length || !verdicts.length) return null;
  return (
    <>
      <h2>
        Held to be wrong <small>{counted(wrong.length, "event")}, left out of every measure</small>
      </h2>
      <ol class="evidence">
        {wrong.map((stored) => (
          <li class="entry" key={`${stored.article} ${stored.event.id}`} tabIndex={-1} data-item>
            <p class="entry-head">
              <Sides told={stored} /> <Type type={stored.event.type} mode={stored.event.mode} status={stored.event.status} />
            </p>
            <blockquote>
              <a href={to(["article", stored.article], { event: stored.event.id })}>{stored.sentence}</a>
            </blockquote>
            {stored.verdict && <Standing verdict={stored.verdict} />}
          </li>
        ))}
      </ol>
    </>
  );
}

function Entry({ one, told, weighed }: { one: Contribution; told: StoryEvent | undefined; weighed: boolean }) {
  const item = useRef<HTMLLIElement>(null);
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (!item.current) return;
    const seen = new IntersectionObserver(([entry]) => entry?.isIntersecting && setNear(true), { rootMargin: "200px" });
    seen.observe(item.current);
    return () => seen.disconnect();
  }, []);
  const ours = Boolean(told?.reports.length); // imported events have no article here
  const reading = useResource<Reading>(near && ours ? resource(`/articles/${encodeURIComponent(one.article)}`) : null);
  return (
    <li ref={item} class="entry" tabIndex={-1} data-item>
      <p class="entry-head weighed">
        <span>
          <time dateTime={one.date}>{one.date}</time>
          {one.dated_by === "publication" && <small title="The text names no day: it is that of publication."> (published)</small>}{" "}
          {told && <Sides told={told} />} <Type type={one.type} mode={told?.event.mode ?? null} status={one.status} />
        </span>
        {weighed && (
          <span class="contribution" title="The latest level with this event minus without it.">
            <span class="unseen"> contribution </span>
            {one.contribution === null ? "alone" : signed(one.contribution, 2)}
          </span>
        )}
      </p>
      <blockquote>{told ? <Sentence told={told} reading={reading.data} /> : one.sentence}</blockquote>
      <p class="entry-foot">
        {ours || (!told && one.sentence) ? <a href={to(["article", one.article], { event: one.event })}>{one.source ?? "article"}</a> : one.source}
        {one.published && <span> · {one.published.slice(0, 10)}</span>}
        {told && told.reports.length > 1 && (
          <span>
            {" "}
            · {counted(told.reports.length, "report")}, {counted(told.origins.length, "origin")}
          </span>
        )}{" "}
        {ours && <Objection event={one.event} article={one.article} />}
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
      <b class="s-source">{named(event.source_countries, event.sources)}</b> <span role="img" aria-label="to">→</span>{" "}
      <b class="s-target">{named(event.target_countries, event.targets)}</b>
    </span>
  );
}

export function Type({ type, mode, status }: { type: string; mode: string | null; status: string }) {
  const kind = quad(type);
  return (
    <>
      <span class={`type q-${kind.replace(" ", "-")}`} title={kind}>
        <span aria-hidden="true">{kind.endsWith("conflict") ? "▼" : "▲"}</span> {deed(type, mode)}
      </span>{" "}
      <span class={`status st-${status}`}>{STATUS[status as keyof typeof STATUS] ?? status}</span>
    </>
  );
}
