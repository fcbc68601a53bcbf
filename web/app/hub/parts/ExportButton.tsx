import DownloadIcon from "@mui/icons-material/Download";
import { Button } from "@mui/material";
import { useState } from "react";
import { useListContext, useNotify } from "react-admin";

import { ask } from "../../shared/route";
import { said } from "../../shared/said";
import { words } from "../../words/hub";
import { outside } from "../auth";
import { lists } from "../lists";

/** Fetches a file of the hub's and hands it over under the name that it comes with. */
async function download(path: string) {
  const response = await ask(path);
  const name = /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? "export.csv";
  // By this mark spreadsheets know that letters beyond ASCII are UTF-8.
  const url = URL.createObjectURL(new Blob(["\uFEFF", await response.blob()], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** A button for one file. */
export function FileButton({ path, label = words.export, disabled = false }: { path: string; label?: string; disabled?: boolean }) {
  const notify = useNotify();
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    try {
      await download(path);
    } catch (error) {
      await outside(error);
      notify(said(error), { type: "error" });
    }
    setBusy(false);
  };
  return <Button startIcon={<DownloadIcon />} disabled={disabled} loading={busy} onClick={() => void run()}>{label}</Button>;
}

/** The whole list as it is filtered and ordered, as a CSV that the hub writes. It keeps its place while there is nothing yet. */
export function ExportButton() {
  const { resource, filterValues, sort, data } = useListContext();
  const list = lists[resource];
  if (!list) return null;
  const asked = Object.entries(list.variables(filterValues, sort)).filter(([, value]) => value !== undefined);
  const query = new URLSearchParams(asked.map(([name, value]) => [name, JSON.stringify(value)]));
  return <FileButton path={`/export/${resource}.csv?${query}`} disabled={!data?.length} />;
}
