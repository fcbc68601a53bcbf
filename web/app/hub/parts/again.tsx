import { type ReactNode, useEffect, useState } from "react";

import { ReauthenticateDocument } from "../../made/graph";
import { said } from "../../shared/said";
import { Fault, type Typed, send } from "../../shared/send";
import { words } from "../../words/factor";
import { FormDialog } from "./FormDialog";

let ask: (() => Promise<boolean>) | undefined;

/** Asks the graph; where the password has to be shown once more, asks for it and repeats what was asked. */
export async function sendAgain<Data, Variables>(document: Typed<Data, Variables>, variables?: Variables): Promise<Data> {
  try {
    return await send(document, variables);
  } catch (error) {
    if (!(error instanceof Fault && error.code === "REAUTHENTICATE" && ask && (await ask()))) throw error;
    return send(document, variables);
  }
}

/** The dialog that asks for the password once more; there is one, around everything. */
export function PasswordAgain(): ReactNode {
  const [waiting, setWaiting] = useState<(shown: boolean) => void>();
  useEffect(() => {
    let asked: Promise<boolean> | undefined;
    // Two changes that want it wait for the same answer.
    ask = () => (asked ??= new Promise<boolean>((resolve) => setWaiting(() => resolve)).finally(() => (asked = undefined)));
    return () => {
      ask = undefined;
    };
  }, []);
  if (!waiting) return null;
  const end = (shown: boolean) => {
    waiting(shown);
    setWaiting(undefined);
  };
  const fields = [
    { name: "password", label: words.again.password, kind: "password" as const, required: true, autoFocus: true },
    { name: "code", label: words.code, help: words.again.codeHelp },
  ];
  return (
    <FormDialog
      ask={{
        title: words.again.title, lead: words.again.lead, submit: words.again.submit, fields,
        onSubmit: async ({ password, code }) => {
          try {
            const { done } = await send(ReauthenticateDocument, { password: String(password ?? ""), code: code ? String(code) : null });
            if (done.userErrors.length === 0) end(true);
            return done.userErrors;
          } catch (error) {
            return [{ message: said(error) }];
          }
        },
      }}
      onClose={() => end(false)}
    />
  );
}
