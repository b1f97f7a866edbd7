// "Wrong": a verdict on an event, with a name and a reason. It is kept in the observatory and honoured by what is computed next.

import { useRef, useState } from "preact/hooks";

import { ask, Problem, resource, round } from "../api";

const NAME = "detente-name"; // whoever judges need not type it twice

export function Objection({ event, article, rejected = false }: { event: string; article: string; rejected?: boolean }) {
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
        body: JSON.stringify({ article, event, verdict: rejected ? "withdrawn" : "wrong", who, why }),
      });
      localStorage.setItem(NAME, who);
      dialog.current?.close();
      round.value += 1;
    } catch (error) {
      setProblem(error instanceof Problem ? error.message : String(error));
    }
  };
  return (
    <>
      <button type="button" class="quiet" onClick={() => dialog.current?.showModal()}>
        {rejected ? "Take the verdict back" : "Wrong?"}
      </button>
      <dialog ref={dialog} aria-label={rejected ? "Take the verdict back" : "Say that this event is wrong"} onClose={() => setProblem("")}>
        <form onSubmit={(submit) => void send(submit)}>
          <h2>{rejected ? "Take the verdict back" : "This event is wrong"}</h2>
          <p>
            {rejected
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
            <button type="submit">{rejected ? "Take back" : "Store the verdict"}</button>
            <button type="button" onClick={() => dialog.current?.close()}>
              Cancel
            </button>
          </p>
        </form>
      </dialog>
    </>
  );
}
