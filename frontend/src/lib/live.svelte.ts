/** The society lived again: one request at a time, the newest wins, and the old picture stays until the new one is there. */

import { tick } from "svelte";
import { ApiError, stream, type Document, type Picture, type Problem } from "./api";
import { said } from "./words";

export const TAB = crypto.randomUUID();
const SLOW = 400; // milliseconds after which progress is shown
const GHOSTS = 6;

export interface Progress { message: string; done: number; of: number }

/** What makes pictures comparable: the same society, lived for as long. */
const size = (document: Document): string => JSON.stringify(document.setting);

const painted = (): Promise<void> => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));

class Live {
  picture = $state.raw<Picture | null>(null);
  document = $state.raw<Document | null>(null);
  ghost = $state.raw<Picture | null>(null);
  progress = $state.raw<Progress | null>(null);
  slow = $state(false);
  busy = $state(false);
  error = $state("");
  command = $state("");
  problems = $state.raw<Problem[]>([]);
  /** What the status line says, politely, after a new picture. */
  words = $state("");
  turn = 0;

  #stop: AbortController | null = null;
  #apart: AbortController | null = null;
  #ghosts = new Map<string, Picture>();
  #original: Document | null = null;
  #wanted: Document | null = null;

  /** A new original: the ghosts of the old one are of no use. */
  from(original: Document | null): void {
    this.cancel();
    this.#ghosts.clear();
    this.#original = original;
    this.#wanted = null;
    this.picture = this.ghost = this.document = null;
    this.words = this.error = "";
  }

  async live(document: Document, again = false): Promise<void> {
    if (!again && this.#wanted && JSON.stringify(this.#wanted) === JSON.stringify(document) && !this.error) return;
    this.#wanted = document;
    this.#stop?.abort();
    this.#apart?.abort();
    const stop = (this.#stop = new AbortController());
    const turn = ++this.turn;
    this.busy = true;
    this.error = this.command = "";
    this.problems = [];
    this.progress = null;
    const slow = setTimeout(() => { if (this.turn === turn && this.busy) this.slow = true; }, SLOW);
    try {
      for await (const event of stream("/api/live", { document, tab: TAB, turn }, stop.signal)) {
        if (this.turn !== turn) return;
        if (event.event === "picture") await this.#draw(event.picture, document, turn);
        else if (event.event === "progress") this.progress = { message: "", done: event.done, of: event.of };
        else if (event.event === "waiting") this.progress = { message: `Waiting: ${event.before} other${event.before === 1 ? "" : "s"} before this one`, done: 0, of: 0 };
        else if (event.event === "preparing") this.progress = { message: event.message, done: 0, of: 0 };
        else if (event.event === "problems") this.problems = event.problems;
        else if (event.event === "refused") { this.error = event.message; this.command = event.command ?? ""; }
        else if (event.event === "failed") this.error = event.message;
        else if (event.event === "stopped") this.error = "The work was stopped before it was done; the picture is of an earlier text.";
      }
    } catch (error) {
      if (this.turn === turn && !stop.signal.aborted) this.error = error instanceof Error ? error.message : String(error);
    } finally {
      clearTimeout(slow);
      if (this.turn === turn) { this.busy = this.slow = false; this.progress = null; }
    }
    if (this.turn === turn && this.document === document) void this.#beside(document);
  }

  again(): void { if (this.#wanted) void this.live(this.#wanted, true); }

  cancel(): void {
    this.#stop?.abort();
    this.#apart?.abort();
    this.turn += 1;
    if (this.busy) this.words = "Stopped. The picture is of the last scheme that was lived.";
    this.busy = this.slow = false;
    this.progress = null;
    this.#wanted = null;
  }

  async #draw(picture: Picture, document: Document, turn: number): Promise<void> {
    const before = this.picture;
    this.document = document;
    this.picture = picture;
    this.ghost = this.#ghosts.get(size(document)) ?? null;
    if (this.#original && JSON.stringify(this.#original.files) === JSON.stringify(document.files)) {
      this.#keep(document, picture);
      this.ghost = picture;
    }
    this.words = said(picture, before);
    await tick();
    await painted();
    if (this.turn !== turn) return;
    performance.mark("scorelab:drawn");
    window.document.documentElement.dataset.turn = String(turn);
  }

  #keep(document: Document, picture: Picture): void {
    if (this.#ghosts.size >= GHOSTS) this.#ghosts.clear();
    this.#ghosts.set(size(document), picture);
  }

  /** The scheme as it was opened, lived at this size, for the dashed lines; only while nothing else is wanted. */
  async #beside(document: Document): Promise<void> {
    if (!this.#original || this.ghost) return;
    const stop = (this.#apart = new AbortController());
    const wanted = { ...this.#original, setting: document.setting };
    try {
      for await (const event of stream("/api/live", { document: wanted, tab: `g-${TAB}`, turn: this.turn }, stop.signal)) {
        if (event.event !== "picture") continue;
        this.#keep(document, event.picture);
        if (this.document && size(this.document) === size(document)) this.ghost = event.picture;
      }
    } catch (error) {
      if (!stop.signal.aborted && !(error instanceof ApiError)) throw error; // without a ghost the picture is still whole
    }
  }
}

export const live = new Live();
