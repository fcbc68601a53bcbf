import { Alert, Button, Stack, Typography } from "@mui/material";
import { useState } from "react";

import { ChangeEmailDocument } from "../../made/graph";
import { words } from "../../words/hub";
import { useAsk } from "../parts/FormDialog";
import { Room } from "../parts/bits";
import { useChange } from "../parts/useGraph";

const { account: { email: say } } = words;

/** One's own e-mail address, and asking for another one. */
export function Address({ now }: { now: string }) {
  const [dialog, ask] = useAsk();
  const [sent, setSent] = useState<{ to: string; from: string }>();
  const change = useChange();
  const open = () => ask({
    title: say.change, lead: say.changeLead, submit: say.submit,
    fields: [
      { name: "newEmail", label: say.next, kind: "email", required: true, autoFocus: true },
      { name: "password", label: say.password, kind: "password", required: true },
    ],
    onSubmit: ({ newEmail = "", password = "" }) => {
      const input = { newEmail: String(newEmail), password: String(password) };
      return change(ChangeEmailDocument, { input }, () => setSent({ to: input.newEmail, from: now }));
    },
  });
  return (
    <Room title={say.title}>
      {dialog}
      <Stack spacing={2.5} sx={{ maxWidth: 480 }}>
        <div>
          <Typography sx={{ overflowWrap: "anywhere" }}>{now}</Typography>
          <Typography variant="body2" color="textSecondary">{say.lead}</Typography>
        </div>
        {/* Not what goes away by itself: it says what is left to do, and by when. */}
        {sent?.from === now && <Alert severity="success" role="status" sx={{ overflowWrap: "anywhere" }}>{say.sent(sent.to)}</Alert>}
        <div><Button variant="outlined" onClick={open}>{say.change}</Button></div>
      </Stack>
    </Room>
  );
}
