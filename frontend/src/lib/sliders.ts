/** Between a control's value and the place of its slider, and its value in plain words. */

import type { Control } from "./api";
import { number, plural, share } from "./numbers";

export const STEPS = 400;
const DECADES = 5; // a slider that begins at nothing shows so many powers of ten above it

interface Ends { low: number; high: number; log: boolean; bottom: number }

function ends(of: Control): Ends {
  const value = typeof of.value === "number" ? of.value : 0;
  const original = typeof of.original === "number" ? of.original : value;
  const low = Math.min(of.low ?? 0, value, original);
  const high = Math.max(of.high ?? Math.max(1, value * 2), value, original);
  const log = of.scale === "log" && high > 0;
  return { low, high, log, bottom: low > 0 ? low : high / 10 ** DECADES };
}

export const isWhole = (of: Control): boolean => of.kind === "weeks" || of.kind === "points" || (of.step !== null && Number.isInteger(of.step) && Number.isInteger(of.low ?? 0));

export function toPlace(of: Control, value: number): number {
  const { low, high, log, bottom } = ends(of);
  if (high === low) return 0;
  if (!log) return Math.round(((value - low) / (high - low)) * STEPS);
  if (value <= bottom) return value <= 0 || low > 0 ? 0 : 1;
  return Math.max(low > 0 ? 0 : 1, Math.round((Math.log(value / bottom) / Math.log(high / bottom)) * STEPS));
}

export function fromPlace(of: Control, place: number): number {
  const { low, high, log, bottom } = ends(of);
  if (place <= 0) return low;
  if (place >= STEPS) return high;
  const raw = log ? bottom * (high / bottom) ** (place / STEPS) : low + ((high - low) * place) / STEPS;
  if (isWhole(of)) return Math.round(raw);
  const step = log ? 10 ** (Math.floor(Math.log10(Math.abs(raw))) - 1) : of.step && of.step > (high - low) / 1e4 ? of.step : (high - low) / STEPS;
  const rounded = Number((Math.round(raw / step) * step).toPrecision(3));
  return Math.min(high, Math.max(low, rounded));
}

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
