import AddIcon from "@mui/icons-material/Add";
import MailIcon from "@mui/icons-material/MailOutlined";
import { Box, Button, List, ListItem, ListItemButton, ListItemText } from "@mui/material";
import { DataTable, useListContext, usePermissions } from "react-admin";
import { Link } from "react-router-dom";

import { type PartnerRowFragment, PartnersLiveDocument } from "../../made/graph";
import { empty } from "../../words/empty";
import { words } from "../../words/hub";
import type { Role } from "../auth";
import { ExportButton } from "../parts/ExportButton";
import { Filters } from "../parts/Filters";
import { HubList } from "../parts/Lists";
import { None } from "../parts/None";
import { To, When } from "../parts/bits";
import { useLive } from "../parts/live";
import { useSmall } from "../parts/useSmall";
import { PartnerState } from "./standing";

const { partners: say } = words;
const to = (row: { id: string }) => `/partners/${encodeURIComponent(row.id)}`;

/** All partners, as they change. */
export default function PartnerList() {
  useLive(PartnersLiveDocument, {}, ["partners"]);
  const { permissions } = usePermissions<Role>();
  const buttons = permissions === "VENDOR_ADMIN" && <New />;
  return (
    <HubList
      resource="partners" title={say.title} one={say.one} sort={{ field: "createdAt", order: "DESC" }} actions={<><ExportButton />{buttons}</>}
      filters={<Filters label={say.title} views={{ all: say.all, ANSWERED: say.answered, ...words.partnerStatus }} search={say.search} />} empty={<None of={empty.partners(Boolean(buttons))} />}
    >
      {useSmall() ? <Small /> : <Wide />}
    </HubList>
  );
}

function New() {
  return (
    <>
      <Button component={Link} to="/partners/bulk">{say.bulk}</Button>
      <Button component={Link} to="/partners/invite" variant="outlined" startIcon={<MailIcon />}>{say.invite}</Button>
      <Button component={Link} to="/partners/create" variant="contained" startIcon={<AddIcon />}>{say.create}</Button>
    </>
  );
}

const Column = DataTable.Col<PartnerRowFragment>;

function Wide() {
  const { columns } = say;
  return (
    <Box sx={{ overflowX: "auto" }}>
      <DataTable<PartnerRowFragment> bulkActionButtons={false} rowClick={false}>
        <Column source="name" label={columns.name} render={(row) => <To to={to(row)}>{row.name}</To>} />
        <Column source="status" label={columns.status} render={(row) => <PartnerState partner={row} />} />
        <Column label={columns.contact} render={(row) => row.primaryContact && (
          <Box sx={{ lineHeight: 1.35 }}>{row.primaryContact.name}<Box sx={{ color: "text.secondary", fontSize: "0.8125rem" }}>{row.primaryContact.email}</Box></Box>
        )} />
        <DataTable.NumberCol source="users.totalCount" label={columns.users} disableSort />
        <DataTable.NumberCol source="integrations.totalCount" label={columns.integrations} disableSort />
        <DataTable.NumberCol source="tenants.totalCount" label={columns.tenants} disableSort />
        <Column source="createdAt" label={columns.createdAt} render={(row) => <When at={row.createdAt} />} />
      </DataTable>
    </Box>
  );
}

function Small() {
  const { data } = useListContext<PartnerRowFragment>();
  return (
    <List disablePadding>
      {data?.map((row) => (
        <ListItem key={row.id} disablePadding divider secondaryAction={<PartnerState partner={row} />}>
          <ListItemButton component={Link} to={to(row)}>
            <ListItemText primary={row.name} secondary={row.primaryContact?.name} slotProps={{ primary: { sx: { pr: 8 } } }} />
          </ListItemButton>
        </ListItem>
      ))}
    </List>
  );
}
