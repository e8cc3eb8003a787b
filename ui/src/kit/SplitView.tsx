import { type KeyboardEvent, type PointerEvent, type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { useWords } from "@/words";
import classes from "./SplitView.module.css";
import { type Sizes, type ZoneLimits, fit, moveEdge } from "./splitSizes";

/** One zone of the window. */
export interface Zone extends ZoneLimits {
  /** Its name for people who hear the window ("Preview"). */
  label: string;
  /** What is in it. */
  children: ReactNode;
}

interface SplitViewProps {
  /** The zones from left to right; a zone that is not there is left out of the list. */
  zones: Zone[];
  /** Remembered widths by key of the zone, in pixels. */
  sizes: Sizes;
  /** Hears of new widths when a separator has been moved. */
  onSizes: (sizes: Sizes) => void;
}

const STEP = 16;

/** Zones side by side, separated by edges that move by mouse and by keyboard (arrows, Home, End). */
export function SplitView({ zones, sizes, onSizes }: SplitViewProps) {
  const { t } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [moving, setMoving] = useState<Sizes | null>(null);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const measure = () => setWidth(element.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const shown = fit(zones, moving ?? sizes, width);
  const drag = (edge: number) => (down: PointerEvent<HTMLDivElement>) => {
    down.preventDefault();
    const target = down.currentTarget;
    target.setPointerCapture(down.pointerId);
    let last = shown;
    const onMove = (event: globalThis.PointerEvent) => {
      last = moveEdge(zones, shown, edge, event.clientX - down.clientX);
      setMoving(last);
    };
    const onUp = () => {
      target.removeEventListener("pointermove", onMove);
      setMoving(null);
      onSizes({ ...sizes, ...last });
    };
    target.addEventListener("pointermove", onMove);
    target.addEventListener("lostpointercapture", onUp, { once: true });
  };
  const press = (edge: number) => (event: KeyboardEvent) => {
    const way = { ArrowLeft: -STEP, ArrowRight: STEP, Home: -10_000, End: 10_000 }[event.key];
    if (way === undefined) return;
    event.preventDefault();
    onSizes({ ...sizes, ...moveEdge(zones, shown, edge, way) });
  };

  return (
    <div ref={box} className={classes.split}>
      {zones.map((zone, index) => (
        <div key={zone.key} className={classes.cell} style={{ width: shown[zone.key] }}>
          {index > 0 ? (
            <div
              role="separator"
              tabIndex={0}
              aria-orientation="vertical"
              aria-label={t("kit.resize", { name: zones[index - 1]?.label ?? "" })}
              aria-controls={`zone-${zones[index - 1]?.key ?? ""}`}
              aria-valuemin={zones[index - 1]?.min}
              aria-valuemax={Math.max(width - zone.min, zones[index - 1]?.min ?? 0)}
              aria-valuenow={Math.round(shown[zones[index - 1]?.key ?? ""] ?? 0)}
              className={classes.separator}
              onPointerDown={drag(index - 1)}
              onKeyDown={press(index - 1)}
            />
          ) : null}
          <div id={`zone-${zone.key}`} role="group" aria-label={zone.label} tabIndex={-1} data-zone={zone.key} className={classes.zone}>
            {zone.children}
          </div>
        </div>
      ))}
    </div>
  );
}
