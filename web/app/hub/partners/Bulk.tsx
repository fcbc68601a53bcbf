import { Alert, Box, Button, Stack, TextField, Typography } from "@mui/material";
import { useEffect, useRef, useState } from "react";
import { useNotify } from "react-admin";
import { Link, useNavigate } from "react-router-dom";

import { words } from "../../words/hub";
import { Table } from "../parts/Table";
import { Head, Room, Status } from "../parts/bits";
import { useUnsaved } from "../parts/unsaved";
import { type Row, readRows } from "./csv";
import { useBulk } from "./useBulk";

const { bulk: say } = words;

/** Many partners from a CSV: first looked through, then invited. */
export default function Bulk() {
  const file = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [rows, setRows] = useState<Row[]>();
  const [problem, setProblem] = useState("");
  const { busy, check, invite } = useBulk();
  const notify = useNotify();
  const navigate = useNavigate();
  const [done, setDone] = useState(false);
  useUnsaved(text.trim() !== "" && !done);
  useEffect(() => {
    if (done) void navigate("/partners");
  }, [done, navigate]);
  const look = async (csv: string) => {
    setText(csv);
    setRows(undefined);
    const read = readRows(csv);
    setProblem(read.problem ?? "");
    if (!read.rows) return;
    const checked = await check(read.rows);
    setProblem(checked.problem ?? "");
    if (!checked.problem) setRows(checked.rows);
  };
  const good = rows?.filter((row) => !row.wrong) ?? [];
  const send = async () => {
    const { problem: wrong, rows: answered } = await invite(good);
    setProblem(wrong ?? "");
    const invited = answered.filter((row) => !row.wrong);
    if (invited.length) notify(say.done(invited.length), { type: "success" });
    const left = rows?.filter((row) => !invited.some(({ id }) => id === row.id)).map((row) => answered.find(({ id }) => id === row.id) ?? row) ?? [];
    // Those that are in are taken out: what is left can be sent again.
    if (wrong || invited.length < good.length) return setRows(left);
    setText("");
    setDone(true);
  };
  return (
    <>
      <Head title={say.title} />
      <Room>
        <Stack spacing={2} sx={{ maxWidth: 720 }}>
          <Typography color="textSecondary">{say.lead}</Typography>
          <Box>
            <Button variant="outlined" onClick={() => file.current?.click()}>{say.choose}</Button>
            <input
              ref={file} type="file" accept=".csv,text/csv" hidden
              onChange={({ target }) => {
                void target.files?.[0]?.text().then(look);
                // The same file may be brought again once it is mended.
                target.value = "";
              }}
            />
          </Box>
          <TextField label={say.paste} multiline minRows={4} maxRows={10} value={text} placeholder={say.sample} onChange={(event) => setText(event.target.value)} slotProps={{ inputLabel: { shrink: true } }} />
          {problem && <Alert severity="error">{problem}</Alert>}
          <Stack direction="row" spacing={1}>
            <Button variant={rows ? "outlined" : "contained"} disabled={!text.trim()} loading={busy && !rows} onClick={() => void look(text)}>{say.check}</Button>
            <Button component={Link} to="/partners">{words.cancel}</Button>
          </Stack>
        </Stack>
      </Room>
      {rows && (
        <Room title={say.checked(good.length, rows.length - good.length)}>
          {good.length < rows.length && <Typography color="textSecondary" sx={{ mb: 2 }}>{say.onlyGood}</Typography>}
          <Button variant="contained" disabled={good.length === 0} loading={busy} onClick={() => void send()} sx={{ mb: 2 }}>{say.invite(good.length)}</Button>
          <Table
            label={say.title}
            rows={rows}
            columns={[
              { title: say.columns.row, number: true, cell: (row) => row.number },
              { title: say.columns.company, cell: (row) => row.input.name },
              { title: say.columns.contact, cell: (row) => `${row.input.primaryContact.name}, ${row.input.primaryContact.email}` },
              { title: say.columns.state, cell: (row) => (row.wrong ? <Typography variant="body2" color="error">{row.wrong}</Typography> : <Status of="ACTIVE" say={say.fine} />) },
            ]}
          />
        </Room>
      )}
    </>
  );
}
