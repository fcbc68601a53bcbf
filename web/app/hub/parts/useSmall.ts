import { type Theme, useMediaQuery } from "@mui/material";

/** Whether the page is as narrow as on a telephone. */
export const useSmall = () => useMediaQuery<Theme>((theme) => theme.breakpoints.down("md"));
