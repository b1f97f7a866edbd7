// Where the reader is: the address is the state of the page, so that every view is a permalink.

import { computed, signal } from "@preact/signals";

export const address = signal(new URL(location.href));
export const path = computed(() => address.value.pathname.split("/").filter(Boolean).map(decoded));
export const query = computed(() => address.value.searchParams);

/** A part of an address; what somebody typed may not be one. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Goes to another view. replace: without a step in the history, for settings of the same view. */
export function go(to: string, { replace = false } = {}): void {
  const url = new URL(to, location.origin);
  if (url.href === address.value.href) return;
  const turned = url.pathname !== address.value.pathname;
  history[replace ? "replaceState" : "pushState"](null, "", url);
  address.value = url;
  if (turned) {
    window.scrollTo(0, 0);
    requestAnimationFrame(() => document.querySelector<HTMLElement>("main")?.focus({ preventScroll: true }));
  }
}

/** The address of the present view with other parameters; null takes one out. */
export function withParameters(change: Record<string, string | null>): string {
  const url = new URL(address.value);
  for (const [name, value] of Object.entries(change)) {
    if (value === null || value === "") url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  return url.href;
}

/** Sets parameters of the present view. Back undoes it, unless it replaces. */
export function set(change: Record<string, string | null>, how: { replace?: boolean } = {}): void {
  go(withParameters(change), how);
}

/** The address of a view. */
export function to(parts: (string | number)[], given: Record<string, string | null | undefined> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(given)) if (value) search.set(name, value);
  const tail = search.toString();
  return `/${parts.map((part) => encodeURIComponent(part)).join("/")}${tail ? `?${tail}` : ""}`;
}

addEventListener("popstate", () => {
  address.value = new URL(location.href);
});

// A link to a view of this page turns the view, without loading the page anew.
addEventListener("click", (click) => {
  if (click.defaultPrevented || click.button || click.metaKey || click.ctrlKey || click.shiftKey || click.altKey) return;
  const link = (click.target as Element | null)?.closest?.("a");
  if (!link || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
  if (link.pathname.startsWith("/api/") || link.getAttribute("href")?.startsWith("#")) return;
  click.preventDefault();
  go(link.href);
});
