// Asking the server. The token, where one is needed, lives in this tab alone.

import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";

import type { Page } from "./records";

const TOKEN = "detente-token";

/** Counts what makes every answer stale: a token given, a verdict stored. */
export const round = signal(0);
export const needsToken = signal(false);

export class Problem extends Error {
  constructor(
    message: string,
    readonly status: number,
    readonly suggestions: string[] = [],
  ) {
    super(message);
  }
}

export function giveToken(token: string): void {
  sessionStorage.setItem(TOKEN, token);
  needsToken.value = false;
  round.value += 1;
}

type Given = Record<string, string | number | boolean | string[] | null | undefined>;

/** The address of a resource. */
export function resource(path: string, given: Given = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === "") continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one));
  }
  const tail = search.toString();
  return `/api/v1${path}${tail ? `?${tail}` : ""}`;
}

export function hasToken(): boolean {
  return sessionStorage.getItem(TOKEN) !== null;
}

/** What the server gives. Throws a Problem, in the server's words. */
export async function ask<T>(url: string, init: RequestInit = {}): Promise<T> {
  return (await (await fetched(url, init)).json()) as T;
}

/** The server's answer, where it is one. Throws a Problem, in the server's words. */
export async function fetched(url: string, init: RequestInit = {}): Promise<Response> {
  const token = sessionStorage.getItem(TOKEN);
  const headers = new Headers(init.headers);
  if (token) headers.set("Authorization", `Bearer ${token}`);
  const answer = await fetch(url, { ...init, headers }).catch((error: unknown) => {
    if (init.signal?.aborted) throw error;
    throw new Problem("The server does not answer. Is `detente serve` still running?", 0);
  });
  if (answer.ok) return answer;
  if (answer.status === 401) needsToken.value = true;
  const told = await answer.json().catch(() => ({ detail: answer.statusText }));
  throw new Problem(told.detail ?? answer.statusText, answer.status, told.suggestions ?? []);
}

export interface Answer<T> {
  data: T | null;
  problem: Problem | null;
  waiting: boolean;
}

/** A resource, asked for again when its address changes. The old answer stays in view until the new one is there. */
export function useResource<T>(url: string | null): Answer<T> {
  const [answer, setAnswer] = useState<Answer<T>>({ data: null, problem: null, waiting: url !== null });
  const turn = round.value;
  useEffect(() => {
    if (url === null) return;
    const leave = new AbortController();
    setAnswer((old) => ({ ...old, waiting: true }));
    ask<T>(url, { signal: leave.signal }).then(
      (data) => setAnswer({ data, problem: null, waiting: false }),
      (problem: Problem) => leave.signal.aborted || setAnswer({ data: null, problem, waiting: false }),
    );
    return () => leave.abort();
  }, [url, turn]);
  return answer;
}

export interface Pages<T> extends Answer<T[]> {
  more: (() => void) | null;
}

/** A list, page by page: `more` asks for the next page, null when all is there. */
export function usePages<T>(url: string): Pages<T> {
  const [pages, setPages] = useState<{ url: string; items: T[]; next: string | null }>({ url: "", items: [], next: null });
  const [cursor, setCursor] = useState<{ url: string; at: string | null }>({ url, at: null });
  const at = cursor.url === url ? cursor.at : null;
  const answer = useResource<Page<T>>(at ? `${url}${url.includes("?") ? "&" : "?"}cursor=${at}` : url);
  useEffect(() => {
    if (!answer.data || answer.waiting) return;
    const page = answer.data;
    setPages((old) => ({ url, items: at && old.url === url ? [...old.items, ...page.items] : page.items, next: page.next }));
  }, [answer.data, answer.waiting]);
  const there = pages.url === url;
  return {
    data: there ? pages.items : null,
    problem: answer.problem,
    waiting: answer.waiting,
    more: there && pages.next ? () => setCursor({ url, at: pages.next }) : null,
  };
}
