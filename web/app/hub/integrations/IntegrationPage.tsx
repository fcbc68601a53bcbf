import AddIcon from "@mui/icons-material/Add";
import { Alert, AlertTitle, Button } from "@mui/material";
import { useState } from "react";
import { usePermissions } from "react-admin";
import { useParams } from "react-router-dom";

import { IntegrationLiveDocument, IntegrationPageDocument, type IntegrationPageQuery, PublishIntegrationDocument } from "../../made/graph";
import { words } from "../../words/hub";
import type { Role } from "../auth";
import { useAsk } from "../parts/FormDialog";
import { Facts, Head, Loading, Nothing, Out, Room, Status, To, When } from "../parts/bits";
import { useLive } from "../parts/live";
import { useChange, useGraph } from "../parts/useGraph";
import { Answers } from "../partners/Profile";
import { TenantTable } from "../partners/Tables";
import { Submit } from "./Submit";
import { useNewTenant } from "./newTenant";

const { integrations: say } = words;

export type Integration = Extract<NonNullable<IntegrationPageQuery["node"]>, { __typename: "Integration" }>;

/** One integration: what it is, its way through the review, and its tenants. */
export default function IntegrationPage() {
  const { id = "" } = useParams();
  const { permissions } = usePermissions<Role>();
  const { data, error, refetch } = useGraph("integration", IntegrationPageDocument, { id });
  useLive(IntegrationLiveDocument, { id }, ["integration"]);
  const [times, setTimes] = useState(0);
  const [outdated, setOutdated] = useState(false);
  const [dialog, ask] = useAsk();
  const newTenant = useNewTenant(ask);
  const change = useChange();
  if (!data || !permissions) return <Loading error={error} again={() => void refetch()} />;
  const integration = data.node;
  if (integration?.__typename !== "Integration") {
    return <Nothing to="/integrations" back={say.title} />;
  }
  const { name, status, version, partner } = integration;
  const vendor = permissions.startsWith("VENDOR");
  const own = vendor ? !partner : true;
  const mayPublish = vendor && (status === "IN_REVIEW" || (own && status === "DRAFT" && permissions === "VENDOR_ADMIN"));
  const maySubmit = !vendor && (status === "DRAFT" || status === "CHANGES_REQUESTED");
  const mayInstall = status === "PUBLISHED" && own && permissions !== "VENDOR_MEMBER";
  const again = () => void refetch().then(() => setTimes(times + 1));
  const publish = () => ask({
    title: say.publishTitle(name), lead: say.publishLead, submit: say.publish,
    onSubmit: (_, idempotencyKey) =>
      change(PublishIntegrationDocument, { input: { id, expectedVersion: version, idempotencyKey } }, say.published(name)),
  });
  return (
    <>
      {dialog}
      <Head title={name} beside={<Status of={status} say={words.integrationStatus[status]} />}>
        {mayPublish && <Button variant="contained" onClick={publish}>{say.publish}</Button>}
      </Head>
      {vendor && status === "IN_REVIEW" && <Alert severity="info" sx={{ mb: 3 }}><AlertTitle>{say.reviewTitle}</AlertTitle>{say.reviewLead}</Alert>}
      {!vendor && status === "IN_REVIEW" && <Alert severity="info" sx={{ mb: 3 }}>{say.waiting}</Alert>}
      <Room><About integration={integration} vendor={vendor} /></Room>
      {maySubmit && (
        <Submit
          key={`${id} ${times}`} integration={integration} form={data.integrationForm ?? null}
          outdated={outdated} onTheirs={again} onOutdated={() => { setOutdated(true); again(); }}
        />
      )}
      {!maySubmit && integration.submission && (
        <Room title={say.tabs.answers}><Answers submission={integration.submission} /></Room>
      )}
      {(status === "PUBLISHED" || integration.all.totalCount > 0) && (
        <Room title={say.tabs.tenants} action={mayInstall && <Button startIcon={<AddIcon />} onClick={() => newTenant(id)}>{words.tenants.create}</Button>}>
          <TenantTable rows={integration.all} />
        </Room>
      )}
    </>
  );
}

function About({ integration, vendor }: { integration: Integration; vendor: boolean }) {
  const { facts } = say;
  const { partner, repository } = integration;
  const source = repository && (
    <><Out href={repository.url} /> {[repository.branch, repository.path].filter(Boolean).join(" · ")}</>
  );
  return (
    <Facts
      facts={[
        [facts.owner, vendor && (partner ? <To to={`/partners/${encodeURIComponent(partner.id)}/integrations`}>{partner.name}</To> : words.ourselves)],
        [facts.type, words.integrationType[integration.type]],
        [facts.description, integration.description && <span style={{ whiteSpace: "pre-line" }}>{integration.description}</span>],
        [facts.landingUrl, integration.landingUrl && <Out href={integration.landingUrl} />],
        [facts.externalKey, integration.externalKey],
        [facts.repository, source],
        [facts.created, <When key="created" at={integration.createdAt} exact />],
        [facts.submitted, integration.submittedAt && <When at={integration.submittedAt} exact />],
        [facts.published, integration.publishedAt && <When at={integration.publishedAt} exact />],
      ]}
    />
  );
}
