/** Pictures of the report by Vega, without eval: expressions are read as trees and interpreted. */

import embed, { type EmbedOptions, type VisualizationSpec } from "vega-embed";
import { expressionInterpreter } from "vega-interpreter";
import { darker } from "./palette";

const drawn = new WeakMap<HTMLElement, () => void>();

export async function draw(box: HTMLElement, spec: Record<string, unknown>, dark: boolean): Promise<void> {
  drawn.get(box)?.();
  const text = JSON.stringify(spec);
  const coloured = JSON.parse(dark ? darker(text) : text) as Record<string, unknown>;
  const { title: _, ...untitled } = coloured; // the page says the title itself
  const options: EmbedOptions = {
    actions: false, ast: true, expr: expressionInterpreter, renderer: "svg", defaultStyle: false,
    tooltip: { disableDefaultStyle: true }, mode: "vega-lite",
  };
  const result = await embed(box, untitled as unknown as VisualizationSpec, options);
  drawn.set(box, () => result.finalize());
}
