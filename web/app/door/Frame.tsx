import { Box, Paper, Typography } from "@mui/material";
import type { ReactNode } from "react";

import { ownLogo } from "../shared/logo";
import { words } from "../words/door";

interface Props {
  title: string;
  wide?: boolean;
  /** Whose hub it is, where that is known. */
  vendor?: { name: string; logoUrl?: string | null };
  children: ReactNode;
}

/** One card in the middle of the page. */
export function Frame({ title, wide = false, vendor, children }: Props) {
  const logo = ownLogo(vendor?.logoUrl);
  return (
    <Box sx={{ minHeight: "100vh", display: "flex", flexDirection: "column", alignItems: "center", p: { xs: 2, sm: 4 } }}>
      <Box component="header" sx={{ color: "text.secondary", fontWeight: 650, mt: { xs: 1, sm: 6 }, mb: 2 }}>
        {/* Transparent logos are drawn for white paper. */}
        {logo
          ? <Box component="img" src={logo} alt={vendor?.name} sx={{ display: "block", maxHeight: 56, maxWidth: 240, p: 0.5, bgcolor: "common.white", borderRadius: 1 }} />
          : vendor?.name ?? words.product}
      </Box>
      <Paper component="main" elevation={0} variant="outlined" sx={{ width: 1, maxWidth: wide ? 720 : 440, p: { xs: 2.5, sm: 4 } }}>
        <Typography variant="h1" gutterBottom>{title}</Typography>
        {children}
      </Paper>
    </Box>
  );
}
