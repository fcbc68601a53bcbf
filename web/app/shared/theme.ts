import type { ThemeOptions } from "@mui/material/styles";

const common: ThemeOptions = {
  shape: { borderRadius: 8 },
  typography: {
    fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif',
    h1: { fontSize: "1.5rem", fontWeight: 650, letterSpacing: "-0.01em" },
    h2: { fontSize: "1.125rem", fontWeight: 650 },
    h3: { fontSize: "1rem", fontWeight: 650 },
    button: { textTransform: "none", fontWeight: 600 },
  },
  components: {
    MuiCssBaseline: {
      styleOverrides: {
        "@media (prefers-reduced-motion: reduce)": {
          "*, *::before, *::after": { animationDuration: "0s !important", transition: "none !important" },
        },
      },
    },
    // On the page's own ground a filled one is hardly seen in the dark.
    MuiAlert: {
      defaultProps: { variant: "outlined" },
      styleOverrides: { root: ({ theme, ownerState }) => (ownerState.variant === "outlined" ? { backgroundColor: theme.palette.background.paper } : {}) },
    },
    MuiButton: { defaultProps: { disableElevation: true } },
    MuiTextField: { defaultProps: { fullWidth: true, variant: "outlined" } },
    MuiFormControl: { defaultProps: { variant: "outlined" } },
    MuiLink: { defaultProps: { underline: "always" } },
  },
};

/** Colours with enough contrast for small text, on either ground. */
export const light: ThemeOptions = {
  ...common,
  palette: {
    mode: "light",
    primary: { main: "#1d4ed8" },
    secondary: { main: "#1d4ed8" },
    error: { main: "#b91c1c" },
    warning: { main: "#9a4a00" },
    success: { main: "#166534" },
    info: { main: "#075985" },
    text: { primary: "#1f2937", secondary: "#4b5563" },
    background: { default: "#f3f4f6", paper: "#ffffff" },
  },
};

export const dark: ThemeOptions = {
  ...common,
  components: {
    ...common.components,
    // A tinted box would be as black as the ground it stands on.
    MuiAlert: { styleOverrides: { root: { backgroundColor: "#1f242b", border: "1px solid #4b5563" } } },
  },
  palette: {
    mode: "dark",
    primary: { main: "#93b4ff" },
    secondary: { main: "#93b4ff" },
    error: { main: "#fca5a5" },
    warning: { main: "#fcc276" },
    success: { main: "#86dba4" },
    info: { main: "#8dd0f5" },
    text: { primary: "#e8eaed", secondary: "#b4bcc8" },
    background: { default: "#15181d", paper: "#1f242b" },
  },
};
