/** Between a control's value and the place of its slider, and its value in plain words. */

import type { Control } from "./api";
import { number, plural, share } from "./numbers";

const MOST = 500; // places of a slider
const DECADES = 5; // a slider that begins at nothing shows so many powers of ten above it
const TEETH = [1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.8, 2, 2.2, 2.5, 2.8, 3, 3.5, 4, 4.5, 5, 5.5, 6, 6.5, 7, 8, 9];

export const isWhole = (of: Control): boolean => of.kind === "weeks" || of.kind === "points" || (of.step !== null && Number.isInteger(of.step) && Number.isInteger(of.low ?? 0));

const tidy = (value: number): number => Number(value.toPrecision(6));

/** The values that a slider stops at, in order: each press of a key goes to the next, and its value and its original are among them. */
export function stops(of: Control): number[] {
  const known = [of.value, of.original].filter((value) => typeof value === "number");
  const low = Math.min(of.low ?? 0, ...known);
  const high = Math.max(of.high ?? Math.max(1, ...known.map((value) => value * 2)), ...known);
  const found = new Set([low, high, ...known]);
  if (of.scale === "log" && high > 0) {
    const bottom = low > 0 ? low : high / 10 ** DECADES;
    for (let power = Math.floor(Math.log10(bottom)); power <= Math.log10(high); power += 1)
      for (const tooth of TEETH) { const value = tidy(tooth * 10 ** power); if (value >= bottom && value <= high) found.add(value); }
  } else {
    const least = (high - low) / MOST;
    const step = isWhole(of) ? Math.max(1, Math.ceil(least)) : Math.max(of.step ?? 0, least) || 1;
    for (let at = 1; low + at * step < high; at += 1) found.add(tidy(low + at * step));
  }
  return [...found].sort((one, other) => one - other);
}

/** The place of a value among the stops. */
export const placeOf = (of: number[], value: number): number => {
  const at = of.findIndex((stop) => stop >= value);
  return at < 0 ? of.length - 1 : at;
};

/** A value in plain words; with ``bare`` without its unit, where another that has it follows. */
export function inWords(of: Control, value: unknown, bare = false): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value !== "number") return value === null || value === undefined ? "not stated" : String(value);
  if (of.kind === "weeks") return bare ? String(value) : value >= 104 && value % 52 === 0 ? `${value} weeks, ${value / 52} years` : plural(value, "week");
  if (of.kind === "points") return bare ? number(value) : plural(value, "point");
  const unit = bare || !of.unit ? "" : ` ${of.unit}`;
  if (of.kind === "share" && of.unit.startsWith("of 100") && (value === 0 || Math.abs(value) >= 0.0005)) return `${number(value * 100)}${unit}`;
  if (of.kind === "share") return share(value);
  if (of.kind === "rate" && value > 0 && value < 0.001) return `${share(value)}${unit}`;
  return `${number(value)}${unit}`;
}
