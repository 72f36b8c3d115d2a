/** The server's interface: what is sent and what comes back. Nothing else in the page talks to the server. */

export interface Problem { file: string; line: number; column: number; message: string; excerpt: string }
export interface File { name: string; text: string }
export interface Setting { persons?: number | null; counties?: number | null; weeks?: number | null; seed?: number | null }
export interface Document { files: File[]; main: string; setting: Setting; worlds: string[] | null }

export interface Sketch {
  sources: { name: string; kind: string }[];
  watches: { unlawful: number; lawful: number; prosocial: number };
  lists: { name: string; red: boolean; published: boolean }[];
  score: boolean; grades: string[]; services: string[]; ties: string[]; appeal: boolean; from: string | null;
}
export type Kind = "scheme" | "experiment" | "society" | "file" | "run";
export interface Card {
  kind: Kind; name: string; title: string; about: string; sketch: Sketch | null;
  run: { persons: number; counties: number; weeks: number; worlds: string[] } | null;
}
export interface Gallery { schemes: Card[]; experiments: Card[]; societies: Card[]; files: Card[]; runs: Card[] }
export interface About {
  version: string; laboratory: string; compiled: boolean; folder: string | null;
  limits: { persons: number; weeks: number; worlds: number; bytes: number; counties?: number };
}
export interface Opened {
  document: Document; title: string; about: string; kind: Kind; read_only: boolean;
  run: null | { report: string | null; charts: { name: string; title: string; subtitle: string; alt: string; svg: string }[] };
}
export type Value = number | string | boolean | null;
export type Path = (string | number)[];
export interface Control {
  kind: "rate" | "number" | "weeks" | "points" | "choice" | "switch" | "part" | "date" | "share";
  file: string; path: Path; label: string; help: string; unit: string; value: Value; low: number | null; high: number | null;
  step: number | null; scale: "linear" | "log"; choices: (string | { value: string; label: string })[] | null;
  assumed: boolean; cite: string[]; note: string | null; original: Value; more?: boolean;
}
export interface Section {
  file: string; name: string; title: string; about: string; path: Path; on: boolean | null; controls: Control[];
}
export interface Edit { file: string; path: Path; value?: Value; action: "set" | "off" | "on" }
export type Role = "against" | "focus" | "other";
export interface World { name: string; title: string; role: Role }
export interface Checked {
  problems: Problem[]; kind: "scheme" | "experiment" | null; title: string; controls: Section[]; differences: string[];
  worlds: World[]; size: { persons: number; weeks: number; worlds: number; counties?: number; seconds: number } | null;
  command: string; python: string;
}
export interface Edited extends Checked { document: Document; notes?: string[] }

export interface Number3 { value: number | null; low: number | null; high: number | null; note?: string | null }
export interface KeyFigure {
  measure: string; title: string; definition: string; unit: string; caveats: string[]; item: string | null;
  values: Record<string, Number3>; differences?: Record<string, Number3>;
}
export interface Series {
  measure: string; title: string; unit: string; every: string; weeks: number[];
  values: Record<string, { value: (number | null)[]; low: (number | null)[] | null; high: (number | null)[] | null }>;
}
export interface Groups {
  measure: string; title: string; unit: string;
  attributes: { attribute: string; title: string; values: { value: string; label: string; unit?: string; worlds: Record<string, Number3> }[] }[];
}
export interface GroupsOverTime {
  measure: string; unit: string; weeks: number[]; attributes: Record<string, Record<string, Record<string, (number | null)[]>>>;
}
export interface Cause { cause: string; label: string; value: number; low: number | null; high: number | null }
export interface Way {
  behaviour: string; source: string; status: string; service: string; truth: string; origin: string; count: number;
  labels: Partial<Record<"behaviour" | "source" | "status" | "service" | "cause", string>>;
}
export interface Person {
  id: string; quintile: string; residence: string; age: string; sex: string; marks: Record<string, number>;
}
export interface Picture {
  digest: string; start: string; weeks: number; persons: number; adults: number; counties: number; worlds: World[];
  figures: KeyFigure[]; series: Series[]; groups: Groups[]; groups_over_time: GroupsOverTime | null;
  causes: Record<string, Cause[]>; flow: Record<string, Way[]>; people: Person[];
}
export interface Chart { name: string; title: string; subtitle: string; alt: string; spec: Record<string, unknown> }
export type WhomKind = "wrongful" | "collateral" | "denied" | "listed" | "random" | "person";
export interface Whom { kind: WhomKind; person: string | null; attribute: string | null; value: string | null }
export interface Life {
  id: string; invented: string; chosen: string; account: string[]; paragraphs?: string[]; timeline: { wide: string; narrow: string };
  keys: { svg: string; words: string }[]; events: { date: string; what: string; about: string; where: string }[];
  more_events?: number; worlds: { name: string; title: string }[]; what_if: { switch: string; label: string }[];
  beside: { id: string; chosen: string; account: string[] } | null;
}
export interface Ready { url: string; name: string; bytes: number }
export interface Told { term: string; text: string; more?: string }
export interface Completion {
  schema: Record<string, unknown>; words: Record<string, (string | { name: string; title?: string; standing?: string })[]>;
  explains: Record<string, string>;
}
export type StreamEvent =
  | { event: "waiting"; before: number } | { event: "preparing"; message: string }
  | { event: "progress"; done: number; of: number } | { event: "picture"; picture: Picture }
  | { event: "problems"; problems: Problem[] } | { event: "refused"; message: string; command?: string }
  | { event: "stopped" } | { event: "failed"; message: string } | { event: "charts"; charts: Chart[] }
  | { event: "life"; life: Life } | ({ event: "ready" } & Ready);

/** An answer that is not what was asked for; the message is the server's own where it gave one. */
export class ApiError extends Error {
  constructor(message: string, readonly status: number, readonly problems: Problem[] = []) { super(message); }
}

/** What to say of something that failed: the message, and where each problem is. */
export function told(failed: unknown): string {
  if (!(failed instanceof ApiError)) return failed instanceof Error ? failed.message : String(failed);
  const places = failed.problems.map((one) => `${one.file}${one.line ? `, line ${one.line}` : ""}: ${one.message}`);
  const known = new Set(failed.problems.map((one) => one.message));
  return [...(places.length && known.has(failed.message) ? [] : [failed.message]), ...places].join("\n");
}

const LOST = "The local server does not answer. Nothing you typed is lost; see whether scorelab explore still runs.";

async function ask(path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  let answer: Response;
  const post = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body), signal };
  try {
    answer = await fetch(path, body === undefined ? { signal } : post);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(LOST, 0);
  }
  if (answer.ok) return answer;
  const said = (await answer.json().catch(() => null)) as { error?: { message?: string; problems?: Problem[] } } | null;
  throw new ApiError(said?.error?.message ?? `The server answered ${answer.status}.`, answer.status, said?.error?.problems ?? []);
}

async function json<T>(path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  return (await (await ask(path, body, signal)).json()) as T;
}

const ENDED = "The connection ended before the work was done.";
const LAST = new Set(["picture", "charts", "life", "ready", "problems", "refused", "stopped", "failed"]);

/** The lines of a stream, as they come; an ApiError where the line that ends the work is missing. */
export async function* stream(path: string, body: unknown, signal: AbortSignal): AsyncGenerator<StreamEvent> {
  const answer = await ask(path, body, signal);
  if (!answer.body) return;
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest: string[] = [];
  let heard = "";
  const read = (line: string): StreamEvent => { const event = JSON.parse(line) as StreamEvent; heard = event.event; return event; };
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      const lines = value.split("\n");
      if (lines.length === 1) { rest.push(value); continue; }
      lines[0] = rest.join("") + lines[0];
      rest = [lines.pop() ?? ""];
      for (const line of lines) if (line.trim()) yield read(line);
    }
  } catch (error) {
    if (signal.aborted) throw error;
    throw new ApiError(LOST, 0);
  }
  const last = rest.join("");
  if (last.trim()) yield read(last);
  if (!LAST.has(heard) && !signal.aborted) throw new ApiError(ENDED, 0);
}

export const api = {
  about: () => json<About>("/api/about"),
  gallery: () => json<Gallery>("/api/gallery"),
  open: (kind: string, name: string) => json<Opened>(`/api/open/${kind}/${encodeURIComponent(name)}`),
  arrange: (files: File[]) => json<Opened>("/api/arrange", { files }),
  check: (document: Document, original: Document | null, signal?: AbortSignal) =>
    json<Checked>("/api/check", { document, original }, signal),
  edit: (document: Document, original: Document | null, edits: Edit[]) =>
    json<Edited>("/api/edit", { document, original, edits }),
  glossary: () => json<{ terms: Told[] }>("/api/glossary"),
  completion: () => json<Completion>("/api/completion"),
};
