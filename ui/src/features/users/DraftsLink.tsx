import { ActionIcon, Popover } from "@mantine/core";
import { X } from "lucide-react";
import { useState } from "react";
import { useDrafts } from "@/bridge/reads";
import type { DraftRow } from "@/bridge/types";
import { useDiscardDraft } from "@/bridge/writes";
import { useWords } from "@/words";
import classes from "./DraftsLink.module.css";
import type { OpenUser } from "./UserZone";

interface DraftsLinkProps {
  /** The form that is open: it is no use to lead there. */
  openKey: string | null;
  onOpen: (open: OpenUser) => void;
}

/** Forms that were begun and not saved; nothing where there are none. */
export function DraftsLink({ openKey, onOpen }: DraftsLinkProps) {
  const { t, ago } = useWords();
  const [listed, setListed] = useState(false);
  const discard = useDiscardDraft();
  const drafts = (useDrafts().data ?? []).filter((draft) => draft.key !== openKey);
  const nameOf = (draft: DraftRow) => {
    const name = draft.name || t("userform.draftNameless");
    return draft.user === null ? t("userform.draftNew", { name }) : name;
  };
  const open = ({ user, key }: DraftRow) => {
    setListed(false);
    onOpen(user === null ? { like: null, draft: key } : { id: user });
  };
  if (drafts.length === 0) return null;
  return (
    <Popover position="top-start" trapFocus returnFocus width={300} opened={listed} onChange={setListed}>
      <Popover.Target>
        <button type="button" className={classes.link} onClick={() => setListed(!listed)}>
          {t("userform.drafts", { count: drafts.length })}
        </button>
      </Popover.Target>
      <Popover.Dropdown p={4} aria-label={t("userform.drafts", { count: drafts.length })}>
        <ul className={classes.list}>
          {drafts.map((draft) => (
            <li key={draft.key} className={classes.line}>
              <button type="button" className={classes.open} onClick={() => open(draft)}>
                <span className={classes.name}>{nameOf(draft)}</span>
                <span className={classes.at}>{ago(draft.at)}</span>
              </button>
              <ActionIcon size={22} aria-label={t("userform.discardDraft", { name: nameOf(draft) })} onClick={() => discard.mutate(draft.key)}>
                <X size={13} strokeWidth={1.8} aria-hidden="true" />
              </ActionIcon>
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}
