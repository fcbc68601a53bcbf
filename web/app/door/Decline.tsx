import { Alert, Button, Dialog, DialogActions, DialogContent, DialogContentText, DialogTitle, TextField } from "@mui/material";
import { useState } from "react";

import { DeclineDocument } from "../made/graph";
import { send } from "../shared/send";
import { words } from "../words/door";
import { useAct } from "./useAct";

interface Props {
  open: boolean;
  token: string;
  onClose: () => void;
  onDone: () => void;
}

/** Asks once more before the link dies. */
export function Decline({ open, token, onClose, onDone }: Props) {
  const [reason, setReason] = useState("");
  const { busy, errors, run } = useAct();
  const decline = () => run(async () => {
    const { declineInvitation } = await send(DeclineDocument, { token, reason: reason || null });
    if (declineInvitation.userErrors.length === 0) onDone();
    return declineInvitation.userErrors;
  });
  return (
    <Dialog open={open} onClose={onClose} aria-labelledby="decline-title" fullWidth maxWidth="xs">
      <DialogTitle id="decline-title">{words.decline.title}</DialogTitle>
      <DialogContent>
        <DialogContentText sx={{ mb: 2 }}>{words.decline.lead}</DialogContentText>
        {errors[""] && <Alert severity="error" sx={{ mb: 2 }}>{errors[""]}</Alert>}
        <TextField
          label={words.decline.reason} multiline minRows={2} value={reason} margin="dense"
          error={Boolean(errors.reason)} helperText={errors.reason} onChange={(event) => setReason(event.target.value)}
        />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{words.decline.no}</Button>
        <Button color="error" loading={busy} onClick={() => void decline()}>{words.decline.yes}</Button>
      </DialogActions>
    </Dialog>
  );
}
