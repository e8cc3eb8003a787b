import { MantineProvider } from "@mantine/core";
import { ConfirmAction } from "@/kit/ConfirmAction";
import { Toasts } from "@/kit/Toasts";
import { theme, variables } from "./theme/theme";

/** The whole window. */
export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
      <Toasts />
      <ConfirmAction>{null}</ConfirmAction>
    </MantineProvider>
  );
}
