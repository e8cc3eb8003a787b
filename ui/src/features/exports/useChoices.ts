import { useState } from "react";
import { useSettleOperations } from "@/bridge/exports";
import { useErrorWords } from "@/bridge/errorWords";
import type { VerifiedOperation, VerifyReport } from "@/bridge/types";
import { toasts } from "@/kit/Toasts";

/** What shall become of an operation of which the desk has something else. */
export type Keep = "theirs" | "again";

/** What somebody chose for open operations, and what is settled. */
export interface Choices {
  /** Whether an operation waits for a choice. */
  isOpen: (operation: VerifiedOperation) => boolean;
  of: (position: number) => Keep | null;
  settledAs: (position: number) => Keep | null;
  choose: (positions: readonly number[], keep: Keep) => void;
  /** How many are chosen. */
  count: number;
  send: () => void;
  sending: boolean;
}

type ByPosition = Readonly<Record<number, Keep>>;

const nothing = { chosen: {} as ByPosition, settled: {} as ByPosition };

/** Choices about one verification; those about an earlier one are gone. */
export function useChoices(id: string, report: VerifyReport | null): Choices {
  const errorWords = useErrorWords();
  const settle = useSettleOperations(id);
  const [state, setState] = useState({ report, ...nothing });
  const { chosen, settled } = state.report === report ? state : nothing;
  const send = () =>
    settle.mutate(
      Object.entries(chosen).map(([position, keep]) => ({ position: Number(position), keep })),
      {
        onSuccess: () => setState({ report, chosen: {}, settled: { ...settled, ...chosen } }),
        onError: (thrown) => {
          const { title, text } = errorWords(thrown);
          toasts.failed(`${title} ${text}`);
        },
      },
    );
  return {
    isOpen: (one) => one.open && settled[one.operation.position] === undefined,
    of: (position) => chosen[position] ?? null,
    settledAs: (position) => settled[position] ?? null,
    choose: (positions, keep) => setState({ report, settled, chosen: { ...chosen, ...Object.fromEntries(positions.map((position) => [position, keep])) } }),
    count: Object.keys(chosen).length,
    send,
    sending: settle.isPending,
  };
}
