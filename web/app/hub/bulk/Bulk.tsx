import { Alert, Box, Button, Stack, TextField, Typography } from "@mui/material";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useNotify } from "react-admin";
import { Link, useNavigate } from "react-router-dom";

import { type BulkWords, words as say } from "../../words/bulk";
import { words } from "../../words/hub";
import { type Column, Table } from "../parts/Table";
import { Head, Room, Status } from "../parts/bits";
import { useUnsaved } from "../parts/unsaved";
import type { Read, Row } from "./csv";
import { type Many, useBulk } from "./useBulk";

interface Props<Input> {
  own: BulkWords;
  document: Many<Input>;
  read: (csv: string) => Read<Input>;
  /** Between the row's number and its state. */
  columns: Column<Row<Input>>[];
  /** Where one comes from, and goes back to. */
  list: string;
  /** What else has to be said before the rows can be read. */
  children?: ReactNode;
}

/** Many of a kind from a CSV: first looked through, then made. */
export function Bulk<Input>({ own, document, read, columns, list, children }: Props<Input>) {
  const file = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [rows, setRows] = useState<Row<Input>[]>();
  const [problem, setProblem] = useState("");
  const { busy, check, make } = useBulk(document);
  const notify = useNotify();
  const navigate = useNavigate();
  const [done, setDone] = useState(false);
  const [made, setMade] = useState(0);
  useUnsaved(text.trim() !== "" && !done);
  useEffect(() => {
    if (done) void navigate(list);
  }, [done, navigate, list]);
  const look = async (csv: string) => {
    setText(csv);
    setRows(undefined);
    setMade(0);
    const found = read(csv);
    setProblem(found.problem ?? "");
    if (!found.rows) return;
    // What is wrong before it is asked stays so.
    const { rows: checked, problem: wrong } = await check(found.rows.filter((row) => !row.wrong));
    setProblem(wrong ?? "");
    if (!wrong) setRows(found.rows.map((row) => checked.find(({ id }) => id === row.id) ?? row));
  };
  const good = rows?.filter((row) => !row.wrong) ?? [];
  const send = async () => {
    const { problem: wrong, rows: answered } = await make(good);
    setProblem(wrong ?? "");
    const fine = answered.filter((row) => !row.wrong);
    if (fine.length) notify(own.done(fine.length), { type: "success" });
    const left = rows?.filter((row) => !fine.some(({ id }) => id === row.id)).map((row) => answered.find(({ id }) => id === row.id) ?? row) ?? [];
    // Those that are in are taken out: what is left can be sent again.
    if (wrong || fine.length < good.length) return setRows(left);
    setText("");
    if (left.length === 0) return setDone(true);
    // Why they were left out stays to be read.
    setRows(left);
    setMade(fine.length);
  };
  return (
    <>
      <Head title={own.title} />
      <Room>
        <Stack spacing={2} sx={{ maxWidth: 720 }}>
          <Typography color="textSecondary">{own.lead}</Typography>
          {children}
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
          <TextField label={say.paste} multiline minRows={4} maxRows={10} value={text} placeholder={own.sample} onChange={(event) => setText(event.target.value)} slotProps={{ inputLabel: { shrink: true } }} />
          {problem && <Alert severity="error">{problem}</Alert>}
          <Stack direction="row" spacing={1}>
            <Button variant={rows ? "outlined" : "contained"} disabled={!text.trim()} loading={busy && !rows} onClick={() => void look(text)}>{say.check}</Button>
            <Button component={Link} to={list}>{words.cancel}</Button>
          </Stack>
        </Stack>
      </Room>
      {rows && (
        <Room title={made ? say.leftOut(rows.length) : say.checked(good.length, rows.length - good.length)}>
          {made > 0 && <Alert severity="success" sx={{ mb: 2 }} action={<Button color="inherit" component={Link} to={list}>{own.see}</Button>}>{own.done(made)}</Alert>}
          {good.length < rows.length && <Typography color="textSecondary" sx={{ mb: 2 }}>{made ? say.bring : say.onlyGood}</Typography>}
          {made === 0 && <Button variant="contained" disabled={good.length === 0} loading={busy} onClick={() => void send()} sx={{ mb: 2 }}>{own.submit(good.length)}</Button>}
          <Table
            label={own.title}
            rows={rows}
            columns={[
              { title: say.row, number: true, cell: (row) => row.number },
              ...columns,
              { title: say.state, cell: (row) => (row.wrong ? <Typography variant="body2" color="error">{row.wrong}</Typography> : <Status of="ACTIVE" say={say.fine} />) },
            ]}
          />
        </Room>
      )}
    </>
  );
}
