// How to cite a view: what was asked, of which state of which observatory.

import { useRef, useState } from "preact/hooks";

import { useResource } from "../api";
import { address } from "../place";
import type { About } from "../records";

export function Cite() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [copied, setCopied] = useState(false);
  const about = useResource<About>("/api/v1/about").data;
  const asked = `${address.value.pathname}${address.value.search}`;
  const text = about
    ? `${document.title}. Observatory “${about.name}”, state ${about.counts.generation} ` +
      `(${about.counts.articles} articles, ${about.counts.events} events), détente ${about.detente}, ` +
      `view ${asked}, ${new Date().toISOString().slice(0, 10)}.`
    : "";
  return (
    <>
      <button type="button" onClick={() => dialog.current?.showModal()}>
        Cite
      </button>
      <dialog ref={dialog} aria-label="Cite this view" onClose={() => setCopied(false)}>
        <h2>Cite this view</h2>
        <p class="citation">{text}</p>
        <p class="tools">
          <button type="button" onClick={() => void navigator.clipboard?.writeText(text).then(() => setCopied(true))}>
            {copied ? "Copied" : "Copy"}
          </button>
          <button type="button" onClick={() => dialog.current?.close()}>
            Close
          </button>
        </p>
      </dialog>
    </>
  );
}
