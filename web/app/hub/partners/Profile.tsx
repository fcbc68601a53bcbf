import { Box, Typography } from "@mui/material";

import type { QuestionKind } from "../../made/graph";
import { words } from "../../words/hub";
import { Empty, Facts, Out, moment } from "../parts/bits";
import type { Partner } from "./PartnerPage";

interface Submission {
  submittedAt?: string | null;
  submittedBy?: { name: string } | null;
  answers: { question: string; value: unknown }[];
  form: { questions: { key: string; label: string; kind: QuestionKind }[] };
}

/** The answers to the Partner Form. */
export function Profile({ partner }: { partner: Partner }) {
  if (!partner.profile) {
    return <Empty title={words.partners.noProfile} {...(partner.origin === "CREATED" ? { lead: words.partners.noProfileCreated } : {})} />;
  }
  return <Box sx={{ p: 3 }}><Answers submission={partner.profile} /></Box>;
}

/** Answers under the labels of the version that was answered. */
export function Answers({ submission }: { submission: Submission }) {
  const { submittedAt, submittedBy, answers, form } = submission;
  const given = new Map(answers.map(({ question, value }) => [question, value]));
  return (
    <>
      {submittedAt && (
        <Typography variant="body2" color="textSecondary" sx={{ mb: 2 }}>
          {words.partners.submittedBy(submittedBy?.name ?? words.somebody, moment(submittedAt))}
        </Typography>
      )}
      <Facts facts={form.questions.map(({ key, label, kind }) => [label, <Answer key={key} kind={kind} value={given.get(key)} />])} />
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
