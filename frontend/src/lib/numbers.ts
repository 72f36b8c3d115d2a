/** Numbers for reading: as few figures as they deserve, and natural frequencies in words. */

import type { Number3 } from "./api";

const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });

export function number(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size >= 100) return whole.format(value).replace("-", "−");
  const figures = size >= 1 ? 1 : Math.min(7, 1 - Math.floor(Math.log10(size)));
  return value.toLocaleString("en-GB", { maximumFractionDigits: figures }).replace("-", "−");
}

export function interval(of: Number3 | undefined): string {
  if (!of || of.low === null || of.high === null || of.low === undefined || of.high === undefined) return "";
  return `${number(of.low)} to ${number(of.high)}`;
}

/** "0.2 %", or "2 in 10 million" where a share is too small to be felt as a percentage. */
export function share(value: number): string {
  if (value === 0) return "never";
  if (value >= 0.001 || value < 0) return `${number(value * 100)} %`;
  for (const [below, name] of [[1e-3, "10,000"], [1e-4, "100,000"], [1e-5, "1 million"], [1e-6, "10 million"], [1e-7, "100 million"]] as const) {
    if (value >= below / 10) return `${number(value / (below / 10))} in ${name}`;
  }
  return `${value.toExponential(1)}`;
}

export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

export const plural = (count: number, one: string, many = `${one}s`): string => `${whole.format(count)} ${count === 1 ? one : many}`;

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

function day(start: string, week: number): Date {
  return new Date(Date.parse(`${start}T00:00:00Z`) + Math.max(0, week - 1) * 7 * 86_400_000);
}

/** "week 212, January 2018": weeks are counted from 1. */
export function weekWords(start: string, week: number): string {
  const date = day(start, week);
  return `week ${week}, ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** The weeks in which a year begins, for the axis of time. */
export function years(start: string, weeks: number): { week: number; year: number }[] {
  const found: { week: number; year: number }[] = [];
  let last = day(start, 1).getUTCFullYear() - 1;
  for (let week = 1; week <= weeks; week += 1) {
    const year = day(start, week).getUTCFullYear();
    if (year !== last) found.push({ week, year });
    last = year;
  }
  return found;
}

export function bytes(count: number): string {
  return count < 1e6 ? `${Math.max(1, Math.round(count / 1e3))} kB` : `${number(count / 1e6)} MB`;
}

export function seconds(count: number): string {
  if (count < 1) return "less than a second";
  if (count < 90) return `about ${plural(Math.round(count), "second")}`;
  if (count < 5400) return `about ${plural(Math.round(count / 60), "minute")}`;
  return `about ${plural(Math.round(count / 3600), "hour")}`;
}
