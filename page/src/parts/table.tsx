// Tables: beside every chart, and for lists that are best read as such.

import type { ComponentChildren } from "preact";

export interface Column<T> {
  name: string;
  of: (row: T) => ComponentChildren;
  plain?: (row: T) => string | number | null;
  number?: boolean;
}

/** bare: a heading above says what the caption would; it is there for those who hear the page. */
export function Table<T>({ caption, columns, rows, bare = false }: { caption: string; columns: Column<T>[]; rows: T[]; bare?: boolean }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={caption}>
      <table>
        <caption class={bare ? "unseen" : undefined}>
          <span>{caption}</span>
        </caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.name} scope="col" class={column.number ? "number" : undefined}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            <tr key={place}>
              {columns.map((column) => {
                const cell = column.of(row);
                return (
                  <td key={column.name} class={column.number ? "number" : typeof cell === "string" && cell.length <= 12 ? "short" : undefined}>
                    {cell}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The same rows as CSV. */
export function csvOf<T>(columns: Column<T>[], rows: T[]): string {
  const cell = (value: unknown) => {
    const text = value === null || value === undefined ? "" : String(value);
    const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const plain = (column: Column<T>, row: T) => (column.plain ? column.plain(row) : column.of(row));
  const lines = [columns.map((column) => cell(column.name)), ...rows.map((row) => columns.map((column) => cell(plain(column, row))))];
  return `${lines.map((line) => line.join(",")).join("\r\n")}\r\n`;
}
