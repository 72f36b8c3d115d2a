/** A thousand invented people as marks: what happened to each, and where each stands. */

import type { Groups, Person } from "./api";

export interface Fate { name: string; words: string; colour: string; bits: number }

/** What happened, the gravest first; one mark a person. */
export const FATES: Fate[] = [
  { name: "error", words: "denied by error", colour: "var(--vermillion)", bits: 4 },
  { name: "tie", words: "denied for somebody else’s record", colour: "var(--purple)", bits: 8 },
  { name: "denied", words: "denied for an own, true record", colour: "var(--blue)", bits: 2 },
  { name: "listed", words: "on a list, never denied", colour: "var(--ink)", bits: 1 },
  { name: "nothing", words: "nothing of this", colour: "var(--edge)", bits: 0 },
];

export const fateOf = (marks: number): Fate => FATES.find((fate) => (marks & fate.bits) !== 0) ?? (FATES.at(-1) as Fate);

/** The shape of a fate about a middle; all people of one fate are one path. */
export function shape(fate: string, x: number, y: number, r: number): string {
  if (fate === "error") return `M${x - r},${y - r}L${x + r},${y + r}M${x + r},${y - r}L${x - r},${y + r}`;
  if (fate === "tie") return `M${x},${y - r * 1.3}L${x + r * 1.3},${y}L${x},${y + r * 1.3}L${x - r * 1.3},${y}Z`;
  const circle = (of: number): string => `M${x - of},${y}a${of},${of} 0 1 0 ${2 * of},0a${of},${of} 0 1 0 ${-2 * of},0Z`;
  if (fate === "denied") return circle(r);
  if (fate === "listed") return `M${x - r},${y - r}h${2 * r}v${2 * r}h${-2 * r}Z`;
  return circle(1.6);
}

export interface Placed { person: Person; x: number; y: number; block: number }
export interface Block { label: string; y: number; from: number; to: number }

export type Attribute = "quintile" | "age" | "residence" | "sex";

/** Everybody's place: in blocks by an attribute, in each by lot once and for all; it depends on nothing that a scheme does. */
export function placed(people: Person[], attribute: Attribute, labels: Map<string, string>, columns: number, cell: number): { places: Placed[]; blocks: Block[]; height: number } {
  const order = [...labels.keys()];
  const values = [...new Set(people.map((person) => person[attribute]))].sort((one, other) => {
    const [a, b] = [order.indexOf(one), order.indexOf(other)];
    return a >= 0 && b >= 0 ? a - b : one.localeCompare(other, "en", { numeric: true });
  });
  const places: Placed[] = [];
  const blocks: Block[] = [];
  let y = 0;
  for (const [block, value] of values.entries()) {
    const here = people.filter((person) => person[attribute] === value);
    const from = places.length;
    y += 20;
    here.forEach((person, i) => places.push({ person, block, x: (i % columns) * cell + cell / 2, y: y + Math.floor(i / columns) * cell + cell / 2 }));
    blocks.push({ label: labels.get(value) ?? value, y: y - 6, from, to: places.length });
    y += Math.ceil(here.length / columns) * cell + 8;
  }
  return { places, blocks, height: y };
}

export function labelled(groups: Groups[], attribute: string): Map<string, string> {
  const found = groups[0]?.attributes.find((one) => one.attribute === attribute);
  return new Map(found?.values.map((one) => [one.value, one.label]));
}
