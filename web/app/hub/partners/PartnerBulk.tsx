import { BulkInviteDocument, type InvitePartnerRow } from "../../made/graph";
import { partners as own } from "../../words/bulk";
import { Bulk } from "../bulk/Bulk";
import { type Read, readRows } from "../bulk/csv";

const read = (csv: string): Read<InvitePartnerRow> => readRows(csv, ["company", "name", "email"], (row) => ({
  input: {
    name: row.company ?? "",
    primaryContact: { name: row.name ?? "", email: row.email ?? "" },
    ...(row.website ? { website: row.website } : {}),
    ...(row.external_id ? { externalId: row.external_id } : {}),
    ...(row.message ? { message: row.message } : {}),
  },
}));

/** Many partners, invited from a CSV. */
export default function PartnerBulk() {
  return (
    <Bulk
      own={own} document={BulkInviteDocument} read={read} list="/partners"
      columns={[
        { title: own.columns.company, cell: ({ input }) => input.name },
        { title: own.columns.contact, cell: ({ input }) => `${input.primaryContact.name}, ${input.primaryContact.email}` },
      ]}
    />
  );
}
