/** A link that carries the state, and the state kept in the tab. Nothing of it leaves the machine by itself. */

import type { Document } from "./api";
import type { Kept, Origin } from "./desk.svelte";

export interface State extends Kept { week: number | null; view: string }

const MARK = "#s=";
const MOST_LINK = 600_000;
const MOST_BYTES = 3_000_000;
const MOST_TEXT = 200_000;
const NAME = /^[A-Za-z0-9._-]{1,80}$/;
const SESSION = "scorelab-state";

const streamed = (blob: Blob, through: ReadableWritablePair<Uint8Array, BufferSource>): ReadableStream<Uint8Array> =>
  blob.stream().pipeThrough(through as ReadableWritablePair<Uint8Array, Uint8Array<ArrayBuffer>>);

export async function linked(state: State): Promise<string> {
  const packed = streamed(new Blob([JSON.stringify(state)]), new CompressionStream("deflate-raw"));
  const raw = new Uint8Array(await new Response(packed as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer());
  let text = "";
  for (let at = 0; at < raw.length; at += 8192) text += String.fromCharCode(...raw.subarray(at, at + 8192));
  const code = btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  return `${location.origin}${location.pathname}${MARK}${code}`;
}

export const isLink = (hash: string): boolean => hash.startsWith(MARK);

/** The state of a link; throws an error that says in plain words what is wrong with it. */
export async function unlinked(hash: string): Promise<State> {
  const code = hash.slice(MARK.length);
  if (code.length > MOST_LINK) throw new Error("This link is longer than any that the explorer makes.");
  let text: string;
  try {
    const raw = Uint8Array.from(atob(code.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
    text = await inflated(raw);
  } catch (error) {
    if (error instanceof RangeError) throw new Error("This link holds more than any scheme could.");
    throw new Error("This link is broken: part of it is missing or was changed on the way.");
  }
  return sound(text);
}

async function inflated(raw: Uint8Array<ArrayBuffer>): Promise<string> {
  const reader = streamed(new Blob([raw]), new DecompressionStream("deflate-raw")).getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  let count = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    count += value.length;
    if (count > MOST_BYTES) { void reader.cancel(); throw new RangeError(); }
    text += decoder.decode(value, { stream: true });
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

function documented(value: unknown): value is Document {
  if (!isRecord(value) || !Array.isArray(value.files) || value.files.length < 1 || value.files.length > 8) return false;
  const files = value.files.every((file: unknown) => isRecord(file) && typeof file.name === "string" && NAME.test(file.name)
    && typeof file.text === "string" && file.text.length <= MOST_TEXT);
  const setting = isRecord(value.setting) && Object.values(value.setting).every((one) => one === null || Number.isSafeInteger(one));
  const worlds = value.worlds === null || (Array.isArray(value.worlds) && value.worlds.length <= 8 && value.worlds.every((one) => typeof one === "string"));
  return files && setting && worlds && typeof value.main === "string" && value.files.some((file: { name: string }) => file.name === value.main);
}

function sound(text: string): State {
  let found: unknown;
  try { found = JSON.parse(text); } catch { found = null; }
  if (!isRecord(found) || !documented(found.document) || (found.original !== null && !documented(found.original)))
    throw new Error("This link does not hold a scheme that the explorer could open.");
  const told = isRecord(found.origin) ? found.origin : {};
  const word = (value: unknown): string => (typeof value === "string" ? value.slice(0, 2000) : "");
  const origin: Origin = { title: word(told.title), about: word(told.about), kind: word(told.kind), name: word(told.name) };
  const week = typeof found.week === "number" && Number.isSafeInteger(found.week) && found.week > 0 ? found.week : null;
  return { document: found.document, original: found.original, origin, week, view: word(found.view) };
}

export function keep(state: State): void {
  try { sessionStorage.setItem(SESSION, JSON.stringify(state)); } catch { /* full or forbidden: only a reload would miss it */ }
}

export function kept(): State | null {
  try {
    const text = sessionStorage.getItem(SESSION);
    return text ? sound(text) : null;
  } catch { return null; }
}
