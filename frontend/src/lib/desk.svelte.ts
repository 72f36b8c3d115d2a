/** The desk: the document that is worked on, its whole history, and what the server says of it. */

import { api, ApiError, told, type Checked, type Document, type Edit, type File, type Setting } from "./api";

export interface Origin { title: string; about: string; kind: string; name: string }
export interface Kept { document: Document; original: Document | null; origin: Origin }

const PAUSE = 250; // milliseconds of rest after typing before the text is checked
const TOGETHER = 900; // typing with shorter rests is one step of the history
const STEPS = 200;

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

class Desk {
  document = $state.raw<Document | null>(null);
  original = $state.raw<Document | null>(null);
  origin = $state.raw<Origin>({ title: "", about: "", kind: "", name: "" });
  checked = $state.raw<Checked | null>(null);
  error = $state("");
  checking = $state(false);
  /** What the last move of a control switched besides, in words. */
  notes = $state.raw<string[]>([]);
  past = $state.raw<Document[]>([]);
  future = $state.raw<Document[]>([]);
  /** Called with each document that has no problem, as soon as that is known. */
  onvalid: (document: Document) => void = () => {};
  /** Called whenever there is something to keep. */
  onchange: () => void = () => {};

  changed = $derived(this.document !== null && this.original !== null && !same(this.document.files, this.original.files));
  problems = $derived(this.checked?.problems ?? []);

  #typed = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stop: AbortController | null = null;
  #waiting: Edit[] = [];
  #editing = false;

  open(kept: Kept): void {
    this.original = kept.original ?? kept.document;
    this.origin = kept.origin;
    this.past = [];
    this.future = [];
    this.checked = null;
    this.#waiting = [];
    this.#show(kept.document);
    void this.check();
  }

  /** What was typed into one file: checked after a short rest. */
  type(name: string, text: string): void {
    const now = this.document;
    if (!now) return;
    const files = now.files.map((file): File => (file.name === name ? { name, text } : file));
    const moment = performance.now();
    if (moment - this.#typed > TOGETHER || !this.past.length) this.#remember(now);
    this.#typed = moment;
    this.future = [];
    this.#show({ ...now, files });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.check(), PAUSE);
  }

  /** Moves of the plain controls: the server writes them into the text; they wait for one another. */
  async edit(...edits: Edit[]): Promise<void> {
    const place = (edit: Edit): string => JSON.stringify([edit.file, edit.path, edit.action === "set"]);
    const places = new Set(edits.map(place));
    this.#waiting = [...this.#waiting.filter((edit) => !places.has(place(edit))), ...edits]; // the last word on a place counts
    if (this.#editing) return;
    this.#editing = true;
    this.checking = true;
    clearTimeout(this.#timer);
    try {
      while (this.#waiting.length && this.document) {
        const before = this.document;
        const now = this.#waiting;
        this.#waiting = [];
        const answer = await api.edit(before, this.original, now);
        if (this.document !== before) { this.#waiting = [...now, ...this.#waiting]; continue; } // typed meanwhile: again, on the new text
        const { document, notes = [], ...checked } = answer;
        this.#remember(before);
        this.#typed = 0;
        this.future = [];
        this.#show(document);
        this.notes = notes;
        this.#heard(checked, document);
      }
    } catch (error) {
      this.#waiting = [];
      this.#failed(error);
    } finally {
      this.#editing = false;
      this.checking = false;
    }
  }

  set(change: { setting?: Setting; worlds?: string[] | null }): void {
    if (!this.document) return;
    const next = { ...this.document, ...change };
    if (same(next, this.document)) return;
    this.#remember(this.document);
    this.#typed = 0;
    this.future = [];
    this.#show(next);
    void this.check();
  }

  undo(): void { this.#travel("past", "future"); }
  redo(): void { this.#travel("future", "past"); }

  /** Back to the files as they were opened; the size and the worlds stay. That, too, can be undone. */
  restore(): void {
    if (!this.document || !this.original) return;
    this.#remember(this.document);
    this.future = [];
    this.#show({ ...this.document, files: this.original.files, main: this.original.main });
    void this.check();
  }

  async check(): Promise<void> {
    const document = this.document;
    if (!document) return;
    clearTimeout(this.#timer);
    this.#stop?.abort();
    const stop = (this.#stop = new AbortController());
    this.checking = true;
    try {
      const checked = await api.check(document, this.original, stop.signal);
      if (this.document === document) this.#heard(checked, document);
    } catch (error) {
      if (!stop.signal.aborted) this.#failed(error);
    } finally {
      if (this.#stop === stop) this.checking = false;
    }
  }

  #travel(from: "past" | "future", to: "past" | "future"): void {
    const there = this[from].at(-1);
    if (!there || !this.document) return;
    this[from] = this[from].slice(0, -1);
    this[to] = [...this[to], this.document];
    this.#typed = 0;
    this.#show(there);
    void this.check();
  }

  #remember(document: Document): void { this.past = [...this.past.slice(-STEPS), document]; }

  #show(document: Document): void {
    this.notes = [];
    this.document = document;
    this.onchange();
  }

  #heard(checked: Checked, document: Document): void {
    this.error = "";
    const before = this.checked; // where the text cannot be read, what was last known of it stays on the page
    this.checked = before && checked.problems.length ? {
      ...checked,
      controls: checked.controls.length ? checked.controls : before.controls,
      differences: checked.controls.length ? checked.differences : before.differences,
      worlds: checked.worlds.length ? checked.worlds : before.worlds,
      size: checked.size ?? before.size,
    } : checked;
    if (!checked.problems.length) this.onvalid(document);
  }

  #failed(error: unknown): void {
    this.error = told(error);
    if (error instanceof ApiError && error.problems.length && this.checked) this.checked = { ...this.checked, problems: error.problems };
  }
}

export const desk = new Desk();
