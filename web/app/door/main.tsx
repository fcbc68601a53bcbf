import { CacheProvider } from "@emotion/react";
import { CssBaseline, ThemeProvider, createTheme, useMediaQuery } from "@mui/material";
import { StrictMode, useMemo } from "react";
import { createRoot } from "react-dom/client";

import { styles } from "../shared/sheet";
import { dark, light } from "../shared/theme";
import { Door } from "./Door";

function Themed() {
  const prefersDark = useMediaQuery("(prefers-color-scheme: dark)");
  const theme = useMemo(() => createTheme(prefersDark ? dark : light), [prefersDark]);
  return (
    <ThemeProvider theme={theme}>
      <CssBaseline />
      <Door />
    </ThemeProvider>
  );
}

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <CacheProvider value={styles}>
        <Themed />
      </CacheProvider>
    </StrictMode>,
  );
}
