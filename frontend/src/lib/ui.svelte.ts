/** What the page itself remembers: the view, the week, the theme, the pane. */

export type View = "open" | "watch" | "meet" | "take";
export const VIEWS: { view: View; title: string }[] = [
  { view: "open", title: "Open" }, { view: "watch", title: "Change & watch" }, { view: "meet", title: "Meet" }, { view: "take", title: "Take away" },
];
export type Theme = "system" | "light" | "dark";

const THEME = "scorelab-theme";

function kept(name: string): string | null {
  try { return localStorage.getItem(name); } catch { return null; }
}

class Ui {
  view = $state<View>("open");
  /** The chosen week, from 1; null is the last one. */
  week = $state<number | null>(null);
  theme = $state<Theme>("system");
  pane = $state<"plain" | "yaml">("plain");
  /** On narrow windows: which half is seen. */
  half = $state<"change" | "watch">("watch");
  attribute = $state("");
  touring = $state(false);
  message = $state("");
  /** A person clicked on the picture, for the view of one life. */
  person = $state<string | null>(null);
  /** Where the editor is to go. */
  goto = $state.raw<{ file: string; line: number; column: number } | null>(null);
  #dark = $state(false);
  dark = $derived(this.theme === "dark" || (this.theme === "system" && this.#dark));

  start(): void {
    const theme = kept(THEME);
    if (theme === "light" || theme === "dark") this.theme = theme;
    const query = matchMedia("(prefers-color-scheme: dark)");
    this.#dark = query.matches;
    query.addEventListener("change", () => { this.#dark = query.matches; });
  }

  turn(theme: Theme): void {
    this.theme = theme;
    try { localStorage.setItem(THEME, theme); } catch { /* a private window: it holds for now only */ }
  }

  go(view: View): void {
    if (location.hash !== `#${view}`) location.hash = view;
    if (view !== this.view) scrollTo(0, 0); // a view is read from its top
    this.view = view;
  }
}

export const ui = new Ui();
