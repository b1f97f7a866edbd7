// Lists: events, quotations, calendar, agenda and concerns, search.

import { resource, usePages, useResource } from "../api";
import { CountryField } from "../parts/countries";
import { Sides, Type } from "../parts/evidence";
import { Sentence } from "../parts/marked";
import { Choice, Line, More, Nothing, Shown, View } from "../parts/view";
import { path, query, set, to } from "../place";
import type { Headed, Hit, Page, StoredQuote, StoryEvent } from "../records";
import { counted, country, deed, signed } from "../words";

export function Origin({ told, event }: { told: Headed; event?: string }) {
  return (
    <>
      <a href={to(["article", told.article], { event })}>{told.title ?? told.article}</a>
      {told.source && <span> · {told.source}</span>}
      {told.published && <time dateTime={told.published.slice(0, 10)}> · {told.published.slice(0, 10)}</time>}
    </>
  );
}

export function Events() {
  const between = query.value.get("between")?.split("-") ?? [];
  const names = ["type", "status", "since", "until", "origin"] as const;
  const given = Object.fromEntries(names.map((name) => [name, query.value.get(name)]));
  const pages = usePages<StoryEvent>(resource("/events", { ...given, between: between.length === 2 ? between : null, limit: 50 }));
  const [a = "", b = ""] = between;
  return (
    <View title="Events" lead="Each real event once, by its own day, else that of publication.">
      <div class="fields">
        <CountryField label="Between" value={a} onChange={(code) => set({ between: code ? `${code}-${b}` : null })} />
        <CountryField label="and" value={b} onChange={(code) => set({ between: a ? `${a}-${code}` : null })} />
        <Line label="Type" value={query.value.get("type") ?? ""} onChange={(value) => set({ type: value })} />
        <Choice
          label="Standing"
          value={query.value.get("status") ?? ""}
          options={[["", "any"], ["occurred", "occurred"], ["ongoing", "goes on"], ["planned", "planned"], ["conditional", "on a condition"], ["denied", "denied"]]}
          onChange={(value) => set({ status: value })}
        />
        <Line label="From" type="date" value={query.value.get("since") ?? ""} onChange={(value) => set({ since: value })} />
        <Line label="To" type="date" value={query.value.get("until") ?? ""} onChange={(value) => set({ until: value })} />
      </div>
      <Shown answer={pages}>
        {(rows) =>
          rows.length === 0 ? (
            <Nothing>No event is like that.</Nothing>
          ) : (
            <ol class="evidence" data-list>
              {rows.map((stored) => (
                <li class="entry" key={`${stored.article} ${stored.event.id}`} tabIndex={-1} data-item>
                  <p class="entry-head">
                    <time>{stored.event.date?.start ?? `(${stored.published?.slice(0, 10) ?? "no date"})`}</time> <Sides told={stored} />{" "}
                    <Type type={stored.event.type} mode={stored.event.mode} status={stored.event.status} />
                  </p>
                  <blockquote>
                    <Sentence told={stored} />
                  </blockquote>
                  <p class="entry-foot">
                    <Origin told={stored} event={stored.event.id} />
                  </p>
                </li>
              ))}
            </ol>
          )
        }
      </Shown>
      <More more={pages.more} waiting={pages.waiting} />
    </View>
  );
}

export function Quotes() {
  const given = Object.fromEntries(["speaker", "about", "since", "until"].map((name) => [name, query.value.get(name)]));
  const pages = usePages<StoredQuote>(resource("/quotes", { ...given, limit: 50 }));
  return (
    <View title="Quotations" lead="Who said what, in the words of the article. What is not a direct quotation stands in italics.">
      <div class="fields">
        <Line label="Speaker or country" value={query.value.get("speaker") ?? ""} onChange={(value) => set({ speaker: value })} />
        <Line label="About (words)" value={query.value.get("about") ?? ""} onChange={(value) => set({ about: value })} />
        <Line label="From" type="date" value={query.value.get("since") ?? ""} onChange={(value) => set({ since: value })} />
        <Line label="To" type="date" value={query.value.get("until") ?? ""} onChange={(value) => set({ until: value })} />
      </div>
      <Shown answer={pages}>
        {(rows) =>
          rows.length === 0 ? (
            <Nothing>No quotation is like that.</Nothing>
          ) : (
            <ol class="evidence" data-list>
              {rows.map((stored) => (
                <li class="entry" key={`${stored.article} ${stored.quote.id}`} tabIndex={-1} data-item>
                  <p class="entry-head">
                    <Speaker stored={stored} />
                  </p>
                  <blockquote class={stored.quote.kind}>{stored.quote.text}</blockquote>
                  <p class="entry-foot">
                    <Origin told={stored} />
                  </p>
                </li>
              ))}
            </ol>
          )
        }
      </Shown>
      <More more={pages.more} waiting={pages.waiting} />
    </View>
  );
}

function Speaker({ stored }: { stored: StoredQuote }) {
  const { speaker, quote } = stored;
  if (!speaker) return <span class="aside">nobody named</span>;
  const about = [speaker.role, speaker.affiliation, speaker.country && country(speaker.country)].filter(Boolean).join(", ");
  return (
    <>
      <a href={to(["quotes"], { speaker: speaker.name })}>
        <b>{speaker.name}</b>
      </a>
      {about && <span class="aside"> {about}</span>}
      {quote.inferred && <span class="aside"> (carried over from the quotation beside it)</span>}
    </>
  );
}

interface Cited extends Headed {
  sentence: string;
}

interface Ahead {
  event: string;
  type: string;
  mode: string | null;
  sources: string[];
  targets: string[];
  start: string | null;
  end: string | null;
  when: string;
  outcome: string;
  plan: Cited;
  origins: number;
  proof: Cited | null;
}

interface Pledge {
  id: string;
  by: string;
  by_country: string | null;
  to: string[];
  text: string;
  due: string | null;
  when: string;
  state: string;
  words: Cited;
  proof: Cited | null;
}

const OUTCOMES: Record<string, string> = {
  ahead: "◷ ahead",
  seen: "✓ seen to occur",
  "called off": "✕ called off",
  "not seen": "? not seen",
  open: "○ no day set",
  kept: "✓ kept",
  due: "◷ due",
  overdue: "! overdue",
};

export function Calendar() {
  const [a, b] = ["a", "b"].map((name) => query.value.get(name) ?? "");
  const given = { a, b, as_of: query.value.get("as_of") };
  const plans = useResource<Page<Ahead>>(resource("/calendar", given));
  const pledges = useResource<Page<Pledge>>(resource("/commitments", given));
  return (
    <View title="Calendar and commitments" lead="What was planned or promised, and whether it was seen to happen. “Now” is the last day that was read.">
      <div class="fields">
        <CountryField label="Country" value={a ?? ""} onChange={(code) => set({ a: code, b: code ? (b ?? null) : null })} />
        {a && <CountryField label="and" value={b ?? ""} onChange={(code) => set({ b: code })} />}
        <Line label="As known on" type="date" value={query.value.get("as_of") ?? ""} onChange={(value) => set({ as_of: value })} />
      </div>
      <h2>Plans</h2>
      <Shown answer={plans}>
        {(page) =>
          page.items.length === 0 ? (
            <Nothing>Nothing is planned.</Nothing>
          ) : (
            <ol class="evidence" data-list>
              {page.items.map((one) => (
                <li class="entry" key={one.event} tabIndex={-1} data-item>
                  <p class="entry-head">
                    <time>{days(one.start, one.end) || one.when || "no day"}</time> <b>{one.sources.map(country).join(", ")}</b> →{" "}
                    <b>{one.targets.map(country).join(", ")}</b> <span class="type">{deed(one.type, one.mode)}</span>{" "}
                    <span class={`status o-${one.outcome.replace(" ", "-")}`}>{OUTCOMES[one.outcome] ?? one.outcome}</span>
                  </p>
                  <Words cited={one.plan} event={one.event} />
                  {one.proof && <Words cited={one.proof} lead="then" />}
                </li>
              ))}
            </ol>
          )
        }
      </Shown>
      <h2>Commitments</h2>
      <Shown answer={pledges}>
        {(page) =>
          page.items.length === 0 ? (
            <Nothing>Nothing was promised.</Nothing>
          ) : (
            <ol class="evidence" data-list>
              {page.items.map((one) => (
                <li class="entry" key={`${one.words.article} ${one.id}`} tabIndex={-1} data-item>
                  <p class="entry-head">
                    <time>{one.due ?? (one.when || "no day")}</time> <b>{one.by}</b>
                    {one.to.length > 0 && <> → {one.to.join(", ")}</>}{" "}
                    <span class={`status o-${one.state}`}>{OUTCOMES[one.state] ?? one.state}</span>
                  </p>
                  <Words cited={one.words} />
                  {one.proof && <Words cited={one.proof} lead="then" />}
                </li>
              ))}
            </ol>
          )
        }
      </Shown>
    </View>
  );
}

function days(start: string | null, end: string | null): string {
  return start && end && start !== end ? `${start} to ${end}` : (start ?? "");
}

function Words({ cited, lead, event }: { cited: Cited; lead?: string; event?: string }) {
  return (
    <>
      <blockquote>
        {lead && <i>{lead}: </i>}
        {cited.sentence}
      </blockquote>
      <p class="entry-foot">
        <Origin told={cited} event={event} />
      </p>
    </>
  );
}

interface Said {
  id: string;
  text: string;
  kind: string;
  speaker: string | null;
  role: string | null;
  country: string | null;
  words: Cited;
}

interface Issue {
  context: string;
  events: number;
  planned: number;
  intensity: number | null;
  latest: string | null;
  proofs: Cited[];
  positions: Said[];
}

interface Concern {
  word: string;
  about: string;
  said: Said;
}

export function Agenda() {
  const [, a = "", b = ""] = path.value;
  const issues = useResource<Page<Issue>>(resource(`/agenda/${encodeURIComponent(a)}/${encodeURIComponent(b)}`));
  const concerns = useResource<Page<Concern>>(resource("/concerns", { a, b }));
  return (
    <View title={`Agenda: ${country(a)} – ${country(b)}`} lead="The issues between two countries, and what either side says of them.">
      <Shown answer={issues}>
        {(page) =>
          page.items.length === 0 ? (
            <Nothing>No issue is told of.</Nothing>
          ) : (
            page.items.map((issue) => (
              <section key={issue.context} class="issue">
                <h2>
                  {issue.context}{" "}
                  <small>
                    {counted(issue.events, "event")}, {issue.planned} planned or called for
                    {issue.intensity !== null && <>, mean intensity {signed(issue.intensity)}</>}
                    {issue.latest && <>, latest {issue.latest}</>}
                  </small>
                </h2>
                <details>
                  <summary>The words</summary>
                  {issue.proofs.map((cited, place) => (
                    <Words key={place} cited={cited} />
                  ))}
                </details>
                {issue.positions.length > 0 && (
                  <details>
                    <summary>{counted(issue.positions.length, "position")}</summary>
                    {issue.positions.map((said) => (
                      <SaidWords key={said.id} said={said} />
                    ))}
                  </details>
                )}
              </section>
            ))
          )
        }
      </Shown>
      <h2>Concerns</h2>
      <Shown answer={concerns}>
        {(page) =>
          page.items.length === 0 ? (
            <Nothing>
              No speaker of {country(a)} calls anything about {country(b)} a concern.
            </Nothing>
          ) : (
            page.items.map((one) => (
              <div key={one.said.id}>
                <p>
                  <b>{one.word}</b>: {one.about}
                </p>
                <SaidWords said={one.said} />
              </div>
            ))
          )
        }
      </Shown>
    </View>
  );
}

function SaidWords({ said }: { said: Said }) {
  return (
    <>
      <p class="entry-head">
        <b>{said.speaker ?? "nobody named"}</b>
        <span class="aside"> {[said.role, said.country && country(said.country)].filter(Boolean).join(", ")}</span>
      </p>
      <blockquote class={said.kind}>{said.text}</blockquote>
      <p class="entry-foot">
        <Origin told={said.words} />
      </p>
    </>
  );
}

export function Search() {
  const words = query.value.get("q") ?? "";
  const answer = useResource<{ items: Hit[] }>(words.trim() ? resource("/search", { q: words, limit: 25 }) : null);
  return (
    <View title="Search" lead={words && `Articles, events and quotations that hold “${words}”.`}>
      <Line label="Words" value={words} onChange={(value) => set({ q: value })} />
      {words && (
        <Shown answer={answer}>
          {(found) =>
            found.items.length === 0 ? (
              <Nothing>Nothing holds all of these words.</Nothing>
            ) : (
              <ol class="evidence" data-list>
                {found.items.map((hit) => (
                  <li class="entry" key={`${hit.kind} ${hit.article} ${hit.id}`} tabIndex={-1} data-item>
                    <p class="entry-head">
                      <span class="type">{hit.kind}</span>
                    </p>
                    <blockquote>{hit.text}</blockquote>
                    <p class="entry-foot">
                      <Origin told={hit} event={hit.kind === "event" ? hit.id : undefined} />
                    </p>
                  </li>
                ))}
              </ol>
            )
          }
        </Shown>
      )}
    </View>
  );
}
