/** Widths by key of the zone, in pixels. */
export type Sizes = Record<string, number>;

/** How wide a zone may be. */
export interface ZoneLimits {
  /** Its key in the remembered widths. */
  key: string;
  /** Never narrower, in pixels. */
  min: number;
  /** Its width where nothing is remembered. */
  preferred: number;
}

/** Widths that fill `width` exactly and keep every minimum as long as there is room for all of them. */
export function fit(zones: ZoneLimits[], wanted: Sizes, width: number): Sizes {
  const asked = zones.map((zone) => Math.max(wanted[zone.key] ?? zone.preferred, zone.min));
  const sum = asked.reduce((total, size) => total + size, 0);
  const slack = asked.map((size, index) => size - (zones[index]?.min ?? 0));
  const slackSum = slack.reduce((total, size) => total + size, 0);
  const missing = sum - width;
  const least = sum - slackSum;
  const sizes = asked.map((size, index) => {
    if (missing <= 0) return size - (missing * size) / sum;
    if (missing <= slackSum) return size - (missing * (slack[index] ?? 0)) / slackSum;
    return ((zones[index]?.min ?? 0) * width) / least;
  });
  return Object.fromEntries(zones.map((zone, index) => [zone.key, sizes[index] ?? zone.min]));
}

/** Moves the edge after zone `edge` by `by` pixels; its two neighbours share the change and keep their minima. */
export function moveEdge(zones: ZoneLimits[], sizes: Sizes, edge: number, by: number): Sizes {
  const left = zones[edge];
  const right = zones[edge + 1];
  if (!left || !right) return sizes;
  const leftSize = sizes[left.key] ?? left.preferred;
  const rightSize = sizes[right.key] ?? right.preferred;
  const way = Math.max(Math.min(by, rightSize - right.min), left.min - leftSize);
  return { ...sizes, [left.key]: leftSize + way, [right.key]: rightSize - way };
}
