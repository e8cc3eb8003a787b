import { ActionIcon } from "@mantine/core";
import { useEventListener } from "@mantine/hooks";
import { ArrowLeft } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useErrorWords } from "@/bridge/errorWords";
import { useWhy } from "@/bridge/reads";
import type { Viewer, Why, WhyTree } from "@/bridge/types";
import { EmptyState } from "@/kit/EmptyState";
import { Kbd } from "@/kit/Kbd";
import { PageHead } from "@/kit/PageHead";
import { StandingBadge } from "@/kit/StandingBadge";
import { VerdictIcon, verdictOf, type Verdict } from "@/kit/VerdictIcon";
import { useWords } from "@/words";
import { factsText, isSetting, refusalText, ruleText } from "@/bridge/ruleText";
import { useFocusAtStart } from "./focus";
import { rightLine } from "./rightLine";
import { moveTab } from "./tabKeys";
import { countStandings, countVerdicts, onlyDeciding, STANDINGS } from "./tree";
import { useSettledViewer } from "./viewer";
import { WhyTreeView } from "./WhyTreeView";
import classes from "./WhyZone.module.css";

export interface WhyZoneProps {
  viewer: Viewer;
  number: string;
  /** Unsaved fields of the form that this zone stands in front of. */
  unsaved?: number;
  onClose: () => void;
  /** What stands below an answer and may lead on from it; given from outside, as nothing here writes. */
  renderBelow?: (tree: WhyTree) => ReactNode;
}

/** Questions that are no lists; everything else among the trees is a list by its name. */
const QUESTIONS = ["openable", "reply", "comment", "login"] as const;
const VERDICTS: readonly Verdict[] = ["passed", "blocked", "skipped", "unknown"];

/** Why a person sees a ticket, or not: one rule tree a question. */
export function WhyZone({ viewer, number, unsaved = 0, onClose, renderBelow }: WhyZoneProps) {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const query = useWhy(useSettledViewer(viewer), number);
  const why = query.data;
  const back = useFocusAtStart<HTMLButtonElement>();
  const zone = useEventListener<"keydown", HTMLElement>("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    // The window would lead to the list; the way back is to what was asked from.
    event.preventDefault();
    onClose();
  });
  const error = query.isError && !why ? errorWords(query.error) : null;
  return (
    <section
      ref={zone}
      className={classes.zone}
      aria-label={t("preview.whyZone")}
      aria-busy={query.isFetching}
    >
      <PageHead
        before={
          <ActionIcon aria-label={t("preview.backToForm")} onClick={onClose} ref={back}>
            <ArrowLeft size={15} strokeWidth={1.6} aria-hidden="true" />
          </ActionIcon>
        }
        title={why?.title ?? "…"}
        sub={why?.place ? t("preview.inPlace", { number, place: why.place }) : number}
      >
        {unsaved > 0 ? <span className={classes.unsaved}>{t("kit.unsavedFields", { count: unsaved })}</span> : null}
        <Kbd keys="Esc" />
      </PageHead>
      {error ? (
        <EmptyState kind="error" title={error.title}>
          {error.text}
        </EmptyState>
      ) : why ? (
        <Trees why={why} renderBelow={renderBelow} />
      ) : (
        <EmptyState title={t("kit.loading")} />
      )}
    </section>
  );
}

function Trees({ why, renderBelow }: Pick<WhyZoneProps, "renderBelow"> & { why: Why }) {
  const words = useWords();
  const { t, tOr } = words;
  const [question, setQuestion] = useState<string>("listed");
  const [list, setList] = useState<string | null>(null);
  const lists = why.trees.filter((tree) => !QUESTIONS.some((one) => one === tree.question));
  // Only where the desk has comments of external users.
  const comment = why.trees.find((tree) => tree.question === "comment");
  const tabs: [string, boolean | null][] = [
    ["listed", why.listed],
    ["openable", why.openable],
    ["reply", why.reply],
    ...(comment ? [["comment", comment.answer] as [string, boolean | null]] : []),
    ["login", why.may_log_in],
  ];
  // The list that shows the ticket says most; otherwise the last, which is the widest.
  const shownList = lists.find((tree) => tree.question === list) ?? lists.find((tree) => tree.answer === true) ?? lists[lists.length - 1];
  const shown = question === "listed" ? shownList : why.trees.find((tree) => tree.question === question);
  return (
    <>
      <div role="tablist" aria-label={t("preview.questions")} className={classes.tabs}>
        {tabs.map(([name, answer]) => (
          <button
            key={name}
            type="button"
            role="tab"
            aria-selected={name === question}
            aria-controls="why-answer"
            tabIndex={name === question ? 0 : -1}
            className={classes.tab}
            onClick={() => setQuestion(name)}
            onKeyDown={moveTab}
          >
            <VerdictIcon verdict={verdictOf(answer)} label={t(`preview.verdict.${verdictOf(answer)}`)} /> {t(`preview.question.${name}`)}
          </button>
        ))}
      </div>
      <div id="why-answer" role="tabpanel" aria-label={t(`preview.question.${question}`)} className={classes.panel}>
        {question === "listed" && lists.length > 1 ? (
          <div role="group" aria-label={t("preview.lists")} className={classes.lists}>
            {lists.map((tree) => (
              <button key={tree.question} type="button" aria-pressed={tree === shownList} className={classes.list} onClick={() => setList(tree.question)}>
                <VerdictIcon verdict={verdictOf(tree.answer)} size={12} /> {tOr(`preview.list.${tree.question}`, tree.question)}
              </button>
            ))}
          </div>
        ) : null}
        {why.right && question !== "login" ? <p className={classes.facts}>{rightLine(words, why.right)}</p> : null}
        {shown ? <Answer key={shown.question} tree={shown} renderBelow={renderBelow} /> : <EmptyState title={t("preview.noTree")} />}
      </div>
    </>
  );
}

function Answer({ tree, renderBelow }: Pick<WhyZoneProps, "renderBelow"> & { tree: WhyTree }) {
  const words = useWords();
  const { t, number } = words;
  const [only, setOnly] = useState(false);
  const verdict = verdictOf(tree.answer);
  const { reason } = tree;
  const text = tree.answer === false ? refusalText(words, reason.rule, reason.text) : ruleText(words, reason.rule, reason.text);
  const counts = countVerdicts(tree.tree);
  const kind = QUESTIONS.find((one) => one === tree.question) ?? "listed";
  return (
    <>
      <div className={classes.headline}>
        <span className={classes.verdict} data-verdict={verdict}>
          <VerdictIcon verdict={verdict} size={13} /> {t(`preview.answerShort.${kind}.${verdict}`)}
        </span>
        <strong className={classes.rule}>{text}</strong>
        <StandingBadge standing={reason.standing} />
      </div>
      {reason.facts.length > 0 ? <p className={classes.facts}>{factsText(words, reason.facts)}</p> : null}
      <Sure tree={tree} />
      {reason.assumed.filter(isSetting).map((setting) => (
        <p key={setting} className={classes.facts}>
          <StandingBadge standing="A" /> {ruleText(words, setting, setting)}
        </p>
      ))}
      {renderBelow?.(tree)}
      <div className={classes.counts}>
        {VERDICTS.filter((one) => counts[one] > 0).map((one) => (
          <span key={one}>
            <span aria-hidden="true"><VerdictIcon verdict={one} size={12} /></span> {t(`kit.verdict.${one}`)} {number(counts[one])}
          </span>
        ))}
        <button type="button" className={classes.only} aria-pressed={only} onClick={() => setOnly(!only)}>
          {t(only ? "preview.wholeTree" : "preview.onlyDeciding")}
        </button>
      </div>
      <WhyTreeView tree={only ? onlyDeciding(tree.tree) : tree.tree} decidedBy={reason.rule} label={t("preview.tree")} />
    </>
  );
}

/** How well the rules are founded that decided. */
function Sure({ tree }: { tree: WhyTree }) {
  const { t, number } = useWords();
  const counts = countStandings(tree.tree);
  const told = STANDINGS.filter((one) => counts[one] > 0);
  if (told.length === 0) return null;
  return (
    <p className={classes.sure}>
      <span>{t("preview.howSure")}</span>
      {told.map((one) => (
        <span key={one} data-standing={one}>
          {t(`preview.sure.${one}`, { count: counts[one], number: number(counts[one]) })}
        </span>
      ))}
    </p>
  );
}
