/** Sentences that the page makes itself, of numbers that the server gave. */

import type { KeyFigure, Picture } from "./api";
import { number } from "./numbers";

export const focusOf = (picture: Picture): string =>
  (picture.worlds.find((world) => world.role === "focus") ?? picture.worlds.at(-1))?.name ?? "";
export const againstOf = (picture: Picture): string =>
  (picture.worlds.find((world) => world.role === "against") ?? picture.worlds[0])?.name ?? "";

export function figure(picture: Picture | null, measure: string): KeyFigure | undefined {
  return picture?.figures.find((one) => one.measure === measure);
}

function told(picture: Picture, measure: string): number | null {
  return figure(picture, measure)?.values[focusOf(picture)]?.value ?? null;
}

/** What changed between two pictures, for a screen reader and for the line below. */
export function said(picture: Picture, before: Picture | null): string {
  const measure = ["ever_denied", "restricted_person_years"].find((name) => told(picture, name) !== null);
  if (!measure) return "New picture.";
  const now = told(picture, measure);
  const alike = before && before.persons === picture.persons && before.counties === picture.counties && before.weeks === picture.weeks;
  const then = alike ? told(before, measure) : null;
  const what = measure === "ever_denied" ? "of 100,000 are ever refused something" : "of 100,000 adults are on a list in an average week";
  if (then === null) return `New picture: ${number(now)} ${what}.`;
  if (then === now) return `New picture: ${number(now)} ${what}, as before.`;
  return `New picture: ${number(now)} ${what}; before ${number(then)}.`;
}
