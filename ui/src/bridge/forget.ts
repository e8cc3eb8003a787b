import { useMutation } from "@tanstack/react-query";
import { useWords } from "@/words";
import { api } from "./client";
import { useErrorWords } from "./errorWords";

/** Takes what opens an address out of the system's keyring, and says in words what came of it. */
export function useForget(address: string, area: "database" | "interface") {
  const { t } = useWords();
  const errorWords = useErrorWords();
  const work = useMutation({ mutationFn: (asked: string) => api.forgetPassword(asked), gcTime: 0 });
  const isThis = work.variables === address;
  const failed = isThis && work.error ? errorWords(work.error) : null;
  const done = isThis && work.data !== undefined ? t(work.data ? `${area}.forgotten` : `${area}.nothingKept`) : null;
  return {
    onForget: address === "" ? null : () => work.mutate(address),
    forgetting: work.isPending,
    /** What came of it; null before it was asked for. */
    forgotten: failed ? `${failed.title} ${failed.text}` : done,
  };
}
