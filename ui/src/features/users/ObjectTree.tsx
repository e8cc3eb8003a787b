import { NativeSelect } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { ChevronDown, ChevronRight } from "lucide-react";
import { type KeyboardEvent, useId, useMemo, useRef, useState } from "react";
import { useDeskWords } from "@/bridge/deskWords";
import { asApiError } from "@/bridge/error";
import { type TreeLine, usePathsTo, usePortalTree } from "@/bridge/portalTree";
import type { ObjectRight } from "@/bridge/types";
import { FailedState } from "@/kit/FailedState";
import type { FormContext } from "./formContext";
import { type Handed, handedDown } from "./handedDown";
import classes from "./ObjectTree.module.css";

const ROW = 40;
/** Rows in sight; the rest scrolls. */
const MOST_ROWS = 11;
const NONE = "";

/** The portal's objects as they lie, with the person's own level on each and what is handed down from above. Arrows move, open and close; Enter leads to the level, Esc back. */
export function ObjectTree({ context }: { context: FormContext }) {
  const { t, d } = useDeskWords();
  const { desk, edited } = context;
  const held = edited.form.objects;
  const before = edited.base.form.objects;
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const tree = usePortalTree(usePathsTo(held.map((right) => right.object)));
  const { lines } = tree;
  const [active, setActive] = useState(0);
  const current = Math.min(active, Math.max(lines.length - 1, 0));
  // Only a desk whose objects can take over what lies above them hands anything down.
  const inherits = desk.entities.some((form) => form.entity === "portal_object" && form.fields.some((field) => field.name === "inherits" && field.known));
  const handed = useMemo(() => (inherits ? handedDown(lines, held, desk.levels) : new Map<string, Handed>()), [inherits, lines, held, desk.levels]);
  const virtual = useVirtualizer({ count: lines.length, getScrollElement: () => box.current, estimateSize: () => ROW, overscan: 6, initialRect: { width: 400, height: MOST_ROWS * ROW } });
  const moveTo = (index: number) => {
    const next = Math.max(0, Math.min(index, lines.length - 1));
    setActive(next);
    virtual.scrollToIndex(next, { align: "auto" });
  };
  const levelOf = (rights: ObjectRight[], object: string) => rights.find((right) => right.object === object)?.level ?? NONE;
  const setLevel = (object: string, level: string) => {
    const others = held.filter((right) => right.object !== object);
    edited.change({ objects: level === NONE ? others : [...others, { object, level }] });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const line = lines[current];
    if (event.target !== box.current) {
      // In a level the keys are its own; Esc leads back to the tree.
      if (event.key !== "Escape") return;
      box.current?.focus();
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const way = { ArrowDown: current + 1, ArrowUp: current - 1, PageDown: current + MOST_ROWS - 1, PageUp: current - MOST_ROWS + 1, Home: 0, End: lines.length - 1 }[event.key];
    if (way !== undefined) moveTo(way);
    else if (!line) return;
    else if (event.key === "Enter" && line.kind === "more") tree.more(line.parent);
    else if (event.key === "Enter") document.getElementById(`${id}-${current}`)?.querySelector("select")?.focus();
    else if (event.key === "ArrowRight" && line.kind === "node" && line.node.children > 0) {
      if (line.open) moveTo(current + 1);
      else tree.open(line.node.id);
    } else if (event.key === "ArrowLeft") {
      if (line.kind === "node" && line.open) tree.close(line.node.id);
      else if (line.parent !== null) moveTo(lines.findIndex((one) => one.kind === "node" && one.node.id === line.parent));
    } else return;
    event.preventDefault();
  };
  if (tree.error) return <FailedState error={asApiError(tree.error)} onRetry={tree.retry} />;
  if (!tree.waiting && lines.length === 0) return <p className={classes.none}>{t("userform.noTree")}</p>;
  return (
    <div
      ref={box}
      role="treegrid"
      aria-label={d("field.objects")}
      aria-busy={tree.waiting}
      aria-activedescendant={lines.length > 0 ? `${id}-${current}` : undefined}
      tabIndex={0}
      className={classes.box}
      style={{ maxHeight: MOST_ROWS * ROW }}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className={classes.rows} style={{ height: lines.length * ROW }}>
        {virtual.getVirtualItems().map(({ index }) => {
          const line = lines[index];
          if (!line) return null;
          const object = line.kind === "node" ? line.node.id : "";
          return (
            <Line
              key={line.kind === "node" ? object : `more ${line.parent ?? ""}`}
              id={`${id}-${index}`}
              line={line}
              top={index * ROW}
              active={index === current}
              level={levelOf(held, object)}
              changed={levelOf(held, object) !== levelOf(before, object)}
              levels={desk.levels}
              inherits={inherits}
              handed={handed.get(object)}
              onActive={() => setActive(index)}
              onLevel={(level) => setLevel(object, level)}
              onPress={() => {
                setActive(index);
                if (line.kind === "more") tree.more(line.parent);
                else if (line.node.children > 0) (line.open ? tree.close : tree.open)(object);
              }}
            />
          );
        })}
      </div>
    </div>
  );
}

interface LineProps {
  id: string;
  line: TreeLine;
  top: number;
  active: boolean;
  /** Her own level on it; empty for none. */
  level: string;
  changed: boolean;
  levels: string[];
  /** Whether the desk hands anything down. */
  inherits: boolean;
  handed: Handed | undefined;
  onActive: () => void;
  onLevel: (level: string) => void;
  onPress: () => void;
}

/** A row of the tree; the grid itself takes the keys. */
function Line({ id, line, top, active, level, changed, levels, inherits, handed, onActive, onLevel, onPress }: LineProps) {
  const { t, d, number } = useDeskWords();
  const style = { transform: `translateY(${top}px)` };
  const indent = { paddingLeft: (line.level - 1) * 16 };
  if (line.kind === "more") {
    return (
      // eslint-disable-next-line jsx-a11y/click-events-have-key-events
      <div id={id} role="row" aria-level={line.level} className={classes.row} data-active={active || undefined} style={style} onClick={onPress}>
        <span role="gridcell" style={indent} className={classes.more}>
          {t("records.tree.more", { count: line.left, figure: number(line.left) })}
        </span>
      </div>
    );
  }
  const { node } = line;
  const leaf = node.children === 0;
  const Sign = line.open ? ChevronDown : ChevronRight;
  const name = node.name || node.key;
  const above = handed ? t("userform.objectHanded", { level: d(`level.${handed.level}`), object: handed.from }) : inherits && !node.inherits && line.parent !== null ? t("userform.objectStops") : "";
  const note = [d(`objectKind.${node.kind}`), above].filter(Boolean).join(" · ");
  return (
    <div
      id={id}
      role="row"
      aria-level={line.level}
      aria-posinset={line.place}
      aria-setsize={line.siblings}
      aria-expanded={leaf ? undefined : line.open}
      className={classes.row}
      data-active={active || undefined}
      data-changed={changed || undefined}
      style={style}
    >
      {/* The arrow keys do the same; to the keyboard it is no stop of its own. */}
      {/* eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus */}
      <span role="gridcell" style={indent} className={classes.words} title={`${node.key} · ${note}`} onClick={onPress}>
        <span className={classes.sign}>{leaf ? null : <Sign size={14} strokeWidth={1.8} aria-hidden="true" />}</span>
        <span className={classes.text}>
          <span className={classes.name}>{name}</span>
          <span className={classes.note}>{note}</span>
        </span>
      </span>
      <span role="gridcell" className={classes.level}>
        <NativeSelect
          size="xs"
          tabIndex={active ? 0 : -1}
          aria-label={t("userform.levelOn", { object: name })}
          value={level}
          data-none={level === NONE || undefined}
          data={[{ value: NONE, label: t("userform.objectNone") }, ...levels.map((value) => ({ value, label: d(`level.${value}`) }))]}
          onFocus={onActive}
          onChange={(event) => onLevel(event.currentTarget.value)}
        />
      </span>
    </div>
  );
}
