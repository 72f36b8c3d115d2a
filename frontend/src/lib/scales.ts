/** The little geometry that the pictures share. */

export type Scale = (value: number) => number;

export function linear(from: [number, number], to: [number, number]): Scale {
  const span = from[1] - from[0] || 1;
  return (value) => to[0] + ((value - from[0]) / span) * (to[1] - to[0]);
}

/** Round steps from nothing to at least the largest value. */
export function ticks(most: number, about = 4, least = 0): number[] {
  const span = most - least;
  if (!(span > 0)) return [0, 1];
  const rough = span / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((one) => one * power >= rough) ?? 10) * power;
  const first = Math.floor(least / step);
  const last = Math.ceil(most / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)));
}

export const most = (values: (number | null | undefined)[]): number => {
  let found = 0;
  for (const value of values) if (value !== null && value !== undefined && value > found) found = value;
  return found;
};

type Point = [number, number];

/** A line through points; it breaks where there is nothing. */
export function line(points: (Point | null)[]): string {
  let path = "";
  let drawing = false;
  for (const point of points) {
    if (!point) { drawing = false; continue; }
    path += `${drawing ? "L" : "M"}${point[0].toFixed(1)},${point[1].toFixed(1)}`;
    drawing = true;
  }
  return path;
}

export function area(upper: Point[], lower: Point[]): string {
  if (!upper.length) return "";
  return `${line(upper)}${line([...lower].reverse()).replace("M", "L")}Z`;
}

/** Places for labels as near as can be to where they belong, none upon another. */
export function spread(wanted: number[], room: number, low: number, high: number): number[] {
  const order = wanted.map((_, at) => at).sort((one, other) => (wanted[one] ?? 0) - (wanted[other] ?? 0));
  const places = [...wanted];
  let floor = low;
  for (const at of order) { places[at] = Math.max(wanted[at] ?? 0, floor); floor = (places[at] ?? 0) + room; }
  let ceiling = high;
  for (const at of [...order].reverse()) { places[at] = Math.min(places[at] ?? 0, ceiling); ceiling = (places[at] ?? 0) - room; }
  return places;
}
