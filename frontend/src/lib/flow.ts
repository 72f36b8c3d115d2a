/** Where the ways of refusals run: four stages, the small nodes of each made one, bands between them. */

import type { Way } from "./api";

export const STAGES = ["behaviour", "source", "status", "service"] as const;
export const HEADS = ["what the record says", "who wrote it down", "what closed the door", "what was refused"];
export interface Band { nodes: string[]; cause: string; count: number; y: number[]; size: number; words: string }
export interface Node { stage: number; name: string; y: number; size: number; count: number }
export interface Drawn { bands: Band[]; nodes: Node[]; height: number }

const MOST = 7;
const GAP = 8;
const SLOT = 30;

interface Named { nodes: string[]; cause: string; count: number }

/** What a record of something that nobody did says: nothing. */
const NOTHING = "nothing: a false record";

const OTHER = "other ways";
/** The widest first, and what is of many kinds last. */
const wider = (one: [string, number], other: [string, number]): number => Number(one[0] === OTHER) - Number(other[0] === OTHER) || other[1] - one[1];

function named(ways: Way[]): Named[] {
  const of = ways.map((way): Named => {
    const cause = `${way.origin} ${way.truth}`;
    const nodes = STAGES.map((stage) => (stage === "behaviour" && way.truth === "false" ? NOTHING : (way.labels[stage] ?? way[stage])));
    return { nodes, cause, count: way.count };
  });
  for (const stage of STAGES.keys()) {
    const sizes = new Map<string, number>();
    for (const one of of) sizes.set(one.nodes[stage] ?? "", (sizes.get(one.nodes[stage] ?? "") ?? 0) + one.count);
    const order = [...sizes].sort(wider).map(([name]) => name).filter((name) => name !== OTHER);
    const small = order.length > MOST + 1 ? new Set(order.slice(MOST)) : new Set<string>();
    for (const one of of) if (small.has(one.nodes[stage] ?? "")) one.nodes[stage] = `${small.size} others`;
  }
  const together = new Map<string, Named>();
  for (const one of of) {
    const key = [...one.nodes, one.cause].join(">");
    const found = together.get(key);
    if (found) found.count += one.count;
    else together.set(key, { ...one });
  }
  return [...together.values()].sort((one, other) => wider([one.nodes[0] ?? "", one.count], [other.nodes[0] ?? "", other.count]));
}

export const wordsOf = (nodes: string[], cause: string): string =>
  nodes[0] === OTHER ? "other ways" : `${nodes[0]} → ${nodes[1]} → ${nodes[2]} → ${nodes[3]}${cause}`;

export function flow(ways: Way[], said: (cause: string) => string, tall = 300): Drawn {
  const found = named(ways);
  const total = found.reduce((sum, one) => sum + one.count, 0) || 1;
  const nodes: Node[] = [];
  let height = 0;
  const starts = STAGES.map((_, stage) => {
    const sizes = new Map<string, number>();
    for (const one of found) sizes.set(one.nodes[stage] ?? "", (sizes.get(one.nodes[stage] ?? "") ?? 0) + one.count);
    const start = new Map<string, number>();
    let y = 0;
    for (const [name, count] of [...sizes].sort(wider)) {
      const size = (count / total) * tall;
      const slot = Math.max(size, SLOT);
      start.set(name, y + (slot - size) / 2);
      nodes.push({ stage, name, y: y + (slot - size) / 2, size, count });
      y += slot + GAP;
    }
    height = Math.max(height, y - GAP);
    return start;
  });
  const used = STAGES.map(() => new Map<string, number>());
  const place = (stage: number, name: string): number => starts[stage]?.get(name) ?? 0;
  const bands: Band[] = found.map((one) => ({ ...one, size: (one.count / total) * tall, y: [0, 0, 0, 0], words: wordsOf(one.nodes, said(one.cause)) }));
  for (const stage of STAGES.keys()) { // bands lie in a node in the order of where they come from, so that few of them cross
    const beside = stage ? stage - 1 : 1;
    const order = [...bands].sort((one, other) => place(beside, one.nodes[beside] ?? "") - place(beside, other.nodes[beside] ?? "") || one.cause.localeCompare(other.cause));
    for (const band of order) {
      const name = band.nodes[stage] ?? "";
      const before = used[stage]?.get(name) ?? 0;
      band.y[stage] = place(stage, name) + before;
      used[stage]?.set(name, before + band.size);
    }
  }
  return { bands, nodes, height };
}

/** A name in two lines at most, as many letters wide. */
export function wrapped(name: string, letters: number): string[] {
  const lines: string[] = [];
  for (const word of name.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= letters) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  const shown = lines.slice(0, 2).map((line) => (line.length > letters + 1 ? `${line.slice(0, letters)}…` : line));
  return lines.length > 2 ? [shown[0] ?? "", `${(shown[1] ?? "").slice(0, letters - 2)} …`] : shown;
}

/** The outline of a band through all stages; x are the left and right edges of the nodes. */
export function outline(band: Band, x: [number, number][]): string {
  let there = "", back = "";
  const low = (stage: number): number => (band.y[stage] ?? 0) + Math.max(band.size, 0.7);
  x.forEach(([left, right], stage) => {
    const y = band.y[stage] ?? 0;
    const next = x[stage + 1];
    there += `${stage ? "" : `M${left},${y.toFixed(1)}`}L${right},${y.toFixed(1)}`;
    if (next) {
      const half = (right + next[0]) / 2;
      there += `C${half},${y.toFixed(1)} ${half},${(band.y[stage + 1] ?? 0).toFixed(1)} ${next[0]},${(band.y[stage + 1] ?? 0).toFixed(1)}`;
      back = `C${half},${low(stage + 1).toFixed(1)} ${half},${low(stage).toFixed(1)} ${right},${low(stage).toFixed(1)}L${left},${low(stage).toFixed(1)}${back}`;
    }
  });
  const end = x.at(-1) ?? [0, 0];
  return `${there}L${end[1]},${low(x.length - 1).toFixed(1)}L${end[0]},${low(x.length - 1).toFixed(1)}${back}Z`;
}
