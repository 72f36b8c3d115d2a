/** Which life is met: who is asked for, what is asked about it, and the life that came. */

import { stream, told, type Document, type Life, type Whom } from "./api";
import { TAB, type Progress } from "./live.svelte";

class Meeting {
  whom = $state.raw<Whom>({ kind: "wrongful", person: null, attribute: null, value: null });
  draw = $state(0);
  what_if = $state.raw<string[]>([]);
  life = $state.raw<Life | null>(null);
  progress = $state.raw<Progress | null>(null);
  busy = $state(false);
  error = $state("");
  command = $state("");

  #stop: AbortController | null = null;
  #turn = 0;
  #had = "";

  /** Somebody else is asked for. */
  ask(whom: Partial<Whom>): void {
    this.whom = { ...this.whom, person: null, ...whom };
    this.draw = 0;
    this.what_if = [];
  }

  async fetch(document: Document, original: Document | null, again = false): Promise<void> {
    const body = { document, original, whom: this.whom, draw: this.draw, what_if: this.what_if };
    const text = JSON.stringify(body);
    if (!again && text === this.#had) return;
    this.#had = text;
    this.#stop?.abort();
    const stop = (this.#stop = new AbortController());
    const turn = ++this.#turn;
    this.busy = true;
    this.error = this.command = "";
    try {
      for await (const event of stream("/api/meet", { ...body, tab: `m-${TAB}`, turn }, stop.signal)) {
        if (event.event === "life") this.life = event.life;
        else if (event.event === "progress") this.progress = { message: "", done: event.done, of: event.of };
        else if (event.event === "preparing") this.progress = { message: event.message, done: 0, of: 0 };
        else if (event.event === "problems") this.error = event.problems.map((one) => one.message).join("\n");
        else if (event.event === "refused") { this.error = event.message; this.command = event.command ?? ""; }
        else if (event.event === "failed") this.error = event.message;
      }
    } catch (failed) {
      if (!stop.signal.aborted) this.error = told(failed);
    } finally {
      if (this.#turn === turn) { this.busy = false; this.progress = null; }
    }
  }

  cancel(): void {
    this.#stop?.abort();
    this.#had = "";
    this.busy = false;
    this.progress = null;
  }
}

export const meeting = new Meeting();
