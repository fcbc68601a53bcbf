import { Box, Button } from "@mui/material";
import { useState } from "react";

import { type CompanyQuery, UpdatePartnerDocument, UpdateVendorDocument, type UpdateVendorInput } from "../../made/graph";
import { words } from "../../words/hub";
import { forgetViewer } from "../auth";
import { FieldsForm } from "../parts/FieldsForm";
import { Facts, Out } from "../parts/bits";
import { type FieldSpec, type Values, nest } from "../parts/fields";
import { useChange } from "../parts/useGraph";
import { Logo } from "./Logo";

const { settings: say } = words;

export type Organization = NonNullable<NonNullable<CompanyQuery["viewer"]>["organization"]>;

const FIELDS: FieldSpec[] = [
  { name: "name", label: say.fields.name, required: true, help: say.help.name },
  { name: "website", label: say.fields.website, kind: "url" },
  { name: "supportEmail", label: say.fields.supportEmail, kind: "email", help: say.help.supportEmail },
  { name: "termsUrl", label: say.fields.termsUrl, kind: "url", help: say.help.termsUrl },
  { name: "privacyUrl", label: say.fields.privacyUrl, kind: "url", help: say.help.termsUrl },
  { name: "brandColor", label: say.fields.brandColor, help: say.help.brandColor },
  { name: "invitationLifetimeHours", label: say.fields.invitationLifetimeHours, kind: "number", required: true, help: say.help.invitationLifetimeHours },
  {
    name: "approvalPolicy", label: say.fields.approvalPolicy, kind: "select", required: true, help: say.help.approvalPolicy,
    options: Object.entries(say.policies).map(([value, label]) => ({ value, label })),
  },
  { name: "requireSecondFactor", label: say.fields.requireSecondFactor, kind: "check", help: say.help.requireSecondFactor },
  { name: "reminderDays", label: say.fields.reminderDays, kind: "numbers", help: say.help.reminderDays },
];

/** The company's facts: to be changed by the vendor's admins, to be read by the others. */
export function CompanyPanel({ organization, admin }: { organization: Organization; admin: boolean }) {
  const change = useChange();
  const [busy, setBusy] = useState(false);
  if (organization.__typename === "Partner" && admin) return <PartnerCompany organization={organization} />;
  if (organization.__typename !== "Vendor" || !admin) {
    return (
      <Box sx={{ p: { xs: 2, sm: 3 } }}>
        <Facts facts={[[say.fields.name, organization.name], [say.fields.website, organization.website && <Out href={organization.website} />]]} />
      </Box>
    );
  }
  const { id, name, website, logoUrl, brandColor, supportEmail, termsUrl, privacyUrl, invitationLifetimeHours, reminderDays, approvalPolicy, requireSecondFactor, version } = organization;
  const initial: Values = {
    name, website: website ?? "", supportEmail: supportEmail ?? "", termsUrl: termsUrl ?? "", privacyUrl: privacyUrl ?? "", brandColor: brandColor ?? "",
    invitationLifetimeHours: String(invitationLifetimeHours), approvalPolicy, requireSecondFactor, reminderDays: Array.isArray(reminderDays) ? reminderDays.join(", ") : "",
  };
  const submit = (values: Values) => {
    const input = { ...nest(FIELDS, values, true), expectedVersion: version };
    forgetViewer();
    return change(UpdateVendorDocument, { input: input as UpdateVendorInput });
  };
  return (
    <Box sx={{ p: { xs: 2, sm: 3 } }}>
      <Logo id={id} name={name} logoUrl={logoUrl} />
      <FieldsForm wide fields={FIELDS} initial={initial} onSubmit={submit} onBusy={setBusy}>
        <div><Button type="submit" variant="contained" loading={busy}>{words.save}</Button></div>
      </FieldsForm>
    </Box>
  );
}

const OWN: FieldSpec[] = FIELDS.filter(({ name }) => name === "name" || name === "website").map(({ help: _, ...field }) => field);

/** What a partner's admins keep of their company themselves. */
function PartnerCompany({ organization }: { organization: Extract<Organization, { __typename: "Partner" }> }) {
  const change = useChange();
  const [busy, setBusy] = useState(false);
  const { id, name, website, logoUrl, version } = organization;
  const submit = (values: Values) => {
    forgetViewer();
    return change(UpdatePartnerDocument, { input: { ...nest(OWN, values, true), id, expectedVersion: version } });
  };
  return (
    <Box sx={{ p: { xs: 2, sm: 3 } }}>
      <Logo id={id} name={name} logoUrl={logoUrl} />
      <FieldsForm wide fields={OWN} initial={{ name, website: website ?? "" }} onSubmit={submit} onBusy={setBusy}>
        <div><Button type="submit" variant="contained" loading={busy}>{words.save}</Button></div>
      </FieldsForm>
    </Box>
  );
}
