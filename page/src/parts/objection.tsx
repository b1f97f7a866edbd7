// "Wrong": a verdict on an event, with a name and a reason. It is kept in the observatory and honoured by what is computed next.

import { useRef, useState } from "preact/hooks";

import { ask, Problem, resource, round, useResource } from "../api";
import type { Page, Verdict } from "../records";

const NAME = "detente-name"; // whoever judges need not type it twice

/** The verdicts that stand on an article's events, by event: the last word on each counts. */
export function useVerdicts(article: string): Map<string, Verdict> {
  const told = useResource<Page<Verdict>>(resource("/verdicts", { article })).data?.items ?? [];
  const last = new Map(told.map((one) => [one.event, one]));
  return new Map([...last].filter(([, one]) => one.verdict === "wrong"));
}

/** A verdict that stands, and the way to take it back. */
export function Standing({ verdict }: { verdict: Verdict }) {
  return (
    <p class="verdict">
      <strong>✕ Held to be wrong</strong> by {verdict.who}, {verdict.when.slice(0, 10)}: “{verdict.why}” It counts in no measure.{" "}
      <Objection event={verdict.event} article={verdict.article} stands />
    </p>
  );
}

/** stands: a verdict is there already, and can be taken back. */
export function Objection({ event, article, stands = false }: { event: string; article: string; stands?: boolean }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [problem, setProblem] = useState("");
  const send = async (submit: SubmitEvent) => {
    submit.preventDefault();
    const form = new FormData(submit.currentTarget as HTMLFormElement);
    const who = String(form.get("who") ?? "").trim();
    const why = String(form.get("why") ?? "").trim();
    try {
      await ask(resource("/verdicts"), {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ article, event, verdict: stands ? "withdrawn" : "wrong", who, why }),
      });
      localStorage.setItem(NAME, who);
      dialog.current?.close();
      round.value += 1;
    } catch (error) {
      setProblem(error instanceof Problem ? error.message : String(error));
    }
  };
  const title = stands ? "Take the verdict back" : "This event is wrong";
  return (
    <>
      <button type="button" class="quiet" onClick={() => dialog.current?.showModal()}>
        {stands ? "Take the verdict back" : "Wrong?"}
      </button>
      <dialog ref={dialog} aria-label={title} onClose={() => setProblem("")}>
        <form onSubmit={(submit) => void send(submit)}>
          <h2>{title}</h2>
          <p>
            {stands
              ? "The event counts again from the next computation on."
              : "It will count in no measure from the next computation on. The verdict is kept, and exports carry it."}
          </p>
          <label class="field">
            <span>Your name</span>
            <input name="who" required maxLength={200} defaultValue={localStorage.getItem(NAME) ?? ""} />
          </label>
          <label class="field">
            <span>Why</span>
            <textarea name="why" required maxLength={2000} rows={3} />
          </label>
          {problem && (
            <p class="problem" role="alert">
              {problem}
            </p>
          )}
          <p class="tools">
            <button type="submit">{stands ? "Take back" : "Store the verdict"}</button>
            <button type="button" onClick={() => dialog.current?.close()}>
              Cancel
            </button>
          </p>
        </form>
      </dialog>
    </>
  );
}
