import type { ThemeOptions } from "@mui/material/styles";
import { type RaThemeOptions, defaultDarkTheme, defaultLightTheme } from "react-admin";

import { dark, light } from "../shared/theme";

/** Behind the menu's entry for where one is. */
const MARK = { light: "rgba(29, 78, 216, 0.1)", dark: "rgba(147, 180, 255, 0.14)" };

/** What react-admin's parts need beside the common looks. */
function dressed(base: RaThemeOptions, own: ThemeOptions): RaThemeOptions {
  return {
    ...base,
    ...own,
    sidebar: { width: 216, closedWidth: 56 },
    components: {
      ...base.components,
      ...own.components,
      MuiCssBaseline: {
        styleOverrides: {
          ...(own.components?.MuiCssBaseline?.styleOverrides as object),
          // What is scrolled to, as a field that is given the focus, is not to be under the bar.
          html: { scrollPaddingTop: 72 },
          "@media screen": { ".only-print": { display: "none" } },
          "@media print": {
            ".no-print, header, .MuiDrawer-root, .RaSidebar-fixed": { display: "none !important" },
            // Dark on white, whatever the screen looks like.
            "*": { color: "#000 !important", backgroundColor: "transparent !important", borderColor: "#bbb !important" },
          },
        },
      },
      RaMenuItemLink: {
        styleOverrides: {
          root: { borderRadius: 8, marginInline: 6, "&.RaMenuItemLink-active": { color: own.palette?.text?.primary, fontWeight: 650, backgroundColor: MARK[own.palette?.mode ?? "light"] } },
        },
      },
      MuiTextField: { defaultProps: { fullWidth: true, variant: "outlined", margin: "none" } },
      RaLayout: { styleOverrides: { root: { minWidth: 0, "& .RaLayout-content": { padding: 16, minWidth: 0 } } } },
    },
  };
}

export const lightHub = dressed(defaultLightTheme, light);
export const darkHub = dressed(defaultDarkTheme, dark);
