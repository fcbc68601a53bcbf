import { Box, List, ListItem, Typography } from "@mui/material";
import type { ReactNode } from "react";
import { usePermissions } from "react-admin";

import type { LineFragment } from "../../made/graph";
import { empty } from "../../words/empty";
import { words } from "../../words/hub";
import { sentence } from "../../words/activity";
import type { Role } from "../auth";
import { Empty, To, When } from "../parts/bits";
import { useHubName } from "../parts/useHub";

interface Props {
  lines: LineFragment[];
  /** The partner whose page this is, which need not be named in each line. */
  about?: string;
  /** Whether they stand in a room that has its own margin. */
  inset?: boolean;
}

/** The record, as sentences. */
export function Lines({ lines, about, inset = false }: Props) {
  const { permissions } = usePermissions<Role>();
  const inside = permissions?.startsWith("VENDOR") ?? false;
  const vendor = useHubName();
  if (lines.length === 0) return <Empty {...empty.activity.all} />;
  return (
    <List disablePadding>
      {lines.map((line) => (
        <ListItem key={line.id} divider disableGutters={inset} sx={{ display: "block", py: 1.25, "&:last-child": { borderBottom: 0 } }}>
          <Typography variant="body2" component="div">{parts(line, inside ? undefined : vendor)}</Typography>
          <Box sx={{ color: "text.secondary", fontSize: "0.8125rem" }}>
            <When at={line.at} exact />
            {inside && line.partner && line.partner.id !== about && <> · <To to={`/partners/${encodeURIComponent(line.partner.id)}`}>{line.partner.name}</To></>}
          </Box>
        </ListItem>
      ))}
    </List>
  );
}

/** `{object}` in a sentence becomes a link to what it is about. */
function parts(line: LineFragment, vendor: string | undefined): ReactNode {
  const [before, after] = sentence(line, vendor).split("{object}");
  if (after === undefined) return before;
  const { subject } = line;
  const named = subject && ("name" in subject ? subject.name : "email" in subject ? subject.user?.name : undefined);
  const rooms: Record<string, string> = { Partner: "/partners", Integration: "/integrations", Tenant: "/tenants" };
  const room = subject && rooms[subject.__typename];
  const name = named ?? words.activity.gone;
  return <>{before}{room && subject ? <To to={`${room}/${encodeURIComponent(subject.id)}`}>{name}</To> : <strong>{name}</strong>}{after}</>;
}
