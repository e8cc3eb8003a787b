import { useState } from "react";
import { useErrorWords } from "@/bridge/errorWords";
import { effectOf } from "@/bridge/expectations";
import { useChangeExposure } from "@/bridge/exposure";
import { Consequence } from "@/kit/Consequence";
import { Segments } from "@/kit/Segments";
import { useWords } from "@/words";
import classes from "./History.module.css";

type Way = "since" | "undo";

/** Who gains and loses what: if a change is taken back, or by all that came after it. */
export function ChangeEffect({ change }: { change: number }) {
  const { t } = useWords();
  const [way, setWay] = useState<Way>("undo");
  const ways: Way[] = ["undo", "since"];
  return (
    <div className={classes.effect}>
      <Segments name={`effect-${String(change)}`} label={t("history.effect")} value={way} segments={ways.map((value) => ({ value, label: t(`history.way.${value}`) }))} onChange={setWay} />
      <Told key={way} change={change} way={way} />
    </div>
  );
}

function Told({ change, way }: { change: number; way: Way }) {
  const words = useWords();
  const errorWords = useErrorWords();
  const work = useChangeExposure(change, way);
  return (
    <Consequence
      title={words.t(`history.told.${way}`)}
      effect={effectOf(words, work.exposure)}
      file={work.file}
      working={work.working}
      failed={work.error ? errorWords(work.error).title : null}
      onStop={work.stop}
      onStart={work.start}
    />
  );
}
