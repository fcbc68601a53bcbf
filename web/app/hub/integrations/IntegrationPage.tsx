import AddIcon from "@mui/icons-material/Add";
import { Alert, AlertTitle, Button } from "@mui/material";
import { type ReactNode, useState } from "react";
import { usePermissions } from "react-admin";
import { useNavigate, useParams } from "react-router-dom";

import { type IntegrationAction, IntegrationLiveDocument, IntegrationPageDocument, type IntegrationPageQuery } from "../../made/graph";
import { words } from "../../words/hub";
import { words as rounded } from "../../words/rounds";
import type { Role } from "../auth";
import { Actions } from "../parts/Actions";
import { useAsk } from "../parts/FormDialog";
import { Facts, Head, Loading, Nothing, Out, Room, Status, To, When } from "../parts/bits";
import { useLive } from "../parts/live";
import { useHubName } from "../parts/useHub";
import { useGraph } from "../parts/useGraph";
import { Answers } from "../partners/Profile";
import { TenantTable, listOf } from "../partners/Tables";
import { isBeside, useNotes } from "./Notes";
import { Again } from "./Again";
import { Comments, Revision } from "./Review";
import { OwnWords } from "./OwnWords";
import { Submit } from "./Submit";
import { useNewTenant } from "./newTenant";
import { useRounds } from "./rounds";

const { integrations: say } = words;

/** What stands in the menu; the rest has buttons of its own. */
const MORE: Partial<Record<IntegrationAction, string>> = {
  UPDATE: rounded.edit.submit, WITHDRAW: rounded.withdraw.submit, UNPUBLISH: rounded.unpublish.submit, ARCHIVE: rounded.archive.submit, DELETE: rounded.remove.submit,
};
const DANGEROUS: IntegrationAction[] = ["UNPUBLISH", "ARCHIVE", "DELETE"];

export type Integration = Extract<NonNullable<IntegrationPageQuery["node"]>, { __typename: "Integration" }>;

/** One integration: what it is, its way through the review, and its tenants. */
export default function IntegrationPage() {
  const { id = "" } = useParams();
  const navigate = useNavigate();
  const whose = useHubName();
  const { permissions } = usePermissions<Role>();
  const { data, error, refetch } = useGraph("integration", IntegrationPageDocument, { id });
  useLive(IntegrationLiveDocument, { id }, ["integration"]);
  const [times, setTimes] = useState(0);
  const [outdated, setOutdated] = useState(false);
  const [dialog, ask] = useAsk();
  const newTenant = useNewTenant(ask);
  const found = data?.node?.__typename === "Integration" ? data.node : undefined;
  const rounds = useRounds(ask, found, () => navigate("/integrations"));
  const note = useNotes(found, found?.availableActions.includes("COMMENT") ? rounds.COMMENT : undefined);
  if (!data || !permissions) return <Loading error={error} again={() => void refetch()} />;
  const integration = data.node;
  if (integration?.__typename !== "Integration") {
    return <Nothing to="/integrations" back={say.title} />;
  }
  const { name, status, availableActions: open } = integration;
  const vendor = permissions.startsWith("VENDOR");
  const maySubmit = open.includes("SUBMIT");
  const mayInstall = status === "PUBLISHED" && permissions !== "VENDOR_MEMBER";
  // Whoever was asked to mend it finds the way where it is read, and where it is handed in.
  const edit = maySubmit && status === "CHANGES_REQUESTED" ? rounds.UPDATE : undefined;
  const again = () => void refetch().then(() => setTimes(times + 1));
  const more = open.flatMap((action) => {
    const run = action === "COMMENT" ? undefined : rounds[action];
    const label = MORE[action];
    return run && label ? [{ label, run, danger: DANGEROUS.includes(action) }] : [];
  });
  return (
    <>
      {dialog}
      <Head title={name} beside={<Status of={status} say={words.integrationStatus[status]} />}>
        {open.includes("REQUEST_CHANGES") && <Button variant="outlined" onClick={rounds.REQUEST_CHANGES}>{rounded.requestChanges.submit}</Button>}
        {open.includes("PUBLISH") && <Button variant="contained" onClick={rounds.PUBLISH}>{say.publish}</Button>}
        <Actions of={name} actions={more} />
      </Head>
      {vendor && status === "IN_REVIEW" && <Alert severity="info" sx={{ mb: 3 }}><AlertTitle>{say.reviewTitle}</AlertTitle>{say.reviewLead}</Alert>}
      {!vendor && status === "IN_REVIEW" && <Alert severity="info" sx={{ mb: 3 }}>{say.waiting(whose)}</Alert>}
      {integration.statusReason && (
        <Alert severity="warning" sx={{ mb: 3 }} action={maySubmit && <Button color="inherit" onClick={showWhatToMend}>{rounded.toMend}</Button>}>
          <AlertTitle>{rounded.asked}</AlertTitle>{integration.statusReason}
        </Alert>
      )}
      {vendor && <Again of={integration} />}
      <Revision of={integration} vendor={vendor} onEdit={rounds.UPDATE} />
      <Room action={edit && <Button sx={{ ml: "auto" }} onClick={edit}>{rounded.edit.submit}</Button>}><About integration={integration} vendor={vendor} note={note} /></Room>
      {maySubmit && (
        <Submit
          key={`${id} ${times}`} integration={integration} form={data.integrationForm ?? null}
          outdated={outdated} onEdit={edit} note={(question) => note(question, true)} onTheirs={again} onOutdated={() => { setOutdated(true); again(); }}
        />
      )}
      {!maySubmit && integration.submission && (
        <Room title={say.tabs.answers}><Answers submission={integration.submission} note={note} /></Room>
      )}
      <Comments of={integration} onAdd={open.includes("COMMENT") ? rounds.COMMENT : undefined} />
      {(status === "PUBLISHED" || integration.all.totalCount > 0) && (
        <Room title={say.tabs.tenants} action={mayInstall && <Button startIcon={<AddIcon />} onClick={() => newTenant([{ value: id, label: name }])}>{words.tenants.create}</Button>}>
          <TenantTable rows={integration.all} all={listOf("tenants", { integrationId: id })} />
        </Room>
      )}
    </>
  );
}

/** The first field that somebody has said something of; else what is handed in. */
function showWhatToMend() {
  const place = document.querySelector<HTMLElement>("main :is(.comment-beside button, form input, form textarea)");
  place?.scrollIntoView({ block: "center" });
  place?.focus({ preventScroll: true });
}

interface AboutProps {
  integration: Integration;
  vendor: boolean;
  note: (field: string) => ReactNode;
}

function About({ integration, vendor, note }: AboutProps) {
  const { facts } = say;
  const { partner, repository } = integration;
  const source = repository && (
    <><Out href={repository.url} /> {[repository.branch, repository.path].filter(Boolean).join(" · ")}</>
  );
  // What is empty is left out, unless somebody has said something of it.
  const about = (field: string) => integration.reviewComments.nodes.some((comment) => comment.field === field && isBeside(comment));
  const shown = (field: string, value: ReactNode) => value || (about(field) && words.none);
  return (
    <Facts
      facts={[
        [rounded.fields.name, about("name") && integration.name, note("name")],
        [facts.owner, vendor && (partner ? <To to={`/partners/${encodeURIComponent(partner.id)}/integrations`}>{partner.name}</To> : words.ourselves)],
        [facts.type, words.integrationType[integration.type]],
        [facts.description, shown("description", integration.description && <span style={{ whiteSpace: "pre-line" }}>{integration.description}</span>), note("description")],
        [rounded.fields.categories, shown("categories", integration.categories.length > 0 && <OwnWords words={integration.categories} />), note("categories")],
        [rounded.fields.tags, shown("tags", integration.tags.length > 0 && <OwnWords words={integration.tags} />), note("tags")],
        [facts.landingUrl, shown("landingUrl", integration.landingUrl && <Out href={integration.landingUrl} />), note("landingUrl")],
        [facts.externalKey, shown("externalKey", integration.externalKey), note("externalKey")],
        [facts.repository, shown("repository", source), note("repository")],
        [facts.created, <When key="created" at={integration.createdAt} exact />],
        [facts.submitted, integration.submittedAt && <When at={integration.submittedAt} exact />],
        [facts.published, integration.publishedAt && <When at={integration.publishedAt} exact />],
      ]}
    />
  );
}
