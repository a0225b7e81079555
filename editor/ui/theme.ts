import {
  Anchor,
  Badge,
  Button,
  createTheme,
  Drawer,
  mergeThemeOverrides,
  Modal,
  Notification,
  Paper,
  Radio,
  Skeleton,
  Table,
  Tooltip,
} from "@mantine/core";
import type { MantineColorsTuple, MantineThemeOverride } from "@mantine/core";

/** The accent: calm, and none of the state colours. Shade 7 carries white text at 5.1:1. */
const petrol: MantineColorsTuple = [
  "#ecf8f9",
  "#d8eef0",
  "#aedce0",
  "#81c9d0",
  "#5cb8c1",
  "#3fa5af",
  "#25929d",
  "#0f7a85",
  "#0b6570",
  "#084f58",
];

const gray: MantineColorsTuple = [
  "#f6f8f8",
  "#eff2f2",
  "#e4e9e9",
  "#d5dcdd",
  "#b8c2c4",
  "#8d999c",
  "#5f6b6f",
  "#465155",
  "#2c3539",
  "#182023",
];

const dark: MantineColorsTuple = [
  "#dbe1e3",
  "#b9c3c6",
  "#98a4a8",
  "#6a777b",
  "#3a4549",
  "#2d363a",
  "#22292c",
  "#191e21",
  "#121618",
  "#0b0e10",
];

const theme = createTheme({
  colors: { petrol, gray, dark },
  primaryColor: "petrol",
  primaryShade: { light: 7, dark: 7 },
  fontFamily: '"Inter Variable", Inter, system-ui, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace',
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "20px" },
  lineHeights: { xs: "1.4", sm: "1.45", md: "1.5", lg: "1.5", xl: "1.4" },
  spacing: { xs: "8px", sm: "12px", md: "16px", lg: "24px", xl: "32px" },
  radius: { xs: "3px", sm: "6px", md: "6px", lg: "10px", xl: "16px" },
  defaultRadius: "sm",
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  headings: {
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "20px", lineHeight: "1.3" },
      h2: { fontSize: "15px", lineHeight: "1.4" },
      h3: { fontSize: "14px", lineHeight: "1.4" },
    },
  },
  components: {
    Anchor: Anchor.extend({ defaultProps: { underline: "hover", inherit: true } }),
    Badge: Badge.extend({ defaultProps: { variant: "light", tt: "none", fw: 500 } }),
    Button: Button.extend({ defaultProps: { size: "sm" }, styles: { root: { fontWeight: 550 } } }),
    Drawer: Drawer.extend({ styles: { title: { fontSize: 15, fontWeight: 600, lineHeight: 1.35 } } }),
    Modal: Modal.extend({
      defaultProps: { centered: true, padding: "lg", overlayProps: { backgroundOpacity: 0.35 } },
      styles: { title: { fontSize: 15, fontWeight: 600, lineHeight: 1.35 } },
    }),
    Radio: Radio.extend({ vars: () => ({ root: { "--radio-size": "17px" } }) }),
    Paper: Paper.extend({ defaultProps: { withBorder: true } }),
    Skeleton: Skeleton.extend({ defaultProps: { radius: "sm" } }),
    Table: Table.extend({ defaultProps: { fz: "sm", verticalSpacing: 9, horizontalSpacing: "md" } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 300, multiline: true, maw: 320, fz: "xs" } }),
  },
});

/** The crosses of dialogs and notices have no word to be seen, so they need one to be heard. */
export function themeInWords({ close }: { readonly close: string }): MantineThemeOverride {
  const defaultProps = { closeButtonProps: { "aria-label": close } };
  const named = {
    Drawer: Drawer.extend({ defaultProps }),
    Modal: Modal.extend({ defaultProps }),
    Notification: Notification.extend({ defaultProps }),
  };
  return mergeThemeOverrides(theme, createTheme({ components: named }));
}
