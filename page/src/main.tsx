// The page: its frame, its views by address, its keys.

import { type ComponentType, render } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import { giveToken, hasToken, needsToken, resource, useResource } from "./api";
import { CountryList } from "./parts/countries";
import { go, path, to } from "./place";
import type { Page } from "./records";
import { ArticleView } from "./screens/article";
import { Board } from "./screens/board";
import { Agenda, Calendar, Events, Quotes, Search } from "./screens/lists";
import { countries } from "./words";
import "./style.css";

/** A view that is fetched when it is opened. */
function later(load: () => Promise<{ default: ComponentType }>): ComponentType {
  return function Later() {
    const [view, setView] = useState<{ is: ComponentType } | null>(null);
    useEffect(() => void load().then((module) => setView({ is: module.default })), []);
    return view ? <view.is /> : <p class="waiting" role="status">Fetching the view…</p>;
  };
}

// One line a view; its address begins with the name.
const VIEWS: Record<string, ComponentType> = {
  "": Board,
  dyad: later(() => import("./screens/dyad")),
  compare: later(() => import("./screens/compare")),
  events: Events,
  quotes: Quotes,
  calendar: Calendar,
  agenda: Agenda,
  network: later(() => import("./screens/network")),
  map: later(() => import("./screens/map")),
  article: ArticleView,
  sources: later(() => import("./screens/sources")),
  search: Search,
};

const MENU: [string, string][] = [
  ["", "Board"],
  ["compare", "Compare"],
  ["events", "Events"],
  ["quotes", "Quotations"],
  ["calendar", "Calendar"],
  ["network", "Network"],
  ["map", "Map"],
  ["sources", "Sources"],
];

function App() {
  const names = useResource<Page<{ code: string; name: string }>>(resource("/names"));
  useEffect(() => {
    if (names.data) countries.value = Object.fromEntries(names.data.items.map((one) => [one.code, one.name]));
  }, [names.data]);
  const here = path.value[0] ?? "";
  const View = VIEWS[here] ?? Nowhere;
  return (
    <>
      <a class="skip" href="#content">
        Skip to the content
      </a>
      <header class="top">
        <a class="mark" href="/">
          détente
        </a>
        <nav aria-label="Views">
          {MENU.map(([name, title]) => (
            <a key={name} href={`/${name}`} aria-current={name === here ? "page" : undefined}>
              {title}
            </a>
          ))}
        </nav>
        <form
          role="search"
          onSubmit={(submit) => {
            submit.preventDefault();
            go(to(["search"], { q: String(new FormData(submit.currentTarget).get("q") ?? "") }));
          }}
        >
          <input id="search" name="q" type="search" placeholder="Search  ( / )" aria-label="Search everywhere" maxLength={200} />
        </form>
        <Theme />
        <Help />
      </header>
      <main id="content" tabIndex={-1}>
        {needsToken.value ? <Token /> : <View key={path.value.join("/")} />}
      </main>
      <CountryList />
    </>
  );
}

function Nowhere() {
  return (
    <p class="nothing">
      There is no such view. <a href="/">To the board</a>
    </p>
  );
}

function Token() {
  return (
    <form
      class="token"
      onSubmit={(submit) => {
        submit.preventDefault();
        giveToken(String(new FormData(submit.currentTarget).get("token") ?? "").trim());
      }}
    >
      <h1>This observatory asks for a token</h1>
      {hasToken() && (
        <p class="problem" role="alert">
          It does not take the one that was given.
        </p>
      )}
      <label class="field">
        <span>Token</span>
        <input name="token" type="password" autocomplete="off" required />
      </label>
      <button type="submit">Open</button>
    </form>
  );
}

/** Light, dark, or as the system has it. */
function Theme() {
  const [theme, setTheme] = useState(localStorage.getItem("detente-theme") ?? "auto");
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
    localStorage.setItem("detente-theme", theme);
  }, [theme]);
  const next = { auto: "dark", dark: "light", light: "auto" }[theme] ?? "auto";
  return (
    <button type="button" class="quiet" onClick={() => setTheme(next)} aria-label={`Colours: ${theme}. Switch to ${next}`} title={`Colours: ${theme}`}>
      {{ auto: "◐", dark: "●", light: "○" }[theme]}
    </button>
  );
}

const KEYS: [string, string][] = [
  ["/", "search"],
  ["j", "next entry"],
  ["k", "entry before"],
  ["Enter", "open the entry"],
  ["[", "period before"],
  ["]", "next period"],
  ["Esc", "close a dialog, leave a field"],
  ["?", "this list"],
];

function Help() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const open = () => dialog.current?.showModal();
    addEventListener("detente-help", open);
    return () => removeEventListener("detente-help", open);
  }, []);
  return (
    <>
      <button type="button" class="quiet" aria-label="Keys" onClick={() => dialog.current?.showModal()}>
        ?
      </button>
      <dialog ref={dialog} aria-label="Keys">
        <h2>Keys</h2>
        <dl class="keys">
          {KEYS.map(([key, what]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
        <button type="button" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </dialog>
    </>
  );
}

addEventListener("keydown", (press) => {
  const target = press.target as HTMLElement;
  if (press.key === "Escape" && target.matches("input, textarea, select")) target.blur();
  if (press.metaKey || press.ctrlKey || press.altKey || target.closest("input, textarea, select, dialog[open]")) return;
  const keys: Record<string, () => void> = {
    "/": () => document.getElementById("search")?.focus(),
    j: () => step(1),
    k: () => step(-1),
    "[": () => dispatchEvent(new CustomEvent("detente-period", { detail: -1 })),
    "]": () => dispatchEvent(new CustomEvent("detente-period", { detail: 1 })),
    "?": () => dispatchEvent(new Event("detente-help")),
    Enter: () => {
      if (target.matches("[data-item]")) (target.querySelector<HTMLElement>("a[href]") ?? target.querySelector("button"))?.click();
    },
  };
  const act = keys[press.key];
  if (!act || (press.key === "Enter" && !target.matches("[data-item]"))) return;
  press.preventDefault();
  act();
});

/** Moves the focus along the entries of the view's list. */
function step(by: number): void {
  const items = [...document.querySelectorAll<HTMLElement>("[data-item]")];
  const now = items.findIndex((item) => item.contains(document.activeElement));
  const next = items[now < 0 ? (by > 0 ? 0 : items.length - 1) : Math.max(0, Math.min(items.length - 1, now + by))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

render(<App />, document.getElementById("page") as HTMLElement);
