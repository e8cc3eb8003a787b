import { useErrorWords } from "@/bridge/errorWords";
import { effectOf } from "@/bridge/expectations";
import { useUserExposure } from "@/bridge/exposure";
import type { UserForm } from "@/bridge/types";
import { Consequence } from "@/kit/Consequence";
import { useWords } from "@/words";

/** What saving the form would do: to this person, to others, and to what is expected. */
export function FormEffect({ id, form }: { id: string | null; form: UserForm }) {
  const words = useWords();
  const errorWords = useErrorWords();
  const work = useUserExposure(id, form);
  const effect = effectOf(words, work.exposure);
  // Whom it is about stands above; only others are named.
  const isOther = (one: { id: string; login: string }) => one.id !== id && one.login !== form.login;
  return <Consequence effect={effect} file={work.file} names={isOther} working={work.working} failed={work.error ? errorWords(work.error).title : null} onStop={work.stop} onStart={work.start} />;
}
