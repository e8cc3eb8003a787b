import { type CSSVariablesResolver, type MantineColorsTuple, createTheme } from "@mantine/core";

// Mantine wants ten shades; the tokens decide what is seen, so the tuple only carries the two fills.
const blue: MantineColorsTuple = [
  "#e9eefd", "#d6e0fb", "#b3c4f6", "#97b1ff", "#6f8df0", "#4468e6", "#2f54d1", "#2a4cc2", "#223e9f", "#1a2442",
];

/** Mantine in the measures of this house: 28 px controls, radius 5, Inter. */
export const theme = createTheme({
  primaryColor: "blue",
  primaryShade: { light: 6, dark: 5 },
  colors: { blue },
  fontFamily: "var(--sans)",
  fontFamilyMonospace: "var(--mono)",
  fontSizes: { xs: "0.6875rem", sm: "0.75rem", md: "0.8125rem", lg: "0.9375rem", xl: "1.25rem" },
  lineHeights: { xs: "1.45", sm: "1.35", md: "1.54", lg: "1.35", xl: "1.4" },
  spacing: { xs: "4px", sm: "8px", md: "12px", lg: "16px", xl: "24px" },
  radius: { xs: "3px", sm: "5px", md: "5px", lg: "6px", xl: "6px" },
  defaultRadius: "sm",
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    // Menus, dialogs and toasts stand in a landmark of their own (providers.tsx).
    Portal: { defaultProps: { target: "#floats" } },
    Button: { defaultProps: { size: "xs", fz: "md", fw: 500 } },
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray", size: 28 } },
    TextInput: { defaultProps: { size: "xs" } },
    Textarea: { defaultProps: { size: "xs" } },
    Select: { defaultProps: { size: "xs" } },
    SegmentedControl: { defaultProps: { size: "xs" } },
    Checkbox: { defaultProps: { size: "xs", radius: "xs" } },
    Modal: { defaultProps: { centered: true, radius: "lg", transitionProps: { duration: 0 } } },
    // Its placeholder for the focus is no part that a menu may have.
    Menu: { defaultProps: { shadow: "md", transitionProps: { duration: 0 }, withInitialFocusPlaceholder: false } },
    Popover: { defaultProps: { shadow: "md", transitionProps: { duration: 0 } } },
    Combobox: { defaultProps: { shadow: "md", transitionProps: { duration: 0 } } },
    Tooltip: { defaultProps: { openDelay: 400, transitionProps: { duration: 0 } } },
  },
});

const shared = {
  "--mantine-color-body": "var(--surface)",
  "--mantine-color-text": "var(--text)",
  "--mantine-color-dimmed": "var(--text-3)",
  "--mantine-color-placeholder": "var(--text-3)",
  "--mantine-color-error": "var(--blocked)",
  "--mantine-color-anchor": "var(--accent-ink)",
  "--mantine-color-default": "var(--surface)",
  "--mantine-color-default-hover": "var(--hover)",
  "--mantine-color-default-color": "var(--text)",
  "--mantine-color-default-border": "var(--line-2)",
  "--mantine-color-disabled": "var(--hover)",
  "--mantine-color-disabled-color": "var(--text-3)",
  "--mantine-color-disabled-border": "var(--line)",
  "--mantine-primary-color-filled": "var(--accent)",
  "--mantine-primary-color-filled-hover": "var(--accent-hover)",
  "--mantine-primary-color-light": "var(--tint)",
  "--mantine-primary-color-light-hover": "var(--tint-2)",
  "--mantine-primary-color-light-color": "var(--accent-ink)",
  "--mantine-color-blue-filled": "var(--accent)",
  "--mantine-color-blue-filled-hover": "var(--accent-hover)",
  "--mantine-color-blue-light": "var(--tint)",
  "--mantine-color-blue-light-hover": "var(--tint-2)",
  "--mantine-color-blue-light-color": "var(--accent-ink)",
  "--mantine-color-blue-outline": "var(--accent-ink)",
  "--mantine-color-blue-text": "var(--accent-ink)",
  "--mantine-color-gray-text": "var(--text-2)",
  "--mantine-color-gray-light-hover": "var(--hover)",
  "--mantine-color-gray-light-color": "var(--text-2)",
  "--mantine-shadow-md": "var(--float)",
  "--mantine-shadow-xl": "var(--float)",
};

/** Maps Mantine's variables to the tokens, in both schemes. */
export const variables: CSSVariablesResolver = () => ({ variables: shared, light: shared, dark: shared });
