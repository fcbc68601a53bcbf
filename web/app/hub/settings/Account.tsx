import { Box, Button, Chip } from "@mui/material";
import { useState } from "react";
import { useNotify } from "react-admin";

import {
  AccountDocument, type AccountQuery, ChangePasswordDocument, RevokeOthersDocument, RevokeSessionDocument, UpdateUserDocument,
} from "../../made/graph";
import { NewPassword, Password } from "../../shared/NewPassword";
import { words } from "../../words/hub";
import { forgetViewer } from "../auth";
import { FieldsForm } from "../parts/FieldsForm";
import { Table } from "../parts/Table";
import { Head, Loading, Room, When } from "../parts/bits";
import { useChange, useChangeAtOnce, useGraph } from "../parts/useGraph";
import { Address } from "./Address";
import { Factor } from "./Factor";
import { byField } from "../../shared/send";

const { account: say } = words;

type Viewer = NonNullable<AccountQuery["viewer"]>;

/** Cards below each other, each as high as what it says. */
const COLUMN = { display: "flex", flexDirection: "column" };

/** One's own name, address, password, second factor and sessions. */
export default function Account() {
  const { data, error, refetch } = useGraph("account", AccountDocument);
  if (!data?.viewer) return <Loading error={error} again={() => void refetch()} />;
  const { passwordRules: rules, viewer: { user, sessions, recoveryCodesLeft } } = data;
  return (
    <>
      <Head title={say.title} />
      <Box sx={{ display: "grid", columnGap: 3, gridTemplateColumns: { xs: "minmax(0, 1fr)", lg: "repeat(2, minmax(0, 1fr))" } }}>
        <Box sx={COLUMN}>
          <Profile user={user} />
          <Address now={user.email} />
        </Box>
        <Box sx={COLUMN}>
          <ChangePassword least={user.secondFactorEnabled ? rules.minLengthWithSecondFactor : rules.minLength} />
          <Factor enabled={user.secondFactorEnabled ?? false} left={recoveryCodesLeft ?? 0} refetch={() => void refetch()} />
        </Box>
      </Box>
      <Sessions sessions={sessions} />
    </>
  );
}

function Profile({ user }: { user: Viewer["user"] }) {
  const change = useChange();
  const [busy, setBusy] = useState(false);
  const fields = [{ name: "name", label: say.name, required: true }];
  return (
    <Room title={say.profile}>
      <Box sx={{ maxWidth: 480 }}>
        <FieldsForm
          fields={fields} initial={{ name: user.name }} onBusy={setBusy}
          onSubmit={(values) => {
            forgetViewer();
            return change(UpdateUserDocument, { input: { id: user.id, name: String(values.name), expectedVersion: user.version } });
          }}
        >
          <div><Button type="submit" variant="outlined" loading={busy}>{words.save}</Button></div>
        </FieldsForm>
      </Box>
    </Room>
  );
}

function ChangePassword({ least }: { least: number }) {
  const change = useChange();
  const [busy, setBusy] = useState(false);
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [errors, setErrors] = useState<Record<string, string>>({});
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setErrors({});
    const input = { currentPassword: current, newPassword: next, setCookie: true };
    const found = await change(ChangePasswordDocument, { input }, say.changed);
    setBusy(false);
    setErrors(byField(found));
    if (found.length === 0) {
      setCurrent("");
      setNext("");
    }
  };
  const wrong = errors.currentPassword ?? errors[""];
  return (
    <Room title={say.password}>
      <Box component="form" noValidate onSubmit={(event) => void submit(event)} sx={{ maxWidth: 480, display: "grid", gap: 2.5 }}>
        <Password
          label={say.current} value={current} required autoComplete="current-password" error={Boolean(wrong)} helperText={wrong}
          onChange={(event) => setCurrent(event.target.value)}
        />
        <NewPassword least={least} value={next} error={errors.newPassword} onChange={setNext} />
        <div><Button type="submit" variant="outlined" loading={busy}>{say.change}</Button></div>
      </Box>
    </Room>
  );
}

function Sessions({ sessions }: { sessions: Viewer["sessions"] }) {
  const change = useChangeAtOnce();
  const notify = useNotify();
  const others = sessions.length > 1 && (
    <Button
      onClick={() => void change(RevokeOthersDocument, {}, ({ done }) => notify(say.othersEnded(done.revoked), { type: "success" }))}
    >
      {say.others}
    </Button>
  );
  return (
    <Room title={say.sessions} action={others}>
      <Table
        label={say.sessions}
        rows={sessions}
        columns={[
          { title: say.columns.where, cell: (row) => <>{browser(row.userAgent)} {row.current && <Chip size="small" label={say.thisOne} />}</> },
          { title: say.columns.address, cell: (row) => row.ip ?? words.none },
          { title: say.columns.used, cell: (row) => <When at={row.lastUsedAt} exact /> },
          { title: say.columns.until, cell: (row) => <When at={row.expiresAt} exact /> },
          { title: words.actions, bare: true, cell: (row) => !row.current && (
            <Button size="small" onClick={() => void change(RevokeSessionDocument, { id: row.id }, say.ended)}>{say.end}</Button>
          ) },
        ]}
      />
    </Room>
  );
}

/** A program's own long name, shortened to what a person knows it by. */
function browser(agent: string | null | undefined): string {
  if (!agent) return words.none;
  const name = [["Edg", "Edge"], ["Firefox", "Firefox"], ["Chrome", "Chrome"], ["Safari", "Safari"]].find(([mark]) => agent.includes(mark as string))?.[1];
  const system = ["Windows", "Android", "iPhone", "iPad", "Mac OS", "Linux"].find((mark) => agent.includes(mark));
  return name ? [name, system].filter(Boolean).join(", ") : agent.slice(0, 60);
}
