// An article with all that was read out of it, marked in its words.

import { useEffect, useMemo } from "preact/hooks";

import { resource, useResource } from "../api";
import { Cite } from "../parts/cite";
import { Marked, Places, type Mark } from "../parts/marked";
import { Objection, Standing, useVerdicts } from "../parts/objection";
import { Shown, View } from "../parts/view";
import { path, query, set, withParameters } from "../place";
import type { Event, Piece, Reading, Verdict } from "../records";
import { country, deed, STATUS } from "../words";

const LAYERS = [
  ["events", "events"],
  ["actors", "actors"],
  ["quotes", "quotations"],
  ["places", "places"],
  ["times", "times"],
  ["commitments", "commitments"],
] as const;
type Layer = (typeof LAYERS)[number][0];

export function ArticleView() {
  const id = path.value.slice(1).join("/");
  const answer = useResource<Reading>(resource(`/articles/${encodeURIComponent(id)}`));
  const reading = answer.data;
  const without = query.value.get("without") ?? "";
  const chosen = query.value.get("event");
  const marks = useMemo(() => {
    const event = reading?.events.find((one) => one.id === chosen) ?? null;
    return reading && marksOf(reading, event, new Set(without.split(",")));
  }, [reading, chosen, without]);
  const title = reading?.article.title;
  return (
    <View
      title={title ?? "Article"}
      head={title && marks && <Marked text={title} marks={marks.title} />}
      lead={reading && <Head reading={reading} />}
    >
      <Shown answer={answer}>{(told) => marks && <Reader reading={told} marks={marks.text} />}</Shown>
    </View>
  );
}

function Head({ reading }: { reading: Reading }) {
  const { source, published, url, language } = reading.article;
  const safe = url && /^https?:\/\//i.test(url) ? url : null;
  return (
    <>
      {[source, published?.slice(0, 10), language].filter(Boolean).join(" · ")}
      {safe && (
        <>
          {" · "}
          <a href={safe} rel="noreferrer noopener" target="_blank">
            original
          </a>
        </>
      )}
    </>
  );
}

function Reader({ reading, marks }: { reading: Reading; marks: Mark[] }) {
  const off = new Set((query.value.get("without") ?? "").split(",").filter(Boolean));
  const verdicts = useVerdicts(reading.article.id);
  const chosen = query.value.get("event");
  const event = reading.events.find((one) => one.id === chosen) ?? null;
  useEffect(() => {
    if (!event) return;
    document.querySelector(".is-chosen")?.scrollIntoView({ block: "nearest" });
    document.getElementById("chosen")?.scrollIntoView({ block: "center" });
  }, [event]);
  return (
    <div class="beside reading">
      <section aria-label="Text" class="reader">
        <fieldset class="layers">
          <legend>Marks</legend>
          {LAYERS.map(([layer, name]) => (
            <label key={layer}>
              <input
                type="checkbox"
                checked={!off.has(layer)}
                onChange={(change) => {
                  if (change.currentTarget.checked) off.delete(layer);
                  else off.add(layer);
                  set({ without: [...off].join(",") });
                }}
              />
              <span class={`layer l-${layer}`}>{name}</span>
            </label>
          ))}
          <Cite />
        </fieldset>
        <div class="text">
          <Marked text={reading.article.text} marks={marks} />
        </div>
      </section>
      <section aria-label="Events of this article">
        <h2>Events</h2>
        {reading.events.length === 0 && <p class="nothing">No event was read in it.</p>}
        <ol class="evidence" data-list>
          {reading.events.map((one) => (
            <li key={one.id} class={`entry ${one.id === chosen ? "is-chosen" : ""}`} tabIndex={-1} data-item>
              <p class="entry-head">
                <button type="button" class="quiet" aria-pressed={one.id === chosen} onClick={() => set({ event: one.id === chosen ? null : one.id })}>
                  <b>{sides(one, reading)}</b> <span class="type">{deed(one.type, one.mode)}</span>
                </button>{" "}
                <span class={`status st-${one.status}`}>{STATUS[one.status]}</span>
                {one.past && <span class="aside"> history</span>}
                {one.asked && (
                  <span class="aside">
                    {" "}
                    asks for {one.asked.type} “{one.asked.text}”
                  </span>
                )}
              </p>
              <p class="entry-foot">
                rule <code>{one.rule}</code> · confidence {one.confidence.toFixed(2)} · {one.coder}
                {one.date?.start && <> · {one.date.start}</>} {!verdicts.has(one.id) && <Objection event={one.id} article={reading.article.id} />}
              </p>
              <Judged verdict={verdicts.get(one.id)} />
            </li>
          ))}
        </ol>
        {reading.failures.length > 0 && (
          <>
            <h2>What could not be read</h2>
            <ul>
              {reading.failures.map((failure, place) => (
                <li key={place}>
                  {failure.stage}: {failure.reason}
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
    </div>
  );
}

function Judged({ verdict }: { verdict: Verdict | undefined }) {
  return verdict ? <Standing verdict={verdict} /> : null;
}

function sides(event: Event, reading: Reading): string {
  const name = (id: string) => reading.actors.find((actor) => actor.id === id)?.name ?? country(id);
  return `${event.sources.map(name).join(", ") || "somebody"} → ${event.targets.map(name).join(", ") || "nobody named"}`;
}

interface Marks {
  title: Mark[];
  text: Mark[];
}

function marksOf(reading: Reading, event: Event | null, off: Set<string>): Marks {
  const { title, text } = reading.article;
  const places = { title: new Places(title ?? ""), text: new Places(text) };
  const marks: Marks = { title: [], text: [] };
  const add = (piece: Piece, kind: string, title?: string, more: Partial<Mark> = {}) => {
    const home = places[piece.field];
    marks[piece.field].push({ start: home.at(piece.start), end: home.at(piece.end), kind, title, ...more });
  };
  const shows = (layer: Layer) => !off.has(layer);
  if (shows("quotes"))
    for (const quote of reading.quotes) for (const [start, end] of quote.spans) add({ start, end, text: "", field: quote.field }, "quote", "quotation");
  if (shows("commitments")) for (const pledge of reading.commitments) add(pledge, "commitment", "commitment");
  if (shows("actors"))
    for (const actor of reading.actors)
      for (const mention of actor.mentions) add(mention, "actor", [actor.name, actor.role, actor.country && country(actor.country)].filter(Boolean).join(", "));
  if (shows("places")) for (const place of reading.places) add(place, "place", place.name);
  if (shows("times")) for (const time of reading.times) add(time, "time", time.value);
  if (shows("events"))
    for (const one of reading.events) if (one.trigger.end > one.trigger.start)
        add(one.trigger, "trigger", `${deed(one.type, one.mode)}: ${one.rule}`, { href: withParameters({ event: one.id }) });
  if (event) {
    add(event.span, "chosen", deed(event.type, event.mode), { id: "chosen" });
    for (const [ids, kind] of [[event.sources, "source"], [event.targets, "target"]] as const)
      for (const actor of reading.actors)
        if (ids.includes(actor.id))
          for (const mention of actor.mentions)
            if (mention.field === event.span.field && mention.start < event.span.end && event.span.start < mention.end) add(mention, kind, `${kind}: ${actor.name}`);
  }
  return marks;
}
