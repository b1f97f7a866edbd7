// Words with marks in them. Text from articles goes into text nodes alone.

import type { ComponentChildren, JSX } from "preact";

import type { Piece, Reading, StoryEvent } from "../records";

export interface Mark {
  start: number;
  end: number;
  kind: string;
  title?: string;
  href?: string;
  id?: string;
}

/** Code points, as offsets are counted, to places in a JavaScript string. */
export class Places {
  private readonly wide: number[] = [];

  constructor(text: string) {
    let point = 0;
    for (const sign of text) {
      if (sign.length > 1) this.wide.push(point);
      point += 1;
    }
  }

  at(point: number): number {
    let low = 0;
    let high = this.wide.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.wide[middle] as number) < point) low = middle + 1;
      else high = middle;
    }
    return point + low;
  }
}

/** Text with marks, which may overlap: each stretch carries the kinds of all marks that cover it. */
export function Marked({ text, marks, offset = 0 }: { text: string; marks: Mark[]; offset?: number }): JSX.Element {
  const edges = new Set([0, text.length]);
  const inside = marks
    .map((mark) => ({ ...mark, start: Math.max(mark.start - offset, 0), end: Math.min(mark.end - offset, text.length) }))
    .filter((mark) => mark.start < mark.end);
  for (const mark of inside) edges.add(mark.start).add(mark.end);
  const cuts = [...edges].sort((a, b) => a - b);
  const pieces: ComponentChildren[] = [];
  for (let place = 0; place + 1 < cuts.length; place += 1) {
    const [start, end] = [cuts[place] as number, cuts[place + 1] as number];
    const over = inside.filter((mark) => mark.start <= start && end <= mark.end);
    pieces.push(over.length ? stretch(text.slice(start, end), over, start) : text.slice(start, end));
  }
  return <>{pieces}</>;
}

function stretch(words: string, over: Mark[], start: number): JSX.Element {
  const kinds = [...new Set(over.map((mark) => `m-${mark.kind}`))].join(" ");
  const title = over.map((mark) => mark.title).filter(Boolean).join(" · ") || undefined;
  const id = over.find((mark) => mark.id && mark.start === start)?.id;
  const href = over.findLast((mark) => mark.href)?.href;
  const marked = (
    <mark class={kinds} title={title} id={id}>
      {words}
    </mark>
  );
  return href ? <a href={href}>{marked}</a> : marked;
}

/** An event's sentence: its trigger, and once the article's reading is there, its sides. */
export function Sentence({ told, reading }: { told: StoryEvent; reading?: Reading | null }): JSX.Element {
  const { event, sentence } = told;
  const begin = beginning(sentence, event.span, event.trigger);
  if (begin === null) return <>{sentence}</>;
  const marks: Mark[] = [];
  const add = (piece: Piece, kind: string, title: string) => {
    if (piece.field === event.span.field) marks.push({ start: piece.start - begin, end: piece.end - begin, kind, title });
  };
  for (const [ids, kind] of [[event.sources, "source"], [event.targets, "target"]] as const)
    for (const actor of reading?.actors ?? [])
      if (ids.includes(actor.id)) for (const mention of actor.mentions) add(mention, kind, `${kind}: ${actor.name}`);
  if (event.trigger.text) add(event.trigger, "trigger", `${event.type}: ${event.rule}`);
  const places = new Places(sentence);
  const turned = marks.map((mark) => ({ ...mark, start: places.at(Math.max(mark.start, 0)), end: places.at(Math.max(mark.end, 0)) }));
  return <Marked text={sentence} marks={turned} />;
}

/** Where in the article, in code points, the sentence begins; null when its words are not found in it. */
function beginning(sentence: string, span: Piece, trigger: Piece): number | null {
  for (const piece of [span, trigger]) {
    const at = piece.text ? sentence.indexOf(piece.text) : -1;
    if (at >= 0) return piece.start - [...sentence.slice(0, at)].length;
  }
  return null;
}
