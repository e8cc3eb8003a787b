import { useErrorWords } from "@/bridge/errorWords";
import { effectOf } from "@/bridge/expectations";
import { usePendingExposure } from "@/bridge/exposure";
import { Consequence } from "@/kit/Consequence";
import { useWords } from "@/words";
import classes from "./Review.module.css";

/** What all that is pending does to people and tickets, held against what the desk had. `state`: which plan it is of. */
export function PendingEffect({ state }: { state: string }) {
  const words = useWords();
  const errorWords = useErrorWords();
  const work = usePendingExposure(state);
  return (
    <div className={classes.effect}>
      <Consequence title={words.t("review.effect")} effect={effectOf(words, work.exposure)} file={work.file} working={work.working} failed={work.error ? errorWords(work.error).title : null} onStop={work.stop} onStart={work.start} />
    </div>
  );
}
