import { Box, Typography } from "@mui/material";

import type { ReactNode } from "react";

import type { QuestionKind } from "../../made/graph";
import { words } from "../../words/hub";
import { words as say } from "../../words/terms";
import { Table } from "../parts/Table";
import { Empty, Facts, Out, When, moment } from "../parts/bits";
import type { Partner } from "./PartnerPage";
import { Rest } from "./Tables";

interface Submission {
  submittedAt?: string | null;
  submittedBy?: { name: string } | null;
  answers: { question: string; value: unknown }[];
  form: { questions: { key: string; label: string; kind: QuestionKind }[] };
}

/** The answers to the Partner Form. */
export function Profile({ partner }: { partner: Partner }) {
  const { profile, termsAcceptances: terms } = partner;
  if (!profile && terms.totalCount === 0) {
    return <Empty title={words.partners.noProfile} {...(partner.origin === "CREATED" ? { lead: words.partners.noProfileCreated } : {})} />;
  }
  return (
    <>
      {profile && <Box sx={{ p: 3 }}><Answers submission={profile} /></Box>}
      {terms.totalCount > 0 && <Agreed terms={terms} />}
    </>
  );
}

/** Who agreed to which text of which version, when and from where. */
function Agreed({ terms }: { terms: Partner["termsAcceptances"] }) {
  const { columns } = say;
  return (
    <Box sx={{ pt: 1 }}>
      <Typography variant="h2" sx={{ px: 2, pt: 1, pb: 1 }}>{say.agreed}</Typography>
      <Table
        label={say.agreed}
        rows={terms.nodes}
        columns={[
          { title: columns.text, cell: (row) => (
            <>{row.form.questions.find(({ key }) => key === row.question)?.label ?? row.question}<Box><Out href={row.url} /></Box></>
          ) },
          { title: columns.version, number: true, cell: (row) => row.formVersion },
          { title: columns.who, cell: (row) => row.acceptedBy?.name ?? words.somebody },
          { title: columns.when, cell: (row) => <When at={row.acceptedAt} exact /> },
          { title: columns.where, cell: (row) => row.address ?? words.none },
        ]}
      />
      <Rest rows={terms} />
    </Box>
  );
}

/** Answers under the labels of the version that was answered, with what is said of each. */
export function Answers({ submission, note }: { submission: Submission; note?: (question: string) => ReactNode }) {
  const { submittedAt, submittedBy, answers, form } = submission;
  const given = new Map(answers.map(({ question, value }) => [question, value]));
  return (
    <>
      {submittedAt && (
        <Typography variant="body2" color="textSecondary" sx={{ mb: 2 }}>
          {words.partners.submittedBy(submittedBy?.name ?? words.somebody, moment(submittedAt))}
        </Typography>
      )}
      <Facts facts={form.questions.map(({ key, label, kind }) => [label, <Answer key={key} kind={kind} value={given.get(key)} />, note?.(key)])} />
    </>
  );
}

function Answer({ kind, value }: { kind: QuestionKind; value: unknown }) {
  if (value === undefined || value === null) return <>{words.none}</>;
  if (kind === "TERMS") return <>{value === true ? words.agreed : words.none}</>;
  if (kind === "URL" && typeof value === "string" && value.startsWith("https://")) return <Out href={value} />;
  if (Array.isArray(value)) return <>{value.join(", ")}</>;
  return <span style={{ whiteSpace: "pre-line" }}>{String(value)}</span>;
}
