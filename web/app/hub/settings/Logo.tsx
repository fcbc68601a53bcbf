import { Alert, Box, Button, Stack, Typography } from "@mui/material";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useNotify } from "react-admin";

import { ownLogo } from "../../shared/logo";
import { said } from "../../shared/said";
import { words } from "../../words/logo";
import { forgetViewer, outside } from "../auth";
import { LARGEST, sendLogo } from "./logo";

/** The company's logo: shown, sent, taken away. */
export function Logo({ id, name, logoUrl }: { id: string; name: string; logoUrl?: string | null }) {
  const queries = useQueryClient();
  const notify = useNotify();
  const file = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState("");
  const change = async (picture?: File) => {
    if (picture && picture.size > LARGEST) return setWrong(words.tooLarge);
    setBusy(true);
    setWrong("");
    try {
      await sendLogo(id, picture);
      forgetViewer();
      await queries.invalidateQueries();
      notify(picture ? words.changed : words.removed, { type: "success" });
    } catch (error) {
      await outside(error);
      setWrong(said(error));
    } finally {
      setBusy(false);
      // The same file may be chosen again once it is mended.
      if (file.current) file.current.value = "";
    }
  };
  return (
    <Box component="section" aria-labelledby="logo" sx={{ mb: 3 }}>
      <Typography id="logo" variant="h6" component="h2" gutterBottom>{words.title}</Typography>
      <Stack direction="row" spacing={2} useFlexGap sx={{ alignItems: "center", flexWrap: "wrap" }}>
        {ownLogo(logoUrl) ? (
          // Transparent logos are drawn for white paper.
          <Box component="img" src={ownLogo(logoUrl)} alt={words.of(name)} sx={{ maxHeight: 56, maxWidth: 220, p: 1, bgcolor: "common.white", borderRadius: 1 }} />
        ) : (
          <Typography color="text.secondary" sx={{ overflowWrap: "anywhere" }}>{logoUrl ?? words.none}</Typography>
        )}
        <Button variant="outlined" loading={busy} onClick={() => file.current?.click()}>{logoUrl ? words.other : words.choose}</Button>
        {logoUrl && <Button disabled={busy} onClick={() => void change()}>{words.remove}</Button>}
        <input
          ref={file} type="file" accept="image/png,image/jpeg,image/webp" hidden
          onChange={(event) => { const [picture] = event.target.files ?? []; if (picture) void change(picture); }}
        />
      </Stack>
      <Typography variant="body2" color="text.secondary" sx={{ mt: 1 }}>{words.help}</Typography>
      {wrong && <Alert severity="error" sx={{ mt: 1 }}>{wrong}</Alert>}
    </Box>
  );
}
