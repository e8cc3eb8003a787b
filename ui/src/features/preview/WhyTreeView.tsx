import { useRef, useState, type KeyboardEvent } from "react";
import type { WhyNode } from "@/bridge/types";
import { StandingBadge } from "@/kit/StandingBadge";
import { VerdictIcon } from "@/kit/VerdictIcon";
import { useWords } from "@/words";
import { factsText, ruleText } from "@/bridge/ruleText";
import { childrenOf, decidingPath, inSight, topLevel, verdict, type Placed } from "./tree";
import classes from "./WhyTreeView.module.css";

interface WhyTreeViewProps {
  tree: WhyNode;
  /** Id of the rule that decided; its node stands out. */
  decidedBy: string;
  label: string;
}

/** The rule tree with a verdict on every node; arrows move, open and close, as in every tree. */
export function WhyTreeView({ tree, decidedBy, label }: WhyTreeViewProps) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [current, setCurrent] = useState<string | null>(null);
  const box = useRef<HTMLUListElement>(null);
  const level = topLevel(tree);
  const shown = inSight(level, closed);
  const deciding = decidingPath(level, decidedBy, verdict(tree));
  const active = shown.some((one) => one.path === current) ? current : (shown[0]?.path ?? null);

  const go = (path: string | undefined) => {
    if (path === undefined) return;
    setCurrent(path);
    box.current?.querySelector<HTMLElement>(`[data-path="${path}"]`)?.focus();
  };
  const toggle = (path: string, close: boolean) =>
    setClosed((before) => {
      const after = new Set(before);
      if (close) after.add(path);
      else after.delete(path);
      return after;
    });
  const onKeyDown = (event: KeyboardEvent) => {
    const here = shown.findIndex((one) => one.path === active);
    const placed = shown[here];
    if (!placed) return;
    const isOpen = placed.node.children.length > 0 && !closed.has(placed.path);
    const moves: Record<string, () => void> = {
      ArrowDown: () => go(shown[here + 1]?.path),
      ArrowUp: () => go(shown[here - 1]?.path),
      Home: () => go(shown[0]?.path),
      End: () => go(shown[shown.length - 1]?.path),
      ArrowRight: () => (isOpen ? go(`${placed.path}.0`) : toggle(placed.path, false)),
      ArrowLeft: () => {
        if (isOpen) toggle(placed.path, true);
        else go(shown.find((one) => placed.path.startsWith(`${one.path}.`) && !placed.path.slice(one.path.length + 1).includes("."))?.path);
      },
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  };

  return (
    <ul ref={box} role="tree" aria-label={label} className={classes.tree} onKeyDown={onKeyDown}>
      {level.map((placed) => (
        <TreeItem key={placed.path} placed={placed} level={1} active={active} deciding={deciding} closed={closed} onFocus={setCurrent} />
      ))}
    </ul>
  );
}

interface TreeItemProps {
  placed: Placed;
  level: number;
  active: string | null;
  deciding: string | null;
  closed: ReadonlySet<string>;
  onFocus: (path: string) => void;
}

function TreeItem({ placed, level, active, deciding, closed, onFocus }: TreeItemProps) {
  const { path, node } = placed;
  const children = childrenOf(path, node);
  const open = children.length > 0 && !closed.has(path);
  return (
    <li
      role="treeitem"
      aria-level={level}
      aria-expanded={children.length > 0 ? open : undefined}
      aria-selected={path === active}
      aria-current={path === deciding || undefined}
      tabIndex={path === active ? 0 : -1}
      data-path={path}
      className={classes.item}
      onFocus={(event) => {
        if (event.target === event.currentTarget) onFocus(path);
      }}
    >
      <TreeLine node={node} deciding={path === deciding} />
      {open ? (
        <ul role="group" className={classes.group}>
          {children.map((child) => (
            <TreeItem key={child.path} placed={child} level={level + 1} active={active} deciding={deciding} closed={closed} onFocus={onFocus} />
          ))}
        </ul>
      ) : null}
    </li>
  );
}

function TreeLine({ node, deciding }: { node: WhyNode; deciding: boolean }) {
  const words = useWords();
  const { t } = words;
  const here = verdict(node);
  const text = ruleText(words, node.id, node.text) || t(`preview.kind.${node.kind}`);
  const facts = here === "skipped" ? t("preview.alreadyDecided") : factsText(words, node.facts);
  return (
    <div className={classes.line} data-verdict={here} data-deciding={deciding || undefined}>
      <VerdictIcon verdict={here} />
      <div className={classes.words}>
        <span className={classes.text}>{text}</span>
        {facts !== "" ? <span className={classes.facts}>{facts}</span> : null}
      </div>
      <span title={node.source || undefined}>
        <StandingBadge standing={node.standing} />
      </span>
    </div>
  );
}
