/** Whose record closed a door, and whether it was true: a colour for whose, hatching for false. */

export interface Cause { words: string; colour: string; hatched: boolean }

export const CAUSES: Record<string, Cause> = {
  "own true": { words: "an own, true record", colour: "var(--blue)", hatched: false },
  "own false": { words: "a false record about oneself", colour: "var(--vermillion)", hatched: true },
  "tie true": { words: "somebody else’s true record", colour: "var(--purple)", hatched: false },
  "tie false": { words: "somebody else’s false record", colour: "var(--orange)", hatched: true },
};
