import { Button, Menu } from "@mantine/core";
import { useWords } from "@/words";
import type { useStopping } from "./useColumn";

interface StopLineProps {
  stopping: ReturnType<typeof useStopping>;
  /** Whether it stands among the entries of a menu. */
  inMenu?: boolean;
}

/** The way to stop what takes long to work out, and to go on with it; nothing once it is known. */
export function StopLine({ stopping, inMenu = false }: StopLineProps) {
  const { t } = useWords();
  if (!stopping.working && !stopping.stopped) return null;
  const text = stopping.stopped ? t("matrix.goOn") : t("matrix.stop");
  const run = stopping.stopped ? stopping.goOn : stopping.stop;
  if (inMenu) {
    return (
      <Menu.Item closeMenuOnClick={false} onClick={run}>
        {text}
      </Menu.Item>
    );
  }
  return (
    <Button variant="default" mt="xs" onClick={run}>
      {text}
    </Button>
  );
}
