import { Alert, Button, Stack, Typography } from "@mui/material";
import { useState } from "react";

import { DisableSecondFactorDocument, RenewRecoveryCodesDocument } from "../../made/graph";
import { RecoveryCodes, SecondFactor } from "../../shared/SecondFactor";
import { said } from "../../shared/said";
import { words } from "../../words/factor";
import { forgetViewer } from "../auth";
import { useAsk } from "../parts/FormDialog";
import { sendAgain } from "../parts/again";
import { Room } from "../parts/bits";
import { useChange } from "../parts/useGraph";

const { account: say } = words;

/** From how many recovery codes on the page asks for new ones. */
const FEW = 3;

interface Props {
  enabled: boolean;
  /** How many recovery codes are left. */
  left: number;
  refetch: () => void;
}

/** Switching one's second factor on and off, and the recovery codes that are left. */
export function Factor({ enabled, left, refetch }: Props) {
  const [dialog, ask] = useAsk();
  const [codes, setCodes] = useState<string[]>();
  const change = useChange();
  const few = left <= FEW;
  const done = () => {
    setCodes(undefined);
    forgetViewer();
    refetch();
  };
  const renew = () => ask({
    title: say.renew, lead: say.renewLead, submit: say.renew, danger: true,
    onSubmit: () => change(RenewRecoveryCodesDocument, {}, ({ done: made }) => setCodes(made.recoveryCodes ?? [])),
  });
  const disable = () => ask({
    title: say.disableTitle, lead: say.disableLead, submit: say.disable, danger: true,
    fields: [{ name: "password", label: words.again.password, kind: "password", required: true, autoFocus: true }],
    onSubmit: ({ password }) => change(DisableSecondFactorDocument, { password: String(password ?? "") }, say.disabled),
  });
  return (
    <Room title={say.title}>
      {dialog}
      <Stack spacing={2.5} sx={{ maxWidth: 480 }}>
        {/* Also when the page is loaded anew behind them, as by coming back from where they are kept. */}
        {codes ? <><Typography>{say.on}</Typography><RecoveryCodes codes={codes} onDone={done} /></> : (
          <>
            <Typography>{enabled ? say.on : say.off}</Typography>
            {enabled && (few ? <Alert severity="warning">{say.left(left)} {say.few}</Alert> : <Typography color="textSecondary">{say.left(left)}</Typography>)}
            {enabled ? (
              <Stack direction="row" spacing={1} useFlexGap sx={{ flexWrap: "wrap" }}>
                <Button variant={few ? "contained" : "outlined"} onClick={renew}>{few ? say.renewFew : say.renew}</Button>
                <Button color="error" onClick={disable}>{say.disable}</Button>
              </Stack>
            ) : (
              <SecondFactor ask={sendAgain} said={said} onCodes={setCodes} onDone={done} />
            )}
          </>
        )}
      </Stack>
    </Room>
  );
}
