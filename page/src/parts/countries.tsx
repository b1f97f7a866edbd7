// A field for a country: any spelling will do, the server knows them.

import { countries } from "../words";
import { Line } from "./view";

export function CountryList() {
  return (
    <datalist id="countries">
      {Object.entries(countries.value).map(([code, name]) => (
        <option key={code} value={name} />
      ))}
    </datalist>
  );
}

/** value: a code. onChange gets the code of a known name, else what was typed. */
export function CountryField({ label, value, onChange }: { label: string; value: string; onChange: (code: string) => void }) {
  const known = (text: string) => Object.entries(countries.value).find(([, name]) => name.toLowerCase() === text.toLowerCase())?.[0];
  return (
    <Line
      label={label}
      value={countries.value[value] ?? value}
      list="countries"
      placeholder="country"
      onChange={(text) => onChange(known(text) ?? text)}
    />
  );
}
