import DownloadIcon from "@mui/icons-material/DownloadOutlined";
import { Button } from "@mui/material";
import { useState } from "react";
import { type RaRecord, useDataProvider, useListContext, useNotify } from "react-admin";

import { said } from "../../shared/said";
import { words } from "../../words/hub";
import type { Cells } from "./export";

const MOST = 10_000;

/** The whole list as it is filtered and ordered, as a CSV. */
export function ExportButton<Row>({ cells }: { cells: Cells<Row> }) {
  const { resource, filterValues, sort, data } = useListContext();
  const provider = useDataProvider();
  const notify = useNotify();
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    try {
      const [{ download }, found] = await Promise.all([
        import("./export"),
        provider.getList<RaRecord>(resource, { filter: filterValues, sort, pagination: { page: 1, perPage: MOST } }),
      ]);
      download(resource, found.data as unknown as Row[], cells);
      const all = Number(found.meta?.total ?? 0);
      if (all > found.data.length) notify(words.exportCut(found.data.length, all), { type: "warning" });
    } catch (error) {
      notify(said(error), { type: "error" });
    }
    setBusy(false);
  };
  if (!data?.length) return null;
  return <Button startIcon={<DownloadIcon />} loading={busy} onClick={() => void run()}>{words.export}</Button>;
}
