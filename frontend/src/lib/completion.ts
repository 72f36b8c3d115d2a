/** Words that fit where the cursor stands: keys and values by the JSON Schema, names by the vocabulary. */

import type { Completion as Option, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { api, type Completion } from "./api";

type Schema = Record<string, unknown>;
let known: Promise<Completion | null> | null = null;
const fetched = (): Promise<Completion | null> => (known ??= api.completion().catch(() => { known = null; return null; }));

/** Every schema that a node may be: through references and alternatives. */
function alternatives(root: Schema, node: unknown, depth = 0): Schema[] {
  if (typeof node !== "object" || node === null || depth > 12) return [];
  const of = node as Schema;
  const reference = typeof of.$ref === "string" ? of.$ref.split("/").slice(1).reduce<unknown>((at, part) => (at as Schema | undefined)?.[part], root) : null;
  const more = [...((of.anyOf ?? of.oneOf ?? of.allOf ?? []) as unknown[]), ...(reference ? [reference] : [])];
  return [of, ...more.flatMap((one) => alternatives(root, one, depth + 1))];
}

function under(root: Schema, nodes: Schema[], key: string): Schema[] {
  return nodes.flatMap((node) => {
    const property = (node.properties as Schema | undefined)?.[key];
    return alternatives(root, key === "-" ? node.items : (property ?? node.additionalProperties));
  });
}

/** The keys above a line, by their indentation; "-" stands for an entry of a list. */
export function pathAbove(lines: string[], indent: number): string[] {
  const path: string[] = [];
  let left = indent;
  for (const line of [...lines].reverse()) {
    const found = /^(\s*)((?:- )*)([\w.-]+)\s*:/.exec(line);
    if (!found || /^\s*#/.test(line)) continue;
    const at = (found[1] ?? "").length;
    const dashes = (found[2] ?? "").length;
    if (at + dashes < left && at + dashes < indent) { path.unshift(found[3] ?? ""); left = at + dashes; }
    if (dashes && at < left) { path.unshift("-"); left = at; }
    if (left <= 0) break;
  }
  return path;
}

export async function complete(context: CompletionContext): Promise<CompletionResult | null> {
  const word = context.matchBefore(/[\w.-]*/);
  if (!word || (word.from === word.to && !context.explicit)) return null;
  const answer = await fetched();
  if (!answer) return null;
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, word.from - line.from);
  if (before.includes("#")) return null;
  const text = context.state.doc.toString();
  const kind = /^experiment:/m.test(text) ? "experiment" : /^society:/m.test(text) ? "society" : "scheme";
  const root = (answer.schema[kind] ?? answer.schema.scheme ?? {}) as Schema;
  const lines = text.slice(0, line.from).split("\n");
  const indent = /^[\s-]*/.exec(line.text)?.[0].length ?? 0;
  const path = pathAbove(lines, indent);
  if (/^\s*- /.test(line.text)) path.push("-");
  const inline = [...before.matchAll(/([\w.-]+):\s*(?=[^,{}]*$|\{)/g)].map((one) => one[1] ?? "");
  const all = inline.reduce((nodes, key) => under(root, nodes, key), path.reduce((nodes, key) => under(root, nodes, key), alternatives(root, root)));
  const options = new Map<string, Option>();
  const add = (label: string, type: string, info = ""): void => { if (!options.has(label)) options.set(label, { label, type, ...(info ? { info } : {}), apply: type === "property" ? `${label}: ` : label }); };
  const isKey = !/:\s*[^{]*$/.test(before) || /[{,]\s*$/.test(before);
  for (const node of all) {
    if (isKey) for (const [key, of] of Object.entries((node.properties ?? {}) as Schema)) add(key, "property", String((of as Schema).description ?? answer.explains[[...path, ...inline, key].join(".")] ?? ""));
    for (const one of ((node.enum ?? (node.const === undefined ? [] : [node.const])) as unknown[])) if (one !== null) add(String(one), "enum");
  }
  for (const [of, words] of Object.entries(answer.words)) for (const one of words) {
    if (typeof one === "string") add(one, "text", of);
    else add(one.name, "text", [of, one.title, one.standing].filter(Boolean).join(", "));
  }
  return { from: word.from, options: [...options.values()], validFor: /^[\w.-]*$/ };
}
