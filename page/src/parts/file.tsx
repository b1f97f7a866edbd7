// Files: what was made here, and what the server makes.

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

import { fetched, hasToken, type Problem } from "../api";

export function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** A link to a file of the API. Browsers send no token along with a link: where one is needed, the page fetches the file. */
export function FileLink({ address, name, children }: { address: string; name: string; children: ComponentChildren }) {
  const [problem, setProblem] = useState("");
  const take = (click: MouseEvent) => {
    setProblem("");
    if (!hasToken()) return;
    click.preventDefault();
    fetched(address)
      .then((answer) => answer.blob())
      .then(
        (blob) => save(blob, name),
        (error: Problem) => setProblem(error.message),
      );
  };
  return (
    <>
      <a href={address} download={name} onClick={take}>
        {children}
      </a>
      {problem && <span role="alert"> {problem}</span>}
    </>
  );
}
