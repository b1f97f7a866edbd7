// Lists: events, quotations, calendar, agenda and concerns, search.

import { resource, usePages, useResource } from "../api";
import { Cite } from "../parts/cite";
import { CountryField } from "../parts/countries";
import { Sides, Type } from "../parts/evidence";
import { FileLink } from "../parts/file";
import { Marked, Sentence, type Mark } from "../parts/marked";
import { chosenDays, Period } from "../parts/period";
import { Choice, Line, More, Nothing, Shown, View } from "../parts/view";
import { path, query, set, to } from "../place";
import type { Headed, Hit, Page, StoredQuote, StoryEvent, Who } from "../records";
import { countries, counted, country, deed, lastDay, quad, signed, TYPES } from "../words";

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
  const names = ["source", "target", "type", "status", "since", "until", "origin"] as const;
  const given = Object.fromEntries(names.map((name) => [name, query.value.get(name)]));
  const [a, b] = [given.source ?? "", given.target ?? ""];
  const either = query.value.get("either") === "true";
  const sides = either && a && b ? { between: [a, b], source: null, target: null } : {};
  const pages = usePages<StoryEvent>(resource("/events", { ...given, ...sides, limit: 50 }));
  return (
    <View title="Events" lead="Each real event once, by its own day, else that of publication.">
      <div class="fields">
        <CountryField label="Source" value={a} onChange={(code) => set({ source: code })} />
        <CountryField label="Target" value={b} onChange={(code) => set({ target: code })} />
        {a && b && (
          <Choice
            label="Direction"
            value={String(either)}
            options={[["false", "source → target"], ["true", "either way"]]}
            onChange={(value) => set({ either: value === "true" ? value : null })}
          />
        )}
        <Choice
          label="Type"
          value={given.type ?? ""}
          options={[["", "any"], ...TYPES.map((type): [string, string] => [type, `${type.toLowerCase()} (${quad(type)})`])]}
          onChange={(value) => set({ type: value })}
        />
        <Choice
          label="Standing"
          value={query.value.get("status") ?? ""}
          options={[["", "any"], ["occurred", "occurred"], ["ongoing", "goes on"], ["planned", "planned"], ["conditional", "on a condition"], ["denied", "denied"]]}
          onChange={(value) => set({ status: value })}
        />
        <Line label="From" type="date" value={query.value.get("since") ?? ""} onChange={(value) => set({ since: value })} />
        <Line label="To" type="date" value={query.value.get("until") ?? ""} onChange={(value) => set({ until: value })} />
        <span class="links">
          <FileLink address={resource("/events", { ...given, ...sides, limit: 1000, format: "csv" })} name="events.csv">
            CSV
          </FileLink>
          <Cite />
        </span>
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
                    {stored.reports.length ? <Origin told={stored} event={stored.event.id} /> : <span>{stored.source ?? given.origin}</span>}
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
        <span class="links">
          <FileLink address={resource("/quotes", { ...given, limit: 1000, format: "csv" })} name="quotes.csv">
            CSV
          </FileLink>
          <Cite />
        </span>
      </div>
      <Speakers />
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
                  <blockquote class={stored.quote.kind}>{spoken(stored.quote)}</blockquote>
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

/** Who is quoted most: by speaker. About whom: by the countries that are spoken of. */
function Speakers() {
  const who = useResource<Page<Who>>(resource("/actors", { kind: "person", limit: 200 })).data?.items ?? [];
  const most = who.filter((one) => one.quotes > 0).sort((one, two) => two.quotes - one.quotes).slice(0, 8);
  const [speaker, about] = ["speaker", "about"].map((name) => query.value.get(name));
  const ties = useResource<Page<{ a: string; b: string; events: number }>>(resource("/network", { limit: 12 })).data?.items ?? [];
  const spoken = [...new Set(ties.flatMap((tie) => [tie.a, tie.b]))].filter((code) => /^[A-Z]{3}$/.test(code)).slice(0, 8);
  if (!most.length && !spoken.length) return null;
  return (
    <div class="picks">
      {most.length > 0 && (
        <p>
          <span class="aside">Quoted most: </span>
          {most.map((one) => (
            <a key={one.name} class="pick" href={to(["quotes"], { speaker: one.name, about })} aria-current={one.name === speaker ? "true" : undefined}>
              {one.name} <small>{one.quotes}</small>
            </a>
          ))}
        </p>
      )}
      {spoken.length > 0 && (
        <p>
          <span class="aside">About: </span>
          {spoken.map((code) => (
            <a key={code} class="pick" href={to(["quotes"], { speaker, about: country(code) })} aria-current={country(code) === about ? "true" : undefined}>
              {country(code)}
            </a>
          ))}
        </p>
      )}
    </div>
  );
}

/** The words said, without those of the reporter between them. Offsets count code points. */
function spoken({ text, start, spans }: StoredQuote["quote"]): string {
  const signs = [...text];
  return spans.length > 1 ? spans.map(([from, until]) => signs.slice(from - start, until - start).join("")).join(" … ") : text;
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
  const months = monthsOf([...(plans.data?.items ?? []).map((one) => one.start), ...(pledges.data?.items ?? []).map((one) => one.due)]);
  let shown: Ahead[];
  let promised: Pledge[];
  return (
    <View title="Calendar and commitments" lead="What was planned or promised, and whether it was seen to happen. “Now” is the last day that was read.">
      <div class="fields">
        <CountryField label="Country" value={a ?? ""} onChange={(code) => set({ a: code, b: code ? (b ?? null) : null })} />
        {a && <CountryField label="and" value={b ?? ""} onChange={(code) => set({ b: code })} />}
        <Line label="As known on" type="date" value={query.value.get("as_of") ?? ""} onChange={(value) => set({ as_of: value })} />
        <Period periods={months} whole="All days" />
        <span class="links">
          <FileLink address={resource("/calendar", { ...given, format: "csv" })} name="plans.csv">
            CSV of plans
          </FileLink>
          <FileLink address={resource("/commitments", { ...given, format: "csv" })} name="commitments.csv">
            of commitments
          </FileLink>
          <Cite />
        </span>
      </div>
      <h2>Plans</h2>
      <Shown answer={plans}>
        {({ items }) =>
          (shown = items.filter((one) => isWithin(one.start, one.end))).length === 0 ? (
            <Nothing>{items.length ? "Nothing is planned for these days." : "Nothing is planned."}</Nothing>
          ) : (
            <ol class="evidence" data-list>
              {shown.map((one) => (
                <li class="entry" key={`${one.plan.article} ${one.event}`} tabIndex={-1} data-item>
                  <p class="entry-head">
                    <time>{days(one.start, one.end) || one.when || "no day"}</time> <b>{named(one.sources)}</b>{" "}
                    <span role="img" aria-label="to">→</span> <b>{named(one.targets)}</b> <span class="type">{deed(one.type, one.mode)}</span>{" "}
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
        {({ items }) =>
          (promised = items.filter((one) => isWithin(one.due, one.due))).length === 0 ? (
            <Nothing>{items.length ? "Nothing was promised for these days." : "Nothing was promised."}</Nothing>
          ) : (
            <ol class="evidence" data-list>
              {promised.map((one) => (
                <li class="entry" key={`${one.words.article} ${one.id}`} tabIndex={-1} data-item>
                  <p class="entry-head">
                    <time>{one.due ?? (one.when || "no day")}</time> <b>{one.by}</b>
                    {one.to.length > 0 && (
                      <>
                        {" "}
                        <span role="img" aria-label="to">→</span> {named(one.to)}
                      </>
                    )}{" "}
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

/** The months in which something is due, in order. */
function monthsOf(due: (string | null)[]) {
  const months = [...new Set(due.flatMap((day) => (day && /^\d{4}-\d\d/.test(day) ? [day.slice(0, 7)] : [])))].sort();
  return months.map((month) => ({ from: `${month}-01`, to: lastDay(month, "month") }));
}

/** Whether days meet the chosen ones; what has no day is shown only where none are chosen. */
function isWithin(start: string | null, end: string | null): boolean {
  const { from, to: until } = chosenDays();
  if (!from && !until) return true;
  return start !== null && (!from || (end ?? start) >= from) && (!until || start <= until);
}

/** Countries and actors by name; those that are told by an id alone are somebody. */
function named(codes: string[]): string {
  return codes.map((code) => (/^a[0-9a-f]{16}$/.test(code) ? "somebody" : country(code))).join(", ") || "somebody";
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
                  {issue.context.replaceAll("_", " ")}{" "}
                  <small>
                    {[issue.events && counted(issue.events, "event"), issue.planned && `${issue.planned} planned or called for`].filter(Boolean).join(", ") || "spoken of"}
                    {issue.intensity !== null && <>, mean intensity {signed(issue.intensity)}</>}
                    {issue.latest && <>, latest {issue.latest}</>}
                  </small>
                </h2>
                {issue.proofs.length > 0 && (
                  <details>
                    <summary>The words</summary>
                    {issue.proofs.map((cited, place) => (
                      <div class="entry" key={place}>
                        <Words cited={cited} />
                      </div>
                    ))}
                  </details>
                )}
                {issue.positions.length > 0 && (
                  <details>
                    <summary>{counted(issue.positions.length, "position")}</summary>
                    {issue.positions.map((said) => (
                      <div class="entry" key={said.id}>
                        <SaidWords said={said} />
                      </div>
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
            <ol class="evidence" data-list>
              {page.items.map((one) => (
                <li class="entry" key={`${one.said.words.article} ${one.said.id} ${one.about}`} tabIndex={-1} data-item>
                  <p>
                    <b>{one.word}</b>: {one.about}
                  </p>
                  <SaidWords said={one.said} />
                </li>
              ))}
            </ol>
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

/** Where the words stand that were searched for. */
function marksOf(words: string, text: string): Mark[] {
  const lower = text.toLowerCase();
  if (lower.length !== text.length) return []; // a sign whose small letter is longer: places would not fit
  return words
    .toLowerCase()
    .split(/\s+/)
    .flatMap((word) => {
      const start = word ? lower.indexOf(word) : -1;
      return start < 0 ? [] : [{ start, end: start + word.length, kind: "found" }];
    });
}

/** A piece of a text without the halves of words at its ends. */
function wholeWords(piece: string): string {
  return piece.replace(/^…[^\s…]*\s/, "…").replace(/\s[^\s…]*…$/, "…");
}

function Found({ text, words }: { text: string; words: string }) {
  return <Marked text={text} marks={marksOf(words, text)} />;
}

/** Countries and people of that name: two countries lead to what is between them. */
function Known({ words }: { words: string }) {
  const lower = ` ${words.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ")} `;
  const codes = Object.entries(countries.value)
    .filter(([code, name]) => /^[A-Z]{3}$/.test(code) && (lower.includes(` ${name.toLowerCase()} `) || lower === ` ${code.toLowerCase()} `))
    .map(([code]) => code);
  const people = useResource<Page<Who>>(resource("/actors", { name: words.trim(), kind: "person", limit: 5 })).data?.items.filter((one) => one.quotes) ?? [];
  if (!codes.length && !people.length) return null;
  return (
    <div class="picks">
      {codes.length === 2 && (
        <p>
          <a class="pick" href={to(["dyad", ...codes])}>
            {codes.map(country).join(" – ")}
          </a>
        </p>
      )}
      {codes.map((code) => (
        <p key={code}>
          <b>{country(code)}: </b>
          <a class="pick" href={to(["events"], { source: code })}>
            what it did
          </a>
          <a class="pick" href={to(["events"], { target: code })}>
            what was done to it
          </a>
          <a class="pick" href={to(["quotes"], { speaker: code })}>
            who spoke for it
          </a>
          <a class="pick" href={to(["calendar"], { a: code })}>
            calendar
          </a>
          <a class="pick" href={to(["map"], { country: code })}>
            map
          </a>
        </p>
      ))}
      {people.length > 0 && (
        <p>
          <span class="aside">Said by: </span>
          {people.map((one) => (
            <a key={one.name} class="pick" href={to(["quotes"], { speaker: one.name })}>
              {one.name} <small>{one.quotes}</small>
            </a>
          ))}
        </p>
      )}
    </div>
  );
}

export function Search() {
  const words = query.value.get("q") ?? "";
  const answer = useResource<{ items: Hit[] }>(words.trim() ? resource("/search", { q: words, limit: 25 }) : null);
  return (
    <View title="Search" lead={words && `Articles, events and quotations that hold “${words}”.`}>
      <div class="fields">
        <Line label="Words" value={words} onChange={(value) => set({ q: value })} />
      </div>
      {words.trim() && <Known words={words} />}
      {words.trim() && (
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
                    <blockquote>
                      <Found text={wholeWords(hit.text)} words={words} />
                    </blockquote>
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
