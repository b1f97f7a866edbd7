// Words for codes, in one place.

import { signal } from "@preact/signals";

import type { Event } from "./records";

/** Names of countries by ISO 3166 alpha-3 code: the server's table, so that page and command name them alike. */
export const countries = signal<Record<string, string>>({});

/** A country's name by its code, else the code. */
export function country(code: string): string {
  return countries.value[code] ?? code;
}

export const STATUS: Record<Event["status"], string> = {
  occurred: "occurred",
  ongoing: "goes on",
  planned: "planned",
  conditional: "on a condition",
  denied: "denied",
};

const QUADS: Record<string, string> = {};
for (const [quad, types] of Object.entries({
  "verbal cooperation": ["AGREE", "CONSULT", "SUPPORT", "CONCEDE"],
  "material cooperation": ["COOPERATE", "AID", "RETREAT"],
  "verbal conflict": ["REQUEST", "ACCUSE", "REJECT", "THREATEN"],
  "material conflict": ["PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"],
}))
  for (const type of types) QUADS[type] = quad;

/** verbal or material, cooperation or conflict. */
export function quad(type: string): string {
  return QUADS[type] ?? "";
}

export function isConflict(type: string): boolean {
  return quad(type).endsWith("conflict");
}

/** AGREE (meet): a deed in the code book's words. */
export function deed(type: string, mode: string | null): string {
  return mode ? `${type} (${mode})` : type;
}

/** A clause as a sentence. */
export function sentence(clause: string): string {
  return clause ? `${clause[0]?.toUpperCase()}${clause.slice(1)}${/[.!?…]$/.test(clause) ? "" : "."}` : "";
}

export const TYPES = Object.keys(QUADS);

export function counted(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

export function signed(number: number, digits = 1): string {
  const text = Math.abs(number).toFixed(digits);
  if (!/[1-9]/.test(text)) return text;
  return number > 0 ? `+${text}` : number < 0 ? `−${text}` : text;
}

/** The first day of a period: 2020, 2020-08, 2020-W33, 2020-Q3. */
export function firstDay(period: string): Date {
  const week = /^(\d{4})-W(\d{2})$/.exec(period);
  if (week) {
    const fourth = new Date(Date.UTC(Number(week[1]), 0, 4)); // ISO 8601: it lies in the first week
    const monday = fourth.getTime() - ((fourth.getUTCDay() + 6) % 7) * 864e5;
    return new Date(monday + (Number(week[2]) - 1) * 7 * 864e5);
  }
  const quarter = /^(\d{4})-Q(\d)$/.exec(period);
  if (quarter) return new Date(Date.UTC(Number(quarter[1]), (Number(quarter[2]) - 1) * 3, 1));
  const [year = 1970, month = 1, day = 1] = period.split("-").map(Number);
  return new Date(Date.UTC(year, month - 1, day));
}

/** The last day of a period, as ISO 8601. */
export function lastDay(period: string, by: string): string {
  const first = firstDay(period);
  const next =
    by === "week"
      ? new Date(first.getTime() + 7 * 864e5)
      : new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + (by === "quarter" ? 3 : 1), 1));
  return iso(new Date(next.getTime() - 864e5));
}

export function iso(day: Date): string {
  return day.toISOString().slice(0, 10);
}
