/** Beginning with what was opened: the desk, the pictures and the view together. */

import type { Opened } from "./api";
import { desk, type Kept } from "./desk.svelte";
import { live } from "./live.svelte";
import { ui, type View } from "./ui.svelte";

export function begin(opened: Opened, name: string): void {
  resume({ document: opened.document, original: opened.document, origin: { title: opened.title, about: opened.about, kind: opened.kind, name } }, null, "watch");
}

export function resume(state: Kept, week: number | null, view: View): void {
  live.from(state.original ?? state.document);
  ui.week = week;
  ui.person = null;
  desk.open(state);
  ui.go(view);
}
