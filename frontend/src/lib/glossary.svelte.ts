/** The words of the field, explained where they stand; fetched once. */

import { api, type Told } from "./api";

class Glossary {
  terms = $state.raw<Map<string, Told>>(new Map());

  async load(): Promise<void> {
    try {
      const { terms } = await api.glossary();
      this.terms = new Map(terms.map((one) => [one.term.toLowerCase(), one]));
    } catch { /* without it the page still works; buttons of terms are then plain words */ }
  }

  of(term: string): Told | undefined { return this.terms.get(term.toLowerCase()); }
}

export const glossary = new Glossary();
