// The records that the API gives, as far as the page uses them. Their meaning: docs/reference/reading.md and api.md.

export interface Piece {
  start: number;
  end: number;
  text: string;
  field: "text" | "title";
}

export interface Event {
  id: string;
  type: string;
  mode: string | null;
  contexts: string[];
  cameo: string | null;
  status: "occurred" | "ongoing" | "planned" | "conditional" | "denied";
  past: boolean;
  asked: { type: string; mode: string | null; by: string | null; text: string } | null;
  sources: string[];
  targets: string[];
  source_countries: string[];
  target_countries: string[];
  date: { start: string | null; end: string | null; text: string } | null;
  place: number | null;
  intensity: number;
  confidence: number;
  quote: string | null;
  span: Piece;
  trigger: Piece;
  evidence: Piece[];
  rule: string;
  coder: string;
}

export interface Headed {
  article: string;
  source: string | null;
  published: string | null;
  title: string | null;
}

export interface Verdict {
  article: string;
  event: string;
  verdict: "wrong" | "withdrawn";
  who: string;
  why: string;
  when: string;
}

export interface StoryEvent extends Headed {
  event: Event;
  sentence: string;
  origin: string;
  reports: { article: string; source: string | null; published: string | null; event: string }[];
  outlets: string[];
  origins: string[];
  verdict: Verdict | null;
}

export interface Actor {
  id: string;
  name: string;
  kind: string;
  country: string | null;
  sectors: string[];
  role: string | null;
  affiliation: string | null;
  role_basis: string | null;
  mentions: Piece[];
}

export interface Quote {
  id: string;
  start: number;
  end: number;
  text: string;
  spans: [number, number][];
  kind: "direct" | "indirect" | "mixed";
  cue: Piece | null;
  speaker: string | null;
  speaker_mention: Piece | null;
  inferred: boolean;
  field: "text" | "title";
}

export interface StoredQuote extends Headed {
  quote: Quote;
  speaker: Actor | null;
}

export interface Article {
  id: string;
  title: string | null;
  text: string;
  published: string | null;
  source: string | null;
  url: string | null;
  language: string | null;
  dateline: string | null;
}

export interface StoredArticle {
  article: Article;
  coder: string;
  knowledge: string;
}

export interface Place extends Piece {
  name: string;
  kind: string;
  precision: string;
  country: string | null;
  latitude: number | null;
  longitude: number | null;
}

export interface Timex extends Piece {
  type: string;
  value: string;
  begin: string | null;
  finish: string | null;
}

export interface Commitment extends Piece {
  id: string;
  by: string;
  due: { start: string | null; text: string } | null;
}

export interface Failure {
  stage: string;
  reason: string;
  where?: string | null;
}

export interface Reading {
  article: Article;
  actors: Actor[];
  events: Event[];
  quotes: Quote[];
  places: Place[];
  times: Timex[];
  commitments: Commitment[];
  failures: Failure[];
}

export interface Level {
  period: string;
  balance: number | null;
  low50: number | null;
  high50: number | null;
  low90: number | null;
  high90: number | null;
  friction: number | null;
  exchange: number | null;
  friction_low90: number | null;
  friction_high90: number | null;
  exchange_low90: number | null;
  exchange_high90: number | null;
  events: number;
  origins: number;
  articles_read: number;
  stories_read: number;
}

export interface Change {
  period: string;
  direction: "up" | "down";
  support: number;
  live: boolean;
}

export interface Contribution {
  event: string;
  contribution: number | null;
  date: string;
  dated_by: string;
  status: string;
  type: string;
  intensity: number;
  sentence: string;
  article: string;
  source: string | null;
  published: string | null;
}

export interface Relations {
  a: string;
  b: string;
  by: "week" | "month" | "quarter";
  directed: boolean;
  as_of: string | null;
  series: Level[];
  changes: Change[];
  direction: string;
  probability: number | null;
  window: string;
  delta: number;
  evidence: Contribution[];
  why: string;
  left_out: number;
  now: Now | null;
}

/** What is known at once of two countries: the kept series, without turns and direction. */
export interface DyadPage {
  a: string;
  b: string;
  by: Relations["by"];
  as_of: string | null;
  series: Level[];
  now: Now | null;
  events: StoryEvent[];
  more: boolean;
}

export interface Triangle {
  a: string;
  b: string;
  c: string;
  with_b: Relations;
  with_c: Relations;
  correlation: number | null;
  low90: number | null;
  high90: number | null;
  periods: number;
  why: string;
}

export interface Who {
  id: string;
  name: string;
  kind: string;
  country: string | null;
  sectors: string[];
  names: string[];
  sources: number;
  targets: number;
  quotes: number;
  articles: number;
}

export interface Spot {
  precision: string;
  name: string;
  kind: string;
  country: string | null;
  latitude: number;
  longitude: number;
  articles: number;
  events: number;
}

export interface Hit extends Headed {
  kind: "article" | "event" | "quote";
  id: string;
  text: string;
}

export interface Page<T> {
  items: T[];
  next: string | null;
  generation: number;
}

export interface About {
  detente: string;
  name: string;
  counts: Record<string, number>;
  origins: { name: string; events: number; counted: number; first: string; last: string }[];
  can_add: boolean;
}

export interface Now {
  period: string;
  balance: number;
  low50: number;
  high50: number;
  low90: number;
  high90: number;
}

export interface BoardRow {
  a: string;
  b: string;
  change: number;
  direction: string;
  probability: number | null;
  why: string;
  then: Now;
  now: Now;
  events: number;
  origins: number;
  reason: Contribution | null;
}

export interface Board {
  origin: string;
  by: string;
  as_of: string | null;
  window: string;
  min_events: number;
  dyads: number;
  ranked: number;
  rows: BoardRow[];
}
