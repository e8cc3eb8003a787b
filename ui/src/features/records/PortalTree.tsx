import { Button } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { ChevronDown, ChevronRight, FolderTree } from "lucide-react";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import { asApiError } from "@/bridge/error";
import { type TreeLine, usePortalTree } from "@/bridge/portalTree";
import { EmptyState } from "@/kit/EmptyState";
import { FailedState } from "@/kit/FailedState";
import type { RecordWords } from "./useRecordWords";
import classes from "./PortalTree.module.css";

/** The kind of record that can stand as a tree. */
export const ENTITY = "portal_object";
const ROW = 30;

interface PortalTreeProps {
  words: RecordWords;
  openId: string | null;
  onOpen: (id: string) => void;
  onNew: () => void;
}

/** The portal's objects as a tree. */
export function PortalTree({ words, openId, onOpen, onNew }: PortalTreeProps) {
  const { t } = words;
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const tree = usePortalTree();
  const [active, setActive] = useState(0);
  const { lines } = tree;
  const current = Math.min(active, Math.max(lines.length - 1, 0));
  const virtual = useVirtualizer({ count: lines.length, getScrollElement: () => box.current, estimateSize: () => ROW, overscan: 8, initialRect: { width: 800, height: 600 } });
  const moveTo = (index: number) => {
    const next = Math.max(0, Math.min(index, lines.length - 1));
    setActive(next);
    virtual.scrollToIndex(next, { align: "auto" });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const line = lines[current];
    const way = { ArrowDown: current + 1, ArrowUp: current - 1, PageDown: current + 15, PageUp: current - 15, Home: 0, End: lines.length - 1 }[event.key];
    if (way !== undefined) moveTo(way);
    else if (event.key === "Enter" && line) press(line);
    else if (event.key === "ArrowRight" && line?.kind === "node" && line.node.children > 0) {
      if (line.open) moveTo(current + 1);
      else tree.open(line.node.id);
    } else if (event.key === "ArrowLeft" && line) {
      if (line.kind === "node" && line.open) tree.close(line.node.id);
      else moveTo(lines.findIndex((one) => one.kind === "node" && one.node.id === line.parent));
    } else return;
    event.preventDefault();
  };
  const press = (line: TreeLine) => (line.kind === "more" ? tree.more(line.parent) : onOpen(line.node.id));
  if (tree.error) return <FailedState error={asApiError(tree.error)} onRetry={tree.retry} />;
  if (!tree.waiting && lines.length === 0) {
    return <EmptyState icon={FolderTree} title={t("records.noneOf", { what: words.many(ENTITY) })} action={<Button variant="default" onClick={onNew}>{t("records.newOf", { what: words.one(ENTITY) })}</Button>} />;
  }
  return (
    <div ref={box} className={classes.box} role="treegrid" aria-label={words.many(ENTITY)} aria-busy={tree.waiting} tabIndex={0} onKeyDown={onKeyDown} aria-activedescendant={lines.length > 0 ? `${id}-${current}` : undefined}>
      <div role="rowgroup">
        <div role="row" className={classes.head}>
          {["name", "kind", "inherits", "groups", "people"].map((column) => (
            <span key={column} role="columnheader">{t(`records.tree.${column}`)}</span>
          ))}
        </div>
      </div>
      <div role="rowgroup" className={classes.rows} style={{ height: lines.length * ROW }}>
        {virtual.getVirtualItems().map(({ index }) => {
          const line = lines[index];
          if (!line) return null;
          return (
            <Line
              key={line.kind === "node" ? line.node.id : `more ${line.parent ?? ""}`}
              id={`${id}-${index}`}
              line={line}
              index={index}
              words={words}
              active={index === current}
              open={line.kind === "node" && line.node.id === openId}
              onPress={() => {
                setActive(index);
                press(line);
              }}
              onToggle={() => {
                setActive(index);
                if (line.kind === "node") (line.open ? tree.close : tree.open)(line.node.id);
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
  index: number;
  words: RecordWords;
  active: boolean;
  open: boolean;
  onPress: () => void;
  onToggle: () => void;
}

/** A row of the tree; the grid itself takes the keys. */
function Line({ id, line, index, words, active, open, onPress, onToggle }: LineProps) {
  const { t, tOr, number } = words;
  const style = { transform: `translateY(${index * ROW}px)` };
  const indent = { paddingLeft: (line.level - 1) * 16 };
  if (line.kind === "more") {
    return (
      // eslint-disable-next-line jsx-a11y/click-events-have-key-events
      <div id={id} role="row" aria-level={line.level} className={classes.row} data-active={active || undefined} style={style} onClick={onPress}>
        <span role="gridcell" aria-colspan={5} style={indent} className={classes.more}>{t("records.tree.more", { count: line.left, figure: number(line.left) })}</span>
      </div>
    );
  }
  const { node } = line;
  const leaf = node.children === 0;
  const Sign = line.open ? ChevronDown : ChevronRight;
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={id}
      role="row"
      aria-level={line.level}
      aria-posinset={line.place}
      aria-setsize={line.siblings}
      aria-expanded={leaf ? undefined : line.open}
      aria-selected={open}
      className={classes.row}
      data-active={active || undefined}
      data-open={open || undefined}
      style={style}
      onClick={onPress}
    >
      <span role="gridcell" style={indent} className={classes.name} title={node.key}>
        {leaf ? (
          <span className={classes.sign} />
        ) : (
          // The arrow keys do the same; to the keyboard it is no stop of its own.
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
          <span
            className={classes.sign}
            onClick={(event) => {
              event.stopPropagation();
              onToggle();
            }}
          >
            <Sign size={14} strokeWidth={1.8} aria-hidden="true" />
          </span>
        )}
        {node.name}
        {node.changed ? <span className={classes.dot} role="img" aria-label={t("kit.notExported")} title={t("kit.notExported")} /> : null}
      </span>
      <span role="gridcell" className={classes.quiet}>{tOr(`records.choice.${node.kind}`, node.kind)}</span>
      <span role="gridcell" className={node.inherits ? classes.quiet : classes.own}>{t(node.inherits ? "records.tree.inherited" : "records.tree.broken")}</span>
      <span role="gridcell" className={classes.quiet}>{node.groups > 0 ? number(node.groups) : ""}</span>
      <span role="gridcell" className={classes.quiet}>{node.people > 0 ? number(node.people) : ""}</span>
    </div>
  );
}
