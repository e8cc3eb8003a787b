import { Button } from "@mantine/core";
import { Compass } from "lucide-react";
import { useOpenSample } from "@/bridge/writes";
import { EmptyState } from "@/kit/EmptyState";
import { useWords } from "@/words";

/** Nothing is open yet. */
export function FirstStart() {
  const { t } = useWords();
  const open = useOpenSample();
  return (
    <main>
      <EmptyState icon={Compass} title={t("app.name")} action={<Button onClick={() => open.mutate()}>{t("app.openSample")}</Button>} />
    </main>
  );
}
