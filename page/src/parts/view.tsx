// What every view is made of: headings, waiting, problems, empty lists, fields.

import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";

import type { Answer } from "../api";

/** A view: its title stands in the tab, too. head: the title with marks in it. */
export function View({ title, head, lead, children }: { title: string; head?: ComponentChildren; lead?: ComponentChildren; children: ComponentChildren }) {
  useEffect(() => {
    document.title = `${title} · détente`;
  }, [title]);
  return (
    <>
      <header class="view-head">
        <h1>{head ?? title}</h1>
        {lead && <p class="lead">{lead}</p>}
      </header>
      {children}
    </>
  );
}

/** Shows an answer when it is there; says so while it is not, and why it will not be. */
export function Shown<T>({ answer, children }: { answer: Answer<T>; children: (data: T) => ComponentChildren }) {
  if (answer.problem) {
    return (
      <div class="problem" role="alert">
        <strong>That did not work.</strong> {answer.problem.message}
        {answer.problem.suggestions.length > 0 && <> Did you mean {answer.problem.suggestions.join(", ")}?</>}
      </div>
    );
  }
  if (answer.data === null) return <p class="waiting" role="status">Asking the observatory…</p>;
  return <div class={answer.waiting ? "stale" : undefined}>{children(answer.data)}</div>;
}

export function Nothing({ children }: { children: ComponentChildren }) {
  return <p class="nothing">{children}</p>;
}

/** A labelled choice. */
export function Choice({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: string;
  options: [string, string][];
  onChange: (value: string) => void;
}) {
  return (
    <label class="field">
      <span>{label}</span>
      <select value={value} onChange={(change) => onChange(change.currentTarget.value)}>
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A labelled line of text, taken over on Enter or when it is left. */
export function Line({
  label,
  value,
  onChange,
  placeholder,
  list,
  type = "text",
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  list?: string;
  type?: "text" | "date";
}) {
  return (
    <label class="field">
      <span>{label}</span>
      <input
        type={type}
        value={value}
        placeholder={placeholder}
        list={list}
        onChange={(change) => onChange(change.currentTarget.value.trim())}
      />
    </label>
  );
}

/** The button below a list that goes on. */
export function More({ more, waiting }: { more: (() => void) | null; waiting: boolean }) {
  if (!more) return null;
  return (
    <p>
      <button type="button" class="more" onClick={more} disabled={waiting}>
        {waiting ? "Asking…" : "Show more"}
      </button>
    </p>
  );
}
