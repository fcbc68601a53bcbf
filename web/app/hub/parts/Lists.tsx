import { Card, Typography } from "@mui/material";
import type { ReactNode } from "react";
import { ListBase, type ListProps, type SortPayload, useListContext, usePermissions } from "react-admin";

import { words } from "../../words/hub";
import { Coming } from "./Coming";
import { Pages } from "./Pages";
import { Empty, Head, Loading } from "./bits";

interface Props {
  resource: string;
  title: string;
  /** One of them, for the count. */
  one: string;
  sort: SortPayload;
  actions?: ReactNode;
  /** Above the rows: tabs, search. */
  filters?: ReactNode;
  filterDefaultValues?: ListProps["filterDefaultValues"];
  empty: ReactNode;
  children: ReactNode;
}

/**
 * A list of react-admin's with our head, and with its four states: loading, failed, empty, full. What it is narrowed by
 * stands in its address alone: whoever comes anew sees all of it.
 */
export function HubList({ resource, title, one, sort, actions, filters, filterDefaultValues, empty, children }: Props) {
  // Who may do what decides which buttons there are: they must not come late and push down what stands below them.
  if (usePermissions().isPending) return <Loading />;
  return (
    <ListBase resource={resource} sort={sort} perPage={25} storeKey={false} filterDefaultValues={filterDefaultValues ?? {}} disableSyncWithLocation={false}>
      <ListHead title={title} one={one}>{actions}</ListHead>
      {filters}
      <Card variant="outlined" sx={{ minWidth: 0 }}>
        <Rows empty={empty}>{children}</Rows>
      </Card>
    </ListBase>
  );
}

function ListHead({ title, one, children }: { title: string; one: string; children: ReactNode }) {
  const { meta } = useListContext();
  const total = meta?.total as number | undefined;
  const beside = total !== undefined && <Typography color="textSecondary">{words.count(total, one)}</Typography>;
  return <Head title={title} beside={beside}>{children}</Head>;
}

function Rows({ empty, children }: { empty: ReactNode; children: ReactNode }) {
  const { data, isPending, error, refetch, page, filterValues } = useListContext();
  if (error) return <Loading error={error} again={() => void refetch()} />;
  if (isPending) return <Coming />;
  if (data?.length === 0 && filterValues.q) return <Empty title={words.nothingFits} />;
  if (data?.length === 0 && page === 1) return <>{empty}</>;
  return <>{children}<Pager /></>;
}

/** Back and forth by cursor. */
function Pager() {
  const { data = [], meta, page, perPage, setPage, hasNextPage } = useListContext();
  return <Pages page={page} perPage={perPage} shown={data.length} total={meta?.total as number | undefined} more={hasNextPage ?? false} onPage={setPage} />;
}
