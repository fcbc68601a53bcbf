import { MenuItem, TextField } from "@mui/material";
import { useState } from "react";
import { usePermissions } from "react-admin";

import { BulkTenantsDocument } from "../../made/graph";
import { tenants as own } from "../../words/bulk";
import { words } from "../../words/hub";
import type { Role } from "../auth";
import { Bulk } from "../bulk/Bulk";
import { Empty, Loading, To } from "../parts/bits";
import { useAnswer } from "../parts/useGraph";
import { type Installable, installable, titleOf } from "./installable";
import { readTenants } from "./tenantRows";

/** Many tenants, from a CSV. */
export default function TenantBulk() {
  const { permissions } = usePermissions<Role>();
  const { data, error, refetch } = useAnswer(["installable"], installable);
  if (!data || !permissions) return <Loading error={error} again={() => void refetch()} />;
  if (data.length === 0) return <Empty page title={own.title} lead={words.tenants.noneToInstall}><To to="/tenants">{words.notFound.back}</To></Empty>;
  return <Rows known={data} owner={permissions.startsWith("VENDOR")} />;
}

function Rows({ known, owner }: { known: Installable[]; owner: boolean }) {
  const [chosen, setChosen] = useState(known.length === 1 ? (known[0]?.id ?? "") : "");
  const name = (id: string) => known.filter((each) => each.id === id).map((each) => titleOf(each, owner)).join();
  return (
    <Bulk
      own={own} document={BulkTenantsDocument} list="/tenants" read={(csv) => readTenants(csv, known, chosen)}
      columns={[
        { title: own.columns.name, cell: ({ input }) => input.name },
        { title: own.columns.integration, cell: ({ input }) => name(input.integrationId) || words.none },
        { title: own.columns.reference, cell: ({ input }) => input.customerReference ?? words.none },
      ]}
    >
      <TextField select label={own.chosen} helperText={own.chosenHelp} value={chosen} onChange={(event) => setChosen(event.target.value)}>
        <MenuItem value="">{own.choose}</MenuItem>
        {known.map((each) => <MenuItem key={each.id} value={each.id}>{titleOf(each, owner)}</MenuItem>)}
      </TextField>
    </Bulk>
  );
}
