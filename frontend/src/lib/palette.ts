/** The colours of worlds, as in the report: the focus blue, the world beside it grey, the others in their order. */

import type { World } from "./api";

const SPARE = ["--purple", "--sky", "--orange", "--green", "--vermillion", "--brown"];

export function colours(worlds: World[]): Record<string, string> {
  let next = 0;
  const found: Record<string, string> = {};
  for (const world of worlds) {
    const name = world.role === "focus" ? "--blue" : world.role === "against" ? "--grey" : SPARE[next++ % SPARE.length];
    found[world.name] = `var(${name})`;
  }
  return found;
}

/** The house colours on dark paper, for pictures that come ready-made from the server. */
export const DARK: Record<string, string> = {
  "#1b1b1b": "#ece8df", "#333333": "#d5d0c6", "#595959": "#aba69c", "#5d5d5d": "#aba69c", "#6f6f6f": "#a3a09a", "#d9d6cf": "#45413b",
  "#ffffff": "#191816", "#fff": "#191816", white: "#191816", "#f6f4ef": "#24221f", "#dad4c6": "#5b564d", "#005b96": "#6db3e6",
  "#c44e00": "#f08a4a", "#a63d00": "#f08a4a", "#00795a": "#45c39b", "#b07a00": "#e0ad3e", "#3d96c9": "#8cc8ea", "#a04e7d": "#da95bb",
  "#5b3a1a": "#c9a079",
};

export function darker(text: string): string {
  return text.replace(/#[0-9a-f]{6}\b|#fff\b|(?<=")white(?=")/gi, (found) => DARK[found.toLowerCase()] ?? found);
}
